"""The house rules that a machine can keep: pairs, docstrings, short functions, no bulk changes."""

import ast
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest
from sqlalchemy import Column, Table, inspect, text
from sqlalchemy.exc import IntegrityError

from data_model.database import Database
from data_model.records import Record
from data_model.records.base import Instant
from data_model.vocabulary import Role
from inspect_app.access import ALLOWED, Permission
from tests.support.looking import every_row_of
from tests.support.trails import unguard

ROOT = Path(__file__).parents[2]
PACKAGES = ("data_model", "inspect_app", "metrics", "pages", "sample_inspections")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
MEASURED = ("data_model", "metrics", "inspect_app", "pages")
SHORT = 10
LONGEST_MODULE = 400
# Who reads a case is decided before anything happens, so there is no moment beside it; and who
# held an interview or what a draw is divided by is nobody of ours.
ALONE = {
    "case_file.read_by",
    "draw.divided_by",
    "evidence_file.scanned_by",
    "evidence_item.gathered_by",
    "missing_episode.interview_by",
    "recommendation.retest_by",
    "recommendation_owner.superseded_by",
}
BULK = {"insert", "update", "delete"}
# Thousands of rows from one file, within a transaction that is recorded like any other.
BULK_DOOR = "data_model/bulk.py"
BULK_METHODS = {"bulk_save_objects", "bulk_insert_mappings", "bulk_update_mappings", "query"}
STATEMENTS = ("insert ", "update ", "delete ", "drop ", "alter ", "truncate ")


def _named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


every_module = pytest.mark.parametrize("path", MODULES, ids=_named)


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def pairs() -> list[tuple[Table, Column[object], Column[object]]]:
    """Return every moment in the records with the person who belongs to it."""
    return [
        (table, column, table.columns[f"{column.name.removesuffix('_at')}_by"])
        for table in Record.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, Instant)
    ]


def _nullable(database: Database, table: Table, column: Column[object]) -> bool:
    held = inspect(database.plain).get_columns(table.name)
    return next(bool(each["nullable"]) for each in held if each["name"] == column.name)


def test_every_moment_has_its_person_and_every_person_their_moment() -> None:
    found = {f"{table.name}.{by.name}" for table, _at, by in pairs()}
    said = {
        f"{table.name}.{column.name}"
        for table in Record.metadata.tables.values()
        for column in table.columns
        if column.name.endswith("_by")
    }
    assert len(found) > 4
    assert said - found == ALONE


def test_a_moment_and_its_person_are_needed_together_or_may_both_be_missing(
    database: Database,
) -> None:
    for table, at, by in pairs():
        assert _nullable(database, table, at) == _nullable(database, table, by), table.name


ERASURE = (
    "INSERT INTO erasure (inspection, reason, rule, asked_at, asked_by) "
    "SELECT MIN(code), 'Its time has come.', '10 years', '2026-03-31 12:00:00+00:00', 'somebody' "
    "FROM inspection"
)


def _half(database: Database, table: Table, given: Column[object], missing: Column[object]) -> None:
    """Try to leave half a pair in one row that is there already."""
    key = table.primary_key.columns[0].name
    value = "2026-03-31 12:00:00+00:00" if given.name.endswith("_at") else "somebody"
    with every_row_of(database).writing.begin() as connection:
        unguard(connection)
        one = connection.execute(text(f"SELECT MIN({key}) FROM {table.name}")).scalar_one()  # noqa: S608
        assert one is not None
        changed = connection.execute(
            text(
                f"UPDATE {table.name} SET {given.name} = :value, {missing.name} = NULL "  # noqa: S608
                f"WHERE {key} = :one"
            ),
            {"value": value, "one": one},
        )
        assert changed.rowcount == 1


def test_the_database_itself_refuses_half_a_pair(database: Database) -> None:
    empty = 0
    with every_row_of(database).writing.begin() as connection:
        connection.execute(text(ERASURE))
    for table, at, by in pairs():
        with every_row_of(database).plain.connect() as connection:
            held = connection.execute(text(f"SELECT COUNT(*) FROM {table.name}")).scalar_one()  # noqa: S608
        if not held:
            # No row to try on: neither half may be missing at all.
            assert not _nullable(database, table, at)
            empty += 1
            continue
        for given, missing in ((at, by), (by, at)):
            with pytest.raises(IntegrityError):
                _half(database, table, given, missing)
    assert empty < len(pairs()) / 2


def _bulk_changes(path: Path) -> Iterator[str]:
    """Yield each place that would change records past the audit trail."""
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy"):
            yield from (f"import of {a.name}" for a in node.names if a.name in BULK)
        elif isinstance(node, ast.Attribute):
            if node.attr in BULK_METHODS:
                yield f".{node.attr}"
            elif node.attr in BULK and _is_sqlalchemy(node.value):
                yield f"sqlalchemy.{node.attr}"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            said = node.value.lstrip().lower()
            if said.startswith(STATEMENTS) and (" set " in said or " from " in said):
                yield node.value


def _is_sqlalchemy(node: ast.expr) -> bool:
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Attribute) and node.func.attr == "table"
    if isinstance(node, ast.Attribute):
        return node.attr == "__table__"
    return isinstance(node, ast.Name) and node.id in {"sa", "sqlalchemy"}


@every_module
def test_nothing_changes_records_in_bulk_past_the_audit_trail(path: Path) -> None:
    if "migrations" not in path.parts:
        allowed = ["import of insert"] if _named(path) == BULK_DOOR else []
        assert list(_bulk_changes(path)) == allowed


def test_the_search_for_bulk_changes_finds_them(tmp_path: Path) -> None:
    file = tmp_path / "bad.py"
    file.write_text(
        "from sqlalchemy import update\n"
        "import sqlalchemy as sa\n"
        "session.execute(sa.delete(CaseFile))\n"
        "session.query(CaseFile).all()\n"
        "session.execute(text('UPDATE case_file SET status = 1'))\n"
        "CaseFile.__table__.insert()\n"
        "dictionary.update(more)\n",
        encoding="utf-8",
    )
    assert sorted(_bulk_changes(file)) == [
        ".query",
        "UPDATE case_file SET status = 1",
        "import of update",
        "sqlalchemy.delete",
        "sqlalchemy.insert",
    ]


@every_module
def test_every_module_opens_with_one_sentence(path: Path) -> None:
    said = ast.get_docstring(_tree(path)) or ""
    opening = said.split("\n\n")[0].replace("\n", " ")
    assert opening[:1].isupper() or opening.startswith("`")
    assert opening.endswith(".")
    assert ". " not in opening


def _bodies(package: str) -> Iterator[tuple[str, int]]:
    """Yield each function's name and how many lines its body has without its docstring."""
    for path in sorted((ROOT / package).rglob("*.py")):
        if "versions" in path.parts:
            continue
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) is not None else node.body
                lines = body[-1].end_lineno or 0 if body else 0
                yield f"{_named(path)}:{node.name}", lines - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("package", MEASURED)
def test_half_of_the_functions_are_ten_lines_or_fewer(package: str) -> None:
    lengths = [length for _name, length in _bodies(package)]
    if lengths:
        assert median(lengths) <= SHORT


@every_module
def test_no_module_is_longer_than_four_hundred_lines(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").count("\n")
    assert lines <= LONGEST_MODULE or "versions" in path.parts, f"{lines} lines: split it"


def test_every_permission_is_given_to_somebody() -> None:
    given = frozenset[Permission]().union(*ALLOWED.values())
    assert set(Permission) - given == set()


def test_every_role_is_allowed_something() -> None:
    assert set(ALLOWED) == set(Role)
    assert [role for role, allowed in ALLOWED.items() if not allowed] == []
