"""What may be shown of few children is a policy, written as data with its source."""

from dataclasses import dataclass

THRESHOLDS = (3, 5, 8, 10)
NARROWEST = 3
"""No withheld cell may be left a narrower range than this, whatever the threshold."""


@dataclass(frozen=True)
class Policy:
    """A threshold with its source: counts from 1 to one below it are small.

    `zeros_shown` says that a zero is never withheld, so that everybody knows a withheld cell to be
    1 or more. A group that shares one sensitive heading can then not be hidden: `groups` must be
    off. `groups` withholds what would say one and the same of everyone in a group. `singletons`
    protects against the child who is the count of 1, and so knows it. `rounding` is the base that
    all published counts are rounded to, if any.
    """

    threshold: int
    source: str
    zeros_shown: bool = False
    groups: bool = True
    singletons: bool = True
    rounding: int | None = None

    def __post_init__(self) -> None:
        if self.threshold not in THRESHOLDS:
            raise ValueError(f"A threshold is one of {THRESHOLDS}, not {self.threshold}.")
        if self.zeros_shown and self.groups:
            raise ValueError("Where every zero is shown, a group that shares a grade shows too.")

    @property
    def width(self) -> int:
        """Return how wide the range of a withheld cell must stay: highest less lowest."""
        return max(NARROWEST, self.threshold)

    def is_small(self, count: int) -> bool:
        """Return whether a count is of so few that it says too much of them."""
        return 0 < count < self.threshold


POLICY = Policy(3, "Counts of 1 and 2 are withheld; grades of case files count as sensitive")
"""Hundepool et al., Handbook on Statistical Disclosure Control: threshold, group disclosure."""
