"""A list of answers, or of a body's dates, as a CSV file: one a row, for a spreadsheet."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from inspect_app.publishing.csv_cells import RUNS
from inspect_app.services.answer_dates import Dated, coming
from inspect_app.services.recommendation_list import AnswerLine, Wanted, every
from inspect_app.signed_in import SignedIn

Said = str | int | date | None
Line = TypeVar("Line", AnswerLine, Dated)
COLUMNS: Mapping[str, Callable[[AnswerLine], Said]] = {
    "Code": lambda line: line.code,
    "Title": lambda line: line.title,
    "Kind": lambda line: line.kind.english,
    "Body": lambda line: line.body,
    "Inspection": lambda line: line.inspection_title,
    "Area": lambda line: line.area,
    "Themes": lambda line: "; ".join(line.themes),
    "Made on": lambda line: line.made_on,
    "Followed here": lambda line: "Yes" if line.followed else "No",
    "Label": lambda line: line.label,
    "Response": lambda line: line.response.english if line.followed else None,
    "Delivery": lambda line: line.delivery.english if line.followed else None,
    "Assurance": lambda line: line.assurance.english if line.followed else None,
    "Closed": lambda line: "Yes" if line.closed else "No",
    "Response due on": lambda line: line.response_due_on,
    "Original date": lambda line: line.original_due_on,
    "Latest date": lambda line: line.due_on,
    "Times put back": lambda line: line.slips,
    "Claimed on": lambda line: line.claimed_on,
    "Effect shown on": lambda line: line.shown_on,
    "Days from claim to effect, or so far": lambda line: line.days_to_effect,
}
"""The columns of the file, and where each stands in a line."""


DATES: Mapping[str, Callable[[Dated], Said]] = {
    "Date": lambda each: each.on,
    "What": lambda each: each.what.value,
    "About": lambda each: each.text,
    "Code": lambda each: each.code,
    "Recommendation": lambda each: each.title,
    "First promised for": lambda each: each.original,
}
"""The columns of a file of dates, and where each stands in a date."""


def dates_as_csv(*, by: SignedIn) -> bytes:
    """Return all the dates that the person's own body still has to meet, as `as_csv` does."""
    return _table(DATES, coming(by=by))


def as_csv(wanted: Wanted, *, by: SignedIn) -> bytes:
    """Return all the answers that a list would show page by page, as UTF-8 with a mark of it.

    Dates are ISO 8601, days are whole days; text that a spreadsheet would run gets a `'`.
    """
    return _table(COLUMNS, every(wanted, by=by))


def _table(columns: Mapping[str, Callable[[Line], Said]], lines: Iterable[Line]) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(columns)
    for line in lines:
        writer.writerow([_cell(said(line)) for said in columns.values()])
    return target.getvalue().encode("utf-8-sig")


def _cell(said: Said) -> str:
    text = " ".join(str("" if said is None else said).split())
    return f"'{text}" if isinstance(said, str) and text.startswith(RUNS) else text
