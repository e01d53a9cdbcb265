"""Look-up tables: every published one is read whole, and one with other columns is refused."""

import csv
import io
from collections.abc import Callable

import pytest

from inspect_app.errors import Refusal
from inspect_app.workbooks.national import is_national
from inspect_app.workbooks.national.lookup_rows import CLOSENESS
from inspect_app.workbooks.national.lookups import LOOKUPS, Says, is_lookup, read_lookup
from tests.support.national import (
    COUNTIES,
    FACTORS,
    FORCES,
    GROUPINGS,
    NEIGHBOURS,
    POPULATION,
    REGIONS,
    THE_FORCES,
    extract,
)

PUBLISHED = {
    NEIGHBOURS: (Says.NEIGHBOURS, 153, 0),
    GROUPINGS: (Says.NEIGHBOURS, 156, 1),
    FORCES: (Says.FORCE, 332, 0),
    COUNTIES: (Says.COUNTY, 318, 0),
    REGIONS: (Says.REGION, 181, 0),
    THE_FORCES: (Says.FORCE_NAME, 47, 0),
}
Rows = list[list[str]]


def edited(name: str, change: Callable[[Rows], Rows]) -> bytes:
    """Return a published table with its rows, headings first, changed."""
    rows = list(csv.reader(io.StringIO(extract(name).decode("utf-8-sig"))))
    out = io.StringIO()
    csv.writer(out).writerows(change(rows))
    return out.getvalue().encode()


@pytest.mark.parametrize("name", PUBLISHED)
def test_every_published_table_is_read_row_by_row(name: str) -> None:
    says, rows, left_out = PUBLISHED[name]
    file = read_lookup(name, extract(name))
    assert (file.lookup.says, len(file.rows), file.left_out) == (says, rows, left_out)
    assert file.read == rows + left_out
    assert file.problems == ()
    assert all(row.code and row.name for row in file.rows)
    assert not is_national(name, extract(name))


def test_each_declared_table_is_among_the_published_ones() -> None:
    assert {read_lookup(n, extract(n)).lookup.title for n in PUBLISHED} == {
        lookup.title for lookup in LOOKUPS
    }


@pytest.mark.parametrize("name", [NEIGHBOURS, GROUPINGS])
def test_both_forms_of_a_model_give_ten_neighbours_with_their_closeness(name: str) -> None:
    words = {word.replace(" ", "_") for word in CLOSENESS}
    for row in read_lookup(name, extract(name)).rows:
        assert len({near.code for near in row.nearest}) == 10
        assert {near.closeness for near in row.nearest} <= words


def test_a_repeated_heading_belongs_to_the_neighbour_before_it() -> None:
    camden = next(r for r in read_lookup("sn.csv", extract(GROUPINGS)).rows if r.code == "202")
    assert [(near.code, near.closeness) for near in camden.nearest][:5] == [
        ("213", "very_close"), ("205", "close"), ("207", "close"), ("206", "close"),
        ("212", "somewhat_close"),
    ]  # fmt: skip


def test_another_years_table_is_read_by_the_same_declaration() -> None:
    def next_year(rows: Rows) -> Rows:
        return [[heading.replace("23", "26") for heading in rows[0]], *rows[1:]]

    file = read_lookup("lad26.csv", edited(FORCES, next_year))
    assert (file.lookup.says, len(file.rows)) == (Says.FORCE, 332)


@pytest.mark.parametrize("name", [NEIGHBOURS, FORCES, REGIONS])
def test_a_table_that_has_lost_a_column_is_refused_and_names_it(name: str) -> None:
    lost = edited(name, lambda rows: [row[:2] + row[3:] for row in rows])
    heading = extract(name).decode("utf-8-sig").split(",")[2].lower().replace("23", "00")
    assert is_lookup(name, lost)
    with pytest.raises(Refusal, match=f"has no column {heading}") as refused:
        read_lookup(name, lost)
    assert "Nothing was taken in" in refused.value.advice


def test_a_table_that_has_gained_a_column_is_refused_and_names_it() -> None:
    gained = edited(NEIGHBOURS, lambda rows: [[*row, "SN_11" if not n else "301"]
                                              for n, row in enumerate(rows)])  # fmt: skip
    with pytest.raises(Refusal, match="has the columns sn_11 besides"):
        read_lookup("sn.csv", gained)


def test_a_closeness_that_is_no_word_of_the_models_is_a_problem_with_its_cell() -> None:
    def wrong(rows: Rows) -> Rows:
        rows[1][5] = "Adjacent"
        return rows

    (problem,) = read_lookup("sn.csv", edited(NEIGHBOURS, wrong)).problems
    assert (problem.row, problem.cell, problem.said) == (2, "F2", "Adjacent")
    assert "very close" in problem.expected


@pytest.mark.parametrize("name", [FACTORS, POPULATION])
def test_a_statistic_is_no_lookup_although_it_has_columns_of_places(name: str) -> None:
    assert not is_lookup(name, extract(name))
    with pytest.raises(Refusal, match="no look-up table"):
        read_lookup(name, extract(name))
