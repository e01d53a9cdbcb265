"""A PostgreSQL server of one's own that may be killed, started again, copied and promoted."""

import os
import shutil
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import psycopg

from inspect_app.settings import DATABASE_OWNER
from tests.support.postgres import (
    Server,
    account,
    binaries_for,
    configure,
    private_folder,
    run,
    start,
)

PATIENCE = 60
LASTING = {
    # What is said to be kept is in the log when it is said: a killed process loses nothing.
    # Only a power cut would; that no benchmark can try.
    "fsync": "off",
    "synchronous_commit": "on",
    "max_connections": "120",
    "shared_buffers": "128MB",
    "timezone": "UTC",
}
OPTIONS = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")


@dataclass
class Cluster:
    """One server: its programs, a folder of its own, and how it is reached."""

    binaries: Path
    place: Path
    port: int = 5432
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> Path:
        """Where it keeps everything."""
        return self.place / f"data-{self.port}"

    @property
    def server(self) -> Server:
        """Ask this one for databases."""
        return Server(str(self.place), self.port)

    def create(self) -> None:
        """Make it, and start it."""
        run(self.binaries, self.place, "initdb", "--pgdata", str(self.data), *OPTIONS)
        configure(self.data, {**LASTING, **self._address(), **self.settings})
        self.start()
        self.server.add_roles()

    def _address(self) -> dict[str, str]:
        return {
            "listen_addresses": "",
            "unix_socket_directories": str(self.place),
            "port": str(self.port),
        }

    def start(self) -> None:
        """Start it, and wait until it answers."""
        start(self.binaries, self.place, self.data, self.place / f"log-{self.port}")

    def stop(self, mode: str = "fast") -> None:
        """Stop it: smart, fast, or immediate."""
        run(self.binaries, self.place, "pg_ctl", "stop", "-w", "-D", str(self.data), "-m", mode)

    def kill(self) -> None:
        """Kill its first process, as an operator's mistake would, and wait until all are gone."""
        os.kill(self._first(), signal.SIGKILL)
        until = time.monotonic() + PATIENCE
        while _in_use(self.data) and time.monotonic() < until:
            time.sleep(0.02)
        # Where nobody reaps the killed process, its notes would seem to be of a living one.
        for note in (self.data / "postmaster.pid", self.place / f".s.PGSQL.{self.port}.lock"):
            note.unlink(missing_ok=True)

    def _first(self) -> int:
        return int((self.data / "postmaster.pid").read_text(encoding="utf-8").split()[0])

    def copy(self, port: int) -> "Cluster":
        """Make a replica that follows this one, and start it."""
        other = Cluster(self.binaries, self.place, port, self.settings)
        said = ["-h", str(self.place), "-p", str(self.port), "-U", "postgres"]
        run(
            self.binaries, self.place, "pg_basebackup", "-D", str(other.data), "-R", "-X", "stream",
            "-c", "fast", *said,
        )  # fmt: skip
        configure(other.data, {**other._address(), **other.settings})
        other.start()
        return other

    def set(self, settings: Mapping[str, str]) -> None:
        """Change settings of the running server."""
        configure(self.data, settings)
        run(self.binaries, self.place, "pg_ctl", "reload", "-D", str(self.data))

    def promote(self) -> None:
        """Let a replica take writes."""
        run(self.binaries, self.place, "pg_ctl", "promote", "-w", "-D", str(self.data))


def processes(server: Server, database: str) -> list[int]:
    """Return the server's processes that serve a database for somebody."""
    query = "SELECT pid FROM pg_stat_activity WHERE datname = %s AND backend_type = %s"
    with psycopg.connect(
        host=server.host, port=server.port, user="postgres", dbname="postgres"
    ) as connection:
        return [pid for (pid,) in connection.execute(query, [database, "client backend"])]


def wait_until_alone(server: Server, database: str, there: int = 0) -> None:
    """Wait until what a killed client had asked for is done, or undone.

    `there` is how many others have the database open all the while.
    """
    until = time.monotonic() + PATIENCE
    while len(processes(server, database)) > there:
        if time.monotonic() > until:
            message = f"somebody still uses {database}"
            raise RuntimeError(message)
        time.sleep(0.005)


def _in_use(data: Path) -> bool:
    """Whether any process still works in a folder: those of a killed server end one by one."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if (folder / "cwd").readlink() == data:
                return True
        except OSError:
            continue
    return False


@contextmanager
def cluster(port: int = 5432, **settings: str) -> Iterator[Cluster]:
    """Run a server in a temporary folder of its own, and leave nothing behind.

    Until it ends, the settings of this process name the owner of its databases.
    """
    place = private_folder()
    held = Cluster(binaries_for(place), place, port, settings)
    try:
        held.create()
        with patch.dict(os.environ, {DATABASE_OWNER.name: held.server.owner}):
            yield held
    finally:
        for data in place.glob("data-*"):
            if (data / "postmaster.pid").exists():
                _stop_whatever_runs(held, data)
        shutil.rmtree(place, ignore_errors=True)


def _stop_whatever_runs(held: Cluster, data: Path) -> None:
    try:
        run(held.binaries, held.place, "pg_ctl", "stop", "-D", str(data), "-m", "immediate")
    except RuntimeError:
        # It was killed, and its note of itself is all that is left.
        (data / "postmaster.pid").unlink(missing_ok=True)


__all__ = ["Cluster", "account", "cluster"]
