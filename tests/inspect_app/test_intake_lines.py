"""Lines of a draft: typed cell by cell, taken out while a pack is away, and never mixed up."""

from typing import Any

import pytest

from inspect_app.services import intake, keeping
from inspect_app.services.case_tree import value_at
from inspect_app.services.intake_values import Became, Side
from inspect_app.signed_in import SignedIn
from tests.inspect_app.test_intake import case, take, whole_case
from tests.inspect_app.test_intake_both_sides import by as by
from tests.support.packs import INSPECTION, opened, row_of, write

CASE = "CWM-X1"
FIRST, SECOND = "2026-02-03", "2026-02-05"


@pytest.fixture
def kept(by: SignedIn) -> SignedIn:
    """The reader, with a case that has two episodes and one pointer."""
    book = opened(intake.pack(INSPECTION, by=by))
    whole_case(book)
    take(book, by)
    return by


def type_here(by: SignedIn, path: str, value: Any, seen: Any) -> None:
    """Type in one field of the case, as the form does."""
    assert not keeping.keep(case(CASE, by).id, path, value, seen, by=by).clash


def packed(by: SignedIn) -> Any:
    """Return the reader's pack, opened."""
    return opened(intake.pack(INSPECTION, by=by))


def days(by: SignedIn) -> list[str]:
    """Return on which days the child was reported missing, empty lines as None."""
    return [str(line.reported_on) for line in case(CASE, by).form.episodes]


def take_out_second(by: SignedIn) -> None:
    """Take the second episode out, as the form does."""
    empty = dict.fromkeys(case(CASE, by).form.episodes[1].model_dump())
    seen = case(CASE, by).form.episodes[1].model_dump(mode="json")
    type_here(by, "episodes.2", empty, seen)


def test_what_is_typed_in_one_cell_of_a_line_is_in_the_pack(kept: SignedIn) -> None:
    type_here(kept, "episodes.1.reported_on", "2026-01-31", FIRST)
    type_here(kept, "T3.pointers.1.locator", "page 9", "page 2")
    book = packed(kept)
    row = row_of(book, "Episodes", CASE, "1")
    assert str(book["Episodes"].cell(row, 3).value)[:10] == "2026-01-31"
    (evidence,) = [r for r in book["Evidence"].iter_rows(values_only=True) if r[0] == CASE]
    assert "page 9" in evidence
    assert not take(book, kept).brings


@pytest.mark.parametrize("typed", ["31 Feb", "soon", "0001-01-01", "9" * 30])
def test_a_typed_date_or_number_that_is_none_is_packed_as_text(kept: SignedIn, typed: str) -> None:
    type_here(kept, "episodes.1.reported_on", typed, FIRST)
    type_here(kept, "perpetrator_count", typed, 2)
    book = packed(kept)
    assert book["Episodes"].cell(row_of(book, "Episodes", CASE, "1"), 3).value == typed
    (row,) = [r for r in book["Cases"].iter_rows(values_only=True) if r[0] == CASE]
    assert typed in row


def test_a_cell_typed_here_and_changed_in_the_file_is_a_conflict(kept: SignedIn) -> None:
    book = packed(kept)
    type_here(kept, "episodes.1.reported_on", "2026-01-31", FIRST)
    row = row_of(book, "Episodes", CASE, "1")
    write(book, "Episodes", row, Reported_missing_on="2026-01-30")
    report = take(book, kept)
    (conflict,) = report.conflicts
    assert (conflict.here, conflict.file) == ("2026-01-31", "2026-01-30")
    taken = take(book, kept, picked={conflict.id: conflict.seen})
    assert taken.conflicts == ()
    assert days(kept) == ["2026-01-30", SECOND]


def test_what_does_not_fit_stays_typed_and_holds_nothing_else_back(kept: SignedIn) -> None:
    type_here(kept, "episodes.1.reported_on", "31 Feb", FIRST)
    book = packed(kept)
    write(book, "Episodes", None, Case=CASE, Reported_missing_on="2026-03-01")
    report = take(book, kept)
    assert report.total(Became.NEW) == 1
    assert days(kept) == [FIRST, SECOND, "2026-03-01"]
    assert value_at(case(CASE, kept).now, "episodes.1.reported_on") == "31 Feb"


def test_a_line_that_was_taken_out_is_no_row_of_a_pack(kept: SignedIn) -> None:
    type_here(kept, "episodes.3.reported_on", "2026-03-09", None)
    take_out_second(kept)
    rows = packed(kept)["Episodes"].iter_rows(values_only=True, min_row=2)
    assert [row[1] for row in rows if row[0] == CASE] == [1, 3]


def test_a_line_taken_out_here_and_unchanged_in_the_file_stays_out(kept: SignedIn) -> None:
    book = packed(kept)
    take_out_second(kept)
    report = take(book, kept)
    assert (report.brings, report.conflicts) == (False, ())
    assert [(change.here, change.file) for change in report.stays] == [("", SECOND)]


def test_a_line_taken_out_here_and_changed_in_the_file_is_asked_about_whole(kept: SignedIn) -> None:
    book = packed(kept)
    take_out_second(kept)
    row = row_of(book, "Episodes", CASE, "2")
    write(book, "Episodes", row, Returned_on="2026-02-06")
    write(book, "Episodes", None, Case=CASE, Reported_missing_on="2026-03-01")
    report = take(book, kept)
    assert {change.file for change in report.conflicts} == {SECOND, "2026-02-06"}
    assert days(kept) == [FIRST, "None", "2026-03-01"]
    take(book, kept, prefer=Side.FILE)
    assert days(kept) == [FIRST, SECOND, "2026-03-01"]


def test_nothing_of_a_row_lands_in_another_line_that_has_its_number_now(kept: SignedIn) -> None:
    book = packed(kept)
    line = case(CASE, kept).form.episodes[1].model_dump(mode="json")
    type_here(kept, "episodes.2", {**dict.fromkeys(line), "reported_on": "2026-04-01"}, line)
    write(book, "Episodes", row_of(book, "Episodes", CASE, "2"), Returned_on="2026-02-06")
    report = take(book, kept)
    assert len(report.conflicts) == 2
    assert not report.brings


def test_a_line_that_an_earlier_intake_brought_and_that_was_taken_out_does_not_come_back(
    by: SignedIn,
) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    whole_case(book)
    take(book, by)
    take_out_second(by)
    assert not take(book, by).brings
    write(book, "Cases", row_of(book, "Cases", CASE.lower()), Summary_of_the_case="More.")
    report = take(book, by)
    assert [change.title for change in report.conflicts if change.sheet == "Episodes"] == [
        "Reported missing on"
    ]
    assert value_at(case(CASE, by).now, "episodes.2.reported_on") is None
