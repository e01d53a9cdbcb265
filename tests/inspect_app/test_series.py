"""Series: gaps with reasons, breaks that nothing crosses, no more said than points allow."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from data_model.database import Database
from data_model.vocabulary import AreaKind, Better, Nation, SamplingMethod, Symbol
from inspect_app.services import people, scorecards, series
from inspect_app.services.reference import AreaValue
from inspect_app.services.scorecards import Line
from inspect_app.services.series import Rhythm, Series
from inspect_app.signed_in import SignedIn
from metrics.indicator import Group
from metrics.intervals import NO_INTERVAL
from metrics.outcome import Count, NoNumber, Outcome, Rate, Share, Stated
from metrics.special_causes import SpecialCause

ALDERMERE, DURHAM = "X06000001", "E06000047"
WITHHELD = NoNumber(Symbol.WITHHELD)
STEADY = [12, 14, 11, 13, 12, 15, 13, 11, 14, 12, 13]
PLACE = AreaValue(
    ALDERMERE,
    "Aldermere",
    None,
    AreaKind.LOCAL_AUTHORITY,
    Nation.ENGLAND,
    None,
    None,
    None,
    None,
    invented=True,
)
LIKE = Line(
    indicator="assessments-in-time",
    title="Risk assessments completed within three months",
    group=Group.RISK,
    better=Better.HIGHER,
    area=PLACE,
    period="",
    period_start=None,
    period_end=None,
    in_quarter=False,
    outcome=Count(1),
    means="",
    subject=None,
    breaks=False,
    source="Return",
    note=None,
    published=True,
)


@pytest.fixture
def me(database: Database) -> SignedIn:
    """The board member of Aldermere."""
    return people.sign_in("patrick-board", database)


def made(outcomes: Sequence[Outcome], indicator: str = "assessments-in-time") -> list[Line]:
    """Return quarterly lines of an indicator that has no known break in these years."""
    starts = [date(2022 + at // 4, 3 * (at % 4) + 1, 1) for at in range(len(outcomes) + 1)]
    return [
        replace(
            LIKE,
            indicator=indicator,
            outcome=outcome,
            period=f"Quarter {at + 1}",
            period_start=start,
            period_end=after - timedelta(days=1),
        )
        for at, (outcome, (start, after)) in enumerate(zip(outcomes, pairwise(starts), strict=True))
    ]


def _counts(numbers: Sequence[int]) -> list[Outcome]:
    return [Count(number) for number in numbers]


def _only(lines: Sequence[Line]) -> Series:
    found = series.all_of(lines)
    assert len(found) == 1
    return found[0]


def test_a_recording_change_splits_a_series_and_says_why(me: SignedIn) -> None:
    held = series.all_of(scorecards.history(ALDERMERE, by=me))
    flags = next(each for each in held if each.key.indicator == "cse-flags")
    assert [(each.at, flags.points[each.at].period) for each in flags.breaks] == [
        (12, "October to December 2025")
    ]
    assert "new crime system" in flags.breaks[0].why
    assert [group.figures for group in flags.runs] == [12, 3]
    assert not flags.changed
    assert flags.said.startswith("Since recording or the definition last changed, too few points")


def test_a_known_change_of_definition_splits_it_too_and_names_its_source(me: SignedIn) -> None:
    held = series.all_of(scorecards.history(DURHAM, by=me))
    factor = next(each for each in held if each.key.indicator == "cse-assessments-dfe")
    assert [factor.points[each.at].period for each in factor.breaks] == ["Year to 31 March 2022"]
    assert "Child criminal exploitation is a factor of its own" in factor.breaks[0].why
    assert "table C3" in (factor.breaks[0].source or "")


def test_a_known_change_of_another_area_splits_nothing() -> None:
    lines = made(_counts(STEADY), indicator="tracker-children")
    assert _only(lines).breaks == ()


def test_nothing_is_reckoned_across_a_break() -> None:
    lines = made(_counts([*STEADY, 12, 30, 31, 32]))
    lines[12] = replace(lines[12], breaks=True)
    held = _only(lines)
    assert [len(group.points) for group in held.chart.groups] == [12, 3] if held.chart else False
    assert [limit is not None for limit in held.limits] == [True] * 12 + [False] * 3
    assert held.signals[12:] == (None, None, None)
    assert not held.changed


def test_a_withheld_figure_is_a_gap_and_never_nought() -> None:
    outcomes = [*_counts(STEADY[:5]), WITHHELD, *_counts(STEADY[6:])]
    held = _only(made(outcomes))
    assert held.points[5].value == WITHHELD
    assert held.figures == 10
    assert "without a figure: 1 of 11 periods" in held.said


def test_a_quarter_for_which_nothing_came_is_a_gap() -> None:
    lines = made(_counts(STEADY))
    held = _only([*lines[:4], *lines[5:]])
    assert len(held.points) == 11
    assert not held.points[4].kept
    assert held.points[4].period == "January to March 2023"
    assert held.points[4].note == series.NOT_HELD


def test_below_12_points_there_are_no_limits_and_no_flags() -> None:
    held = _only(made(_counts([*STEADY[:10], 60])))
    assert held.limits == (None,) * 11
    assert held.signals == (None,) * 11
    assert not held.limited


def test_from_12_points_a_special_cause_is_named() -> None:
    held = _only(made(_counts([*STEADY, 60])))
    assert held.limited
    assert all(held.limits)
    assert held.signals[-1] is not None
    assert held.signals[-1].cause is SpecialCause.OUTSIDE
    assert held.changed
    assert "lies above the usual" in held.said


def test_usual_variation_is_no_change() -> None:
    held = _only(made(_counts([*STEADY, 13])))
    assert held.limited
    assert not held.changed
    assert "no more than usual variation" in held.said


def test_below_10_points_nothing_is_said() -> None:
    held = _only(made(_counts([1, 2, 3, 40, 50, 60])))
    assert not held.enough
    assert not held.changed
    assert held.said == "Too few points to say: 6 off the median, and it takes 10."


def test_a_run_chart_of_10_points_can_show_a_shift() -> None:
    held = _only(made(_counts([1, 2, 1, 2, 3, 11, 12, 11, 13, 12])))
    assert held.changed
    assert not held.limited
    assert held.said.startswith("The figures have shifted")


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [(Share(3, 9, None), "p chart"), (Rate(3, 900, 100), "u chart"), (Count(3), "XmR chart")],
)
def test_each_kind_of_number_has_its_chart(outcome: Outcome, kind: str) -> None:
    held = _only(made([outcome] * 12))
    assert held.chart is not None
    assert held.chart.kind.value == kind


def test_what_is_stated_without_its_counts_gets_no_limits() -> None:
    stated = [Stated(number, None, "percent", None) for number in [*STEADY, 60]]
    held = _only(made(stated))
    assert held.chart is None
    assert not any(held.limits)
    assert series.NO_COUNTS in held.said


def test_a_range_is_no_point() -> None:
    stated = Stated(10, 20, "percent", None)
    held = _only(
        made([Stated(10, None, "percent", None), stated, Stated(11, None, "percent", None)])
    )
    assert [isinstance(point.value, NoNumber) for point in held.points] == [False, True, False]
    assert series.NOT_PLAIN in (held.points[1].note or "")


def test_quarters_and_years_are_never_one_series() -> None:
    quarters = made(_counts(STEADY))
    years = [
        replace(quarters[0], period_start=date(year, 4, 1), period_end=date(year + 1, 3, 31))
        for year in (2020, 2021, 2022)
    ]
    found = series.all_of([*quarters, *years])
    assert {(held.key.rhythm, len(held.points)) for held in found} == {
        (Rhythm.QUARTER, 11),
        (Rhythm.YEAR, 3),
    }


def test_years_to_march_and_calendar_years_are_never_one_series() -> None:
    like = made(_counts([1]))[0]
    to_march = [
        replace(like, period_start=date(year, 4, 1), period_end=date(year + 1, 3, 31))
        for year in (2020, 2021)
    ]
    calendar = [
        replace(like, period_start=date(year, 1, 1), period_end=date(year, 12, 31))
        for year in (2020, 2021)
    ]
    assert len(series.all_of([*to_march, *calendar])) == 2


def test_definitions_and_areas_are_never_mixed() -> None:
    lines = made(_counts(STEADY))
    other = replace(PLACE, code=DURHAM)
    varied = [
        *lines,
        *(replace(line, subject="another population") for line in lines),
        *(replace(line, area=other) for line in lines),
        *(replace(line, outcome=Share(1, 9, None)) for line in lines),
    ]
    assert [len(held.points) for held in series.all_of(varied)] == [11] * 4


def test_five_months_are_in_no_series() -> None:
    lines = made(_counts([1, 2]))
    long = [replace(line, period_start=date(2021, 1, 1)) for line in lines]
    assert series.all_of(long) == ()


def test_a_line_finds_the_series_that_it_is_a_point_of() -> None:
    lines = made(_counts(STEADY))
    held = series.all_of(lines)
    assert series.of_line(held, lines[-1]) is held[0]
    assert series.of_line(held, replace(lines[-1], subject="others")) is None
    assert series.of_line(held, replace(lines[-1], outcome=Share(1, 9, None))) is None


def test_cases_of_which_nobody_says_how_they_were_chosen_have_points_and_no_limits() -> None:
    audits = [Share(number, 19, None, NO_INTERVAL[SamplingMethod.NOT_STATED]) for number in STEADY]
    held = _only(made([*audits, *audits], indicator="audit-cases-good"))
    assert held.figures == 22
    assert held.chart is None
    assert held.marks == ()
    assert held.said.endswith(series.CHOSEN)


def test_a_series_is_held_against_the_target_that_a_source_states() -> None:
    held = _only(made([Share(number, 30, None) for number in [*STEADY, 13]]))
    assert held.target is not None
    assert [mark.text for mark in held.marks] == [
        "[~] Variation: usual variation",
        "[F] Assurance: consistently misses the target of 90%, set by Tower Hamlets for itself "
        "(F.4 para 30)",
    ]
    assert held.said.endswith("of 90%, set by Tower Hamlets for itself (F.4 para 30).")


def test_a_target_of_england_is_none_of_wales() -> None:
    lines = made([Share(number, 30, None) for number in [*STEADY, 13]], indicator="rhi-offered")
    welsh = [replace(line, area=replace(PLACE, nation=Nation.WALES)) for line in lines]
    assert _only(lines).target is not None
    assert _only(welsh).target is None
    assert len(_only(welsh).marks) == 1


def test_a_run_says_since_which_quarter_or_year() -> None:
    lines = made(_counts([*STEADY, *STEADY, *[20, 22, 21, 20, 23, 21, 20]]))
    assert "in a row lie above the mean, 14.7, since July 2027" in _only(lines).said
    years = [
        replace(line, period_start=date(2000 + at, 4, 1), period_end=date(2001 + at, 3, 31))
        for at, line in enumerate(lines)
    ]
    assert "years in a row lie above the mean, 14.7, since the year to 31" in _only(years).said


def test_too_few_points_have_no_marks() -> None:
    assert _only(made(_counts(STEADY))).marks == ()
