"""An indicator from recorded cases taken apart: who the children are, as their cases say."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from data_model import counted
from data_model.records import Inspection
from data_model.vocabulary import Breakdown
from inspect_app.access import Permission
from inspect_app.services import tallied
from inspect_app.services.inspection_values import seen
from inspect_app.services.scorecards import Line
from inspect_app.services.tallied import Tallied
from inspect_app.signed_in import SignedIn
from metrics import BY_CODE
from metrics.indicator import Indicator
from metrics.outcome import Outcome
from metrics.tallies import Tally, measure


@dataclass(frozen=True)
class CasePart:
    """One part of an indicator, such as its boys; `category` is None where nothing was entered."""

    breakdown: Breakdown
    category: str | None
    outcome: Outcome


def of_line(line: Line, *, by: SignedIn) -> tuple[CasePart, ...]:
    """Return a line from cases taken apart in every way its indicator declares.

    Categories stand in the order of their list, those nobody recorded and what was not entered
    among them; one without a row has none. Empty for a line that is no count of cases. Raises
    NotFound where the person may not see the inspection.
    """
    return of_lines([line], by=by).get(line, ())


def of_lines(lines: Iterable[Line], *, by: SignedIn) -> dict[Line, tuple[CasePart, ...]]:
    """Return each of these lines that is a count of cases, taken apart as `of_line` does."""
    by.need(Permission.READ_SCORECARDS)
    cases: dict[str, list[Line]] = {}
    for line in lines:
        if line.inspection is not None:
            cases.setdefault(line.inspection, []).append(line)
    found: dict[Line, tuple[CasePart, ...]] = {}
    if cases:
        with by.reading() as session:
            for inspection, held in cases.items():
                found |= _of_inspection(session, inspection, held, by)
    return found


def _of_inspection(
    session: Session, inspection: str, lines: Iterable[Line], by: SignedIn
) -> dict[Line, tuple[CasePart, ...]]:
    held = seen(session, inspection, by)
    snapshot = counted.snapshot(session, by.database.snapshots)
    counts = tallied.of_inspection(snapshot, held.area_code, held.code)
    declared = ((line, BY_CODE[line.indicator]) for line in lines)
    return {
        line: _apart(indicator, counts, held)
        for line, indicator in declared
        if isinstance(indicator, Indicator)
    }


def _apart(indicator: Indicator, counts: Tallied, held: Inspection) -> tuple[CasePart, ...]:
    return tuple(
        CasePart(breakdown, category, measure(indicator, part, held.sampling, None))
        for breakdown in indicator.apart
        for category, part in _in_order(breakdown, counts.parts(indicator, breakdown))
    )


def _in_order(
    breakdown: Breakdown, parts: dict[str | None, Tally]
) -> list[tuple[str | None, Tally]]:
    order = [*(str(category) for category in breakdown.categories), None]
    return sorted(parts.items(), key=lambda part: order.index(part[0]))
