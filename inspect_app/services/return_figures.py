"""The figures of a return: who sends them, kept as they came, and what an earlier file said."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import Area, Figure, Organisation, Return
from data_model.vocabulary import Symbol
from inspect_app.errors import Refusal
from inspect_app.services.reference import organisation_name
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.returns import Key, ReturnFile, ReturnRow
from metrics.indicator import Quarter
from metrics.recording import RETURNS_LATE
from metrics.returned import RETURN

FROM_RETURN = "Return of "
"""How the source of a figure begins that a body returned."""

SENT = "return.sent"
"""What the audit trail calls the coming of a file."""


def subject(held: Return) -> str:
    """Return what the audit trail calls a return."""
    return f"return {held.area_code} {held.quarter} {held.organisation}"


def senders(session: Session, area: Area) -> Sequence[Organisation]:
    """Return the bodies that send a return about an area: its own, and its police force's."""
    query = (
        select(Organisation)
        .where(
            Organisation.kind.in_({line.sent_by for line in RETURN}),
            Organisation.area_code.in_([code for code in (area.code, area.force_code) if code]),
        )
        .order_by(Organisation.kind, Organisation.name)
    )
    return session.scalars(query).all()


def held_by(held: Return) -> list[Figure]:
    """Return the figures of a return that stand now, as records."""
    return [figure for figure in held.figures if figure.superseded_at is None]


def kept(held: Return) -> dict[Key, Figure]:
    """Return the figures of a return that stand now, by what they are about."""
    return {(f.indicator, f.breakdown, f.category): f for f in held_by(held)}


def supersede(
    session: Session, held: Return, file: ReturnFile, quarter: Quarter, by: SignedIn
) -> int:
    """Keep what a file says, and set aside what an earlier one said otherwise.

    Returns how many figures differ. A row left out of the new file stands no longer.
    """
    before = kept(held)
    rows = {row.key: row for row in file.rows if not row.blank}
    _check_known(list(rows.values()))
    changed = 0
    for key, figure in before.items():
        row = rows.get(key)
        if row is None or not _same(figure, row):
            figure.superseded_at, figure.superseded_by = by.clock(), by.person
            changed += 1
    source = f"{FROM_RETURN}{organisation_name(session, held.organisation)}"
    for key, row in rows.items():
        if key not in before or before[key].superseded_at is not None:
            held.figures.append(_figure(held, row, quarter, source))
            changed += key not in before
    return changed


def _same(figure: Figure, row: ReturnRow) -> bool:
    said = (figure.numerator, figure.denominator, figure.symbol, figure.breaks, figure.note)
    symbol = Symbol(row.mark) if row.mark else None
    return said == (row.numerator, row.denominator, symbol, row.changed, row.note)


def _figure(held: Return, row: ReturnRow, quarter: Quarter, source: str) -> Figure:
    return Figure(
        indicator=row.indicator,
        area_code=held.area_code,
        period_start=quarter.start,
        period_end=quarter.end,
        period_label=quarter.label,
        numerator=row.numerator,
        denominator=row.denominator,
        symbol=Symbol(row.mark) if row.mark else None,
        breaks=row.changed,
        note=row.note,
        source=source,
        breakdown=row.breakdown,
        category=row.category,
    )


def _check_known(rows: list[ReturnRow]) -> None:
    """Refuse what no return is asked for, such as figures that publications alone state."""
    if any(r.indicator == RETURNS_LATE.code for r in rows):
        raise Refusal(
            "No body is asked how late returns were: that is counted here, from when they came.",
            f"Take the rows of {RETURNS_LATE.code} out and send the file again.",
        )
    unknown = sorted({r.indicator for r in rows} - {line.code for line in RETURN})
    if unknown:
        raise Refusal(
            f"There is no indicator of returns called {', '.join(map(repr, unknown))}.",
            "Use the codes of the workbook that is packed; nothing was taken in.",
            unknown=unknown,
        )
    halves = [r for r in rows if (r.breakdown is None) != (r.category is None)]
    if halves:
        raise Refusal(
            f"Row {halves[0].line} names a part by half: {halves[0].breakdown or 'no breakdown'}, "
            f"{halves[0].category or 'no category'}.",
            "A part has both By and Of these; the whole has neither.",
            cell=halves[0].numbered,
        )
