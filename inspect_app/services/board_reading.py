"""What a board reads of one area and one quarter, in its order: one value that everything draws.

The page, the board paper, the workbook and the command line say what stands here, and nothing of
it is reckoned a second time in any of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from inspect_app.publishing.small_chart import small_chart
from inspect_app.services import (
    board_parts,
    boards,
    checks,
    national_children,
    neighbour_view,
    scorecards,
    series,
)
from inspect_app.services.board_changes import Changes, Gaps, changes, gaps
from inspect_app.services.board_concerns import (
    Asked,
    Contradictions,
    Decided,
    Overdue,
    asked,
    contradictions,
    decided,
    overdue,
)
from inspect_app.services.board_parts import Apart
from inspect_app.services.board_periods import period
from inspect_app.services.figure_words import CHANGED
from inspect_app.services.neighbour_view import NeighbourView
from inspect_app.services.scorecards import Line, Scorecard
from inspect_app.services.series import Series
from inspect_app.signed_in import SignedIn
from metrics import BY_CODE
from metrics.figures import Missing
from metrics.indicator import Quarter, Reported
from metrics.outcome import NoNumber
from metrics.recording import RETURNS_LATE

READ_ME = (
    "The count and what it is out of stand beside every share. A rise or fall is not good or bad "
    "news by itself: counts follow recording. Figures of different definitions are not compared."
)
NO_LINES = (
    "No figure of this area is kept here by this quarter, and no agreed reading of cases. "
    "Choose another area, or a later quarter if there is one."
)
ONE_READING = "One reading of cases: too few points to say."
TOO_FEW = "Too few points to say whether anything has changed."
LITTLE = (
    "Where nothing is said of a figure, there are too few points to say whether anything has "
    "changed. Where no interval stands, it is a count of what was recorded, not an estimate."
)
DAGGER = "†"
UNPUBLISHED = f"{DAGGER} From a return that is not published yet."
DOUBLE = "‡"
FROM_CASES = f"{DOUBLE} From cases read, not from a return."
LONGER, OLDER = "Longer period, ending in this quarter", "Older figure, from before this quarter"
RETURNED = "From a return; not published yet."


@dataclass(frozen=True)
class Entry:
    """One indicator: its figure, what may be said of its series, and its neighbours' sentence.

    `marks` warn of what the figure is not: of this quarter, of this area alone, comparable.
    """

    line: Line
    series: Series | None
    beside: NeighbourView | None
    marks: tuple[str, ...]

    @property
    def name(self) -> str:
        """The indicator's title, and of whom the figure is."""
        return f"{self.line.title}, of {self.line.subject}" if self.line.subject else self.title

    @property
    def signed(self) -> str:
        """The same, with a sign where it is from cases, or from a return not published yet."""
        signs = {DOUBLE: self.line.inspection is not None, DAGGER: RETURNED in self.marks}
        return " ".join([self.name, *(sign for sign, stands in signs.items() if stands)])

    @property
    def title(self) -> str:
        """The indicator's title."""
        return self.line.title

    @property
    def period(self) -> str:
        """Its period, a quarter by its months first."""
        return period(self.line)

    @property
    def compared(self) -> str:
        """What may be said of its series, empty where there are too few points to say anything."""
        return self.says if self.series and self.series.enough else ""

    @property
    def warns(self) -> tuple[str, ...]:
        """Its marks but for what a sign stands for."""
        return tuple(mark for mark in self.marks if mark != RETURNED)

    @property
    def now(self) -> bool:
        """Whether it is a figure of the quarter asked, or its series shows a change."""
        return self.line.in_quarter or (self.series is not None and self.series.changed)

    @property
    def says(self) -> str:
        """What may be said of its series: a sentence, also where that is nothing yet."""
        if self.line.inspection:
            return ONE_READING
        return self.series.said if self.series else TOO_FEW

    @property
    def neighbours(self) -> str:
        """What the comparison with its statistical neighbours says; empty where there is none."""
        return f"{self.beside.said} ({self.beside.period})" if self.beside else ""

    @property
    def breaks(self) -> tuple[str, ...]:
        """Why its series is broken, break by break."""
        return self.series.broken if self.series else ()

    @property
    def counted(self) -> str:
        """How it is counted, and where that is from."""
        declared = BY_CODE[self.line.indicator]
        if not isinstance(declared, Reported):
            better = f"{declared.better.english}."
            return f"{declared.asks} {better} Source of the definition: {declared.source}."
        out_of = declared.denominator or "nothing; it is a count by itself"
        return (
            f"Counted: {declared.numerator}. Out of: {out_of}. Period: {declared.period}. "
            f"{declared.better.english}. Source of the definition: {declared.source}."
        )


@dataclass(frozen=True)
class BoardReading:
    """An area's scorecard as a board reads it, as things stood on a day for whoever reads it.

    `reader` names who that is. `history` are the figures behind the series, and `beside` every
    comparison with neighbours.
    `apart` are the figures in parts, which say who children and perpetrators are. `notes` are to
    be read with the figures: why there are no neighbours, and rates that are stated otherwise
    elsewhere.
    """

    card: Scorecard
    as_of: date
    reader: str
    changed: Changes
    missing: Gaps
    contradicted: Contradictions
    overdue: Overdue
    asked: Asked
    decided: Decided
    entries: tuple[Entry, ...]
    series: tuple[Series, ...]
    history: tuple[Line, ...]
    beside: tuple[NeighbourView, ...]
    apart: tuple[Apart, ...]
    notes: tuple[str, ...]

    @property
    def when(self) -> str:
        """The quarter in words, or that the latest figures are shown."""
        return f"at the end of {self.card.quarter.label}" if self.card.quarter else "latest figures"

    @property
    def figures(self) -> tuple[Entry, ...]:
        """The entries with a figure, not a mark where a number should be."""
        return tuple(e for e in self.entries if not isinstance(e.line.outcome, NoNumber))

    @property
    def newest(self) -> tuple[Entry, ...]:
        """The figures of the quarter, and those whose series changed; all where none is asked."""
        return tuple(e for e in self.figures if e.now or self.card.quarter is None)

    @property
    def signs(self) -> str:
        """What is to be known to read the figures: what silence, and what a sign, says of them."""
        signed = " ".join(entry.signed for entry in self.entries)
        signs = {DAGGER: UNPUBLISHED, DOUBLE: FROM_CASES}
        return " ".join([LITTLE, *(says for sign, says in signs.items() if sign in signed)])


def reading(area: str, quarter: str | None = None, *, by: SignedIn) -> BoardReading:
    """Return what a board reads of an area, by code or name, at the end of a quarter.

    Where no quarter is asked, of the latest figures. Raises NotAllowed, NotFound and Refusal as
    `scorecards.scorecard` and `checks.of_area` do.
    """
    card = scorecards.scorecard(area, quarter, by=by)
    code = card.area.code
    history = tuple(scorecards.history(code, quarter, by=by))
    beside = neighbour_view.views(code, history, by=by)
    found = series.all_of(history)
    questions = checks.of_area(code, quarter=quarter, by=by)
    answers = boards.answers(code, by=by)
    decisions = boards.decisions(code, by=by)
    return BoardReading(
        card=card,
        as_of=by.today,
        reader=f"{by.name}, {by.organisation_name}",
        changed=changes(found),
        missing=gaps(card),
        contradicted=contradictions(questions, answers),
        overdue=overdue(code, decisions, by=by),
        asked=asked(questions, answers),
        decided=decided(decisions, card.quarter),
        entries=tuple(_entry(line, card, found, beside) for line in card.lines),
        series=found,
        history=history,
        beside=beside,
        apart=board_parts.all_of(card.lines, by=by),
        notes=_notes(code, by),
    )


def _notes(area: str, by: SignedIn) -> tuple[str, ...]:
    alone = neighbour_view.why_none(area, by=by)
    rates = national_children.rates_beside(area, by=by)
    return (*([alone] if alone else []), *(rate.says for rate in rates))


def drawn(held: Series, **size: float) -> str:
    """Return a small drawing of a series as SVG, without words: its table says the same."""
    numbers = [None if isinstance(p.value, Missing) else p.value for p in held.points]
    return small_chart(numbers, [each.at for each in held.breaks], **size)


def _entry(
    line: Line, card: Scorecard, found: Sequence[Series], beside: Sequence[NeighbourView]
) -> Entry:
    if line.inspection:
        return Entry(line, None, None, _marks(line, card))
    own, others = series.of_line(found, line), neighbour_view.of_line(beside, line)
    return Entry(line, own, others, _marks(line, card))


def _marks(line: Line, card: Scorecard) -> tuple[str, ...]:
    wider = "police force area" in line.area.label and line.area.code != card.area.code
    found = (
        f"{line.area.label}. Not this area alone." if wider else None,
        _lies(line, card.quarter) if card.quarter and not line.in_quarter else None,
        CHANGED if line.breaks else None,
        RETURNED if _waits(line) else None,
    )
    return tuple(mark for mark in found if mark)


def _waits(line: Line) -> bool:
    """Whether a figure is from a return that is not published yet, and not counted here."""
    counted_here = line.inspection is not None or line.indicator == RETURNS_LATE.code
    return not line.published and not counted_here


def _lies(line: Line, quarter: Quarter) -> str:
    ended = line.period_end
    return LONGER if ended is not None and ended >= quarter.start else OLDER
