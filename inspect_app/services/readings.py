"""Readings of one case by several people: which cases need them, who may, and whether they agree.

Nobody after the first reader is told why a case needs a second reading: that would say what
the first reader found.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from data_model.protocols import protocol
from data_model.records import (
    AuditEvent,
    CaseFile,
    Finding,
    Inspection,
    InspectionReader,
    Person,
    Reading,
)
from data_model.sight import Task, widened
from data_model.vocabulary import CaseStatus, ReadingPurpose
from inspect_app.access import BLIND
from inspect_app.services import trail
from inspect_app.services.reference import scale_value
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis, Need, Offer, Part, barred, check_move
from metrics.sampling import double_read

Verdict = tuple[str | None, str | None]
"""A grade, or the reason why there is none."""

ACTIONS = {CaseStatus.DRAFT: "case.taken_back", CaseStatus.SUBMITTED: "case.submitted"}
PARTS = {
    ReadingPurpose.SECOND: Part.SECOND_READER,
    ReadingPurpose.BODY: Part.BODY_READER,
}


READY = frozenset({CaseStatus.SUBMITTED, CaseStatus.AGREED, CaseStatus.MODERATED})
"""A case that stands so may be locked, if it has been read often enough."""

DECIDED_IN = frozenset({CaseStatus.DISPUTED, CaseStatus.MODERATED})
"""While a case stands so, its lead decides where the readings differ."""

MAY_BE_ASKED = {
    ReadingPurpose.SECOND: frozenset({CaseStatus.SUBMITTED}),
    ReadingPurpose.BODY: BLIND,
}
"""While a case stands so, somebody may be asked to read it too; later it would not be blind."""


def change(session: Session, case: CaseFile, to: CaseStatus, offer: Offer, by: SignedIn) -> None:
    """Move a case along its workflow, on the record; raises Refusal saying what would work."""
    before = case.status
    move = check_move(Axis.CASE, before, to, offer, thing=f"Case {case.reference}")
    by.need(move.who)
    case.status = to
    if to is CaseStatus.DRAFT:
        case.submitted_at, case.submitted_by = None, None
    if to is CaseStatus.SUBMITTED:
        case.submitted_at, case.submitted_by = by.clock(), by.person
    trail.note(
        session,
        by,
        ACTIONS.get(to, f"case.{to}"),
        subject(case),
        before={"status": before},
        after={"status": to},
        reason=offer.reason,
    )


def subject(case: CaseFile) -> str:
    """Return how the trail names a case."""
    return f"case {case.id}"


@dataclass(frozen=True)
class Rule:
    """Which cases of an inspection are read twice: those with its lowest grade, and a share.

    `percent` is the share of the others, chosen by the `seed`, which no reader knows: whoever
    knew whose cases are read twice might read those with more care. `graded` is false where
    nothing is graded at all.
    """

    seed: str
    graded: bool
    lowest: str | None
    percent: int

    def lowest_given(self, case: CaseFile) -> bool:
        """Whether the first reader gave a case the lowest grade of the scale on any theme."""
        given = {f.grade for f in case.findings if f.reader == case.read_by}
        return self.lowest is not None and self.lowest in given

    def needs_second(self, case: CaseFile) -> bool:
        """Whether a case must be read twice."""
        if not self.graded:
            return False
        drawn = double_read(self.seed, case.reference, self.percent / 100)
        return drawn or self.lowest_given(case)

    def waits(self, case: CaseFile) -> bool:
        """Whether a submitted case needs a second reader and nobody has been asked."""
        submitted = case.status is CaseStatus.SUBMITTED
        return submitted and second(case) is None and self.needs_second(case)

    def read_enough(self, case: CaseFile) -> bool:
        """Whether every reading a case needs, or that was asked for, is in."""
        every_in = all(reading.submitted_at for reading in case.readings)
        return every_in and (second(case) is not None or not self.needs_second(case))


def rule_of(session: Session, held: Inspection) -> Rule:
    """Return which cases of an inspection are read twice."""
    grades = scale_value(session, held.scale).codes
    graded = protocol(held.kind).graded and bool(grades)
    lowest = grades[-1] if graded else None
    return Rule(_seed(session, held), graded, lowest, held.second_read_percent)


def _seed(session: Session, held: Inspection) -> str:
    """Return the inspection's code and the moment it was started, as the trail has it."""
    query = select(AuditEvent.happened_at).where(
        AuditEvent.subject == held.code, AuditEvent.action == "inspection.started"
    )
    with widened(session, Task.CHAINING):
        started = session.scalars(query).first()
    return f"{held.code}|{started.isoformat() if started else ''}"


def second(case: CaseFile) -> Reading | None:
    """Return the second reading of a case, in or not, or None where nobody was asked."""
    return next((one for one in case.readings if one.purpose is ReadingPurpose.SECOND), None)


def may_be_locked(case: CaseFile, rule: Rule) -> bool:
    """Return whether nothing but the lead's word stands between a case and its lock."""
    return case.status in READY and rule.read_enough(case)


@dataclass(frozen=True)
class Member:
    """A reader of an inspection."""

    code: str
    name: str
    organisation: str
    leads: bool


Team = Mapping[str, Member]


def team_of(session: Session, inspection: str) -> Team:
    """Return an inspection's readers by their code, in the order of their names."""
    rows = session.execute(
        select(Person.code, Person.name, Person.organisation, InspectionReader.leads)
        .join(InspectionReader, InspectionReader.person == Person.code)
        .where(InspectionReader.inspection == inspection)
        .order_by(Person.name)
    )
    return {row.code: Member(*row) for row in rows}


def unfit(case: CaseFile, reader: str, purpose: ReadingPurpose, team: Team) -> str | None:
    """Return why somebody cannot read a case beside its first reader, or None (`APART`)."""
    if reader not in team:
        return "They are not a reader of this inspection"
    return barred(PARTS[purpose], _parts(case, team[reader], team))


def fit(case: CaseFile, purpose: ReadingPurpose, team: Team) -> tuple[Member, ...]:
    """Return the readers of an inspection who could read a case beside its first reader."""
    return tuple(member for code, member in team.items() if not unfit(case, code, purpose, team))


def _parts(case: CaseFile, member: Member, team: Team) -> set[Part]:
    parts = {PARTS[one.purpose] for one in case.readings if one.reader == member.code}
    if case.read_by == member.code:
        parts.add(Part.FIRST_READER)
    if member.leads:
        parts.add(Part.LEAD)
    if member.organisation in {team[code].organisation for code in readers(case) if code in team}:
        parts.add(Part.SAME_BODY)
    return parts


def readers(case: CaseFile) -> list[str]:
    """Return everyone who reads a case, the first reader first."""
    return [case.read_by, *(reading.reader for reading in case.readings)]


def verdicts(case: CaseFile) -> dict[str, dict[str, Verdict]]:
    """Return by theme what each reader of a case gave, the first reader first."""
    order = readers(case)
    given: dict[str, dict[str, Verdict]] = {}
    for finding in sorted(_of(case.findings, order), key=lambda f: order.index(f.reader)):
        verdict = (finding.grade, finding.not_graded and str(finding.not_graded))
        given.setdefault(finding.theme, {})[finding.reader] = verdict
    return dict(sorted(given.items()))


def _of(findings: Iterable[Finding], order: Sequence[str]) -> list[Finding]:
    return [finding for finding in findings if finding.reader in order]


def differing(case: CaseFile) -> tuple[str, ...]:
    """Return the themes of a case on which its readers did not give the same."""
    return tuple(theme for theme, given in verdicts(case).items() if len(set(given.values())) > 1)


def compare_if_all_in(session: Session, case: CaseFile, by: SignedIn) -> None:
    """Once every reading that is needed or was asked for is in, say whether they agree.

    Called whenever a reading comes in, the first one too: after a case was opened again the
    others are there already, and another body may have been quicker.
    """
    rule = rule_of(session, session.get_one(Inspection, case.inspection))
    ready = case.status is CaseStatus.SUBMITTED and case.readings and rule.read_enough(case)
    if not ready:
        return
    differ = bool(differing(case))
    met = frozenset({Need.EVERY_READING, Need.GRADES_DIFFER if differ else Need.SAME_GRADES})
    change(session, case, CaseStatus.SECOND_READ, Offer(met=met), by)
    to = CaseStatus.DISPUTED if differ else CaseStatus.AGREED
    change(session, case, to, Offer(met=met), by)


def cases_of(session: Session, inspections: Iterable[str]) -> list[CaseFile]:
    """Return the cases of inspections by reference, with grades, readings and decisions.

    Four queries however many cases there are; no text of a finding is read.
    """
    grades = selectinload(CaseFile.findings).load_only(
        Finding.case_id, Finding.theme, Finding.reader, Finding.grade, Finding.not_graded
    )
    query = (
        select(CaseFile)
        .where(CaseFile.inspection.in_(list(inspections)))
        .options(grades, selectinload(CaseFile.readings), selectinload(CaseFile.moderations))
        .order_by(CaseFile.inspection, CaseFile.reference)
    )
    with widened(session, Task.MODERATING, Task.COUNTING):
        return list(session.scalars(query))


@dataclass(frozen=True)
class Share:
    """What share of the cases was to be read twice, and what came of it, in numbers of cases."""

    percent: int
    lowest: int
    lowest_read: int
    others: int
    others_read: int


def share_of(cases: Sequence[CaseFile], rule: Rule) -> Share | None:
    """Return how many submitted cases of an inspection were read twice, beside what was asked."""
    if not rule.graded:
        return None
    submitted = [case for case in cases if case.status is not CaseStatus.DRAFT]
    lowest = [case for case in submitted if rule.lowest_given(case)]
    others = [case for case in submitted if not rule.lowest_given(case)]
    return Share(rule.percent, len(lowest), _twice(lowest), len(others), _twice(others))


def _twice(cases: Sequence[CaseFile]) -> int:
    return sum(1 for case in cases if (held := second(case)) and held.submitted_at)
