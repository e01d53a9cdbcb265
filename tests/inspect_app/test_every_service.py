"""Every service, as every role of the own and of another organisation, area and inspection.

The services are found, not listed: one that is not in the table fails. What each does for whom is
held against the truth table of `inspect_app.access`; nothing that a call changes is kept.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Engine, insert, select

from data_model.database import Database
from data_model.records import AuditEvent, Person, PersonRole
from data_model.vocabulary import Role
from inspect_app.access import TRUTH, Standing
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import people
from tests.support.every_service import (
    ALL,
    DECLARED,
    DRAWN_AT_LENGTH,
    HANDED_ON,
    arguments,
    found,
    holds,
)
from tests.support.looking import every_row_of
from tests.support.samples import Template

OWN = {
    Role.LEAD_INSPECTOR: "priya-lead",
    Role.INSPECTOR: "marcus-inspector",
    Role.PUBLISHER: "samira-publisher",
    Role.SECOND_APPROVER: "eleri-approver",
    Role.BOARD_MEMBER: "patrick-board",
    Role.DIRECTOR: "joanna-director",
    Role.VERIFIER: "ruth-verifier",
    Role.ADMINISTRATOR: "ben-administrator",
}
ALSO_READERS = ("gwenllian-elsewhere", "rhodri-inspector", "nadia-auditor")
ELSEWHERE = {role: f"elsewhere-{role}" for role in Role}
EVERYBODY = (*OWN.values(), *ALSO_READERS, *ELSEWHERE.values())
AT_LENGTH = ("patrick-board", "samira-publisher")
DID, REFUSED = "did its work, or said what was wrong with what it was sent", "refused"


@pytest.fixture(scope="module")
def walked(
    sqlite_samples: Template, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """A copy of the samples, with somebody of every role in Brackenshire, who reads nowhere."""
    file = tmp_path_factory.mktemp("walked") / "samples.db"
    with sqlite_samples.copied(f"sqlite:///{file.as_posix()}") as database:
        with database.writing.begin() as connection:
            for role, code in ELSEWHERE.items():
                body = "brackenshire-council"
                about = {"code": code, "name": code, "organisation": body, "demonstration": True}
                connection.execute(insert(Person), about)
                connection.execute(insert(PersonRole), {"person": code, "role": role})
        yield database


@contextmanager
def undone(database: Database) -> Iterator[Database]:
    """Give the database within one transaction, of which nothing is kept."""
    with database.writing.connect() as connection:
        around = connection.begin()
        bound = cast("Engine", connection)
        yield replace(database, writing=bound, plain=bound)
        if around.is_active:
            around.rollback()


def outcome(name: str, code: str, database: Database, folder: Path) -> str:
    """Call a service as somebody, and return what came of it."""
    module, _dot, function = name.partition(".")
    service = getattr(import_module(f"inspect_app.services.{module}"), function)
    with undone(database) as within:
        by = people.sign_in(code, within)
        given: dict[str, Any] = arguments(name, service, folder)
        given |= {"database": within} if "database" in given else {}
        try:
            service(**given, by=by)
        except (NotAllowed, NotFound):
            return REFUSED
        except Refusal:
            return DID
    return DID


def expected(name: str, standing: Standing) -> str:
    """Return what the truth table says of somebody."""
    permissions, place = DECLARED[name]
    may = [
        holds(TRUTH[role][each], standing, place)
        for role in standing.roles
        for each in permissions
        if each in TRUTH[role]
    ]
    return DID if any(may) or not (permissions or place != ALL) else REFUSED


def test_every_service_is_in_the_table() -> None:
    assert set(found()) == set(DECLARED) | set(HANDED_ON)
    assert not set(DECLARED) & set(HANDED_ON)


@pytest.mark.parametrize("code", EVERYBODY)
def test_services_do_their_work_for_whom_the_table_says_and_for_nobody_else(
    code: str, walked: Database, tmp_path: Path
) -> None:
    standing = people.sign_in(code, walked).standing
    wrong = {}
    for name in DECLARED:
        told = expected(name, standing)
        if told == DID and name in DRAWN_AT_LENGTH and code not in AT_LENGTH:
            continue
        came = outcome(name, code, walked, tmp_path)
        if came != told:
            wrong[name] = f"{came}, not: {told}"
    assert wrong == {}


def test_the_walk_kept_nothing(walked: Database, sqlite_samples: Template) -> None:
    with every_row_of(walked).reading() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    assert last is not None
    assert last.action == "samples.loaded"
