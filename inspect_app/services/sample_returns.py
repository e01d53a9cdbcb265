"""The quarterly returns of the invented bodies: sent, explained and approved."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import datetime

from data_model.database import Database
from data_model.shipped import Row
from inspect_app.services import returns
from inspect_app.services.sample_rows import Deed, Turn, acting, invented, noon
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.returns import COLUMNS

Act = Callable[[datetime], None]


def returned(database: Database) -> Iterator[Deed]:
    """Each return as its body sent it, what it explained, and its approval."""
    for row in invented("return_steps"):
        yield Deed(noon(row["on"]), Turn.RETURN, STEPS[row["step"]](row, database))


def _send(row: Row, database: Database) -> Act:
    about = row["quarter"], row["body"]
    rows = [each for each in invented("returns") if (each["quarter"], each["body"]) == about]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(column.title for column in COLUMNS)
    writer.writerows([each.get(column.field, "") for column in COLUMNS] for each in rows)
    data = out.getvalue().encode()

    def do(at: datetime) -> None:
        returns.send("return.csv", data, by=acting(row["by"], database, at))

    return do


def _explain(row: Row, database: Database) -> Act:
    def do(at: datetime) -> None:
        by = acting(row["by"], database, at)
        returns.explain(_held(row, by), row["found"], row["text"], by=by)

    return do


def _approve(row: Row, database: Database) -> Act:
    def do(at: datetime) -> None:
        by = acting(row["by"], database, at)
        returns.approve(_held(row, by), by=by)

    return do


def _held(row: Row, by: SignedIn) -> int:
    """Return the return that a step is about."""
    about = row["quarter"], row["body"]
    return next(r.id for r in returns.listed(by=by) if (r.quarter, r.organisation) == about)


STEPS: dict[str, Callable[[Row, Database], Act]] = {
    "send": _send,
    "explain": _explain,
    "approve": _approve,
}
