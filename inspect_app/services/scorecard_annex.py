"""The annex of a scorecard's paper: everything that its first pages only count, group by group."""

from collections.abc import Iterator, Sequence

from data_model.vocabulary import Verdict
from inspect_app.publishing.paper import Block, Heading, Items, Paragraph, Picture, Table
from inspect_app.services import board_words
from inspect_app.services.board_concerns import Raised
from inspect_app.services.board_periods import point_period
from inspect_app.services.board_reading import BoardReading, Entry, drawn
from inspect_app.services.boards import DecisionValue
from inspect_app.services.figure_words import figure, interval
from inspect_app.services.series import Point, Series
from metrics.indicator import Group
from metrics.outcome import NoNumber, in_words

ANNEX = "Annex: everything behind this paper"
ABOUT = (
    "For looking up, not for reading through: every question with all that was found, every "
    "indicator by its group with its figures over time and in parts, and how each is counted."
)
DRAWN = (
    "A drawing begins at nought; a dashed line is a break, a cross a period without a figure. "
    "The words under it have every figure."
)
FEW, MANY = 3, 5
"""How many contradictions, and how many changes, gaps or questions, stand before the annex."""

COUNTED = "How each indicator is counted"
REST = "What the first pages only count"
APART = "In parts"
HEADINGS = ("Indicator", "Count and what it is out of", "Interval", "Period", "Remarks")


def annex(held: BoardReading) -> Iterator[Block]:
    """Yield the annex, which begins on a new page and says what it is."""
    yield Heading(1, ANNEX, new_page=True)
    yield Paragraph(ABOUT)
    if held.series:
        yield Paragraph(DRAWN)
    if rest := tuple(_rest(held)):
        yield Heading(2, REST)
        yield from rest
    yield Heading(2, board_words.QUESTIONS)
    for raised in held.asked.raised:
        yield from _raised(raised, held)
    yield from _others(held)
    for group in Group:
        yield from _group(group, held)
    if held.entries:
        yield Heading(2, COUNTED)
        yield Items(tuple(dict.fromkeys(f"{e.title}. {e.counted}" for e in held.entries)))


def _rest(held: BoardReading) -> Iterator[Block]:
    yield from _listed(board_words.CHANGED, board_words.changes(held)[MANY:])
    yield from _listed(board_words.MISSING, board_words.gaps(held)[MANY:])
    if held.missing.no_figure:
        yield Paragraph(f"{board_words.no_figure(held)}: {'; '.join(held.missing.no_figure)}.")
    found = held.contradicted.found[FEW:]
    said = tuple(f"{each.found.says}{board_words.inspections(each.found)}" for each in found)
    yield from _listed(board_words.CONTRADICTED, said)
    if held.decided.older:
        yield decisions(held.decided.older)


def _listed(heading: str, texts: Sequence[str]) -> Iterator[Block]:
    if texts:
        yield Paragraph(heading, "label")
        yield Items(tuple(texts))


def decisions(held: Sequence[DecisionValue]) -> Table:
    """Return a table of decisions, with what came of each."""
    return Table(
        board_words.DECIDED,
        ("On", "Decision or action", "Who and by when", "What came of it"),
        tuple(_decision(each) for each in held),
        (20, 32, 18, 30),
    )


def _decision(held: DecisionValue) -> tuple[str, ...]:
    on = f"{held.title}. {board_words.about(held)}"
    came = board_words.outcome(held) or "Not said yet"
    return on, held.text, board_words.action(held) or "No action", came


def _raised(raised: Raised, held: BoardReading) -> Iterator[Block]:
    yield Heading(3, raised.asks)
    yield Paragraph(f"{raised.severity.english}. {raised.titles}. {raised.in_words}", "note")
    answers = held.asked.answers
    yield Items(
        tuple(
            f"{found.says} {board_words.answer(answers[found.key])}"
            if found.key in answers
            else found.says
            for found in raised.found
        )
    )
    yield Paragraph(f"Why it matters: {' '.join(raised.why)}", "note")


def _others(held: BoardReading) -> Iterator[Block]:
    for verdict in (Verdict.NOT_CHECKED, Verdict.NOTHING):
        others = held.asked.of(verdict)
        if others:
            yield Heading(3, board_words.came_out(verdict, others))
            yield Items(tuple(f"{each.title}. {each.in_words}" for each in others))


def _group(group: Group, held: BoardReading) -> Iterator[Block]:
    entries = [entry for entry in held.entries if entry.line.group is group]
    if not entries:
        return
    yield Heading(2, group.english)
    figures = [entry for entry in entries if entry in held.figures]
    if figures:
        rows = tuple(_row(entry) for entry in figures)
        yield Table(group.english, HEADINGS, rows, (30, 17, 17, 16, 20))
    yield from _marked([e for e in entries if isinstance(e.line.outcome, NoNumber)])
    yield from _over_time([series for series in held.series if series.group is group])
    yield from _apart(group, held)


def _marked(entries: Sequence[Entry]) -> Iterator[Block]:
    if entries:
        said = (f"{e.name}, {e.period}: {in_words(e.line.outcome)}" for e in entries)
        yield Paragraph(f"With a mark where a number should be: {'; '.join(said)}.", "note")


def _row(entry: Entry) -> tuple[str, ...]:
    counted, share = figure(entry.line.outcome)
    return (
        entry.signed,
        f"{counted} ({share})" if share else counted,
        board_words.interval_shown(interval(entry.line.outcome)),
        entry.period,
        " ".join(board_words.beside(entry)) or board_words.DASH,
    )


def _over_time(held: Sequence[Series]) -> Iterator[Block]:
    if held:
        yield Heading(3, "Over time")
    for series in held:
        yield from _series(series)


def _series(held: Series) -> Iterator[Block]:
    of = f", of {held.key.subject}" if held.key.subject else ""
    named = f"{held.title}{of}, {held.area.label}, by {held.key.rhythm.name.lower()}"
    yield Paragraph(named, "label")
    yield Paragraph(f"{held.said} {held.better.english}. {' '.join(held.broken)}".strip(), "leads")
    yield Picture(drawn(held), f"{named}. {held.said} The words that follow have every figure.")
    yield Paragraph(f"{'; '.join(_point(held, point) for point in held.points)}.", "note")


def _point(held: Series, point: Point) -> str:
    note = f" ({point.note})" if point.note else ""
    return f"{point_period(held, point)}: {in_words(point.outcome)}{note}"


def _apart(group: Group, held: BoardReading) -> Iterator[Block]:
    """Yield the figures of a group in parts, a paragraph for each figure."""
    found = board_words.in_parts(each for each in held.apart if each.line.group is group)
    if found:
        yield Heading(3, APART)
        for said in found:
            yield Paragraph(said, "note")
