"""An area's page: bodies beside each other, years down, what was said facing what was found."""

from dataclasses import replace
from datetime import date

from data_model.vocabulary import Symbol
from inspect_app.publishing.area_view import (
    facing,
    figure_tables,
    judgement_tables,
    shown_value,
    timeline,
)
from inspect_app.publishing.language import WELSH, Passage
from tests.inspect_app.publishing.builders import (
    HMICFRS,
    LATER,
    OFSTED,
    SILENT,
    figure,
    inspection,
)


def test_inspecting_bodies_stand_side_by_side_oldest_first() -> None:
    drawn = timeline([SILENT, HMICFRS, OFSTED])
    assert drawn.bodies == (Passage("HMICFRS"), Passage("Ofsted"))
    held = [(year.label, [[x.code for x in cell] for cell in year.columns]) for year in drawn.years]
    assert held == [
        ("2019", [[], [OFSTED.code]]),
        ("2020", [[HMICFRS.code], []]),
        ("2022", [[], [SILENT.code]]),
    ]


def test_an_undated_inspection_is_last_and_says_so() -> None:
    undated = replace(OFSTED, code="U", period_start=None, period_end=None, period="undated")
    assert [year.label for year in timeline([undated, OFSTED]).years] == ["2019", "Undated"]


def test_a_period_of_several_years_is_named_whole() -> None:
    long = inspection("L", period_start=date(2017, 1, 1), period_end=date(2019, 12, 31))
    assert timeline([long]).years[0].label == "2017 to 2019"


def test_durham_2019_faces_durham_2020() -> None:
    (group,) = facing([HMICFRS, OFSTED, SILENT])
    assert (group.title, group.bodies) == ("September 2019 to March 2020", 2)
    codes = [[said.inspection.code for said in side] for _, side in group.sides]
    assert codes == [[OFSTED.code], [HMICFRS.code]]


def test_times_of_several_months_that_face_each_other_are_one_time_from_first_to_last() -> None:
    year = replace(OFSTED, period="January to December 2019", period_start=date(2019, 1, 1))
    (group,) = facing([HMICFRS, year], WELSH)
    assert group.title == "Ionawr 2019 i Fawrth 2020"


def test_inspections_further_apart_do_not_face_each_other() -> None:
    later = replace(HMICFRS, period_start=date(2021, 9, 1), period="September 2021")
    assert [group.bodies for group in facing([OFSTED, later])] == [1, 1]


def test_statements_of_no_side_are_kept() -> None:
    neutral = tuple(replace(x, direction=None) for x in OFSTED.statements)
    (group,) = facing([replace(OFSTED, statements=neutral)])
    assert [title for title, _ in group.others] == ["What else was said"]


def test_scales_are_never_in_one_table() -> None:
    older = replace(OFSTED, code="SIF", scale="Single inspection framework judgements")
    assert [table.scale for table in judgement_tables([OFSTED, older])] == [
        "ILACS judgements",
        "Single inspection framework judgements",
    ]


def test_figures_about_different_children_are_never_in_one_table() -> None:
    boys = figure(subject="boys in care")
    drawn = figure_tables([LATER, boys, figure()])
    assert [[x.period for x in table.figures] for table in drawn] == [
        ["2018/19", "2019/20"],
        ["2018/19"],
    ]
    assert drawn[0].marks == (Symbol.WITHHELD,)


def test_a_value_we_worked_out_has_a_decimal_and_a_stated_one_does_not() -> None:
    stated = figure(numerator=Symbol.NOT_AVAILABLE, value=27.0, value_high=87.0, comparator="about")
    assert shown_value(stated) == "about 27 to 87"
    assert shown_value(figure(value=56.0)) == "56.0"
