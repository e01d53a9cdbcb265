"""The change feed: who follows it hears of every release, correction and withdrawal (RFC 4287)."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from xml.etree import ElementTree as Tree

from inspect_app.publishing.language import ENGLISH, Language
from inspect_app.publishing.marking import later
from inspect_app.publishing.page import Address
from inspect_app.publishing.paper import plain
from inspect_app.publishing.release_words import scope_of
from inspect_app.publishing.shelf_entries import RELEASES, Entry

ATOM = "http://www.w3.org/2005/Atom"
ATOM_TYPE = "application/atom+xml"
XML = "http://www.w3.org/XML/1998/namespace"
OURS = uuid.UUID("5f0c4b2e-7a3d-5d0e-9c66-3b1f6a0f5a11")
"""The namespace of our permanent ids: never change it."""


FEED = "feed.xml"
AUTHOR = later("Inspection Evidence")
TITLE = later("Inspection Evidence: releases, corrections and withdrawals")
ENTRY = later("Release %(number)s: %(covers)s (%(status)s)")
HASH = later("Content hash %(hash)s.")
INSTEAD_OF = later("It takes the place of release %(number)s: %(why)s")
REPLACED_BY = later("Release %(number)s takes its place.")
WITHDRAWN = later("Withdrawn: %(why)s")


def feed(entries: Sequence[Entry], language: Language) -> bytes:
    """Return the Atom feed of a shelf in a language, what changed last first.

    Empty shelves have none. Ids come from the content hash and number of a release, so they never
    change; `updated` is the day it was published, corrected or withdrawn.
    """
    Tree.register_namespace("", ATOM)
    updated = {each.number: _updated(each, entries) for each in entries}
    root = Tree.Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": language.code})
    _add(root, "id", _id(language, "shelf", entries[0].content_hash))
    _add(root, "title", language.gettext(TITLE))
    _add(root, "updated", _moment(max(updated.values())))
    _add(_add(root, "author"), "name", language.gettext(AUTHOR))
    _add(root, "link", href=FEED, rel="self", type=ATOM_TYPE, hreflang=language.code)
    _add(root, "link", href="index.html", rel="alternate", type="text/html")
    for other, way in Address(FEED, language).others:
        _add(root, "link", href=way, rel="alternate", type=ATOM_TYPE, hreflang=other.code)
    for each in sorted(entries, key=lambda e: (updated[e.number], e.number), reverse=True):
        _entry(root, each, updated[each.number], language)
    Tree.indent(root)
    drawn: bytes = Tree.tostring(root, "utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + drawn + b"\n"


def _updated(entry: Entry, entries: Sequence[Entry]) -> date:
    corrected = [each.made_on for each in entries if each.corrects == entry.number]
    return max([entry.last_changed, *corrected])


def _entry(root: Tree.Element, of: Entry, updated: date, language: Language) -> None:
    held = _add(root, "entry")
    status = language.word(of.status.english)
    covers = plain(scope_of(of.covers, language))
    _add(held, "id", _id(language, str(of.number), of.content_hash))
    title = language.say(ENTRY, number=of.number, covers=covers, status=status.lower())
    _add(held, "title", title)
    _add(held, "published", _moment(of.made_on))
    _add(held, "updated", _moment(updated))
    _add(held, "category", term=str(of.status), label=status)
    _add(held, "link", href=f"{RELEASES}/{of.name}.html", rel="alternate", type="text/html")
    _add(held, "summary", " ".join(_summary(of, language)))


def _summary(of: Entry, language: Language) -> Iterator[str]:
    yield language.say(HASH, hash=of.content_hash)
    if of.corrects:
        why = plain(language.text(of.correction or "", of.correction_welsh))
        yield language.say(INSTEAD_OF, number=of.corrects, why=why)
    if of.corrected_by:
        yield language.say(REPLACED_BY, number=of.corrected_by)
    if of.withdrawal:
        why = plain(language.text(of.withdrawal.why, of.withdrawal.why_welsh))
        yield language.say(WITHDRAWN, why=why)


def _add(root: Tree.Element, name: str, text: str | None = None, **named: str) -> Tree.Element:
    held = Tree.SubElement(root, f"{{{ATOM}}}{name}", named)
    held.text = text
    return held


def _id(language: Language, *parts: str) -> str:
    """Return the id of a feed or entry; the English one is the older, and named no language."""
    named = parts if language is ENGLISH else (language.code, *parts)
    return uuid.uuid5(OURS, "/".join(named)).urn


def _moment(on: date) -> str:
    return f"{on.isoformat()}T00:00:00Z"
