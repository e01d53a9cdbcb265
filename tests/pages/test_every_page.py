"""Every page, for every role of the own and of another organisation: refused where roles say so."""

import pytest

from data_model.database import open_database
from data_model.vocabulary import Role
from inspect_app.access import TRUTH
from inspect_app.services import people
from pages import PAGES
from tests.support.cast import CAST
from tests.support.screen import Opener, said

OF_ONE_ROLE = {
    Role.LEAD_INSPECTOR: "priya-lead",
    Role.INSPECTOR: "rhodri-inspector",
    Role.PUBLISHER: "samira-publisher",
    Role.SECOND_APPROVER: "eleri-approver",
    Role.BOARD_MEMBER: "patrick-board",
    Role.DIRECTOR: "harpreet-director",
    Role.VERIFIER: "ruth-verifier",
    Role.ADMINISTRATOR: "ben-administrator",
}
CLOSED = [
    (page.path, person)
    for page in PAGES
    for role, person in OF_ONE_ROLE.items()
    if page.needs is not None
    and page.needs not in TRUTH[role]
    and not (role is Role.LEAD_INSPECTOR and page.needs in TRUTH[Role.INSPECTOR])
]


def test_every_page_is_in_the_menu_of_those_whose_role_has_its_permission(
    sample_address: str,
) -> None:
    database = open_database(sample_address)
    for person in CAST:
        me = people.sign_in(person, database)
        for page in PAGES:
            held = any(page.needs in TRUTH[role] for role in me.standing.roles)
            assert page.open_for(me) is (page.needs is None or held), (person, page.path)
    database.close()


@pytest.mark.parametrize(("path", "person"), CLOSED)
def test_a_page_that_a_role_does_not_open_shows_nothing_of_itself(
    open_page: Opener, path: str, person: str
) -> None:
    (page,) = (each for each in PAGES if each.path == path)
    app = open_page(path, person)
    assert not app.exception
    assert page.title not in [title.value for title in app.title] or "does not allow" in said(app)
