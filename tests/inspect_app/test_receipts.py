"""A receipt proves what was submitted, to whoever may see it, for as long as it is kept."""

import hashlib
import json

import pytest
from sqlalchemy import select, text

from data_model.database import Database
from data_model.records import AuditEvent, CaseReceipt
from inspect_app.errors import NotFound
from inspect_app.services import cases, receipts
from tests.support.cases import LEAD, READER, SignIn, begun, complete
from tests.support.looking import every_row_of


def test_a_submission_gives_a_receipt_that_anybody_can_work_out_again(
    signed_in: SignIn, database: Database
) -> None:
    reader = signed_in(READER)
    case = begun(reader)
    receipt = cases.submit(case, cases.view(case, by=reader).version, by=reader)
    with every_row_of(database).reading() as session:
        kept = session.get_one(CaseReceipt, receipt.number)
        written = json.dumps(
            kept.content, sort_keys=True, ensure_ascii=False, separators=(",", ":")
        )
    assert hashlib.sha256(written.encode()).hexdigest() == receipt.content_hash
    assert kept.content["fields"]["T2.reason"] == "Seen in the plan."
    assert receipt in cases.view(case, by=reader).receipts


def test_a_receipt_holds_until_the_case_changes_and_then_names_what_changed(
    signed_in: SignIn,
) -> None:
    reader = signed_in(READER)
    case = begun(reader, summary="As submitted.")
    receipt = cases.submit(case, cases.view(case, by=reader).version, by=reader)
    checked = receipts.check(receipt.content_hash[:16].upper(), by=reader)
    assert checked.kept_whole
    assert checked.changed == ()
    cases.take_back(case, "A word was wrong.", by=reader)
    changed = complete(reader, summary="As mended.")
    cases.save(case, cases.view(case, by=reader).version, changed, by=reader)
    again = receipts.check(receipt.content_hash, by=reader)
    assert again.kept_whole
    assert again.changed == ("summary",)


def test_a_receipt_whose_content_was_tampered_with_says_so(
    signed_in: SignIn, database: Database
) -> None:
    reader = signed_in(READER)
    case = begun(reader)
    receipt = cases.submit(case, cases.view(case, by=reader).version, by=reader)
    with every_row_of(database).writing.begin() as connection:
        connection.execute(
            text("UPDATE case_receipt SET content = :content WHERE number = :number"),
            {"content": '{"fields": {}}', "number": receipt.number},
        )
    assert not receipts.check(receipt.content_hash, by=reader).kept_whole


@pytest.mark.parametrize("said", ["", "abc", "zz" * 20, "0" * 64, "%"])
def test_what_is_no_receipt_is_refused(signed_in: SignIn, said: str) -> None:
    with pytest.raises(NotFound, match="no such receipt"):
        receipts.check(said, by=signed_in(READER))


def test_a_receipt_is_shown_to_those_who_see_the_case_alone(signed_in: SignIn) -> None:
    reader = signed_in(READER)
    case = begun(reader)
    receipt = cases.submit(case, cases.view(case, by=reader).version, by=reader)
    assert receipts.check(receipt.content_hash, by=signed_in(LEAD)).kept_whole
    for stranger in ("marcus-inspector", "rhodri-inspector"):
        with pytest.raises(NotFound):
            receipts.check(receipt.content_hash, by=signed_in(stranger))


def test_the_submission_stands_on_the_trail(signed_in: SignIn, database: Database) -> None:
    reader = signed_in(READER)
    case = begun(reader)
    cases.submit(case, cases.view(case, by=reader).version, by=reader)
    with every_row_of(database).reading() as session:
        last = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    assert last is not None
    assert (last.action, last.subject) == ("case.submitted", f"case {case}")
