"""Does the app go on by itself when PostgreSQL is started again under load, and lose nothing?

Writers are threads of one process with one pool of connections, as in the app. Each tries what
was refused again, as a person would.
"""

import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field

from benchmarks.faults.deeds import case_id, turn, turn_of
from benchmarks.faults.kills import LostError, check_trail
from benchmarks.faults.places import done
from benchmarks.faults.writers import own_case, prepare
from data_model.database import Database, open_database
from inspect_app.errors import NotNow
from inspect_app.services import cases, keeping, people
from inspect_app.services.case_tree import value_at
from tests.support.cases import READER
from tests.support.postgres_cluster import Cluster


@dataclass
class Restarted:
    """What came of restarts: saves acknowledged, sentences shown, and the longest wait."""

    saves: int = 0
    told: Counter[str] = field(default_factory=Counter)
    uncertain: int = 0
    longest: float = 0.0
    failures: list[BaseException] = field(default_factory=list)


def run(server: Cluster, address: str, *, writers: int, restarts: int, pause: float) -> Restarted:
    """Start the server again so many times while people write; raises where anything is lost."""
    done(prepare, address, writers)
    whole, stop, lock = Restarted(), threading.Event(), threading.Lock()
    with closing(open_database(address)) as database:
        numbers = range(writers)
        threads = [
            threading.Thread(target=_write, args=(database, each, stop, whole, lock))
            for each in numbers
        ]
        for thread in threads:
            thread.start()
        for _time in range(restarts):
            time.sleep(pause)
            server.stop("fast")
            server.start()
        time.sleep(pause)
        stop.set()
        for thread in threads:
            thread.join()
    if whole.failures:
        raise whole.failures[0]
    check_trail(address)
    return whole


def _write(
    database: Database, writer: int, stop: threading.Event, whole: Restarted, lock: threading.Lock
) -> None:
    number = 0
    try:
        while not stop.is_set():
            began = time.monotonic()
            said = _kept(database, writer, number)
            with lock:
                whole.longest = max(whole.longest, time.monotonic() - began)
                whole.told += Counter([said] if said else [])
            if said:
                found = _found(database, writer, number)
                whole.uncertain += found != number
                number = found
            else:
                number += 1
                whole.saves += 1
    except BaseException as failure:  # noqa: BLE001 - a thread tells nobody else of it
        whole.failures.append(failure)


def _kept(database: Database, writer: int, number: int) -> str | None:
    """Keep a text; return what a person is told where it was not kept."""
    try:
        by = people.acting(READER, database)
        case = case_id(database, own_case(writer))
        kept = keeping.keep(case, "summary", turn(number + 1), turn(number), by=by)
    except NotNow as said:
        return said.summary
    if kept.clash:
        raise LostError(f"{own_case(writer)} holds {kept.value}, not turn {number}")
    return None


def _found(database: Database, writer: int, number: int) -> int:
    """Return which text is there, once the database answers again: the last kept, or the next."""
    found = _there(database, writer)
    if found not in (number, number + 1):
        raise LostError(f"turn {number} was acknowledged, {found} stands")
    return found


def _there(database: Database, writer: int) -> int:
    while True:
        try:
            by = people.acting(READER, database)
            case = cases.view(case_id(database, own_case(writer)), by=by)
            return turn_of(value_at(case.now, "summary"))
        except NotNow:
            time.sleep(0.05)
