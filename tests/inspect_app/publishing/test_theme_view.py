"""A theme across areas: who looked at it, in what order, and what they published of it."""

from dataclasses import replace

import pytest

from inspect_app.publishing.content import PublishedInspection
from inspect_app.publishing.language import ENGLISH
from inspect_app.publishing.theme_view import entry, looked_at, told
from tests.inspect_app.publishing.builders import HMICFRS, INVENTED, MET, OFSTED, SILENT, THEMES

ALL = (INVENTED, MET, HMICFRS, OFSTED, SILENT)


def lines(theme: str, of: PublishedInspection) -> list[str]:
    return [line.text for line in entry(told(theme, of), ENGLISH).lines]


def test_inspections_stand_by_place_never_by_grade_and_invented_ones_last() -> None:
    assert [each.code for each in looked_at("T4", ALL)] == [HMICFRS.code, MET.code, INVENTED.code]
    assert [each.code for each in looked_at("T5", ALL)] == [INVENTED.code]
    assert looked_at("T1", ALL) == []


def test_cases_of_a_kind_stand_under_the_theme_that_is_about_them_and_say_so() -> None:
    found = entry(told("T4", HMICFRS), ENGLISH)
    assert found.by_kind
    assert found.graded
    assert [line.text for line in found.lines] == [
        "9 missing child cases read: 1 good; 2 requires improvement; 6 inadequate."
    ]


def test_only_the_counts_of_the_theme_are_shown() -> None:
    found = entry(told("T4", INVENTED), ENGLISH)
    assert not found.by_kind
    assert [len(table.rows) for table in found.tables] == [1]
    assert lines("T4", INVENTED)[0].endswith(
        "3 good; 4 requires improvement; 9 inadequate; 0 not graded."
    )


@pytest.mark.parametrize(
    ("theme", "says"),
    [
        ("T5", "16 cases read under Male victims; grades withheld to protect children."),
        ("T6", "Number of cases not published. No case grades published."),
    ],
)
def test_what_is_withheld_or_not_there_is_said(theme: str, says: str) -> None:
    assert lines(theme, INVENTED) == [says]


def test_a_theme_in_scope_without_a_count_is_listed_as_such() -> None:
    scoped = replace(OFSTED, themes=THEMES[:1])
    assert looked_at("T4", [scoped]) == [scoped]
    assert not entry(told("T4", scoped), ENGLISH).graded
