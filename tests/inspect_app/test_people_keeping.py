"""Accounts are kept by administrators, four eyes on every role, and never deleted."""

from collections.abc import Callable

import pytest

from data_model.database import Database
from data_model.forms import IdentityForm, InvitationForm, PersonForm, checked
from data_model.vocabulary import Role
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import inspections, people, people_keeping, trail
from inspect_app.services.people_keeping import Account
from inspect_app.services.reference import choices
from inspect_app.signed_in import SignedIn
from tests.support.cast import ADMINISTRATOR
from tests.support.claims import SETTINGS
from tests.support.commands import Command

SignIn = Callable[[str], SignedIn]
BODY = "invented-joint-inspectorate"
SENT = {"code": "meinir-lewis", "name": "Meinir Lewis", "organisation": BODY}


def account(code: str, database: Database) -> Account:
    """Return somebody's account."""
    held = people_keeping.listed(by=people.keeper(database))
    return next(each for each in held if each.code == code)


def add(database: Database, **sent: object) -> None:
    """Add somebody from the command line."""
    people_keeping.add(checked(PersonForm, {**SENT, **sent}), by=people.keeper(database))


def test_who_the_demonstration_adds_is_of_the_demonstration(
    database: Database, signed_in: SignIn
) -> None:
    ben = signed_in(ADMINISTRATOR)
    form = checked(PersonForm, {**SENT, "mail": "m@body.example", "roles": ["inspector"]})
    people_keeping.add(form, by=ben)
    held = account("meinir-lewis", database)
    assert (held.demonstration, held.invited_at, held.roles) == (True, None, (Role.INSPECTOR,))
    assert signed_in("meinir-lewis").standing.roles == {Role.INSPECTOR}
    with pytest.raises(Refusal, match="of the demonstration"):
        people_keeping.link("meinir-lewis", IdentityForm(subject="s"), SETTINGS.issuer, by=ben)
    with pytest.raises(Refusal, match="of the demonstration"):
        people_keeping.invite("meinir-lewis", InvitationForm(), by=ben)


def test_an_administrator_gives_themselves_nothing(database: Database, signed_in: SignIn) -> None:
    ben = signed_in(ADMINISTRATOR)
    changes: list[Callable[[], None]] = [
        lambda: people_keeping.give_role(ADMINISTRATOR, Role.PUBLISHER, by=ben),
        lambda: people_keeping.move(ADMINISTRATOR, "aldermere-council", by=ben),
        lambda: people_keeping.invite(ADMINISTRATOR, InvitationForm(), by=ben),
        lambda: people_keeping.link(
            ADMINISTRATOR, IdentityForm(subject="s"), SETTINGS.issuer, by=ben
        ),
    ]
    for change in changes:
        with pytest.raises(NotAllowed, match="Nobody gives themselves"):
            change()
    assert account(ADMINISTRATOR, database).roles == (Role.ADMINISTRATOR,)


def test_whoever_looks_after_accounts_reads_no_cases(database: Database, signed_in: SignIn) -> None:
    ben = signed_in(ADMINISTRATOR)
    for code, role in (
        ("marcus-inspector", Role.ADMINISTRATOR),
        ("priya-lead", Role.ADMINISTRATOR),
    ):
        with pytest.raises(NotAllowed, match="reads no cases"):
            people_keeping.give_role(code, role, by=ben)
    for roles in (["administrator", "inspector"], ["lead_inspector", "administrator"]):
        with pytest.raises(NotAllowed, match="reads no cases"):
            add(database, roles=roles)
    with pytest.raises(StopIteration):
        account("meinir-lewis", database)


def test_there_is_always_an_administrator_left(database: Database, signed_in: SignIn) -> None:
    ben = signed_in(ADMINISTRATOR)
    changes: list[Callable[[], None]] = [
        lambda: people_keeping.end(ADMINISTRATOR, "Leaves.", by=ben),
        lambda: people_keeping.take_role(ADMINISTRATOR, Role.ADMINISTRATOR, by=ben),
    ]
    for change in changes:
        with pytest.raises(Refusal, match="the last administrator"):
            change()
    people_keeping.add(
        checked(PersonForm, {**SENT, "code": "second", "roles": ["administrator"]}), by=ben
    )
    people_keeping.end(ADMINISTRATOR, "Leaves.", by=ben)
    with pytest.raises(Refusal, match="the last administrator"):
        people_keeping.end("second", "Leaves too.", by=people.keeper(database))


def test_who_is_ended_acts_no_more_is_offered_nowhere_and_stays_on_record(
    database: Database, signed_in: SignIn
) -> None:
    ben, priya = signed_in(ADMINISTRATOR), signed_in("priya-lead")
    assert "ellen-inspector" in choices(by=priya).readers
    with pytest.raises(Refusal, match="for a reason"):
        people_keeping.end("ellen-inspector", "  ", by=ben)
    people_keeping.end("ellen-inspector", "Has left.", by=ben)
    held = account("ellen-inspector", database)
    assert (held.ended_by, held.roles) == (ADMINISTRATOR, (Role.INSPECTOR,))
    for enter in (signed_in, lambda code: people.acting(code, database)):
        with pytest.raises(NotFound):
            enter("ellen-inspector")
    assert "ellen-inspector" not in choices(by=priya).readers
    with pytest.raises(Refusal, match="cannot read cases"):
        inspections.add_reader("CWM-2026-NCPI", "ellen-inspector", by=priya)
    with pytest.raises(Refusal, match="has ended"):
        people_keeping.give_role("ellen-inspector", Role.VERIFIER, by=ben)
    assert people_keeping.listed(by=ben)[-1].code == "ellen-inspector"
    event = trail.latest(by=ben, limit=1)[0]
    assert (event.action, event.subject, event.reason) == (
        "person.ended", "person ellen-inspector", "Has left.",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"code": "Meinir Lewis"}, "Code"),
        ({"code": "command-line"}, "is somebody's already"),
        ({"code": "priya-lead"}, "is somebody's already"),
        ({"organisation": "nowhere"}, "no organisation 'nowhere'"),
        ({"mail": "Priya.Lead@joint-inspectorate.example"}, "the address of Priya Raman"),
        ({"mail": "not an address"}, "E-mail address"),
        ({"roles": ["king"]}, "Roles"),
        ({"name": " "}, "Name"),
    ],
)
def test_a_new_account_that_does_not_do_is_refused(
    database: Database, sent: dict[str, object], said: str
) -> None:
    with pytest.raises(Refusal, match=said):
        add(database, **sent)


def test_an_identity_is_one_persons(database: Database) -> None:
    by = people.keeper(database)
    add(database)
    add(database, code="second")
    one = IdentityForm(subject="subject-1")
    people_keeping.link("meinir-lewis", one, SETTINGS.issuer, by=by)
    with pytest.raises(Refusal, match="linked to meinir-lewis"):
        people_keeping.link("second", one, SETTINGS.issuer, by=by)
    with pytest.raises(Refusal, match="linked to an identity already"):
        people_keeping.link("meinir-lewis", IdentityForm(subject="2"), SETTINGS.issuer, by=by)
    people_keeping.end("meinir-lewis", "Has left.", by=by)
    people_keeping.unlink("meinir-lewis", by=by)
    people_keeping.link("second", one, SETTINGS.issuer, by=by)
    people_keeping.unlink("second", by=by)
    with pytest.raises(Refusal, match="no address to recognise"):
        people_keeping.invite("second", InvitationForm(), by=by)


def test_accounts_are_kept_from_the_command_line(command: Command) -> None:
    added = command(
        "person", "add", "meinir-lewis", "Meinir Lewis", "--organisation", BODY,
        "--mail", "m@body.example", "--administrator",
    )  # fmt: skip
    assert (added.returncode, added.stderr) == (0, "")
    assert command("person", "role", "add", "meinir-lewis", "publisher").returncode == 0
    assert command("person", "role", "remove", "meinir-lewis", "publisher").returncode == 0
    assert command("person", "organisation", "meinir-lewis", "aldermere-council").returncode == 0
    lines = command("person", "list").stdout.splitlines()
    assert (
        "meinir-lewis: Meinir Lewis, Aldermere Council (invented); administrator; "
        "recognised by their address"
    ) in lines
    assert command("person", "unlink", "meinir-lewis").returncode == 0
    assert command("person", "invite", "meinir-lewis", "--mail", "n@body.example").returncode == 0
    last = command("person", "end", "meinir-lewis", "--because", "Leaves.")
    assert (last.returncode, "the last administrator" in last.stderr) == (1, True)
    ended = command(
        "person", "end", "samira-publisher", "--because", "Left.", "--as", "meinir-lewis"
    )
    assert ended.returncode == 0
    nobody = command("person", "link", "meinir-lewis", "subject-1")
    assert (nobody.returncode, "No provider is set up" in nobody.stderr) == (1, True)


def test_only_administrators_keep_accounts_at_the_command_line_too(command: Command) -> None:
    refused = command("person", "list", "--as", "patrick-board")
    assert (refused.returncode, "does not allow you to manage people" in refused.stderr) == (
        1,
        True,
    )
