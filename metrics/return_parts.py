"""Which numbers of a return are parts of another of its numbers, and must add up to it.

A part that has no number, because it is withheld or was never collected, is not a zero: the sum
is then not checked, and the return says so.
"""

from dataclasses import dataclass

from data_model.vocabulary import Answer, Breakdown, Part, Sex
from metrics.returned import SAME, Side

NOT_RECORDED = "not_recorded"
"""The last category of every breakdown: what nobody recorded."""


@dataclass(frozen=True)
class Sum:
    """Numbers that together are the whole, none left out; also within each of their parts."""

    whole: Side
    parts: tuple[Side, ...]
    says: str


@dataclass(frozen=True)
class SamePart:
    """A figure that another figure's breakdown already holds as one of its categories."""

    code: str
    of: str
    breakdown: Breakdown
    category: str
    says: str


def _number(code: str) -> Side:
    return Side(code, Part.NUMERATOR)


SUMS: tuple[Sum, ...] = (
    Sum(
        _number("cse-children-known"),
        (
            _number("cse-children-at-risk"),
            _number("cse-children-experienced"),
            _number("cse-children-experienced-at-risk"),
        ),
        "Every child known is in one category alone: at risk, harmed, or harmed and at risk of "
        "more.",
    ),
    Sum(
        Side("audit-cases-good", Part.DENOMINATOR),
        (
            _number("audit-cases-good"),
            _number("audit-cases-requires-improvement"),
            _number("audit-cases-inadequate"),
        ),
        "Every case that was graded has one of the three grades.",
    ),
)
"""Wholes that other lines of the return are the parts of (recommendation 4; K.4 32)."""


def _same(of: str, *figures: tuple[str, Breakdown, str]) -> tuple[SamePart, ...]:
    says = "The same people stand in a part of those known."
    return tuple(SamePart(code, of, by, category, says) for code, by, category in figures)


SAME_PARTS: tuple[SamePart, ...] = (
    *_same(
        "cse-children-known",
        ("male-share", Breakdown.VICTIM_SEX, str(Sex.MALE)),
        ("disabled-share", Breakdown.VICTIM_DISABILITY, str(Answer.YES)),
        ("sex-not-recorded-victims", Breakdown.VICTIM_SEX, NOT_RECORDED),
        ("ethnicity-not-recorded-victims", Breakdown.VICTIM_ETHNICITY, NOT_RECORDED),
        ("disability-not-recorded-victims", Breakdown.VICTIM_DISABILITY, NOT_RECORDED),
    ),
    *_same(
        "cse-perpetrators-known",
        ("perpetrators-male-share", Breakdown.PERPETRATOR_SEX, str(Sex.MALE)),
        ("perpetrators-disabled-share", Breakdown.PERPETRATOR_DISABILITY, str(Answer.YES)),
        ("sex-not-recorded-perpetrators", Breakdown.PERPETRATOR_SEX, NOT_RECORDED),
        ("ethnicity-not-recorded-perpetrators", Breakdown.PERPETRATOR_ETHNICITY, NOT_RECORDED),
        ("disability-not-recorded-perpetrators", Breakdown.PERPETRATOR_DISABILITY, NOT_RECORDED),
    ),
)
"""Figures that a return gives twice: by themselves, and as a part of those known."""

AMONG: tuple[tuple[str, str], ...] = tuple(
    (rule.first.code, rule.second.code)
    for rule in SAME
    if (rule.first.part, rule.second.part) == (Part.DENOMINATOR, Part.NUMERATOR)
)
"""Whose people are among whose: what an indicator counts, and the indicator that it is out of."""
