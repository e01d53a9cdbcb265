"""How a check against false reassurance is declared, and how a declaration is read.

Each row of a frame is one thing to look at: a sentence, a pair of findings, an answer. Rows are
sorted into found, nothing, not checked and left out, each by itself, so that what is found in one
place never depends on another. What could not be checked is said, and is never a pass.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import narwhals as nw
import polars as pl
from narwhals.typing import IntoDataFrameT

from data_model.vocabulary import Severity, Verdict

LEFT_OUT = "left out"
UNKNOWN = "not known"

Row = Mapping[str, object]


@dataclass(frozen=True, kw_only=True)
class Check:
    """A check: what it looks at, what it needs to look, what trips it, and why it matters.

    `looks_at` and `needs` are said in the middle of a sentence. `says` is what is said of a row
    that trips it, with the row's columns in braces; `asks` is what a board should ask then.
    """

    code: str
    title: str
    looks_at: str
    needs: str
    says: str
    asks: str
    why: str
    source: str
    severity: Severity
    rows: str
    about: nw.Expr
    known: nw.Expr
    found: nw.Expr
    example: str


@dataclass(frozen=True)
class Looked:
    """What a check came to: how many things it looked at, how many it could not, what it found."""

    check: Check
    looked_at: int
    not_checked: int
    found: tuple[Row, ...]

    @property
    def verdict(self) -> Verdict:
        """Found, looked and found nothing, or could not be checked."""
        if self.found:
            return Verdict.FOUND
        return Verdict.NOTHING if self.looked_at else Verdict.NOT_CHECKED

    @property
    def in_words(self) -> str:
        """What it looked at and what came of it, in one or two sentences."""
        held = self.check
        if not self.looked_at and not self.not_checked:
            return f"Could not be checked: nothing you may see is held here of {held.looks_at}."
        if not self.looked_at:
            there = f"{held.looks_at} held here: {self.not_checked:,}"
            return f"Could not be checked: {there}, all without {held.needs}."
        return f"{self._looked()}{self._could_not()}"

    def _looked(self) -> str:
        found = f"Found in {len(self.found):,}." if self.found else "Found nothing."
        return f"Looked at {self.check.looks_at}: {self.looked_at:,}. {found}"

    def _could_not(self) -> str:
        if not self.not_checked:
            return ""
        return f" Not checked, for want of {self.check.needs}: {self.not_checked:,}."


def sort_rows(check: Check, frame: IntoDataFrameT) -> IntoDataFrameT:
    """Return the frame with a column `verdict`: found, nothing, not_checked or left out."""
    about, known, found = (
        e.fill_null(value=False) for e in (check.about, check.known, check.found)
    )
    looked = nw.when(found).then(nw.lit("found")).otherwise(nw.lit("nothing"))
    checked = nw.when(known).then(looked).otherwise(nw.lit("not_checked"))
    verdict = nw.when(about).then(checked).otherwise(nw.lit(LEFT_OUT))
    held = nw.from_native(frame, eager_only=True)
    return held.with_columns(verdict.alias("verdict")).to_native()


def examine(check: Check, frame: pl.DataFrame) -> Looked:
    """Return what a check comes to over a frame of its kind."""
    verdicts = sort_rows(check, frame)
    found = verdicts.filter(pl.col("verdict") == Verdict.FOUND).drop("verdict")
    counted = verdicts.get_column("verdict").to_list()
    looked_at = counted.count(Verdict.FOUND) + counted.count(Verdict.NOTHING)
    rows = tuple(found.iter_rows(named=True))
    return Looked(check, looked_at, counted.count(Verdict.NOT_CHECKED), rows)


def said(check: Check, row: Row) -> str:
    """Return what is said of one row that tripped a check; a gap says that it is one."""
    return check.says.format_map({name: _in_words(value) for name, value in row.items()})


def _in_words(value: object) -> str:
    match value:
        case None:
            return UNKNOWN
        case date():
            return f"{value.day} {value:%B %Y}"
        case int():
            return f"{value:,}"
        case float():
            return f"{value:g}"
        case _:
            return str(value)
