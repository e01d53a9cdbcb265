"""The trail on the command line: verified whole, and exported in parts that can be verified."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from data_model.trail_check import Checked
from inspect_app.command_line.verbs import DONE, REFUSED, opened
from inspect_app.errors import Refusal
from inspect_app.services import people, trail


def add_heads(parser: argparse.ArgumentParser) -> None:
    """Add what `verify` may be told of heads that are kept elsewhere."""
    parser.add_argument(
        "--head",
        metavar="HASH",
        action="append",
        default=[],
        help="a head kept elsewhere, as a release prints it, that must stand in the trail",
    )
    parser.add_argument(
        "--heads",
        metavar="FILE",
        type=Path,
        help="a file on another machine's disk: its heads must stand, and today's are added to it",
    )


def verify_trail(asked: argparse.Namespace) -> int:
    """Check the whole trail of a database; 1 where anything is wrong, saying where and what."""
    if not asked.held_against:
        raise Refusal(
            "There is nothing to verify.",
            "Give the folder of a release or of a shelf, or --database URL for its trail.",
        )
    asked.database = asked.held_against
    with opened(asked) as database:
        keeper = people.keeper(database).through("command verify")
        checked = trail.chain(by=keeper, heads=[*asked.head, *_kept(asked.heads)])
    for line in said(checked):
        print(line)
    if checked.faults:
        return REFUSED
    if asked.heads:
        with asked.heads.open("a", encoding="utf-8") as file:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            file.write(f"{now} {checked.head} {checked.reads_head}\n")
    return DONE


def said(checked: Checked) -> list[str]:
    """Return in words what came of checking a trail."""
    heads = [
        f"Head of {checked.events:,} changes: {checked.head}",
        f"Head of {checked.reads:,} looks at cases: {checked.reads_head}",
    ]
    if checked.faults:
        return [*(str(fault) for fault in checked.faults), *heads]
    seal = "sealed" if checked.sealed else "not sealed: no key is set"
    return [f"The trail holds; its head is {seal}.", *heads]


def _kept(file: Path | None) -> list[str]:
    """Return the heads in a file, if there is one; its first word of a line is when."""
    if file is None or not file.exists():
        return []
    return [word for line in file.read_text("utf-8").splitlines() for word in line.split()[1:]]
