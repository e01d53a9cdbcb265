"""One indicator over time in an area and in each of its statistical neighbours, each by itself."""

from dataclasses import dataclass

from inspect_app.services import scorecards, series
from inspect_app.services.comparing import Material, Measure, reorganised, same_place
from inspect_app.services.reference import AreaValue
from inspect_app.services.series import Key, Series
from inspect_app.signed_in import SignedIn

PANELS = 12
"""The most that are drawn; an area and its ten neighbours are eleven."""


@dataclass(frozen=True)
class Panel:
    """One area's series, or None where it has not two figures; the own area comes first."""

    area: AreaValue
    series: Series | None
    own: bool
    notes: tuple[str, ...]


def panels(held: Material, measure: Measure, *, by: SignedIn) -> tuple[Panel, ...]:
    """Return the area and then its neighbours by name, all in one unit and of one rhythm."""
    others = sorted(held.neighbours, key=lambda code: held.places[code].name)
    codes = [held.area.code, *others][:PANELS]
    found = {code: _series(held, code, measure, by) for code in codes}
    like = next((each.key for each in found.values() if each), None)
    first = measure.periods[-1].start
    return tuple(
        Panel(
            held.places[code],
            each if each and like and _alike(each.key, like) else None,
            code == held.area.code,
            reorganised(held, code, first),
        )
        for code, each in found.items()
    )


def _series(held: Material, code: str, measure: Measure, by: SignedIn) -> Series | None:
    """Return the longest series under an area's code, or under that of the same area before."""
    stands = [code, *sorted(same_place(held.takeovers, code))]
    found = (_longest(each, measure, by) for each in stands)
    return next((each for each in found if each), None)


def _longest(code: str, measure: Measure, by: SignedIn) -> Series | None:
    lines = scorecards.series(code, measure.indicator, by=by)
    mine = [each for each in series.all_of(lines) if each.key.subject == measure.subject]
    return max(mine, key=lambda each: each.figures, default=None)


def _alike(one: Key, other: Key) -> bool:
    return (one.rhythm, one.ends, one.kind, one.unit) == (
        other.rhythm,
        other.ends,
        other.kind,
        other.unit,
    )
