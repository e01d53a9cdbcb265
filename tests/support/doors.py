"""Every door through which a file comes in: who brings it, a good file, and what takes it."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import cycle

from openpyxl import Workbook

from data_model.database import Database
from data_model.forms import FrameForm, checked
from inspect_app.services import (
    attached_files,
    intake,
    national_intake,
    people,
    reference_intake,
    register_intake,
    returns,
    sampling,
)
from inspect_app.services.register_values import AsPlan, AsRegister, AsWhat
from inspect_app.signed_in import SignedIn
from tests.support.lookups import NOW
from tests.support.national import FACTORS, NEIGHBOURS, extract
from tests.support.packs import INSPECTION, READER, saved
from tests.support.recommending import accepted, evidence
from tests.support.sampling import DIP, start, table

RELEASE = "Children in need 2026, published 29 October 2026"
REGISTER = AsRegister(
    register="Register", source="A report", dated_on=date(2025, 1, 1), themes=("T3",)
)
PLAN = [["Rec ref", "What we will do", "Lead officer", "By when"], ["X-1", "Do it", "A", "2027"]]
LISTED = [
    ["Recommendation number", "Recommendation", "Addressed to", "Status"],
    ["1", "Do it", "Aldermere Council", "Open"],
]
ITEMS = 6
"""Enough for every hostile document: each item holds twenty."""
DIRECTOR, LEAD, PUBLISHER = "joanna-director", "priya-lead", "samira-publisher"


@dataclass(frozen=True)
class Door:
    """A door: the services behind it, a good workbook, and what is done with a file.

    `keeps` says that what comes in is kept as it is, and never read.
    """

    services: tuple[str, ...]
    good: bytes
    take: Callable[[str, bytes], object]
    keeps: bool = False


def doors(database: Database) -> dict[str, Door]:
    """Return every door by its name, on a copy of the samples that is made ready for them."""
    return dict(_doors(lambda code: people.sign_in(code, database)))


def _doors(signed_in: Callable[[str], SignedIn]) -> Iterator[tuple[str, Door]]:
    reader, director, publisher = map(signed_in, (READER, DIRECTOR, PUBLISHER))
    yield "a pack of cases", _door(
        "intake", intake.pack(INSPECTION, by=reader),
        lambda name, data: intake.take(name, data, by=reader, all_or_nothing=True),
        "preview", "take",
    )  # fmt: skip
    yield "a return", _door(
        "returns", returns.pack("X06000001", "2026-Q2", "aldermere-council", by=director),
        lambda name, data: returns.send(name, data, by=director), "send",
    )  # fmt: skip
    for said, told, rows, by in (
        ("a plan", AsPlan("Our plan"), PLAN, director),
        ("a register", REGISTER, LISTED, publisher),
    ):
        yield said, _door("register_intake", of_rows(rows), _register(told, by), "preview", "take")
    yield "a list of children", _list(signed_in(LEAD))
    yield "national statistics", _door(
        "national_intake", of_rows(rows_of(extract(FACTORS))),
        lambda name, data: national_intake.take(name, data, by=publisher, release=RELEASE),
        "preview", "take",
    )  # fmt: skip
    yield "a look-up table", _door(
        "reference_intake", of_rows(rows_of(extract(NEIGHBOURS))),
        lambda name, data: reference_intake.take(name, data, by=publisher, release=NOW),
        "preview", "take",
    )  # fmt: skip
    accepted(signed_in)
    items = cycle([evidence(director, "E2") for _item in range(ITEMS)])
    yield "evidence", Door(
        ("attached_files.attach",), of_rows(PLAN),
        lambda name, data: attached_files.attach(next(items), name, data, by=director), keeps=True,
    )  # fmt: skip


def _door(module: str, good: bytes, take: Callable[[str, bytes], object], *services: str) -> Door:
    return Door(tuple(f"{module}.{each}" for each in services), good, take)


def _register(told: AsWhat, by: SignedIn) -> Callable[[str, bytes], object]:
    return lambda name, data: register_intake.take(name, data, told, by=by)


def _list(lead: SignedIn) -> Door:
    start(lead)
    form = checked(FrameForm, {"source": "A list", "dated_on": "2026-01-05", "reason": "Again"})
    return _door(
        "sampling_register", of_rows(rows_of(table())),
        lambda _name, data: sampling.list_from(DIP, data, form, by=lead), "list_from",
    )  # fmt: skip


def rows_of(data: bytes) -> list[list[str]]:
    """Return the first rows of a table of text."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))[:20]


def of_rows(rows: list[list[str]]) -> bytes:
    """Return rows as a workbook."""
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    return saved(book)
