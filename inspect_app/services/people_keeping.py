"""Accounts: an administrator adds people, says what they may and where, and ends who leaves."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, selectinload

from data_model.forms import IdentityForm, InvitationForm, PersonForm
from data_model.records import Organisation, Person, PersonIdentity, PersonRole
from data_model.vocabulary import Role
from inspect_app.access import ALLOWED, Permission
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import trail
from inspect_app.services.reference import body_name
from inspect_app.signed_in import SignedIn
from inspect_app.workflow.apart import Part, barred, keep_apart

OURS = frozenset({"command-line", "set-up"})
"""Who acts without being a person: nobody is called so."""


@dataclass(frozen=True)
class Account:
    """A person as an administrator sees them; `linked` says that their identity is known."""

    code: str
    name: str
    organisation: str
    organisation_name: str
    mail: str | None
    roles: tuple[Role, ...]
    demonstration: bool
    linked: bool
    invited_at: datetime | None
    ended_at: datetime | None
    ended_by: str | None

    @property
    def signs_in(self) -> str:
        """How they sign in, in words."""
        if self.ended_at:
            return f"ended on {self.ended_at.day} {self.ended_at:%B %Y}"
        if self.demonstration:
            return "in the demonstration only"
        if self.linked:
            return "linked to an identity"
        return "recognised by their address" if self.invited_at else "cannot sign in yet"


def listed(*, by: SignedIn) -> list[Account]:
    """Return everybody, those who have left last; for administrators."""
    by.need(Permission.MANAGE_PEOPLE)
    query = (
        select(Person, Organisation)
        .join(Organisation, Person.organisation == Organisation.code)
        .options(selectinload(Person.roles), selectinload(Person.identity))
        .order_by(Person.ended_at.is_not(None), Person.name, Person.code)
    )
    with by.reading() as session:
        return [_account(person, body) for person, body in session.execute(query)]


def add(form: PersonForm, *, by: SignedIn) -> None:
    """Add somebody; with an address they are invited to be recognised by it.

    Whoever the demonstration's administrator adds belongs to the demonstration.
    """
    by.need(Permission.MANAGE_PEOPLE)
    with by.recording() as session:
        _check_new(session, form)
        actor = session.get(Person, by.person)
        person = Person(
            code=form.code,
            name=form.name,
            organisation=form.organisation,
            mail=form.mail,
            demonstration=actor is not None and actor.demonstration,
        )
        for role in form.roles:
            _give(person, role)
        session.add(person)
        if form.mail and not person.demonstration:
            person.invited_at, person.invited_by = by.clock(), by.person
        trail.note(session, by, "person.added", _subject(person), after=form.model_dump())


def give_role(code: str, role: Role, *, by: SignedIn) -> None:
    """Give somebody a role; nobody gives one to themselves."""

    def change(_session: Session, person: Person) -> None:
        _check_other(person, by)
        if role in _roles(person):
            raise _nothing_new(f"{person.name} has the role {role.english} already.")
        _give(person, role)

    _change(code, "person.role_given", change, by)


def take_role(code: str, role: Role, *, by: SignedIn) -> None:
    """Take a role from somebody; the last administrator keeps theirs."""

    def change(session: Session, person: Person) -> None:
        held = next((each for each in person.roles if each.role is role), None)
        if held is None:
            raise _nothing_new(f"{person.name} does not have the role {role.english}.")
        if role is Role.ADMINISTRATOR:
            _check_not_last(session, person)
        person.roles.remove(held)

    _change(code, "person.role_taken", change, by)


def move(code: str, organisation: str, *, by: SignedIn) -> None:
    """Move somebody to another organisation; nobody moves themselves."""

    def change(session: Session, person: Person) -> None:
        _check_other(person, by)
        if person.organisation == organisation:
            raise _nothing_new(f"{person.name} belongs to it already.")
        _check_organisation(session, organisation)
        person.organisation = organisation

    _change(code, "person.moved", change, by)


def end(code: str, reason: str, *, by: SignedIn) -> None:
    """End an account: they sign in no more, and everything they did keeps their name."""
    if not reason.strip():
        raise Refusal("An account ends for a reason.", "Say why, such as: has left.")

    def change(session: Session, person: Person) -> None:
        if Role.ADMINISTRATOR in _roles(person):
            _check_not_last(session, person)
        person.invited_at = person.invited_by = None
        person.ended_at, person.ended_by = by.clock(), by.person

    _change(code, "person.ended", change, by, reason=reason.strip())


def invite(code: str, form: InvitationForm, *, by: SignedIn) -> None:
    """Let somebody be recognised by their address, this one or the one they have, once more."""

    def change(session: Session, person: Person) -> None:
        _check_other(person, by)
        _check_real(person)
        person.mail = form.mail or person.mail
        _check_mail(session, person.mail, person.code)
        person.invited_at, person.invited_by = by.clock(), by.person

    _change(code, "person.invited", change, by)


def link(code: str, form: IdentityForm, issuer: str, *, by: SignedIn) -> None:
    """Say who somebody is to the provider at `issuer`; nobody says it of themselves."""

    def change(session: Session, person: Person) -> None:
        _check_other(person, by)
        _check_real(person)
        _check_free(session, person, issuer, form.subject)
        person.identity = PersonIdentity(
            issuer=issuer, subject=form.subject, linked_at=by.clock(), linked_by=by.person
        )
        person.invited_at = person.invited_by = None

    _change(code, "person.linked", change, by)


def unlink(code: str, *, by: SignedIn) -> None:
    """Forget who somebody is to the provider: they are signed out, and not recognised again.

    Of an ended account too: who comes back has another account with the same identity.
    """

    def change(_session: Session, person: Person) -> None:
        if person.identity is None and person.invited_at is None:
            raise _nothing_new(f"{person.name} is not linked to an identity, nor invited.")
        person.identity = None
        person.invited_at = person.invited_by = None

    _change(code, "person.unlinked", change, by, ended_too=True)


def _change(
    code: str,
    action: str,
    change: Callable[[Session, Person], None],
    by: SignedIn,
    *,
    reason: str | None = None,
    ended_too: bool = False,
) -> None:
    """Change one person, who has not left, and note what changed of them."""
    by.need(Permission.MANAGE_PEOPLE)
    with by.recording() as session:
        person = session.get(Person, code)
        if person is None:
            raise NotFound(f"There is no person {code!r}.", "Choose somebody from the list.")
        if person.ended_at is not None and not ended_too:
            raise Refusal(f"The account of {person.name} has ended.", "Add them anew.")
        before = _kept(person)
        change(session, person)
        after = _kept(person)
        trail.note(session, by, action, _subject(person), before=before, after=after, reason=reason)


def _kept(person: Person) -> dict[str, object]:
    """Return what of an account the trail tells, field by field."""
    identity = person.identity
    return {
        "organisation": person.organisation,
        "roles": sorted(str(role) for role in _roles(person)),
        "mail": person.mail,
        "invited_at": person.invited_at,
        "ended_at": person.ended_at,
        "issuer": identity.issuer if identity else None,
        "subject": identity.subject if identity else None,
    }


def _check_new(session: Session, form: PersonForm) -> None:
    if form.code in OURS or session.get(Person, form.code) is not None:
        raise Refusal(
            f"The code {form.code} is somebody's already, and a code is never given again.",
            "Choose another.",
        )
    _check_organisation(session, form.organisation)
    if form.mail:
        _check_mail(session, form.mail, form.code)


def _check_organisation(session: Session, code: str) -> None:
    if session.get(Organisation, code) is None:
        raise NotFound(f"There is no organisation {code!r}.", "Choose one from the list.")


def _check_mail(session: Session, mail: str | None, code: str) -> None:
    """An address recognises one person, so nobody else who is here may have it."""
    if not mail:
        raise Refusal("There is no address to recognise them by.", "Give their e-mail address.")
    query = select(Person.name).where(
        func.lower(Person.mail) == mail.lower(), Person.ended_at.is_(None), Person.code != code
    )
    other = session.scalars(query).first()
    if other:
        raise Refusal(f"{mail} is the address of {other}.", "Give each person their own.")


def _check_free(session: Session, person: Person, issuer: str, subject: str) -> None:
    if person.identity is not None:
        raise Refusal(
            f"{person.name} is linked to an identity already.", "Unlink it first, then link this."
        )
    query = select(PersonIdentity.person).where(
        PersonIdentity.issuer == issuer, PersonIdentity.subject == subject
    )
    other = session.scalars(query).first()
    if other:
        raise Refusal(f"This identity is linked to {other}.", "Unlink it there first.")


def _check_real(person: Person) -> None:
    if person.demonstration:
        raise Refusal(
            f"{person.name} is of the demonstration, where nobody signs in with a provider.",
            "Add the people of your organisation to a database of its own.",
        )


def _check_other(person: Person, by: SignedIn) -> None:
    held = [Part.HOLDER] if person.code == by.person else []
    keep_apart(Part.ROLE_GIVER, held, "Ask another administrator.")


def _check_not_last(session: Session, person: Person) -> None:
    """There is always an administrator left; those of the demonstration are counted apart."""
    query = (
        select(func.count())
        .select_from(Person)
        .join(PersonRole, PersonRole.person == Person.code)
        .where(PersonRole.role == Role.ADMINISTRATOR, Person.ended_at.is_(None))
        .where(Person.demonstration == person.demonstration, Person.code != person.code)
    )
    if not session.scalar(query):
        raise Refusal(
            f"{person.name} is the last administrator.",
            "Add another first, here or with `inspect-app person add --administrator`.",
        )


def _give(person: Person, role: Role) -> None:
    held = {part for each in _roles(person) for part in _parts(each)}
    why = next((why for part in _parts(role) if (why := barred(part, held))), None)
    if why:
        raise NotAllowed(f"{why}.", "Give the roles to different people.", role=str(role))
    person.roles.append(PersonRole(role=role))


def _parts(role: Role) -> Iterable[Part]:
    if role is Role.ADMINISTRATOR:
        yield Part.ADMINISTRATOR
    if Permission.READ_CASES in ALLOWED[role]:
        yield Part.CASE_READER


def _roles(person: Person) -> list[Role]:
    return [held.role for held in person.roles]


def _account(person: Person, body: Organisation) -> Account:
    return Account(
        person.code,
        person.name,
        body.code,
        body_name(body),
        person.mail,
        tuple(_roles(person)),
        person.demonstration,
        person.identity is not None,
        person.invited_at,
        person.ended_at,
        person.ended_by,
    )


def _nothing_new(summary: str) -> Refusal:
    return Refusal(summary, "Nothing was changed.")


def _subject(person: Person) -> str:
    return f"person {person.code}"
