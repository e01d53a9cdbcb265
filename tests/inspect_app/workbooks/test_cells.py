"""Cells as people write them: dates, words and numbers understood, or refused, never guessed."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_model.forms import CaseForm, EpisodeForm, FindingForm
from inspect_app.workbooks.cells import as_text, day, understand
from inspect_app.workbooks.layout import CASE, Choice, Column, Kind
from inspect_app.workbooks.plain_text import cleaned

ANSWER = Column(
    "sex",
    "Sex",
    Kind.CHOICE,
    offered=(
        Choice("female", "Female", ("Benyw",)),
        Choice("not_recorded", "Not recorded by the agency", ()),
        Choice("yes", "Yes", ("Ydy",)),
    ),
)
SIGNS = Column(
    "signs",
    "Signs",
    Kind.CHOICES,
    offered=(Choice("a", "The child's, own"), Choice("b", "B")),
)
NUMBER = Column("n", "N", Kind.NUMBER, least=1, most=999)
DAY = Column("d", "D", Kind.DATE)


def values(column: Column, *cells: Any) -> list[Any]:
    """Return what a column's cells are understood as."""
    return understand(column, cells, from_1904=False).values.to_list()


@pytest.mark.parametrize(
    "said",
    [
        "2026-02-03", "3 February 2026", "3rd Feb 2026", "03/02/2026", "3.2.2026", "3-Feb-2026",
        "Tuesday, 3 February 2026", "3 Chwefror 2026", " 2026-02-03\u00a0", "2026-02-03 14:05:00",
        "46056", 46056, 46056.75, date(2026, 2, 3), datetime(2026, 2, 3, 14, 5),  # noqa: DTZ001
    ],
    ids=repr,
)  # fmt: skip
def test_the_third_of_february_is_understood_however_it_is_written(said: Any) -> None:
    assert values(DAY, said) == [date(2026, 2, 3)]


@pytest.mark.parametrize(
    "said", ["2/13/2026", "3/2/26", "February 2026", "2026", "20260203", "31/02/2026", True, "soon"]
)
def test_what_is_no_certain_day_is_refused(said: Any) -> None:
    read = understand(DAY, [said], from_1904=False)
    assert (read.values.to_list(), read.bad) == ([None], [0])


@given(st.dates(date(1950, 1, 1), date(2099, 12, 31)))
def test_a_day_s_number_is_counted_as_the_workbook_counts(on: date) -> None:
    first, other = (on - date(1899, 12, 30)).days, (on - date(1904, 1, 1)).days
    assert day(str(first)) == on
    assert day(str(other), from_1904=True) == on
    assert day(f"{on.day}/{on.month}/{on.year}") == on


def test_words_are_understood_in_both_languages_and_by_code_and_blanks_are_blank() -> None:
    cells = ("FEMALE ", "benyw", "female", "not  recorded by the\u00a0agency", True, "", "\u200b")
    found = ["female", "female", "female", "not_recorded", "yes", None, None]
    assert values(ANSWER, *cells) == found


def test_several_words_stand_in_the_list_s_order_and_one_unknown_refuses_the_cell() -> None:
    assert values(SIGNS, "b; the child’s, own", "B\na", "b; c") == ["a;b", "a;b", None]


def test_numbers_are_whole_and_within_their_limits() -> None:
    assert values(NUMBER, 2.0, "2", "+2", "2.5", 0, 1000, "two") == [2, 2, 2, *[None] * 4]


def test_a_reference_is_in_capitals() -> None:
    assert values(Column(CASE, "Case", Kind.TEXT), " ald-c07 ") == ["ALD-C07"]


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_text_is_cleaned_alike_in_a_file_and_here(text: str) -> None:
    assert as_text([text]).to_list() == [cleaned(text) or None]
    assert cleaned(cleaned(text)) == cleaned(text)


def test_the_forms_whose_rules_are_asked_of_suspect_rows_have_no_others() -> None:
    rules = {
        form: {
            name
            for kind in ("field_validators", "model_validators")
            for name in getattr(form.__pydantic_decorators__, kind)
        }
        for form in (CaseForm, EpisodeForm, FindingForm)
    }
    assert rules == {
        CaseForm: {"runs_forwards", "one_finding_a_theme"},
        EpisodeForm: {"after_the_report", "hours_fit"},
        FindingForm: {"graded_or_not"},
    }, "a new rule of a form needs its line in SUSPECT, in inspect_app/workbooks/rows.py"
