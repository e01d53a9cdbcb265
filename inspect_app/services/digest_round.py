"""A round of digests: each person's week leaves once a day, and each that left is on the trail."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum, auto
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import AuditEvent, Person
from data_model.sight import Task
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.publishing.digest_mail import NOBODY, Digest, Letter, is_mail_address
from inspect_app.services import digest, people, trail
from inspect_app.services.digest_post import NotSent, Post
from inspect_app.services.people import OPERATOR
from inspect_app.signed_in import SignedIn

SENT = "digest.sent"
LOOKS_BACK = timedelta(days=7)


class Came(Enum):
    """What came of one person's digest."""

    SENT = auto()
    NOTHING = auto()
    NO_ADDRESS = auto()
    HAD_ONE = auto()
    NOT_SENT = auto()


@dataclass(frozen=True)
class Outcome:
    """What came of one person's digest, and why it was not sent where it could not be."""

    person: str
    name: str
    came: Came
    why: str = ""


@dataclass(frozen=True)
class Round:
    """What came of each person's digest, by code of the person."""

    outcomes: tuple[Outcome, ...]

    def of(self, came: Came) -> tuple[Outcome, ...]:
        """Return those of whom this came."""
        return tuple(each for each in self.outcomes if each.came is came)


@dataclass(frozen=True)
class Sending:
    """How a round is sent: from whom, where the app is, to one person only, or a second time.

    Raises Refusal where `sender` is no mail address, or `app` none that a link could lead to.
    """

    sender: str = NOBODY
    app: str | None = None
    only: str | None = None
    again: bool = False

    def __post_init__(self) -> None:
        if not is_mail_address(self.sender):
            raise Refusal(
                f"{self.sender!r} is not an address to send mail from.",
                "Give --from an address such as digest@aldermere.example. Nothing was sent.",
            )
        if self.app is not None and not _leads_somewhere(self.app):
            raise Refusal(
                f"{self.app!r} is not the address of the app.",
                "Give --address as https://HOST, without ? or #. Nothing was sent.",
            )


def _leads_somewhere(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    plain = address.isascii() and address.isprintable() and not set(address) & set(' "<>?#')
    return plain and parts.scheme in {"http", "https"} and bool(parts.hostname)


@dataclass(frozen=True)
class _Recipient:
    code: str
    name: str
    mail: str | None


def send(post: Post, how: Sending, *, by: SignedIn) -> Round:
    """Send each person's week, and return what came of each.

    Each person's own sight decides what theirs says. Who has nothing waiting, no address, or had
    one today already (unless `again`) gets none; one that cannot be sent holds no other back.
    Raises Refusal where everybody who has something waiting had theirs today, NotFound where
    `only` is nobody, NotAllowed for anybody but whoever runs the command line.
    """
    _need_operator(by)
    had = _days_by_person(by)
    outcomes = tuple(
        _one(each, had.get(_subject(each.code), set()), post, how, by)
        for each in _recipients(how.only, by)
    )
    _check_not_all_had(outcomes, by.today)
    return Round(outcomes)


def _need_operator(by: SignedIn) -> None:
    if by.person != OPERATOR:
        raise NotAllowed(
            "Everybody's digests are not one person's to send.",
            "Whoever runs this installation sends them at the command line.",
        )


def _recipients(only: str | None, by: SignedIn) -> Sequence[_Recipient]:
    query = select(Person).where(Person.ended_at.is_(None)).order_by(Person.code)
    if only is not None:
        query = query.where(Person.code == only)
    with by.reading() as session:
        found = [_Recipient(each.code, each.name, each.mail) for each in session.scalars(query)]
    if only is not None and not found:
        raise NotFound(f"There is no person {only!r}.", "Give the code of a person.", person=only)
    return found


def _one(to: _Recipient, days: set[date], post: Post, how: Sending, by: SignedIn) -> Outcome:
    since = min([max((day for day in days if day < by.today), default=by.today), _week_ago(by)])
    held = digest.week(since, by=replace(people.acting(to.code, by.database), clock=by.clock))
    if not held.sections:
        return Outcome(to.code, to.name, Came.NOTHING)
    if to.mail is None or not is_mail_address(to.mail):
        return Outcome(to.code, to.name, Came.NO_ADDRESS)
    if by.today in days and not how.again:
        return Outcome(to.code, to.name, Came.HAD_ONE)
    try:
        post.deliver(Letter(held, to.mail, how.sender, how.app and how.app.rstrip("/")))
    except NotSent as refusal:
        return Outcome(to.code, to.name, Came.NOT_SENT, refusal.summary)
    with by.recording() as session:
        _note(session, held, post.way, by)
    return Outcome(to.code, to.name, Came.SENT)


def _week_ago(by: SignedIn) -> date:
    return by.today - LOOKS_BACK


def _days_by_person(by: SignedIn) -> dict[str, set[date]]:
    """Return the days for which each person has had a digest, in one pass over the trail."""
    query = select(AuditEvent.subject, AuditEvent.after).where(AuditEvent.action == SENT)
    days: dict[str, set[date]] = {}
    with by.reading(Task.CHAINING) as session:
        for subject, after in session.execute(query):
            days.setdefault(subject, set()).add(date.fromisoformat(after["day"]))
    return days


def _subject(person: str) -> str:
    return f"person {person}"


def _note(session: Session, held: Digest, way: str, by: SignedIn) -> None:
    counts = {section.heading: section.number for section in held.sections}
    said = {"day": held.day, "way": way, "counts": counts}
    trail.note(session, by, SENT, _subject(held.person), after=said)


def _check_not_all_had(outcomes: Iterable[Outcome], today: date) -> None:
    came = {each.came for each in outcomes} - {Came.NOTHING, Came.NO_ADDRESS}
    if came == {Came.HAD_ONE}:
        raise Refusal(
            f"Everybody with something waiting has had their digest of {today.isoformat()}.",
            "Add --again to send the same day's digest a second time. Nothing was sent.",
        )
