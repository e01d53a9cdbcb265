"""A pack that LibreOffice opened and saved again is the same pack."""

from collections.abc import Callable
from pathlib import Path

import pytest

from inspect_app.services import intake
from inspect_app.services.intake_values import Became
from inspect_app.signed_in import SignedIn
from tests.inspect_app.test_intake import case, whole_case
from tests.support.packs import INSPECTION, READER, opened, saved, write
from tests.support.spreadsheet_program import SpreadsheetProgramMissingError, ensure, saved_again

pytestmark = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture(scope="module")
def program() -> str:
    """LibreOffice; a machine that has none and may not install it leaves these tests out."""
    try:
        return ensure()
    except SpreadsheetProgramMissingError as missing:
        pytest.skip(str(missing))


@pytest.fixture
def by(signed_in: Callable[[str], SignedIn]) -> SignedIn:
    """The reader."""
    return signed_in(READER)


def test_a_pack_that_was_only_saved_again_changes_nothing(
    by: SignedIn, program: str, tmp_path: Path
) -> None:
    again = saved_again(program, intake.pack(INSPECTION, by=by), tmp_path)
    report = intake.take("pack.xlsx", again, by=by)
    assert not report.brings
    assert (report.problems, report.notes, report.conflicts) == ((), (), ())
    assert report.total(Became.UNCHANGED) == sum(count.read for count in report.sheets) > 0


def test_a_case_that_was_written_in_it_comes_in_as_it_was_written(
    by: SignedIn, program: str, tmp_path: Path
) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    whole_case(book)
    write(book, "Cases", book["Cases"].max_row, In_care="Yes")
    report = intake.take("pack.xlsx", saved_again(program, saved(book), tmp_path), by=by)
    assert (report.problems, report.new_cases) == ((), ("CWM-X1",))
    form = case("CWM-X1", by).form
    assert form.summary == "=cmd|' /c calc'!A1"
    assert [str(each.reported_on) for each in form.episodes] == ["2026-02-03", "2026-02-05"]
    assert str(form.findings[0].pointers[0].dated) == "2026-02-01"
    assert [str(form.practice_from), str(form.practice_to)] == ["2026-02-03", "2026-06-30"]


def test_a_truth_that_the_program_made_a_number_is_refused_by_its_cell(
    by: SignedIn, program: str, tmp_path: Path
) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    whole_case(book)
    report = intake.take("pack.xlsx", saved_again(program, saved(book), tmp_path), by=by)
    first = report.problems[0]
    assert (first.sheet, first.column, first.said) == ("Cases", "In care", "1")
    assert report.new_cases == ()
