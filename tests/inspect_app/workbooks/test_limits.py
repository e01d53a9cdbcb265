"""What is not a pack is refused before it is read, saying what it is and what to do."""

import io
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook

from inspect_app.errors import Refusal
from inspect_app.workbooks import limits
from inspect_app.workbooks.limits import examine
from tests.support.packs import altered, members, saved, zipped

SHEET = "xl/worksheets/sheet1.xml"
Damage = Callable[[bytes], bytes]


def workbook() -> bytes:
    """Return a small workbook as a spreadsheet program saves it."""
    book = Workbook()
    book.worksheets[0].append(["Reference", "Kind"])
    return saved(book)


def refused(data: bytes) -> str:
    """Return why a file is refused."""
    with pytest.raises(Refusal) as refusal:
        examine("mine.xlsx", data)
    assert refusal.value.summary.startswith("mine.xlsx ")
    assert refusal.value.advice
    return refusal.value.summary


def put_in(text: bytes) -> Damage:
    """Return the damage of putting text before the cells."""
    return lambda content: content.replace(b"<sheetData>", b"<sheetData>" + text)


def test_a_workbook_passes() -> None:
    assert examine("mine.xlsx", workbook()).odd == {}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is empty"),
        (b"a,b\n1,2\n", "not an Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Excel file (.xls)"),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "locked with a password",
        ),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}), "(.ods)"),
        (zipped({"readme.txt": b"hello"}), "not an Excel workbook"),
        (zipped({**members(workbook()), "xl/vbaProject.bin": b"x"}), "macros"),
        (zipped({f"xl/{n}.xml": b"" for n in range(1_200)}), "far more than a workbook"),
        (workbook()[:900], "damaged"),
    ],
)
def test_other_files_are_refused_by_what_they_are(data: bytes, why: str) -> None:
    assert why in refused(data)


HURTFUL: dict[str, tuple[Damage, str]] = {
    "document type": (lambda content: b"<!DOCTYPE a []>" + content, "document types"),
    "entity": (lambda content: b'<!ENTITY a "b">' + content, "document types"),
    "encoding": (lambda content: content.decode().encode("utf-16"), "encoding"),
    "far right": (put_in(b'<row r="2"><c r="XFD2"><v>1</v></c></row>'), "outside row"),
    "far down": (put_in(b'<row r="2"><c r="A1048576"><v>1</v></c></row>'), "outside row"),
    "row far down": (put_in(b'<row r="200000"/>'), "outside row"),
    "no place": (put_in(b"<row><c><v>1</v></c></row>"), "outside row"),
    "prefixed": (put_in(b'<x:row r="2"><x:c r="ZZ2"><x:v>1</x:v></x:c></x:row>'), "outside row"),
    "merged far": (put_in(b'<mergeCell ref="A1:XFD9"/>'), "outside row"),
}


@pytest.mark.parametrize(("damage", "why"), HURTFUL.values(), ids=list(HURTFUL))
def test_contents_that_would_hurt_the_reader_are_refused(damage: Damage, why: str) -> None:
    assert why in refused(altered(workbook(), SHEET, damage))


def test_a_bomb_is_refused_by_what_it_would_unpack_to() -> None:
    bomb = zipped({**members(workbook()), "xl/media/a.bin": b"\0" * 60_000_000})
    assert len(bomb) < 100_000
    assert "would unpack to" in refused(bomb)


def test_a_member_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(zipped({**members(workbook()), "xl/theme/big.bin": b"\0" * 5_000_000}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        entry = archive.infolist()[-1]
    at = data.rindex(b"PK\x01\x02")
    assert int.from_bytes(data[at + 24 : at + 28], "little") == entry.file_size
    data[at + 24 : at + 28] = (1_000).to_bytes(4, "little")
    assert "damaged" in refused(bytes(data))


def test_a_long_text_pointed_at_from_many_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_TEXTS", 1_000_000)
    texts = b"<sst><si><t>" + b"a" * 30_000 + b"</t></si></sst>"
    cells = b"".join(b'<c r="A%d" t="s"><v>0</v></c>' % n for n in range(2, 100))
    held = members(workbook())
    held |= {"xl/sharedStrings.xml": texts, SHEET: put_in(b"<row>" + cells)(held[SHEET])}
    assert "repeats long texts" in refused(zipped(held))


def test_formulas_without_a_result_and_errors_are_found_where_they_stand() -> None:
    row = (
        b'<row r="9"><c r="A9"><f>1+1</f></c><c r="B9"><f>1+1</f><v>2</v></c>'
        b'<c r="C9" t="e"><v>#N/A</v></c></row>'
    )
    passed = examine("mine.xlsx", altered(workbook(), SHEET, put_in(row)))
    assert passed.odd == {"Sheet": {(9, 1): "=1+1", (9, 3): "#N/A"}}
