"""What earlier releases have said already: it stands, unless its table has changed since.

A count of the same inspection or return, for the same period, is one cell through all releases. If
all that was published of its table is still so, it is the same cell: what was shown stands as
shown, and what was withheld must not be given away now. Else the table has changed, and a reader
compares: a count that differs by 1 or 2 from what was shown shows who was moved, so it is
withheld; and what was withheld before stays withheld, because the change could give both away.
A count that shows nobody, as of cases that were not graded, goes with them: where it alone was so
near as before, the reader knew how many the others had lost.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace

from metrics.disclosure.model import Key, Relation, Tables
from metrics.disclosure.policy import Policy
from metrics.disclosure.primary import Why

Said = Mapping[Key, int | None]
"""What one release said of each of its cells: a number, or None where it was withheld."""
TableOf = Callable[[Key], Hashable]
"""The table that a cell belongs to, all of which changes together."""


@dataclass(frozen=True)
class Standing:
    """Tables in which what has been published stands, and the cells that are withheld for it."""

    tables: Tables
    also: Mapping[Key, Why]


def standing(
    tables: Tables,
    earlier: Sequence[Said],
    table_of: TableOf,
    policy: Policy,
    *,
    moved: Callable[[Key], bool] = lambda _key: True,
) -> Standing:
    """Return the tables as earlier releases leave them; `moved` cells would show who was moved.

    The others of a table are withheld only where one of those is.
    """
    stands: set[Key] = set()
    also: dict[Key, Why] = {}
    counts = {cell.key: cell.count for cell in tables.cells if not cell.hidden}
    every = {cell.key: cell.count for cell in tables.cells}
    for said in earlier:
        changed = changed_tables(every, said, tables.relations, table_of)
        held = {key: said[key] for key in counts.keys() & said.keys()}
        same = {key: was for key, was in held.items() if table_of(key) not in changed}
        stands |= {key for key, was in same.items() if was is not None}
        compared = {key: was for key, was in held.items() if key not in same}
        near = {
            key: Why.EARLIER if was is None else Why.CHANGED
            for key, was in compared.items()
            if was is None or policy.is_small(abs(counts[key] - was))
        }
        shows = {table_of(key) for key in near if moved(key)}
        also |= {key: why for key, why in near.items() if moved(key) or table_of(key) in shows}
    cells = [replace(c, stands=c.stands or c.key in stands - also.keys()) for c in tables.cells]
    return Standing(replace(tables, cells=tuple(cells)), also)


def changed_tables(
    counts: Mapping[Key, int], said: Said, relations: Sequence[Relation], table_of: TableOf
) -> set[Hashable]:
    """Return the tables that have changed since a release said this of them.

    A number is not what it was; or a cell is tied to one that is not, and has not been shown to
    be as it was: where a case is added, all lines that take the cases apart have changed.
    """
    same = {key for key, was in said.items() if was is not None and counts.get(key) == was}
    waiting = [k for k, was in said.items() if was is not None and k in counts and k not in same]
    ties: dict[Key, list[Relation]] = defaultdict(list)
    for relation in relations:
        for key, _ in relation.terms:
            ties[key].append(relation)
    changed: dict[Key, None] = dict.fromkeys(waiting)
    while waiting:
        near = (key for tie in ties[waiting.pop()] if tie.low == tie.high for key, _ in tie.terms)
        found = [key for key in dict.fromkeys(near) if key not in same and key not in changed]
        changed |= dict.fromkeys(found)
        waiting += found
    return {table_of(key) for key in changed}
