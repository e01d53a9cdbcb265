"""A replica serves scorecards; when the primary dies it is promoted: how long until people save?

    python -m benchmarks.replica        two servers on loopback; about 2 minutes

A primary is copied with `pg_basebackup` and followed by streaming. The app is given the address of
both (`host=A:1&host=B:2&target_session_attrs=read-write`) and the replica's for reading. One person
saves all the time, another reads scorecards. The primary's first process is killed, the replica
promoted. Printed: how many scorecards the replica served, how long it took until a save worked
again, and whether anything acknowledged is lost (replication is synchronous: none may be).
"""

import os
import sys
import threading
import time
from collections import Counter
from contextlib import closing

from sqlalchemy.engine import make_url

from benchmarks.faults.deeds import DEEDS, stand
from benchmarks.faults.places import fill
from benchmarks.load.served import free_port
from data_model.database import Database, open_database
from inspect_app.errors import NotNow
from inspect_app.services import people, scorecards
from inspect_app.settings import DATABASE_READING
from tests.support.postgres import APPLICATION
from tests.support.postgres_cluster import Cluster, cluster

HOST = "127.0.0.1"
BOARD, AREA = "patrick-board", "X06000001"
SECONDS = 10.0
BOTH = {
    # A save is acknowledged once the replica has it too: with the primary nothing dies.
    "synchronous_standby_names": "*",
}


def address(name: str, *servers: Cluster, writes: bool = True) -> str:
    """Return the address of a database on these servers, whichever takes writes."""
    hosts = "&".join(f"host={HOST}:{server.port}" for server in servers)
    which = "read-write" if writes else "any"
    return f"postgresql+psycopg://{APPLICATION}@/{name}?{hosts}&target_session_attrs={which}"


class Saver(threading.Thread):
    """Somebody who saves all the time, tries again what was refused, and counts."""

    def __init__(self, database: Database) -> None:
        super().__init__(daemon=True)
        self.database, self.stopped = database, threading.Event()
        self.turn, self.told = stand(database)["typing"], 0
        self.last, self.longest = time.monotonic(), 0.0

    def run(self) -> None:
        """Save until told to stop."""
        while not self.stopped.is_set():
            try:
                DEEDS["typing"].act(self.database, self.turn + 1)
            except NotNow:
                self.told += 1
                time.sleep(0.1)
                continue
            self.turn += 1
            now = time.monotonic()
            self.longest, self.last = max(self.longest, now - self.last), now


def read(database: Database, seconds: float) -> Counter[str]:
    """Read scorecards for a while; return how many the replica could serve."""
    served: Counter[str] = Counter()
    by, until = people.acting(BOARD, database), time.monotonic() + seconds
    while time.monotonic() < until:
        fit = database.replica is not None and database.replica.may_serve()
        served["the replica" if fit else "the primary"] += 1
        scorecards.scorecard(AREA, by=by)
    return served


def main() -> int:
    """Set both servers up, kill the primary, and print what came of it."""
    with cluster(port=free_port(), wal_level="replica", listen_addresses=HOST) as primary:
        name = make_url(primary.server.new_database()).database or ""
        replica = primary.copy(free_port())
        fill(address(name, primary))
        primary.set(BOTH)
        os.environ[DATABASE_READING.name] = address(name, replica, writes=False)
        with closing(open_database(address(name, primary, replica))) as database:
            return _survive(database, primary, replica)


def _survive(database: Database, primary: Cluster, replica: Cluster) -> int:
    saver = Saver(database)
    saver.start()
    served = read(database, SECONDS)
    print("scorecards served by " + ", ".join(f"{who}: {n}" for who, n in served.items()))
    died = time.monotonic()
    primary.kill()
    replica.set({"synchronous_standby_names": ""})
    replica.promote()
    promoted = time.monotonic() - died
    acknowledged = saver.turn
    while saver.turn == acknowledged and time.monotonic() < died + 60:
        time.sleep(0.01)
    works = time.monotonic() - died
    served = read(database, 2)
    saver.stopped.set()
    saver.join()
    found = stand(database)["typing"]
    print(
        f"killed and promoted in {promoted:.1f} s; a save worked again after {works:.1f} s; "
        f"{saver.told} times a sentence was shown; {saver.turn} turns acknowledged, {found} stand; "
        f"scorecards after that: {dict(served)}"
    )
    return int(found < saver.turn)


if __name__ == "__main__":
    sys.exit(main())
