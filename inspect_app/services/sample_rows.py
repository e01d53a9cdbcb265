"""The rows of the invented samples, and the moments at which their people do something."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from enum import IntEnum

from data_model.database import Database
from data_model.shipped import Row, rows
from inspect_app.services import people
from inspect_app.signed_in import SignedIn

LEAD = "lead"


class Turn(IntEnum):
    """What comes first of several things that are said to have happened at one moment."""

    START = 0
    SAMPLE = 1
    RECORD_CASE = 2
    BEGIN_READING = 3
    READ_AGAIN = 4
    DECIDE = 5
    AGREE = 6
    RECOMMEND = 7
    LINK = 8
    STEP = 9
    EVIDENCE = 10
    ACTION = 11
    RETURN = 12
    BOARD = 13
    CLAIM = 14
    RELEASE = 15


@dataclass(frozen=True)
class Deed:
    """Something somebody did at a moment of the invented story."""

    at: datetime
    turn: Turn
    do: Callable[[datetime], None]


def acting(code: str, database: Database, at: datetime) -> SignedIn:
    """Return a person of the samples, acting at a moment."""
    return replace(people.sign_in(code, database), clock=lambda: at)


def invented(name: str) -> Iterator[Row]:
    """Yield the rows of one file of the invented samples."""
    return rows("sample_inspections", "invented", f"{name}.csv")


def grouped(name: str, *keys: str) -> defaultdict[tuple[str, ...], list[Row]]:
    """Return the rows of a file by what these columns hold, in its order; none where none is."""
    held: defaultdict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in invented(name):
        held[tuple(row[key] for key in keys)].append(row)
    return held


def given(row: Row, *, only: tuple[str, ...] = (), drop: tuple[str, ...] = ()) -> dict[str, object]:
    """Return the cells of a row that say something."""
    return {
        name: text
        for name, text in row.items()
        if text and name not in drop and (not only or name in only)
    }


def leads() -> dict[str, str]:
    """Return the lead inspector of each invented inspection."""
    return {row["inspection"]: row["person"] for row in invented("readers") if row["role"] == LEAD}


def instant(text: str) -> datetime:
    """Return the moment a cell gives, in UTC."""
    return datetime.fromisoformat(text).astimezone(UTC)


def noon(day: str, *, hour: int = 12) -> datetime:
    """Return noon, or another full hour, of the day a cell gives, in UTC."""
    return datetime.combine(date.fromisoformat(day), time(hour), tzinfo=UTC)
