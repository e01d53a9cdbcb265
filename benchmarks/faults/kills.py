"""Is anything that was acknowledged lost, or anything half done, when processes are killed?

A process saves again and again and says through a pipe what it begins and what is done; it is
killed at a random moment. Then what was done must stand, what was begun must stand whole or not
at all, and the trail must hold.
"""

import contextlib
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from itertools import chain
from multiprocessing.connection import Connection

import psycopg
from sqlalchemy.engine import make_url

from benchmarks.faults.deeds import DEEDS, stand
from benchmarks.faults.places import FORKS, Place, forked
from data_model.database import Database, open_database
from inspect_app.errors import NotNow, Refusal
from inspect_app.services import people, trail
from tests.support.postgres_cluster import processes

LONGEST = {"writes": 0.12, "intake": 0.8}
"""For how many seconds at most a process may work before it is killed, by what it does."""

PATIENCE = 60


class LostError(AssertionError):
    """Something that was acknowledged is not there, or something is there that was never asked."""


@dataclass
class Tally:
    """What came of some kills: how many, in the middle of what, and how those turned out."""

    kills: int = 0
    acknowledged: int = 0
    during: Counter[str] = field(default_factory=Counter)
    kept: int = 0
    undone: int = 0
    seconds: float = 0.0

    def add(self, before: dict[str, int], heard: "Heard", after: dict[str, int]) -> None:
        """Count one kill; raises LostError where what stands is not what was said."""
        self.kills += 1
        self.acknowledged += sum(heard.done.values())
        for name, stood in after.items():
            expected = before[name] + heard.done[name]
            begun = int(heard.begun == name)
            if stood - expected not in {0, begun}:
                raise LostError(f"{name}: {expected} turns were acknowledged, {stood} stand")
            self.kept += begun and stood - expected
            self.undone += begun and 1 - (stood - expected)
        self.during[heard.begun or "between two"] += 1


@dataclass
class Heard:
    """What a process said before it was killed: what was done, and what was only begun."""

    done: Counter[str] = field(default_factory=Counter)
    begun: str | None = None

    def hear(self, pipe: Connection) -> None:
        """Wait for the next thing that the process says."""
        word, name = pipe.recv()
        self.done[name] += word == "done"
        self.begun = None if word == "done" else name

    def hear_all(self, pipe: Connection) -> None:
        """Take in everything that the process said before it was killed."""
        with contextlib.suppress(EOFError):
            while True:
                self.hear(pipe)


def work(address: str, names: Sequence[str], seed: int, pipe: Connection) -> None:
    """Do one deed after another, for ever, saying so; until somebody kills this process."""
    choose = random.Random(seed)
    database = open_database(address)
    turns = stand(database)
    for name in chain(names, iter(lambda: choose.choice(names), None)):
        pipe.send(("begun", name))
        try:
            DEEDS[name].act(database, turns[name] + 1)
        except NotNow:
            # The server was killed, and not this process: whether it was kept, nobody said.
            time.sleep(PATIENCE)
        turns[name] += 1
        pipe.send(("done", name))


Harm = Callable[[int], None]


def killed(address: str, names: Sequence[str], longest: float, seed: int, harm: Harm) -> Heard:
    """Let a process work for a while, do it harm, and return what it had said by then."""
    ours, theirs = FORKS.Pipe(duplex=False)
    process, heard = forked(work, address, names, seed, theirs), Heard()
    theirs.close()
    while heard.done.total() < len(names):
        # The first turn of each deed loads much: nobody is killed before all were done once.
        heard.hear(ours)
    time.sleep(random.Random(seed).uniform(0, longest))
    harm(process.pid or 0)
    process.kill()
    process.join()
    heard.hear_all(ours)
    return heard


def kill_it(process: int) -> None:
    """Kill the process that works."""
    os.kill(process, signal.SIGKILL)


def harms_of(place: Place, address: str) -> dict[str, Harm]:
    """Return the ways to do harm on this kind of database, by name."""
    held: dict[str, Harm] = {"the app": kill_it}
    server = place.cluster
    if server is None:
        return held
    name = make_url(address).database or ""

    def one_connection(_process: int) -> None:
        for process in processes(server.server, name)[:1]:
            os.kill(process, signal.SIGKILL)

    def whole_server(_process: int) -> None:
        server.kill()
        server.start()

    return held | {"a server process": one_connection, "the whole server": whole_server}


def run(
    place: Place, address: str, names: Sequence[str], times: int, *, longest: float, how: str
) -> Tally:
    """Kill so many times, look after each, and return the tally; raises at the first loss."""
    tally, began = Tally(), time.monotonic()
    harm = harms_of(place, address)[how]
    stood = _looked(place, address)
    for number in range(times):
        heard = killed(address, names, longest, number, harm)
        stands = _looked(place, address)
        tally.add(stood, heard, stands)
        stood = stands
    check_trail(address)
    tally.seconds = time.monotonic() - began
    return tally


def _looked(place: Place, address: str) -> dict[str, int]:
    """Return where every deed stands, once nobody works on the database any more."""
    with closing(_alone(place, address)) as database:
        return stand(database)


def _alone(place: Place, address: str) -> Database:
    """Open a database on which nobody works any more."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            place.settle(address)
            return open_database(address)
        except (psycopg.OperationalError, Refusal):
            # A server one of whose processes was killed lets nobody in until it has recovered.
            if time.monotonic() > until:
                raise
            time.sleep(0.05)


def check_trail(address: str) -> int:
    """Return how many events the trail has; raises LostError where it does not hold."""
    with closing(open_database(address)) as database:
        held = trail.chain(by=people.keeper(database))
    if not held.holds:
        raise LostError(f"the trail is broken: {'; '.join(map(str, held.faults))}")
    return held.events
