"""Words pointed out are answered on the record; a quotation never answers for one's own."""

import pytest
from sqlalchemy import select

from data_model.database import Database
from data_model.records import AuditEvent
from data_model.vocabulary import WordingReply
from inspect_app.errors import Refusal
from inspect_app.services import cases, keeping, wording
from tests.support.cases import LEAD, READER, SignIn, begun
from tests.support.looking import every_row_of

OWN = "In my view she was placing herself at risk."
QUOTED = "The plan says “she was placing herself at risk”."


def test_ones_own_words_are_pointed_out_until_they_are_answered(signed_in: SignIn) -> None:
    reader = signed_in(READER)
    case = begun(reader, summary=OWN)
    held = cases.view(case, by=reader)
    (one,) = held.pointed_out
    assert (one.path, one.answered) == ("summary", False)
    with pytest.raises(Refusal, match="pointed out and not answered"):
        cases.submit(case, held.version, by=reader)
    wording.answer(
        case, "summary", one.concern.said, WordingReply.KEPT, "It is my summary.", by=reader
    )
    cases.submit(case, cases.view(case, by=reader).version, by=reader)


def test_a_quotation_needs_no_answer(signed_in: SignIn) -> None:
    reader = signed_in(READER)
    case = begun(reader, summary=QUOTED)
    (one,) = cases.view(case, by=reader).pointed_out
    assert one.concern.quoted
    cases.submit(case, cases.view(case, by=reader).version, by=reader)


@pytest.mark.parametrize("text", [f"{QUOTED} {OWN}", f"{OWN} {QUOTED}"])
def test_a_quotation_does_not_answer_for_the_same_words_as_ones_own(
    signed_in: SignIn, text: str
) -> None:
    reader = signed_in(READER)
    case = begun(reader, summary=text)
    assert any(not one.answered for one in cases.view(case, by=reader).pointed_out)


def test_text_that_is_typed_and_not_saved_is_looked_at_too(signed_in: SignIn) -> None:
    reader = signed_in(READER)
    case = begun(reader)
    keeping.keep(case, "T2.reason", "I spoke to Chantelle Hughes.", "Seen in the plan.", by=reader)
    found = {one.path for one in cases.view(case, by=reader).pointed_out}
    assert found == {"T2.reason"}


def test_keeping_words_needs_a_reason_and_nobody_else_answers(signed_in: SignIn) -> None:
    reader = signed_in(READER)
    case = begun(reader, summary=OWN)
    (one,) = cases.view(case, by=reader).pointed_out
    with pytest.raises(Refusal, match="need a reason"):
        wording.answer(case, "summary", one.concern.said, WordingReply.KEPT, " ", by=reader)
    with pytest.raises(Refusal):
        wording.answer(
            case, "summary", one.concern.said, WordingReply.QUOTATION, None, by=signed_in(LEAD)
        )


def test_the_answer_is_on_the_record(signed_in: SignIn, database: Database) -> None:
    reader = signed_in(READER)
    case = begun(reader, summary=OWN)
    (one,) = cases.view(case, by=reader).pointed_out
    wording.answer(case, "summary", one.concern.said, WordingReply.QUOTATION, None, by=reader)
    with every_row_of(database).reading() as session:
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
    assert event is not None
    assert event.after == {"field": "summary", "reply": "quotation", "words": one.concern.said}


def test_the_names_of_the_inspections_bodies_and_places_identify_nobody(
    signed_in: SignIn,
) -> None:
    reader = signed_in(READER)
    text = "Cwm Helyg Council and Helyg Valleys Police met within the day."
    case = begun(reader, summary=text)
    assert cases.view(case, by=reader).pointed_out == ()
