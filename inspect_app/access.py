"""Who may: what each role allows and where, and which inspections and cases are in sight."""

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
    EXPORT_TRAIL = "export parts of the audit trail"
    ERASE_CASES = "erase cases whose time has come"
    MANAGE_PEOPLE = "manage people"
    WRITE_SNAPSHOTS = "write the snapshot of all counted evidence"


class Scope(StrEnum):
    """Where a role's permission holds; the functions below and the services keep to it."""

    ANYWHERE = "anywhere"
    AGREED = "published, read in, or agreed"
    CONCERNED = "published, read in, or agreed and concerning their organisation or area"
    READ_IN = "inspections they read in"
    ASSIGNED = "cases they read themselves"
    LED = "inspections they lead"
    ORGANISATION = "their organisation"
    AREA = "their area"
    OTHERS = "every organisation but their own"


Where = dict[Permission, Scope]
RELEASES: Where = {Permission.READ_RELEASES: Scope.ANYWHERE}
CONCERNED: Where = RELEASES | {
    Permission.READ_INSPECTIONS: Scope.CONCERNED,
    Permission.READ_RECOMMENDATIONS: Scope.CONCERNED,
    Permission.READ_SCORECARDS: Scope.AREA,
}
NATIONAL: Where = RELEASES | {
    Permission.READ_INSPECTIONS: Scope.AGREED,
    Permission.READ_RECOMMENDATIONS: Scope.AGREED,
    Permission.READ_SCORECARDS: Scope.ANYWHERE,
}
INSPECTING: Where = CONCERNED | {
    Permission.READ_SCORECARDS: Scope.ANYWHERE,
    Permission.READ_CASES: Scope.READ_IN,
    Permission.WRITE_CASES: Scope.ASSIGNED,
}

TRUTH: dict[Role, Where] = {
    Role.INSPECTOR: INSPECTING,
    Role.LEAD_INSPECTOR: INSPECTING
    | {
        Permission.EXPORT_TRAIL: Scope.LED,
        Permission.ERASE_CASES: Scope.LED,
        Permission.START_INSPECTIONS: Scope.ANYWHERE,
        Permission.ENTER_PUBLISHED: Scope.ANYWHERE,
        Permission.AGREE_FINDINGS: Scope.LED,
        Permission.WRITE_RECOMMENDATIONS: Scope.LED,
        Permission.WRITE_CLAIMS: Scope.LED,
    },
    Role.PUBLISHER: NATIONAL
    | {
        Permission.ENTER_PUBLISHED: Scope.ANYWHERE,
        Permission.WRITE_CLAIMS: Scope.AGREED,
        Permission.ANSWER_CLAIMS: Scope.AGREED,
        Permission.MAKE_RELEASES: Scope.ANYWHERE,
        Permission.CHECK_RELEASES: Scope.ANYWHERE,
    },
    Role.SECOND_APPROVER: NATIONAL
    | {
        Permission.CHECK_RELEASES: Scope.ANYWHERE,
        Permission.APPROVE_RELEASES: Scope.ANYWHERE,
    },
    Role.BOARD_MEMBER: CONCERNED
    | {Permission.APPROVE_RETURNS: Scope.AREA, Permission.DECIDE: Scope.AREA},
    Role.DIRECTOR: CONCERNED
    | {Permission.RESPOND: Scope.ORGANISATION, Permission.SEND_RETURNS: Scope.ORGANISATION},
    Role.VERIFIER: NATIONAL | {Permission.VERIFY: Scope.OTHERS},
    Role.ADMINISTRATOR: RELEASES
    | {
        Permission.READ_TRAIL: Scope.ANYWHERE,
        Permission.MANAGE_PEOPLE: Scope.ANYWHERE,
        Permission.EXPORT_TRAIL: Scope.ANYWHERE,
        Permission.ERASE_CASES: Scope.ANYWHERE,
        Permission.WRITE_SNAPSHOTS: Scope.ANYWHERE,
    },
}
"""What each role may do, and where: the one truth table, from which everything else is drawn."""

ALLOWED: dict[Role, frozenset[Permission]] = {role: frozenset(held) for role, held in TRUTH.items()}


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
        return any(permission in TRUTH[role] for role in self.roles)

    def scopes(self, permission: Permission) -> frozenset[Scope]:
        """Return where the person's roles allow this, between them."""
        return frozenset(TRUTH[r][permission] for r in self.roles if permission in TRUTH[r])


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
    return concerned or Scope.AGREED in standing.scopes(Permission.READ_INSPECTIONS)


def sees_returns(standing: Standing, area: str) -> bool:
    """Return whether the person may see an area's figures that are not published yet."""
    scopes = standing.scopes(Permission.READ_SCORECARDS)
    return Scope.ANYWHERE in scopes or (Scope.AREA in scopes and standing.area == area)
