"""The reference data that comes with the product: put into a new database, and brought up to date.

An older database gets the rows that it has not, and what was left empty in those it has, such as
the day on which an authority ended. What differs is left as it is: somebody may have taken in a
newer release.
"""

from collections.abc import Sequence

from sqlalchemy import inspect, select
from sqlalchemy.orm import Session

from data_model.database import Database
from data_model.records import (
    Area,
    AreaNeighbour,
    AreaSuccession,
    Criterion,
    District,
    Framework,
    Organisation,
    Record,
    Scale,
    ScaleGrade,
    Theme,
)
from data_model.shipped import record, rows
from inspect_app.services import trail
from inspect_app.signed_in import SignedIn

SHIPPED: tuple[tuple[str, type[Record]], ...] = (
    ("areas", Area),
    ("area_successions", AreaSuccession),
    ("neighbours", AreaNeighbour),
    ("districts", District),
    ("organisations", Organisation),
    ("frameworks", Framework),
    ("scales", Scale),
    ("scale_grades", ScaleGrade),
    ("themes", Theme),
    ("criteria", Criterion),
)
INVENTED = ("areas", "organisations")
BROUGHT = "reference.brought"
SUBJECT = "the reference data of this version"


def add_all(session: Session) -> None:
    """Add all reference data, and the invented places, to a database that has none."""
    for name, kind in SHIPPED:
        _add(session, kind, _made(name, kind))
    for name, kind in SHIPPED:
        if name in INVENTED:
            _add(session, kind, [record(kind, row) for row in _invented(name)])


def bring(database: Database, *, by: SignedIn) -> dict[str, int]:
    """Bring a database's reference data up to this version, in one transaction with one event.

    Returns how many rows were added or completed, by table; nothing where all are there, and
    then nothing is recorded.
    """
    with database.recording(by.sight()) as session:
        brought = {name: _bring(session, kind, _made(name, kind)) for name, kind in SHIPPED}
        brought = {name: number for name, number in brought.items() if number}
        if brought:
            trail.note(session, by, BROUGHT, SUBJECT, after=brought)
    return brought


def _made(name: str, kind: type[Record]) -> list[Record]:
    return [record(kind, row) for row in rows("data_model", "reference", f"{name}.csv")]


def _invented(name: str) -> list[dict[str, str]]:
    return list(rows("sample_inspections", "invented", f"{name}.csv"))


def _bring(session: Session, kind: type[Record], made: Sequence[Record]) -> int:
    """Add what is missing and fill what is empty; return how many rows that were."""
    held = {_key(each): each for each in session.scalars(select(kind))}
    missing = [each for each in made if _key(each) not in held]
    completed = sum(_completed(held[_key(each)], each) for each in made if _key(each) in held)
    _add(session, kind, missing)
    return len(missing) + completed


def _key(made: Record) -> tuple[object, ...]:
    return tuple(getattr(made, column.name) for column in inspect(type(made)).primary_key)


def _completed(held: Record, made: Record) -> bool:
    """Fill what is empty in a row from the shipped one; return whether anything was."""
    filled = False
    for column in inspect(type(made)).columns:
        value = getattr(made, column.key)
        if value is not None and getattr(held, column.key) is None:
            setattr(held, column.key, value)
            filled = True
    return filled


def _add(session: Session, kind: type[Record], made: Sequence[Record]) -> None:
    """Add the rows of one table, places before the places that lie in them."""
    if kind is Area:
        session.add_all([each for each in made if not _lies_somewhere(each)])
        session.flush()
    session.add_all(made)
    session.flush()


def _lies_somewhere(area: Record) -> bool:
    return isinstance(area, Area) and bool(area.region_code or area.force_code)
