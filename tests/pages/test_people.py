"""People on the screen: for administrators only, who change accounts and see whose they are."""

import pytest

from data_model.vocabulary import Role
from inspect_app.services import people_keeping
from tests.support.cast import ADMINISTRATOR, EVERYONE_ELSE
from tests.support.screen import Opener, SignIn, labelled, said
from tests.support.whole_page import everything


def test_the_administrator_sees_everybody_and_how_they_sign_in(open_page: Opener) -> None:
    text = everything(open_page("people", ADMINISTRATOR))
    for word in ("Priya Raman", "Lead inspector", "in the demonstration only", "Add somebody"):
        assert word in text


@pytest.mark.parametrize("person", EVERYONE_ELSE)
def test_accounts_open_for_nobody_else(open_page: Opener, person: str) -> None:
    text = everything(open_page("people", person, account="samira-publisher"))
    assert "does not allow you to manage people" in text
    assert "End this account" not in text


def test_somebody_is_added(open_page: Opener, signed_in: SignIn) -> None:
    app = open_page("people", ADMINISTRATOR, add="yes")
    labelled(app.text_input, "Code").set_value("meinir-lewis")
    labelled(app.text_input, "Name").set_value("Meinir Lewis")
    labelled(app.selectbox, "Organisation").set_value("aldermere-council")
    labelled(app.checkbox, "Director").set_value(True)
    labelled(app.button, "Add them").click().run()
    assert "Meinir Lewis is added." in said(app)
    assert signed_in("meinir-lewis").standing.organisation == "aldermere-council"


def test_what_cannot_be_added_is_refused_with_the_reason(open_page: Opener) -> None:
    app = open_page("people", ADMINISTRATOR, add="yes")
    labelled(app.text_input, "Code").set_value("Meinir Lewis")
    labelled(app.button, "Add them").click().run()
    assert "nothing was saved" in said(app)


def test_a_role_is_given_and_taken_and_an_account_moved_and_ended(
    open_page: Opener, signed_in: SignIn
) -> None:
    app = open_page("people", ADMINISTRATOR, account="samira-publisher")
    labelled(app.selectbox, "Another role").set_value(Role.VERIFIER).run()
    labelled(app.button, "Give this role").click().run()
    assert "has the role Verifier now" in said(app)
    labelled(app.button, "Take away: Publisher").click().run()
    labelled(app.selectbox, "Belongs to").set_value("aldermere-council").run()
    labelled(app.button, "Move them there").click().run()
    samira = signed_in("samira-publisher").standing
    assert ([*samira.roles], samira.organisation) == ([Role.VERIFIER], "aldermere-council")
    labelled(app.button, "End this account").click().run()
    assert "An account ends for a reason" in said(app)
    labelled(app.text_input, "Why").set_value("Has left.")
    labelled(app.button, "End this account").click().run()
    assert "This account has ended" in said(app)
    held = people_keeping.listed(by=signed_in(ADMINISTRATOR))[-1]
    assert (held.code, held.ended_by) == ("samira-publisher", ADMINISTRATOR)


def test_an_administrator_cannot_give_themselves_a_role_on_the_screen(open_page: Opener) -> None:
    app = open_page("people", ADMINISTRATOR, account=ADMINISTRATOR)
    labelled(app.selectbox, "Another role").set_value(Role.PUBLISHER).run()
    labelled(app.button, "Give this role").click().run()
    assert "Nobody gives themselves a role" in said(app)
