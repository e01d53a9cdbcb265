"""In a large table a count that moves is made up for nearby: in its region, or with one other.

A block is what one place counts, such as an authority; a widest place, such as a region, is all
that stands under one heading of the first level, with the blocks inside it.
"""

from collections.abc import Iterable, Iterator, Sequence

Block = tuple[str, ...]
PARTNERS = 3
"""So many other places are tried, one at a time, before everything is."""


def around(block: Block, blocks: Iterable[Block]) -> Iterator[frozenset[Block]]:
    """Yield ever wider surroundings of a block: its place, its place with another, everything.

    The others are those that follow it in order, so that many cells share the same partner, and
    what is withheld for one of them serves the next.
    """
    every = frozenset(blocks)
    places = sorted({each[:1] for each in every if each})
    own = block[:1]
    if own:
        yield _under([own], every)
        at = places.index(own)
        for step in range(1, min(PARTNERS, len(places) - 2) + 1):
            other = places[(at + step) % len(places)]
            yield _under([own, other, ()], every)
    yield every


def _under(places: Sequence[Block], blocks: frozenset[Block]) -> frozenset[Block]:
    return frozenset(each for each in blocks if each[:1] in places)


def by_block(blocks: Sequence[Block]) -> dict[Block, list[int]]:
    """Return the cells of each block, without those of narrower ones."""
    found: dict[Block, list[int]] = {}
    for cell, block in enumerate(blocks):
        found.setdefault(block, []).append(cell)
    return found
