"""Five hundred broken packs: no traceback, no row half taken, every row accounted for."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from data_model.database import Database
from data_model.records import AuditEvent, CaseFile, Finding, MissingEpisode
from inspect_app.errors import Refusal
from inspect_app.services import intake, people
from inspect_app.services.intake_values import Became, Report
from inspect_app.signed_in import SignedIn
from tests.support.looking import every_row_of
from tests.support.packs import INSPECTION, READER, members, opened, places, saved, zipped
from tests.support.samples import Template

SHEETS = ("Cases", "Findings", "Evidence", "Episodes", "Perpetrators", "Disruption")
MANY = settings(
    # A broken pack is small as it is; making it smaller takes longer than reading it.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    max_examples=210,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
FEWER = settings(MANY, max_examples=100)
FEW = settings(MANY, max_examples=30)
XML = "xl/worksheets/sheet2.xml"


@pytest.fixture(scope="module")
def fuzzed(
    sqlite_samples: Template, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """One database for all of the broken packs."""
    file = tmp_path_factory.mktemp("fuzz") / "samples.db"
    with sqlite_samples.copied(f"sqlite:///{file.as_posix()}") as database:
        yield database


@pytest.fixture(scope="module")
def by(fuzzed: Database) -> SignedIn:
    """The reader whose packs are broken."""
    return people.sign_in(READER, fuzzed)


@pytest.fixture(scope="module")
def pack(by: SignedIn) -> bytes:
    """A pack before it is broken."""
    return intake.pack(INSPECTION, by=by)


def looked(data: bytes, by: SignedIn) -> Report | None:
    """Look at a file: it is refused in words, or every row of it is accounted for."""
    try:
        report = intake.preview("broken.xlsx", data, by=by)
    except Refusal as refusal:
        said = (refusal.summary, refusal.advice)
        return None if all(each.endswith(".") for each in said) else pytest.fail(str(said))
    for count in report.sheets:
        assert sum(count.rows.values()) == count.read, count
    refused = {(problem.sheet, problem.row) for problem in report.problems}
    whole = [c for c in report.sheets if c.rows.get(Became.REFUSED, 0) == c.read]
    assert report.total(Became.REFUSED) == len(refused) or whole
    assert all(problem.expected and problem.mend for problem in report.problems)
    return report


def kept(database: Database) -> tuple[int | None, ...]:
    """Return how many cases, findings, episodes and events there are."""
    with every_row_of(database).reading() as session:
        kinds = (CaseFile, Finding, MissingEpisode, AuditEvent)
        return tuple(session.scalar(select(func.count()).select_from(kind)) for kind in kinds)


@MANY
@given(
    at=st.integers(0, 10**6),
    by_bytes=st.binary(min_size=1, max_size=40),
    how=st.sampled_from(["cut", "over"]),
)
def test_a_damaged_file_is_refused_or_read_whole(
    pack: bytes, by: SignedIn, at: int, by_bytes: bytes, how: str
) -> None:
    place = at % len(pack)
    looked(
        pack[:place] if how == "cut" else pack[:place] + by_bytes + pack[place + len(by_bytes) :],
        by,
    )


@MANY
@given(data=st.data())
def test_a_file_whose_parts_are_damaged_is_refused_or_read_whole(
    pack: bytes, by: SignedIn, data: st.DataObject
) -> None:
    held = members(pack)
    name = data.draw(st.sampled_from(sorted(held)))
    content = held[name]
    place = data.draw(st.integers(0, max(len(content) - 1, 0)))
    junk = data.draw(st.sampled_from(JUNK) | st.binary(max_size=30))
    how = data.draw(st.sampled_from(["put in", "put over", "cut off", "leave out", "twice"]))
    if how == "leave out":
        del held[name]
    elif how == "twice":
        held[f"xl/{name.rpartition('/')[2].upper()}"] = content
    elif how == "cut off":
        held[name] = content[:place]
    else:
        after = place if how == "put in" else place + len(junk)
        held[name] = content[:place] + junk + content[after:]
    looked(zipped(held, data.draw(st.sampled_from([0, zipfile.ZIP_DEFLATED]))), by)


JUNK = (
    b"<!DOCTYPE a [<!ENTITY b 'c'>]>",
    b"<c r=\"ZZZ9\"><v>1</v></c>",
    b"<c><v>1</v></c>",
    b"<row r=\"99999999\">",
    b"</sheetData>",
    b"<f>1/0</f>",
    b" t=\"e\"",
    b"]]>",
    b"&#0;",
    b"\xff\xfe",
    b"<mergeCell ref=\"A1:XFD1048576\"/>",
)  # fmt: skip
CELLS: st.SearchStrategy[Any] = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**9), 10**9),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.dates(date(1950, 1, 1), date(2090, 1, 1)),
    st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1)),  # noqa: DTZ001 - as in a cell
    st.times().map(lambda held: time(held.hour, held.minute)),
    st.sampled_from(
        ["CWM-C09", "CWM-X1", " cwm-x2 ", "CWM-C01", "Yes", "no", "T3", "T3.1", "good", "Good",
         "3 February 2026", "03/02/2026", "2026-02-30", "46000", "-1", "1", "2", "=1+1", "+1",
         "@x", "Not recorded by the agency", "Heb ei gofnodi gan yr asiantaeth", "\u00a0", "Plan"]
    ),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30),
)  # fmt: skip


@FEWER
@given(data=st.data())
def test_cells_of_any_kind_anywhere_are_taken_or_refused_row_by_row(
    pack: bytes, by: SignedIn, data: st.DataObject
) -> None:
    book = opened(pack)
    for _change in range(data.draw(st.integers(1, 6))):
        sheet = book[data.draw(st.sampled_from(SHEETS))]
        row = data.draw(st.integers(1, 12))
        places_of = sorted(places(sheet).values()) or [1]
        for place in data.draw(st.lists(st.sampled_from(places_of), min_size=1, max_size=8)):
            cell = sheet.cell(row, place)
            cell.value = data.draw(CELLS)
    looked(saved(book), by)


@FEW
@given(data=st.data())
def test_sheets_swapped_renamed_reordered_and_merged_are_read_or_refused(
    pack: bytes, by: SignedIn, data: st.DataObject
) -> None:
    book = opened(pack)
    names = list(SHEETS)
    for name, new in zip(names, data.draw(st.permutations(names)), strict=True):
        book[name].title = f"was {new}"
    for sheet in list(book.worksheets):
        how = data.draw(
            st.sampled_from(["leave", "leave", "move", "drop", "copy", "merge", "rows"])
        )
        if how == "move":
            book.move_sheet(sheet, data.draw(st.integers(-3, 3)))
        elif how == "drop" and len(book.worksheets) > 2:
            book.remove(sheet)
        elif how == "copy":
            book.copy_worksheet(sheet)
        elif how == "merge":
            sheet.merge_cells(start_row=2, end_row=4, start_column=1, end_column=data.draw(
                st.integers(1, 3)))  # fmt: skip
        elif how == "rows":
            sheet.insert_rows(1, data.draw(st.integers(1, 3)))
    looked(saved(book), by)


@settings(MANY, max_examples=6)
@given(data=st.data())
@example(data=None)
def test_what_is_taken_of_a_broken_pack_is_taken_whole_and_once(
    pack: bytes, by: SignedIn, fuzzed: Database, data: st.DataObject | None
) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    draw = data.draw if data is not None else lambda _strategy: "CWM-C99"
    for number in range(4):
        book["Cases"].append([f"CWM-Z{number}", draw(CELLS), None, draw(CELLS)])
        book["Episodes"].append([f"CWM-Z{number}", draw(CELLS), draw(CELLS)])
        book["Findings"].append([f"CWM-Z{number}", "T3", "T3.1", draw(CELLS), None, draw(CELLS)])
    file, before = saved(book), kept(fuzzed)
    report = looked(file, by)
    assert report is not None
    assert kept(fuzzed) == before
    taken = intake.take("broken.xlsx", file, by=by)
    assert [c.rows for c in taken.sheets] == [c.rows for c in report.sheets]
    after = kept(fuzzed)
    assert (after[0] or 0) - (before[0] or 0) == len(report.new_cases)
    assert (after != before) == taken.brings
    again = intake.take("broken.xlsx", file, by=by)
    assert not again.brings
    assert kept(fuzzed) == after
