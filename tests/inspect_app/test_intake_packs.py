"""Whose a pack is comes from our own record; what a file brings in words is pointed out."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from data_model.database import Database
from data_model.records import AuditEvent, Pack
from inspect_app.errors import NotAllowed, Refusal
from inspect_app.services import intake, intake_wording, intake_words
from inspect_app.signed_in import SignedIn
from tests.inspect_app.test_intake import draft, take, whole_case
from tests.support.looking import every_row_of
from tests.support.packs import INSPECTION, READER, opened, row_of, saved, write

SignIn = Callable[[str], SignedIn]
BLAMING = "She was putting herself at risk."


@pytest.fixture
def by(signed_in: SignIn) -> SignedIn:
    """The reader."""
    return signed_in(READER)


def test_a_pack_is_recorded_and_noted_in_the_trail(by: SignedIn, database: Database) -> None:
    data = intake.pack(INSPECTION, by=by)
    with every_row_of(database).reading() as session:
        kept = session.scalars(select(Pack)).one()
        assert (kept.inspection, kept.packed_for, kept.packed_by) == (INSPECTION, READER, READER)
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
        assert event is not None
        assert (event.action, event.subject) == ("pack.made", f"inspection {INSPECTION}")
        hidden = list(opened(data)["_pack"].iter_rows(values_only=True))
        assert ("pack", kept.token) in [row[:2] for row in hidden]
        assert not any(READER in map(str, row) for row in hidden)
    assert intake.packed_for("pack.xlsx", data, database) == READER


def test_a_pack_of_another_installation_is_refused(by: SignedIn) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    hidden = book["_pack"]
    (row,) = [row for row in hidden.iter_rows() if row[0].value == "pack"]
    row[1].value = "0" * 64
    with pytest.raises(Refusal, match="was not packed by this installation"):
        take(book, by)


def test_what_a_file_says_of_its_person_is_not_believed(
    by: SignedIn, signed_in: SignIn, database: Database
) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    whole_case(book)
    book["_pack"].insert_rows(2)
    book["_pack"].cell(2, 1).value, book["_pack"].cell(2, 2).value = "person", "priya-lead"
    assert intake.packed_for("pack.xlsx", saved(book), database) == READER
    other = signed_in("priya-lead")
    with pytest.raises(Refusal):
        take(book, other)
    with pytest.raises(NotAllowed, match="only they can take it in"):
        intake.preview("pack.xlsx", saved(book), by=other)


def test_phrases_in_new_and_changed_texts_are_counted_and_listed(by: SignedIn) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    whole_case(book)
    write(book, "Cases", row_of(book, "Cases", draft(by)), Summary_of_the_case=BLAMING)
    write(book, "Findings", None, Case="CWM-X1", Theme="T2", Reason=BLAMING)
    report = intake.preview("pack.xlsx", saved(book), by=by)
    assert report.words.count == 2
    assert {(each.reference, each.field.rpartition(", ")[2]) for each in report.words.listed} == {
        (draft(by), "Summary of the case"),
        ("CWM-X1", "Reason"),
    }
    assert all("risk" in each.said and each.why and each.instead for each in report.words.listed)
    printed = "\n".join(intake_words.lines(report))
    assert "2 phrases in its texts to look at again" in printed
    assert take(book, by).number is not None
    assert take(book, by).words.count == 0


def test_many_phrases_are_all_counted_and_the_first_are_listed(by: SignedIn) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    many = "\n".join([BLAMING] * (intake_wording.LISTED + 5))
    write(book, "Cases", None, Reference="CWM-X1", Kind_of_case="cse", Summary_of_the_case=many)
    words = take(book, by).words
    assert (words.count, len(words.listed)) == (intake_wording.LISTED + 5, intake_wording.LISTED)


def test_past_a_million_characters_texts_are_left_and_counted(by: SignedIn) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    long = ("The plan was kept. " * 1_100)[:19_900].strip()
    for number in range(53):
        write(book, "Cases", None, Reference=f"CWM-X{number}", Kind_of_case="cse",
              Summary_of_the_case=long)  # fmt: skip
    assert intake.preview("pack.xlsx", saved(book), by=by).words.left == 2
