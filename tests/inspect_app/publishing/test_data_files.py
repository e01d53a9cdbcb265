"""The open data files: exact columns, marks for numbers, nothing that a spreadsheet runs."""

import csv
import json
from dataclasses import fields, replace
from pathlib import Path

import pytest

from data_model.vocabulary import Symbol
from inspect_app.publishing.content import EvidenceRow, PublishedFigure, ReleaseContent
from inspect_app.publishing.csv_cells import RUNS, cell
from inspect_app.publishing.data_files import Data
from inspect_app.publishing.data_tables import TABLES
from inspect_app.publishing.described import Holds
from tests.inspect_app.publishing.builders import (
    AREAS,
    HMICFRS,
    MET,
    PRACTICE,
    content,
    figure,
    mark,
)

EXACT = (
    "inspection,inspecting_body,inspected_body,area_code,area_name,period_start,period_end,"
    "case_kind,theme,grade,cases,cases_read,basis,source"
)


def written(of: ReleaseContent, path: str) -> str:
    return Data(of, mark(of)).plan[path]().decode()


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_evidence_base_has_exactly_its_columns(released: Path) -> None:
    first = (released / "data" / "evidence_base.csv").read_text().splitlines()[0]
    assert first == EXACT


def test_columns_follow_the_values_they_publish() -> None:
    columns = {file.name: [each.name for each in file.fields] for file in TABLES}
    assert columns["evidence_base"] == [field.name for field in fields(EvidenceRow)]
    assert columns["indicators"] == [field.name for field in fields(PublishedFigure)]


def test_durham_2020_stands_as_it_was_published(released: Path) -> None:
    rows = [x for x in table(released, "evidence_base") if x["inspection"] == HMICFRS.code]
    counts = [(x["grade"], x["cases"], x["cases_read"]) for x in rows]
    assert counts == [
        ("good", "1", "9"),
        ("requires_improvement", "2", "9"),
        ("inadequate", "6", "9"),
    ]


def test_grades_that_were_not_split_stay_one_row(released: Path) -> None:
    rows = [x for x in table(released, "evidence_base") if x["inspection"] == MET.code]
    counts = [(x["grade"], x["cases"]) for x in rows]
    assert counts == [("requires_improvement|inadequate", "36"), ("not stated", "2")]


def test_no_cell_is_blank_but_a_date(released: Path) -> None:
    for file in TABLES:
        for row in table(released, file.name):
            blank = {name for name, value in row.items() if value == ""}
            dates = {each.name for each in file.fields if each.holds is Holds.DATE}
            assert blank <= dates, (file.name, blank)


def test_a_withheld_count_takes_what_follows_from_it_along(released: Path) -> None:
    row = next(x for x in table(released, "indicators") if x["period"] == "2019/20")
    assert {row[name] for name in ("numerator", "value", "value_high", "low", "high")} == {"c"}
    assert row["breaks"] == "yes"


def test_a_number_that_does_not_apply_is_not_called_missing() -> None:
    alone = figure(denominator=Symbol.NOT_APPLICABLE, value=None, low=None, high=None, interval="")
    small = content(areas=(replace(AREAS[0], figures=(alone,)),))
    row = next(csv.DictReader(written(small, "data/indicators.csv").splitlines()))
    assert [row[x] for x in ("numerator", "denominator", "value", "low")] == ["11", "z", "z", "z"]


def test_a_recommendation_has_a_row_for_each_body(released: Path) -> None:
    rows = table(released, "recommendations")
    assert [(x["recommendation"], x["body"]) for x in rows] == [
        ("ALD-2025-R1", "Aldermere Council"),
        ("ALD-2025-R1", "Aldermere Police"),
        ("HMICFRS-2020-R1", "Durham Constabulary"),
    ]
    assert [x["findings"] for x in rows] == ["c", "c", "0"]
    assert [x["invented"] for x in rows] == ["yes", "yes", "no"]


def test_a_recommendation_to_nobody_is_not_lost() -> None:
    alone = content(recommendations=(replace(PRACTICE, owners=()),))
    row = next(csv.DictReader(written(alone, "data/recommendations.csv").splitlines()))
    assert (row["recommendation"], row["body"], row["response"]) == ("HMICFRS-2020-R1", "z", "z")


def test_judgements_keep_the_words_of_their_own_scale(released: Path) -> None:
    (row,) = table(released, "judgements")
    assert (row["scale"], row["grade_name"]) == ("ILACS judgements", "Good")
    assert (row["period_start"], row["inspecting_body"]) == ("2019-09-09", "Ofsted")


@pytest.mark.parametrize("start", [*RUNS, "  =", "\t=", "\r\n+", "\u00a0@"])
def test_text_that_a_spreadsheet_would_run_is_made_text(start: str) -> None:
    assert cell(f"{start}HYPERLINK(1)") == f"'{start.strip()}HYPERLINK(1)"


def test_a_row_is_one_line_whatever_its_text_holds() -> None:
    assert cell("First.\r\n\tThen =1\n") == "First. Then =1"


def test_numbers_are_never_made_text() -> None:
    assert cell(-1.5) == "-1.5"
    assert cell(27.0) == "27"
    assert cell(1e-05) == "1e-05"


def test_the_json_keeps_the_text_that_the_table_guards() -> None:
    loud = content(areas=(replace(AREAS[0], figures=(figure(note="=1+1"),)),))
    assert ",'=1+1," in written(loud, "data/indicators.csv")
    held = json.loads(written(loud, "data/release.json"))
    assert held["content"]["areas"][0]["figures"][0]["note"] == "=1+1"


def test_every_column_says_what_it_holds(released: Path) -> None:
    page = (released / "data.html").read_text()
    for file in TABLES:
        for column in file.fields:
            assert f"<code>{column.name}</code>" in page
            assert len(column.meaning.english) > 5, column.name
