"""Regions: each as its authorities pooled, where every one of them has a number, and as published.

A pooled region beside an authority that is missing from it would be a figure of another place.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from data_model.vocabulary import AreaKind
from inspect_app.services.comparing import (
    Material,
    Measure,
    Period,
    members,
    standing_for,
)
from inspect_app.services.comparing_areas import bounds_of
from inspect_app.services.reference import AreaValue
from metrics.figures import Counted, counted, pooled
from metrics.neighbours import Bounds, against, in_words
from metrics.outcome import NoNumber, Outcome, Rate, Share, TooFew
from metrics.outcome import in_words as outcome_in_words
from metrics.stated import outcome


@dataclass(frozen=True)
class RegionRow:
    """One region: its authorities together, or which are missing; and what was published of it.

    `missing` has each authority without a number, with what stands there.
    """

    region: AreaValue
    own: bool
    authorities: int
    pooled: Counted | None
    bounds: Bounds | None
    missing: tuple[tuple[str, str], ...]
    published: Outcome | None


@dataclass(frozen=True)
class RegionsCompared:
    """Every region by name, and the own area against the rest of its region as a sentence."""

    rows: tuple[RegionRow, ...]
    said: str


def compared(held: Material, measure: Measure, period: Period) -> RegionsCompared | None:
    """Return the regions side by side; None where the indicator has no counts to pool."""
    every = members(held, measure, period)
    if not any(isinstance(outcome, Share | Rate) for outcome in every.values()):
        return None
    stated = held.of(measure, period)
    rows = []
    for code, place in held.places.items():
        if place.kind is AreaKind.REGION:
            published = outcome(stated[code]) if code in stated else None
            rows.append(_row(held, place, every, published))
    return RegionsCompared(tuple(rows), _said(held, every)) if rows else None


def _row(
    held: Material, region: AreaValue, every: Mapping[str, Outcome], published: Outcome | None
) -> RegionRow:
    mine = _within(held, region.code, every)
    figures = [figure for outcome in mine.values() if (figure := _figure(outcome))]
    whole = pooled(figures) if figures and len(figures) == len(mine) else None
    return RegionRow(
        region,
        region.code == held.area.region_code,
        len(mine),
        whole,
        bounds_of(whole) if whole else None,
        tuple(
            (held.places[code].label, _without(outcome))
            for code, outcome in mine.items()
            if _figure(outcome) is None
        ),
        published,
    )


def _without(outcome: Outcome) -> str:
    said = outcome_in_words(outcome).lower()
    return (
        said
        if isinstance(outcome, NoNumber | TooFew)
        else f"{said}, and out of how many is not published"
    )


def _within(held: Material, region: str | None, every: Mapping[str, Outcome]) -> dict[str, Outcome]:
    return {c: o for c, o in every.items() if held.places[c].region_code == region}


def _figure(outcome: Outcome) -> Counted | None:
    if not isinstance(outcome, Share | Rate):
        return None
    held = counted(outcome)
    return held if isinstance(held, Share | Rate) else None


def _said(held: Material, every: Mapping[str, Outcome]) -> str:
    own = standing_for(held, held.area.code, every)
    region = held.area.region_code
    if own is None or region is None:
        return f"{held.area.label} has no figure, or no region, to be held against."
    outcomes = _within(held, region, every)
    without = [held.places[c].label for c, o in outcomes.items() if _figure(o) is None]
    name = held.places[region].name
    if without:
        return (
            f"{held.area.label} is not held against the rest of {name}: without a number there "
            f"{'is' if len(without) == 1 else 'are'} {', '.join(without)}."
        )
    figures = {held.places[c].label: figure for c, o in outcomes.items() if (figure := _figure(o))}
    found = against(held.places[own].label, list(figures), dict(figures))
    return f"{held.places[own].label}: {in_words(found, f'other authorities of {name}')}"
