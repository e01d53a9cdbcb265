"""The trail on the screen: for the administrator only, without what case files say."""

import pytest
from sqlalchemy import text as sql

from data_model.database import open_database
from tests.support.cast import ADMINISTRATOR, EVERYONE_ELSE
from tests.support.screen import Opener
from tests.support.trails import unguard
from tests.support.whole_page import everything


def test_the_administrator_reads_the_trail(open_page: Opener) -> None:
    text = everything(open_page("trail", ADMINISTRATOR))
    assert "Case file submitted" in text
    assert "Second reading submitted" in text


@pytest.mark.parametrize("person", EVERYONE_ELSE)
def test_the_trail_opens_for_nobody_else(open_page: Opener, person: str) -> None:
    text = everything(open_page("trail", person))
    assert "does not allow you to read the audit trail" in text
    assert "Case file submitted" not in text


def test_a_chain_that_nobody_touched_holds(open_page: Opener) -> None:
    app = open_page("trail", ADMINISTRATOR)
    app.main.button[0].click().run()
    assert "The trail holds" in everything(app)


def test_a_rewritten_event_breaks_the_chain_where_it_stands(
    open_page: Opener, sample_address: str
) -> None:
    with open_database(sample_address).writing.begin() as connection:
        unguard(connection)
        connection.execute(sql("UPDATE audit_event SET subject = 'another' WHERE number = 7"))
    app = open_page("trail", ADMINISTRATOR)
    app.main.button[0].click().run()
    assert "Change 7 was altered." in everything(app)


def test_what_was_written_about_a_case_is_not_on_the_trail(
    open_page: Opener, sample_address: str
) -> None:
    with open_database(sample_address).writing.begin() as connection:
        unguard(connection)
        connection.execute(
            sql("UPDATE audit_event SET reason = 'about a child' WHERE action = 'case.submitted'")
        )
    assert "about a child" not in everything(open_page("trail", ADMINISTRATOR))


def test_the_history_of_a_case_is_read_where_the_case_is(open_page: Opener) -> None:
    app = open_page("case-review", "priya-lead", case="1")
    box = next(each for each in app.main.expander if each.label == "History")
    assert not box.children
