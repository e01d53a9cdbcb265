"""National publications are known by their headings, and each cell is what it is."""

import io

import pytest
from openpyxl import Workbook

from data_model.vocabulary import Symbol
from inspect_app.errors import Refusal
from inspect_app.workbooks.national import NationalRow, Said, is_national, read_national
from tests.support.national import (
    FACTORS,
    MISSING,
    POPULATION,
    changed,
    extract,
    rows_of,
    whole_factors,
    with_cell,
)

CSE, MISSED = "cse-assessments-dfe", "missing-assessments-dfe"
DURHAM = "E06000047"


def found(data: bytes, indicator: str, code: str, year: int) -> NationalRow:
    """Return one figure of a file."""
    rows = read_national("file.csv", data).rows
    (row,) = [r for r in rows if (r.indicator, r.code, r.year) == (indicator, code, year)]
    return row


@pytest.mark.parametrize(
    ("name", "title"),
    [
        (FACTORS, "Factors identified at the end of assessment"),
        (MISSING, "Looked-after children who were missing or away from placement"),
        (POPULATION, "Mid-year estimates of children aged 0 to 17"),
    ],
)
def test_a_publication_is_known_by_its_headings(name: str, title: str) -> None:
    data = extract(name)
    assert is_national("renamed.csv", data)
    assert read_national("renamed.csv", data).publication.title == title


def test_every_row_of_a_file_is_read_or_said_to_be_left_out() -> None:
    data = extract(MISSING)
    away = [row for row in rows_of(data) if "away from placement" in row["CLA_group"]]
    others = [
        row
        for row in rows_of(data)
        if row["CLA_group"].startswith(("Average", "Children missing at")) and row not in away
    ]
    file = read_national("missing.csv", data)
    assert file.read == len(rows_of(data))
    assert file.left_out == len(away) + len(others)
    assert file.problems == ()


def test_the_whole_file_of_factors_says_what_an_independent_count_says() -> None:
    data = whole_factors()
    rows, file = rows_of(data), read_national("c3.csv", data)
    assert file.read == len(rows) == 1312
    assert file.problems == ()
    for indicator, column in ((CSE, "Child_sexual_exploitation"), (MISSED, "Going_missing")):
        ours = [row.numerator for row in file.rows if row.indicator == indicator]
        numbers = [int(row[column]) for row in rows if row[column].isdigit()]
        assert sum(said.number or 0 for said in ours) == sum(numbers)
        for symbol in ("c", "x", "z", "u"):
            held = sum(said.symbol is Symbol(symbol) for said in ours)
            assert held == sum(row[column] == symbol for row in rows) > 0


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("c", Said(symbol=Symbol.WITHHELD)),
        ("x", Said(symbol=Symbol.NOT_AVAILABLE)),
        ("z", Said(symbol=Symbol.NOT_APPLICABLE)),
        ("u", Said(symbol=Symbol.UNRELIABLE)),
        ("k", Said(symbol=Symbol.ROUNDS_TO_ZERO)),
        ("low", Said(symbol=Symbol.ROUNDS_TO_ZERO)),
        ("", Said(symbol=Symbol.BLANK)),
        ("0", Said(0)),
        ("1,263", Said(1263)),
    ],
)
def test_symbols_blanks_and_zero_are_different_things(said: str, meant: Said) -> None:
    data = with_cell(extract(FACTORS), DURHAM, 2025, Child_sexual_exploitation=said)
    row = found(data, CSE, DURHAM, 2025)
    assert row.numerator == meant


@pytest.mark.parametrize("said", ["about 20", "-3", "12.5", "c*", "#REF!"])
def test_a_cell_that_is_no_number_names_its_row_its_column_and_what_was_expected(
    said: str,
) -> None:
    data = with_cell(extract(FACTORS), DURHAM, 2025, Going_missing=said)
    file = read_national("c3.csv", data)
    (problem,) = file.problems
    line = 2 + next(
        place
        for place, row in enumerate(rows_of(data))
        if row["new_la_code"] == DURHAM and row["time_period"] == "2025"
    )
    assert (problem.row, problem.column, problem.said) == (line, "Going_missing", said)
    assert problem.cell.endswith(str(line))
    assert "a whole number, or one of c, k, low, u, x, z" in problem.in_words
    kept = {(row.indicator, row.year) for row in file.rows if row.code == DURHAM}
    assert (CSE, 2025) in kept
    assert (MISSED, 2025) not in kept


@pytest.mark.parametrize(
    ("column", "said", "expected"),
    [
        ("time_period", "25", "a year such as 2025"),
        ("geographic_level", "Ward", "National, Regional, Local authority"),
        ("time_identifier", "Calendar year", "Reporting year"),
    ],
)
def test_a_row_whose_place_or_year_cannot_be_read_is_refused_whole(
    column: str, said: str, expected: str
) -> None:
    data = with_cell(extract(FACTORS), DURHAM, 2025, **{column: said})
    file = read_national("c3.csv", data)
    (problem,) = file.problems
    assert problem.column == column
    assert expected in problem.expected
    assert len(file.rows) == 2 * (len(rows_of(data)) - 1)


def test_a_figure_that_is_there_twice_is_refused_the_second_time() -> None:
    data = extract(FACTORS)
    last = data.splitlines(keepends=True)[-1]
    file = read_national("c3.csv", data + last)
    (problem,) = file.problems
    assert problem.row == len(rows_of(data)) + 2
    assert f"in row {len(rows_of(data)) + 1} already" in problem.expected


def test_a_publication_without_a_column_it_needs_is_refused_by_that_columns_name() -> None:
    without = extract(FACTORS).replace(b"Child_sexual_exploitation", b"CSE", 1)
    assert is_national("c3.csv", without)
    with pytest.raises(Refusal, match="has no column Child_sexual_exploitation"):
        read_national("c3.csv", without)


def test_another_table_of_the_same_layout_is_not_taken_for_one_that_is_declared() -> None:
    def other(row: dict[str, str]) -> dict[str, str]:
        return {**row, "CLA_group": "Children who started to be looked after"}

    data = changed(extract(MISSING), other)
    assert not is_national("other.csv", data)
    with pytest.raises(Refusal, match="no publication that is read here"):
        read_national("other.csv", data)


def test_another_age_group_is_left_out_and_not_added_up() -> None:
    def older(row: dict[str, str]) -> dict[str, str]:
        there = row["new_la_code"] == DURHAM
        return {**row, "age_group": "Children aged 0 to 19 years"} if there else row

    file = read_national("ons.csv", changed(extract(POPULATION), older))
    assert file.left_out == sum(
        row["new_la_code"] == DURHAM for row in rows_of(extract(POPULATION))
    )
    assert all(row.code != DURHAM for row in file.rows)


def test_the_same_table_in_a_workbook_below_a_title_reads_the_same() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Table C3"])
    rows = rows_of(extract(FACTORS))
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row.values()])
    out = io.BytesIO()
    book.save(out)
    here = read_national("c3.xlsx", out.getvalue())
    plain = read_national("c3.csv", extract(FACTORS))
    assert here.problems == ()
    assert [(r.code, r.year, r.numerator) for r in here.rows] == [
        (r.code, r.year, r.numerator) for r in plain.rows
    ]
