"""Rows of a sheet as values: each column understood, each rule asked, every problem in words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import polars as pl
from pydantic import TypeAdapter, ValidationError

from data_model.forms import (
    CaseForm,
    DisruptionForm,
    EpisodeForm,
    FindingForm,
    Form,
    PerpetratorForm,
    PointerForm,
)
from inspect_app.workbooks.cells import TYPES, Understood, expected, understand
from inspect_app.workbooks.layout import CASE, THEME, Choices, Column, SheetLayout
from inspect_app.workbooks.problem import Problem
from inspect_app.workbooks.reading import RawSheet

ROW = "row"
STANDS_FOR = {"reference": "A-1", "kind": "cse", "theme": "T1"}
"""What stands for a value that is missing while the other rules are asked."""

NOTHING = pl.lit(value=False)
SUSPECT: Mapping[type[Form], pl.Expr] = {
    CaseForm: pl.col("practice_to") < pl.col("practice_from"),
    FindingForm: pl.col("grade").is_not_null()
    & (pl.col("not_graded").is_not_null() | pl.col("criterion").is_null()),
    EpisodeForm: (pl.col("returned_on") < pl.col("reported_on"))
    | (pl.col("interview_hours").is_not_null() & pl.col("interview_timing").is_not_null()),
    PerpetratorForm: NOTHING,
    DisruptionForm: NOTHING,
    PointerForm: NOTHING,
}
"""Rows that the form's own rules may refuse: the form is asked about these, and of no others.

A rule that is added to a form is added here; a test holds the two together.
"""


@dataclass
class Rows:
    """The rows of one sheet that are not empty: values by field, with each row's number.

    `given` are the fields that the sheet has columns for; a cell that was not understood has no
    value here and a problem.
    """

    name: str
    layout: SheetLayout
    frame: pl.DataFrame
    given: frozenset[str]
    empty: int
    problems: dict[int, list[Problem]] = field(default_factory=lambda: defaultdict(list))
    places: Mapping[str, int] = field(default_factory=dict)

    def refuse(self, row: int, column: Column, says: str, mend: str, said: object = None) -> None:
        """Note a problem in a row's cell."""
        place = self.places.get(column.field)
        cell = f"{letters(place)}{row}" if place is not None else str(row)
        words = "" if said is None else str(said)
        self.problems[row].append(Problem(self.name, row, column.title, cell, words, says, mend))

    def taken_of(self, references: Iterable[str]) -> Iterator[dict[str, str | int]]:
        """Yield the rows of these cases that are not refused, every field as text."""
        names = [column.field for column in self.layout.every]
        mine = pl.col(CASE).is_in(list(references)) & ~pl.col(ROW).is_in(list(self.problems))
        said = pl.col(names).cast(pl.String).fill_null("")
        yield from self.frame.filter(mine).select(ROW, said).iter_rows(named=True)


def letters(place: int) -> str:
    """Return the letters of a column, counted from 0: 0 is A, 26 is AA."""
    first, last = divmod(place, 26)
    return (letters(first - 1) if first else "") + chr(ord("A") + last)


def read_rows(sheet: RawSheet, choices: Choices, *, from_1904: bool) -> Rows:
    """Return a matched sheet's rows; `sheet.layout` says what they hold."""
    layout = sheet.layout
    assert layout is not None  # noqa: S101 - only matched sheets are read
    data = sheet.data
    height = len(data)
    cells = {name: [row[at] for row in data] for name, at in sheet.places.items()}
    read = {
        name: understand(layout.column(name), values, from_1904=from_1904)
        for name, values in cells.items()
    }
    filled = _filled(sheet, read, height)
    frame = _frame(sheet, layout, read, height)
    rows = Rows(
        sheet.name, layout, frame.filter(filled), frozenset(read), height - sum(filled.to_list()),
        places=sheet.places,
    )  # fmt: skip
    _note_cells(rows, sheet, read)
    _note_missing(rows)
    _note_criteria(rows, choices)
    _note_form(rows)
    return rows


def _filled(sheet: RawSheet, read: Mapping[str, Understood], height: int) -> pl.Series:
    """Return which rows hold anything, in our columns or in others."""
    known = pl.Series([False] * height, dtype=pl.Boolean)
    for column in read.values():
        known = known | column.said.is_not_null()
    others = [place for place in range(_width(sheet)) if place not in sheet.places.values()]
    odd = {row for row, _column in sheet.odd} | {row for row, _column in _merged(sheet)}
    more = [
        not held and (_anything(row, others) or number in odd)
        for number, held, row in zip(range(sheet.first, sheet.first + height), known, sheet.data,
                                     strict=True)
    ]  # fmt: skip
    return known | pl.Series(more, dtype=pl.Boolean)


def _width(sheet: RawSheet) -> int:
    return len(sheet.rows[0]) if sheet.rows else 0


def _anything(row: list[Any], places: Iterable[int]) -> bool:
    return any(row[place] not in ("", None) and str(row[place]).strip() for place in places)


def _frame(
    sheet: RawSheet, layout: SheetLayout, read: Mapping[str, Understood], height: int
) -> pl.DataFrame:
    numbers = pl.Series(ROW, range(sheet.first, sheet.first + height), dtype=pl.Int64)
    columns = [numbers]
    for column in layout.every:
        held = read.get(column.field)
        blank = pl.Series([None] * height, dtype=TYPES[column.kind])
        values = _spread(held.values, sheet, column) if held else blank
        columns.append(values.alias(column.field))
    return pl.DataFrame(columns)


def _spread(values: pl.Series, sheet: RawSheet, column: Column) -> pl.Series:
    """A case or theme merged over several rows is that of each of them."""
    if column.field not in {CASE, THEME}:
        return values
    for (top, left), (bottom, right) in sheet.merged:
        if left == right == sheet.places[column.field] and top >= sheet.header:
            first, last = top - sheet.header, min(bottom - sheet.header, len(values) - 1)
            if first < last:
                values = values.scatter(list(range(first, last + 1)), values[first])
    return values


def _note_cells(rows: Rows, sheet: RawSheet, read: Mapping[str, Understood]) -> None:
    for name, held in read.items():
        column = rows.layout.column(name)
        says, mend = expected(column)
        for place in held.bad:
            rows.refuse(sheet.first + place, column, says, mend, held.said[place])
    by_place = {place: rows.layout.column(name) for name, place in sheet.places.items()}
    for row, name in _merged(sheet):
        column = rows.layout.column(name)
        rows.refuse(row, column, "this cell is merged with others", "Unmerge it and fill each.")
    for (row, place), shown in sheet.odd.items():
        if row >= sheet.first and place - 1 in by_place:
            rows.refuse(
                row,
                by_place[place - 1],
                "this cell holds a formula without a result, or an error",
                "Type the value itself.",
                shown,
            )


def _merged(sheet: RawSheet) -> Iterator[tuple[int, str]]:
    """Yield the cells of merged areas in which it cannot be told what belongs to which row."""
    names = {place: name for name, place in sheet.places.items()}
    last = len(sheet.rows)
    for (top, left), (bottom, right) in sheet.merged:
        for place in range(left, right + 1):
            name = names.get(place)
            spread = left == right and name in {CASE, THEME}
            if name is not None and not spread:
                for row in range(max(top, sheet.header), min(bottom + 1, last)):
                    yield row + 1, name


def _note_missing(rows: Rows) -> None:
    """A row without a value it is known by is refused; one not understood is refused already."""
    for column in rows.layout.every:
        if not column.needed or column.field not in rows.given:
            continue
        missing = rows.frame.filter(pl.col(column.field).is_null())[ROW].to_list()
        for row in missing:
            if all(problem.column != column.title for problem in rows.problems.get(row, ())):
                rows.refuse(row, column, "nothing stands here, and it is needed", "Fill it in.")


def _note_criteria(rows: Rows, choices: Choices) -> None:
    """A criterion belongs to the theme that it stands beside."""
    if rows.layout.holds != "findings":
        return
    themes = {criterion.code: criterion.theme for criterion in choices.criteria}
    if not themes:
        return
    belongs = pl.col("criterion").replace_strict(themes, default=None, return_dtype=pl.String)
    wrong = rows.frame.filter(pl.col("criterion").is_not_null() & (belongs != pl.col(THEME)))
    names = rows.layout.column(THEME).words
    for row, criterion, theme in wrong.select(ROW, "criterion", THEME).iter_rows():
        says = f"{criterion} is not a criterion of {names.get(theme, theme)}"
        rows.refuse(row, rows.layout.column("criterion"), says, "Choose one of the theme's.")


def _note_form(rows: Rows) -> None:
    """Ask the form's own rules of the rows that may break one; words are made for those that do."""
    form = rows.layout.form
    if form is None or not len(rows.frame):
        return
    suspect = rows.frame.filter(SUSPECT[form])
    sent = suspect.select(_as_sent(rows.layout)).to_dicts()
    try:
        _adapter(form).validate_python(sent)
    except ValidationError as wrong:
        numbers = suspect[ROW]
        for error in wrong.errors(include_url=False, include_input=False):
            _note_rule(rows, numbers[int(error["loc"][0])], dict(error))


@cache
def _adapter(form: type[Form]) -> TypeAdapter[Any]:
    return TypeAdapter(list[form])  # type: ignore[valid-type]


def _as_sent(layout: SheetLayout) -> list[pl.Expr]:
    """Return each field as the form takes it; something stands for what is needed and missing."""
    form = layout.form
    assert form is not None  # noqa: S101 - asked before
    names = {CASE: "reference"} if layout.holds == "case" else {}
    held = [c for c in layout.every if names.get(c.field, c.field) in form.model_fields]
    return [_value(column).alias(names.get(column.field, column.field)) for column in held]


def _value(column: Column) -> pl.Expr:
    value = pl.col(column.field)
    if column.kind == "choices":
        return value.fill_null("").str.split(";").list.filter(pl.element() != "")
    stands = STANDS_FOR.get("reference" if column.field == CASE else column.field)
    return value.fill_null(stands) if stands and column.needed else value


def _note_rule(rows: Rows, row: int, error: dict[str, Any]) -> None:
    said = error.get("ctx", {}).get("error", error["msg"])
    name = str(error["loc"][1]) if len(error["loc"]) > 1 else ""
    fields = {column.field: column for column in rows.layout.every}
    column = fields.get(name, rows.layout.key[-1] if not name else rows.layout.key[0])
    rows.refuse(row, column, str(said), "Correct it, so that the row agrees with itself.")
