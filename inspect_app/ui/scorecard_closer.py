"""One indicator of a scorecard more closely: over time, beside neighbours, in parts, as counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import streamlit as st

from data_model.vocabulary import Breakdown, Symbol
from inspect_app.services import neighbour_view, scorecards, series
from inspect_app.services.neighbour_view import NeighbourView
from inspect_app.services.scorecards import Line, Part
from inspect_app.services.series import Series
from inspect_app.signed_in import SignedIn
from inspect_app.ui import charts, counting, returns_due
from inspect_app.ui.examples import example
from inspect_app.ui.figures import figure, points
from inspect_app.ui.markup import Markup, items, plain, show, table, tag
from inspect_app.ui.scorecard_bars import NOT_RECORDED, Bar, bars
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
    """All that stands behind a scorecard's lines: figures over time, series, comparisons."""

    history: Sequence[Line]
    series: Sequence[Series]
    beside: Sequence[NeighbourView]

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
    _parts(scorecards.parts(line, by=me), line, place)
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


def _parts(held: Sequence[Part], line: Line, place: str) -> None:
    """Draw a returned figure taken apart, with what nobody recorded."""
    if not held:
        return
    show(tag("h4", f"Who they are, {line.period}"))
    drawn = _bars(held)
    if drawn:
        st.plotly_chart(
            bars(drawn),
            theme=None,
            config={"displayModeBar": False},
            alt="The parts of the figure: the table under the chart says the same.",
            key=f"parts-{place}-{line.figure}",
        )
    rows = ([part.breakdown.english, _category(part), _number(part)] for part in held)
    show(table("The same parts as a table", ["By", "Part", "Number"], rows))


def _bars(held: Sequence[Part]) -> list[Bar]:
    """Return a bar for each way a figure is taken apart, unless a part of it has no number."""
    apart: dict[Breakdown, list[tuple[str, int | None]]] = {}
    for part in held:
        apart.setdefault(part.breakdown, []).append((_category(part), part.number))
    found = []
    for breakdown, parts in apart.items():
        known = [(name, number) for name, number in parts if number is not None]
        whole = sum(number for _name, number in known)
        if whole and len(known) == len(parts):
            unknown = dict(known).get(NOT_RECORDED, 0)
            name = f"{breakdown.english}: {unknown:,} of {whole:,} not recorded"
            found.append(Bar(name, tuple(known)))
    return found


def _category(part: Part) -> str:
    if part.category == "not_recorded":
        return NOT_RECORDED
    words = {str(each): each.english for each in part.breakdown.categories}
    return words.get(part.category, part.category)


def _number(part: Part) -> str:
    if part.number is None:
        return Symbol(part.symbol).english if part.symbol else Symbol.NOT_AVAILABLE.english
    return f"{part.number:,}"


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
