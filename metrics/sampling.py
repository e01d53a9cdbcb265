"""Drawing cases from a register so that anyone can draw the same ones again.

Whoever has the register's numbers and the seed can repeat a draw without this program. Take
out the exclusions, write `seed|number` for each entry left, take its SHA-256, and sort: the
first are the sample, the next the reserves. With the seed `Area 2026` and numbers 1 to 12:

    for n in $(seq 1 12); do
      printf '%s %s\\n' "$(printf '%s|%s' 'Area 2026' "$n" | sha256sum | cut -c1-64)" "$n"
    done | LC_ALL=C sort

The order of an entry depends on nothing but the seed and its own number, so adding or removing
others never changes it; fix the seed before the register is seen, or it could be picked to
please. A stratified draw sorts within each stratum, and `allocate` says how many each gets.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

import polars as pl

CHARACTERISTICS = ("sex", "disability", "ethnicity", "in_care")
"""What a sample is held against its frame by: one without boys says nothing about boys."""

FRAME = pl.Schema({"number": pl.Int64, **dict.fromkeys(CHARACTERISTICS, pl.String)})
"""One row an entry of the sampling frame; an empty cell is not in the agency's list."""


@dataclass(frozen=True)
class Entry:
    """One case in the register: its number there and, if the draw is stratified, its stratum."""

    number: int
    stratum: str = ""


@dataclass(frozen=True)
class Drawn:
    """One entry that was drawn; positions run from 1 through the sample and on to the reserves.

    A case that cannot be read is replaced by the first unused reserve; in a stratified draw, by
    the first of its own stratum.
    """

    number: int
    position: int
    reserve: bool
    stratum: str


def rank_key(seed: str, number: int) -> str:
    """Return what an entry is sorted by: SHA-256 of `seed|number` in UTF-8, 64 hex digits."""
    return sha256(f"{seed}|{number}".encode()).hexdigest()


def draw(
    entries: Iterable[Entry], size: int, reserves: int, seed: str, *, stratified: bool = False
) -> tuple[Drawn, ...]:
    """Return the sample and then its reserves, in order; `entries` is without the exclusions.

    Unless stratified, strata are recorded and change nothing. If stratified, the sample comes
    by stratum name, then its reserves; they are allocated as the sample was, over the entries
    it left. There are fewer reserves when the frame runs out. Raises ValueError when `size` is
    larger than the frame, when a number stands twice, and for negative sizes.
    """
    ranked = sorted(entries, key=lambda entry: rank_key(seed, entry.number))
    _check(ranked, size, reserves)
    strata = _by_stratum(ranked) if stratified else {"": ranked}
    sample, left = _take(strata, size)
    spare, _ = _take(left, min(reserves, len(ranked) - size))
    return tuple(
        Drawn(entry.number, place, place > size, entry.stratum)
        for place, entry in enumerate(sample + spare, start=1)
    )


def allocate(sizes: Mapping[str, int], size: int) -> dict[str, int]:
    """Return how many of `size` cases each stratum gives; `sizes` are its entries, 1 or more.

    When there is one for each, every stratum first gets one. Each further case goes to the
    stratum furthest below its proportional share, size × stratum / frame; of equals, to the
    one whose name sorts first. Unless that first one lifts a stratum above its share, this is
    the method of largest remainders (Hamilton); no stratum is ever asked for more than it has.
    Raises ValueError when `size` is negative or larger than all of them together.
    """
    frame = sum(sizes.values())
    if not 0 <= size <= frame:
        raise ValueError(_too_many(size, frame))
    given = {name: int(size >= len(sizes)) for name in sorted(sizes)}
    for _ in range(size - sum(given.values())):
        shortest = max(given, key=lambda name: size * sizes[name] - given[name] * frame)
        given[shortest] += 1
    return given


def double_read(seed: str, reference: str | int, share: float) -> bool:
    """Return whether a case falls into the share (0 to 1) of cases that are read twice.

    SHA-256 of `seed|second reading|reference`, as a fraction of 2**256, is below the share: so
    it never changes as other cases come in, and a larger share keeps everyone in a smaller one.
    The words in the middle keep it apart from `rank_key`, whose low values are the sample. Who
    knows the seed can tell which cases will be read again, so readers must not. Raises
    ValueError for a share outside 0 to 1.
    """
    if not 0 <= share <= 1:
        message = f"{share} is not a share between 0 and 1"
        raise ValueError(message)
    digest = sha256(f"{seed}|second reading|{reference}".encode()).digest()
    return int.from_bytes(digest) < share * 2**256


def coverage(
    frame: pl.DataFrame, drawn: Collection[int], read: Collection[int] | None = None
) -> pl.DataFrame:
    """Return how the frame, the sample and what was read divide by each characteristic.

    `frame` has the columns of `FRAME`; `drawn` and `read` are numbers in it, others are left
    out; `read` is None before reading begins. One row a characteristic and value the frame
    has: characteristic, value, frame, drawn, read (counts of cases; read is empty before
    reading), and uncovered: the frame has some and what is read, or else the sample, has none.
    An empty value is not in the agency's list and is never called uncovered.
    """
    held = frame.select(
        *CHARACTERISTICS,
        drawn=pl.col("number").is_in(list(drawn)),
        read=pl.lit(None, pl.Boolean) if read is None else pl.col("number").is_in(list(read)),
    )
    reached = pl.col("drawn" if read is None else "read")
    return (
        held.unpivot(CHARACTERISTICS, index=["drawn", "read"], variable_name="characteristic")
        .group_by(pl.col("characteristic").cast(pl.Enum(CHARACTERISTICS)), "value")
        .agg(frame=pl.len().cast(pl.Int64), drawn=_count("drawn"), read=_count("read"))
        .sort("characteristic", "value", nulls_last=True)
        .with_columns(
            pl.col("characteristic").cast(pl.String),
            uncovered=(reached == 0) & pl.col("value").is_not_null(),
        )
    )


def _count(column: str) -> pl.Expr:
    """Return how many are true; empty where nothing is known, which is not zero."""
    known = pl.col(column).is_not_null().any()
    return pl.when(known).then(pl.col(column).sum().cast(pl.Int64))


def _check(entries: Sequence[Entry], size: int, reserves: int) -> None:
    if len({entry.number for entry in entries}) < len(entries):
        raise ValueError("a number stands twice in the register")
    if not 0 <= size <= len(entries):
        raise ValueError(_too_many(size, len(entries)))
    if reserves < 0:
        message = f"{reserves} reserves cannot be drawn"
        raise ValueError(message)


def _too_many(size: int, frame: int) -> str:
    return f"{size} cases cannot be drawn from a frame of {frame}"


def _by_stratum(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    strata: dict[str, list[Entry]] = {}
    for entry in entries:
        strata.setdefault(entry.stratum, []).append(entry)
    return dict(sorted(strata.items()))


def _take(
    strata: Mapping[str, list[Entry]], size: int
) -> tuple[list[Entry], dict[str, list[Entry]]]:
    """Return the first of each stratum, as many as it is to give, and what is left of each."""
    given = allocate({name: len(entries) for name, entries in strata.items()}, size)
    taken = [entry for name, entries in strata.items() for entry in entries[: given[name]]]
    left = {name: entries[given[name] :] for name, entries in strata.items()}
    return taken, {name: entries for name, entries in left.items() if entries}
