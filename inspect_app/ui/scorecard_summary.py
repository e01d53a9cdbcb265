"""The top of a scorecard: what changed and is more than noise, what is missing, what is overdue."""

from collections.abc import Sequence

import streamlit as st

from data_model.vocabulary import AreaKind
from inspect_app.access import Permission
from inspect_app.services import recommendation_list
from inspect_app.services.recommendation_list import Wanted
from inspect_app.services.recommendation_stands import Stands
from inspect_app.services.scorecards import Line, Scorecard
from inspect_app.services.series import Series
from inspect_app.signed_in import SignedIn
from inspect_app.ui import progress_narrowing
from inspect_app.ui.markup import Markup, items, more, show, tag, together
from inspect_app.ui.scorecard_bars import NOT_RECORDED, Bar, bars
from metrics import run_chart, variation
from metrics.outcome import NoNumber, Outcome, Share, TooFew, in_words

CHANGED = "What changed and is more than noise"
MISSING = "What is missing or not recorded"
OVERDUE = "What is overdue"
GAPS = "-not-recorded"
WATCHED = (Stands.LATE, Stands.OVERDUE, Stands.SENT_BACK, Stands.CLAIMED, Stands.REGRESSED)
NOTHING_KEPT = "Nothing is known to be due: no recommendation about this area is kept."
ALL_POINTS = (
    "What is said rests on all points of a series, never on two of them. A run chart does not say "
    "when a figure shifted, nor why."
)


def changed(held: Sequence[Series]) -> None:
    """Say which series show a special cause or a shift; where none does, say just that."""
    st.header(CHANGED)
    found = [series for series in held if series.changed]
    if not found:
        show(tag("p", nothing_changed(held)))
        return
    show(
        items(*(_change(series) for series in found)),
        tag("p", _rest(held, len(found)), " ", ALL_POINTS, css="small"),
    )


def nothing_changed(held: Sequence[Series]) -> str:
    """Return the one sentence that stands where no change is more than noise."""
    enough = sum(series.enough for series in held)
    takes = (
        f"it takes {run_chart.MINIMUM} points off the median, and {variation.ENOUGH} for limits, "
        "since recording or the definition last changed"
    )
    if not held:
        return "Nothing can be said of change: no indicator has two figures of the same kind."
    if not enough:
        return f"Too few points to say: none of {len(held)} series is long enough ({takes})."
    return (
        f"No change is more than noise in the {enough} of {len(held)} series that are long enough "
        f"to say ({takes})."
    )


def _change(series: Series) -> Markup:
    of = f", of {series.key.subject}" if series.key.subject else ""
    wider = f" ({series.area.label})" if _of_force(series) else ""
    first, last = _span(series)
    return together(
        tag("strong", f"{series.title}{of}{wider}"),
        f": {series.latest.figures} {series.key.rhythm.plural}, from {first} to {last}. ",
        f"{series.said} {series.better.english}.",
    )


def _of_force(series: Series) -> bool:
    return series.area.kind is AreaKind.POLICE_FORCE_AREA


def _span(series: Series) -> tuple[str, str]:
    """Return the first and the last figure of the newest stretch, with what they are out of."""
    start = series.breaks[-1].at if series.breaks else 0
    figures = [p for p in series.points[start:] if not isinstance(p.value, NoNumber | TooFew)]
    first, last = (_counts(figures[place].outcome) for place in (0, -1))
    return f"{first}, {figures[0].period},", f"{last}, {figures[-1].period}"


def _counts(outcome: Outcome) -> str:
    if isinstance(outcome, Share):
        return f"{outcome.count:,} of {outcome.out_of:,} ({outcome.share:.1%})"
    return in_words(outcome)


def _rest(held: Sequence[Series], found: int) -> str:
    enough = sum(series.enough for series in held)
    return (
        f"Long enough to say: {enough} of {len(held)} series; in {enough - found} of them no "
        f"change is more than noise. For {len(held) - enough} there are too few points to say."
    )


def missing(held: Scorecard) -> None:
    """Say what was not recorded, what is withheld, and for which indicators there is no figure."""
    st.header(MISSING)
    gaps = [line for line in held.lines if GAPS in line.indicator]
    _drawn([line for line in gaps if not line.inspection], held, "Reported")
    _drawn([line for line in gaps if line.inspection], held, "In cases read")
    show(
        more("The same as a list", items(*(_gap(e, held) for e in gaps if _bar(e, held)))),
        None if gaps else tag("p", "How much was not recorded is itself not known: no figure."),
        _marks(held),
        _no_figure(held),
    )


def _drawn(gaps: Sequence[Line], held: Scorecard, called: str) -> None:
    """Draw what was not recorded as bars, and say what a source states without its counts."""
    drawn = [bar for line in gaps if (bar := _bar(line, held))]
    if drawn:
        show(tag("h4", called))
        st.plotly_chart(
            bars(drawn),
            theme=None,
            config={"displayModeBar": False},
            alt=f"{called}, not recorded: the list under the charts says the same.",
            key=f"not-recorded-{called}",
        )
    show(items(*(_gap(line, held) for line in gaps if not isinstance(line.outcome, Share))))


def _bar(line: Line, held: Scorecard) -> Bar | None:
    if not isinstance(line.outcome, Share):
        return None
    count, out_of = line.outcome.count, line.outcome.out_of
    parts = (("Recorded", out_of - count), (NOT_RECORDED, count))
    return Bar(f"{_short(line)}: {count:,} of {out_of:,} not recorded{_older(line, held)}", parts)


def _short(line: Line) -> str:
    return line.title.replace(" not recorded", "").replace(", in cases read", "")


def _older(line: Line, held: Scorecard) -> str:
    return "" if line.in_quarter or held.quarter is None else f", {line.period}"


def _gap(line: Line, held: Scorecard) -> Markup:
    older = "" if line.in_quarter or held.quarter is None else " Not of this quarter."
    of = f", {line.subject}" if line.subject else ""
    return together(
        tag("strong", f"{line.title}: {_counts(line.outcome)}"),
        tag("span", f"{of}; {line.period}.{older}", css="small"),
    )


def _marks(held: Scorecard) -> Markup | None:
    marks = [line for line in held.lines if isinstance(line.outcome, NoNumber)]
    if not marks:
        return None
    said = (f"{line.title}, {line.period}: {in_words(line.outcome)}" for line in marks)
    return more(f"Lines with a mark where a number should be ({len(marks)})", items(*said))


def _no_figure(held: Scorecard) -> Markup | None:
    said = f"Indicators with no figure for this area by then ({len(held.missing)})"
    return more(said, items(*held.missing))


def overdue(area: str, me: SignedIn) -> None:
    """Say how many answers to recommendations about the area are late, each with its list."""
    if not me.may(Permission.READ_RECOMMENDATIONS):
        return
    st.header(OVERDUE)
    numbers = recommendation_list.counts(Wanted(area=area), by=me)
    listed = numbers[Stands.ALL]
    due = [stands for stands in WATCHED if numbers[stands]]
    if not due:
        show(tag("p", f"None of {listed} answers is overdue." if listed else NOTHING_KEPT))
        return
    for stands in due:
        label = f"{stands.value}: {numbers[stands]} of {listed} answers"
        progress_narrowing.rows_behind(label, Wanted(area=area, stands=stands))
