"""Releases on the command line: drafted, listed, published, corrected, withdrawn, verified.

Nobody approves here: a second approver does that in the app, under their own name.
"""

import argparse
from pathlib import Path
from typing import Any

from data_model.database import Database
from data_model.vocabulary import ChangeKind, ReleaseStatus
from inspect_app.command_line.trails import add_heads, verify_trail
from inspect_app.command_line.verbs import DONE, opened, verb
from inspect_app.errors import Refusal
from inspect_app.publishing.manifest import MANIFEST
from inspect_app.publishing.shelf_entries import Entry, entry_of
from inspect_app.publishing.shelf_verification import is_shelf, verify_shelf
from inspect_app.publishing.verification import verify
from inspect_app.services import (
    people,
    release,
    release_shelf,
    release_steps,
    release_values,
)
from inspect_app.services.release import Correction, Scope
from inspect_app.services.release_values import ReleaseLine
from inspect_app.signed_in import SignedIn

READY = (ReleaseStatus.APPROVED, ReleaseStatus.PRE_RELEASE)


def add_releases(verbs: Any) -> None:
    """Add every command that makes, lists or changes releases."""
    _add_release(verbs)
    _by_somebody(verb(verbs, "releases", _list, "list drafts and published releases"))
    _add_publish(verbs)
    _add_correct(verbs)
    _add_withdraw(verbs)


def _add_release(verbs: Any) -> None:
    says = "write a release: a site, its data and their hashes; a draft until it is approved"
    parser = _by_somebody(verb(verbs, "release", _release, says))
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--inspection", metavar="CODE", nargs="+", action="extend", help="these inspections"
    )
    what.add_argument("--area", metavar="CODE", help="everything about one area")
    what.add_argument("--all", action="store_true", help="everything that may be published")
    parser.add_argument(
        "--out", metavar="DIR", type=Path, required=True, help="a new or empty folder"
    )


def _add_publish(verbs: Any) -> None:
    says = "publish an approved release, or finish what was interrupted"
    parser = _by_somebody(verb(verbs, "publish", _publish, says))
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("draft", metavar="DRAFT", nargs="?", type=int, help="as `releases` lists it")
    what.add_argument(
        "--due", action="store_true", help="every approved release whose day and hour have come"
    )


def _add_correct(verbs: Any) -> None:
    says = "draw up a release that takes the place of a published one"
    parser = _by_somebody(verb(verbs, "correct", _correct, says))
    parser.add_argument("number", metavar="NUMBER", type=int, help="of the published release")
    parser.add_argument(
        "--kind",
        choices=[str(kind) for kind in ChangeKind],
        default=str(ChangeKind.CORRECTION),
        help="a correction mends what was wrong, a revision says what is known since",
    )
    parser.add_argument("--why", metavar="TEXT", required=True, help="in English")
    parser.add_argument("--why-welsh", metavar="TEXT", required=True, help="in Welsh")


def _add_withdraw(verbs: Any) -> None:
    says = "withdraw a published release: its files go, and a tombstone says why"
    parser = _by_somebody(verb(verbs, "withdraw", _withdraw, says))
    parser.add_argument("number", metavar="NUMBER", type=int, help="of the published release")
    parser.add_argument("--why", metavar="TEXT", required=True, help="in English")
    parser.add_argument("--why-welsh", metavar="TEXT", help="in Welsh")


def _by_somebody(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    parser.add_argument(
        "--as", metavar="PERSON", dest="person", help="who does it, else whoever runs this command"
    )
    return parser


def add_verify(verbs: Any) -> None:
    """Add the command that checks a release or a shelf offline, and the trail of a database."""
    parser = verbs.add_parser("verify", help="check a release, a shelf of them, or a trail")
    parser.set_defaults(run=_verify, via="command verify")
    parser.add_argument(
        "folder", metavar="DIR", type=Path, nargs="?", help="of a release, or of a shelf"
    )
    parser.add_argument(
        "--database",
        metavar="URL",
        dest="held_against",
        help="check the trail of this database; with DIR, hold against it what releases print",
    )
    add_heads(parser)


def _acting(asked: argparse.Namespace, database: Database) -> SignedIn:
    return (
        people.acting(asked.person, database).through(asked.via)
        if asked.person
        else people.operator(database).through(asked.via)
    )


def _release(asked: argparse.Namespace) -> int:
    scope = Scope(tuple(asked.inspection or ()), asked.area)
    with opened(asked) as database:
        made = release.make(scope, asked.out, by=_acting(asked, database))
    what = f"{made.inspections} inspections, {made.areas} areas, in {asked.out}"
    same = "" if made.new else " (the content has not changed since it was made)"
    if made.draft:
        print(f"DRAFT {made.id} of {made.made_at.date()}, not approved or published: {what}{same}")
    else:
        print(f"Release {made.number} of {made.made_at.date()}: {what}{same}")
    return DONE


def _list(asked: argparse.Namespace) -> int:
    with opened(asked) as database:
        held = release_values.listed(by=_acting(asked, database))
    for line in held:
        print(_line(line))
    if not held:
        print("No release has been drawn up. Begin with: inspect-app release --all --out DIR")
    return DONE


def _line(line: ReleaseLine) -> str:
    which = f"Release {line.number}" if line.number else f"Draft {line.id}"
    when = (line.made_at or line.drawn_at).date()
    day = f", to be published on {line.publish_on}" if line.publish_on and not line.number else ""
    by = f", corrected by release {line.corrected_by}" if line.corrected_by else ""
    return f"{which}, {when}: {line.scope}. {line.status.english}{day}{by}."


def _publish(asked: argparse.Namespace) -> int:
    with opened(asked) as database:
        by = _acting(asked, database)
        for draft in _due(by) if asked.due else [asked.draft]:
            number = release_steps.publish(draft, by=by, say=print)
            print(f"Release {number} is published, at {database.shelf / 'releases'}/{number:04d}")
        if asked.due:
            release_shelf.bring(by=by)
    return DONE


def _due(by: SignedIn) -> list[int]:
    """Return the approved releases that have a day, and whose moment has come."""
    held = [each for each in release_values.listed(by=by) if each.status in READY]
    return [each.id for each in held if each.publish_on and each.due]


def _correct(asked: argparse.Namespace) -> int:
    with opened(asked) as database:
        by = _acting(asked, database)
        correction = Correction(asked.number, ChangeKind(asked.kind), asked.why, asked.why_welsh)
        draft = release.correct(correction, by=by)
        for change in release_values.view(draft, by=by).changes:
            print(f"{change.path}: {change.added} added, {change.removed} removed, ", end="")
            print(f"{change.changed} changed")
    print(f"Draft {draft} corrects release {asked.number}. It is checked and approved in the app.")
    return DONE


def _withdraw(asked: argparse.Namespace) -> int:
    with opened(asked) as database:
        by = _acting(asked, database)
        release_steps.withdraw(asked.number, asked.why, asked.why_welsh, by=by, say=print)
    print(f"Release {asked.number} is withdrawn.")
    return DONE


def _verify(asked: argparse.Namespace) -> int:
    if asked.folder is None:
        return verify_trail(asked)
    entries = _verify_shelf(asked) if is_shelf(asked.folder) else _verify_one(asked)
    if asked.held_against:
        _hold_against(asked, entries)
    return DONE


def _verify_one(asked: argparse.Namespace) -> tuple[Entry, ...]:
    checked = verify(asked.folder)
    manifest = checked.manifest
    if manifest.draft:
        print(f"DRAFT of {manifest.made_on}, not approved or published: ", end="")
        print(f"all {checked.files} files are as they were drawn.")
        return ()
    which = f"Release {manifest.release} of {manifest.made_on}"
    print(f"{which}: all {checked.files} files are as they were released.")
    return (entry_of(manifest, (asked.folder / MANIFEST).read_bytes()),)


def _verify_shelf(asked: argparse.Namespace) -> tuple[Entry, ...]:
    checked = verify_shelf(asked.folder)
    for entry in checked.entries:
        print(f"Release {entry.number} of {entry.made_on}: {entry.status.english}.")
    if checked.begins_after:
        print(f"Release {checked.begins_after} and those before it are not on this shelf.")
    print(f"All {checked.files} files are as they were published.")
    return checked.entries


def _hold_against(asked: argparse.Namespace, entries: tuple[Entry, ...]) -> None:
    if not entries:
        raise Refusal("A draft is on no trail.", "Leave --database away.")
    asked.database = asked.held_against
    with opened(asked) as database:
        by = people.operator(database).through(asked.via)
        found = release_shelf.against_trail(entries, by=by)
        if is_shelf(asked.folder):
            release_shelf.all_there(entries, by=by)
    print(f"The trail holds, and what each of {found} releases prints stands on it.")
