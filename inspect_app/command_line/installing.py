"""Looking after an installation from the command line: move it, back it up, restore it."""

import argparse
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from data_model.database import create_database, migrate, open_database
from data_model.versions import newest_version, versions_until
from inspect_app import settings
from inspect_app.command_line.verbs import DONE, address, verb
from inspect_app.errors import Refusal
from inspect_app.installation import backup, moving, restoring
from inspect_app.installation.whole import Chain
from inspect_app.services import people, reference_shipped


def add_installing(verbs: Any) -> None:
    """Add the commands that treat the whole installation as one thing."""
    says = "set the tables and the reference data up, or bring them up to this version"
    verb(verbs, "set-up", _set_up, says)
    says = "take the tables back to an earlier version, before an earlier program is used again"
    verb(verbs, "downgrade", _downgrade, says).add_argument(
        "--to", metavar="VERSION", dest="version", required=True, help="such as 0006"
    )
    move = verb(verbs, "move", _move, "move everything to another database, verified row by row")
    move.add_argument("--from", metavar="URL", dest="source", help="the database that is in use")
    move.add_argument("--to", metavar="URL", dest="target", help="an empty database of any kind")
    move.add_argument(
        "--reopen", metavar="URL", help="give a move up: let the old database be written again"
    )
    says = "write everything to one file, while the app is used"
    verb(verbs, "backup", _back_up, says).add_argument(
        "--to", metavar="FILE", dest="file", type=Path, required=True, help="a new file"
    )
    says = "restore a backup into an empty database"
    verb(verbs, "restore", _restore, says).add_argument(
        "--from", metavar="FILE", dest="file", type=Path, required=True, help="a backup"
    )


def _set_up(asked: argparse.Namespace) -> int:
    with closing(create_database(address(asked))) as database:
        brought = reference_shipped.bring(database, by=people.keeper(database))
        shown = settings.without_password(address(asked))
    rows = f"{sum(brought.values()):,} rows of reference data added" if brought else "up to date"
    print(f"{shown} is of version {newest_version()}; {rows}.")
    return DONE


def _downgrade(asked: argparse.Namespace) -> int:
    """Go back; what only the newer version could hold goes with it, so a backup comes first."""
    with closing(open_database(address(asked))) as database:
        if asked.version not in versions_until(newest_version()):
            raise Refusal(
                f"There is no version {asked.version!r}.",
                f"Give one of {', '.join(versions_until(newest_version()))}.",
            )
        migrate(database, asked.version)
    print(f"The tables are of version {asked.version}: use the program of that version.")
    return DONE


def _move(asked: argparse.Namespace) -> int:
    if asked.reopen:
        moving.reopen(asked.reopen)
        print(f"{settings.without_password(asked.reopen)} can be written to again.")
        return DONE
    if not (asked.source and asked.target):
        raise Refusal("A move needs --from URL and --to URL.", "Run: inspect-app move --help")
    done = moving.move(asked.source, asked.target, _say)
    print(
        f"Moved: {done.rows:,} rows of {done.tables} tables, each compared with where it came "
        f"from; {done.events:,} events of the trail, whole; {done.files:,} files.\n"
        f"{settings.without_password(asked.source)} is closed to writing. Start the app with "
        f"INSPECT_APP_DATABASE={settings.without_password(asked.target)}"
    )
    return DONE


def _say(what: str) -> None:
    print(what, file=sys.stderr)


def _back_up(asked: argparse.Namespace) -> int:
    done = backup.back_up(address(asked), asked.file, settings.BACKUP_PASSPHRASE.read())
    how = "encrypted" if done.encrypted else "not encrypted: keep it as safe as the database"
    print(f"Backed up: {done.rows:,} rows and {done.files:,} files of the shelf, {how}.")
    _say_trail(done.trail)
    return DONE


def _restore(asked: argparse.Namespace) -> int:
    done = restoring.restore(asked.file, address(asked), settings.BACKUP_PASSPHRASE.read())
    print(f"Restored: {done.rows:,} rows, each as it was, and {done.files:,} files of the shelf.")
    if done.brought_up:
        print(f"They were of version {done.brought_up}, and were brought up to date.")
    _say_trail(done.trail)
    return DONE


def _say_trail(trail: Chain) -> None:
    print(f"The trail had {trail.events:,} events; its head was {trail.head}.")
    if trail.first_broken is not None:
        print(f"It was broken at event {trail.first_broken} when this backup was made.")
