"""Returns on the screen: what was found stage by stage, and steps for whoever may take them."""

import pytest
from streamlit.testing.v1 import AppTest

from data_model.database import open_database
from data_model.vocabulary import ReturnStatus
from inspect_app.services import people, returns
from tests.support.cast import ADMINISTRATOR
from tests.support.screen import Opener
from tests.support.whole_page import everything, labels

COUNCIL, FORCE = "aldermere-council", "mere-and-bracken-police"


def number(address: str, organisation: str) -> str:
    """Return the number of a body's return of the samples."""
    by = people.sign_in("patrick-board", open_database(address))
    held = next(r for r in returns.listed(by=by) if r.organisation == organisation)
    return str(held.id)


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    return next(button for button in app.main.button if button.label == label).click().run()


def test_a_director_sees_their_own_return_and_what_could_not_be_checked(
    open_page: Opener, sample_address: str
) -> None:
    listed = everything(open_page("returns", "joanna-director"))
    assert "Aldermere Council (invented), Aldermere (invented), 2026-Q3" in listed
    assert "Mere and Bracken Police (invented), Aldermere (invented), 2026-Q3" not in listed
    assert "Overdue and not here: " in listed
    assert "Aldermere Council (invented): April to June 2026" in listed
    assert "A return is due 30 days after the last day of its quarter." in listed
    text = everything(
        open_page("returns", "joanna-director", **{"return": number(sample_address, COUNCIL)})
    )
    assert "They stand in the whole and in no part." in text
    assert "Could not be checked (" in text
    assert "%" in text


def test_the_partnership_approves_and_a_publisher_publishes(
    open_page: Opener, sample_address: str
) -> None:
    force = {"return": number(sample_address, FORCE)}
    app = open_page("returns", "patrick-board", **force)
    text = everything(press(app, "Approve it, which locks its quarter"))
    assert "The return is approved. Its figures count from now on." in text
    app = open_page("returns", "samira-publisher", **force)
    assert "The return is published." in everything(press(app, "Publish it"))
    by = people.sign_in("patrick-board", open_database(sample_address))
    assert returns.view(int(force["return"]), by=by).status is ReturnStatus.PUBLISHED


def test_a_quarter_is_opened_again_with_a_reason(open_page: Opener, sample_address: str) -> None:
    council = {"return": number(sample_address, COUNCIL)}
    app = press(open_page("returns", "patrick-board", **council), "Open it again")
    assert "say why, in a sentence" in everything(app)
    next(box for box in app.text_area if box.label == "Reason").set_value("Counted twice.")
    text = everything(press(app, "Open it again"))
    assert "The quarter is open again; its figures count no longer." in text


def test_what_waits_for_another_bodys_return_is_said_and_is_no_pass(
    open_page: Opener, sample_address: str
) -> None:
    by = people.sign_in("joanna-director", open_database(sample_address))
    row = f"X06000001,2026-Q2,{COUNCIL},rhi-offered-of-reported,60,90"
    file = f"Area,Quarter,Body,Indicator,Number,Out of\n{row}\n"
    came = returns.send("return.csv", file.encode(), by=by)
    text = everything(open_page("returns", "joanna-director", **{"return": str(came.held)}))
    assert "Until the return of Mere and Bracken Police (invented) is in, 1 of these" in text
    assert "could not be checked until the return of Mere and Bracken Police (invented)" in text


def _figure_of_late_returns(address: str) -> None:
    """Draw the returns behind the figure of late ones, as a scorecard does."""
    from dataclasses import replace
    from datetime import date

    from data_model.database import open_database
    from inspect_app.services import people, scorecards
    from inspect_app.ui import returns_due

    by = people.sign_in("patrick-board", open_database(address))
    line = scorecards.scorecard("X06000001", "2026-Q3", by=by).lines[0]
    returns_due.behind(replace(line, period_end=date(2026, 6, 30)), by)


def test_the_returns_behind_the_figure_of_late_ones_are_named(sample_address: str) -> None:
    app = AppTest.from_function(_figure_of_late_returns, args=(sample_address,))
    text = everything(app.run(timeout=30))
    assert "Returns due, April to June 2026: late 2 of 2 (100.0%" in text
    assert "Mere and Bracken Police (invented)" in text
    assert "Not here, overdue" in text


@pytest.mark.parametrize("person", ["harpreet-director", "ruth-verifier", "ellen-inspector"])
def test_what_is_not_theirs_is_neither_listed_nor_found(
    open_page: Opener, sample_address: str, person: str
) -> None:
    assert "Aldermere Council" not in everything(open_page("returns", person))
    asked = {"return": number(sample_address, COUNCIL)}
    text = everything(open_page("returns", person, **asked))
    assert "There is no return" in text
    assert "Approve it, which locks its quarter" not in labels(open_page("returns", person))


def test_the_page_opens_for_nobody_without_scorecards(open_page: Opener) -> None:
    assert "does not allow you to read scorecards" in everything(
        open_page("returns", ADMINISTRATOR)
    )
