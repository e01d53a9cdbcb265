"""Changed in the file, changed here, changed on both sides: nothing typed is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from data_model.forms import CaseForm, checked
from inspect_app.services import cases, intake, keeping, people
from inspect_app.services.case_filling import flat
from inspect_app.services.intake_values import Became, Side
from inspect_app.signed_in import SignedIn
from tests.inspect_app.test_intake import case, draft, take, whole_case
from tests.support.packs import INSPECTION, READER, opened, row_of, saved, write
from tests.support.samples import Template


@pytest.fixture
def by(sqlite_samples: Template, tmp_path: Path) -> Iterator[SignedIn]:
    """The reader; which database it is makes no difference to what is compared."""
    file = tmp_path / "samples.db"
    with sqlite_samples.copied(f"sqlite:///{file.as_posix()}") as database:
        yield people.sign_in(READER, database)


def change_here(by: SignedIn, **fields: object) -> None:
    """Save the draft with other values, as the form would."""
    held = case(draft(by), by)
    form = checked(CaseForm, {**held.form.model_dump(), **fields})
    cases.save(held.id, held.version, form, by=by)


def test_what_was_changed_here_only_stays(by: SignedIn) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    change_here(by, summary="Written here.")
    report = take(book, by)
    assert not report.brings
    assert [change.title for change in report.stays] == ["Summary of the case"]
    assert case(draft(by), by).form.summary == "Written here."


def test_what_was_changed_on_both_sides_stays_here_until_somebody_chooses(by: SignedIn) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    row = row_of(book, "Cases", draft(by))
    write(book, "Cases", row, Summary_of_the_case="On the train.", Network="Suspected")
    change_here(by, summary="Written here.")
    report = take(book, by)
    (conflict,) = report.conflicts
    assert (conflict.here, conflict.file) == ("Written here.", "On the train.")
    assert report.total(Became.CONFLICT) == 1
    held = case(draft(by), by).form
    assert (held.summary, held.network) == ("Written here.", "suspected")
    picked = {conflict.id: conflict.seen}
    assert take(book, by, picked=picked).changes[0].title == "Summary of the case"
    assert case(draft(by), by).form.summary == "On the train."


def test_a_choice_is_not_applied_to_a_text_that_nobody_saw(by: SignedIn) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    write(book, "Cases", row_of(book, "Cases", draft(by)), Summary_of_the_case="On the train.")
    change_here(by, summary="Written here.")
    (seen,) = intake.preview("pack.xlsx", saved(book), by=by).conflicts
    change_here(by, summary="Written here, and once more.")
    assert take(book, by, picked={seen.id: seen.seen}).conflicts
    assert case(draft(by), by).form.summary == "Written here, and once more."


def test_the_file_can_be_preferred_as_a_whole(by: SignedIn) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    write(book, "Cases", row_of(book, "Cases", draft(by)), Summary_of_the_case="On the train.")
    change_here(by, summary="Written here.")
    assert take(book, by, prefer=Side.FILE).conflicts == ()
    assert case(draft(by), by).form.summary == "On the train."


def test_text_typed_and_not_saved_counts_as_here(by: SignedIn) -> None:
    held = case(draft(by), by)
    book = opened(intake.pack(INSPECTION, by=by))
    seen = flat(held.form)["summary"]
    keeping.keep(held.id, "summary", "Typed, not saved.", seen, by=by)
    write(book, "Cases", row_of(book, "Cases", draft(by)), Summary_of_the_case="On the train.")
    report = take(book, by)
    assert [change.here for change in report.conflicts] == ["Typed, not saved."]
    assert case(draft(by), by).now["summary"] == "Typed, not saved."


def test_text_typed_before_packing_is_in_the_pack_and_can_be_gone_on_with(by: SignedIn) -> None:
    held = case(draft(by), by)
    seen = flat(held.form)["summary"]
    keeping.keep(held.id, "summary", "Typed, not saved.", seen, by=by)
    book = opened(intake.pack(INSPECTION, by=by))
    row = row_of(book, "Cases", held.form.reference)
    write(book, "Cases", row, Summary_of_the_case="Typed, and finished on the train.")
    assert take(book, by).conflicts == ()
    assert case(draft(by), by).now["summary"] == "Typed, and finished on the train."


def test_a_workbook_can_be_written_in_again_after_it_was_taken_in(by: SignedIn) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    whole_case(book)
    assert take(book, by).number == 1
    row = row_of(book, "Cases", "cwm-x1")
    write(book, "Cases", row, Summary_of_the_case="Better said.")
    second = take(book, by)
    assert (second.conflicts, [c.title for c in second.changes]) == ((), ["Summary of the case"])


def test_a_row_that_is_gone_from_the_file_deletes_nothing(by: SignedIn) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    before = case(draft(by), by).form
    book["Findings"].delete_rows(2, 50)
    report = take(book, by)
    assert not report.brings
    assert "nothing was deleted" in " ".join(report.notes)
    assert case(draft(by), by).form == before


def test_a_line_added_on_both_sides_is_kept_twice_rather_than_lost(by: SignedIn) -> None:
    held = case(draft(by), by)
    book = opened(intake.pack(INSPECTION, by=by))
    reference = held.form.reference
    write(book, "Perpetrators", None, Case=reference, Sex="Female")
    lines = [*held.form.model_dump()["perpetrators"], {"sex": "male"}]
    change_here(by, perpetrators=lines)
    take(book, by)
    assert [p.sex for p in case(reference, by).form.perpetrators][-2:] == ["male", "female"]


def test_a_hidden_sheet_that_was_changed_is_not_relied_on(by: SignedIn) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    hidden = book["_pack"]
    hidden.cell(hidden.max_row, 2).value = "0" * 64
    write(book, "Cases", row_of(book, "Cases", draft(by)), Summary_of_the_case="On the train.")
    report = take(book, by)
    assert len(report.conflicts) == 1
    assert "hidden sheet was changed" in " ".join(report.notes)
