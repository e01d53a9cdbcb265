"""An area's scorecard, printed as its board reads it or written as its paper or workbook."""

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from data_model.database import Database
from inspect_app.command_line.national import add_engine, from_snapshot
from inspect_app.command_line.verbs import DONE, opened, verb
from inspect_app.errors import Refusal
from inspect_app.services import board_reading, people, scorecard_files, scorecard_text
from inspect_app.signed_in import SignedIn

FILES: Mapping[str, Callable[..., bytes]] = {
    ".docx": scorecard_files.word,
    ".pdf": scorecard_files.pdf,
    ".xlsx": scorecard_files.excel,
}


def add_scorecard(verbs: Any) -> None:
    says = "print an area's scorecard, or write it as a board paper or a workbook"
    parser = verb(verbs, "scorecard", _scorecard, says)
    parser.add_argument(
        "area", metavar="AREA", nargs="?", help="an ONS code or a name; of a snapshot, also none"
    )
    parser.add_argument("--quarter", metavar="2020-Q1", help="a quarter of a calendar year")
    parser.add_argument(
        "--as", metavar="PERSON", dest="person", help="who reads it, else whoever runs this command"
    )
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--format", choices=tuple(scorecard_text.FORMATS), default="table")
    how.add_argument(
        "--out", metavar="FILE", type=Path, help=f"a new file that ends in {_endings()}"
    )
    add_engine(parser)


def _scorecard(asked: argparse.Namespace) -> int:
    if asked.snapshot:
        _refuse_person(asked)
        return from_snapshot(asked)
    _refuse_half_asked(asked)
    with opened(asked) as database:
        if asked.out:
            _write(asked, database)
            return DONE
        by = _reader(asked, database)
        held = board_reading.reading(asked.area, asked.quarter, by=by)
        print(scorecard_files.printed(held, asked.format, by=by))
    return DONE


def _refuse_half_asked(asked: argparse.Namespace) -> None:
    if asked.area is None:
        raise Refusal(
            "No area is named.",
            "Name one by its ONS code or its name; only a snapshot is read without.",
        )
    if asked.engine:
        raise Refusal("An engine reads a snapshot.", "Name one with --snapshot, or leave --engine.")


def _refuse_person(asked: argparse.Namespace) -> None:
    if asked.person:
        raise Refusal("A snapshot is the same for everybody who may read it.", "Leave --as away.")


def _reader(asked: argparse.Namespace, database: Database) -> SignedIn:
    """Return who reads: decisions of a board are for its own people, whom `--as` names."""
    if asked.person:
        return people.acting(asked.person, database).through(asked.via)
    return people.operator(database).through(asked.via)


def _write(asked: argparse.Namespace, database: Database) -> None:
    """Write a file; one that is there may hold somebody's notes, so it is never overwritten."""
    made = FILES.get(asked.out.suffix.lower())
    if made is None or asked.out.exists():
        raise Refusal(
            f"{asked.out} is there already." if made
            else f"{asked.out} does not end in {_endings()}.",
            "Give the name of a new file, such as scorecard.docx.",
        )  # fmt: skip
    data = made(asked.area, asked.quarter, by=_reader(asked, database))
    try:
        asked.out.write_bytes(data)
    except OSError as error:
        raise Refusal(
            f"{asked.out} could not be written: {error.strerror}.",
            "Give a file in a folder that is there and that you may write to.",
        ) from None
    print(f"Wrote the scorecard of {asked.area} to {asked.out}.")


def _endings() -> str:
    *some, last = FILES
    return f"{', '.join(some)} or {last}"
