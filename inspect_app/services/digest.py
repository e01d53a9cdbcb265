"""The digest: what waits for each person this week, as that person may see it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from inspect_app.access import Permission
from inspect_app.publishing.digest_mail import Digest, Line, Section
from inspect_app.publishing.words import day
from inspect_app.services import answer_dates, recommendation_list
from inspect_app.services.answer_dates import Dated, What
from inspect_app.services.recommendation_list import AnswerLine, Wanted
from inspect_app.services.recommendation_stands import A_WEEK, Order, Stands
from inspect_app.signed_in import SignedIn

MOST = 25
"""So many of one kind a mail lists; the app lists the rest."""


@dataclass(frozen=True)
class Kind:
    """What waits of one kind: the heading over it, and the subject's words for one and for more.

    Without words for more, those for one say it.
    """

    heading: str
    one: str
    many: str | None = None

    def section(self, lines: Sequence[Line]) -> Section:
        """Return the section of a digest that lists these."""
        number = len(lines)
        counted = f"{number} {self.many if self.many and number != 1 else self.one}"
        return Section(self.heading, counted, number, tuple(lines[:MOST]))


LATE = Kind("Response late", "answer late", "answers late")
ANSWERS = Kind("Response due this week", "answer due", "answers due")
DATES = Kind("Dates to meet this week", "with dates to meet")
OVERDUE = Kind("Past the original date", "past its original date", "past their original dates")
PASSED = Kind("Planned dates that have passed", "with planned dates passed")
SENT_BACK = Kind("Evidence sent back by the verifier", "sent back")
REGRESSED = Kind("Newly found not good again", "found not good again")
TO_VERIFY = Kind("Evidence waiting for you to judge", "to be judged")
DRAFTS = Kind("Drafts for you to publish", "draft to publish", "drafts to publish")
UNVERIFIED = Kind(
    "Evidence waiting for a verifier, in inspections you lead", "waiting for a verifier"
)
PLANNED = {What.ACTION, What.MILESTONE, What.RETEST}
MANY = {What.ACTION: "actions due", What.MILESTONE: "milestones"}
"""What there can be several of for one recommendation on one day."""


def week(since: date, *, by: SignedIn) -> Digest:
    """Return the person's week: the seven days from today, and what has waited longer.

    An answer counts as newly found not good again from `since` on. Nothing is in it that the
    person would not find in the app, and no section that is empty.
    """
    found = [
        *(_answering(since, by) if by.may(Permission.RESPOND) else ()),
        *(_verifying(by) if by.may(Permission.VERIFY) else ()),
        *(_leading(by) if by.may(Permission.WRITE_RECOMMENDATIONS) else ()),
    ]
    sections = tuple(section for section in found if section.number)
    return Digest(by.person, by.name, by.organisation_name, by.today, sections)


def _answering(since: date, by: SignedIn) -> Iterator[Section]:
    """What is due of the person's own body, overdue, sent back, and not good again."""
    today, dated = by.today, answer_dates.coming(by=by)
    soon = [each for each in dated if today <= each.on <= today + A_WEEK]
    gone = [each for each in dated if (each.original or each.on) < today]
    yield LATE.section(_own(Stands.LATE, Order.RESPONSE, by))
    yield ANSWERS.section(_days([each for each in soon if each.what is What.RESPONSE]))
    yield DATES.section(_days([each for each in soon if each.what is not What.RESPONSE]))
    yield OVERDUE.section(_own(Stands.OVERDUE, Order.ORIGINAL, by))
    yield PASSED.section(_days([each for each in gone if each.what in PLANNED]))
    yield SENT_BACK.section(_own(Stands.SENT_BACK, Order.NEWEST, by))
    again = recommendation_list.every(Wanted(Stands.REGRESSED, own=True), by=by)
    fresh = [line for line in again if line.restarted_on and line.restarted_on >= since]
    yield REGRESSED.section([_labelled(line) for line in fresh])


def _verifying(by: SignedIn) -> Iterator[Section]:
    """What other bodies sent that waits for a verifier's word."""
    waiting = recommendation_list.every(Wanted(Stands.TO_VERIFY, others=True), by=by)
    yield TO_VERIFY.section(_of_bodies(waiting))


def _leading(by: SignedIn) -> Iterator[Section]:
    """What a lead has still to publish, and what waits for a verifier in their inspections."""
    drafts = recommendation_list.every(Wanted(Stands.DRAFT), by=by)
    # A draft to several bodies is a line for each of them, and is published once.
    each = {line.code: line for line in drafts}
    yield DRAFTS.section([_labelled(line) for line in each.values()])
    waiting = recommendation_list.every(Wanted(Stands.TO_VERIFY, led=True), by=by)
    yield UNVERIFIED.section(_of_bodies(waiting))


def _own(stands: Stands, order: Order, by: SignedIn) -> list[Line]:
    wanted = Wanted(stands, own=True, order=order)
    return [_labelled(line) for line in recommendation_list.every(wanted, by=by)]


def _labelled(line: AnswerLine) -> Line:
    return Line(line.code, line.title, line.label)


def _of_bodies(lines: Iterable[AnswerLine]) -> list[Line]:
    return [Line(line.code, line.title, f"{line.body}. {line.label}") for line in lines]


def _days(dated: Iterable[Dated]) -> list[Line]:
    """Return a line for each recommendation with its days; what an action says stays out."""
    same = Counter((each.code, each.title, each.what, each.on, each.original) for each in dated)
    held: dict[tuple[str, str], list[str]] = {}
    for (code, title, what, on, original), number in same.items():
        held.setdefault((code, title), []).append(_said(what, on, original, number))
    return [Line(code, title, " ".join(said)) for (code, title), said in held.items()]


def _said(what: What, on: date, original: date | None, number: int) -> str:
    thing = what if number == 1 else f"{number} {MANY[what]}"
    first = f", first promised for {day(original)}" if original else ""
    return f"{thing}: {day(on)}{first}."
