"""Look-up tables of places as published, edited as a mistaken or later one might be, taken in."""

import csv
import io
from collections.abc import Callable

from sqlalchemy import select

from data_model.database import Database
from data_model.records import AreaNeighbour, AuditEvent, District
from inspect_app.services import reference_intake
from inspect_app.services.reference_values import Became, LookupLine, LookupReport
from inspect_app.signed_in import SignedIn
from tests.support.looking import every_row_of
from tests.support.national import (
    COUNTIES,
    FORCES,
    GROUPINGS,
    NEIGHBOURS,
    REGIONS,
    THE_FORCES,
)

PUBLISHER, DURHAM = "samira-publisher", "E06000047"
NOW = "Statistical neighbours 2025, published 17 July 2025"
NEXT = "Statistical neighbours 2026, published July 2026"
CODES = "Codes of places, published 1 July 2026"
PUBLISHED = {
    NEIGHBOURS: NOW,
    GROUPINGS: "Statistical neighbours, April 2021",
    FORCES: "Districts, partnerships and forces, December 2023",
    COUNTIES: "Lower tier to upper tier, April 2023",
    REGIONS: CODES,
    THE_FORCES: CODES,
}
Rows = list[list[str]]


def with_cell(data: bytes, place: str, column: str, said: str) -> bytes:
    """Return a table in which one cell of a place's row differs; its code is first or last."""

    def change(rows: Rows) -> Rows:
        at = rows[0].index(column)
        row = next(row for row in rows if place in {row[0], row[-1]})
        row[at] = said
        return rows

    return edited(data, change)


def edited(data: bytes, change: Callable[[Rows], Rows]) -> bytes:
    """Return a table with its rows, headings first, changed."""
    out = io.StringIO()
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    csv.writer(out, lineterminator="\n").writerows(change(rows))
    return out.getvalue().encode()


def with_row(data: bytes, row: list[str]) -> bytes:
    """Return a table with one more row at its end."""
    return edited(data, lambda rows: [*rows, row])


def row_of(data: bytes, place: str) -> tuple[int, list[str]]:
    """Return the row of a place, from 1, and its cells; its code is first or last."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    return next((at, row) for at, row in enumerate(rows, 1) if place in {row[0], row[-1]})


def take(data: bytes, release: str, by: SignedIn) -> LookupReport:
    """Take a table in as a release."""
    return reference_intake.take("table.csv", data, by=by, release=release)


def events(database: Database) -> list[AuditEvent]:
    """Return the events of look-up tables taken in."""
    with every_row_of(database).reading() as session:
        query = select(AuditEvent).where(AuditEvent.action == reference_intake.TAKEN)
        return list(session.scalars(query))


def lines(report: LookupReport, became: Became) -> list[LookupLine]:
    """Return the rows of which one thing became."""
    return [line for line in report.lines if line.became is became]


def model(database: Database, year: str) -> dict[tuple[str, int], tuple[str, str]]:
    """Return a model's neighbours and how close they are, by area and place."""
    with every_row_of(database).reading() as session:
        held = session.scalars(select(AreaNeighbour).where(AreaNeighbour.model == year))
        return {(each.area_code, each.place): (each.neighbour, each.closeness) for each in held}


def forget(database: Database, kind: type[AreaNeighbour | District]) -> None:
    """Leave a database in which a look-up was never there."""
    with every_row_of(database).writing.begin() as connection:
        connection.exec_driver_sql(f"DELETE FROM {kind.__tablename__}")  # noqa: S608
