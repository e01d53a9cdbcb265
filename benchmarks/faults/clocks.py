"""What if the clock of a machine is moved back, or a year ahead, while people work?

The trail is in the order of its numbers and not of its times, so nothing is overwritten, refused
or lost. Every deed is done by a clock that jumps; where `faketime` is installed, also by the real
command under a clock of the system that is wrong.
"""

import random
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

from sqlalchemy import select

from benchmarks.faults.deeds import DEEDS, WRITES, stand
from benchmarks.faults.kills import LostError, check_trail
from data_model.database import Database, open_database
from data_model.records import AuditEvent
from inspect_app.services import answer_dates, intake, people, waiting
from inspect_app.signed_in import SignedIn
from tests.support.cases import INSPECTION, LEAD, READER
from tests.support.looking import every_row_of

DAYS = 400
PEOPLE = (READER, LEAD, "joanna-director", "samira-publisher", "patrick-board", "ruth-verifier")


class Jumping:
    """A clock that is moved back or ahead, by up to a year and more, whenever it is asked."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.asked = 0

    def __call__(self) -> datetime:
        """Return a moment."""
        self.asked += 1
        return datetime.now(UTC) + timedelta(days=self.chance.uniform(-DAYS, DAYS))


def run(database: Database, turns: int, *, look: bool = True) -> int:
    """Do every deed by a clock that jumps; return how many events stand before an earlier one."""
    clock = Jumping(turns)
    before = stand(database)
    for number in range(1, turns + 1):
        for name in WRITES:
            DEEDS[name].act(database, before[name] + number, clock)
        if look:
            _look(database, clock)
    after = stand(database)
    for name in WRITES:
        if after[name] - before[name] != turns:
            raise LostError(f"{name}: {turns} turns were done, {after[name] - before[name]} stand")
    check_trail(database.url.render_as_string(hide_password=False))
    return backwards(database)


def _look(database: Database, clock: Jumping) -> None:
    """Look at everything that is due, by whatever day it is said to be."""
    for code in PEOPLE:
        by = people.acting(code, database)
        waiting.piles(by=SignedIn(by.name, by.organisation_name, by.standing, database, clock))
    director = people.acting("joanna-director", database)
    answer_dates.page_of(1, 40, by=director)


def backwards(database: Database) -> int:
    """Return how many events of the trail say an earlier time than the one before them."""
    with every_row_of(database).reading() as session:
        times = session.scalars(select(AuditEvent.happened_at).order_by(AuditEvent.number)).all()
    return sum(later < earlier for earlier, later in pairwise(times))


def by_the_system(address: str, folder: Path) -> bool:
    """Take a workbook in by the real command, by a clock of the system a year back."""
    if shutil.which("faketime") is None:
        return False
    pack = folder / "back.xlsx"
    with closing(open_database(address)) as database:
        pack.write_bytes(intake.pack(INSPECTION, by=people.acting(READER, database)))
    command = ["faketime", "-1y", sys.executable, "-m", "inspect_app", "--database", address]
    for given in (["take", str(pack)], ["releases"], ["digest", "--to", "file", "--folder", "d"]):
        subprocess.run([*command, *given], check=True, cwd=folder)  # noqa: S603
    check_trail(address)
    return True
