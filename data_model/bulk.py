"""Many new rows at once, inside a transaction that is recorded: the one door for bulk inserts."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, String, Table, bindparam, column, insert, literal, table
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import Insert
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from data_model import chain
from data_model.records import Record
from data_model.records.base import WordColumn

AT_ONCE = 20_000


def add(session: Session, kind: type[Record], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows of one kind, all with the same columns, within the caller's transaction.

    Columns that are not given have their default. The session is marked as changed, so that
    the transaction is refused at its end unless the caller has noted an audit event of what
    these rows are. Raises ValueError for a code that is not on its list.
    """
    if not rows:
        return
    session.info["changed"] = True
    held = kind.__table__
    assert isinstance(held, Table)  # noqa: S101 - every record of ours is a table
    chain.remember_rows(session, held.name, len(rows))
    _check_words(held, rows)
    statement = _statement(held, list(rows[0]))
    for first in range(0, len(rows), AT_ONCE):
        session.connection().execute(statement, list(rows[first : first + AT_ONCE]))


def _check_words(held: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Check each different code once, not each of a million cells."""
    for each in held.columns:
        if isinstance(each.type, WordColumn) and each.name in rows[0]:
            for code in {row[each.name] for row in rows} - {None}:
                each.type.words(code)


def _statement(held: Table, given: list[str]) -> Insert:
    """Return the insert; codes that are checked already are bound as the text that they are."""
    fixed = {
        each.name: literal(each.default.arg, each.type)
        for each in held.columns
        if isinstance(each.default, ScalarElementColumnDefault) and each.name not in given
    }
    names = [*given, *fixed]
    light = table(held.name, *(column(name, _type(held.columns[name])) for name in names))
    return insert(light).values({name: bindparam(name) for name in given} | fixed)


def _type(each: Column[Any]) -> Any:
    return String() if isinstance(each.type, WordColumn) else each.type
