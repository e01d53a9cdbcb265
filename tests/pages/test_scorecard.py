"""A scorecard on the screen: counts beside shares, nothing joined across a change of recording."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from data_model.database import open_database
from data_model.forms import BoardDecisionForm
from data_model.vocabulary import Symbol, Verdict
from inspect_app.services import (
    board_reading,
    board_words,
    boards,
    figure_words,
    people,
    scorecards,
    series,
)
from inspect_app.services.scorecards import Line
from inspect_app.services.series import Series
from inspect_app.ui import charts, scorecard_bars
from metrics.outcome import Count, NoNumber, Outcome, Rate, Share, Stated, TooFew
from tests.support.cast import ADMINISTRATOR, EVERYONE_ELSE
from tests.support.screen import Opener, SignIn, labelled, links
from tests.support.whole_page import everything

DURHAM, ALDERMERE, CWM_HELYG = "E06000047", "X06000001", "X06000003"
ASSESSMENTS = "cse-assessments-dfe"
LIMITS = re.compile(
    r"(?:usual|from) [0-9.]+% to [0-9.]+%|(?:mean|limit), [0-9.]+%|target of [0-9.]+%|Poisson 95%"
)
"""What is to be expected, or to be reached, has no count."""
WITHHELD = NoNumber(Symbol.WITHHELD)


@pytest.fixture
def broken_lines(sample_address: str) -> list[Line]:
    """A national series in which recording changed in the year to March 2022."""
    me = people.sign_in("patrick-board", open_database(sample_address))
    return scorecards.series(DURHAM, ASSESSMENTS, by=me)


@pytest.fixture
def broken(broken_lines: list[Line]) -> Series:
    """The same as a series."""
    return series.all_of(broken_lines)[0]


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
    assert "Asked for, and no figure of this area by then" in text
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


def test_a_board_reads_first_what_changed_and_is_more_than_noise(
    open_page: Opener, signed_in: SignIn
) -> None:
    held = board_reading.reading(ALDERMERE, "2026-Q3", by=signed_in("patrick-board")).changed
    text = everything(open_page("scorecard", "patrick-board", area=ALDERMERE, quarter="2026-Q3"))
    assert len(held.found) > 2
    for change in held.found:
        assert f"{change.name} : {change.says}" in text
    assert held.said in text


def test_where_no_series_is_long_enough_one_sentence_says_so(open_page: Opener) -> None:
    text = everything(open_page("scorecard", "patrick-board", area=DURHAM))
    assert "Too few points to say: none of 6 series is long enough" in text
    assert "The figures have shifted" not in text


def test_what_was_not_recorded_is_drawn_and_said(open_page: Opener) -> None:
    app = open_page("scorecard", "patrick-board", area=ALDERMERE, quarter="2026-Q3")
    text = everything(app)
    assert "Ethnicity: victims: 15 of 62 not recorded" in text
    assert "Disability not recorded: victims: 23 of 62 (37.1%)" in text
    assert "Network not recorded: 19 of 62 (30.6%)" in text


def test_what_is_overdue_leads_to_its_list(open_page: Opener) -> None:
    app = open_page("scorecard", "patrick-board", area=ALDERMERE, quarter="2026-Q3")
    led = links(app)
    assert "area=X06000001" in led["Past its original date: 2 of 9 answers"]
    assert "stands=overdue" in led["Past its original date: 2 of 9 answers"]
    durham = everything(open_page("scorecard", "patrick-board", area=DURHAM))
    assert "no recommendation about this area is kept" in durham


def test_nothing_on_the_page_is_an_arrow_or_a_traffic_light(open_page: Opener) -> None:
    for area in (ALDERMERE, DURHAM):
        text = everything(open_page("scorecard", "patrick-board", area=area))
        assert not re.search(r"[\u2190-\u21ff\u25b2\u25bc\U0001f534\U0001f7e0\U0001f7e2]", text)
        assert not re.search(r"\b(red|amber|green|RAG)\b", text, re.IGNORECASE)


def test_a_percentage_of_the_summary_stands_beside_its_count(open_page: Opener) -> None:
    text = everything(open_page("scorecard", "patrick-board", area=ALDERMERE, quarter="2026-Q3"))
    summary = LIMITS.sub("", text[: text.index("Questions the board should ask")])
    shares = re.findall(r"[0-9.]+%", summary)
    assert len(shares) > 10
    assert shares == re.findall(r"[0-9,]+ of [0-9,]+ \(([0-9.]+%)\)", summary)


def test_a_chart_is_only_made_when_it_is_opened(open_page: Opener) -> None:
    app = open_page("scorecard", "patrick-board", area=DURHAM)
    assert charts.TABLE not in everything(app)
    app.session_state[f"closer-{ASSESSMENTS}-{DURHAM}-None"] = True
    text = everything(app.run())
    assert charts.TABLE in text
    assert "122 in 100,432" in text
    assert "Break before Year to 31 March 2022: Child criminal exploitation" in text
    assert "How is this counted" in text
    assert "so they cannot be told apart" in text


def test_a_series_is_drawn_with_a_table_that_says_the_same(open_page: Opener) -> None:
    app = open_page("scorecard", "patrick-board", area=DURHAM)
    text = everything(
        _closer(app, "Assessments with child sexual exploitation as a factor (national")
    )
    assert charts.TABLE in text
    assert "122 in 100,432" in text
    assert "too few points to say: 4 off the median, and it takes 10" in text
    assert "The table under the chart has every figure." in text


def test_a_returned_figure_shows_its_parts_with_what_was_not_recorded(open_page: Opener) -> None:
    app = open_page("scorecard", "patrick-board", area=ALDERMERE, quarter="2026-Q3")
    text = everything(_closer(app, "Assessments with child sexual exploitation as a factor"))
    assert "The same parts as a table" in text
    assert "Ethnicity of the child Not recorded 12" in text


def test_a_line_never_joins_two_ways_of_recording(broken: Series) -> None:
    drawn = charts.chart(broken)
    at = broken.breaks[0].at
    lines = [trace for trace in drawn.data if trace.name == "Figures"]
    assert [list(trace.x) for trace in lines] == [list(range(at)), list(range(at, 8))]


def test_a_break_is_a_rule_with_its_reason(broken: Series) -> None:
    drawn = charts.chart(broken)
    at = broken.breaks[0].at
    assert [at - 1 < rule.x0 < at for rule in drawn.layout.shapes] == [True]
    assert drawn.layout.annotations[0].text.startswith("Break. Child criminal<br>exploitation")


def test_a_short_series_begins_at_nought_and_draws_no_limits(broken: Series) -> None:
    drawn = charts.chart(broken)
    assert drawn.layout.yaxis.range[0] == 0
    assert {trace.name for trace in drawn.data} == {"Figures", "Gaps"}


def test_points_say_their_counts_where_there_is_room(
    broken: Series, broken_lines: list[Line]
) -> None:
    few = series.all_of(broken_lines[:5])[0]
    assert _said_beside(few)[0] == "11.3<br>(112)"
    assert len(_said_beside(few)) == 5
    assert _said_beside(broken) == [
        "11.3<br>(112)",
        "28.3<br>(281)",
        "28.3<br>(280)",
        "12.1<br>(122)",
    ]


def _said_beside(held: Series) -> list[str]:
    return [a.text for a in charts.chart(held).layout.annotations if a.name == "count"]


def test_a_mark_that_is_no_number_leaves_a_gap_with_its_reason(broken_lines: list[Line]) -> None:
    lines = [*broken_lines[:-2], replace(broken_lines[-2], outcome=WITHHELD), broken_lines[-1]]
    drawn = charts.chart(series.all_of(lines)[0])
    line = next(trace for trace in reversed(drawn.data) if trace.name == "Figures")
    gaps = next(trace for trace in drawn.data if trace.name == "Gaps")
    assert line.y[-2] is None
    assert line.connectgaps is False
    assert (list(gaps.x), list(gaps.text)) == ([6], ["Withheld<br>to protect<br>children"])


def test_from_12_points_limits_are_drawn_and_a_flag_is_more_than_a_colour(
    broken_lines: list[Line],
) -> None:
    numbers = [12, 18, 11, 17, 12, 18, 13, 19, 11, 17, 12, 40]
    lines = [
        replace(
            broken_lines[-1],
            indicator="looked-after-missing-incidents-dfe",
            outcome=Count(number),
            breaks=False,
            period_start=date(2030 + at, 4, 1),
            period_end=date(2031 + at, 3, 31),
        )
        for at, number in enumerate(numbers)
    ]
    drawn = charts.chart(series.all_of(lines)[0])
    assert {"Upper limit", "Mean", "Lower limit"} <= {trace.name for trace in drawn.data}
    figures_drawn = next(trace for trace in drawn.data if trace.name == "Figures")
    assert list(figures_drawn.marker.symbol) == ["circle"] * 11 + ["diamond"]


def test_what_was_not_recorded_is_hatched_and_never_left_out() -> None:
    bar = scorecard_bars.Bar("Ethnicity", (("Recorded", 47), ("Not recorded", 15)))
    recorded, unknown = scorecard_bars.bars([bar]).data
    assert (list(recorded.x), list(unknown.x)) == ([47], [15])
    assert recorded.marker.pattern.shape is None
    assert unknown.marker.pattern.shape == "/"
    assert list(unknown.text) == ["Not recorded: 15"]


@pytest.mark.parametrize(
    ("outcome", "count", "rest", "interval"),
    [
        (Share(1, 9, None, "chosen"), "1 of 9", "11.1%", "none: chosen"),
        (Count(1200), "1,200", "a count by itself", figure_words.WHOLE),
        (
            Rate(12, 10_000, 1_000),
            "12 in 10,000",
            "1.2 per 1,000",
            "0.6 to 2.1 per 1,000 (exact Poisson 95%)",
        ),
        (
            Stated(35, None, "percent", None, 1900),
            "35% of 1,900",
            "as stated; counts not published",
            figure_words.UNSTATED,
        ),
        (NoNumber(Symbol.WITHHELD), "Withheld to protect children", "", figure_words.NOTHING),
        (TooFew(0), "No case to count", "", figure_words.NOTHING),
    ],
)
def test_every_outcome_says_what_it_is_out_of_and_its_interval_or_why_none(
    outcome: Outcome, count: str, rest: str, interval: str
) -> None:
    assert figure_words.figure(outcome) == (count, rest)
    assert figure_words.interval(outcome) == interval


def test_the_board_answers_a_question_and_everybody_sees_the_answer(open_page: Opener) -> None:
    app = open_page("scorecard", "patrick-board", area=ALDERMERE)
    assert "Questions the board should ask" in everything(app)
    labelled(app.text_area, "What the board found out").set_value("We asked, and it is mended.")
    kept = labelled(app.main.button, "Keep the answer").click().run()
    assert "The answer is kept and stands beside what was found." in everything(kept)
    director = open_page("scorecard", "joanna-director", area=ALDERMERE)
    assert "We asked, and it is mended." in everything(director)
    assert not [box for box in director.text_area if box.label == "What the board found out"]


def test_a_decision_of_the_board_shows_next_quarter_with_what_came_of_it(
    open_page: Opener,
) -> None:
    text = everything(open_page("scorecard", "patrick-board", area=ALDERMERE))
    assert "Ask children who declined why" in text
    assert "The offer now begins with that choice." in text
    app = open_page("scorecard", "patrick-board", area=ALDERMERE)
    labelled(app.text_area, "What the board decided").set_value("Look at every case again.")
    labelled(app.text_input, "Responsible role").set_value("Head of service")
    kept = labelled(app.main.button, "Keep the decision").click().run()
    assert "an action has a responsible role and a date" in everything(kept)
    labelled(kept.text_input, "By when").set_value("2097-01-31")
    after = labelled(kept.main.button, "Keep the decision").click().run()
    assert "The decision is kept and shows next quarter." in everything(after)
    assert "Head of service, by 31 January 2097." in everything(after)


def test_nobody_elsewhere_sees_a_boards_decisions(open_page: Opener) -> None:
    text = everything(open_page("scorecard", "harpreet-director", area=ALDERMERE))
    assert "Ask children who declined why" not in text


@pytest.mark.parametrize("area", [ALDERMERE, DURHAM, CWM_HELYG])
def test_a_scorecard_has_its_sections_in_the_order_in_which_a_board_reads(
    open_page: Opener, area: str
) -> None:
    app = open_page("scorecard", "patrick-board", area=area)
    text = everything(app)
    places = [text.index(f"\n{section}\n") for section in board_words.SECTIONS]
    assert places == sorted(places)
    assert [each.value for each in app.subheader] == list(board_words.SECTIONS[:4])


def test_the_durham_contradiction_appears_by_itself_with_both_inspections_linked(
    open_page: Opener,
) -> None:
    app = open_page("scorecard", "joanna-director", area=DURHAM)
    text = everything(app)
    section = text[text.index("What is contradicted") : text.index("What is overdue")]
    assert "Ofsted inspection of children's services: Durham County Council" in section
    assert "found it not good (good in 1 of 9 graded cases, not good in 8)" in section
    assert "3 could not be made, which is no pass" in section
    led = links(app)
    for code in ("OFSTED-2019-09-E06000047", "HMICFRS-2020-03-E23000008"):
        assert f"inspection={code}" in led[f"Inspection {code}"]


def test_an_area_without_a_line_still_shows_every_section(open_page: Opener) -> None:
    text = everything(open_page("scorecard", "patrick-board", area=CWM_HELYG))
    for said in (
        "Nothing can be said of change",
        "How much was not recorded is itself not known",
        "Could not be checked: none of 5 checks had two accounts to compare.",
        "no recommendation about this area is kept",
        "None of 21 checks could be made",
        "No decision of the board on these figures that you may see is recorded.",
        "No figure of this area is kept here by this quarter",
    ):
        assert said in text


def test_the_page_says_what_the_reading_says(open_page: Opener, signed_in: SignIn) -> None:
    held = board_reading.reading(ALDERMERE, "2026-Q3", by=signed_in("patrick-board"))
    text = everything(open_page("scorecard", "patrick-board", area=ALDERMERE, quarter="2026-Q3"))
    told = " ".join(text.split())
    for entry in held.entries:
        for said in (entry.title, entry.compared, entry.counted, *entry.breaks, *entry.warns):
            assert " ".join(said.split()) in told
    assert " ".join(held.signs.split()) in told
    for each in held.asked.of(Verdict.NOT_CHECKED):
        assert told.count(each.in_words) == len(
            [q for q in held.asked.of(Verdict.NOT_CHECKED) if q.in_words == each.in_words]
        )
    assert told.count(board_words.stands(held)) == 2
    assert board_words.looked_until(held) in told


def test_lines_with_a_mark_for_a_number_are_folded_away_and_counted(
    open_page: Opener, signed_in: SignIn
) -> None:
    held = board_reading.reading(ALDERMERE, "2026-Q3", by=signed_in("patrick-board"))
    marked = [e for e in held.entries if isinstance(e.line.outcome, NoNumber)]
    app = open_page("scorecard", "patrick-board", area=ALDERMERE, quarter="2026-Q3")
    bodies = _bodies(app.get("html"))
    folded = re.findall(r"<summary>[^<]+: ([0-9]+) with a mark where a number should be<", bodies)
    assert marked
    assert sum(map(int, folded)) == len(marked)


def test_a_series_in_the_table_has_a_small_drawing_that_says_what_it_shows(
    open_page: Opener,
) -> None:
    drawn = open_page("scorecard", "patrick-board", area=DURHAM).get("html")
    images = re.findall(
        r'<img src="data:image/svg\+xml;base64,[^"]+" alt="([^"]+)"', _bodies(drawn)
    )
    assert len(images) >= 5
    assert all("to say" in said for said in images)


def _bodies(drawn: Sequence[Any]) -> str:
    return "".join(each.proto.body for each in drawn)


@pytest.mark.parametrize(
    ("button", "suffix"),
    [("Board paper (Word)", "docx"), ("Board paper (PDF)", "pdf"), ("Workbook (Excel)", "xlsx")],
)
def test_a_paper_is_made_only_when_it_is_asked_for(
    open_page: Opener, button: str, suffix: str
) -> None:
    app = open_page("scorecard", "patrick-board", area=ALDERMERE, quarter="2026-Q3")
    assert not app.get("download_button")
    made = labelled(app.main.button, button).click().run()
    assert f"Download scorecard-X06000001-2026-Q3.{suffix}" in everything(made)


def test_a_paper_that_would_name_a_case_is_refused_on_the_page(
    open_page: Opener, signed_in: SignIn
) -> None:
    board = signed_in("patrick-board")
    form = BoardDecisionForm(text="Read the case ald-c03 again.")
    boards.decide(ALDERMERE, "2026-Q3", "rhi-offered", form, by=board)
    app = open_page("scorecard", "patrick-board", area=ALDERMERE, quarter="2026-Q3")
    refused = labelled(app.main.button, "Board paper (PDF)").click().run()
    assert "the paper would hold the reference of a child's case" in everything(refused)
    assert not refused.get("download_button")


def test_who_the_children_are_is_drawn_under_equality_with_source_and_numbers_in_words(
    open_page: Opener,
) -> None:
    app = open_page("scorecard", "patrick-board", area=ALDERMERE, quarter="2026-Q3")
    text = everything(app)
    assert "Who the children and the perpetrators are" in text
    assert "Source: Return of Aldermere Council (invented). n = 62." in text
    assert "No figure returned here by this quarter says who the perpetrators are" in text
    alternatives = [chart.proto.alt for chart in app.get("plotly_chart")]
    who = next(said for said in alternatives if said.startswith("Sex of the child"))
    assert "Ethnicity of the child: 15 of 62 not recorded." in who
    assert "Asian or Asian British: 34" in who
    gaps = next(said for said in alternatives if said.startswith("Disability: victims"))
    assert "Recorded: 39; Not recorded: 23." in gaps
    assert "n from the top: 62, 62, 62. Source: Return of Aldermere Council" in text


def test_the_first_group_is_open_and_each_says_what_is_in_it(open_page: Opener) -> None:
    app = open_page("scorecard", "patrick-board", area=ALDERMERE, quarter="2026-Q3")
    groups = {
        box.label.split(" (")[0]: box.proto.expanded
        for box in app.expander
        if re.search(r"\([0-9]+ figures?", box.label)
    }
    assert list(groups)[:2] == ["Child sexual exploitation", "Risk and harm"]
    assert list(groups.values()) == [True] + [False] * (len(groups) - 1)


def test_a_decision_can_be_recorded_against_a_question(open_page: Opener) -> None:
    app = open_page("scorecard", "patrick-board", area=ALDERMERE)
    line = labelled(app.selectbox, "On which line")
    line.select(next(each for each in line.options if "Question" in each))
    labelled(app.text_area, "What the board decided").set_value("Count the unflagged cases.")
    kept = labelled(app.main.button, "Keep the decision").click().run()
    assert "The decision is kept and shows next quarter." in everything(kept)
    assert "Count the unflagged cases." in everything(kept)
