"""The provider says who somebody is; our records say whether they are let in, and as what."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text

from data_model.database import Database
from data_model.forms import IdentityForm, PersonForm
from data_model.records import SignInAttempt
from data_model.vocabulary import Role
from inspect_app.errors import NotAdmitted, NotAllowed, SignInAgain
from inspect_app.services import people, people_attempts, people_keeping, people_sign_in, trail
from inspect_app.services.people_sign_in import Door
from inspect_app.signed_in import SignedIn
from tests.support.claims import AT, CLAIMS, SETTINGS
from tests.support.looking import every_row_of
from tests.support.trails import unguard

SignIn = Callable[[str], SignedIn]
ASKER = "203.0.113.7"
BODY = "invented-joint-inspectorate"
MAIL = "meinir.lewis@inspectorate.example"


def keeper(database: Database) -> SignedIn:
    """Whoever runs the command line, by the clock of these tests."""
    return replace(people.keeper(database), clock=lambda: AT)


@pytest.fixture
def meinir(database: Database) -> str:
    """Somebody of flesh and blood, invited under her address."""
    form = PersonForm(
        code="meinir-lewis",
        name="Meinir Lewis",
        organisation=BODY,
        mail=MAIL,
        roles=(Role.PUBLISHER,),
    )
    people_keeping.add(form, by=keeper(database))
    return form.code


def door(database: Database, at: datetime = AT) -> Door:
    """The way in to this database, at a moment."""
    return Door(SETTINGS, database, lambda: at)


def admit(database: Database, at: datetime = AT, **claims: object) -> SignedIn:
    """Come from the provider with these claims, at a moment."""
    sent = {**CLAIMS, **claims}
    return people_sign_in.admit(sent, ASKER, door(database, at))


def still(database: Database, at: datetime = AT, **claims: object) -> SignedIn:
    """Go on with these claims, at a moment."""
    return people_sign_in.still({**CLAIMS, **claims}, door(database, at))


def test_the_invited_are_recognised_once_and_what_they_are_comes_from_our_records(
    database: Database, meinir: str
) -> None:
    verified: dict[str, Any] = {"email": MAIL.upper(), "email_verified": True}
    me = admit(
        database, **verified, roles=["administrator"], organisation="elsewhere", groups=["x"]
    )
    assert (me.person, me.standing.organisation) == (meinir, BODY)
    assert me.standing.roles == {Role.PUBLISHER}
    assert me.until == AT + timedelta(hours=1)
    # From now on the identity counts and the address does not.
    assert still(database).person == meinir
    assert admit(database, email="new@body.example", email_verified=True).person == meinir
    with pytest.raises(NotAdmitted, match="no account"):
        admit(database, sub="somebody-else", **verified)
    with database.reading() as session:
        events = trail.latest(by=keeper(database), limit=3)
        assert trail.first_broken(session) is None
    assert [event.action for event in events] == [
        "person.signed_in", "person.linked", "person.added",
    ]  # fmt: skip


def test_an_address_that_is_not_verified_recognises_nobody(database: Database, meinir: str) -> None:
    doubtful: list[dict[str, Any]] = [{}, {"email_verified": False}, {"email_verified": "true"}]
    for claims in doubtful:
        with pytest.raises(NotAdmitted, match="not say that your e-mail address is verified"):
            admit(database, email=MAIL, **claims)
    with pytest.raises(NotAdmitted) as unknown:
        admit(database)
    assert "verified" not in unknown.value.summary
    assert unknown.value.facts["subject"] == "subject-1"


def test_who_was_ended_moved_or_given_a_role_is_so_from_the_next_run_on(
    database: Database, meinir: str
) -> None:
    by = keeper(database)
    admit(database, email=MAIL, email_verified=True)
    people_keeping.give_role(meinir, Role.VERIFIER, by=by)
    people_keeping.move(meinir, "aldermere-council", by=by)
    now = still(database).standing
    assert now.roles == {Role.PUBLISHER, Role.VERIFIER}
    assert now.organisation == "aldermere-council"
    people_keeping.end(meinir, "Has left.", by=by)
    for again in (still, admit):
        with pytest.raises(NotAdmitted, match="has ended"):
            again(database)


def test_unlinking_signs_out_and_an_address_does_not_link_again_by_itself(
    database: Database, meinir: str
) -> None:
    verified: dict[str, Any] = {"email": MAIL, "email_verified": True}
    admit(database, **verified)
    people_keeping.unlink(meinir, by=keeper(database))
    for again in (still, admit):
        with pytest.raises(NotAdmitted, match="no account"):
            again(database, **verified)
    people_keeping.link(
        meinir, IdentityForm(subject="subject-2"), SETTINGS.issuer, by=keeper(database)
    )
    assert admit(database, sub="subject-2").person == meinir


def test_signing_out_ends_every_window_and_a_later_sign_in_begins_anew(
    database: Database, meinir: str
) -> None:
    me = admit(database, email=MAIL, email_verified=True)
    people_sign_in.sign_out(CLAIMS, door(database), by=me)
    for again in (still, admit):
        with pytest.raises(SignInAgain, match="signed out"):
            again(database)
    later = int(AT.timestamp()) + 1
    assert admit(database, iat=later).person == meinir
    assert still(database, iat=later).person == meinir


def test_nothing_is_read_or_recorded_once_a_sign_in_has_ended(
    database: Database, meinir: str
) -> None:
    me = admit(database, email=MAIL, email_verified=True)
    late = replace(me, clock=lambda: AT + timedelta(hours=1))
    for asked in (late.reading, late.recording):
        with pytest.raises(SignInAgain), asked():
            pytest.fail("a session was given")


def test_a_sign_in_is_noted_once_however_many_windows_it_opens(
    database: Database, meinir: str
) -> None:
    admit(database, email=MAIL, email_verified=True)
    admit(database)
    admit(database, iat=int(AT.timestamp()) + 60)
    actions = [event.action for event in trail.latest(by=keeper(database), limit=9)]
    assert actions.count("person.signed_in") == 2


def test_people_of_the_samples_come_by_no_provider_and_real_people_end_the_demonstration(
    database: Database,
) -> None:
    assert people.sample_people(database)
    assert people.sign_in("patrick-board", database).person == "patrick-board"
    people_keeping.add(
        PersonForm(code="first", name="The first", organisation=BODY, roles=(Role.ADMINISTRATOR,)),
        by=keeper(database),
    )
    with pytest.raises(NotAllowed, match="people who are not of the samples"):
        people.sample_people(database)
    with pytest.raises(NotAllowed, match="people who are not of the samples"):
        people.sign_in("patrick-board", database)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("DELETE FROM audit_event WHERE action = 'samples.loaded'", "samples are not loaded"),
        (
            "UPDATE inspection_area SET area_code = 'E06000047' WHERE inspection = 'CWM-2026-NCPI'",
            "CWM-2026-NCPI records cases of a real place",
        ),
    ],
)
def test_the_demonstration_is_only_beside_samples(
    database: Database, change: str, said: str
) -> None:
    with every_row_of(database).writing.begin() as connection:
        unguard(connection)
        connection.execute(text(change))
    with pytest.raises(NotAllowed, match=said):
        people.sample_people(database)


def test_one_identity_is_turned_away_so_often_and_then_has_to_wait(database: Database) -> None:
    for _try in range(people_attempts.BY_PERSON):
        with pytest.raises(NotAdmitted, match="no account"):
            admit(database)
    with pytest.raises(NotAdmitted, match="too many attempts") as waiting:
        admit(database, at=AT + timedelta(minutes=5))
    assert "Wait 10 minutes" in waiting.value.advice
    with pytest.raises(NotAdmitted, match="no account"):
        admit(database, sub="another")
    with pytest.raises(NotAdmitted, match="no account"):
        admit(database, at=AT + timedelta(minutes=15))


def test_one_address_may_set_out_so_often_and_another_is_not_held_up(database: Database) -> None:
    def begin(asker: str | None, at: datetime = AT) -> None:
        people_sign_in.begin(asker, door(database, at))

    for _try in range(SETTINGS.tries):
        begin("2001:db8::1")
    with pytest.raises(NotAdmitted, match="too many attempts"):
        begin("2001:db8::ffff")
    begin("2001:db8:0:1::1")
    begin(None)
    begin("2001:db8::1", AT + timedelta(minutes=15))
    begin("2001:db8::1", AT - timedelta(days=1))


def test_sign_ins_that_succeed_do_not_count_against_an_office(
    database: Database, meinir: str
) -> None:
    verified: dict[str, Any] = {"email": MAIL, "email_verified": True}
    for morning in range(SETTINGS.tries * 2):
        people_sign_in.begin(ASKER, door(database))
        admit(database, iat=int(AT.timestamp()) + morning, **verified)
        verified = {}


def test_counts_whose_time_is_over_go(database: Database) -> None:
    for number in range(people_attempts.SWEPT):
        people_sign_in.begin(f"198.51.100.{number}", door(database))
    later = AT + timedelta(hours=1)
    people_sign_in.begin(ASKER, door(database, later))
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(SignInAttempt)) == 1
        held = session.scalars(select(SignInAttempt.whom)).one()
    assert ASKER not in held


def test_claims_that_do_not_do_count_against_the_address_they_come_from(
    database: Database,
) -> None:
    for _try in range(SETTINGS.tries):
        with pytest.raises(NotAdmitted, match="another provider"):
            admit(database, iss="https://another.example")
    with pytest.raises(NotAdmitted, match="too many attempts"):
        admit(database, iss="https://another.example")
