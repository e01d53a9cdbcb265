"""Which documents are taken: told by ending and content, without macros, locks or hidden names."""

import io
import unicodedata
import zipfile

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from inspect_app.errors import Refusal
from inspect_app.services.attached_kinds import (
    LARGEST_DOCUMENT,
    LONGEST_NAME,
    examined,
    plain_name,
)

LIST = "[Content_Types].xml"
WORD, EXCEL = "word/document.xml", "xl/workbook.xml"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


def packed(*parts: str, contents: str | bytes = "<Types/>", filling: bytes = b"<x/>") -> bytes:
    """Return an Office document with these parts and this list of contents."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(LIST, contents)
        for part in parts:
            archive.writestr(part, filling)
    return out.getvalue()


DOCX = packed(WORD)
KINDS = {
    "Duty log.pdf": (PDF, "application/pdf"),
    "Plan.DOCX": (
        DOCX,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    "Figures.xlsx": (
        packed(EXCEL),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "Rows.csv": ("Ward;Näme\r\n1;2\r\n".encode("cp1252"), "text/csv"),
    "Note.txt": ("\ufeffMeeting of 3 May\n\tagreed".encode(), "text/plain"),
    "Board.png": (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png"),
    "Board.jpg": (b"\xff\xd8\xff\xe0\x00", "image/jpeg"),
    "Board.jpeg": (b"\xff\xd8\xff\xe1\x00", "image/jpeg"),
}


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_of_document_is_taken_for_what_it_is(name: str) -> None:
    content, media_type = KINDS[name]
    assert examined(name, content).media_type == media_type


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Duty log.pdf", DOCX),
        ("Duty log.pdf", b"MZ\x90\x00"),
        ("Duty log.pdf", b" %PDF-1.7"),
        ("Plan.docx", PDF),
        ("Plan.docx", packed(EXCEL)),
        ("Figures.xlsx", DOCX),
        ("Board.png", b"\xff\xd8\xff\xe0"),
        ("Board.jpg", b"<svg onload='alert(1)'/>"),
        ("Note.txt", PDF),
        ("Note.txt", b"MZ\x90\x00\x03"),
        ("Note.txt", "Aldermere".encode("utf-16")),
        ("Note.txt", b"\x1b[2J"),
        ("Rows.csv", DOCX),
        ("Rows.csv", b"\x81\x8d\xff"),
    ],
)
def test_what_is_not_inside_what_its_name_says_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(Refusal, match="and is none inside"):
        examined(name, content)


@pytest.mark.parametrize(
    "name",
    [
        "run.exe",
        "page.html",
        "picture.svg",
        "old.doc",
        "macros.docm",
        "more.zip",
        "pdf",
        "a.pdf.js",
    ],
)
def test_what_is_none_of_the_kinds_is_refused_and_the_kinds_are_named(name: str) -> None:
    with pytest.raises(Refusal, match="is none of the kinds of document that are taken") as met:
        examined(name, PDF)
    assert ".pdf, .docx, .xlsx, .csv, .txt, .png, .jpg, .jpeg" in met.value.advice


def test_what_is_empty_or_too_large_is_refused_and_the_limit_itself_is_taken() -> None:
    with pytest.raises(Refusal, match="is empty"):
        examined("Duty log.pdf", b"")
    with pytest.raises(Refusal, match=r"has 10\.0 MB, more than the 10 MB that are kept"):
        examined("Duty log.pdf", PDF.ljust(LARGEST_DOCUMENT + 1))
    assert examined("Duty log.pdf", PDF.ljust(LARGEST_DOCUMENT)).name == "PDF"


MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
PROJECT = "application/vnd.ms-office.vbaProject"


@pytest.mark.parametrize(
    "content",
    [
        packed(WORD, "word/vbaProject.bin"),
        packed(WORD, contents=f"<Types><Override ContentType='{MACRO}'/></Types>"),
        packed(
            WORD, "word/notes.bin", contents=f"<Types><Default ContentType='{PROJECT}'/></Types>"
        ),
        packed(WORD, contents=f"<Types x='{MACRO.replace('E', '&#69;')}'/>"),
        packed(WORD, contents=f"<Types x='{MACRO}'/>".encode("utf-16")),
    ],
    ids=["by part", "by kind", "by another name", "spelt otherwise", "encoded otherwise"],
)
def test_macros_are_refused_however_they_are_written(content: bytes) -> None:
    with pytest.raises(Refusal, match=r"Plan\.docx holds macros"):
        examined("Plan.docx", content)


def locked() -> bytes:
    """Return a document that says of its parts that they are encrypted."""
    flagged = bytearray(DOCX)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = DOCX.find(mark)
        while place >= 0:
            flagged[place + at] |= 1
            place = DOCX.find(mark, place + 1)
    return bytes(flagged)


@pytest.mark.parametrize(
    "content",
    [
        DOCX[:-40],
        b"PK\x03\x04" + b"\x00" * 60,
        packed(WORD, "[Content_Typez].xml").replace(b"Typez", b"Types"),
        packed(WORD, "word/DOCUMENT.xml"),
        locked(),
    ],
    ids=["cut off", "no archive", "two lists", "two parts", "locked"],
)
def test_what_is_damaged_or_locked_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal, match="is damaged or locked"):
        examined("Plan.docx", content)


def lying(content: bytes) -> bytes:
    """Return a document whose parts say that they unpack to two thousand million bytes."""
    changed = bytearray(content)
    place = content.find(b"PK\x01\x02")
    while place >= 0:
        changed[place + 24 : place + 28] = (2_000_000_000).to_bytes(4, "little")
        place = content.find(b"PK\x01\x02", place + 1)
    return bytes(changed)


@pytest.mark.parametrize(
    "content",
    [
        packed(WORD, filling=b"\x00" * 11_000_000),
        packed(*(f"word/{number}.xml" for number in range(1_001))),
        packed(WORD, contents=" " * 2_000_000),
        lying(DOCX),
    ],
    ids=["dense", "many parts", "long list", "as it says"],
)
def test_what_would_unpack_without_end_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal, match="would unpack to far more than a document holds"):
        examined("Plan.docx", content)


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("Duty log.pdf", "Duty log.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\j\\Duty log.pdf", "Duty log.pdf"),
        (".hidden.pdf", "hidden.pdf"),
        ("Duty\r\nlog\x00.pdf", "Dutylog.pdf"),
        ("evidence\u202efdp.exe", "evidencefdp.exe"),
        ("Ty\u0302 Gwyn.pdf", "Tŷ Gwyn.pdf"),
        ("<b>bold</b>.pdf", "b>.pdf"),
        ("log.pdf. . ", "log.pdf"),
        ("x" * 300 + ".PDF", "x" * 116 + ".PDF"),
    ],
)
def test_a_name_is_kept_without_folders_or_what_cannot_be_seen(given_name: str, kept: str) -> None:
    assert plain_name(given_name) == kept


@pytest.mark.parametrize("name", ["", "  ", "..", "folder/", "\u202e\u200b", "/.."])
def test_a_document_without_a_name_is_refused(name: str) -> None:
    with pytest.raises(Refusal, match="has no name"):
        plain_name(name)


@given(name=st.text(max_size=300), ending=st.sampled_from(["", ".pdf", ".exe", "/", " ."]))
def test_every_name_that_is_kept_is_plain_and_stays_as_it_is(name: str, ending: str) -> None:
    try:
        kept = plain_name(name + ending)
    except Refusal:
        reject()
    assert 0 < len(kept) <= LONGEST_NAME
    assert not set(kept) & {"/", "\\"}
    assert not any(unicodedata.category(letter).startswith("C") for letter in kept)
    assert not kept.startswith((".", " "))
    assert not kept.endswith((".", " "))
    assert plain_name(kept) == kept
