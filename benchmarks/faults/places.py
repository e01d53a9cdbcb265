"""Databases to do harm to: the samples with everybody's work begun, on SQLite or PostgreSQL."""

import multiprocessing
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

from sqlalchemy.engine import make_url

from data_model.database import create_database, open_database
from tests.support.postgres import Server
from tests.support.postgres_cluster import Cluster, cluster, wait_until_alone

KINDS = ("sqlite", "postgresql")
FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["benchmarks.faults.warm"])


@dataclass
class Place:
    """Where one kind of database is made, copied and let go of."""

    folder: Path
    server: Server | None = None
    cluster: Cluster | None = None
    made: int = field(default=0)

    @property
    def kind(self) -> str:
        """Which kind of database this is."""
        return "postgresql" if self.server else "sqlite"

    def copy(self, template: str | None = None) -> str:
        """Return the address of a new database: empty, or with all that a template holds."""
        self.made += 1
        if self.server:
            return self.server.new_database(template)
        file = self.folder / f"{self.made}.db"
        if template:
            shutil.copy(make_url(template).database or "", file)
        return f"sqlite:///{file.as_posix()}"

    def drop(self, address: str) -> None:
        """Let go of a database."""
        if self.server:
            self.server.drop(address)
        else:
            for file in self.folder.glob(f"{Path(make_url(address).database or '').name}*"):
                shutil.rmtree(file) if file.is_dir() else file.unlink()

    def settle(self, address: str) -> None:
        """Wait until what a killed process had asked of the database is done, or undone."""
        if self.server:
            wait_until_alone(self.server, make_url(address).database or "")


@contextmanager
def place(kind: str) -> Iterator[Place]:
    """Give a place for one kind of database, and leave nothing behind."""
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        if kind == "sqlite":
            yield Place(Path(folder))
            return
        with cluster() as held:
            yield Place(Path(folder), held.server, held)


def forked(work: Callable[..., object], *given: Any) -> ForkServerProcess:
    """Begin some work in a process of its own, which has everything loaded already."""
    process = FORKS.Process(target=work, args=given, daemon=True)
    process.start()
    return process


def done(work: Callable[..., object], *given: Any) -> None:
    """Do some work in a process of its own; raises RuntimeError where it fails."""
    process = forked(work, *given)
    process.join()
    if process.exitcode:
        message = f"{work.__name__} ended with {process.exitcode}"
        raise RuntimeError(message)


def with_samples(held: Place) -> str:
    """Return the address of a new database with the samples and everybody's work begun."""
    address = held.copy()
    fill(address)
    return address


def fill(address: str) -> None:
    """Put the samples and everybody's work into an empty database.

    The tables are made here, because the processes for work do not know their owner.
    """
    create_database(address).close()
    done(_work, address)


def _work(address: str) -> None:
    from benchmarks.faults.deeds import prepare
    from inspect_app.services import samples

    database = open_database(address)
    samples.load(database)
    database.close()
    prepare(address)
