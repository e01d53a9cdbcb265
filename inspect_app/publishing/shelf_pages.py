"""The pages that the shelf has beside its releases: they say how each one stands today.

A release itself never changes, so its standing is said here: in the list, on its cover, on a
tombstone, in the feed and in `shelf.json`. Every page is drawn from the entries alone.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import TypeAdapter, ValidationError

from inspect_app.errors import Refusal
from inspect_app.publishing.feed import feed
from inspect_app.publishing.manifest import fingerprint
from inspect_app.publishing.shelf_entries import (
    RELEASES,
    TOMBSTONE,
    Entry,
    newest,
    plain,
)
from inspect_app.publishing.shelf_words import DAYS, LANGUAGES, Words, cells

HERE = Path(__file__).parent
STATE = "shelf.json"
FORMAT = "inspection-evidence-shelf"
VERSION = 1
TITLE = "Releases / Datganiadau"


@dataclass(frozen=True)
class Row:
    """A row of a table: its heading, perhaps a link, and the other cells."""

    first: str
    rest: tuple[str, ...]
    href: str = ""


@dataclass(frozen=True)
class Part:
    """What a page says in one language."""

    lang: str
    label: str
    heading: str
    lines: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    caption: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


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
    drawn = {
        "style.css": (HERE / "style.css").read_text(encoding="utf-8").encode(),
        **{f"{RELEASES}/{each.name}.html": _cover(each) for each in entries},
        **{
            f"{RELEASES}/{each.name}/index.html": _gone(each) for each in entries if each.withdrawal
        },
        "latest/index.html": _latest(entries),
        **({"feed.xml": feed(entries)} if entries else {}),
        "index.html": _index(entries),
    }
    return {**drawn, STATE: _state(entries, drawn)}


def tombstone_files(entry: Entry) -> dict[str, bytes]:
    """Return what stands where a withdrawn release stood: its number, hashes and the reason."""
    return {TOMBSTONE: tombstone_file(entry), "index.html": _gone(entry)}


def tombstone_file(entry: Entry) -> bytes:
    """Return the bytes of a tombstone's own record; what takes its place is said elsewhere."""
    return _json(plain(replace(entry, corrected_by=None)))


def _gone(entry: Entry) -> bytes:
    parts = [_tombstone_part(entry, words) for words in LANGUAGES]
    return _page(f"{_named(entry)}: withdrawn / tynnwyd yn ôl", parts, "../../")


def _index(entries: Sequence[Entry]) -> bytes:
    ordered = sorted(entries, key=lambda entry: -entry.number)
    return _page(TITLE, [_list(ordered, words) for words in LANGUAGES], "")


def _list(entries: Sequence[Entry], words: Words) -> Part:
    rows = tuple(
        Row(
            words.release(each),
            (DAYS[words.lang](each.made_on), each.covers, words.standing(each)),
            f"{RELEASES}/{each.name}.html",
        )
        for each in entries
    )
    return Part(
        words.lang,
        words.label,
        words.releases,
        () if entries else (words.none_yet,),
        (("latest/index.html", words.newest),) if newest(entries) else (),
        words.releases,
        words.columns,
        rows,
    )


def _cover(entry: Entry) -> bytes:
    return _page(_named(entry), [_cover_part(entry, words) for words in LANGUAGES], "../")


def _cover_part(entry: Entry, words: Words) -> Part:
    lines = [words.standing(entry), words.published(entry), *words.hashes(entry)]
    if entry.corrects:
        lines.insert(1, words.replaces(entry))
    if entry.withdrawal:
        lines.insert(1, words.reason(entry))
    links = [(f"{entry.name}/index.html", words.open_it)]
    if entry.corrected_by:
        links.append((f"{entry.corrected_by:04d}.html", f"→ {entry.corrected_by:04d}"))
    return Part(
        words.lang,
        words.label,
        words.release(entry),
        tuple(lines),
        (*links, ("../index.html", words.all_releases)),
        words.changed,
        words.change_columns,
        tuple(Row(change.path, cells(change)) for change in entry.changes),
    )


def _tombstone_part(entry: Entry, words: Words) -> Part:
    lines = (words.gone(entry), words.standing(entry), words.reason(entry), *words.hashes(entry))
    links = (("../../index.html", words.all_releases),)
    return Part(words.lang, words.label, words.release(entry), lines, links)


def _latest(entries: Sequence[Entry]) -> bytes:
    """Return the page at the permanent address of the newest release: it leads on to it."""
    last = newest(entries)
    where = f"../{RELEASES}/{last.name}/index.html" if last else None
    parts = [
        Part(
            words.lang,
            words.label,
            words.newest,
            () if last else (words.none_yet,),
            ((where, words.release(last)),) if last and where else (),
        )
        for words in LANGUAGES
    ]
    return _page("The newest release / Y datganiad diweddaraf", parts, "../", where)


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


def _named(entry: Entry) -> str:
    return " / ".join(words.release(entry) for words in LANGUAGES)


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode()


def _page(title: str, parts: Sequence[Part], root: str, forward: str | None = None) -> bytes:
    page = _environment().get_template("shelf.html.j2")
    return page.render(title=title, parts=parts, root=root, forward=forward).encode()


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\n",
    )
