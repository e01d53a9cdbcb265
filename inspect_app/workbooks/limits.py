"""A file is looked at from outside before anything reads it: its kind, its size, its contents.

What passes cannot exhaust the memory or reach outside the file: every member is unpacked once
here, in pieces, and counted against the limits; document types and entities are refused; every
cell says where it stands, and stands within the limits. The reader that follows is written in
another language and ends the whole program where it runs out of memory, so nothing is left to
it. Limits are for people's work: the largest real pack is a fifth of them.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NoReturn

from inspect_app.errors import Refusal
from inspect_app.workbooks.extent import Extent, extent
from inspect_app.workbooks.odd_cells import HUGE, Odd, names_of, odd_cells, without_dates

MEGABYTE = 1_000_000
LARGEST_FILE = 50 * MEGABYTE
LARGEST_UNPACKED = 200 * MEGABYTE
LARGEST_TEXTS = 100 * MEGABYTE
HIGHEST_RATIO = 250
RATIO_COUNTS_FROM = 10 * MEGABYTE
MOST_MEMBERS = 1_000
MOST_ROWS = 199_999
MOST_CELLS = 5 * MEGABYTE
MOST_MERGED = 200_000
LAST_COLUMN = "CZ"
PIECE = MEGABYTE

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
BYTE_ORDER = (b"\xff\xfe", b"\xfe\xff")
XML_ENDS = (".xml", ".rels", ".vml")
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
A_SHEET = b"sheetData"
MACRO_SHEETS = "xl/macrosheets/"
CONTENTS = "[Content_Types].xml"
# A row up to 199,999 and a column up to CZ; whatever says anything else is not read.
_ROW = rb"(?:[1-9]\d{0,4}|1\d{5})"
_PLACE = rb"(?:[A-Z]|[A-C][A-Z])" + _ROW
NOT_PLACED = re.compile(
    rb"<(?:\w+:)?c(?=[\s/>])(?![^<>]*\sr=[\"']" + _PLACE + rb"[\"'])"
    rb"|<(?:\w+:)?row(?=[\s/>])(?=[^<>]*\sr=)(?![^<>]*\sr=[\"']" + _ROW + rb"[\"'])"
    rb"|<(?:\w+:)?mergeCell(?=[\s/>])(?![^<>]*\sref=[\"']" + _PLACE + rb":" + _PLACE + rb"[\"'])"
)
# As every spreadsheet program writes them; only where these find something else is it looked
# at closely, which takes ten times as long.
UNUSUAL = (
    re.compile(rb"<c(?! r=\"" + _PLACE + rb"\"|\w)"),
    re.compile(rb"<row(?! r=\"" + _ROW + rb"\"|\w)"),
    re.compile(rb"<mergeCell(?! ref=\"" + _PLACE + rb":" + _PLACE + rb"\"|s)"),
    re.compile(rb":(?:c|row|mergeCell)[\s/>]"),
)
DATED_FROM_1904 = re.compile(rb"<(?:\w+:)?workbookPr[^<>]*\sdate1904=[\"'](?:1|true)[\"']")
POINTS_AT = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>\s*(\d{1,9})\s*</")
ONE_TEXT = re.compile(rb"<(?:\w+:)?si(?=[\s/>])")
OF_A_SHEET = re.compile(rb"<(?:\w+:)?sheet[\s/>]")

PACK_AGAIN = (
    "Pack the inspection again, or open this file and save it as an Excel workbook (.xlsx)."
)


@dataclass(frozen=True)
class Passed:
    """A file that may be read: its bytes, what in its sheets needs a closer look, its calendar.

    `odd` holds by sheet the cells that show something other than what is typed in them.
    """

    name: str
    data: bytes
    odd: Mapping[str, Odd]
    from_1904: bool


def check_size(name: str, size: int) -> None:
    """Raise Refusal for a file that is empty or larger than 50 MB; asked before it is read."""
    if size == 0:
        _refuse(name, "is empty", PACK_AGAIN)
    if size > LARGEST_FILE:
        _refuse(
            name,
            f"has {size // MEGABYTE} MB, more than the {LARGEST_FILE // MEGABYTE} MB that are read",
            "Take it in in parts: a workbook for each part of the cases.",
        )


def examine(name: str, data: bytes) -> Passed:
    """Return a file that may be read; raises Refusal saying what kind of file it is instead."""
    check_size(name, len(data))
    _check_kind(name, data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error, OSError) as problem:
        raise damaged(name, problem) from None
    _check_members(name, members)
    return _unpacked(name, data, members)


def damaged(name: str, why: object) -> Refusal:
    """Return the refusal of a file that is a workbook and cannot be read."""
    return Refusal(
        f"{name} is damaged and cannot be read: {why}.",
        "Nothing was taken in. Open it in Excel or LibreOffice and save it again, or use the "
        "last copy that opens.",
        file=name,
    )


def _refuse(name: str, says: str, advice: str) -> NoReturn:
    raise Refusal(f"{name} {says}.", f"Nothing was taken in. {advice}", file=name)


def _check_kind(name: str, data: bytes) -> None:
    if data.startswith(OLE):
        locked = ENCRYPTED in data
        says = "is locked with a password" if locked else "is an old Excel file (.xls)"
        _refuse(name, says, "Save it without a password, as an Excel workbook (.xlsx).")
    if not data.startswith(ZIP):
        _refuse(name, "is not an Excel workbook (.xlsx)", PACK_AGAIN)


def _check_members(name: str, members: list[zipfile.ZipInfo]) -> None:
    names = [member.filename for member in members]
    if len(members) > MOST_MEMBERS:
        _refuse(name, f"holds {len(members)} parts, far more than a workbook has", PACK_AGAIN)
    if len(set(map(str.lower, names))) < len(names):
        _refuse(name, "holds two parts of the same name", PACK_AGAIN)
    if "mimetype" in names:
        _refuse(name, "is an OpenDocument file (.ods)", "Save it as an Excel workbook (.xlsx).")
    if any(map(is_macro, names)):
        _refuse_macros(name)
    if any(member.flag_bits & 1 for member in members):
        _refuse(name, "is locked with a password", "Save it without a password.")
    if not {CONTENTS, "xl/workbook.xml"} <= set(names):
        _refuse(name, "is not an Excel workbook (.xlsx)", PACK_AGAIN)
    _check_sizes(name, members)


def is_macro(member: str) -> bool:
    """Return whether a part of an Office file holds macros, of today or of 1992, by its name."""
    return member.lower().endswith("vbaproject.bin") or member.lower().startswith(MACRO_SHEETS)


def _check_sizes(name: str, members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    if unpacked > LARGEST_UNPACKED or any(map(_too_dense, members)):
        _refuse(
            name,
            f"would unpack to {unpacked // MEGABYTE} MB, which no workbook of cases does",
            PACK_AGAIN,
        )


def _too_dense(member: zipfile.ZipInfo) -> bool:
    large = member.file_size > RATIO_COUNTS_FROM
    return large and member.file_size > HIGHEST_RATIO * max(member.compress_size, 1)


def _unpacked(name: str, data: bytes, members: list[zipfile.ZipInfo]) -> Passed:
    held: dict[str, bytes] = {}
    odd: dict[str, Odd] = {}
    whole = Extent()
    plain: dict[str, bytes] = {}
    for member in members:
        content = _member(name, data, member)
        _check_xml(name, member.filename, content)
        if SHEET.fullmatch(member.filename):
            if HUGE.search(content):
                plain[member.filename] = without_dates(content)
            usual = not any(pattern.search(content) for pattern in UNUSUAL)
            if not usual:
                _check_places(name, member.filename, content)
            whole += extent(content, usual=usual)
            _check_extent(name, whole)
            odd[member.filename] = odd_cells(content)
        elif member.filename in HELD:
            held[member.filename] = content
    workbook, texts = held["xl/workbook.xml"], held.get(TEXTS, b"")
    named = names_of(workbook, held.get(RELATIONS, b""))
    _check_sheets(name, workbook, named)
    if whole.held * len(texts) > LARGEST_TEXTS:
        _check_texts(name, texts, (_member(name, data, m) for m in members if m.filename in odd))
    found = {sheet: odd[at] for sheet, at in named.items() if odd.get(at)}
    if plain:
        data = _with(data, plain)
    return Passed(name, data, found, DATED_FROM_1904.search(workbook) is not None)


def _with(data: bytes, plain: Mapping[str, bytes]) -> bytes:
    """Return a file with some of its sheets put in place of others."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as held, zipfile.ZipFile(out, "w") as written:
        for name in held.namelist():
            written.writestr(name, plain.get(name) or held.read(name))
    return out.getvalue()


RELATIONS = "xl/_rels/workbook.xml.rels"
TEXTS = "xl/sharedStrings.xml"
HELD = {"xl/workbook.xml", RELATIONS, TEXTS}


def _member(name: str, data: bytes, member: zipfile.ZipInfo) -> bytes:
    """Return a member's content, unpacked in pieces; a size that is not as declared is refused."""
    packed = _packed(name, data, member)
    if member.compress_type == zipfile.ZIP_STORED:
        content = packed
    elif member.compress_type == zipfile.ZIP_DEFLATED:
        try:
            content = b"".join(_pieces(packed, member.file_size))
        except zlib.error as problem:
            raise damaged(name, problem) from None
    else:
        _refuse(name, "is packed in a way that workbooks are not", PACK_AGAIN)
    if len(content) != member.file_size or zlib.crc32(content) != member.CRC:
        raise damaged(name, f"{member.filename} is not what the file says it is")
    return content


def _packed(name: str, data: bytes, member: zipfile.ZipInfo) -> bytes:
    header = data[member.header_offset : member.header_offset + 30]
    if len(header) < 30 or not header.startswith(ZIP):
        raise damaged(name, f"{member.filename} is not where the file says it is")
    name_length, extra_length = struct.unpack("<HH", header[26:30])
    start = member.header_offset + 30 + name_length + extra_length
    return data[start : start + member.compress_size]


def _pieces(packed: bytes, declared: int) -> Iterator[bytes]:
    """Yield what is unpacked, and stop as soon as it is more than was declared."""
    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    size = 0
    while not unpacking.eof and size <= declared:
        piece = unpacking.decompress(packed, PIECE)
        packed = unpacking.unconsumed_tail
        size += len(piece)
        yield piece
        if not piece and not packed:
            return


def _check_xml(name: str, member: str, content: bytes) -> None:
    """Documents that declare types or entities could make the reader write or fetch more."""
    if A_SHEET in content and not SHEET.fullmatch(member):
        _refuse(name, f"keeps a sheet where workbooks do not ({member})", PACK_AGAIN)
    if not member.lower().endswith(XML_ENDS):
        return
    if content.startswith(BYTE_ORDER) or b"\x00" in content[:200]:
        _refuse(name, f"is written in an encoding that workbooks are not ({member})", PACK_AGAIN)
    # No spreadsheet program writes comments or raw sections into a part that is read here, and
    # what is counted in one is not what the reader finds.
    aside = b"<!" in content and (member in HELD or SHEET.fullmatch(member))
    if aside or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        _refuse(name, f"holds document types or comments of its own ({member})", PACK_AGAIN)
    if member == CONTENTS and b"macroEnabled" in content:
        _refuse_macros(name)


def _refuse_macros(name: str) -> NoReturn:
    _refuse(name, "holds macros (.xlsm)", "Save it as a workbook without macros (.xlsx).")


def _check_extent(name: str, whole: Extent) -> None:
    """Whatever the file weighs, it is not more cells than people fill."""
    most = max(whole.places, whole.merged, whole.held // 2)
    if most > MOST_CELLS or whole.merges > MOST_MERGED:
        _refuse(
            name,
            f"would be {most:,} cells once it is read, or {whole.merges:,} merged ones, more than "
            f"the {MOST_CELLS:,} and {MOST_MERGED:,} that are read",
            "Delete what stands far to the right or far down, or send it in parts.",
        )


def _check_sheets(name: str, workbook: bytes, named: Mapping[str, str]) -> None:
    """A workbook that names one sheet many times would have it read as many times."""
    if len(OF_A_SHEET.findall(workbook)) > len({member.lower() for member in named.values()}):
        _refuse(name, "names more sheets than it holds", PACK_AGAIN)


def _check_places(name: str, member: str, content: bytes) -> None:
    outside = NOT_PLACED.search(content)
    if outside:
        said = content[outside.start() : outside.start() + 60].split(b">")[0]
        _refuse(
            name,
            f"has a cell outside row {MOST_ROWS:,} and column {LAST_COLUMN}, or one that does not "
            f"say where it is ({member}: {said.decode('utf-8', 'replace')})",
            "Delete what stands far to the right or far down, and save it again.",
        )


def _check_texts(name: str, texts: bytes, sheets: Iterator[bytes]) -> None:
    """A text kept once and pointed at from a million cells is a million texts once read."""
    starts = [found.start() for found in ONE_TEXT.finditer(texts)]
    sizes = [after - start for start, after in pairwise([*starts, len(texts)])]
    pointed = (int(found[1]) for content in sheets for found in POINTS_AT.finditer(content))
    if sum(sizes[n] for n in pointed if n < len(sizes)) > LARGEST_TEXTS:
        _refuse(name, "repeats long texts until they fill the memory", PACK_AGAIN)
