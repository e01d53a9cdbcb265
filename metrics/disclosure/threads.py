"""In a large table a count that moves is made up for in few places: a thread of blocks holds them.

A block is what one place counts, such as an authority. Where a whole reaches beyond a block, as a
region does over its authorities, one more block is enough to make up for the movement: one beside
it, so that the whole need not move, or, where none will do, the whole itself.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

Block = tuple[str, ...]
SOME = (3,)
"""So many threads are tried for a cell together, where one by itself does not do."""
CHOICES = max(SOME)


@dataclass(frozen=True)
class Threads:
    """Cells by place: the block of each, the rows it stands in, and the cells of each row."""

    blocks: Sequence[Block]
    rows_of: Sequence[Sequence[int]]
    cells_of: Sequence[Sequence[int]]
    inside: Mapping[Block, Sequence[int]]

    def around(self, cell: int, ease: Callable[[int], Any]) -> Iterator[frozenset[Block]]:
        """Yield ever wider sets of blocks from a cell.

        First threads of single blocks, no wider than its own, those first that go by `ease`; then
        all of the place that its block is part of, which stands still itself; then everything.
        """
        threads = [self._from(cell, ease, choice) for choice in range(CHOICES)]
        several = [set[Block]().union(*threads[:some]) for some in SOME]
        found = chain(threads[:1], several, [self.beside(cell)], [set(self.inside)])
        yield from dict.fromkeys(map(frozenset, found))

    def beside(self, cell: int) -> set[Block]:
        """Return the blocks of the place that a cell's block is part of, without that place's."""
        own = self.blocks[cell]
        return {b for b in self.inside if len(b) >= len(own) and b[: len(own) - 1] == own[:-1]}

    def within(self, blocks: frozenset[Block]) -> tuple[int, ...]:
        """Return the cells of some blocks."""
        return tuple(sorted(cell for block in blocks for cell in self.inside[block]))

    def _from(self, cell: int, ease: Callable[[int], Any], choice: int) -> set[Block]:
        blocks, waiting = {self.blocks[cell]}, [cell]
        while waiting:
            at = waiting.pop()
            for row in self.rows_of[at]:
                others = self._beyond(at, row, blocks)
                if others:
                    ranked = sorted(others, key=ease)
                    chosen = ranked[min(choice, len(ranked) - 1)]
                    blocks.add(self.blocks[chosen])
                    waiting.append(chosen)
        return blocks

    def _beyond(self, cell: int, row: int, blocks: set[Block]) -> list[int]:
        """Return the cells of a row in other blocks, unless it can be made up for without them."""
        level = len(self.blocks[cell])
        others = [at for at in self.cells_of[row] if at != cell and len(self.blocks[at]) >= level]
        return [] if any(self.blocks[at] in blocks for at in others) else others


def by_block(blocks: Mapping[int, Block]) -> dict[Block, list[int]]:
    """Return the cells of each block, without those of narrower ones."""
    found: dict[Block, list[int]] = {}
    for cell, block in blocks.items():
        found.setdefault(block, []).append(cell)
    return found
