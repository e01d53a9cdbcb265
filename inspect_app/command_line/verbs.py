"""What every command of `inspect-app` has: its parser, its database, how it ends."""

import argparse
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from data_model.database import Database, open_database
from inspect_app import settings

DATABASE_SETTING = settings.DATABASE.name
DEFAULT_FILE = Path("var") / "inspection-evidence.db"
DEFAULT_DATABASE = f"sqlite:///{DEFAULT_FILE.as_posix()}"
DONE, REFUSED = 0, 1

Run = Callable[[argparse.Namespace], int]


def verb(verbs: Any, name: str, run: Run, says: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(
        name, help=says, description=says[0].upper() + says[1:] + "."
    )
    parser.set_defaults(run=run, via=f"command {name}")
    add_database(parser, argparse.SUPPRESS)
    return parser


def add_database(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "--database",
        metavar="URL",
        default=default,
        help=f"sqlite:///FILE or postgresql://USER@HOST/NAME; else {DATABASE_SETTING}, "
        f"else {DEFAULT_DATABASE} here",
    )


def address(asked: argparse.Namespace) -> str:
    """Return the address of the database that a command is for: the one given, or the usual one."""
    return str(asked.database or DEFAULT_DATABASE)


@contextmanager
def opened(asked: argparse.Namespace) -> Iterator[Database]:
    """Give the database that is asked for, and close it."""
    with closing(open_database(address(asked))) as database:
        yield database
