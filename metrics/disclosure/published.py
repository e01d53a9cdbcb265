"""What a stranger knows: every published number, every mark, and every relation between them.

Built from what was published and from nothing else, so that the attack cannot share a mistake
with the protection.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from metrics.disclosure.model import Group, Key, Relation

Known = tuple[int, int | None]
"""The lowest and the highest that a published number may stand for; the same where it is exact."""


@dataclass(frozen=True)
class Published:
    """Numbers by cell, withheld cells, and how they hang together.

    `known` holds a range: a number that was rounded stands for several counts. `derived` are cells
    that no table holds, such as those of a group who are not under a heading.
    """

    known: Mapping[Key, Known]
    withheld: frozenset[Key]
    relations: tuple[Relation, ...] = ()
    groups: tuple[Group, ...] = ()
    derived: frozenset[Key] = field(default=frozenset())
    blocks: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)

    @property
    def said(self) -> Mapping[Key, int | None]:
        """What is said of each cell of a table: a number, or None where it is withheld."""
        return dict.fromkeys(self.withheld) | {key: low for key, (low, _) in self.known.items()}

    @property
    def content(self) -> tuple[object, ...]:
        """Everything that is said, as one value to keep what follows from it by."""
        known = frozenset(self.known.items())
        return known, self.withheld, self.relations, self.groups, self.derived

    def __add__(self, other: "Published") -> "Published":
        """Return what somebody knows who reads both: what either says of a cell, it is."""
        known = dict(self.known)
        for key, (low, high) in other.known.items():
            known[key] = _both(known.get(key, (0, None)), (low, high))
        return Published(
            known,
            (self.withheld | other.withheld) - known.keys(),
            tuple(dict.fromkeys((*self.relations, *other.relations))),
            tuple(dict.fromkeys((*self.groups, *other.groups))),
            self.derived | other.derived,
            {**self.blocks, **other.blocks},
        )


def _both(one: Known, other: Known) -> Known:
    highs = [high for high in (one[1], other[1]) if high is not None]
    return max(one[0], other[0]), min(highs) if highs else None


def exactly(counts: Mapping[Key, int]) -> dict[Key, Known]:
    """Return numbers that stand for themselves."""
    return {key: (count, count) for key, count in counts.items()}


def rounded(count: int, base: int) -> tuple[int, Known]:
    """Return a count rounded to the nearest multiple of a base, and all that this may stand for."""
    shown = base * ((2 * count + base) // (2 * base))
    return shown, (max(0, -(-(2 * shown - base) // 2)), (2 * shown + base - 1) // 2)


def merge(every: Iterable[Published]) -> Published:
    """Return what somebody knows who reads them all."""
    whole = Published({}, frozenset())
    for each in every:
        whole += each
    return whole
