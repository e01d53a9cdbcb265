"""What the statuses of others' registers mean here, by a declared table, and what is lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from data_model.shipped import Row, rows
from data_model.vocabulary import Assurance, Closing, Delivery, Response
from inspect_app.workbooks.plain_text import alike

EVERY = "*"


@dataclass(frozen=True)
class Meaning:
    """A status of a register in our words; None on an axis that it says nothing about.

    `note` is what it does not say, or what would be lost if it were read as one of ours.
    """

    response: Response | None
    delivery: Delivery | None
    assurance: Assurance | None
    closing: Closing | None
    note: str

    @property
    def words(self) -> tuple[str, ...]:
        """What it says on each axis that it says something about."""
        said = (self.response, self.delivery, self.assurance, self.closing)
        return tuple(word.english for word in said if word is not None)


def meaning(register: str, said: str) -> Meaning | None:
    """Return what a status means; a register's own row wins over one for every register.

    A row is a register's own where the register's name begins as it says. None for a status
    that is not declared: it is kept as it stands, and nothing is concluded from it.
    """
    table = _table()
    name, words = alike(register), alike(said)
    own = [known for known in table if known != EVERY and name.startswith(known)]
    for known in (*sorted(own, key=len, reverse=True), EVERY):
        if words in table[known]:
            return table[known][words]
    return None


@cache
def _table() -> Mapping[str, Mapping[str, Meaning]]:
    found: dict[str, dict[str, Meaning]] = {EVERY: {}}
    for row in rows("data_model", "reference", "register_statuses.csv"):
        found.setdefault(alike(row["register"]), {})[alike(row["said"])] = _meaning(row)
    return found


def _meaning(row: Row) -> Meaning:
    return Meaning(
        Response(row["response"]) if row["response"] else None,
        Delivery(row["delivery"]) if row["delivery"] else None,
        Assurance(row["assurance"]) if row["assurance"] else None,
        Closing(row["closing"]) if row["closing"] else None,
        row["note"],
    )
