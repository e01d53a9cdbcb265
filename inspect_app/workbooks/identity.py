"""What a pack remembers of itself on a hidden sheet: its token, and each row's hashes.

A hash stands for each field as it was when the pack was made. With it, what is in the file and
what is here now, it can be told who has changed a field since: nobody, one side or both. For
whom it was packed and of which inspection is kept under the token, and never read from a file.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from inspect_app.errors import Refusal
from inspect_app.workbooks.layout import FORMAT

SHEET = "_pack"
HASH_LENGTH = 12
FACTS = ("pack",)
_ROW, _SEAL = "row", "seal"

Line = tuple[str, str, str]
"""A row of a pack: what it holds, the case's reference, and which line of the case it is."""


@dataclass(frozen=True)
class Identity:
    """A pack: its token, and the hash of each field of each row packed.

    `sealed` is false when the hidden sheet has been changed since; its hashes are then not
    relied on, so that what differs is asked about and never overwritten.
    """

    pack: str
    rows: Mapping[Line, Mapping[str, str]] = field(repr=False)
    sealed: bool = True


def field_hash(said: str) -> str:
    """Return the hash of a field's text: the first characters of its SHA-256."""
    return hashlib.sha256(said.encode()).hexdigest()[:HASH_LENGTH]


def written(identity: Identity) -> Iterator[list[str]]:
    """Yield the rows of the hidden sheet."""
    rows = [[FORMAT], *([name, getattr(identity, name)] for name in FACTS)]
    for line, hashes in identity.rows.items():
        said = " ".join(f"{name}={held}" for name, held in hashes.items())
        rows.append([_ROW, *line, said])
    yield from rows
    yield [_SEAL, _seal(rows)]


def is_identity(rows: Sequence[Sequence[Any]]) -> bool:
    """Return whether a sheet's rows are the hidden sheet's."""
    return bool(rows) and bool(rows[0]) and str(rows[0][0]).startswith(FORMAT.rsplit(" ", 1)[0])


def read_identity(name: str, rows: Sequence[Sequence[Any]]) -> Identity:
    """Return what a pack remembers; raises Refusal for another version's or half of one."""
    said = [_trimmed(row) for row in rows]
    if said[0] != [FORMAT]:
        raise Refusal(
            f"{name} was packed by another version of this product.",
            "Pack the inspection again and copy your rows into the new workbook.",
            file=name,
        )
    facts = {row[0]: row[1] for row in said if len(row) == 2 and row[0] in FACTS}
    if set(facts) != set(FACTS):
        raise not_a_pack(name)
    seal = next((row[1] for row in said if len(row) == 2 and row[0] == _SEAL), "")
    whole = seal == _seal(row for row in said if row and row[0] != _SEAL)
    held = {(row[1], row[2], row[3]): _hashes(row[4]) for row in said if len(row) == 5 and whole}
    return Identity(**facts, rows=held, sealed=whole)


def not_a_pack(name: str) -> Refusal:
    """Return the refusal of a workbook that this product did not make."""
    return Refusal(
        f"{name} is not a pack of this product: the hidden sheet by which a pack is known "
        "is missing.",
        "Pack the inspection, copy your rows into that workbook, and take that one in.",
        file=name,
    )


def _trimmed(row: Sequence[Any]) -> list[str]:
    said = [str(cell) for cell in row]
    while said and not said[-1]:
        said.pop()
    return [*said[:5], *([""] if len(said) == 4 and said[0] == _ROW else [])]


def _hashes(said: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in said.split() if "=" in part)


def _seal(rows: Iterable[Sequence[str]]) -> str:
    sealed = hashlib.sha256()
    for row in rows:
        sealed.update("\x1f".join(row).encode() + b"\n")
    return sealed.hexdigest()
