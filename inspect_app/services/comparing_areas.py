"""Authorities side by side in one period: a funnel where there are enough, and never a rank."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from inspect_app.errors import Refusal
from inspect_app.services.comparing import (
    NO_FIGURE,
    Material,
    Measure,
    Period,
    members,
    reorganised,
    same_place,
    standing_for,
)
from inspect_app.services.neighbour_view import CALLED
from inspect_app.services.reference import AreaValue
from metrics import funnel, neighbours
from metrics.figures import Counted, Missing, counted
from metrics.funnel import Funnel, NoFunnel, Place, Placed
from metrics.neighbours import Bounds
from metrics.outcome import Count, NoNumber, Outcome, Rate, Share, Stated, TooFew, in_words

ENOUGH = 10
"""Areas with a figure from which a funnel is drawn: with fewer the line is drawn by too few."""

CANNOT_BE_SAID = "Cannot be said"
INSIDE = "Inside the limits"
OUTSIDE = {
    Place.HIGH_95: "Outside: above the 95% limit",
    Place.HIGH_998: "Outside: above the 99.8% limit",
    Place.LOW_95: "Outside: below the 95% limit",
    Place.LOW_998: "Outside: below the 99.8% limit",
}
BY_ITSELF = (
    "A count by itself is not compared: a larger area counts more, and nothing here says out of "
    "how many."
)
NO_COUNTS = "The counts behind these figures are not published, so chance cannot be reckoned."


class Among(Enum):
    """Which authorities are compared; the value says it in an address."""

    NATION = "nation"
    REGION = "region"
    NEIGHBOURS = "neighbours"


@dataclass(frozen=True)
class Row:
    """One authority: what it came to, what chance alone gives that, and where the funnel has it.

    `place` is None where the funnel cannot say; `returned` marks a figure from a return that is not
    published yet; `remark` is what is to be known of the authority.
    """

    area: AreaValue
    outcome: Outcome
    bounds: Bounds | None
    place: Place | None
    own: bool
    returned: bool
    remark: str | None

    @property
    def outside(self) -> bool:
        """Whether it lies outside the limits."""
        return self.place in OUTSIDE

    @property
    def says(self) -> str:
        """What the funnel says of it."""
        if self.place is None:
            return CANNOT_BE_SAID
        return OUTSIDE.get(self.place, INSIDE)


@dataclass(frozen=True)
class AreasCompared:
    """Authorities of one period by name, about all of them pooled.

    `missing` counts those without a number by what stands there; `said` is the own area's place as
    a sentence, `beside` how it stands to its neighbours pooled, where those are asked for; `notes`
    are what is to be known before any of it is read.
    """

    measure: Measure
    period: Period
    among: Among
    called: str
    rows: tuple[Row, ...]
    funnel: Funnel | NoFunnel
    said: str
    beside: str | None
    missing: tuple[tuple[str, int], ...]
    sources: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def with_figure(self) -> int:
        """How many have a number, whether or not it can be held against others."""
        return len(self.rows) - sum(number for _mark, number in self.missing)

    @property
    def outside(self) -> tuple[Row, ...]:
        """The authorities outside the limits."""
        return tuple(row for row in self.rows if row.outside)


def choices(held: Material) -> dict[Among, str]:
    """Return which authorities the area can be compared with, each as it is offered."""
    nation = held.area.nation.english if held.area.nation else "everywhere"
    found = {Among.NATION: f"All of {nation}"}
    if region := held.places.get(held.area.region_code or ""):
        found[Among.REGION] = f"Its region: {region.name}"
    if held.neighbours:
        found[Among.NEIGHBOURS] = f"Its statistical neighbours (model of {held.model})"
    return found


def compared(held: Material, measure: Measure, period: Period, among: Among) -> AreasCompared:
    """Return the authorities side by side; raises Refusal where the area is in no such group."""
    offered = choices(held)
    if among not in offered:
        raise Refusal(
            f"{held.area.label} has no such group of authorities here.",
            f"Choose one of: {'; '.join(offered.values())}.",
        )
    every = members(held, measure, period)
    own = standing_for(held, held.area.code, every)
    codes = _among(held, among, every)
    outcomes = {code: every[code] for code in held.places if code in codes}
    found = _funnel(outcomes)
    rows = _rows(held, held.of(measure, period), outcomes, found, own, period)
    return AreasCompared(
        measure,
        period,
        among,
        offered[among],
        rows,
        found,
        _said(held, rows, found),
        _beside(held, outcomes, own) if among is Among.NEIGHBOURS else None,
        _missing(rows),
        _sources(held, measure, period),
        _notes(held, measure, period, _away(held, among, every), own),
    )


def _among(held: Material, among: Among, every: Mapping[str, Outcome]) -> set[str]:
    """Return the codes of a group, the area's own with them; those of today's that stand there."""
    if among is Among.NATION:
        return set(every)
    if among is Among.REGION:
        region = held.area.region_code
        return {code for code in every if held.places[code].region_code == region}
    wanted = (held.area.code, *held.neighbours)
    return {code for each in wanted if (code := standing_for(held, each, every))}


def _away(held: Material, among: Among, every: Mapping[str, Outcome]) -> set[str]:
    """Return the neighbours that do not stand there under their code of today."""
    return set(held.neighbours) - set(every) if among is Among.NEIGHBOURS else set()


def _funnel(outcomes: Mapping[str, Outcome]) -> Funnel | NoFunnel:
    figures = _comparable(outcomes)
    numbers = sum(isinstance(counted(each), Share | Rate) for each in figures.values())
    if numbers >= ENOUGH:
        return funnel.funnel(figures)
    if any(isinstance(outcome, Count) for outcome in outcomes.values()):
        return NoFunnel(BY_ITSELF, ())
    if any(isinstance(outcome, Stated) for outcome in outcomes.values()):
        return NoFunnel(NO_COUNTS, ())
    had = f"{numbers} of {len(outcomes)} areas have a figure, and a funnel takes {ENOUGH}"
    return NoFunnel(f"Too few areas to say who differs by more than chance: {had}.", ())


def _comparable(outcomes: Mapping[str, Outcome]) -> dict[str, Counted | Missing]:
    """Return shares and rates, and what stands where there is none; counts alone are no figure."""
    return {
        code: outcome if isinstance(outcome, Share | Rate | NoNumber | TooFew) else NO_FIGURE
        for code, outcome in outcomes.items()
    }


def _rows(
    held: Material,
    stated: Mapping[str, Mapping[str, object]],
    outcomes: Mapping[str, Outcome],
    found: Funnel | NoFunnel,
    own: str | None,
    period: Period,
) -> tuple[Row, ...]:
    return tuple(
        Row(
            area=held.places[code],
            outcome=outcome,
            bounds=bounds_of(outcome),
            place=placed.place if (placed := _placed(found, code)) else None,
            own=code == own,
            returned=code in stated and not stated[code]["published"],
            remark=_remark(held, code, period),
        )
        for code, outcome in outcomes.items()
    )


def _placed(found: Funnel | NoFunnel, code: str | None) -> Placed | None:
    areas = found.areas if isinstance(found, Funnel) else ()
    return next((placed for placed in areas if placed.area == code), None)


def bounds_of(outcome: Outcome) -> Bounds | None:
    """Return what chance alone gives a count with what it is out of; None for anything else."""
    if isinstance(outcome, Share | Rate) and outcome.out_of:
        return neighbours.by_chance(outcome)
    return None


def _remark(held: Material, code: str, period: Period) -> str | None:
    """Return that a figure stands under the code of an authority that came later, if it does."""
    area = held.places[code]
    if area.started_on is None or area.started_on <= period.end:
        return None
    before = [e for e in held.takeovers if e.successor == code and e.on > period.end]
    names = " and ".join(held.places[each.predecessor].label for each in before)
    same = before and all(each.predecessor in same_place(held.takeovers, code) for each in before)
    whose = "the same area" if same else "another area"
    return f"Published under today's code: the authority of the day was {names}, {whose}."


def _said(held: Material, rows: Iterable[Row], found: Funnel | NoFunnel) -> str:
    own = next((row for row in rows if row.own), None)
    if own is None:
        return f"{held.area.label} was not there in this period, or has no figure in it."
    if isinstance(found, NoFunnel):
        return f"{own.area.label}: {in_words(own.outcome)}."
    placed = _placed(found, own.area.code)
    if placed is not None:
        return funnel.area_in_words(replace(placed, area=own.area.label))
    return f"{own.area.label}: {in_words(own.outcome)}. The funnel cannot say anything of that."


def _beside(held: Material, outcomes: Mapping[str, Outcome], own: str | None) -> str | None:
    """Return how the area stands to its neighbours pooled without it, as a sentence, if it can."""
    if own is None or not isinstance(outcomes[own], Share | Rate):
        return None
    labelled = {held.places[code].label: each for code, each in _comparable(outcomes).items()}
    name = held.places[own].label
    found = neighbours.against(name, list(labelled), labelled)
    return f"{name}: {neighbours.in_words(found, CALLED)}"


def _missing(rows: Iterable[Row]) -> tuple[tuple[str, int], ...]:
    """Return how many authorities have what stands in place of a share or rate, most first."""
    marks = Counter(mark for row in rows if (mark := _mark(row.outcome)))
    return tuple(marks.most_common())


def _mark(outcome: Outcome) -> str | None:
    match outcome:
        case NoNumber() | TooFew():
            return in_words(outcome)
        case Count():
            return "A count without what it is out of"
        case Stated():
            return "Stated without the counts behind it"
        case _:
            return None


def _sources(held: Material, measure: Measure, period: Period) -> tuple[str, ...]:
    rows = held.of(measure, period).values()
    said = (", ".join(str(part) for part in (r["source"], r["paragraph"]) if part) for r in rows)
    return tuple(dict.fromkeys(text for text in said if text))


def _notes(
    held: Material, measure: Measure, period: Period, away: Iterable[str], own: str | None
) -> tuple[str, ...]:
    """Return what is to be said of the period's recording and of reorganised authorities."""
    rows = held.of(measure, period).values()
    changed = dict.fromkeys(str(row["note"]) for row in rows if row["breaks"] and row["note"])
    first = measure.periods[-1].start
    concerned = dict.fromkeys((held.area.code, *([own] if own else []), *away))
    moved = dict.fromkeys(said for code in concerned for said in reorganised(held, code, first))
    return (*changed, *moved)
