"""How what is pointed out compares with what a reader marked, counted by sentence and kind."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from data_model.wording import Kind, concerns

LABELLED = Path(__file__).with_name("labelled.csv")
PARTS = ("tuned", "held_out")


@dataclass(frozen=True)
class Sentence:
    """One marked sentence: the kinds in it, and whether its blaming words are a quotation."""

    number: str
    part: str
    written: str
    marked: frozenset[Kind]
    quoted: bool


@dataclass(frozen=True)
class Agreement:
    """How often a kind was pointed out rightly, wrongly, and not though it stood there."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Agreement") -> "Agreement":
        """Return both counts together."""
        return Agreement(
            self.right + other.right, self.wrong + other.wrong, self.missed + other.missed
        )

    @property
    def pointed_out(self) -> int:
        """What precision is out of."""
        return self.right + self.wrong

    @property
    def standing(self) -> int:
        """What recall is out of."""
        return self.right + self.missed


def sentences() -> list[Sentence]:
    """Return every marked sentence."""
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return [
            Sentence(
                row["id"],
                row["part"],
                row["sentence"],
                frozenset(Kind(kind) for kind in row["expected"].split(";") if kind),
                row["quoted"] == "yes",
            )
            for row in csv.DictReader(file)
        ]


def by_kind(marked: Iterable[Sentence]) -> dict[Kind, Agreement]:
    """Return the agreement for each kind that was marked or pointed out."""
    counted: dict[Kind, Agreement] = defaultdict(Agreement)
    for sentence in marked:
        found = {each.kind for each in concerns(sentence.written)}
        for kind in found | sentence.marked:
            counted[kind] += Agreement(
                int(kind in found & sentence.marked),
                int(kind not in sentence.marked),
                int(kind not in found),
            )
    return dict(counted)
