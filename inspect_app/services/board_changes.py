"""What a board reads first of a scorecard: what changed beyond noise, and what is not recorded."""

from collections.abc import Sequence
from dataclasses import dataclass

from data_model.vocabulary import AreaKind
from inspect_app.services.board_periods import period
from inspect_app.services.figure_words import counts
from inspect_app.services.scorecards import Line, Scorecard
from inspect_app.services.series import Series
from metrics import BY_CODE, run_chart, variation
from metrics.outcome import NoNumber, Outcome, Share, Stated, in_words
from metrics.returned import RETURN
from metrics.tallies import FROM_CASES
from metrics.variation import Variation

GAPS = "-not-recorded"
"""How the code of an indicator of what was not recorded ends, or goes on with of whom."""

FROM_CASE_CODES = tuple(indicator.code for indicator in FROM_CASES)
NO_RETURN = "Of all {number} indicators of the standard return no figure is kept here by then."
NO_READING = "No agreed reading of cases is here by then: {number} indicators have no figure."
ONCE = (
    "{number} more indicators have no figure here: they are of single publications, which nobody "
    "asks this area for."
)
BEFORE = (
    "Of {number} indicators of the standard return the newest figure is from before this quarter."
)
NO_GAPS = "How much was not recorded is itself not known: no figure."
ALL_POINTS = (
    "What is said rests on all points of a series, never on two of them. A run chart does not say "
    "when a figure shifted, nor why."
)


@dataclass(frozen=True)
class Change:
    """A series that shows more than noise: its name, and what may be said of it in sentences."""

    series: Series
    name: str
    says: str


@dataclass(frozen=True)
class Changes:
    """The series that show more than noise, and what was looked at, which `said` says."""

    found: tuple[Change, ...]
    said: str


def changes(held: Sequence[Series]) -> Changes:
    """Return which series show a special cause or a shift; where none does, `said` says that.

    What is a concern comes first and what is an improvement last, so that folding reassures nobody.
    """
    changed = sorted((series for series in held if series.changed), key=_gravest_first)
    found = tuple(_change(series) for series in changed)
    said = f"{_rest(held, len(found))} {ALL_POINTS}" if found else nothing_changed(held)
    return Changes(found, said)


def _gravest_first(series: Series) -> int:
    shown = series.chart.variation if series.chart and series.limited else None
    return {Variation.CONCERN: 0, Variation.IMPROVEMENT: 2}.get(shown, 1) if shown else 1


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


def _change(series: Series) -> Change:
    of = f", of {series.key.subject}" if series.key.subject else ""
    wider = f" ({series.area.label})" if series.area.kind is AreaKind.POLICE_FORCE_AREA else ""
    name = f"{series.title}{of}{wider}"
    return Change(series, name, f"{series.said} {series.better.english}.")


def _rest(held: Sequence[Series], found: int) -> str:
    enough = sum(series.enough for series in held)
    return (
        f"Long enough to say: {enough} of {len(held)} series; in {enough - found} of them no "
        f"change is more than noise. For {len(held) - enough} there are too few points to say."
    )


@dataclass(frozen=True)
class Gap:
    """How much of something was not recorded, of whom and when."""

    line: Line
    says: str
    about: str

    @property
    def share(self) -> Share | None:
        """The share that was not recorded, where the counts behind it are known."""
        return self.line.outcome if isinstance(self.line.outcome, Share) else None


@dataclass(frozen=True)
class Gaps:
    """What was not recorded, as reported and then in cases read, the largest shares first.

    `marks` are lines with a mark where a number should be. `no_figure` are the indicators of the
    standard return and of cases read that are without any figure while others of their kind have
    one; `others` says in sentences of how many more there is none, and why. `said` stands where
    nothing is known of gaps, and is empty otherwise.
    """

    found: tuple[Gap, ...]
    marks: tuple[str, ...]
    no_figure: tuple[str, ...]
    others: tuple[str, ...]
    said: str


def gaps(held: Scorecard) -> Gaps:
    """Return what was not recorded, what is withheld, and for what there is no figure."""
    found = [_gap(line, held) for line in held.lines if GAPS in line.indicator]
    marks = (line for line in held.lines if isinstance(line.outcome, NoNumber))
    wanted, others = _without(held)
    return Gaps(
        tuple(sorted(found, key=_largest_first)),
        tuple(f"{line.title}, {period(line)}: {in_words(line.outcome)}" for line in marks),
        tuple(BY_CODE[code].title for code in wanted),
        others,
        "" if found else NO_GAPS,
    )


def _without(held: Scorecard) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the codes of what is asked for and missing here, and sentences on the rest."""
    own = {line.indicator for line in held.lines}
    kinds = ((_standard(held), NO_RETURN), (FROM_CASE_CODES, NO_READING))
    wanted: list[str] = []
    said: list[str] = []
    for codes, none in kinds:
        missing = [code for code in codes if code not in own]
        if len(missing) == len(codes):
            said.append(none.format(number=len(codes)))
        else:
            wanted += missing
    once = len(set(BY_CODE) - own - {code for codes, _none in kinds for code in codes})
    if before := _before(held):
        said.append(BEFORE.format(number=before))
    return tuple(wanted), (*said, *([ONCE.format(number=once)] if once else []))


def _before(held: Scorecard) -> int:
    """Return of how many indicators of the standard return nothing of this quarter is here."""
    if held.quarter is None:
        return 0
    standard = set(_standard(held))
    ended = {
        line.indicator
        for line in held.lines
        if line.period_end and line.period_end >= held.quarter.start
    }
    return len({line.indicator for line in held.lines} & standard - ended)


def _standard(held: Scorecard) -> tuple[str, ...]:
    """Return the indicators that the bodies of the area's nation are asked for every quarter."""
    nation = held.area.nation
    return tuple(each.code for each in RETURN if each.nation in (None, nation))


def _largest_first(gap: Gap) -> tuple[bool, float]:
    return gap.line.inspection is not None, -_size(gap.line.outcome)


def _size(outcome: Outcome) -> float:
    """Return the share of a gap, between 0 and 1; below 0 where there is no number to go by."""
    match outcome:
        case Share():
            return outcome.share
        case Stated(unit="percent"):
            return outcome.value / 100
        case _:
            return -1


def _gap(line: Line, held: Scorecard) -> Gap:
    older = "" if line.in_quarter or held.quarter is None else " Not of this quarter."
    of = f"{line.subject}; " if line.subject else ""
    return Gap(line, f"{line.title}: {counts(line.outcome)}", f"{of}{period(line)}.{older}")
