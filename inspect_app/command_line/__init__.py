"""The command `inspect-app`: open the app, load samples, print scorecards, send digests."""

import argparse
import os
import sys
from collections.abc import Sequence

from data_model.database import create_database
from inspect_app import settings
from inspect_app.command_line.digests import add_digest
from inspect_app.command_line.installing import add_installing
from inspect_app.command_line.national import add_snapshot
from inspect_app.command_line.packing import add_pack, add_take
from inspect_app.command_line.people import add_person
from inspect_app.command_line.releases import add_releases, add_verify
from inspect_app.command_line.retention import add_retention
from inspect_app.command_line.scorecards import add_scorecard
from inspect_app.command_line.serving import add_serve, add_settings, serving
from inspect_app.command_line.trails import add_trail
from inspect_app.command_line.verbs import (
    DEFAULT_FILE,
    DONE,
    REFUSED,
    Run,
    add_database,
    address,
    verb,
)
from inspect_app.errors import Refusal
from inspect_app.services import samples

DESCRIPTION = """\
Record case-level inspection findings, read scorecards of small numbers honestly, follow
recommendations to evidence, and publish an evidence base that anyone can check.
Without a command, the app is opened."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 refused (2, from argparse: wrong usage)."""
    asked = _parser().parse_args(arguments)
    run: Run = asked.run
    try:
        done = run(asked)
        sys.stdout.flush()
    except Refusal as refusal:
        print(f"{refusal.summary}\n{refusal.advice}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # Whoever read the output, such as `head`, has had enough of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as problem:
        print(_disk(problem), file=sys.stderr)
        return REFUSED
    return done


def _disk(problem: OSError) -> str:
    """Return in words that a file could not be read or written."""
    where = f"{problem.filename}: " if problem.filename else ""
    return (
        f"{where}{problem.strerror or problem}.\nChoose a file on a disk with room that you may "
        "read and write, then ask again: what is in the database is whole."
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="inspect-app",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=serving(_samples), port=8501, health_port=None)
    add_database(parser, settings.DATABASE.read())
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND")
    add_serve(verbs, _samples)
    add_settings(verbs)
    verb(verbs, "samples", _samples, "set the database up and load the samples, once")
    add_scorecard(verbs)
    add_snapshot(verbs)
    add_releases(verbs)
    add_pack(verbs)
    add_take(verbs)
    add_digest(verbs)
    add_person(verbs)
    add_verify(verbs)
    add_trail(verbs)
    add_retention(verbs)
    add_installing(verbs)
    return parser


def _samples(asked: argparse.Namespace) -> int:
    if asked.database is None:
        DEFAULT_FILE.parent.mkdir(exist_ok=True)
    database = create_database(address(asked))
    loaded = samples.load(database)
    held = (
        f"{loaded.inspections} inspections, {loaded.cases} invented cases, {loaded.figures} figures"
    )
    added = f"{loaded.reference:,} rows of reference data added" if loaded.reference else ""
    there = f"There already, {added or 'nothing changed'}"
    print(f"{'Loaded' if loaded.changed else there}: {held}.")
    database.close()
    return DONE
