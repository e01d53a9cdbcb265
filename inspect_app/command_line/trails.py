"""The trail on the command line: verified whole, and exported in parts that can be verified."""

import argparse
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from data_model.trail_check import Checked
from inspect_app.command_line.verbs import DONE, REFUSED, opened, verb
from inspect_app.errors import Refusal
from inspect_app.services import people, trail, trail_export, trail_proof
from inspect_app.services.trail_export import Asked


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


def add_trail(verbs: Any) -> None:
    """Add the command that exports part of the trail, and checks an export."""
    parser = verb(verbs, "trail", _trail, "export part of the trail, or check such an export")
    parser.add_argument("what", choices=["export", "check"])
    parser.add_argument("file", metavar="FILE", type=Path, help="ending in .json or .csv")
    parser.add_argument("--case", metavar="REF", default="", help="with --inspection")
    parser.add_argument("--person", metavar="CODE", default="")
    parser.add_argument("--inspection", metavar="CODE", default="")
    for name in ("from", "to"):
        parser.add_argument(f"--{name}", metavar="DAY", type=date.fromisoformat, dest=name)
    parser.add_argument("--as", metavar="PERSON", dest="by", help="who exports it")
    parser.add_argument("--reason", metavar="TEXT", default="", help="who asked for it, and why")


def _trail(asked: argparse.Namespace) -> int:
    return _check(asked) if asked.what == "check" else _export(asked)


def _check(asked: argparse.Namespace) -> int:
    heads = trail_proof.verify(json.loads(asked.file.read_text("utf-8")))
    for chain, head in heads.items():
        print(f"Every event of the {chain} is what its chain says; head {head}")
    return DONE


def _export(asked: argparse.Namespace) -> int:
    part = Asked(asked.case, asked.person, asked.inspection, getattr(asked, "from"), asked.to)
    if not (asked.by and (part.person or part.inspection)):
        raise Refusal(
            "It is not said whose part of the trail is exported, or by whom.",
            "Give --as PERSON, and --person CODE or --inspection CODE, with --case REF for one.",
        )
    with opened(asked) as database:
        by = people.acting(asked.by, database).through(asked.via)
        exported = trail_export.export(part, asked.reason, by=by)
    as_json = json.dumps(exported, ensure_ascii=False, indent=1).encode()
    csv = asked.file.suffix == ".csv"
    asked.file.write_bytes(trail_export.as_csv(exported) if csv else as_json)
    changes, looks = (len(exported[chain]["events"]) for chain in ("changes", "looks"))
    print(f"{changes} changes and {looks} looks at cases are in {asked.file}.")
    return DONE
