"""What earlier intakes of the same pack left behind, so that a file can be taken in again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import Intake


@dataclass(frozen=True)
class Earlier:
    """How a pack's cases stood after it was last taken in.

    `agreed` are hashes of the cases in which file and record said the same, and `lines` where
    the lines stand that came from this pack, by what they are lines of and their number in the
    file. Of a file that was taken before, nothing is agreed: it may be an old copy, and what
    was changed since then is asked about.
    """

    agreed: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    at: datetime | None = None


def earlier(session: Session, inspection: str, pack: str, file_hash: str) -> Earlier:
    """Return what the intakes of a pack say together; `at` is when this very file was taken."""
    query = select(Intake).where(Intake.inspection == inspection).order_by(Intake.number)
    agreed: dict[str, str] = {}
    lines: dict[str, dict[str, int]] = {}
    at: datetime | None = None
    for intake in session.scalars(query):
        if intake.report.get("pack") != pack:
            continue
        for reference in intake.report["taken"]:
            agreed.pop(reference, None)
        agreed |= intake.report["cases"]
        for group, numbers in intake.report["lines"].items():
            lines.setdefault(group, {}).update(numbers)
        at = intake.taken_at if intake.file_hash == file_hash else at
    return Earlier({} if at else agreed, lines, at)


def group_of(holds: str, reference: str, theme: str = "") -> str:
    """Return the name under which the numbers of a case's lines are kept."""
    return "|".join((holds, reference, theme))
