"""A quarterly return as a workbook or CSV: what goes out comes back, cell by cell."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from inspect_app.errors import Refusal
from inspect_app.workbooks.returns import COLUMNS, ReturnFile, is_return, read_return, return_bytes
from tests.support.packs import saved

ABOUT = {"area": "X06000001", "quarter": "2026-Q2", "body": "aldermere-council"}
HEADINGS = [column.title for column in COLUMNS]


def row(**said: object) -> dict[str, object]:
    """Return a row of a return, about the council's second quarter."""
    return {**ABOUT, "indicator": "rhi-offered", **said}


def read(*rows: dict[str, object]) -> ReturnFile:
    """Return what a workbook with these rows says."""
    return read_return("return.xlsx", return_bytes("A return", rows))


def test_what_is_packed_is_read_back() -> None:
    held = read(
        row(numerator=12, denominator=20),
        row(numerator=7, breakdown="victim_sex", category="female", note="As recorded."),
        row(indicator="cse-referrals", mark="x"),
    )
    assert (held.area, held.quarter, held.body) == tuple(ABOUT.values())
    assert not held.problems
    assert [(r.key, r.numerator, r.denominator, r.mark) for r in held.rows] == [
        (("rhi-offered", None, None), 12, 20, None),
        (("rhi-offered", "victim_sex", "female"), 7, None, None),
        (("cse-referrals", None, None), None, None, "x"),
    ]


def test_csv_with_headings_in_another_order_says_the_same() -> None:
    out = io.StringIO()
    writer = csv.DictWriter(out, [*HEADINGS[::-1], "Our own column"])
    writer.writeheader()
    said = {"Area": "X06000001", "Quarter": "2026-Q2", "Body": "aldermere-council"}
    writer.writerow({**said, "Indicator": "rhi-offered", "Number": "1,204", "Out of": "2 000"})
    held = read_return("return.csv", out.getvalue().encode())
    assert [(r.numerator, r.denominator) for r in held.rows] == [(1204, 2000)]
    assert is_return("return.csv", out.getvalue().encode())


@pytest.mark.parametrize(
    ("said", "column", "expects"),
    [
        ({"numerator": "12.5"}, "Number", "a whole number, 0 or more"),
        ({"numerator": "-3"}, "Number", "a whole number, 0 or more"),
        ({"numerator": "about 5"}, "Number", "a whole number, 0 or more"),
        ({"numerator": 5, "mark": "x"}, "Mark", "no mark where there is a number"),
        ({"mark": "*"}, "Mark", "one of: x not available, z not applicable"),
        ({"numerator": 5, "changed": "Yes"}, "Note", "what changed in recording"),
        ({"numerator": 5, "changed": "perhaps"}, "Recording changed", "one of: Yes"),
    ],
)
def test_what_cannot_be_read_says_which_cell_and_what_was_expected(
    said: dict[str, object], column: str, expects: str
) -> None:
    held = read(row(numerator=1), {**row(**said), "indicator": "cse-referrals"})
    (problem,) = held.problems
    assert (problem.row, problem.column, problem.expected) == (3, column, expects)
    assert problem.cell.endswith("3")
    assert [r.line for r in held.rows] == [2]


def test_the_same_figure_twice_is_a_problem() -> None:
    held = read(row(numerator=1), row(numerator=2))
    assert [problem.expected for problem in held.problems] == ["not what row 2 is about"]


def test_a_file_about_two_quarters_is_refused() -> None:
    with pytest.raises(Refusal, match="more than one thing, or nothing, under Quarter"):
        read(row(numerator=1), {**row(numerator=2), "quarter": "2026-Q1"})


def test_another_workbook_is_no_return() -> None:
    book = Workbook()
    book.worksheets[0].append(["Name", "Date"])
    assert not is_return("other.xlsx", saved(book))
    with pytest.raises(Refusal, match="has no table of a quarterly return"):
        read_return("other.xlsx", saved(book))


def test_the_workbook_offers_its_words_and_says_how_to_fill_it_in() -> None:
    book = load_workbook(io.BytesIO(return_bytes("A return", [row()])))
    assert book.sheetnames[:2] == ["Start here", "Return"]
    assert "a blank is" in str([c.value for c in book["Start here"]["A"]]).lower()
    rules = book["Return"].data_validations.dataValidation
    assert len(rules) == 2
    assert book.properties.title == "A return"


@given(st.integers(0, 10**9), st.none() | st.integers(0, 10**9), st.text(max_size=40))
def test_any_whole_numbers_and_any_note_come_back(
    number: int, out_of: int | None, note: str
) -> None:
    held = read(row(numerator=number, denominator=out_of, note=note))
    (only,) = held.rows
    assert (only.numerator, only.denominator) == (number, out_of)
