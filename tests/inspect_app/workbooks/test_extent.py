"""How large a sheet would be is known before it is read, and a slow one takes no longer."""

import time
from contextlib import suppress

import pytest

from inspect_app.errors import Refusal
from inspect_app.workbooks.extent import Extent, extent
from inspect_app.workbooks.limits import examine
from inspect_app.workbooks.odd_cells import odd_cells
from tests.inspect_app.workbooks.test_limits import SHEET, put_in, refused, workbook
from tests.support.packs import altered, members, zipped

FAR = b'<row r="199999"><c r="CZ199999"><v>1</v></c></row>'
ROWS = b'<row r="2"><c r="A2" s="1"><v>1</v></c><c r="D2"/></row><row r="7"><c r="B7"/></row>'
WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
SECONDS = 3


def test_a_sheet_is_as_large_as_its_last_row_and_its_last_column() -> None:
    assert extent(ROWS, usual=True) == Extent(held=2, places=28)
    turned = ROWS.replace(b'c r="', b"c  s='1'\nr='").replace(b'"><v', b"'><v")
    assert extent(turned, usual=False).places == 28
    merged = b'<mergeCell ref="A1:C4"/><mergeCell ref="D1:D2"/>'
    assert extent(merged, usual=True) == Extent(merges=2, merged=14)


def test_one_far_cell_is_refused_for_the_memory_it_would_take() -> None:
    assert "would be 20,799,896 cells" in refused(altered(workbook(), SHEET, put_in(FAR)))


def test_many_sheets_are_counted_together() -> None:
    held = members(workbook())
    down = FAR.replace(b"CZ199999", b"J199999")
    held |= {f"xl/worksheets/more{n}.xml": put_in(down)(held[SHEET]) for n in range(3)}
    assert "would be 5,999,972 cells" in refused(zipped(held))


@pytest.mark.parametrize("place", ["xl/worksheets/sheet1.dat", "xl/WORKSHEETS/sheet1.xml"])
def test_a_sheet_that_is_not_where_sheets_are_is_refused(place: str) -> None:
    held = members(workbook())
    sheet = held.pop(SHEET)
    target = place.removeprefix("xl/").encode()
    held[RELATIONS] = held[RELATIONS].replace(b"worksheets/sheet1.xml", target)
    assert "keeps a sheet where workbooks do not" in refused(zipped({**held, place: sheet}))


@pytest.mark.parametrize("alias", ["/xl/worksheets/sheet1.xml", "xl/worksheets/Sheet1.xml"])
def test_a_sheet_named_many_times_is_refused(alias: str) -> None:
    held = members(workbook())
    again = b'<sheet name="b" sheetId="2" r:id="b" xmlns:r="r"/></sheets>'
    related = b'<Relationship Id="b" Target="%s"/></Relationships>' % alias.encode()
    held[WORKBOOK] = held[WORKBOOK].replace(b"</sheets>", again)
    held[RELATIONS] = held[RELATIONS].replace(b"</Relationships>", related)
    assert "names more sheets than it holds" in refused(zipped(held))


@pytest.mark.parametrize("aside", [b"<!-- <si/> -->", b"<![CDATA[<si/>]]>"])
def test_texts_that_hide_others_are_refused(aside: bytes) -> None:
    held = {**members(workbook()), "xl/sharedStrings.xml": b"<sst>" + aside + b"</sst>"}
    assert "holds document types or comments" in refused(zipped(held))


def test_merged_areas_are_counted_before_they_are_filled() -> None:
    areas = b'<mergeCell ref="A1:J99999"/>' * 6
    assert "would be" in refused(altered(workbook(), SHEET, put_in(areas)))


SLOW = {
    "cells that never end": b"<f/>" + b'<c r="A1">' * 60_000,
    "cells without an end sign": b'<c s="1" ' * 60_000 + b' r="A1">',
    "formulas that never end": b'<c r="A1">' + b"<f>" * 60_000,
    "values without an end sign": b'<f/><c r="A1">' + b"<v " * 60_000 + b">1</v>",
    "attributes without a value": b'<f/><c r="A1" ' + b"a" * 200_000 + b"/>",
}


@pytest.mark.parametrize("content", SLOW.values(), ids=list(SLOW))
def test_a_sheet_made_to_be_slow_is_looked_at_as_quickly_as_another(content: bytes) -> None:
    began = time.process_time()
    odd_cells(content)
    extent(content, usual=False)
    with suppress(Refusal):
        examine("mine.xlsx", altered(workbook(), SHEET, put_in(content)))
    assert time.process_time() - began < SECONDS
