"""A scorecard on the screen: counts beside shares, nothing joined across a change of recording."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from data_model.database import open_database
from data_model.vocabulary import Symbol
from inspect_app.services import people, scorecards
from inspect_app.services.scorecards import Line
from inspect_app.ui import charts, figures
from metrics.outcome import Count, NoNumber, Outcome, Rate, Share, Stated, TooFew
from tests.support.cast import ADMINISTRATOR, EVERYONE_ELSE
from tests.support.screen import Opener
from tests.support.whole_page import everything

DURHAM, ALDERMERE = "E06000047", "X06000001"
ASSESSMENTS = "cse-assessments-dfe"


@pytest.fixture
def broken(sample_address: str) -> list[Line]:
    """A national series in which recording changed in the year to March 2022."""
    me = people.sign_in("patrick-board", open_database(sample_address))
    return scorecards.series(DURHAM, ASSESSMENTS, by=me)


def _closer(app: AppTest, indicator: str) -> AppTest:
    box = next(box for box in app.selectbox if box.label == "Indicator")
    return box.select(next(o for o in box.options if o.startswith(indicator))).run()


@pytest.mark.parametrize("person", EVERYONE_ELSE)
def test_a_scorecard_opens_for_everyone_who_may_read_scorecards(
    open_page: Opener, person: str
) -> None:
    text = everything(open_page("scorecard", person, area=DURHAM, quarter="2020-Q1"))
    assert "Child sexual exploitation referrals" in text


def test_a_scorecard_opens_for_nobody_else(open_page: Opener) -> None:
    text = everything(open_page("scorecard", ADMINISTRATOR, area=DURHAM))
    assert "does not allow you to read scorecards" in text
    assert "referrals" not in text


def test_the_count_and_what_it_is_out_of_stand_beside_the_share(open_page: Opener) -> None:
    text = everything(open_page("scorecard", "patrick-board", area=ALDERMERE, quarter="2026-Q3"))
    assert "45 of 93 48.4%" in text
    assert "38.5% to 58.4% (Wilson 95%)" in text


def test_a_share_without_an_interval_says_why(open_page: Opener) -> None:
    text = everything(open_page("scorecard", "patrick-board", area=ALDERMERE, quarter="2026-Q3"))
    assert "none: several rows may stem from one case" in text


def test_a_figure_from_another_period_is_marked(open_page: Opener) -> None:
    text = everything(open_page("scorecard", "patrick-board", area=ALDERMERE, quarter="2026-Q2"))
    assert "Older figure, from before this quarter" in text
    durham = everything(open_page("scorecard", "patrick-board", area=DURHAM, quarter="2020-Q1"))
    assert "Longer period, ending in this quarter" in durham


def test_a_figure_of_the_whole_force_is_marked(open_page: Opener) -> None:
    text = everything(open_page("scorecard", "patrick-board", area=DURHAM, quarter="2020-Q1"))
    assert "Durham (police force area). Not this area alone." in text
    force = everything(open_page("scorecard", "patrick-board", area="E23000008"))
    assert "Not this area alone." not in force


def test_polarity_is_in_words_and_what_is_missing_is_listed(open_page: Opener) -> None:
    text = everything(open_page("scorecard", "patrick-board", area=DURHAM, quarter="2020-Q1"))
    assert "Neither direction is good news by itself." in text
    assert "Indicators with no figure for this area by then" in text
    assert "Ethnicity not recorded" in text


def test_a_quarter_that_is_none_is_refused(open_page: Opener) -> None:
    text = everything(open_page("scorecard", "patrick-board", area=DURHAM, quarter="spring"))
    assert "'spring' is not a quarter." in text


def test_an_unpublished_return_is_not_shown_to_another_area(open_page: Opener) -> None:
    text = everything(
        open_page("scorecard", "harpreet-director", area=ALDERMERE, quarter="2026-Q3")
    )
    assert "45 of 93" not in text


def test_the_rows_behind_a_number_are_for_the_readers_of_the_inspection(open_page: Opener) -> None:
    app = open_page("scorecard", "ellen-inspector", area=ALDERMERE, quarter="2025-Q1")
    text = everything(_closer(app, "Cases that meet the definition and were not flagged"))
    assert "An example, with made-up rows" in text
    assert "ALD-C03" in text
    board = open_page("scorecard", "patrick-board", area=ALDERMERE, quarter="2025-Q1")
    shown = everything(_closer(board, "Cases that meet the definition and were not flagged"))
    assert "An example, with made-up rows" in shown
    assert "Only the readers of that inspection see them." in shown
    assert "ALD-C03" not in shown


def test_a_series_is_drawn_with_a_table_that_says_the_same(open_page: Opener) -> None:
    app = open_page("scorecard", "patrick-board", area=DURHAM)
    text = everything(
        _closer(app, "Assessments with child sexual exploitation as a factor (national")
    )
    assert "The same figures as a table, oldest first" in text
    assert "122 in 100,432" in text
    assert "Too few points to say whether anything has changed" in text


def test_a_line_never_joins_two_ways_of_recording(broken: list[Line]) -> None:
    stretches = charts.unbroken(charts.alike(broken, broken[-1]))
    drawn = charts.chart(stretches, broken[-1])
    changed = next(line.period_end for line in broken if line.breaks)
    lines = [trace for trace in drawn.data if "lines" in trace.mode]
    assert len(lines) == 2
    assert [day for day in lines[0].x if day >= changed] == []
    assert [day for day in lines[1].x if day < changed] == []


def test_a_change_of_recording_is_a_labelled_rule(broken: list[Line]) -> None:
    stretches = charts.unbroken(charts.alike(broken, broken[-1]))
    drawn = charts.chart(stretches, broken[-1])
    rule = drawn.layout.shapes[0]
    assert stretches[0][-1].period_end < rule.x0 < stretches[1][0].period_end
    assert drawn.layout.annotations[0].text == "Recording or definition changed"


def test_a_chart_begins_at_nought_and_draws_no_limits(broken: list[Line]) -> None:
    drawn = charts.chart(charts.unbroken(broken), broken[-1])
    assert drawn.layout.yaxis.rangemode == "tozero"
    assert len(drawn.layout.shapes) == 1


def test_every_point_says_its_count(broken: list[Line]) -> None:
    drawn = charts.chart(charts.unbroken(broken), broken[-1])
    texts = [text for trace in drawn.data if "text" in trace.mode for text in trace.text]
    assert len(texts) == len(broken)
    assert "122 in 100,432" in texts


def test_different_definitions_are_never_on_one_axis(broken: list[Line]) -> None:
    like = broken[-1]
    others = [
        replace(like, subject="another population"),
        replace(like, outcome=Count(3)),
        replace(like, period_end=None),
        replace(like, period_start=like.period_end),
    ]
    assert charts.alike([*others, like], like) == [like]


def test_a_mark_that_is_no_number_leaves_a_gap(broken: list[Line]) -> None:
    gap = replace(broken[-2], outcome=NoNumber(Symbol.WITHHELD))
    lines = [*broken[-4:-2], gap, broken[-1]]
    line = charts.chart([charts.alike(lines, broken[-1])], broken[-1]).data[0]
    assert line.y[2] is None
    assert line.connectgaps is False


@pytest.mark.parametrize(
    ("outcome", "count", "rest", "interval"),
    [
        (Share(1, 9, None, "chosen"), "1 of 9", "11.1%", "none: chosen"),
        (Count(1200), "1,200", "a count by itself", figures.WHOLE),
        (Rate(12, 10_000, 1_000), "12 in 10,000", "1.2 per 1,000", figures.WHOLE),
        (
            Stated(35, None, "percent", None, 1900),
            "35% of 1,900",
            "as stated; counts not published",
            figures.UNSTATED,
        ),
        (NoNumber(Symbol.WITHHELD), "Withheld to protect children", "", figures.NOTHING),
        (TooFew(0), "No case to count", "", figures.NOTHING),
    ],
)
def test_every_outcome_says_what_it_is_out_of_and_its_interval_or_why_none(
    outcome: Outcome, count: str, rest: str, interval: str
) -> None:
    assert figures.figure(outcome) == (count, rest)
    assert figures.interval(outcome) == interval
