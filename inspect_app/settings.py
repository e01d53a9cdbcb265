"""Settings come from the environment: each is declared here, with what it means and may be.

Nothing else of the product asks the environment for a setting of ours, so that this list is the
whole of it; `inspect-app serve` checks every one of them before it starts.
"""

import os
import shlex
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from inspect_app.errors import Refusal

Check = Callable[[str], str | None]
"""Given what a setting holds, say what is wrong with it, or return None."""

PREFIX = "INSPECT_APP_"
SCHEMES = ("sqlite", "postgresql", "postgresql+psycopg")
HIGHEST_PORT = 65_535
SHORTEST_PHRASE = 12
ALIKE = 0.85


@dataclass(frozen=True)
class Setting:
    """One variable of the environment: its name, what it means, and what it may hold.

    `default` says in words what holds without it; a `secret` is never printed.
    """

    name: str
    meaning: str
    default: str
    example: str
    check: Check
    secret: bool = False

    def read(self, environment: Mapping[str, str] = os.environ) -> str | None:
        """Return what it holds, or None where it is not set or empty."""
        held = environment.get(self.name, "")
        return (held if self.secret else held.strip()) or None

    def shown(self, environment: Mapping[str, str] = os.environ) -> str:
        """Return what it holds, for a person to read: no secret, and no password in an address."""
        held = self.read(environment)
        if held is None:
            return f"not set: {self.default}"
        return "set (secret)" if self.secret else without_password(held)


def without_password(held: str) -> str:
    """Return an address with `***` for the password in it; anything else as it is."""
    scheme, mark, rest = held.partition("://")
    if not mark or "@" not in rest:
        return held
    account, _, where = rest.rpartition("@")
    user, has_password, _password = account.partition(":")
    return f"{scheme}://{user}{':***' if has_password else ''}@{where}"


def _database(held: str) -> str | None:
    scheme, mark, rest = held.partition("://")
    if not mark or scheme not in SCHEMES:
        return "it must begin with sqlite:/// or postgresql://"
    if scheme == "sqlite":
        return _sqlite_file(rest)
    parts = urlsplit(held)
    return None if parts.path.strip("/") else "it names no database after the host"


def _sqlite_file(rest: str) -> str | None:
    if not rest.startswith("/") or len(rest) == 1:
        return "it names no file after sqlite:///"
    folder = Path(rest[1:]).parent
    return None if folder.is_dir() else f"there is no folder {folder}"


def _postgresql(held: str) -> str | None:
    return None if held.startswith("postgresql") else "it must begin with postgresql://"


def _folder(held: str) -> str | None:
    folder = Path(held)
    if not folder.is_absolute():
        return "it must be a whole path, beginning at the root"
    if not folder.is_dir():
        return "there is no such folder"
    return None if os.access(folder, os.W_OK | os.X_OK) else "the app may not write there"


def _shelf(held: str) -> str | None:
    """A shelf may not be there yet: the first publication makes it."""
    return _folder(held) if Path(held).exists() else _folder(str(Path(held).parent))


def _command(held: str) -> str | None:
    try:
        program = shlex.split(held)[0]
    except ValueError as problem:
        return f"the command is not well written: {problem}"
    return None if shutil.which(program) else f"there is no program {program}"


def _port(held: str) -> str | None:
    if held.isdecimal() and 0 < int(held) <= HIGHEST_PORT:
        return None
    return f"it must be a whole number from 1 to {HIGHEST_PORT}"


def _many(held: str) -> str | None:
    whole = held.isascii() and held.isdigit() and int(held) > 0
    return None if whole else "it must be a whole number above nought"


def _file(held: str) -> str | None:
    return None if Path(held).is_file() else "there is no such file"


def _phrase(held: str) -> str | None:
    short = len(held) < SHORTEST_PHRASE
    return f"it must be {SHORTEST_PHRASE} characters or longer" if short else None


def anything(_held: str) -> None:
    """Accept whatever a setting holds."""


DATABASE = Setting(
    "INSPECT_APP_DATABASE",
    "The database: an SQLite file, or PostgreSQL 15 or later.",
    "sqlite:///var/inspection-evidence.db",
    "postgresql://inspection_app@db.example/inspection",
    _database,
)
DATABASE_OWNER = Setting(
    "INSPECT_APP_DATABASE_OWNER",
    "The same PostgreSQL database, as the role that owns the tables: it upgrades, moves, backs "
    "up and restores, and the app itself never uses it.",
    "the address in INSPECT_APP_DATABASE",
    "postgresql://inspection_owner@db.example/inspection",
    _postgresql,
)
DATABASE_READING = Setting(
    "INSPECT_APP_DATABASE_READING",
    "A PostgreSQL replica of the same database, which serves what scorecards are read from.",
    "everything is read from INSPECT_APP_DATABASE",
    "postgresql://inspection_app@replica.example/inspection",
    _postgresql,
)
TRAIL_KEY = Setting(
    "INSPECT_APP_TRAIL_KEY",
    "The key that events of the audit trail are sealed with, so that whoever holds the database "
    "and not this key cannot write a trail that verifies.",
    "events are chained and not sealed",
    "what `python -c 'import secrets; print(secrets.token_urlsafe(32))'` prints",
    _phrase,
    secret=True,
)
FILES = Setting(
    "INSPECT_APP_FILES",
    "With PostgreSQL, the folder for snapshots of counted evidence, and for the shelf where that "
    "has no folder of its own. Every process may write there; what is in it can be made again.",
    "the system's folder for temporary files",
    "/var/lib/inspection-evidence/files",
    _folder,
)
SHELF = Setting(
    "INSPECT_APP_SHELF",
    "The folder of published releases, for a web server to serve. All processes share one.",
    "a folder beside the database",
    "/var/lib/inspection-evidence/shelf",
    _shelf,
)
SCANNER = Setting(
    "INSPECT_APP_SCANNER",
    "The virus scanner's command: it gets an attached document on its standard input and ends "
    "with 0 for nothing found, 1 for something.",
    "documents are not scanned",
    "clamdscan --no-summary -",
    _command,
)
UPLOADS = Setting(
    "INSPECT_APP_UPLOADS",
    "How many files one person may bring in ten minutes.",
    "120",
    "500",
    _many,
)
HEALTH_PORT = Setting(
    "INSPECT_APP_HEALTH_PORT",
    "The port on 127.0.0.1 for /healthz, /readyz and /metrics; each process has its own.",
    "none is opened",
    "9501",
    _port,
)
BACKUP_PASSPHRASE = Setting(
    "INSPECT_APP_BACKUP_PASSPHRASE",
    "Backups are encrypted with it, and restored with it. Whoever loses it loses them.",
    "backups are not encrypted",
    "a sentence that nobody would guess",
    _phrase,
    secret=True,
)
SMTP_PASSWORD = Setting(
    "INSPECT_APP_SMTP_PASSWORD",
    "The password for the mail server that `inspect-app digest --user` signs in at.",
    "digests are sent without signing in",
    "correct horse battery staple",
    anything,
    secret=True,
)
CERTIFICATES = Setting(
    "SSL_CERT_FILE",
    "The certificates that a mail server is trusted by, where they are not the system's.",
    "the system's certificates",
    "/etc/ssl/certs/our-authority.pem",
    _file,
)
SETTINGS = (
    DATABASE,
    DATABASE_OWNER,
    DATABASE_READING,
    TRAIL_KEY,
    FILES,
    SHELF,
    SCANNER,
    UPLOADS,
    HEALTH_PORT,
    BACKUP_PASSPHRASE,
    SMTP_PASSWORD,
    CERTIFICATES,
)


def problems(
    settings: Sequence[Setting], environment: Mapping[str, str] = os.environ
) -> tuple[str, ...]:
    """Return everything that is wrong with the settings, a sentence each; nothing of a secret."""
    said = _misspelt([each.name for each in settings], environment)
    for each in settings:
        held = each.read(environment)
        wrong = each.check(held) if held is not None else None
        if wrong:
            named = "" if each.secret else f" ({each.shown(environment)})"
            said.append(f"{each.name}{named}: {wrong}. For example: {each.example}")
    return (*said, *_together(environment))


def _misspelt(known: Sequence[str], environment: Mapping[str, str]) -> list[str]:
    """Return a sentence for each name that is nearly one of ours: what it was for is not done."""
    ours = sorted(name for name in environment if name.startswith(PREFIX) and name not in known)
    meant = {name: get_close_matches(name, known, n=1, cutoff=ALIKE) for name in ours}
    return [
        f"{name} is no setting of this program. Is {near[0]} meant?"
        for name, near in meant.items()
        if near
    ]


def _together(environment: Mapping[str, str]) -> list[str]:
    """Return what is wrong between settings that are each well written."""
    database = DATABASE.read(environment) or ""
    if DATABASE_OWNER.read(environment) and database.startswith("sqlite"):
        return [
            f"{DATABASE_OWNER.name} is set and {DATABASE.name} is an SQLite file: a file has no "
            "second role. Leave one of them out."
        ]
    return []


def refuse(found: Sequence[str]) -> None:
    """Raise Refusal with everything that is wrong with the settings, all at once, if anything."""
    if found:
        count = "One setting is" if len(found) == 1 else f"{len(found)} settings are"
        lines = "".join(f"\n- {each}" for each in found)
        raise Refusal(
            f"{count} not as needed:{lines}",
            "Mend them and start again; `inspect-app settings` shows what is set. "
            "Nothing was started.",
            problems=tuple(found),
        )
