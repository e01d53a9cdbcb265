"""A scorecard to take away: a board paper in Word or PDF, and its tables in Excel."""

from collections.abc import Sequence

from inspect_app.publishing.board_pdf import pdf as drawn_as_pdf
from inspect_app.publishing.board_word import word as drawn_as_word
from inspect_app.publishing.paper import Paper
from inspect_app.publishing.words import day
from inspect_app.services import board_words, scorecard_text
from inspect_app.services.board_reading import BoardReading, reading
from inspect_app.services.no_references import references, refuse_cases
from inspect_app.services.scorecard_paper import laid_out
from inspect_app.services.scorecard_sheets import NOTES, sheets
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.board_plan import PlanSheet, plan_bytes


def word(area: str, quarter: str | None = None, *, by: SignedIn) -> bytes:
    """Return the board paper of an area and a quarter, of what the person may see, as .docx.

    Raises as `board_reading.reading` does, and Refusal where a text holds a case's reference.
    """
    return drawn_as_word(paper(area, quarter, by=by))


def pdf(area: str, quarter: str | None = None, *, by: SignedIn) -> bytes:
    """Return the same paper as a tagged PDF; raises as `word` does."""
    return drawn_as_pdf(paper(area, quarter, by=by))


def paper(area: str, quarter: str | None = None, *, by: SignedIn) -> Paper:
    """Return the same paper as it is drawn; raises as `word` does."""
    content = laid_out(reading(area, quarter, by=by))
    _refuse({"the paper": content.said}, by)
    return content


def excel(area: str, quarter: str | None = None, *, by: SignedIn) -> bytes:
    """Return the scorecard as a workbook of plain tables, one to a sheet; raises as `word`."""
    held = reading(area, quarter, by=by)
    every = sheets(held)
    drawn = [sheet for sheet in every if sheet.rows]
    said = {
        f"the sheet {sheet.name}": "\n".join(str(cell) for r in sheet.rows for cell in r.values())
        for sheet in drawn
    }
    _refuse(said, by)
    return plan_bytes(board_words.titled(held), _cover(held, every), drawn)


def _cover(held: BoardReading, every: Sequence[PlanSheet]) -> tuple[str, ...]:
    empty = ", ".join(sheet.name for sheet in every if not sheet.rows)
    return (
        f"{held.card.area.label} ({held.card.area.code}), {held.when}.",
        f"As things stood on {day(held.as_of)}, and as {held.reader}, may see them.",
        *NOTES,
        *([f"Nothing to list, and so without a sheet: {empty}."] if empty else []),
    )


def printed(held: BoardReading, form: str, *, by: SignedIn) -> str:
    """Return a scorecard as a table, CSV or JSON; raises Refusal as a file of it would."""
    said = scorecard_text.FORMATS[form](held)
    _refuse({f"scorecard.{form}": said}, by)
    return said


def _refuse(said: dict[str, str], by: SignedIn) -> None:
    with by.reading() as session:
        refuse_cases(said, references(session))


def file_name(area: str, quarter: str | None, suffix: str, *, by: SignedIn) -> str:
    """Return what a paper or a workbook is called when it is saved."""
    return f"scorecard-{area}-{quarter or by.today.isoformat()}.{suffix}"
