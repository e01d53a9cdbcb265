"""What stands in a column's cells: words, dates and numbers as people write them.

A column is understood all at once, and each different text in it is looked at a single time.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import polars as pl

from inspect_app.workbooks.layout import Column, Kind
from inspect_app.workbooks.plain_text import CONTROLS, EDGES, ENDS_OF_LINES, alike

TYPES: Mapping[Kind, type[pl.DataType]] = {
    Kind.TEXT: pl.String,
    Kind.CHOICE: pl.String,
    Kind.CHOICES: pl.String,
    Kind.DATE: pl.Date,
    Kind.NUMBER: pl.Int64,
}
# A plain number below 18,264 is a year or a count, and no day that a file is about.
EARLIEST, LATEST = date(1950, 1, 1), date(2100, 1, 1)
FROM_1900, FROM_1904 = date(1899, 12, 30), date(1904, 1, 1)
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[t ].*)?")
DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: .*)?")
IN_WORDS = re.compile(r"(?:[^\W\d]+,? )?(\d{1,2})(?:st|nd|rd|th)?[ -]([^\W\d]+)[ ,-]+(\d{4})")
SERIAL = re.compile(r"\d{1,5}(?:\.\d+)?")
WHOLE = re.compile(r"([+-]?\d{1,15})(?:\.0*)?")
MONTHS = {
    name[:cut]: number
    for names in (
        "january february march april may june july august september october november december",
        "ionawr chwefror mawrth ebrill mai mehefin gorffennaf awst medi hydref tachwedd rhagfyr",
    )
    for number, name in enumerate(names.split(), start=1)
    for cut in {3, 4, len(name)}
}

TRIMMED = (
    pl.col("said")
    .str.replace_all(ENDS_OF_LINES, "\n")
    .str.replace_all(CONTROLS, "")
    .str.strip_chars(EDGES)
)


@dataclass(frozen=True)
class Understood:
    """A column's values, its texts as they were said, and which of its rows are not understood."""

    values: pl.Series
    said: pl.Series
    bad: list[int]


def understand(column: Column, cells: Sequence[Any], *, from_1904: bool) -> Understood:
    """Return a column's cells as values; a cell that is not understood has none."""
    said = as_text(cells)
    if column.kind is Kind.TEXT:
        return _texts(column, said)
    read = _reader(column, from_1904=from_1904)
    known = {each: read(each) for each in said.drop_nulls().unique().to_list()}
    kind = TYPES[column.kind]
    if not known:
        return Understood(pl.Series([None] * len(said), dtype=kind), said, [])
    values = said.replace_strict(
        pl.Series(list(known), dtype=pl.String),
        pl.Series(list(known.values()), dtype=kind),
        default=None,
        return_dtype=kind,
    )
    return Understood(values, said, (said.is_not_null() & values.is_null()).arg_true().to_list())


def as_text(cells: Sequence[Any]) -> pl.Series:
    """Return cells as the text a person sees in them, without unseen edges; blank is null."""
    texts = [cell if type(cell) is str else say(cell) for cell in cells]
    said = pl.DataFrame({"said": texts}, {"said": pl.String})
    return said.select(pl.when(TRIMMED != "").then(TRIMMED)).to_series()


def say(cell: Any) -> str:
    """Return a cell that is not text as it would be typed."""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time.min else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _texts(column: Column, said: pl.Series) -> Understood:
    if column.field == "case":
        said = said.str.to_uppercase()
    long = said.str.len_chars() > column.most
    return Understood(said.set(long.fill_null(value=False), None), said, long.arg_true().to_list())


def _reader(column: Column, *, from_1904: bool) -> Callable[[str], Any]:
    if column.kind is Kind.DATE:
        return lambda said: day(said, from_1904=from_1904)
    if column.kind is Kind.NUMBER:
        return lambda said: whole(said, column)
    codes = column.codes
    if column.kind is Kind.CHOICE:
        return lambda said: codes.get(alike(said))
    order = [choice.code for choice in column.offered]
    return lambda said: several(said, codes, order)


def several(said: str, codes: Mapping[str, str], order: Sequence[str]) -> str | None:
    """Return the codes of several words in the list's own order, or None if one is unknown."""
    if alike(said) in codes:
        return codes[alike(said)]
    found = [codes.get(alike(part)) for part in re.split(r"[;\n]", said) if alike(part)]
    chosen = set(found)
    return None if None in chosen else ";".join(code for code in order if code in chosen)


def whole(said: str, column: Column) -> int | None:
    """Return a whole number within the column's limits, or None."""
    found = WHOLE.fullmatch(said)
    number = int(found[1]) if found else None
    return number if number is not None and column.least <= number <= column.most else None


def day(said: str, *, from_1904: bool = False) -> date | None:
    """Return the day that is meant: 2026-02-03, 3 February 2026, 03/02/2026, or a day's number.

    The day stands before the month, as it is written in Britain; a time of day is left off.
    """
    words = alike(said)
    if found := YEAR_FIRST.fullmatch(words):
        return _day(found[1], found[2], found[3])
    if found := DAY_FIRST.fullmatch(words):
        return _day(found[3], found[2], found[1])
    if (found := IN_WORDS.fullmatch(words)) and found[2] in MONTHS:
        return _day(found[3], MONTHS[found[2]], found[1])
    if SERIAL.fullmatch(words):
        return _likely((FROM_1904 if from_1904 else FROM_1900) + timedelta(int(float(words))))
    return None


def _day(year: str, month: str | int, in_month: str) -> date | None:
    try:
        return _likely(date(int(year), int(month), int(in_month)))
    except ValueError:
        return None


def _likely(found: date) -> date | None:
    return found if EARLIEST <= found < LATEST else None


FORMS = "a date with its day before its month and all four digits of its year"
EXPECTED = {
    Kind.DATE: (f"expected {FORMS}", "Write it as 2026-02-03 or 3 February 2026."),
    Kind.TEXT: ("this text is too long", "Shorten it."),
}


def expected(column: Column) -> tuple[str, str]:
    """Return what a column expects, and how to mend what it does not understand."""
    if column.kind in EXPECTED and column.field != "case":
        return EXPECTED[column.kind]
    if column.kind is Kind.NUMBER:
        return f"expected a whole number from {column.least} to {column.most}", "Correct it."
    if column.field == "case":
        return "expected a reference made up for this inspection", "Correct it."
    words = "; ".join(choice.words for choice in column.offered)
    several_said = ", with a semicolon between several" if column.kind is Kind.CHOICES else ""
    return f"expected one of these words{several_said}: {words}", "Choose from the cell's list."
