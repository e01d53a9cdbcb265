"""The matrix of an inspection: cases down, themes across, in each cell the grade that stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from data_model.records import CaseFile
from data_model.vocabulary import CaseKind, CaseStatus
from inspect_app.services.case_access import reads_blind, sees_whole
from inspect_app.services.readings import Rule, Team, may_be_locked, second
from inspect_app.signed_in import SignedIn

DRAFTS = "still drafts"
WAITING = "waiting for a second reader"
BEING_READ = "being read by somebody else too"
DISPUTED = "in dispute"
READY = "ready to be locked"


@dataclass(frozen=True)
class MatrixRow:
    """One case of the case × theme matrix; a cell holds a grade, a reason for none, or None.

    The cells of a `hidden` row are kept from the person, who may still read the case second; a
    row that `opens` leads to a case that they may open, if only to their own reading of it.
    `twice` says that a second reading is in; `decided` names the themes that the lead decided.
    `before_lock` is what the lead waits for, and empty for everybody else: it would say why a
    case needs a second reading.
    """

    case_id: int
    reference: str
    status: CaseStatus
    kind: CaseKind
    reader: str
    cells: dict[str, str | None]
    hidden: bool = False
    opens: bool = True
    twice: bool = False
    decided: frozenset[str] = frozenset()
    before_lock: str | None = None


@dataclass(frozen=True)
class Around:
    """What the rows of one inspection's matrix have in common."""

    themes: Sequence[str]
    rule: Rule
    team: Team
    leads: bool


def matrix_of(cases: Sequence[CaseFile], around: Around, by: SignedIn) -> tuple[MatrixRow, ...]:
    """Return the case × theme matrix, for a reader of the inspection; others' drafts left out."""
    return tuple(
        _row(case, around, by)
        for case in cases
        if case.status is not CaseStatus.DRAFT or sees_whole(case, by)
    )


def _row(case: CaseFile, around: Around, by: SignedIn) -> MatrixRow:
    """Return a row; the grades of a case that the person may yet read second stay hidden."""
    hidden = not sees_whole(case, by)
    given = {} if hidden else standing_verdicts(case)
    reader = around.team.get(case.read_by)
    held = second(case)
    return MatrixRow(
        case.id,
        case.reference,
        case.status,
        case.kind,
        reader.name if reader else case.read_by,
        {theme: given.get(theme) for theme in around.themes},
        hidden,
        not hidden or reads_blind(case, by),
        held is not None and held.submitted_at is not None,
        frozenset() if hidden else frozenset(one.theme for one in case.moderations),
        before_lock(case, around.rule) if around.leads else None,
    )


def standing_verdicts(case: CaseFile) -> dict[str, str | None]:
    """Return by theme the grade that stands, or why there is none: the lead's where decided.

    The same as `data_model.reading.standing` says of cases that count.
    """
    first = {f.theme: (f.grade, f.not_graded) for f in case.findings if f.reader == case.read_by}
    decided = {one.theme: (one.grade, one.not_graded) for one in case.moderations}
    return {
        theme: grade or (why and str(why)) for theme, (grade, why) in {**first, **decided}.items()
    }


def before_lock(case: CaseFile, rule: Rule) -> str | None:
    """Return what has to happen next before a case is locked; None once it is."""
    if case.status is CaseStatus.DRAFT:
        return DRAFTS
    if case.status is CaseStatus.DISPUTED:
        return DISPUTED
    if may_be_locked(case, rule):
        return READY
    if case.status is CaseStatus.SUBMITTED:
        return WAITING if rule.waits(case) else BEING_READ
    return None
