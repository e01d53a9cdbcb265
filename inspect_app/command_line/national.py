"""The nation on the command line: a snapshot of all counted evidence, and scorecards from it."""

import argparse
from collections.abc import Callable
from typing import Any

import polars as pl

from data_model.engines import ENGINES
from inspect_app.command_line.verbs import DONE, opened, verb
from inspect_app.errors import Refusal
from inspect_app.services import national, people
from inspect_app.services.scorecards import parse_quarter
from metrics import BY_CODE


def add_snapshot(verbs: Any) -> None:
    """Add the command that writes the counted evidence of every area as Parquet files."""
    parser = verb(verbs, "snapshot", _snapshot, "write all counted evidence as Parquet files")
    parser.add_argument(
        "folder", metavar="DIR", help="a folder, or an address such as s3://BUCKET/FOLDER"
    )


def add_engine(parser: argparse.ArgumentParser) -> None:
    """Add the options by which a scorecard is read from a snapshot instead of the database."""
    parser.add_argument("--snapshot", metavar="DIR", help="read a snapshot, not the database")
    parser.add_argument("--engine", choices=tuple(ENGINES), help="what reads the snapshot (polars)")


def _snapshot(asked: argparse.Namespace) -> int:
    with opened(asked) as database:
        done = national.write(asked.folder, by=people.keeper(database).through(asked.via))
    print(
        f"{asked.folder}: {done.written} areas written, {done.same} as they were, {done.gone} gone."
    )
    return DONE


def from_snapshot(asked: argparse.Namespace) -> int:
    """Print the scorecards of a snapshot: one area's, or without one the whole nation's.

    Raises Refusal where a paper is asked for: that needs what only the database holds.
    """
    if asked.out:
        raise Refusal(
            "A paper cannot be written from a snapshot.",
            "It needs questions, answers and decisions, which the database holds: leave out "
            "`--snapshot`, or take `--format csv`.",
        )
    quarter = parse_quarter(asked.quarter) if asked.quarter else None
    area = asked.area.upper() if asked.area else None
    card = national.scorecards(asked.snapshot, asked.engine or "polars", area, quarter)
    print(FORMATS[asked.format](card), end="")
    return DONE


def _as_table(card: pl.DataFrame) -> str:
    """Return the whole numbers a line each, without their parts, under a heading for each area."""
    lines = []
    wholes = card.filter(pl.col("breakdown").is_null())
    for (area,), rows in wholes.group_by("area", maintain_order=True):
        lines += [f"{area}", *(f"  {_line(row)}" for row in rows.iter_rows(named=True)), ""]
    return "\n".join(lines)


def _line(row: dict[str, object]) -> str:
    title = BY_CODE[str(row["indicator"])].title
    of = f", of {row['subject']}" if row["subject"] else ""
    return f"{title}{of} ({row['period'] or 'no period stated'}): {row['says']}"


FORMATS: dict[str, Callable[[pl.DataFrame], str]] = {
    "table": _as_table,
    "csv": lambda card: card.write_csv(),
    "json": lambda card: f"{card.write_json()}\n",
}
