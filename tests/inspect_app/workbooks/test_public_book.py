"""A workbook for the public, put through the Analysis Function's checklist, every sheet of it."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from time import perf_counter
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from inspect_app.publishing import release_book
from inspect_app.publishing.data_tables import TABLES
from inspect_app.publishing.language import ENGLISH, LANGUAGES, WELSH
from inspect_app.workbooks.public_book import Book, Heading, Sheet, book_bytes
from tests.inspect_app.publishing.builders import content, mark
from tests.support import spreadsheet_program

DAY = date(2026, 11, 22)
SYMBOLS = {"[c]", "[x]", "[z]", "[u]", "[low]", "[blank]"}


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(data))


def one(sheet: Sheet, most: int = 100) -> openpyxl.Workbook:
    return opened(book_bytes(Book("Title", "en-GB", DAY, (sheet,)), most))


@pytest.fixture(scope="module", params=LANGUAGES)
def book(request: pytest.FixtureRequest) -> openpyxl.Workbook:
    return opened(release_book.workbook(content(), mark(content()), request.param))


def with_tables(book: openpyxl.Workbook) -> list[Worksheet]:
    return [sheet for sheet in book.worksheets if sheet.tables]


def test_it_says_its_title_its_language_and_its_day(book: openpyxl.Workbook) -> None:
    about = book.properties
    assert about.language in {"en-GB", "cy-GB"}
    assert about.title == (
        "Inspection evidence: release 3"
        if about.language == "en-GB"
        else "Tystiolaeth arolygu: datganiad 3"
    )
    assert about.created.date() == DAY


def test_it_begins_with_a_cover_contents_and_notes(book: openpyxl.Workbook) -> None:
    names = book.sheetnames
    assert names[:5] in (
        ["Cover", "Contents", "Notes", "Marks", "Columns"],
        ["Clawr", "Cynnwys", "Nodiadau", "Marciau", "Colofnau"],
    )
    assert len(names) == 5 + len(TABLES)
    assert all(len(name) <= 31 for name in names)


def test_a_welsh_workbook_says_its_own_words_in_welsh_and_codes_as_they_are() -> None:
    (area,) = [each for each in content().areas if each.figures][:1]
    told = replace(area.figures[0], title="Referrals", subject="crime reports", period="June 2019")
    planned = replace(
        content(), areas=(replace(area, figures=(told,), force_name="Durham (police force area)"),)
    )
    book = opened(release_book.workbook(planned, mark(planned), WELSH))
    row = {str(cell.value) for cell in list(book["Ffigurau"].rows)[-1]}
    assert {"Mehefin 2019", "adroddiadau trosedd", "nac ydy", told.indicator} <= row
    assert "Durham (ardal heddlu)" in {cell.value for cell in list(book["Lleoedd"].rows)[-1]}
    heads = [str(cell.value) for sheet in with_tables(book) for row in sheet.rows for cell in row]
    assert not [head for head in heads if head.startswith("Yes ")]


def test_contents_lead_to_every_other_sheet(book: openpyxl.Workbook) -> None:
    contents = book.worksheets[1]
    links = [cell.hyperlink for (cell, *_) in contents.iter_rows(min_row=4)]
    linked = [link.location for link in links if link]
    assert linked == [f"'{name.replace(chr(39), chr(39) * 2)}'!A1" for name in book.sheetnames[2:]]


def test_every_sheet_has_its_title_in_its_first_cell_and_at_most_one_table(
    book: openpyxl.Workbook,
) -> None:
    for sheet in book.worksheets:
        assert sheet["A1"].value
        assert sheet["A1"].font.b
        assert len(sheet.tables) <= 1
        assert not sheet.merged_cells.ranges
        assert sheet.sheet_state == "visible"


def test_a_table_has_one_row_of_headings_each_its_own_and_no_blank_cell(
    book: openpyxl.Workbook,
) -> None:
    assert len(with_tables(book)) >= 9
    for sheet in with_tables(book):
        (table,) = sheet.tables.values()
        head, *rows = sheet[table.ref]
        headings = [cell.value for cell in head]
        assert len(set(headings)) == len(headings), (sheet.title, headings)
        assert [column.name for column in table.tableColumns] == headings
        assert all(cell.value not in {None, ""} for row in rows for cell in row), sheet.title
        assert sheet.freeze_panes == f"A{head[0].row + 1}"


def test_marks_stand_in_brackets_and_every_one_is_explained(book: openpyxl.Workbook) -> None:
    explained = {row[0] for row in book.worksheets[3].iter_rows(min_row=4, values_only=True)}
    assert explained == SYMBOLS
    cells = [
        x for sheet in book.worksheets[5:] for row in sheet.iter_rows(values_only=True) for x in row
    ]
    assert {x for x in cells if isinstance(x, str) and x.startswith("[") and len(x) < 8} >= {
        "[c]",
        "[x]",
        "[z]",
    }
    assert not {x for x in cells if x in {"c", "x", "z", "u", "low"}}


def test_notes_that_a_sheet_names_stand_on_the_sheet_of_notes(book: openpyxl.Workbook) -> None:
    known = {row[0] for row in book.worksheets[2].iter_rows(min_row=4, values_only=True)}
    named = {
        f"[{part}]"
        for sheet in book.worksheets[5:]
        for part in str(sheet["A3"].value)
        .replace("] [", "]|[")
        .split(": ")[-1]
        .strip("[]")
        .split("]|[")
        if part.startswith(("note", "nodyn"))
    }
    assert named
    assert named <= known


def test_no_meaning_is_carried_by_colour(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            assert all(cell.fill.fill_type is None for cell in row)
            assert all(cell.font.color is None for cell in row)


def test_no_cell_is_a_formula_and_numbers_are_numbers(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    evidence = book.worksheets[5]
    assert {type(row[10]) for row in evidence.iter_rows(min_row=5, values_only=True)} == {int, str}


def test_text_that_would_run_is_text() -> None:
    sheet = Sheet("A", "A", (), (Heading("What"),), (("=1+1",), ("@x",), ("-2",), ("2",)))
    found = [cell for (cell,) in one(sheet)["A"].iter_rows(min_row=3)]
    assert [cell.value for cell in found] == ["=1+1", "@x", "-2", "2"]
    assert {cell.data_type for cell in found} == {"s"}
    assert [cell.quotePrefix for cell in found] == [True, True, True, False]


def test_text_that_looks_like_an_escaped_sign_stays_what_it_says() -> None:
    book = Book("Title", "en-GB", DAY, (Sheet("A", "_x0041_", ()),))
    with ZipFile(BytesIO(book_bytes(book))) as parts:
        assert b">_x005F_x0041_<" in parts.read("xl/worksheets/sheet1.xml")


def test_signs_that_xml_has_its_own_use_for_and_control_signs_do_no_harm() -> None:
    said = "a & b < c > \"d\" 'e'\x00\x0b"
    sheet = Sheet("O'Neill & <Co>", said, (said,), (Heading(said),), ((said,),), 0)
    book = one(sheet)
    clean = "a & b < c > \"d\" 'e'"
    assert book.sheetnames == ["O'Neill & <Co>"]
    assert [cell.value for (cell,) in book.worksheets[0].iter_rows()] == [clean] * 4


def test_a_text_longer_than_a_cell_takes_is_cut() -> None:
    sheet = Sheet("A", "A", (), (Heading("What"),), (("x" * 40_000,),))
    assert len(one(sheet)["A"]["A3"].value) == 32_767


def test_a_table_longer_than_a_sheet_goes_on_in_the_next() -> None:
    rows = [(number,) for number in range(25)]
    book = one(Sheet("Figures", "All figures", ("Line",), (Heading("N"),), rows), most=13)
    assert book.sheetnames == ["Figures", "Figures (2)", "Figures (3)"]
    held = [
        [row[0] for row in sheet.iter_rows(min_row=4, values_only=True)]
        for sheet in book.worksheets
    ]
    assert [x for part in held for x in part] == list(range(25))
    assert [sheet["A1"].value for sheet in book.worksheets][1:] == [
        "All figures (2)",
        "All figures (3)",
    ]
    assert [next(iter(sheet.tables.values())).ref for sheet in book.worksheets] == [
        "A3:A13",
        "A3:A13",
        "A3:A8",
    ]


def test_the_same_book_has_the_same_bytes_and_no_time_of_its_own() -> None:
    data = [release_book.workbook(content(), mark(content()), ENGLISH) for _ in range(2)]
    assert data[0] == data[1]
    with ZipFile(BytesIO(data[0])) as parts:
        assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_empty_table_says_so_in_words(book: openpyxl.Workbook) -> None:
    claims = book.worksheets[7]
    assert not claims.tables
    assert claims["A3"].value in {
        "This release holds no row of it.",
        "Nid oes rhes ohono yn y datganiad hwn.",
    }


def test_another_reader_reads_it_too() -> None:
    data = release_book.workbook(content(), mark(content()), ENGLISH)
    rows = (
        CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_name("Evidence base").to_python()
    )
    assert rows[0][0] == "Evidence base: cases by theme and grade"
    assert ["good", 3.0, 16.0] in [row[9:12] for row in rows]


def test_a_spreadsheet_program_opens_it_and_keeps_every_cell(tmp_path: Path) -> None:
    data = release_book.workbook(content(), mark(content()), WELSH)
    again = opened(spreadsheet_program.saved_again(spreadsheet_program.ensure(), data, tmp_path))
    before = opened(data)
    assert again.sheetnames == before.sheetnames
    for name in before.sheetnames:
        cells = [[cell.value for cell in row] for row in before[name].iter_rows()]
        assert [[cell.value for cell in row] for row in again[name].iter_rows()] == cells


def test_a_nations_figures_are_written_and_read_in_seconds() -> None:
    rows = [(f"E{n:08}", "Somewhere", 11, 2.5, DAY, "[z]") * 3 for n in range(10_000)]
    sheet = Sheet("Figures", "Figures", (), tuple(Heading(f"H{n}") for n in range(18)), rows)
    began = perf_counter()
    data = book_bytes(Book("Title", "en-GB", DAY, (sheet,)))
    read = CalamineWorkbook.from_filelike(BytesIO(data)).get_sheet_by_index(0).to_python()
    assert len(read) == 10_002
    assert perf_counter() - began < 20
