"""Tables to protect and attack, and what a stranger sees of them once they are protected."""

import random
from collections.abc import Collection, Iterable, Sequence

from metrics.disclosure import (
    Cell,
    Group,
    Key,
    Policy,
    Published,
    Tables,
    adds_up,
    exactly,
)

ZEROS_SHOWN = Policy(3, "a test", zeros_shown=True, groups=False)


def table(rows: Sequence[Sequence[int]], *, neutral: int = 0, sensitive: bool = False) -> Tables:
    """Return a table with its row totals, column totals and grand total.

    Cells are (row, column); totals stand under "all". The last `neutral` columns say nothing.
    """
    across, down = range(len(rows[0])), range(len(rows))
    counts = {(r, c): rows[r][c] for r in down for c in across}
    counts |= {(r, "all"): sum(rows[r]) for r in down}  # type: ignore[misc]
    counts |= {("all", c): sum(row[c] for row in rows) for c in (*across,)}  # type: ignore[misc]
    counts[("all", "all")] = sum(map(sum, rows))  # type: ignore[index]
    lines = [(r, "all", [(r, c) for c in across]) for r in (*down, "all")]
    sides = [("all", c, [(r, c) for r in down]) for c in (*across, "all")]
    relations = [adds_up((r, c), parts, f"{r}, {c} is a sum") for r, c, parts in (*lines, *sides)]
    groups = [
        Group((r, c), tuple(parts), tuple(parts[: len(parts) - neutral])) for r, c, parts in lines
    ]
    cells = tuple(Cell(key, count) for key, count in counts.items())
    return Tables(cells, tuple(relations), tuple(groups) if sensitive else ())


def linked(rows: Sequence[Sequence[int]]) -> Tables:
    """Return lines of grades, *not graded* last, that all take the same cases apart."""
    whole = Cell("read", sum(rows[0]), worth=1 + len(rows))
    cells, relations, groups = [whole], [], []
    for number, row in enumerate(rows):
        keys: list[Key] = [(number, grade) for grade in range(len(row))]
        cells += [Cell(key, count) for key, count in zip(keys, row, strict=True)]
        relations.append(adds_up("read", keys, f"theme {number} is of all cases read"))
        groups.append(Group("read", tuple(keys), tuple(keys[:-1])))
    return Tables(tuple(cells), tuple(relations), tuple(groups))


def random_linked(chance: random.Random) -> Tables:
    """Return one to six lines of four headings over up to 25 cases."""
    total = chance.randint(0, 25)
    rows = []
    for _ in range(chance.randint(1, 6)):
        weights = [chance.random() ** 2 + 1e-6 for _ in range(4)]
        drawn = chance.choices(range(4), weights, k=total)
        rows.append([drawn.count(grade) for grade in range(4)])
    return linked(rows)


def random_table(chance: random.Random) -> Tables:
    """Return a small table of two ways with all its totals."""
    across, down = chance.randint(2, 4), chance.randint(2, 4)
    return table(
        [[chance.choice((0, 0, 1, 2, 3, 5, 9)) for _ in range(across)] for _ in range(down)]
    )


def publish(tables: Tables, withheld: Collection[Key]) -> Published:
    """Return what a stranger sees of tables of which some cells are withheld."""
    cells = [cell for cell in tables.cells if not cell.hidden]
    shown = {cell.key: cell.count for cell in cells if cell.key not in withheld}
    return Published(
        exactly(shown),
        frozenset(withheld),
        tables.relations,
        tables.groups,
        frozenset(cell.key for cell in tables.cells if cell.hidden),
        {cell.key: cell.block for cell in tables.cells},
    )


def singles(tables: Tables) -> list[Key]:
    """Return the cells that are one child each."""
    return [cell.key for cell in tables.cells if cell.count == 1]


def counts(tables: Tables, keys: Iterable[Key]) -> list[int]:
    """Return what some cells count."""
    held = {cell.key: cell.count for cell in tables.cells}
    return [held[key] for key in keys]
