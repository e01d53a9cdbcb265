"""What a board or a director takes away: a paper in Word or PDF, and the tables in Excel."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from data_model.records import Recommendation
from inspect_app.access import Permission
from inspect_app.errors import Refusal
from inspect_app.publishing.board_paper import (
    Asked,
    BoardPaper,
    Decision,
    Step,
    Waiting,
    laid_out,
)
from inspect_app.publishing.board_pdf import pdf as drawn_as_pdf
from inspect_app.publishing.board_word import word as drawn_as_word
from inspect_app.publishing.words import day
from inspect_app.services import reference
from inspect_app.services.actions import ActionValue
from inspect_app.services.board_sheets import SHEETS, Selected, answer_of
from inspect_app.services.no_references import references, refuse_cases
from inspect_app.services.recommendation_list import AnswerLine, Wanted, every
from inspect_app.services.recommendation_stands import Stands
from inspect_app.services.recommendation_values import values
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.board_plan import PlanSheet, plan_bytes

NEEDED: Mapping[Stands, tuple[str, str, str]] = {
    Stands.REGRESSED: (
        "restarted_on",
        "Clock restarted",
        "A later inspection found the theme not good again; the answer is due anew.",
    ),
    Stands.OVERDUE: (
        "original_due_on",
        "Original date",
        "It is not claimed complete, and its first date has passed, wherever that was put back to.",
    ),
    Stands.LATE: (
        "response_due_on",
        "Response due",
        "The body has not said whether it accepts it, and the time for that has passed.",
    ),
    Stands.SENT_BACK: (
        "claimed_on",
        "Claimed complete",
        "Somebody independent looked at the evidence and found that it does not show it.",
    ),
}
"""What needs a decision first: the day it counts from, and why it matters."""


def word(wanted: Wanted, *, by: SignedIn, title: str | None = None) -> bytes:
    """Return a board paper on what is wanted, of what the person may see, as a .docx file.

    Raises Refusal where that is nothing, or where a text of it holds a case's reference.
    """
    return drawn_as_word(laid_out(paper(wanted, by=by, title=title)))


def pdf(wanted: Wanted, *, by: SignedIn, title: str | None = None) -> bytes:
    """Return the same paper as a tagged PDF; raises as `word` does."""
    return drawn_as_pdf(laid_out(paper(wanted, by=by, title=title)))


def paper(wanted: Wanted, *, by: SignedIn, title: str | None = None) -> BoardPaper:
    """Return the content of a board paper, as things stand today; raises as `word` does."""
    chosen = _selected(wanted, by)
    about = _about(wanted, chosen)
    only = ", ".join(_only(wanted, by))
    content = BoardPaper(
        title=title or f"Recommendations: {about}",
        about=f"Recommendations to or about {about}.{f' Only {only}.' if only else ''}",
        prepared_by=f"{by.name}, {by.organisation_name}",
        as_of=by.today,
        decisions=tuple(_decision(each, wanted, chosen, by) for each in NEEDED),
        asked=tuple(_asked(chosen, code) for code in dict.fromkeys(x.code for x in chosen.lines)),
        steps=tuple(_step(line, action) for line, action in chosen.actions()),
    )
    refuse_cases({"the paper": laid_out(content).said}, chosen.references)
    return content


def _selected(wanted: Wanted, by: SignedIn) -> Selected:
    by.need(Permission.READ_RECOMMENDATIONS)
    lines = tuple(line for line in every(wanted, by=by) if not line.draft)
    if not lines:
        raise Refusal(
            "There is no published recommendation to write about.",
            "Take away a filter, or choose another body or area.",
        )
    with by.reading() as session:
        codes = {line.code for line in lines}
        found = values(session, by, Recommendation.code.in_(codes))
        return Selected(lines, {each.code: each for each in found}, references(session))


def _about(wanted: Wanted, chosen: Selected) -> str:
    """Return in words what was selected: a body, an area, an inspection, or several of them."""
    first = chosen.lines[0]
    if wanted.own or wanted.body:
        return first.body
    if wanted.inspection and first.inspection_title:
        return first.inspection_title
    if wanted.area and first.area:
        return first.area
    bodies = {line.organisation for line in chosen.lines}
    return first.body if len(bodies) == 1 else f"{len(bodies)} bodies"


def _only(wanted: Wanted, by: SignedIn) -> Iterator[str]:
    """Yield what else the paper was narrowed by: what is not in it stands elsewhere."""
    if wanted.theme:
        named = {theme.code: theme.short_name for theme in reference.themes(by=by)}
        yield f"the theme “{named.get(wanted.theme, wanted.theme)}”"
    if wanted.kind:
        yield f"the kind “{wanted.kind.english}”"
    if wanted.stands is not Stands.ALL:
        yield f"answers that stand as “{wanted.stands.value}”"
    if wanted.words:
        yield f"the words “{wanted.words}”"


def _decision(stands: Stands, wanted: Wanted, chosen: Selected, by: SignedIn) -> Decision:
    name, since, why = NEEDED[stands]
    about = {(line.code, line.organisation) for line in chosen.lines}
    waiting = [
        Waiting(line.code, line.title, line.body, getattr(line, name))
        for line in every(replace(wanted, stands=stands), by=by)
        if (line.code, line.organisation) in about
    ]
    oldest = sorted(waiting, key=lambda one: (one.since or date.max, one.code, one.body))
    return Decision(stands.value, why, since, tuple(oldest))


def _asked(chosen: Selected, code: str) -> Asked:
    held = chosen.held[code]
    return Asked(
        code=code,
        title=held.title,
        text=held.text,
        kind=held.kind.english,
        themes=held.theme_names,
        made_on=held.made_on,
        answers=tuple(answer_of(line) for line in chosen.lines if line.code == code),
    )


def _step(line: AnswerLine, action: ActionValue) -> Step:
    return Step(
        code=line.code,
        body=line.body,
        action=action.action,
        role=action.owner_role,
        original_due_on=action.original_due_on,
        due_on=action.due_on,
        slips=action.slips,
        done_on=action.done_on,
    )


def excel(wanted: Wanted, *, by: SignedIn) -> bytes:
    """Return what is wanted, of what the person may see, as an Excel workbook of tables.

    Its sheet of actions can be taken in again as a plan: every row is then already here. Raises
    as `word` does.
    """
    chosen = _selected(wanted, by)
    sheets = tuple(
        PlanSheet(name, about, columns, list(rows(chosen))) for name, about, columns, rows in SHEETS
    )
    said = {
        f"the sheet {sheet.name}": "\n".join(str(cell) for r in sheet.rows for cell in r.values())
        for sheet in sheets
    }
    refuse_cases(said, chosen.references)
    about = _about(wanted, chosen)
    only = ", ".join(_only(wanted, by))
    lines = (
        *([f"Only {only}."] if only else []),
        f"As things stood on {day(by.today)}. Prepared by {by.name}, {by.organisation_name}.",
        "Every sheet that follows is one table. What a body claims and what was shown stand in "
        "columns of their own.",
    )
    return plan_bytes(f"Recommendations: {about}", lines, sheets)


def file_name(wanted: Wanted, suffix: str, *, by: SignedIn) -> str:
    """Return what a paper or a workbook is called when it is saved."""
    whose = wanted.body or wanted.area or ("own" if wanted.own else "selection")
    return f"recommendations-{whose}-{by.today.isoformat()}.{suffix}"
