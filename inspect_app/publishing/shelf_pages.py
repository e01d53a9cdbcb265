"""The pages that the shelf has beside its releases: they say how each one stands today.

A release itself never changes, so its standing is said here: in the list, on its cover, on a
tombstone, in the feed and in `shelf.json`. Every page is drawn from the entries alone, in each
language at an address of its own.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from data_model.vocabulary import ReleaseStatus
from inspect_app.errors import Refusal
from inspect_app.publishing.feed import FEED, feed
from inspect_app.publishing.language import LANGUAGES
from inspect_app.publishing.manifest import fingerprint
from inspect_app.publishing.page import Address, Fixed, Values, environment
from inspect_app.publishing.shelf_entries import (
    RELEASES,
    TOMBSTONE,
    Entry,
    newest,
    plain,
)

STATE = "shelf.json"
FORMAT = "inspection-evidence-shelf"
VERSION = 1
FIRST_PAGE = "index.html"
STYLE = "style.css"
MARKED = (ReleaseStatus.PUBLISHED, ReleaseStatus.CORRECTED, ReleaseStatus.WITHDRAWN)
"""How a release on the shelf can stand."""


@dataclass(frozen=True)
class State:
    """What `shelf.json` says: how each release stands, and the SHA-256 of every page."""

    format: str
    version: int
    made_with: str
    releases: tuple[Entry, ...]
    files: dict[str, str]


_READ_STATE = TypeAdapter(State)


def pages(entries: Sequence[Entry]) -> dict[str, bytes]:
    """Return every file that the shelf has beside its releases, path to bytes; `shelf.json` last.

    The same entries and program give the same bytes.
    """
    drawn = {STYLE: Fixed(STYLE)(), **dict(_pages(entries))}
    if entries:
        drawn |= {at.path: feed(entries, at.language) for at in _everywhere(FEED)}
    return {**drawn, STATE: _state(entries, drawn)}


def _pages(entries: Sequence[Entry]) -> Iterator[tuple[str, bytes]]:
    there: Values = {"newest": newest(entries), "numbers": {each.number for each in entries}}
    for at in _everywhere(FIRST_PAGE):
        ordered = sorted(entries, key=lambda entry: -entry.number)
        yield at.path, _page("list", at, {**there, "entries": ordered})
    for at in _everywhere("latest/index.html"):
        yield at.path, _page("latest", at, there)
    for entry in entries:
        for at in _everywhere(f"{RELEASES}/{entry.name}.html"):
            yield at.path, _page("cover", at, {**there, "entry": entry})
        if entry.withdrawal:
            for path, page in _tombstone(entry).items():
                yield f"{RELEASES}/{entry.name}/{path}", page


def tombstone_files(entry: Entry) -> dict[str, bytes]:
    """Return what stands where a withdrawn release stood: its number, hashes and the reason."""
    return {TOMBSTONE: tombstone_file(entry), **_tombstone(entry)}


def tombstone_file(entry: Entry) -> bytes:
    """Return the bytes of a tombstone's own record; what takes its place is said elsewhere."""
    return _json(plain(replace(entry, corrected_by=None)))


def _tombstone(entry: Entry) -> dict[str, bytes]:
    """Return the pages of a tombstone by their path in the folder of the release."""
    # They are drawn before the rest of the shelf is, so they say nothing of what else is there.
    alone: Values = {"newest": None, "numbers": (), "entry": entry}
    return {at.path: _page("tombstone", at, alone, "../../") for at in _everywhere(FIRST_PAGE)}


def _everywhere(place: str) -> list[Address]:
    return [Address(place, language) for language in LANGUAGES]


def _page(kind: str, at: Address, values: Values, above: str = "") -> bytes:
    """Return a page; `above` is the way from the folder that its address is in to the shelf."""
    top = f"{at.top}{above}"
    given = {
        "at": at,
        "top": top,
        "home": f"{top}{Address('', at.language).path}",
        "first_page": Address(FIRST_PAGE, at.language).path,
        **{each.name: each.english for each in MARKED},
    }
    template = environment(at.language).get_template(f"shelf_{kind}.html.j2")
    return template.render(**given, **values).encode()


def _state(entries: Sequence[Entry], drawn: dict[str, bytes]) -> bytes:
    """Return `shelf.json`: how each release stands, for programs, and the hashes of the pages."""
    last = newest(entries)
    return _json(
        {
            "format": FORMAT,
            "version": VERSION,
            "made_with": fingerprint(),
            "newest": f"{RELEASES}/{last.name}" if last else None,
            "releases": [{**plain(each), "status": str(each.status)} for each in entries],
            "files": {path: hashlib.sha256(drawn[path]).hexdigest() for path in sorted(drawn)},
        }
    )


def noted(shelf: Path) -> tuple[Entry, ...]:
    """Return the entries that `shelf.json` holds, as they stood when it was last drawn."""
    try:
        return _READ_STATE.validate_json((shelf / STATE).read_bytes()).releases
    except (OSError, ValidationError):
        return ()


def noted_files(shelf: Path) -> tuple[str, dict[str, str]]:
    """Return by which program the pages were drawn, and the SHA-256 of each, path to hash.

    Raises Refusal where the folder holds no shelf.
    """
    try:
        held = _READ_STATE.validate_json((shelf / STATE).read_bytes())
    except (OSError, ValidationError):
        held = None
    if held is None or (held.format, held.version) != (FORMAT, VERSION):
        raise Refusal(
            f"{shelf} is not a shelf of releases that this program can read.",
            f"Choose the folder that holds {STATE}, index.html and the folder {RELEASES}.",
            folder=str(shelf),
        )
    return held.made_with, held.files


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()
