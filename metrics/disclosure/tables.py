"""A frequency table as it is declared: what is counted by what, and which totals go with it."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from metrics.disclosure.model import Cell, Group, Relation, Tables, adds_up

ALL = "all"
WIDER = 4
"""A reader loses so many times as much with a total, for each level that it is a total over."""
Place = tuple[Hashable, ...]


@dataclass(frozen=True)
class Dimension:
    """One way a table takes its counts apart, with the totals over it.

    `within` names what each category belongs to: an authority its region, a region the nation, a
    quarter its year. Without it all categories add up to `ALL`. A category may belong to several
    wholes that overlap, such as a force and a region. `sensitive` categories say something of a
    child; where `places` is set the wholes name blocks of the table.
    """

    name: str
    categories: tuple[str, ...]
    within: Mapping[str, tuple[str, ...]] | None = None
    sensitive: frozenset[str] = frozenset()
    places: bool = False

    def sums(self) -> Mapping[str, tuple[str, ...]]:
        """Return each whole with its parts, the narrowest wholes first."""
        return {ALL: self.categories} if self.within is None else self.within

    def every(self) -> tuple[str, ...]:
        """Return the categories and all their wholes."""
        return tuple(dict.fromkeys((*self.categories, *self.sums())))

    def level(self, category: str) -> int:
        """Return how many levels of totals a category stands above: 0 for one that is no total."""
        parts = self.sums().get(category, ())
        return 1 + max(map(self.level, parts)) if parts else 0

    def block(self, category: str) -> tuple[str, ...]:
        """Return the places that a category belongs to, the widest first, itself last."""
        wholes = [whole for whole, parts in self.sums().items() if category in parts]
        return (*self.block(wholes[0]), category) if wholes else ()


def frequency(
    name: Hashable,
    dimensions: Sequence[Dimension],
    counts: Mapping[tuple[str, ...], int],
    *,
    impossible: frozenset[tuple[str, ...]] = frozenset(),
) -> Tables:
    """Return a table of counts with all its margins; a count that is not given is 0.

    `name` is what is counted: tables of one name share every cell that they both have, because a
    cell's key leaves out the dimensions it is a total over. `impossible` are counts that cannot
    be anything but 0.
    """
    full = _summed(dimensions, counts)
    cells = tuple(
        Cell(
            _key(name, dimensions, place),
            full[place],
            stands=place in impossible,
            block=_block(dimensions, place),
            worth=WIDER ** sum(d.level(c) for d, c in zip(dimensions, place, strict=True)),
        )
        for place in product(*(d.every() for d in dimensions))
    )
    relations = tuple(_relations(name, dimensions))
    return Tables(cells, relations, tuple(_groups(name, dimensions)))


def _key(name: Hashable, dimensions: Sequence[Dimension], place: Sequence[str]) -> Hashable:
    named = zip(dimensions, place, strict=True)
    return (name, *((d.name, category) for d, category in named if category != ALL))


def _block(dimensions: Sequence[Dimension], place: Sequence[str]) -> tuple[str, ...]:
    named = zip(dimensions, place, strict=True)
    return next((d.block(category) for d, category in named if d.places), ())


def _summed(
    dimensions: Sequence[Dimension], counts: Mapping[tuple[str, ...], int]
) -> Mapping[tuple[str, ...], int]:
    full: dict[tuple[str, ...], int] = defaultdict(int, counts)
    for at, dimension in enumerate(dimensions):
        for whole, parts in dimension.sums().items():
            for place in [p for p in full if p[at] in parts]:
                full[*place[:at], whole, *place[at + 1 :]] += full[place]
    return full


def _lines(
    dimensions: Sequence[Dimension],
) -> Iterator[tuple[Dimension, Place, list[Place]]]:
    """Yield every whole of the table with its parts, and the dimension it is a total over."""
    for at, dimension in enumerate(dimensions):
        others = product(*(d.every() for d in (*dimensions[:at], *dimensions[at + 1 :])))
        for rest, (whole, parts) in product(list(others), dimension.sums().items()):
            before, after = rest[:at], rest[at:]
            yield dimension, (*before, whole, *after), [(*before, p, *after) for p in parts]


def _relations(name: Hashable, dimensions: Sequence[Dimension]) -> Iterator[Relation]:
    for _, whole, parts in _lines(dimensions):
        keys = [_key(name, dimensions, [str(p) for p in part]) for part in parts]
        yield adds_up(_key(name, dimensions, [str(p) for p in whole]), keys, _says(name, whole))


def _says(name: Hashable, whole: Place) -> str:
    return f"{name}: {', '.join(map(str, whole))} is the sum of its parts"


def _groups(name: Hashable, dimensions: Sequence[Dimension]) -> Iterator[Group]:
    for dimension, whole, parts in _lines(dimensions):
        keys = [_key(name, dimensions, [str(p) for p in part]) for part in parts]
        sensitive = [k for k, p in zip(keys, parts, strict=True) if dimension.sensitive & set(p)]
        if sensitive:
            yield Group(
                _key(name, dimensions, [str(p) for p in whole]), tuple(keys), tuple(sensitive)
            )
