"""Which cells say too much by themselves: small counts, and what everyone in a group shares."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from metrics.disclosure.model import Cell, Group, Key, Relation, Tables, adds_up
from metrics.disclosure.policy import Policy


class Why(Enum):
    """Why a cell is withheld; the publisher reads it, the public reads one mark for all."""

    SMALL = "a count of so few"
    CHANGED = "so near what an earlier release published that it shows who was moved"
    EARLIER = "withheld earlier, and its table has changed since"
    PROTECTS = "others could be worked out from it"


@dataclass(frozen=True)
class Shared:
    """Those of a group who are not under one of its headings: nobody, which must not show."""

    heading: Key
    whole: Key


@dataclass(frozen=True)
class Guarded:
    """Tables with what must stay uncertain in them: withheld cells, and cells in no table."""

    tables: Tables
    withheld: Mapping[Key, Why]
    unknown: frozenset[Key]


def primary(tables: Tables, policy: Policy, also: Mapping[Key, Why] | None = None) -> Guarded:
    """Return what must be withheld for its own sake; `also` adds cells with their reasons.

    A cell that stands is known already and cannot be withheld.
    """
    counts = {cell.key: cell for cell in tables.cells}
    small = {c.key: Why.SMALL for c in tables.cells if _is_small(c, policy)}
    shared = dict(_shared(tables.groups, counts)) if policy.groups else {}
    extended = tables + Tables(
        tuple(Cell(key, 0, hidden=True) for key in shared), (*shared.values(),)
    )
    given = {k: why for k, why in (also or {}).items() if k in counts and not counts[k].stands}
    shown = {key: why for key, why in small.items() if not counts[key].hidden}
    return Guarded(extended, {**given, **shown}, frozenset((*(small.keys() - shown), *shared)))


def _is_small(cell: Cell, policy: Policy) -> bool:
    return policy.is_small(cell.count) and not cell.stands


def _shared(
    groups: tuple[Group, ...], cells: Mapping[Key, Cell]
) -> Iterator[tuple[Shared, Relation]]:
    """Yield each sensitive heading that everyone in a group has, unless that stands already."""
    for group in groups:
        for part in group.sensitive:
            known = cells[part].stands and cells[group.whole].stands
            if 0 < cells[group.whole].count == cells[part].count and not known:
                rest = Shared(part, group.whole)
                says = f"who of {group.whole} is not {part}"
                yield rest, adds_up(group.whole, (part, rest), says)
