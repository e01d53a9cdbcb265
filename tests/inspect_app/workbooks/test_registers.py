"""Other people's registers and plans: any table, any headings, and not a cell lost."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from data_model.shipped import rows
from data_model.vocabulary import Assurance, Closing, Delivery
from inspect_app.errors import Refusal
from inspect_app.workbooks.registers import HEADINGS, Field, Register, meaning, read_register
from tests.support.packs import saved

REGISTERS = Path(__file__).parents[2] / "data" / "registers"
TAIC = REGISTERS / "TAIC_recommendations_2024-04-04.xlsx"
PFD = REGISTERS / "pfd_child_deaths_2015_2022.csv"


def table(*lines: Sequence[Any], down: int = 0, right: int = 0) -> bytes:
    """Return a workbook with a table that begins so many cells down and to the right."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row, line in enumerate(lines, start=1 + down):
        for column, value in enumerate(line, start=1 + right):
            sheet.cell(row, column, value)
    return saved(book)


def fields(register: Register) -> dict[str, str | None]:
    """Return the field of each heading."""
    return {column.heading: column.field for column in register.columns}


@pytest.fixture(scope="module")
def taic() -> Register:
    """The Commission's register, read."""
    return read_register(TAIC.name, TAIC.read_bytes())


def plainly(sheet: str) -> list[tuple[Any, ...]]:
    """Return a sheet of the register as another program reads it."""
    book = load_workbook(TAIC, read_only=True)
    held = [tuple(row) for row in book[sheet].iter_rows(values_only=True)]
    book.close()
    return held


def test_every_row_of_a_real_register_is_read_with_every_cell(taic: Register) -> None:
    plain = plainly("Recommendations 2024-04-04")
    assert len(taic.rows) == len(plain) - 1 == 2192
    assert [len(row.said) for row in taic.rows] == [len(plain[0])] * len(taic.rows)
    for row, there in zip(taic.rows, plain[1:], strict=True):
        assert row.said["Number"] == str(there[0] or "")
        assert row.said["Status"] == str(there[4] or "")
        assert row.days.get(Field.MADE_ON) == (there[5].date() if there[5] else None)
        assert row.days.get(Field.CLOSED_ON) == (there[6].date() if there[6] else None)
    assert fields(taic) == {
        "Number": "number",
        "Recipient": "body",
        "Safety Issue": "theme",
        "Inquiry": "report",
        "Status": "status",
        "Made": "made_on",
        "Closed": "closed_on",
        "Recommendation": "text",
        "Reply Text": "reply",
    }


def test_returns_that_excel_wrote_out_are_cleaned_in_text_and_kept_in_the_cell() -> None:
    said = "It was accepted._x005F_x000D_\nIt was done."
    data = table(["Number", "Recommendation", "Status"], ["1", said, "Open"])
    row = read_register("a.xlsx", data).rows[0]
    assert row.said["Recommendation"] == "It was accepted._x000D_\nIt was done."
    assert row.texts[Field.TEXT] == "It was accepted.\nIt was done."


def test_real_replies_hold_no_returns_once_they_are_read(taic: Register) -> None:
    kept = [row for row in taic.rows if "\r" in row.said["Reply Text"]]
    assert len(kept) > 20
    assert not any("\r" in text or "_x000" in text for row in kept for text in row.texts.values())


def test_every_status_of_a_real_register_is_declared(taic: Register) -> None:
    plain = Counter(row[4] for row in plainly("Recommendations 2024-04-04")[1:])
    counted = Counter(row.texts[Field.STATUS] for row in taic.rows)
    assert counted == plain
    assert all(meaning("TAIC", said) for said in plain)


def test_closed_acceptable_is_a_claim_and_never_an_effect() -> None:
    found = meaning("TAIC register, April 2024", "Closed acceptable")
    assert found is not None
    assert (found.delivery, found.assurance, found.closing) == (
        Delivery.CLAIMED,
        Assurance.UNTESTED,
        Closing.CLOSED,
    )
    assert "no evidence of effect" in found.note


def test_nothing_is_concluded_from_what_nobody_confirmed_or_declared() -> None:
    unconfirmed = meaning("TAIC", "Unconfirmed")
    assert unconfirmed is not None
    assert unconfirmed.words == ()
    assert meaning("TAIC", "Sort of closed") is None
    assert meaning("Another register", "Unconfirmed") is None


@pytest.mark.parametrize("row", list(rows("data_model", "reference", "register_statuses.csv")))
def test_no_status_of_anybody_proves_anything_here(row: dict[str, str]) -> None:
    found = meaning(row["register"].replace("*", "any"), row["said"].upper())
    assert found is not None
    assert found.assurance in {None, Assurance.UNTESTED}
    if found.delivery is Delivery.CLAIMED or found.closing is Closing.CLOSED:
        assert found.note


def test_no_status_is_declared_twice() -> None:
    declared = Counter(
        (row["register"].lower(), row["said"].lower())
        for row in rows("data_model", "reference", "register_statuses.csv")
    )
    assert max(declared.values()) == 1


def test_a_table_is_found_where_it_begins() -> None:
    found = read_register(TAIC.name, TAIC.read_bytes(), sheet="Response categories")
    row = found.rows[0]
    assert (found.header, found.cell(row, Field.TEXT)) == (5, "C6")
    assert row.said["Response to issued recs"] == "Accepted and implemented"
    assert row.said["Further reporting required?"] == "No"


def test_a_date_as_text_and_a_column_that_looks_like_one_are_told_apart() -> None:
    found = read_register(PFD.name, PFD.read_bytes())
    assert fields(found)["date_of_report"] == "made_on"
    for untrusted in ("late", "late_time", "response_rate", "responses", "yet_to_receive"):
        assert fields(found)[untrusted] is None
    held = list(csv.DictReader(io.StringIO(PFD.read_text(encoding="utf-8"))))
    assert [row.days[Field.MADE_ON].isoformat() for row in found.rows] == [
        row["date_time"] for row in held
    ]
    assert [row.said for row in found.rows] == held


def test_several_bodies_of_one_item_are_told_apart() -> None:
    lines = [
        ("Leeds City Council| NHS England", ("Leeds City Council", "NHS England")),
        ("NHS England/ N.I.C.E", ("NHS England", "N.I.C.E")),
        ("Maersk Line A/S", ("Maersk Line A/S",)),
        ("Durham; Durham", ("Durham",)),
    ]
    data = table(["Ref", "Recipient"], *([n, said] for n, (said, _f) in enumerate(lines)))
    found = read_register("a.xlsx", data)
    assert [row.bodies for row in found.rows] == [expected for _said, expected in lines]


def test_a_day_nobody_understands_and_a_formula_without_a_result_are_problems() -> None:
    data = table(
        ["Number", "Action", "Lead officer", "By when"],
        ["1", "Train every worker", "Head of service", "ASAP"],
        ["2", "=1+1", "Head of service", "1 May 2026"],
    )
    first, second = read_register("plan.xlsx", data).rows
    assert [(problem.cell, problem.said) for problem in first.problems] == [("D2", "ASAP")]
    assert [problem.cell for problem in second.problems] == ["B3"]
    assert first.said["By when"] == "ASAP"


def test_a_cell_across_several_rows_stands_in_each_of_them() -> None:
    book = load_workbook(
        io.BytesIO(table(["Recommendation", "Action"], ["R1", "One"], ["", "Two"], ["R2", "Three"]))
    )
    book.worksheets[0].merge_cells("A2:A3")
    found = read_register("plan.xlsx", saved(book))
    assert [row.texts[Field.TEXT] for row in found.rows] == ["R1", "R1", "R2"]


def test_a_person_names_a_column_or_leaves_one_out() -> None:
    data = table(["Kennung", "Action", "Notes"], ["1", "Train every worker", "Nearly"])
    named = {"Kennung": "number", "Notes": ""}
    found = read_register("plan.xlsx", data, columns=named)
    assert fields(found) == {"Kennung": "number", "Action": "action", "Notes": None}
    assert found.unmatched == ("Notes",)


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"Colour": "status"}, "no column “Colour”"),
        ({"Action": "step"}, "no field"),
        ({"Action": "action", "Lead": "action"}, "Two columns"),
    ],
)
def test_a_column_that_is_not_there_is_refused(columns: dict[str, str], says: str) -> None:
    data = table(["Action", "Lead", "Date"], ["Train every worker", "Head", "1 May 2026"])
    with pytest.raises(Refusal) as refused:
        read_register("plan.xlsx", data, columns=columns)
    assert says in refused.value.summary or "No table" in refused.value.summary


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("notes.xlsx", table(["Minutes of the meeting"], ["We met."])),
        ("empty.xlsx", table()),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more"),
        ("cut.xlsx", TAIC.read_bytes()[:5000]),
        ("picture.png", b"\x89PNG\r\n\x1a\n\0\0"),
        ("nothing.csv", b""),
    ],
)
def test_what_is_no_table_is_refused_in_words(name: str, data: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        read_register(name, data)
    assert refused.value.advice


def test_a_sheet_that_is_not_there_is_refused_naming_those_that_are() -> None:
    with pytest.raises(Refusal, match="Response categories"):
        read_register(TAIC.name, TAIC.read_bytes(), sheet="Sheet 9")


SAID = {
    Field.NUMBER: "ALD-R1",
    Field.ACTION: "Train every worker",
    Field.ROLE: "Head of service",
    Field.DUE_ON: "2026-05-01",
    Field.STATUS: "On track",
    Field.PROGRESS: "Half of them are trained",
}


@given(
    order=st.permutations(sorted(SAID)),
    pick=st.randoms(use_true_random=False),
    down=st.integers(0, 12),
    right=st.integers(0, 5),
    loud=st.booleans(),
)
def test_the_order_of_columns_their_headings_and_their_place_do_not_matter(
    order: list[Field], pick: Any, down: int, right: int, *, loud: bool
) -> None:
    known = {each.field: [each.title, *each.also] for each in HEADINGS}
    headings = [pick.choice(known[field]) for field in order]
    shown = [f" {said.upper()}: " if loud else said for said in headings]
    data = table(shown, [SAID[field] for field in order], down=down, right=right)
    found = read_register("plan.xlsx", data)
    assert [row.texts for row in found.rows] == [SAID]
    assert found.rows[0].days == {Field.DUE_ON: date(2026, 5, 1)}


@given(
    st.lists(
        st.tuples(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20)), max_size=6
    )
)
def test_whatever_stands_in_a_csv_is_kept_as_it_stood(lines: list[tuple[str, str, str]]) -> None:
    encodable = [
        tuple("".join(c for c in cell if c.isprintable() and ord(c) < 0xD800) for cell in line)
        for line in lines
    ]
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("Number", "Action", "What the dog saw"), *encodable])
    found = read_register("plan.csv", out.getvalue().encode("utf-8-sig"))
    assert [tuple(row.said.values()) for row in found.rows] == [
        line for line in encodable if any(cell.strip() for cell in line)
    ]
