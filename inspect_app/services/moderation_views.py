"""What waits in moderation: for a reader the cases to read second, for the lead what to decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from data_model.forms import FindingForm
from data_model.protocols import protocol
from data_model.records import CaseFile, Inspection, Organisation, Person
from data_model.sight import Task
from data_model.vocabulary import CaseStatus, InspectionStatus, ReadingPurpose
from inspect_app.access import Permission
from inspect_app.errors import NotAllowed, Refusal
from inspect_app.services.case_access import find, own_reading, writes
from inspect_app.services.case_filling import findings_of
from inspect_app.services.case_sheet import Sheet, finding_in_words, sheet_of
from inspect_app.services.inspection_values import titled
from inspect_app.services.readings import (
    DECIDED_IN,
    MAY_BE_ASKED,
    Rule,
    Share,
    Team,
    cases_of,
    differing,
    fit,
    may_be_locked,
    readers,
    rule_of,
    second,
    share_of,
    team_of,
    unfit,
)
from inspect_app.services.reference import all_themes, person_name, reads_cases
from inspect_app.signed_in import SignedIn

NOT_LED = "You do not lead inspection {}."
"""What somebody is told who asks for what is the lead's."""


@dataclass(frozen=True)
class CaseName:
    """A case by its number, reference, kind and edition, and nothing that anybody found in it."""

    id: int
    reference: str
    kind: str
    edition: int


@dataclass(frozen=True)
class MyReading:
    """A case that the person was asked to read beside its first reader.

    `open` says that it can be written in now; `done` that the reading is in.
    """

    case: CaseName
    purpose: ReadingPurpose
    open: bool
    done: bool


@dataclass(frozen=True)
class Asked:
    """A reading that was asked for and is not in."""

    case: CaseName
    reader: str
    name: str
    purpose: ReadingPurpose
    at: datetime


@dataclass(frozen=True)
class Askable:
    """A case that somebody could be asked to read, for what, and who could: name by code."""

    case: CaseName
    purpose: ReadingPurpose
    needed: bool
    could: Mapping[str, str]


@dataclass(frozen=True)
class LeadsDesk:
    """What the lead of an inspection sees of its moderation, cases in the order of references."""

    share: Share | None
    waiting: tuple[Askable, ...]
    askable: tuple[Askable, ...]
    asked: tuple[Asked, ...]
    disputed: tuple[CaseName, ...]
    decided: tuple[CaseName, ...]
    ready: tuple[CaseName, ...]
    locked: tuple[CaseName, ...]
    opened_again: tuple[CaseName, ...]
    drafts: int
    could_join: Mapping[str, str]


@dataclass(frozen=True)
class Desk:
    """What waits for a person in one inspection that is being read; `leading` for its lead."""

    inspection: str
    title: str
    mine: tuple[MyReading, ...]
    takeable: tuple[CaseName, ...]
    leading: LeadsDesk | None


def desks(*, by: SignedIn) -> list[Desk]:
    """Return what waits for the person in every inspection they read in that is being read."""
    by.need(Permission.READ_CASES)
    with by.reading(Task.MODERATING) as session:
        query = (
            select(Inspection)
            .where(
                Inspection.code.in_(by.standing.reads),
                Inspection.status == InspectionStatus.READING,
            )
            .order_by(Inspection.code)
        )
        held = list(session.scalars(query))
        cases = cases_of(session, [one.code for one in held])
        return [
            _desk(session, one, [case for case in cases if case.inspection == one.code], by)
            for one in held
        ]


def _desk(session: Session, held: Inspection, cases: Sequence[CaseFile], by: SignedIn) -> Desk:
    rule, team = rule_of(session, held), team_of(session, held.code)
    takeable = [
        _name(case)
        for case in cases
        if rule.waits(case) and not unfit(case, by.person, ReadingPurpose.SECOND, team)
    ]
    leads = held.code in by.standing.leads and by.may(Permission.AGREE_FINDINGS)
    return Desk(
        held.code,
        titled(session, held),
        tuple(mine for case in cases if (mine := _mine(case, by)) is not None),
        tuple(takeable) if by.may(Permission.WRITE_CASES) else (),
        _leads_desk(session, held, cases, rule, team) if leads else None,
    )


def _name(case: CaseFile) -> CaseName:
    return CaseName(case.id, case.reference, case.kind.english, case.edition)


def _mine(case: CaseFile, by: SignedIn) -> MyReading | None:
    own = own_reading(case, by)
    if own is None:
        return None
    return MyReading(_name(case), own.purpose, writes(case, by), own.submitted_at is not None)


def _leads_desk(
    session: Session, held: Inspection, cases: Sequence[CaseFile], rule: Rule, team: Team
) -> LeadsDesk:
    several = protocol(held.kind).several_bodies
    purposes = [purpose for purpose in ReadingPurpose if several or purpose in ONE_BODY]
    askable = [one for case in cases for p in purposes if (one := _askable(case, p, rule, team))]
    return LeadsDesk(
        share=share_of(cases, rule),
        waiting=tuple(one for one in askable if one.needed),
        askable=tuple(one for one in askable if one.could),
        asked=tuple(asked for case in cases for asked in _asked(case, team)),
        disputed=_standing(cases, CaseStatus.DISPUTED),
        decided=_standing(cases, CaseStatus.MODERATED),
        ready=tuple(_name(case) for case in cases if may_be_locked(case, rule)),
        locked=_standing(cases, CaseStatus.LOCKED),
        opened_again=tuple(_name(case) for case in cases if case.edition > 1),
        drafts=len(_standing(cases, CaseStatus.DRAFT)),
        could_join=_could_join(session, team),
    )


ONE_BODY = frozenset({ReadingPurpose.SECOND})


def _standing(cases: Sequence[CaseFile], status: CaseStatus) -> tuple[CaseName, ...]:
    return tuple(_name(case) for case in cases if case.status is status)


def _askable(case: CaseFile, purpose: ReadingPurpose, rule: Rule, team: Team) -> Askable | None:
    taken = purpose is ReadingPurpose.SECOND and second(case) is not None
    if taken or case.status not in MAY_BE_ASKED[purpose] or not rule.graded:
        return None
    needed = purpose is ReadingPurpose.SECOND and rule.waits(case)
    could = {member.code: member.name for member in fit(case, purpose, team)}
    return Askable(_name(case), purpose, needed, could)


def _asked(case: CaseFile, team: Team) -> list[Asked]:
    return [
        Asked(
            _name(case),
            one.reader,
            team[one.reader].name if one.reader in team else one.reader,
            one.purpose,
            one.asked_at,
        )
        for one in case.readings
        if one.submitted_at is None
    ]


def _could_join(session: Session, team: Team) -> dict[str, str]:
    """Return who reads cases by their role and is not a reader of the inspection yet."""
    people = session.scalars(
        select(Person).options(selectinload(Person.roles)).order_by(Person.name)
    )
    return {p.code: p.name for p in people if p.code not in team and reads_cases(p)}


@dataclass(frozen=True)
class OneReading:
    """What one reader found on one theme, title and words; `grade` is its code, or why none.

    `body` names the organisation for which a reader of another body read it.
    """

    name: str
    first: bool
    body: str | None
    grade: str | None
    said: Mapping[str, str]


@dataclass(frozen=True)
class DisputedTheme:
    """A theme on which readings differ, everybody's finding beside everybody else's."""

    theme: str
    name: str
    readings: tuple[OneReading, ...]
    decided: str | None
    why: str | None


@dataclass(frozen=True)
class Dispute:
    """A case whose readings differ, as its lead decides it.

    `agreed_on` names the themes that need no decision; `led_by_reader` says that whoever
    decides has read the case first.
    """

    case: CaseName
    sheet: Sheet
    themes: tuple[DisputedTheme, ...]
    agreed_on: tuple[str, ...]
    led_by_reader: bool


def dispute(case_id: int, *, by: SignedIn) -> Dispute:
    """Return a case whose readings differ, side by side; for its lead, until it is locked."""
    by.need(Permission.AGREE_FINDINGS)
    with by.reading(Task.MODERATING) as session:
        case = find(session, case_id, by)
        if case.inspection not in by.standing.leads:
            raise NotAllowed(NOT_LED.format(case.inspection), "Its lead decides.")
        if case.status not in DECIDED_IN:
            raise Refusal(
                f"There is nothing to decide in case {case.reference}.",
                "Choose a case from the list.",
            )
        sheet = sheet_of(session, session.get_one(Inspection, case.inspection), all_themes(session))
        open_themes = differing(case)
        names = {theme.code: theme.short_name for theme in sheet.themes}
        return Dispute(
            _name(case),
            sheet,
            tuple(_theme(session, case, theme, sheet) for theme in open_themes),
            tuple(name for code, name in names.items() if code not in open_themes),
            case.read_by == by.person,
        )


def _theme(session: Session, case: CaseFile, theme: str, sheet: Sheet) -> DisputedTheme:
    decided = next((one for one in case.moderations if one.theme == theme), None)
    name = next((held.name for held in sheet.themes if held.code == theme), theme)
    return DisputedTheme(
        theme,
        name,
        tuple(_reading(session, case, reader, theme, sheet) for reader in readers(case)),
        (decided.grade or str(decided.not_graded)) if decided else None,
        decided.reason if decided else None,
    )


def _reading(session: Session, case: CaseFile, reader: str, theme: str, sheet: Sheet) -> OneReading:
    given = {finding.theme: finding for finding in findings_of(case, reader)}
    finding = given.get(theme, FindingForm(theme=theme))
    why = finding.not_graded and str(finding.not_graded)
    return OneReading(
        person_name(session, reader),
        reader == case.read_by,
        _body(session, case, reader),
        finding.grade or why,
        finding_in_words(finding, sheet),
    )


def _body(session: Session, case: CaseFile, reader: str) -> str | None:
    purposes = {reading.reader: reading.purpose for reading in case.readings}
    if purposes.get(reader) is not ReadingPurpose.BODY:
        return None
    organisation = session.get_one(Person, reader).organisation
    return session.get_one(Organisation, organisation).name
