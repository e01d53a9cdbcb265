"""In a large table a count that moves is made up for in few places: a thread of blocks holds them.

A block is what one place counts, such as an authority. Where a whole reaches beyond a block, as a
region does over its authorities, one more block is enough to make up for the movement.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Block = tuple[str, ...]
CHOICES = 3
"""So many threads are tried for a cell."""


@dataclass(frozen=True)
class Threads:
    """Cells by place: the block of each, the rows it stands in, and the cells of each row."""

    blocks: Sequence[Block]
    rows_of: Sequence[Sequence[int]]
    cells_of: Sequence[Sequence[int]]
    inside: Mapping[Block, Sequence[int]]

    def around(self, cell: int, ease: Callable[[int], Any]) -> Iterator[frozenset[Block]]:
        """Yield threads from a cell; at each whole the others go by `ease`, the least first."""
        found = (self._from(cell, ease, choice) for choice in range(CHOICES))
        yield from dict.fromkeys(found)

    def within(self, blocks: frozenset[Block]) -> tuple[int, ...]:
        """Return the cells of some blocks."""
        return tuple(sorted(cell for block in blocks for cell in self.inside[block]))

    def _from(self, cell: int, ease: Callable[[int], Any], choice: int) -> frozenset[Block]:
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
        return frozenset(blocks)

    def _beyond(self, cell: int, row: int, blocks: set[Block]) -> list[int]:
        """Return the cells of a row in other blocks, unless it can be made up for without them."""
        others = [at for at in self.cells_of[row] if at != cell]
        return [] if any(self.blocks[at] in blocks for at in others) else others


def by_block(blocks: Sequence[Block]) -> dict[Block, list[int]]:
    """Return the cells of each block, without those of narrower ones."""
    found: dict[Block, list[int]] = {}
    for cell, block in enumerate(blocks):
        found.setdefault(block, []).append(cell)
    return found
