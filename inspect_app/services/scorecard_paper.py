"""What a board reads of a scorecard in five minutes, laid out as a paper; the rest is its annex."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from data_model.vocabulary import Verdict
from inspect_app.publishing.paper import Block, Heading, Items, Paper, Paragraph, Table
from inspect_app.publishing.words import day
from inspect_app.services import board_words
from inspect_app.services.board_concerns import Raised
from inspect_app.services.board_reading import NO_LINES, READ_ME, BoardReading, Entry
from inspect_app.services.figure_words import CHANGED
from inspect_app.services.scorecard_annex import FEW, MANY, annex, decisions
from metrics.outcome import in_words

NEWEST = "Indicators of this quarter, and those that changed"
LATEST = "Indicators, by their latest figures"
NONE_NEW = "No figure is of this quarter. Older ones stand in the annex."


def laid_out(held: BoardReading) -> Paper:
    """Return the paper of what was read, as it is drawn."""
    return Paper(
        title=board_words.titled(held),
        about=board_words.about_paper(held),
        prepared_by=held.reader,
        as_of=held.as_of,
        blocks=(*_summary(held), *annex(held)),
    )


def _summary(held: BoardReading) -> Iterator[Block]:
    yield Heading(0, board_words.titled(held))
    yield Paragraph(
        f"{board_words.about_paper(held)} As things stood on {day(held.as_of)}, and as "
        f"{held.reader}, may see them. What is only counted here stands in full in the annex."
    )
    parts = (_changed, _missing, _contradicted, _overdue, _questions, _decided)
    for heading, part in zip(board_words.SECTIONS, parts, strict=False):
        yield Heading(1, heading)
        yield from part(held)
    yield Heading(1, NEWEST if held.card.quarter else LATEST)
    yield from _newest(held)


def _items(texts: Sequence[str], shown: int) -> Iterator[Block]:
    """Yield the first of these as a list, and how many more the annex has."""
    rest = len(texts) - shown
    more = (f"{rest} more, in the annex.",) if rest > 0 else ()
    if texts:
        yield Items((*texts[:shown], *more))


def _said(text: str, kind: str = "") -> Iterator[Block]:
    if text:
        yield Paragraph(text, kind)


def _changed(held: BoardReading) -> Iterator[Block]:
    yield from _items(board_words.changes(held), MANY)
    yield Paragraph(held.changed.said, "note" if held.changed.found else "")


def _missing(held: BoardReading) -> Iterator[Block]:
    yield from _items(board_words.gaps(held), MANY)
    yield from _said(held.missing.said)
    counted = tuple(f"{heading}: named in the annex." for heading, _ in board_words.named(held))
    yield from _said(" ".join((*counted, *held.missing.others)), "note")


def _contradicted(held: BoardReading) -> Iterator[Block]:
    for asks, found in groupby(held.contradicted.found[:FEW], key=lambda e: e.question.asks):
        yield Paragraph(asks, "label")
        for each in found:
            answer = f" {board_words.answer(each.answer)}" if each.answer else ""
            yield Paragraph(f"{each.found.says}{board_words.inspections(each.found)}{answer}")
    rest = len(held.contradicted.found) - FEW
    more = f"{rest} more, in the annex. " if rest > 0 else ""
    yield Paragraph(f"{more}{held.contradicted.said}", "note" if held.contradicted.found else "")


def _overdue(held: BoardReading) -> Iterator[Block]:
    late = tuple(
        f"{board_words.late(each, held.overdue.listed)}: "
        f"{'; '.join(board_words.late_answers(each))}."
        for each in held.overdue.late
    )
    yield from _items((*late, *board_words.late_actions(held.overdue)), 2 * MANY)
    yield Paragraph(f"{held.overdue.said} {board_words.stands(held)}", "note")


def _questions(held: BoardReading) -> Iterator[Block]:
    yield Paragraph(f"{board_words.ABOUT_QUESTIONS} {board_words.looked_until(held)}", "note")
    yield from _said(held.asked.said)
    for raised in held.asked.raised[:MANY]:
        yield from _raised(raised, held)
    for raised in held.asked.raised[MANY:]:
        yield Paragraph(f"{raised.asks} Found: {len(raised.found)}, in the annex.")
    for verdict in (Verdict.NOT_CHECKED, Verdict.NOTHING):
        others = held.asked.of(verdict)
        if others:
            titles = "; ".join(each.title for each in others)
            yield Paragraph(f"{board_words.came_out(verdict, others)}: {titles}.", "note")


def _raised(raised: Raised, held: BoardReading) -> Iterator[Block]:
    """Yield a question with the first thing found, its answer, and how much more was found."""
    severity, *_more = raised.severity.english.split(":")
    yield Paragraph(f"{raised.asks} ({severity})", "label")
    if raised.checks[0] in held.contradicted.looked:
        yield Paragraph(board_words.SAID_ABOVE)
        return
    first, *rest = raised.found
    more = f" {len(rest)} more, in the annex." if rest else ""
    yield Paragraph(f"{first.says}{more}")
    if first.key in held.asked.answers:
        yield Paragraph(board_words.answer(held.asked.answers[first.key]))


def _decided(held: BoardReading) -> Iterator[Block]:
    if held.decided.shown:
        yield decisions(held.decided.shown)
    older = len(held.decided.older)
    more = f"{older} older, done, in the annex. " if older else ""
    yield Paragraph(f"{more}{held.decided.said} {board_words.stands(held)}".strip(), "note")


def _newest(held: BoardReading) -> Iterator[Block]:
    yield Paragraph(READ_ME if held.entries else NO_LINES)
    for note in held.notes:
        yield Paragraph(note, "note")
    if held.newest:
        yield Paragraph(f"{held.signs} {_cases_of(held)}".strip(), "note")
        rows = tuple(_row(each, held) for each in held.newest)
        yield Table(NEWEST, ("Indicator", "Figure", "What may be said"), rows, (49, 30, 21))
    elif held.entries:
        yield Paragraph(NONE_NEW)


def _case_period(held: BoardReading) -> str | None:
    """Return when the cases that are counted were read."""
    return next((entry.period for entry in held.newest if entry.line.inspection), None)


def _cases_of(held: BoardReading) -> str:
    read = _case_period(held)
    return f"Cases were read in {read}." if read else ""


def _row(entry: Entry, held: BoardReading) -> tuple[str, ...]:
    quarter = held.card.quarter
    known = {quarter.label if quarter else None, _case_period(held)}
    own = "" if entry.period in known else f" ({entry.period})"
    said = " ".join(each for each in _briefly(entry) if each)
    return f"{entry.signed}{own}", in_words(entry.line.outcome), said or board_words.DASH


def _briefly(entry: Entry) -> Iterator[str]:
    """Yield what is said of a figure, without what stands above or is long."""
    if entry.series is not None and entry.series.changed:
        yield "Changed: see above."
    elif entry.series is not None and entry.series.limited:
        yield "Usual variation."
    else:
        yield entry.compared
    if entry.breaks:
        yield "Break: see the annex."
    yield entry.neighbours
    yield from (f"{mark.rstrip('.')}." for mark in entry.warns if mark != CHANGED)
