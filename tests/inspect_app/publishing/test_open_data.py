"""Open data in the Department for Education's standard: periods, places, one row for one thing."""

import csv
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from data_model.vocabulary import Symbol
from inspect_app.publishing.content import PublishedFigure, ReleaseContent
from inspect_app.publishing.open_data import META, OpenFile, files_of
from inspect_app.publishing.screener import screen
from inspect_app.publishing.standard_periods import Period, period_of
from tests.inspect_app.publishing.builders import AREAS, HMICFRS, MET, content, figure

RATE = "per 10,000 children"


def file_of(of: ReleaseContent, name: str) -> OpenFile:
    return next(each for each in files_of(of) if each.name == name)


def of_figures(*figures: PublishedFigure) -> ReleaseContent:
    return content(areas=(replace(AREAS[0], figures=figures), *AREAS[1:]))


def rows(file: OpenFile) -> list[dict[str, str]]:
    return list(csv.DictReader(file.data.decode().splitlines()))


@pytest.mark.parametrize(
    ("first", "last", "period", "identifier"),
    [
        ("2019-01-01", "2019-12-31", "2019", "Calendar year"),
        ("2019-04-01", "2020-03-31", "201920", "Financial year"),
        ("1999-04-01", "2000-03-31", "199900", "Financial year"),
        ("2019-09-01", "2020-08-31", "201920", "Academic year"),
        ("2023-04-01", "2023-06-30", "202324", "Financial year Q1"),
        ("2023-07-01", "2023-09-30", "202324", "Financial year Q2"),
        ("2023-10-01", "2023-12-31", "202324", "Financial year Q3"),
        ("2020-01-01", "2020-03-31", "201920", "Financial year Q4"),
        ("2020-02-01", "2020-02-29", "2020", "February"),
        ("2020-03-31", "2020-03-31", "2020", "Reporting year"),
    ],
)
def test_a_period_is_named_by_its_first_and_last_day(
    first: str, last: str, period: str, identifier: str
) -> None:
    found = period_of(date.fromisoformat(first), date.fromisoformat(last))
    assert isinstance(found, Period)
    assert (found.time_period, found.time_identifier) == (period, identifier)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (None, "2020-03-31"),
        ("2020-01-01", "2020-06-30"),
        ("2017-04-01", "2019-03-31"),
        ("2020-02-01", "2020-04-30"),
        ("2020-01-02", "2020-12-31"),
        ("2020-06-30", None),
    ],
)
def test_a_period_that_the_standard_has_no_name_for_has_none(
    first: str | None, last: str | None
) -> None:
    days = [date.fromisoformat(each) if each else None for each in (first, last)]
    assert period_of(*days) is None


def test_one_kind_of_period_stands_in_a_file() -> None:
    quarter = figure(period_start=date(2020, 1, 1), period_end=date(2020, 3, 31))
    found = {each.name: rows(each) for each in files_of(of_figures(figure(), quarter))}
    assert [x["time_identifier"] for x in found["figures_financial_quarters"]] == [
        "Financial year Q4"
    ]
    assert [x["time_period"] for x in found["figures_financial_years"]] == ["201819"]


def test_durham_stands_at_its_level_with_both_of_its_codes() -> None:
    known = replace(AREAS[0], old_code="840", region_code="E12000001", region_name="North East")
    of = content(areas=(replace(known, figures=(figure(),)), *AREAS[1:]))
    (row,) = rows(file_of(of, "figures_financial_years"))
    assert (row["geographic_level"], row["country_code"]) == ("Local authority", "E92000001")
    assert (row["old_la_code"], row["new_la_code"], row["la_name"]) == (
        "840",
        "E06000047",
        "County Durham",
    )
    assert (row["region_name"], row["pfa_code"]) == ("North East", "")


def test_a_force_stands_at_the_level_of_police_force_areas() -> None:
    found = rows(file_of(content(), "case_grades_calendar_years"))
    row = next(each for each in found if each["inspection"] == HMICFRS.code)
    assert (row["geographic_level"], row["pfa_code"], row["pfa_name"]) == (
        "Police force area",
        "E23000008",
        "Durham",
    )
    assert (row["time_period"], row["new_la_code"], row["region_code"]) == ("2020", "", "")


@pytest.mark.parametrize(
    ("code", "country"),
    [("W06000001", "Wales"), ("W15000001", "Wales"), ("K04000001", "England and Wales")],
)
def test_wales_and_both_nations_are_countries_of_their_own(code: str, country: str) -> None:
    place = replace(
        AREAS[0], code=code, name="Somewhere", region_code="W92000004", region_name="Wales"
    )
    of = content(areas=(replace(place, figures=(figure(area_code=code),)),))
    (row,) = rows(file_of(of, "figures_financial_years"))
    assert (row["country_name"], row["region_code"]) == (country, "")


def test_an_invented_place_is_in_no_file_of_the_standard() -> None:
    for file in files_of(content()):
        assert b"X06000001" not in file.data
        assert b"invented" not in file.data


def test_grades_that_were_not_split_stay_together_and_a_mark_stays_a_mark() -> None:
    found = rows(file_of(content(), "case_grades_calendar_years"))
    met = {x["grade"]: x["cases"] for x in found if x["inspection"] == MET.code}
    assert met == {"requires_improvement|inadequate": "36", "not stated": "2"}
    assert {x["cases_read"] for x in found} >= {"9", "38", "x"}
    assert {x["theme"] for x in found if "theme" in x} <= {"Total"}


def test_what_follows_from_a_withheld_count_is_withheld_with_it() -> None:
    hidden = figure(
        numerator=Symbol.WITHHELD, value=None, low=None, high=None, denominator=850, interval=""
    )
    (row,) = rows(file_of(of_figures(hidden), "figures_financial_years"))
    assert [row[x] for x in ("numerator", "percentage", "percentage_low")] == ["c", "c", "c"]
    assert (row["denominator"], row["rate_per_10000"]) == ("850", "z")


def test_a_rate_is_not_put_among_percentages() -> None:
    rate = figure(unit=RATE, value=12.9981, low=None, high=None, interval="")
    (row,) = rows(file_of(of_figures(rate), "figures_financial_years"))
    assert (row["rate_per_10000"], row["percentage"]) == ("12.9981", "z")


def test_what_a_source_left_blank_is_not_available() -> None:
    left = figure(numerator=Symbol.BLANK, value=None, low=None, high=None, interval="")
    (row,) = rows(file_of(of_figures(left), "figures_financial_years"))
    assert row["numerator"] == "x"


@pytest.mark.parametrize("vague", [{"comparator": "over"}, {"value_high": 40.0}])
def test_a_figure_that_is_no_single_number_is_left_to_our_own_table(
    vague: dict[str, object],
) -> None:
    assert not [x for x in files_of(of_figures(figure(**vague))) if x.name.startswith("figures")]


def test_two_rows_that_say_different_things_of_one_are_both_left_out() -> None:
    other = figure(numerator=12)
    assert not [x for x in files_of(of_figures(figure(), other)) if x.name.startswith("figures")]


def test_the_metadata_names_each_filter_and_each_indicator_with_its_unit() -> None:
    share, rate = figure(), figure(indicator="other", title="Other", unit=RATE)
    file = file_of(of_figures(share, rate), "figures_financial_years")
    meta = {row["col_name"]: row for row in csv.DictReader(file.meta.decode().splitlines())}
    assert tuple(next(iter(meta.values()))) == META
    assert {x for x, row in meta.items() if row["col_type"] == "Filter"} == {
        "measure",
        "measure_code",
        "counted_in",
    }
    assert (meta["percentage"]["indicator_unit"], meta["percentage"]["indicator_dp"]) == ("%", "1")


def test_a_filter_of_one_level_is_said_in_the_labels_instead() -> None:
    file = file_of(of_figures(figure()), "figures_financial_years")
    assert file.filters == ()
    meta = {
        row["col_name"]: row["label"] for row in csv.DictReader(file.meta.decode().splitlines())
    }
    assert "measure: Children in care at risk of sexual exploitation" in meta["percentage"]


def passes(files: Sequence[OpenFile]) -> bool:
    return all(x.passed for each in files for x in screen(each.name, each.data, each.meta))


def test_every_file_of_the_standard_passes_its_screener() -> None:
    files = files_of(content())
    assert len(files) == 2
    assert passes(files)
