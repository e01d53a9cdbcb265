"""Tables as a statistician sees them: cells, and the relations that everybody knows between them.

A cell is named by a key. Tables that hold the same key share that cell: so they are linked. What
ties cells together is a relation: a whole and its parts, or a sentence that compares counts.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

Key = Hashable
"""A cell's name: any value that stays the same from table to table and release to release."""


@dataclass(frozen=True)
class Relation:
    """`low` ≤ the sum of `terms` (key, times) ≤ `high`, as everybody knows; None is no limit."""

    terms: tuple[tuple[Key, int], ...]
    low: int | None
    high: int | None
    says: str


@dataclass(frozen=True)
class Cell:
    """One count of children, at least 0, and what may be done with it.

    `hidden` cells are in no table and follow from others, such as those of a group who do not
    share a grade. A cell that `stands` is known already: somebody else has published it, or it
    cannot be anything but 0. `block` names the places it belongs to, widest first. `worth` is how
    many times as much a reader loses with it as with another cell of the same count.
    """

    key: Key
    count: int
    hidden: bool = False
    stands: bool = False
    block: tuple[str, ...] = ()
    worth: int = 1


@dataclass(frozen=True)
class Group:
    """People counted together, and the headings of them that would say something of each child."""

    whole: Key
    parts: tuple[Key, ...]
    sensitive: tuple[Key, ...]


@dataclass(frozen=True)
class Tables:
    """Everything of one release that is protected together.

    `shown` holds the cells that are shown or withheld in one, such as a number with what it is
    out of: a cell is withheld where everything that shows it is. A cell in none stands alone.
    """

    cells: tuple[Cell, ...]
    relations: tuple[Relation, ...] = ()
    groups: tuple[Group, ...] = ()
    shown: tuple[tuple[Key, ...], ...] = ()

    def __add__(self, other: "Tables") -> "Tables":
        """Return both, with the cells they share once; one that stands in either stands."""
        merged: dict[Key, Cell] = {}
        for cell in (*self.cells, *other.cells):
            held = merged.get(cell.key)
            if held is not None and held.count != cell.count:
                raise ValueError(
                    f"{cell.key} is {held.count} in one table, {cell.count} in another"
                )
            merged[cell.key] = cell if held is None or cell.stands else held
        return Tables(
            tuple(merged.values()),
            tuple(dict.fromkeys((*self.relations, *other.relations))),
            tuple(dict.fromkeys((*self.groups, *other.groups))),
            tuple(dict.fromkeys((*self.shown, *other.shown))),
        )


def adds_up(whole: Key, parts: Iterable[Key], says: str) -> Relation:
    """Return that the parts add up to the whole, none left out and none counted twice."""
    return Relation(((whole, -1), *((part, 1) for part in parts)), 0, 0, says)


def at_least(larger: Iterable[Key], smaller: Iterable[Key], says: str, *, by: int = 0) -> Relation:
    """Return that some cells together are no fewer than others, or more by at least so many."""
    terms = [(key, 1) for key in larger] + [(key, -1) for key in smaller]
    return Relation(tuple(terms), by, None, says)


def percentage(part: Key, whole: Key, value: float, places: int, says: str) -> Sequence[Relation]:
    """Return what a published percentage says: half of its last place either way.

    11.1 % of 9 is 1: with a known whole the percentage is the count again.
    """
    scale = 10**places
    shown = round(2 * value * scale)
    return (
        Relation(((part, 200 * scale), (whole, -(shown - 1))), 0, None, says),
        Relation(((part, 200 * scale), (whole, -(shown + 1))), None, 0, says),
    )
