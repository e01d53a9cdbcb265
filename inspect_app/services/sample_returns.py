"""The quarterly returns of the invented bodies: sent, explained and approved."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from data_model.database import Database
from data_model.shipped import Row
from inspect_app.services import returns
from inspect_app.services.sample_earlier_returns import earlier
from inspect_app.services.sample_rows import Deed, Turn, acting, grouped, invented, noon
from inspect_app.workbooks.returns import COLUMNS

Act = Callable[[datetime], None]


def returned(database: Database) -> Iterator[Deed]:
    """Each return as its body sent it, what it explained, and its approval."""
    story = _Story(database, {**earlier(), **grouped("returns", "quarter", "body")})
    for row in invented("return_steps"):
        yield Deed(noon(row["on"]), Turn.RETURN, STEPS[row["step"]](story, row))


@dataclass
class _Story:
    """The rows of every return, and the number of each that was sent, by quarter and body."""

    database: Database
    rows: dict[tuple[str, ...], list[Row]]
    held: dict[tuple[str, ...], int] = field(default_factory=dict)

    def send(self, row: Row) -> Act:
        about = row["quarter"], row["body"]

        def do(at: datetime) -> None:
            by = acting(row["by"], self.database, at)
            sent = returns.send("return.csv", _file(self.rows[about]), by=by)
            assert sent.held is not None, sent.problems  # noqa: S101 - the samples can be read
            self.held[about] = sent.held

        return do

    def explain(self, row: Row) -> Act:
        def do(at: datetime) -> None:
            by = acting(row["by"], self.database, at)
            returns.explain(self._number(row), row["found"], row["text"], by=by)

        return do

    def approve(self, row: Row) -> Act:
        return lambda at: returns.approve(
            self._number(row), by=acting(row["by"], self.database, at)
        )

    def _number(self, row: Row) -> int:
        return self.held[row["quarter"], row["body"]]


STEPS: dict[str, Callable[[_Story, Row], Act]] = {
    "send": _Story.send,
    "explain": _Story.explain,
    "approve": _Story.approve,
}


def _file(rows: list[Row]) -> bytes:
    """Return a return as the CSV that its body would send."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(column.title for column in COLUMNS)
    writer.writerows([each.get(column.field, "") for column in COLUMNS] for each in rows)
    return out.getvalue().encode()
