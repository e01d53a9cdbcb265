"""How claims of inspections stand for those who see these: by the counts that they may see."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from data_model import counted
from data_model.counted import Snapshot
from data_model.records import Inspection
from inspect_app.publishing.content import Number
from inspect_app.services.claim_evidence import behind
from inspect_app.services.claim_values import Desk, desk
from inspect_app.services.inspection_values import evidence_base
from inspect_app.services.reference import scale_value
from inspect_app.services.release_figures import or_unknown
from inspect_app.signed_in import SignedIn


@dataclass(frozen=True)
class Counted:
    """A count that those who see an inspection may see."""

    theme: str
    case_kind: str
    grade: str
    cases: Number
    cases_read: Number


def desks(session: Session, inspections: Sequence[Inspection], by: SignedIn) -> dict[str, Desk]:
    """Return by inspection what says how its sentences stand; none while cases are being read."""
    if not inspections:
        return {}
    snapshot = counted.snapshot(session, by.database.snapshots)
    stands = behind(session, inspections, snapshot, by)
    return {
        held.code: desk(session, held, stands[held.code], _rows(session, held, snapshot))
        for held in inspections
    }


def _rows(session: Session, held: Inspection, snapshot: Snapshot) -> list[Counted]:
    frame = evidence_base(held, scale_value(session, held.scale), snapshot)
    return [
        Counted(
            row["theme"],
            row["case_kind"],
            row["grade"],
            or_unknown(row["cases"]),
            or_unknown(row["cases_read"]),
        )
        for row in frame.iter_rows(named=True)
    ]
