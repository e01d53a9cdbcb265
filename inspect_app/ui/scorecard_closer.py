"""One indicator of a scorecard more closely: over time, beside neighbours, in parts, as counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from inspect_app.services import neighbour_view, series
from inspect_app.services.board_parts import Apart
from inspect_app.services.board_periods import period
from inspect_app.services.neighbour_view import NeighbourView
from inspect_app.services.scorecards import Line
from inspect_app.services.series import Series
from inspect_app.signed_in import SignedIn
from inspect_app.ui import charts, counting, returns_due, scorecard_parts
from inspect_app.ui.examples import example
from inspect_app.ui.figures import figure, points
from inspect_app.ui.markup import Markup, items, plain, show, table, tag
from metrics import BY_CODE
from metrics.indicator import Reported
from metrics.recording import RETURNS_LATE

NOT_ON_CHART = (
    "Figures about another population, of another kind or for another length of time: they are "
    "never put on one axis with those above."
)
CHANCE = (
    "Areas are listed by name: chance alone would change any order. The interval is of chance "
    "alone; neighbours differ for other reasons too, recording among them."
)


@dataclass(frozen=True)
class Behind:
    """All that stands behind a scorecard's lines: figures over time, series, neighbours, parts."""

    history: Sequence[Line]
    series: Sequence[Series]
    beside: Sequence[NeighbourView]
    apart: Sequence[Apart]

    def has_more(self, line: Line) -> bool:
        """Whether a line has a series, neighbours or returns behind it to be seen."""
        if line.indicator == RETURNS_LATE.code:
            return True
        held = series.of_line(self.series, line) or neighbour_view.of_line(self.beside, line)
        return held is not None


def expanders(lines: Iterable[Line], behind: Behind, me: SignedIn) -> None:
    """Draw what can be opened under a group: nothing in it is reckoned or sent until it is."""
    for line in lines:
        if line.inspection or not behind.has_more(line):
            continue
        of = f", of {line.subject}" if line.subject else ""
        box = st.expander(
            plain(f"{line.title}{of}: over time, and how it is counted"),
            key=f"closer-{line.indicator}-{line.area.code}-{line.subject}",
            on_change="rerun",
        )
        if box.open:
            with box:
                draw(line, behind, me, "under")


def draw(line: Line, behind: Behind, me: SignedIn, place: str) -> None:
    """Draw one line's series, neighbours, parts and definition; `place` tells two of them apart."""
    if line.inspection:
        counting.explained(line, me)
        return
    held = series.of_line(behind.series, line)
    if held:
        charts.run_or_control_chart(held, place)
    _others(line, held, behind.history)
    if line.indicator == RETURNS_LATE.code:
        returns_due.behind(line, me)
    _beside(neighbour_view.of_line(behind.beside, line))
    _parts(line, behind, place)
    _counted(line)


def _others(line: Line, held: Series | None, history: Iterable[Line]) -> None:
    """Show every figure of the indicator that is on no chart above."""
    on_chart = {(p.end, p.outcome) for p in held.points} if held else set()
    rest = [
        each
        for each in history
        if (each.indicator, each.area.code) == (line.indicator, line.area.code)
        and (each.period_end, each.outcome) not in on_chart
    ]
    if not held:
        show(tag("p", "Too few points to say whether anything has changed.", css="label"))
    if rest:
        show(tag("p", NOT_ON_CHART, css="small") if held else None, points(rest))


def _beside(held: NeighbourView | None) -> None:
    if held is None:
        return
    rows = ([_name(each.name, own=each.own), *figure(each.outcome)] for each in held.areas)
    show(
        tag("h4", f"Beside its statistical neighbours, {held.period}"),
        tag("p", held.said, css="label"),
        tag("p", f"Neighbours of the model of {held.model}. {CHANCE}", css="small"),
        table(
            "The area and its statistical neighbours, by name",
            ["Area", "Count and what it is out of", "Share or rate"],
            rows,
        ),
    )


def _name(name: str, *, own: bool) -> Markup:
    return tag("strong", f"{name} (this area)") if own else tag("span", name)


def _parts(line: Line, behind: Behind, place: str) -> None:
    """Draw a returned figure taken apart, with what nobody recorded."""
    held = [each for each in behind.apart if each.line == line]
    if held:
        show(tag("h4", f"Who they are, {period(line)}"))
        scorecard_parts.draw(held, f"{place}-{line.figure}")


def _counted(line: Line) -> None:
    declared = BY_CODE[line.indicator]
    if not isinstance(declared, Reported):
        return
    breaks = [f"{b.on.day} {b.on:%B %Y}: {b.why} ({b.source})" for b in declared.breaks]
    show(
        tag("h4", "How is this counted"),
        tag("p", f"Counted: {declared.numerator}."),
        tag("p", f"Out of: {declared.denominator or 'nothing; it is a count by itself'}."),
        tag("p", f"Period: {declared.period}. {declared.better.english}.", css="small"),
        tag("p", f"Source of the definition: {declared.source}.", css="small"),
        tag("p", "Known changes, here or elsewhere:", css="small") if breaks else None,
        items(*breaks),
        example(declared),
    )
