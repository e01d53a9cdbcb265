"""A written pack, opened again: the words, the lists, the headings, and nothing that runs."""

import io
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from python_calamine import CalamineWorkbook

from data_model.vocabulary import InspectionKind
from inspect_app.workbooks.cells import understand
from inspect_app.workbooks.identity import Identity, field_hash, read_identity, written
from inspect_app.workbooks.layout import Choice, Choices, CriterionChoice, Kind, layout
from inspect_app.workbooks.pack import Pack, pack_bytes
from inspect_app.workbooks.plain_text import LONGEST, cleaned
from inspect_app.workbooks.reading import RawSheet, matched, open_pack
from inspect_app.workbooks.rows import read_rows
from inspect_app.workbooks.writing import RUN, TOO_LONG
from tests.support.packs import members, opened

IDENTITY = Identity("ab12", {})
PACKED_AT = datetime(2026, 11, 9, 10, tzinfo=UTC)


def choices(kind: InspectionKind = InspectionKind.JTAI) -> Choices:
    """Return the lists of an inspection."""
    return Choices(
        "ALD-2026-JTAI",
        "Aldermere (invented)",
        kind,
        (Choice("council", "Aldermere Council (invented)", ("Aldermere Council",)),),
        (Choice("T1", "Profiling", ("Proffilio",)), Choice("T2", "Empathy")),
        (Choice("good", "Good", ("Da",)),),
        (CriterionChoice("T1.1", "T1", "What is known is recorded.", in_force=True),),
    )


def packed(kind: InspectionKind = InspectionKind.JTAI, **case: str) -> bytes:
    """Return a pack with one case in it."""
    lists = choices(kind)
    rows = {"case": [{"case": "ALD-C01", "kind": "cse", **case}]}
    return pack_bytes(Pack(IDENTITY, lists, "Ellen (invented)", PACKED_AT, layout(lists), rows))


def read_back(data: bytes) -> dict[str, Any]:
    """Return the values of the first case of a pack."""
    book = open_pack("pack.xlsx", data)
    lists = choices()
    sheet = next(sheet for sheet in book.sheets if sheet.name == "Cases")
    rows = read_rows(matched(sheet, layout(lists)), lists, from_1904=book.from_1904)
    assert rows.problems == {}
    return rows.frame.to_dicts()[0]


@pytest.mark.parametrize("kind", list(InspectionKind))
def test_every_exercise_has_a_pack_with_the_sheets_it_needs(kind: InspectionKind) -> None:
    book = opened(packed(kind))
    declared = [sheet.name for sheet in layout(choices(kind))]
    assert book.sheetnames[1 : len(declared) + 1] == declared
    assert book["_pack"].sheet_state == "hidden"
    for sheet in layout(choices(kind)):
        titles = [column.title for column in sheet.every]
        assert len(set(titles)) == len(titles)
        drawn = book[sheet.name]
        assert [str(c.value).rstrip(" *") for c in drawn[1]] == titles
        assert drawn.freeze_panes == "B2"
        assert drawn.print_title_rows == "$1:$1"
    assert (book.properties.language, "Aldermere" in (book.properties.title or "")) == (
        "en-GB",
        True,
    )


def test_lists_offer_the_words_and_say_when_the_agency_did_not_record_it() -> None:
    book = opened(packed())
    sheet, column = book["Cases"], layout(choices())[0].column("sex")
    place = next(c.column_letter for c in sheet[1] if c.value == column.title)
    rule = next(
        rule
        for rule in sheet.data_validations.dataValidation
        if str(rule.sqref).startswith(f"{place}2:")
    )
    where = str(rule.formula1).split("!")[1].replace("$", "")
    offered = [row[0].value for row in book["Lists"][where]]
    assert offered == ["Female", "Male", "Not recorded by the agency"]
    assert rule.showErrorMessage


def test_headings_carry_help_and_a_mark_where_a_row_needs_them() -> None:
    heads = opened(packed())["Cases"][1]
    assert [cell.value for cell in heads][:2] == ["Reference *", "Kind of case *"]
    assert "No name, date of birth" in str(heads[0].comment.text if heads[0].comment else "")


@pytest.mark.parametrize("start", RUN)
def test_text_that_a_spreadsheet_would_run_is_text(start: str) -> None:
    said = f"{start}HYPERLINK(A1)"
    data = packed(summary=said)
    cell = next(
        cell for row in opened(data)["Cases"].iter_rows(min_row=2) for cell in row
        if "HYPERLINK" in str(cell.value)
    )  # fmt: skip
    assert cell.data_type in {"s", "inlineStr"}
    sheets = [xml for name, xml in members(data).items() if name.startswith("xl/worksheets/")]
    assert not any(b"<f>" in xml for xml in sheets)
    assert read_back(data)["summary"] == cleaned(said)


@settings(max_examples=25)
@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_text_comes_back_as_it_was(text: str) -> None:
    for said in (text, f"_x0041_{text}"):
        assert read_back(packed(summary=cleaned(said)))["summary"] == (cleaned(said) or None)


def test_every_kind_of_value_comes_back_as_it_was() -> None:
    said = {"practice_from": "2026-02-03", "agency_risk_number": "7", "in_care": "not_recorded",
            "harm_indicators": "sti;disclosure", "lead_agency": "council"}  # fmt: skip
    held = read_back(packed(InspectionKind.JTAI, **said))
    assert {name: str(held[name]) for name in said} == said


def test_text_longer_than_a_cell_says_so_and_is_never_cut() -> None:
    assert read_back(packed(summary="a" * (LONGEST + 1)))["summary"] == TOO_LONG


def test_both_readers_see_the_same_cells() -> None:
    data = packed(summary="As it is.")
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        theirs = workbook.get_sheet_by_name("Cases").to_python()
    ours = [[c.value for c in row] for row in opened(data)["Cases"].iter_rows()]
    assert [[str(c or "") for c in row] for row in theirs] == [
        [str(c or "") for c in row] for row in ours
    ]


def test_sheets_are_known_by_their_headings_wherever_they_stand() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "My notes"
    for row in (["Written on the train"], ["My own", "SEX", "kind of case", "Reference *"],
                ["x", "Male", "cse", "ald-c02"]):  # fmt: skip
        sheet.append(row)
    held = [[c if c is not None else "" for c in row] for row in sheet.iter_rows(values_only=True)]
    found = matched(RawSheet("My notes", held), layout(choices()))
    assert found.layout is not None
    assert (found.layout.name, found.header, found.extra) == ("Cases", 2, ("My own",))
    rows = read_rows(found, choices(), from_1904=False)
    assert rows.frame.select("case", "kind", "sex").row(0) == ("ALD-C02", "cse", "male")


def test_a_case_merged_over_its_rows_is_that_of_each_and_other_merged_cells_are_refused() -> None:
    held = [["Case", "Theme", "Reason"], ["ALD-C01", "T1", "One"], ["", "T2", ""]]
    merged = (((1, 0), (2, 0)), ((1, 2), (2, 2)))
    sheet = matched(RawSheet("Findings", held, merged=merged), layout(choices()))
    rows = read_rows(sheet, choices(), from_1904=False)
    assert rows.frame["case"].to_list() == ["ALD-C01", "ALD-C01"]
    assert {p.cell for found in rows.problems.values() for p in found} == {"C2", "C3"}


def test_what_a_pack_remembers_is_sealed() -> None:
    rows = {("case", "ALD-C01", ""): {"summary": field_hash("x")}}
    held = Identity("ab", rows)
    said = list(written(held))
    assert read_identity("pack.xlsx", said) == held
    said[-2][-1] = f"summary={field_hash('y')}"
    broken = read_identity("pack.xlsx", said)
    assert (broken.sealed, broken.rows) == (False, {})


def test_every_word_of_every_list_is_understood_as_its_own_code() -> None:
    for kind in InspectionKind:
        for sheet in layout(choices(kind)):
            for column in sheet.every:
                if column.kind is Kind.CHOICE:
                    words = [choice.words for choice in column.offered]
                    found = understand(column, words, from_1904=False).values.to_list()
                    assert found == [choice.code for choice in column.offered]
