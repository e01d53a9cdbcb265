"""People: whose name somebody acts under, with what standing; and the demonstration's people."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.database import Database
from data_model.records import InspectionReader, Organisation, Person
from data_model.vocabulary import Role
from inspect_app.access import Standing
from inspect_app.errors import NotFound
from inspect_app.services import demonstration
from inspect_app.services.reference import body_name
from inspect_app.signed_in import SignedIn

OPERATOR = "command-line"


@dataclass(frozen=True)
class SamplePerson:
    """Somebody of the samples, as the sign-in screen lists them."""

    code: str
    name: str
    organisation: str
    roles: tuple[Role, ...]


def sample_people(database: Database) -> list[SamplePerson]:
    """Return the people of the samples; raises NotAllowed where there is no demonstration."""
    with database.reading() as session:
        demonstration.check(session)
        rows = session.execute(
            select(Person, Organisation)
            .join(Organisation, Person.organisation == Organisation.code)
            .where(Person.demonstration, Person.ended_at.is_(None))
            .order_by(Person.code)
        )
        return [
            SamplePerson(
                person.code, person.name, body_name(body), tuple(r.role for r in person.roles)
            )
            for person, body in rows
        ]


def sign_in(code: str, database: Database) -> SignedIn:
    """Return the sample person signed in; raises NotFound for anyone else.

    Raises NotAllowed where the database has people of flesh and blood.
    """
    with database.reading() as session:
        demonstration.check_people(session)
        person = session.get(Person, code)
        if person is None or not person.demonstration or person.ended_at is not None:
            raise NotFound(
                f"There is no sample person {code!r}.",
                "Choose one of the people on the sign-in screen.",
            )
        return signed_in(session, person, database)


def acting(code: str, database: Database) -> SignedIn:
    """Return anybody of ours as they would act, for whoever runs the command line for them.

    Raises NotFound for somebody who is no person of ours, or is one no longer.
    """
    with database.reading() as session:
        person = session.get(Person, code)
        if person is None or person.ended_at is not None:
            raise NotFound(f"There is no person {code!r}.", "Give the code of a reader.")
        return signed_in(session, person, database)


def signed_in(session: Session, person: Person, database: Database) -> SignedIn:
    """Return a person as they act, with the standing that our records give them now."""
    organisation = session.get_one(Organisation, person.organisation)
    standing = _standing(session, person, organisation)
    return SignedIn(person.name, body_name(organisation), standing, database)


def lead_of(inspection: str, database: Database) -> str:
    """Return the code of the person who leads an inspection; raises NotFound where nobody does."""
    query = select(InspectionReader.person).where(
        InspectionReader.inspection == inspection, InspectionReader.leads
    )
    with database.reading() as session:
        lead = session.scalars(query.order_by(InspectionReader.person)).first()
    if lead is None:
        raise NotFound(
            f"There is no inspection {inspection!r} with a lead inspector.",
            "Give the code of an inspection that is being read here, such as ALD-2025-JTAI.",
        )
    return lead


def operator(database: Database) -> SignedIn:
    """Return whoever runs the command line: a publisher, who sees counts and no case."""
    standing = Standing(OPERATOR, OPERATOR, None, frozenset({Role.PUBLISHER}))
    return SignedIn("Command line", "this installation", standing, database)


def keeper(database: Database) -> SignedIn:
    """Return whoever looks after the installation from the command line: an administrator."""
    standing = Standing(OPERATOR, OPERATOR, None, frozenset({Role.ADMINISTRATOR}))
    return SignedIn("Command line", "this installation", standing, database)


def _standing(session: Session, person: Person, organisation: Organisation) -> Standing:
    reader = select(InspectionReader).where(InspectionReader.person == person.code)
    assigned = session.scalars(reader).all()
    return Standing(
        person.code,
        person.organisation,
        organisation.area_code,
        frozenset(role.role for role in person.roles),
        frozenset(entry.inspection for entry in assigned),
        frozenset(entry.inspection for entry in assigned if entry.leads),
    )
