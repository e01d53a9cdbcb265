"""Do many writers at once lose an update, or is anybody told that the database is busy?

Some write in cases of their own, some all in the same two: there each adds one to what it read,
and is told when somebody else was first. In the end the number must be that of all who were not.
Writers are threads of two processes, as people are in two processes of the app.
"""

import random
import threading
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from benchmarks.faults.deeds import SAVED, case_id, stand, turn, turn_of, written
from benchmarks.faults.kills import LostError, check_trail
from benchmarks.faults.places import FORKS, done, forked
from data_model.database import Database, open_database
from inspect_app.errors import Conflict, NotNow
from inspect_app.services import cases, keeping, people
from inspect_app.services.case_tree import value_at
from tests.support.cases import READER, begun, complete

PROCESSES = 2
SHARED_BY_ALL = 999
SHARED_TEXT, SHARED_CASE, OWN = "shared text", "shared case", "own case"


@dataclass
class Written:
    """What some writers did: how often each thing, how long each took, what went wrong."""

    done: Counter[str] = field(default_factory=Counter)
    told: Counter[str] = field(default_factory=Counter)
    waits: list[float] = field(default_factory=list)
    own: dict[str, int] = field(default_factory=dict)

    def add(self, other: "Written") -> None:
        """Count what other writers did too."""
        self.done += other.done
        self.told += other.told
        self.waits += other.waits
        self.own |= other.own


def own_case(writer: int) -> str:
    """Return the reference of a writer's own case."""
    return f"CWM-W{writer:03d}"


def prepare(address: str, writers: int) -> None:
    """Begin a case of its own for each writer."""
    with closing(open_database(address)) as database:
        by = people.acting(READER, database)
        for writer in (*range(writers), SHARED_BY_ALL):
            begun(by, reference=own_case(writer), summary=turn(0))


def work(address: str, writers: list[int], seconds: float, pipe: Connection) -> None:
    """Let some writers write at the same time, and say what they did."""
    with closing(open_database(address)) as database:
        until, each = time.monotonic() + seconds, [Written() for _ in writers]
        threads = [
            threading.Thread(target=_write, args=(database, writer, until, told))
            for writer, told in zip(writers, each, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    whole = Written()
    for told in each:
        whole.add(told)
    pipe.send(whole)


def _write(database: Database, writer: int, until: float, told: Written) -> None:
    chance, number = random.Random(writer), 0
    while time.monotonic() < until:
        what = chance.choice((SHARED_TEXT, SHARED_CASE, OWN, OWN))
        began = time.monotonic()
        try:
            if what == OWN:
                kept = _own(database, writer, number)
                number += kept
            else:
                kept = SHARED[what](database)
            told.done[what if kept else f"{what}, somebody was first"] += 1
        except NotNow as said:
            told.told[said.summary] += 1
        told.waits.append(time.monotonic() - began)
        told.own[own_case(writer)] = number


def _own(database: Database, writer: int, number: int) -> bool:
    case, by = case_id(database, own_case(writer)), people.acting(READER, database)
    kept = keeping.keep(case, "summary", turn(number + 1), turn(number), by=by)
    if kept.clash:
        raise LostError(f"{own_case(writer)} holds {kept.value}, not turn {number}")
    return True


def _shared_text(database: Database) -> bool:
    case, by = case_id(database, own_case(SHARED_BY_ALL)), people.acting(READER, database)
    held = value_at(cases.view(case, by=by).now, "summary")
    # Two who add one to the same number would write the same text, which is no clash.
    mine = f"{turn(turn_of(held) + 1)} {random.random()}"
    return not keeping.keep(case, "summary", mine, held, by=by).clash


def _shared_case(database: Database) -> bool:
    by = people.acting(READER, database)
    case = cases.view(case_id(database, SAVED), by=by)
    number = turn_of(case.form.summary) + 1
    form = complete(by, reference=SAVED, **written(by, number))
    try:
        cases.save(case.id, case.version, form, by=by)
    except Conflict:
        return False
    return True


SHARED = {SHARED_TEXT: _shared_text, SHARED_CASE: _shared_case}


def run(address: str, writers: int, seconds: float) -> Written:
    """Let so many write for so long, check that nothing is lost, and return what they did."""
    done(prepare, address, writers)
    before = _shared(address)
    pipes = []
    for number in range(PROCESSES):
        ours, theirs = FORKS.Pipe(duplex=False)
        forked(work, address, list(range(number, writers, PROCESSES)), seconds, theirs)
        theirs.close()
        pipes.append(ours)
    whole = Written()
    for pipe in pipes:
        whole.add(pipe.recv())
    after = _shared(address)
    for what, number in after.items():
        if number - before[what] != whole.done[what]:
            raise LostError(f"{what}: {whole.done[what]} were kept, {number} stand")
    _check_own(address, whole.own)
    check_trail(address)
    return whole


def _shared(address: str) -> dict[str, int]:
    with closing(open_database(address)) as database:
        case = cases.view(
            case_id(database, own_case(SHARED_BY_ALL)), by=people.acting(READER, database)
        )
        text = turn_of(value_at(case.now, "summary"))
        return {SHARED_TEXT: text, SHARED_CASE: stand(database)["saving"]}


def _check_own(address: str, own: dict[str, int]) -> None:
    with closing(open_database(address)) as database:
        by = people.acting(READER, database)
        for reference, number in own.items():
            held = value_at(cases.view(case_id(database, reference), by=by).now, "summary")
            if turn_of(held) != number:
                raise LostError(f"{reference} holds {held}, not turn {number}")
