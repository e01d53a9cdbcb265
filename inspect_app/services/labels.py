"""The honest label of an answer: whose word each part is, what was tested, and how late it is.

Generated from statuses and dates alone, in English and in Welsh; nobody's free text is in it.
The Welsh stands in `WELSH` and is to be read by a translator before it is relied on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from data_model.records import Organisation, RecommendationOwner
from data_model.vocabulary import Assurance, Delivery, OrganisationKind, Response
from inspect_app.services.reference import organisation_name

Language = str
NOT_FOLLOWED: Mapping[Language, str] = {
    "en": "Whether and how this body responded has not been recorded here.",
    "cy": "Ni chofnodwyd yma a ymatebodd y corff hwn, na sut.",
}
"""What is said of a body whose answer nobody follows here."""

ENGLISH_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WELSH_MONTHS = [
    "Ionawr",
    "Chwefror",
    "Mawrth",
    "Ebrill",
    "Mai",
    "Mehefin",
    "Gorffennaf",
    "Awst",
    "Medi",
    "Hydref",
    "Tachwedd",
    "Rhagfyr",
]


@dataclass(frozen=True)
class Facts:
    """What a label is made from: statuses and dates of one body's answer.

    `redirected_to` and `superseded_by` are names to print; `closed_on` is empty while it is open.
    """

    kind: OrganisationKind
    response: Response
    delivery: Delivery
    assurance: Assurance
    response_due_on: date | None = None
    original_due_on: date | None = None
    claimed_on: date | None = None
    shown_on: date | None = None
    restarted_on: date | None = None
    redirected_to: str | None = None
    superseded_by: str | None = None
    closed_on: date | None = None


def facts_of(session: Session, owner: RecommendationOwner) -> Facts:
    """Return what the label of an answer's record is made from."""
    to = owner.redirected_to
    return Facts(
        **{name: getattr(owner, name) for name in AS_KEPT},
        kind=session.get_one(Organisation, owner.organisation).kind,
        redirected_to=organisation_name(session, to) if to else None,
        closed_on=owner.closed_at.date() if owner.closed_at else None,
    )


AS_KEPT = (
    "response",
    "delivery",
    "assurance",
    "response_due_on",
    "original_due_on",
    "claimed_on",
    "shown_on",
    "restarted_on",
    "superseded_by",
)
"""The facts that stand in an answer's record just so."""


@dataclass(frozen=True)
class Words:
    """The pieces of a label in one language; braces stand for the body, a day or a name."""

    months: list[str]
    bodies: Mapping[OrganisationKind, str]
    not_answered: str
    answer_due: str
    answer_late: str
    responses: Mapping[Response, str]
    deliveries: Mapping[Delivery, str]
    assurances: Mapping[Assurance, str]
    closed: str
    closed_as: Mapping[Assurance, str]
    untested_close: str
    one_month: str
    two_months: str
    months_past: str
    under_a_month: str
    date_passed: str
    somewhere: str


ENGLISH = Words(
    months=ENGLISH_MONTHS,
    bodies={
        OrganisationKind.INSPECTORATE: "Inspectorate",
        OrganisationKind.INQUIRY: "Inquiry",
        OrganisationKind.COUNCIL: "Council",
        OrganisationKind.POLICE: "Police",
        OrganisationKind.HEALTH: "Health body",
        OrganisationKind.GOVERNMENT: "Government",
        OrganisationKind.PARTNERSHIP: "Partnership",
        OrganisationKind.SECTOR: "Group of bodies",
    },
    not_answered="{body}: no response yet.",
    answer_due="{body}: no response yet; it is due by {day}.",
    answer_late="{body}: no response, which was due by {day}.",
    responses={
        Response.IN_PRINCIPLE: "{body} accepts it in principle.",
        Response.PARTLY: "{body} accepts it in part.",
        Response.REJECTED: "{body} rejects it.",
        Response.REDIRECTED: "{body} says it is for {other}.",
    },
    deliveries={
        Delivery.NOT_STARTED: "{body} says not started.",
        Delivery.IN_PROGRESS: "{body} says in progress.",
        Delivery.CLAIMED: "{body} says complete, {day}.",
        Delivery.PAUSED: "{body} says paused.",
        Delivery.SUPERSEDED: "{body} says {other} takes its place.",
    },
    assurances={
        Assurance.UNTESTED: "Not yet tested.",
        Assurance.SUBMITTED: "Evidence is waiting to be tested.",
        Assurance.INSUFFICIENT: "Its evidence was found insufficient.",
        Assurance.IMPLEMENTED: "Found implemented; effect not yet shown.",
        Assurance.EFFECT_SHOWN: "Effect shown, {day}.",
        Assurance.SUSTAINED: "Effect shown, {day}, and sustained.",
        Assurance.REGRESSED: "Found not good again, {day}; the clock began again.",
    },
    closed="Closed on {day}, {tested}.",
    closed_as={
        Assurance.IMPLEMENTED: "implemented, effect not tested",
        Assurance.EFFECT_SHOWN: "effect shown",
        Assurance.SUSTAINED: "effect shown and sustained",
        Assurance.REGRESSED: "found not good again",
    },
    untested_close="effect not tested",
    one_month="1 month past its original date.",
    two_months="2 months past its original date.",
    months_past="{months} months past its original date.",
    under_a_month="Less than a month past its original date.",
    date_passed="Past its original date, {day}.",
    somewhere="another",
)
WELSH = Words(
    months=WELSH_MONTHS,
    bodies={
        OrganisationKind.INSPECTORATE: "Yr Arolygiaeth",
        OrganisationKind.INQUIRY: "Yr Ymchwiliad",
        OrganisationKind.COUNCIL: "Y Cyngor",
        OrganisationKind.POLICE: "Yr Heddlu",
        OrganisationKind.HEALTH: "Y corff iechyd",
        OrganisationKind.GOVERNMENT: "Y Llywodraeth",
        OrganisationKind.PARTNERSHIP: "Y Bartneriaeth",
        OrganisationKind.SECTOR: "Y grŵp o gyrff",
    },
    not_answered="{body}: dim ymateb eto.",
    answer_due="{body}: dim ymateb eto; mae'n ddyledus erbyn {day}.",
    answer_late="{body}: dim ymateb, er ei fod yn ddyledus erbyn {day}.",
    responses={
        Response.IN_PRINCIPLE: "{body}: derbyniwyd mewn egwyddor.",
        Response.PARTLY: "{body}: derbyniwyd yn rhannol.",
        Response.REJECTED: "{body}: gwrthodwyd.",
        Response.REDIRECTED: "{body}: dywedir mai mater i {other} ydyw.",
    },
    deliveries={
        Delivery.NOT_STARTED: "{body} yn dweud: heb ddechrau.",
        Delivery.IN_PROGRESS: "{body} yn dweud: ar y gweill.",
        Delivery.CLAIMED: "{body} yn dweud: wedi'i gwblhau, {day}.",
        Delivery.PAUSED: "{body} yn dweud: wedi'i oedi.",
        Delivery.SUPERSEDED: "{body} yn dweud: mae {other} yn cymryd ei le.",
    },
    assurances={
        Assurance.UNTESTED: "Heb ei brofi eto.",
        Assurance.SUBMITTED: "Mae tystiolaeth yn aros i gael ei phrofi.",
        Assurance.INSUFFICIENT: "Barnwyd bod ei dystiolaeth yn annigonol.",
        Assurance.IMPLEMENTED: "Canfuwyd ei fod wedi'i weithredu; effaith heb ei dangos eto.",
        Assurance.EFFECT_SHOWN: "Effaith wedi'i dangos, {day}.",
        Assurance.SUSTAINED: "Effaith wedi'i dangos, {day}, a'i chynnal.",
        Assurance.REGRESSED: "Canfuwyd nad yw'n dda eto, {day}; ailddechreuodd y cloc.",
    },
    closed="Caewyd ar {day}, {tested}.",
    closed_as={
        Assurance.IMPLEMENTED: "wedi'i weithredu, effaith heb ei phrofi",
        Assurance.EFFECT_SHOWN: "effaith wedi'i dangos",
        Assurance.SUSTAINED: "effaith wedi'i dangos a'i chynnal",
        Assurance.REGRESSED: "canfuwyd nad yw'n dda eto",
    },
    untested_close="effaith heb ei phrofi",
    one_month="1 mis ar ôl ei ddyddiad gwreiddiol.",
    two_months="2 fis ar ôl ei ddyddiad gwreiddiol.",
    months_past="{months} mis ar ôl ei ddyddiad gwreiddiol.",
    under_a_month="Llai na mis ar ôl ei ddyddiad gwreiddiol.",
    date_passed="Ar ôl ei ddyddiad gwreiddiol, {day}.",
    somewhere="un arall",
)
LANGUAGES: Mapping[Language, Words] = {"en": ENGLISH, "cy": WELSH}
NO_ANSWER_NEEDED = frozenset({Response.REJECTED, Response.REDIRECTED})


def label(facts: Facts, today: date, language: Language = "en", *, lasting: bool = False) -> str:
    """Return the label, such as: Council says complete, 12 May 2026. Not yet tested.

    How late it is, is said by the original date: to the day of the claim where it is claimed
    complete, to the day of closing where it is closed, else to today. A `lasting` label is read
    long after today: it gives the date that has passed instead of counting up to today, so that
    it changes only when something happened.
    """
    words = LANGUAGES[language]
    return " ".join(_sentences(facts, today, words, lasting=lasting))


def _sentences(facts: Facts, today: date, words: Words, *, lasting: bool) -> Iterator[str]:
    if facts.closed_on:
        tested = words.closed_as.get(facts.assurance, words.untested_close)
        yield words.closed.format(day=_day(facts.closed_on, words), tested=tested)
    yield from _owners_word(facts, today, words)
    if facts.response not in NO_ANSWER_NEEDED or facts.assurance is not Assurance.UNTESTED:
        on = facts.restarted_on if facts.assurance is Assurance.REGRESSED else facts.shown_on
        yield _dated(words.assurances[facts.assurance], on, words)
    yield from _lateness(facts, today, words, lasting=lasting)


def _owners_word(facts: Facts, today: date, words: Words) -> Iterator[str]:
    body = words.bodies[facts.kind]
    if facts.response is Response.AWAITING and facts.closed_on is None:
        yield _awaited(facts, today, words, body)
    if facts.response in words.responses:
        other = facts.redirected_to or words.somewhere
        yield words.responses[facts.response].format(body=body, other=other)
    started = facts.delivery is not Delivery.NOT_STARTED
    if started or facts.response is Response.ACCEPTED:
        other = facts.superseded_by or words.somewhere
        said = words.deliveries[facts.delivery]
        yield _dated(said, facts.claimed_on, words, body=body, other=other)


def _awaited(facts: Facts, today: date, words: Words, body: str) -> str:
    due = facts.response_due_on
    if due is None:
        return words.not_answered.format(body=body)
    said = words.answer_late if due < today else words.answer_due
    return said.format(body=body, day=_day(due, words))


def _lateness(facts: Facts, today: date, words: Words, *, lasting: bool) -> Iterator[str]:
    claimed = facts.claimed_on if facts.delivery is Delivery.CLAIMED else None
    finished, due = claimed or facts.closed_on, facts.original_due_on
    until = finished or today
    if due is None or until <= due or facts.delivery is Delivery.SUPERSEDED:
        return
    if lasting and not finished:
        yield words.date_passed.format(day=_day(due, words))
        return
    months = _months(due, until)
    said = {0: words.under_a_month, 1: words.one_month, 2: words.two_months}
    yield said.get(months, words.months_past).format(months=months)


def _months(first: date, last: date) -> int:
    """Return the whole months from one day to a later one."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)


def _dated(said: str, on: date | None, words: Words, **named: str) -> str:
    """Fill in a day; where none is known, its place is left out."""
    if on is None:
        return said.replace(", {day}", "").format(**named)
    return said.format(day=_day(on, words), **named)


def _day(on: date, words: Words) -> str:
    return f"{on.day} {words.months[on.month - 1]} {on.year}"
