"""What a board reads of a scorecard, laid out as a paper: the same sections in the same order."""

from collections.abc import Iterator

from data_model.vocabulary import Verdict
from inspect_app.publishing.paper import Block, Heading, Items, Paper, Paragraph, Picture, Table
from inspect_app.publishing.words import day
from inspect_app.services import board_words
from inspect_app.services.board_reading import NO_LINES, READ_ME, BoardReading, Entry, drawn
from inspect_app.services.boards import DecisionValue
from inspect_app.services.checks import Found, Question
from inspect_app.services.figure_words import figure, interval
from inspect_app.services.series import Point, Series
from inspect_app.signed_in import SignedIn
from metrics.indicator import Group

OVER_TIME = "Figures over time"
COUNTED = "How each indicator is counted"
SAID = "What may be said"
NO_SERIES = "No indicator has two figures of the same kind."
DASH = "–"
DRAWN = (
    "The drawing begins at nought; a dashed line is a break, a cross a period without a figure. "
    "The table that follows has every figure."
)


def laid_out(held: BoardReading, by: SignedIn) -> Paper:
    """Return the paper of what was read, as it is drawn."""
    about = f"What the board of {held.card.area.label} reads, {held.when}."
    return Paper(
        title=board_words.titled(held),
        about=about,
        prepared_by=f"{by.name}, {by.organisation_name}",
        as_of=held.as_of,
        blocks=tuple(_blocks(held, about, by)),
    )


def _blocks(held: BoardReading, about: str, by: SignedIn) -> Iterator[Block]:
    yield Heading(0, board_words.titled(held))
    yield Paragraph(
        f"{about} As things stood on {day(held.as_of)}, and as {by.name}, {by.organisation_name}, "
        "may see them."
    )
    parts = (_changed, _missing, _contradicted, _overdue, _questions, _decided, _entries)
    for heading, part in zip(board_words.SECTIONS, parts, strict=True):
        yield Heading(1, heading)
        yield from part(held)
    yield from _over_time(held)
    yield from _counted(held)
    yield from _without(held)


def _items(*texts: str) -> Iterator[Block]:
    if texts:
        yield Items(texts)


def _said(text: str, kind: str = "") -> Iterator[Block]:
    if text:
        yield Paragraph(text, kind)


def _changed(held: BoardReading) -> Iterator[Block]:
    yield from _items(*(f"{each.name}: {each.says}" for each in held.changed.found))
    yield Paragraph(held.changed.said, "note" if held.changed.found else "")


def _missing(held: BoardReading) -> Iterator[Block]:
    yield from _items(*(f"{each.says}; {each.about}" for each in held.missing.found))
    yield from _said(held.missing.said)
    yield from _items(*(f"{heading}: named at the end." for heading, _said in _named(held)))


def _named(held: BoardReading) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield what stands at the end by name, so that the first page is not full of it."""
    if held.missing.marks:
        yield board_words.marked(held), held.missing.marks
    if held.missing.no_figure:
        yield board_words.no_figure(held), held.missing.no_figure


def _contradicted(held: BoardReading) -> Iterator[Block]:
    for each in held.contradicted.found:
        yield Paragraph(each.question.asks, "label")
        yield Paragraph(each.found.says)
        yield from _inspections(each.found)
        if each.answer:
            yield Paragraph(board_words.answer(each.answer))
    yield Paragraph(held.contradicted.said)
    yield from _items(*(_in_words(question) for question in held.contradicted.looked))


def _inspections(found: Found) -> Iterator[Block]:
    if found.inspections:
        yield Paragraph(f"Inspections: {', '.join(found.inspections)}.", "note")


def _in_words(question: Question) -> str:
    return f"{question.title}. {question.in_words}"


def _overdue(held: BoardReading) -> Iterator[Block]:
    for late in held.overdue.late:
        yield Paragraph(board_words.late(late, held.overdue.listed), "leads")
        yield Items(board_words.late_answers(late))
    yield from _items(*board_words.late_actions(held.overdue))
    yield Paragraph(held.overdue.said)


def _questions(held: BoardReading) -> Iterator[Block]:
    yield Paragraph(board_words.ABOUT_QUESTIONS, "note")
    yield from _said(held.asked.said)
    for question in held.asked.of(Verdict.FOUND):
        yield from _question(question, held)
    for heading, verdict in (
        ("Could not be checked, which is no pass", Verdict.NOT_CHECKED),
        ("Looked and found nothing", Verdict.NOTHING),
    ):
        others = held.asked.of(verdict)
        yield Heading(2, f"{heading} ({len(others)})")
        yield from _items(*(_in_words(each) for each in others))


def _question(question: Question, held: BoardReading) -> Iterator[Block]:
    yield Heading(2, question.asks)
    yield Paragraph(f"{question.severity.english}. {question.title}. {question.in_words}", "note")
    if question in held.contradicted.looked:
        yield Paragraph(board_words.SAID_ABOVE)
    else:
        yield from _all_found(question, held)
    yield Paragraph(f"Why it matters: {question.why} ({question.source})", "note")


def _all_found(question: Question, held: BoardReading) -> Iterator[Block]:
    for found in question.found:
        yield Paragraph(found.says)
        if found.key in held.asked.answers:
            yield Paragraph(board_words.answer(held.asked.answers[found.key]))


def _decided(held: BoardReading) -> Iterator[Block]:
    decisions = (*held.decided.shown, *held.decided.older)
    if decisions:
        yield Table(
            board_words.DECIDED,
            ("On", "Decision or action", "Who and by when", "What came of it"),
            tuple(_decision(each) for each in decisions),
            (24, 32, 20, 24),
        )
    yield from _said(held.decided.said)


def _decision(held: DecisionValue) -> tuple[str, ...]:
    on = f"{held.title}. {board_words.about(held)}"
    came = board_words.outcome(held) or "Not said yet"
    return on, held.text, board_words.action(held) or "No action", came


def _entries(held: BoardReading) -> Iterator[Block]:
    yield Paragraph(READ_ME if held.entries else NO_LINES)
    yield from (Paragraph(note) for note in held.notes)
    for group in Group:
        rows = tuple(_row(each) for each in held.entries if each.line.group is group)
        if rows:
            yield Heading(2, group.english)
            yield Table(
                group.english,
                ("Indicator", "Count and what it is out of", "Interval", "Period", SAID),
                rows,
                (24, 18, 17, 15, 26),
            )


def _row(entry: Entry) -> tuple[str, ...]:
    counted, share = figure(entry.line.outcome)
    said = (
        entry.says,
        *entry.breaks,
        entry.neighbours,
        *(f"{mark.rstrip('.')}." for mark in entry.marks),
    )
    return (
        entry.name,
        f"{counted} ({share})" if share else counted,
        interval(entry.line.outcome),
        entry.line.period,
        " ".join(each for each in said if each),
    )


def _over_time(held: BoardReading) -> Iterator[Block]:
    yield Heading(1, OVER_TIME)
    yield Paragraph(DRAWN if held.series else NO_SERIES)
    for series in held.series:
        yield from _one_series(series)


def _one_series(held: Series) -> Iterator[Block]:
    of = f", of {held.key.subject}" if held.key.subject else ""
    yield Heading(2, f"{held.title}{of}, {held.area.label}, by {held.key.rhythm.name.lower()}")
    yield Paragraph(f"{held.said} {held.better.english}.", "leads")
    yield from _items(*held.broken)
    yield Picture(
        drawn(held),
        f"{held.title}, {held.points[0].period} to {held.points[-1].period}. {held.said} "
        "The table that follows has every figure.",
    )
    yield Table(
        f"{held.title}{of}, oldest first",
        ("Period", "Count and what it is out of", "Share or rate", "Interval", "Remarks"),
        tuple(_point(each) for each in held.points),
        (22, 20, 14, 26, 18),
    )


def _point(point: Point) -> tuple[str, ...]:
    counted, share = figure(point.outcome)
    return point.period, counted, share or DASH, interval(point.outcome), point.note or DASH


def _counted(held: BoardReading) -> Iterator[Block]:
    if held.entries:
        counted = {entry.title: entry.counted for entry in held.entries}
        yield Heading(1, COUNTED)
        yield Table(COUNTED, ("Indicator", "How it is counted"), tuple(counted.items()), (30, 70))


def _without(held: BoardReading) -> Iterator[Block]:
    for heading, said in _named(held):
        yield Heading(1, heading)
        yield Paragraph(f"{'; '.join(said)}.", "note")
