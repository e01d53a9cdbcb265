"""Who may: roles and what each allows, and which inspections, cases and bodies are in sight."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from data_model.vocabulary import CaseStatus, InspectionStatus, Role


class Permission(StrEnum):
    """What a role may let a person do; where, is for the functions below to say."""

    READ_INSPECTIONS = "read inspections"
    START_INSPECTIONS = "start inspections"
    ENTER_PUBLISHED = "enter published evidence"
    READ_CASES = "read case files"
    WRITE_CASES = "record case files"
    AGREE_FINDINGS = "agree an inspection's findings"
    READ_RECOMMENDATIONS = "read recommendations"
    WRITE_RECOMMENDATIONS = "write recommendations"
    RESPOND = "respond to recommendations"
    VERIFY = "verify what was done"
    READ_SCORECARDS = "read scorecards"
    SEND_RETURNS = "send quarterly returns"
    APPROVE_RETURNS = "approve quarterly returns"
    DECIDE = "answer and decide for a partnership"
    READ_RELEASES = "read releases"
    WRITE_CLAIMS = "word claims and texts in Welsh"
    ANSWER_CLAIMS = "answer for claims that the evidence does not bear out"
    MAKE_RELEASES = "make releases"
    CHECK_RELEASES = "check releases before they are published"
    APPROVE_RELEASES = "approve releases that somebody else drew up"
    READ_TRAIL = "read the audit trail"
    MANAGE_PEOPLE = "manage people"
    WRITE_SNAPSHOTS = "write the snapshot of all counted evidence"


READING = frozenset(
    {
        Permission.READ_INSPECTIONS,
        Permission.READ_RECOMMENDATIONS,
        Permission.READ_SCORECARDS,
        Permission.READ_RELEASES,
    }
)
INSPECTING = READING | {Permission.READ_CASES, Permission.WRITE_CASES}

ALLOWED: dict[Role, frozenset[Permission]] = {
    Role.INSPECTOR: INSPECTING,
    Role.LEAD_INSPECTOR: INSPECTING
    | {
        Permission.START_INSPECTIONS,
        Permission.ENTER_PUBLISHED,
        Permission.AGREE_FINDINGS,
        Permission.WRITE_RECOMMENDATIONS,
        Permission.WRITE_CLAIMS,
    },
    Role.PUBLISHER: READING
    | {
        Permission.ENTER_PUBLISHED,
        Permission.WRITE_CLAIMS,
        Permission.ANSWER_CLAIMS,
        Permission.MAKE_RELEASES,
        Permission.CHECK_RELEASES,
    },
    Role.SECOND_APPROVER: READING | {Permission.CHECK_RELEASES, Permission.APPROVE_RELEASES},
    Role.BOARD_MEMBER: READING | {Permission.APPROVE_RETURNS, Permission.DECIDE},
    Role.DIRECTOR: READING | {Permission.RESPOND, Permission.SEND_RETURNS},
    Role.VERIFIER: READING | {Permission.VERIFY},
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.READ_RELEASES,
            Permission.READ_TRAIL,
            Permission.MANAGE_PEOPLE,
            Permission.WRITE_SNAPSHOTS,
        }
    ),
}

SEES_ALL_AGREED = frozenset({Role.PUBLISHER, Role.SECOND_APPROVER, Role.VERIFIER})
SEES_ALL_RETURNS = SEES_ALL_AGREED | {Role.LEAD_INSPECTOR, Role.INSPECTOR}


BLIND = frozenset({CaseStatus.DRAFT, CaseStatus.SUBMITTED})
"""While a case stands so, no reading of it is shown to another of its readers."""

OPEN = frozenset({CaseStatus.COUNTED})
"""Once a case stands so, every reader of its inspection may see it."""


@dataclass(frozen=True)
class CaseStanding:
    """What decides who sees a case: where it is, how far it is, and who reads it."""

    inspection: str
    read_by: str
    status: CaseStatus
    readings: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Standing:
    """Who a person is as far as access is concerned; the codes come from our own records."""

    person: str
    organisation: str
    area: str | None
    roles: frozenset[Role]
    reads: frozenset[str] = frozenset()
    leads: frozenset[str] = frozenset()

    def may(self, permission: Permission) -> bool:
        """Return whether any of the person's roles allows this."""
        return any(permission in ALLOWED[role] for role in self.roles)


def sees_cases(standing: Standing, inspection: str) -> bool:
    """Return whether the person may read the case files of an inspection: its readers only."""
    return standing.may(Permission.READ_CASES) and inspection in standing.reads


def sees_case(standing: Standing, case: CaseStanding) -> bool:
    """Return whether the person may read what the first reader recorded of a case.

    A draft is its reader's own, and the lead's. Until every reading is in, the readings are
    blind to each other; until a case counts, nobody else sees it, so that any of them can
    still read it second, also once a locked case is opened again.
    """
    if not sees_cases(standing, case.inspection):
        return False
    if standing.person == case.read_by:
        return True
    if standing.person in case.readings:
        return case.status not in BLIND
    return case.inspection in standing.leads or case.status in OPEN


def sees_reading(standing: Standing, case: CaseStanding) -> bool:
    """Return whether the person may see what the other readers of a case found."""
    return sees_case(standing, case) and (
        case.status not in BLIND
        or (case.inspection in standing.leads and standing.person != case.read_by)
    )


def sees_inspection(
    standing: Standing,
    inspection: str,
    status: InspectionStatus,
    areas: Collection[str],
    bodies: Collection[str],
) -> bool:
    """Return whether the person may see an inspection and its counts.

    What is published elsewhere, everyone may; while cases are being read, its readers only;
    once findings are agreed also the bodies concerned, their area, publishers and verifiers.
    """
    if not standing.may(Permission.READ_INSPECTIONS):
        return False
    if status is InspectionStatus.PUBLISHED_ELSEWHERE or inspection in standing.reads:
        return True
    if status is not InspectionStatus.AGREED:
        return False
    concerned = standing.organisation in bodies or standing.area in areas
    return concerned or bool(standing.roles & SEES_ALL_AGREED)


def sees_returns(standing: Standing, area: str) -> bool:
    """Return whether the person may see an area's figures that are not published yet."""
    if not standing.may(Permission.READ_SCORECARDS):
        return False
    return standing.area == area or bool(standing.roles & SEES_ALL_RETURNS)
