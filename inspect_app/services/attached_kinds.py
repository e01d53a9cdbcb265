"""Which documents may be attached to evidence: their names, sizes, kinds, and what opens each.

A document is told by its ending and by its content together. Nothing here reads one further than
that: it is kept and handed back as it came.
"""

import io
import re
import struct
import unicodedata
import zipfile
import zlib
from dataclasses import dataclass
from html import unescape
from typing import NoReturn

from inspect_app.errors import Refusal
from inspect_app.workbooks.limits import (
    HIGHEST_RATIO,
    LARGEST_UNPACKED,
    MEGABYTE,
    MOST_MEMBERS,
    RATIO_COUNTS_FROM,
    XML_ENDS,
    ZIP,
    is_macro,
)

LARGEST_DOCUMENT = 10 * MEGABYTE
MOST_DOCUMENTS = 20
LONGEST_NAME = 120
CONTENTS = "[Content_Types].xml"
MACROS = ("macroenabled", "vbaproject")
NOT_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
ENCODINGS = ("utf-8-sig", "cp1252")
NOT_A_ZIP = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True)
class Kind:
    """A kind of document: how its name ends, and what its content opens with.

    One that is a zip file holds a part whose name starts with `part`; one that opens with
    nothing in particular is plain text.
    """

    name: str
    media_type: str
    endings: tuple[str, ...]
    opens_with: bytes = b""
    part: str | None = None


OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS: tuple[Kind, ...] = (
    Kind("PDF", "application/pdf", (".pdf",), b"%PDF-"),
    Kind("Word", f"{OFFICE}.wordprocessingml.document", (".docx",), ZIP, "word/"),
    Kind("Excel", f"{OFFICE}.spreadsheetml.sheet", (".xlsx",), ZIP, "xl/"),
    Kind("CSV", "text/csv", (".csv",)),
    Kind("plain text", "text/plain", (".txt",)),
    Kind("PNG picture", "image/png", (".png",), b"\x89PNG\r\n\x1a\n"),
    Kind("JPEG picture", "image/jpeg", (".jpg", ".jpeg"), b"\xff\xd8\xff"),
)
BY_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}


def plain_name(name: str) -> str:
    """Return a file's name without folders, control characters or dots in front.

    At most 120 characters are left of it, with its ending. Raises Refusal if nothing is left.
    """
    seen = "".join(letter for letter in name if not _unseen(letter))
    last = unicodedata.normalize("NFC", seen.replace("\\", "/").rsplit("/", 1)[-1])
    plain = _cut(last.lstrip(" .").rstrip(" ."))
    if not plain:
        raise Refusal("The document has no name.", "Give it one, such as “Duty logs.pdf”.")
    return plain


def _unseen(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def _cut(name: str) -> str:
    ending = ending_of(name)
    if len(name) <= LONGEST_NAME:
        return name
    kept = ending if ending in BY_ENDING else ""
    return name[: LONGEST_NAME - len(kept)].rstrip(" .") + name[len(name) - len(kept) :]


def ending_of(name: str) -> str:
    """Return how a name ends, in small letters, such as `.pdf`; empty where it has no ending."""
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if stem and dot else ""


def examined(name: str, content: bytes) -> Kind:
    """Return which kind of document this is.

    Raises Refusal for one that is empty or larger than 10 MB, of a kind that is not taken, not
    what its ending says, with macros, locked, or packed so densely that it would fill a memory.
    """
    _check_size(name, content)
    kind = BY_ENDING.get(ending_of(name))
    if kind is None:
        _refuse(name, "is none of the kinds of document that are taken", ONE_OF_THESE)
    if not content.startswith(kind.opens_with):
        _refuse_other(name, kind)
    if kind.part:
        _check_packed(name, kind, content)
    elif not kind.opens_with:
        _check_text(name, kind, content)
    return kind


ONE_OF_THESE = f"Save it as one of {', '.join(BY_ENDING)}."
SAVED_AGAIN = "Open it, and save it again without a password."


def _refuse(name: str, says: str, advice: str) -> NoReturn:
    raise Refusal(f"{name} {says}.", f"Nothing was attached. {advice}", file=name)


def _refuse_other(name: str, kind: Kind) -> NoReturn:
    _refuse(
        name,
        f"ends like a {kind.name} document and is none inside",
        "Open it in the program it was written with and save it again, under its own ending.",
    )


def _check_size(name: str, content: bytes) -> None:
    if not content:
        _refuse(name, "is empty", "Choose the document itself.")
    if len(content) > LARGEST_DOCUMENT:
        _refuse(
            name,
            f"has {len(content) / MEGABYTE:.1f} MB, more than the "
            f"{LARGEST_DOCUMENT // MEGABYTE} MB that are kept",
            "Attach the part that shows it, or say in the evidence where the whole can be found.",
        )


def _check_text(name: str, kind: Kind, content: bytes) -> None:
    """Text has no mark that tells it, but nothing else opens as it does and reads as text."""
    other = any(each.opens_with and content.startswith(each.opens_with) for each in KINDS)
    if other or NOT_TEXT.search(content) or not any(_reads_as(content, each) for each in ENCODINGS):
        _refuse_other(name, kind)


def _reads_as(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _check_packed(name: str, kind: Kind, content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            _check_members(name, kind, members)
            with archive.open(CONTENTS) as listed:
                contents = listed.read(MEGABYTE + 1)
            typed = any(_declares_types(archive, each) for each in members)
    except NOT_A_ZIP:
        _refuse(name, "is damaged or locked", SAVED_AGAIN)
    if len(contents) > MEGABYTE:
        _refuse_dense(name)
    if any(sign in _as_read(contents) for sign in MACROS):
        _refuse_macros(name)
    if typed:
        _refuse(name, "declares document types of its own", SAVED_AGAIN)


def _declares_types(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bool:
    """Whether a part could make whatever opens it write or fetch more than stands there."""
    if not member.filename.lower().endswith(XML_ENDS):
        return False
    content = archive.read(member).replace(b"\x00", b"")
    return b"<!DOCTYPE" in content or b"<!ENTITY" in content


def _as_read(contents: bytes) -> str:
    """Return what a list of contents says, whichever way its letters are written."""
    return unescape(contents.replace(b"\x00", b"").decode("latin-1")).lower()


def _check_members(name: str, kind: Kind, members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    if len(names) > MOST_MEMBERS or _too_large(members):
        _refuse_dense(name)
    if len({each.lower() for each in names}) < len(names) or any(map(_locked, members)):
        _refuse(name, "is damaged or locked", SAVED_AGAIN)
    if any(is_macro(each) for each in names):
        _refuse_macros(name)
    if CONTENTS not in names or not any(each.startswith(kind.part or "") for each in names):
        _refuse_other(name, kind)


def _locked(member: zipfile.ZipInfo) -> bool:
    return bool(member.flag_bits & 1)


def _too_large(members: list[zipfile.ZipInfo]) -> bool:
    dense = (
        member.file_size > RATIO_COUNTS_FROM
        and member.file_size > HIGHEST_RATIO * max(member.compress_size, 1)
        for member in members
    )
    return sum(member.file_size for member in members) > LARGEST_UNPACKED or any(dense)


def _refuse_dense(name: str) -> NoReturn:
    _refuse(
        name,
        "would unpack to far more than a document holds",
        "Open it and save it again; leave out what is not evidence.",
    )


def _refuse_macros(name: str) -> NoReturn:
    _refuse(name, "holds macros", "Save it without macros, or as a PDF.")
