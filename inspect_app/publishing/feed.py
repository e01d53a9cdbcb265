"""The change feed: who follows it hears of every release, correction and withdrawal (RFC 4287)."""

import uuid
from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree as Tree

from inspect_app.publishing.shelf_entries import RELEASES, Entry

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"
OURS = uuid.UUID("5f0c4b2e-7a3d-5d0e-9c66-3b1f6a0f5a11")
"""The namespace of our permanent ids: never change it."""


def feed(entries: Sequence[Entry]) -> bytes:
    """Return the Atom feed of a shelf, what changed last first; empty shelves have none.

    Ids come from the content hash and number of a release, so they never change; `updated` is
    the day it was published, corrected or withdrawn.
    """
    Tree.register_namespace("", ATOM)
    updated = {each.number: _updated(each, entries) for each in entries}
    root = Tree.Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": "en"})
    _add(root, "id", _id("shelf", entries[0].content_hash))
    _add(root, "title", "Inspection Evidence: releases, corrections and withdrawals")
    _add(root, "updated", _moment(max(updated.values())))
    _add(_add(root, "author"), "name", "Inspection Evidence")
    _add(root, "link", href="feed.xml", rel="self", type="application/atom+xml")
    _add(root, "link", href="index.html", rel="alternate", type="text/html")
    for each in sorted(entries, key=lambda e: (updated[e.number], e.number), reverse=True):
        _entry(root, each, updated[each.number])
    Tree.indent(root)
    drawn: bytes = Tree.tostring(root, "utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + drawn + b"\n"


def _updated(entry: Entry, entries: Sequence[Entry]) -> date:
    corrected = [each.made_on for each in entries if each.corrects == entry.number]
    return max([entry.last_changed, *corrected])


def _entry(root: Tree.Element, of: Entry, updated: date) -> None:
    held = _add(root, "entry")
    _add(held, "id", _id(str(of.number), of.content_hash))
    _add(held, "title", f"Release {of.number}: {of.covers} ({of.status.english.lower()})")
    _add(held, "published", _moment(of.made_on))
    _add(held, "updated", _moment(updated))
    _add(held, "category", term=str(of.status), label=of.status.english)
    _add(held, "link", href=f"{RELEASES}/{of.name}.html", rel="alternate", type="text/html")
    _add(held, "summary", _summary(of))


def _summary(of: Entry) -> str:
    said = [f"Content hash {of.content_hash}."]
    if of.corrects:
        said.append(f"It takes the place of release {of.corrects}: {of.correction}")
    if of.corrected_by:
        said.append(f"Release {of.corrected_by} takes its place.")
    if of.withdrawal:
        said.append(f"Withdrawn: {of.withdrawal.why}")
    return " ".join(said)


def _add(root: Tree.Element, name: str, text: str | None = None, **named: str) -> Tree.Element:
    held = Tree.SubElement(root, f"{{{ATOM}}}{name}", named)
    held.text = text
    return held


def _id(*parts: str) -> str:
    return uuid.uuid5(OURS, "/".join(parts)).urn


def _moment(on: date) -> str:
    return f"{on.isoformat()}T00:00:00Z"
