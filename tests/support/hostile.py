"""Files that somebody means harm with: each made from a good one of the door it is tried at."""

import io
import struct
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from tests.support.packs import members, zipped

SHEET, TEXTS, STYLES = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"
WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
CONTENTS, CORE = "[Content_Types].xml", "docProps/core.xml"
XLSX, CSV = "upload.xlsx", "upload.csv"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Make = Callable[[bytes], bytes]
LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>'
)
FETCHES = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
RUNS = ("=1+1", "+1", "-1+cmd|'/c calc'!A0", "@SUM(1)", "\t=1", "\r=1", '=HYPERLINK("//x")')


@dataclass(frozen=True)
class Attack:
    """A file made from a good workbook; `read` says that it may be read, since it does no harm."""

    make: Make
    name: str = XLSX
    read: bool = False


def with_member(member: str, content: bytes) -> Make:
    """Put a part in, or in place of one."""
    return lambda good: zipped({**members(good), member: content})


def before(member: str, text: bytes) -> Make:
    """Put text in front of a part's root, after what declares it to be XML."""

    def make(good: bytes) -> bytes:
        held = members(good)
        content = held.get(member, b"<a/>")
        at = content.index(b"?>") + 2 if content.startswith(b"<?xml") else 0
        return zipped({**held, member: content[:at] + text + content[at:]})

    return make


def in_the_sheet(text: bytes, at: bytes = b"</sheetData>") -> Make:
    """Put text into the first sheet, at the end of its rows."""

    def make(good: bytes) -> bytes:
        held = members(good)
        return zipped({**held, SHEET: held[SHEET].replace(at, text + at, 1)})

    return make


def texts_of(text: bytes, cells: int) -> Make:
    """Point at one text from so many cells."""

    def make(good: bytes) -> bytes:
        rows = b"".join(
            b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n)
            for n in range(100, 100 + cells)
        )
        held = members(good)
        held[SHEET] = held[SHEET].replace(b"</sheetData>", rows + b"</sheetData>")
        return zipped({**held, TEXTS: b"<sst><si><t>" + text + b"</t></si></sst>"})

    return make


def moved(to: str) -> Make:
    """Keep the first sheet under another name, with a cell where no reader may look."""

    def make(good: bytes) -> bytes:
        held = members(good)
        far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        sheet = held.pop(SHEET).replace(b"</sheetData>", far)
        target = to.removeprefix("xl/").encode()
        related = held[RELATIONS].replace(b"worksheets/sheet1.xml", target)
        return zipped({**held, RELATIONS: related, to: sheet})

    return make


def overlapping(good: bytes) -> bytes:
    """Return a zip whose list of contents names one packed part nine hundred times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members(good).items():
            archive.writestr(name, content)
        archive.writestr("xl/media/0.bin", b"\0" * 300_000)
        last = archive.infolist()[-1]
        for number in range(900):
            again = zipfile.ZipInfo(f"xl/media/{number + 1}.bin")
            for each in ("header_offset", "file_size", "compress_size", "CRC", "compress_type"):
                setattr(again, each, getattr(last, each))
            archive.filelist.append(again)
    return out.getvalue()


def shrunk(good: bytes) -> bytes:
    """Return a zip that says of its last part, two megabytes, that it is a thousand bytes."""
    data = bytearray(zipped({**members(good), "xl/theme/big.bin": b"\0" * 2_000_000}))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 1_000)
    return bytes(data)


def nested(good: bytes) -> bytes:
    """Return a workbook with a workbook in it that would unpack to thirty megabytes."""
    bomb = zipped({"a.bin": b"\0" * 30_000_000})
    return zipped({**members(good), "xl/embeddings/a.xlsx": zipped({"b.xlsx": bomb})})


def renamed(old: bytes, new: bytes, member: str) -> Make:
    """Say something else in a part."""

    def make(good: bytes) -> bytes:
        held = members(good)
        return zipped({**held, member: held[member].replace(old, new)})

    return make


def always(content: bytes | Callable[[], bytes]) -> Make:
    """Send this, whatever a good file is."""
    return lambda _good: content if isinstance(content, bytes) else content()


def rows(numbers: range) -> bytes:
    """Return empty rows."""
    return b"".join(b'<row r="%d"/>' % number for number in numbers)


def formulas(good: bytes) -> bytes:
    """Return a workbook with texts that a spreadsheet would run, and formulas with results."""
    said = b"".join(
        b'<c r="%c%d" t="inlineStr"><is><t>%s</t></is></c>'
        % (65 + at, 90, text.replace("'", "&apos;").encode())
        for at, text in enumerate(RUNS)
    )
    run = b'<c r="A91"><f>HYPERLINK("http://x")</f><v>1</v></c><c r="B91"><f>1/0</f></c>'
    return in_the_sheet(b'<row r="90">' + said + b'</row><row r="91">' + run + b"</row>")(good)


def many_commas() -> bytes:
    """Return a CSV of more than five million empty cells."""
    return (b"," * 600 + b"\n") * 8_500


WORKBOOKS: dict[str, Attack] = {
    "a part that unpacks to a thousand times its size": Attack(
        with_member("xl/media/a.bin", b"\0" * 12_000_000)
    ),
    "a bomb inside a workbook inside the workbook": Attack(nested, read=True),
    "far too many parts": Attack(
        lambda good: zipped({**members(good), **{f"xl/media/{n}.bin": b"" for n in range(1_200)}})
    ),
    "parts that overlap": Attack(overlapping),
    "a part larger than it says": Attack(shrunk),
    **{
        f"{what} in {part}": Attack(before(part, text))
        for what, text in (("a billion laughs", LAUGHS), ("an outside entity", FETCHES))
        for part in (SHEET, TEXTS, STYLES, WORKBOOK, RELATIONS, CONTENTS, CORE)
    },
    "a document type in a part of its own": Attack(with_member("customXml/item1.xml", LAUGHS)),
    "a sheet in UTF-16": Attack(with_member(SHEET, "<worksheet/>".encode("utf-16"))),
    "a comment among the texts": Attack(with_member(TEXTS, b"<sst><!-- <si/> --></sst>")),
    "a macro": Attack(with_member("xl/vbaProject.bin", OLE)),
    "a macro under another name": Attack(with_member("xl/VBAPROJECT.BIN", OLE)),
    "a macro of 1992": Attack(with_member("xl/macrosheets/sheet1.xml", b"<a/>")),
    "the contents of a workbook with macros": Attack(
        renamed(b"spreadsheetml.sheet.main", b"sheet.macroEnabled.main", CONTENTS)
    ),
    "dimensions that are not true": Attack(
        lambda good: before(SHEET, b"")(
            in_the_sheet(b'<dimension ref="A1:XFD1048576"/>', b"<sheetData>")(good)
        ),
        read=True,
    ),
    "a cell at the very end": Attack(
        in_the_sheet(b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    ),
    "a cell at the end of what is read": Attack(
        in_the_sheet(b'<row r="199999"><c r="CZ199999"><v>1</v></c></row>')
    ),
    "a sheet that is called otherwise": Attack(moved("xl/worksheets/sheet1.dat")),
    "a sheet in another folder": Attack(moved("xl/media/image1.xml")),
    "a million empty rows": Attack(in_the_sheet(rows(range(900_000, 1_000_100)))),
    "many empty rows": Attack(in_the_sheet(rows(range(100_000, 150_000))), read=True),
    "sixteen thousand columns": Attack(
        in_the_sheet(b'<row r="99"><c r="XFD99"><v>1</v></c></row>')
    ),
    "a merged sheet": Attack(in_the_sheet(b'<mergeCell ref="A1:CZ199999"/>')),
    "a long text in many cells": Attack(texts_of(b"a" * 32_000, 20_000)),
    "a long text that says itself in another plane": Attack(
        texts_of(b"a" * 32_000 + "😀".encode(), 4_000)
    ),
    "many texts": Attack(
        with_member(TEXTS, b"<sst>" + b"<si><t>a</t></si>" * 200_000 + b"</sst>"), read=True
    ),
    "huge styles": Attack(
        with_member(STYLES, b"<styleSheet>%s</styleSheet>" % (b"<xf/>" * 400_000)),
        read=True,
    ),
    "cells that never end": Attack(in_the_sheet(b"<f/>" + b'<c r="A99">' * 60_000)),
    "texts that would run as formulas": Attack(formulas, read=True),
    "half a workbook": Attack(lambda good: good[: len(good) // 2]),
}  # fmt: skip

OTHER: dict[str, Attack] = {
    "nothing": Attack(always(b"")),
    "a zip that is no workbook": Attack(always(zipped({"readme.txt": b"hello"}))),
    "a zip called CSV": Attack(always(zipped({"readme.txt": b"hello"})), CSV),
    "a workbook called CSV": Attack(lambda good: good, CSV, read=True),
    "a page called workbook": Attack(always(b"<html><script>alert(1)</script></html>")),
    "a picture that is a workbook too": Attack(lambda good: b"GIF89a" + good),
    "a PDF that is a workbook too": Attack(lambda good: b"%PDF-1.7\n" + good),
    "an old workbook": Attack(always(OLE + b"\0" * 4_000)),
    "a workbook with a password": Attack(
        always(OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))
    ),
    "a workbook of OpenDocument": Attack(
        always(zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}))
    ),
    "a binary workbook": Attack(
        lambda good: zipped({**members(good), "xl/workbook.bin": b"\x83\x01"}), read=True
    ),
    "a program": Attack(always(b"MZ\x90\x00" + b"\0" * 4_000), CSV),
    "a byte order mark alone": Attack(always(b"\xef\xbb\xbf"), CSV),
    "no character between": Attack(always(b"a\0,b\0\n1,2\n"), CSV),
    "half a character of UTF-16": Attack(always(b"\xff\xfea\0,\0b"), CSV),
    "characters of no encoding": Attack(always(b"Age,Sex\n\x81\x8d,\x8f\n"), CSV),
    "one line of five megabytes": Attack(always(b"a" * 5_000_000), CSV),
    "a quotation that never ends": Attack(always(b'"' + b"a,b\n" * 50_000), CSV),
    "far too many rows": Attack(always(b"a,b\n" * 250_000), CSV),
    "far too many columns": Attack(always(b"," * 100_000 + b"\n"), CSV),
    "far too many cells": Attack(always(many_commas), CSV),
    "only ends of lines": Attack(always(b"\r" * 100_000), CSV),
    "texts that would run": Attack(always(b"Age,Sex\n" + "\n".join(
        f'"{text}",{text}' for text in RUNS[:5]).encode()), CSV, read=True),
}  # fmt: skip

ATTACKS: dict[str, Attack] = WORKBOOKS | OTHER
