"""What is looked at in a return: what was asked, what was sent, and what was found in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from data_model.vocabulary import Breakdown, Part, Stage, Verdict
from metrics.returned import Side

Share = tuple[str, str]
"""A breakdown and one of its categories."""


@dataclass(frozen=True)
class Asked:
    """A figure that the standard return asks for: with a denominator or not, and by what parts."""

    indicator: str
    title: str
    out_of: bool
    apart: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """What a return says of an indicator: a number, or a mark where there is none.

    `parts` hold the numbers by breakdown and category, None where a mark stands; `children` is
    the population that is kept of its area, on which a count is compared with another area's.
    """

    numerator: int | None
    denominator: int | None = None
    mark: str | None = None
    note: str | None = None
    parts: Mapping[Share, int | None] = field(default_factory=dict)
    children: int | None = None


@dataclass(frozen=True)
class Found:
    """What one look at one figure came to; `key` names the look, so that it can be answered.

    `awaits` names the bodies whose returns are not in, where it could not be made without them.
    """

    stage: Stage
    looked: Verdict
    indicator: str
    key: str
    says: str
    awaits: str | None = None


Figures = Mapping[str, Figure]


def number_of(side: Side, figures: Figures) -> int | None:
    """Return one of the two numbers of an indicator, or None where there is none."""
    held = figures.get(side.code)
    if held is None:
        return None
    return held.denominator if side.part is Part.DENOMINATOR else held.numerator


def named(breakdown: str) -> str:
    """Return a breakdown in words, within a sentence."""
    return Breakdown(breakdown).english.lower()
