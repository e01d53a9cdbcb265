"""Progress on the screen: claimed beside shown, numbers that lead to their rows, open ones kept."""

import re
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from inspect_app.services import progress
from inspect_app.services import progress_measures as measures
from inspect_app.services.progress import Grouping
from inspect_app.services.recommendation_list import Wanted
from inspect_app.ui import progress_curves
from metrics.follow_up import Curve, Step
from tests.support.cast import ADMINISTRATOR, EVERYONE_ELSE
from tests.support.following import ALDERMERE, BODY, BRACKENSHIRE, add_example
from tests.support.screen import Opener, SignIn, labelled, links
from tests.support.whole_page import everything

COUNTED = re.compile(r"[\d,]+ [a-z]")
EVERY_FIGURE = [one.title for one in vars(measures).values() if isinstance(one, measures.Measure)]
HALF_WAY = Curve(
    cohort="2025/26",
    answers=4,
    events=2,
    closed_without=1,
    median=30,
    few=True,
    steps=(
        Step(0, 4, 0, 0, 1.0, None, None),
        Step(10, 4, 1, 0, 0.75, 0.1, 0.96),
        Step(30, 3, 1, 1, 0.5, 0.06, 0.84),
        Step(90, 1, 0, 1, 0.5, 0.06, 0.84),
    ),
)


@pytest.fixture
def example(signed_in: SignIn) -> None:
    """The six answers of the example council."""
    add_example(signed_in("priya-lead"))


def _view(app: AppTest, name: str) -> AppTest:
    chosen: AppTest = app.segmented_control(key="progress-view").set_value(name).run()
    return chosen


@pytest.mark.parametrize("person", EVERYONE_ELSE)
def test_progress_opens_for_everyone_who_may_read_recommendations(
    open_page: Opener, person: str
) -> None:
    text = everything(open_page("progress", person))
    assert "counts once, open or closed" in text
    assert "Claim by claim" in text


def test_progress_opens_for_nobody_else(open_page: Opener) -> None:
    text = everything(open_page("progress", ADMINISTRATOR))
    assert "does not allow you to read recommendations" in text
    assert "Claim by claim" not in text


def test_claimed_stands_beside_shown_with_the_days_between(
    open_page: Opener, example: None
) -> None:
    text = everything(open_page("progress", "samira-publisher", body=BODY))
    assert "1 claimed, effect not shown" in text
    assert "100 days after the claim" in text
    assert "Shown 11 May 2026, 100 days after the claim" in text
    assert "Do better, EX-B" in text
    assert "days after the claim" in text.split("Not shown, ")[1]
    assert "%" not in text


def test_every_number_leads_to_as_many_answers(
    open_page: Opener, signed_in: SignIn, example: None
) -> None:
    board = progress.board(Wanted(area=BRACKENSHIRE), Grouping.AREA, by=signed_in("patrick-board"))
    assert board.rows == ()
    app = open_page("progress", "patrick-board", area=ALDERMERE)
    leads = {label: to for label, to in links(app).items() if COUNTED.match(label)}
    assert {label.partition(" ")[2] for label in leads} >= {
        "claimed, effect not shown",
        "effect shown",
        "past original date",
        "found not good again",
    }
    for label, to in leads.items():
        if "put back" in label:
            continue
        number = label.partition(" ")[0]
        asked = dict(parse_qsl(to.partition("?")[2]))
        text = everything(open_page("recommendations", "patrick-board", **asked))
        answers = "answer" if number == "1" else "answers"
        assert f"{number} {answers} of " in text, (label, to)


def test_a_board_of_a_body_whose_person_asks_counts_everybodys_answers(
    open_page: Opener,
) -> None:
    leads = links(open_page("progress", "joanna-director"))
    numbers = [to for label, to in leads.items() if COUNTED.match(label)]
    assert numbers
    assert all("own=no" in to for to in numbers)


def test_the_address_narrows_and_show_all_again_takes_it_away(
    open_page: Opener, example: None
) -> None:
    app = open_page("progress", "samira-publisher", theme="T3", body=BODY)
    narrowed = everything(app)
    assert "Do better, EX-B" in narrowed
    assert "Look for missing children" not in narrowed
    assert labelled(app.selectbox, "Theme").value == "T3"
    app = labelled(app.selectbox, "Theme").set_value("T4").run()
    assert app.query_params["theme"] == "T4"
    assert "EX-A" not in everything(app)
    app = labelled(app.button, "Show all again").click().run()
    assert "theme" not in app.query_params
    assert labelled(app.selectbox, "Body").value is None


def test_narrowed_to_nothing_the_page_says_what_to_do(open_page: Opener, example: None) -> None:
    app = open_page("progress", "samira-publisher", body=BODY, kind="concern")
    assert "No recommendation that is published and followed here fits" in everything(app)
    assert "Press “Show all again”" in everything(_view(app, "Figures"))


def test_a_row_for_each_theme_says_that_answers_stand_in_several(
    open_page: Opener, example: None
) -> None:
    app = open_page("progress", "samira-publisher", body=BODY)
    by_theme = app.segmented_control(key="progress-grouping").set_value(Grouping.THEME).run()
    text = everything(by_theme)
    assert "An answer about several themes stands in the row of each." in text
    assert "Missing and in care" in text


def test_every_figure_has_what_it_is_out_of_and_says_what_counts(
    open_page: Opener, example: None
) -> None:
    text = everything(_view(open_page("progress", "samira-publisher", body=BODY), "Figures"))
    assert len(EVERY_FIGURE) == 9
    for title in EVERY_FIGURE:
        assert title in text
    assert "6 answers count" in text
    assert "3 of 5 Fewer than 10, so the count and no percentage" in text
    assert "Interval: 23.1% to 88.2% (Wilson 95%)." in text
    assert "1 of 2 Fewer than 10" in text
    assert "percentage complete" in text
    assert "fewer than 10 answers, so one of them moves the curve" in text


def test_a_figure_without_an_answer_is_not_nought(open_page: Opener, example: None) -> None:
    app = open_page("progress", "samira-publisher", body=BODY, inspection="BRK-2025-AUDIT")
    text = everything(_view(app, "Figures"))
    assert "No answer counts yet" in text
    assert "0 of 0" not in text


def test_a_curve_keeps_open_answers_until_they_were_last_seen() -> None:
    assert [progress_curves.at_risk(HALF_WAY, s.days) for s in HALF_WAY.steps] == [4, 4, 3, 1]
    assert progress_curves.at_risk(HALF_WAY, 91) == 0


def test_a_chart_falls_in_steps_within_its_band_and_marks_who_left_it() -> None:
    band, line, left = progress_curves.chart([HALF_WAY], "not yet", "publication").data
    assert line.line.shape == "hv"
    assert list(zip(line.x, line.y, strict=True)) == [(0, 1), (10, 0.75), (30, 0.5), (90, 0.5)]
    assert "2 of 4 so far" in line.name
    assert list(left.x) == [30, 90]
    low, high = (
        dict(zip(band.x[6:], band.y[6:], strict=True)),
        dict(zip(band.x[:6], band.y[:6], strict=True)),
    )
    assert (low[10], high[10], low[90], high[90]) == (0.1, 0.96, 0.06, 0.84)
    assert min(band.x) == 10
