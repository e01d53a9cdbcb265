"""Texts in Welsh: which are published, which lack it, who writes it, and when it goes."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from data_model.forms import WelshForm, checked
from data_model.records import AuditEvent, Inspection
from inspect_app.errors import Conflict, NotAllowed, NotFound, Refusal
from inspect_app.publishing.language import WELSH
from inspect_app.services import claims, inspections, release, welsh
from inspect_app.services.release import Scope
from inspect_app.services.welsh import TextValue
from inspect_app.signed_in import SignedIn
from tests.inspect_app.test_claims import form

SignIn = Callable[[str], SignedIn]
LEAD, PUBLISHER = "priya-lead", "samira-publisher"
JTAI, READING = "ALD-2025-JTAI", "CWM-2026-NCPI"
NATIONAL = "IICSA-CSEN-R5"
KINDS = {
    "title": "Cyd-arolygiad Aldermere",
    "summary": "Roedd staff yn adnabod llawer o'r plant.",
    "claim ALD-2025-JTAI-C1": "Cafodd plant lefel risg yn lle ymateb.",
    "answer ALD-2025-JTAI-C5": "Cofnodwyd y cyfarfodydd ym mhob ffeil.",
    "title ALD-2025-R2": "Plant ar goll",
    "text ALD-2025-R2": "Dylai'r cyngor a'r heddlu chwilio yr un noson.",
    "response ALD-2025-R2 aldermere-council": "Un gwasanaeth annibynnol fydd yn gwneud hyn.",
}


def text(inspection: str, key: str, by: SignedIn) -> TextValue:
    """Return one published text of an inspection."""
    return next(each for each in welsh.texts(inspection, by=by) if each.key == key)


def put(inspection: str, key: str, said: str | None, by: SignedIn) -> None:
    """Write the Welsh of a text, having read it as it stands."""
    held = text(inspection, key, by)
    welsh.write(inspection, key, checked(WelshForm, {"welsh": said}), held.english, by=by)


def test_every_kind_of_text_gets_its_welsh_into_a_release(signed_in: SignIn) -> None:
    publisher = signed_in(PUBLISHER)
    for key, said in KINDS.items():
        assert text(JTAI, key, publisher).welsh is None
        put(JTAI, key, said, publisher)
    with publisher.reading() as session:
        planned = release.content(session, Scope(inspections=(JTAI,)), publisher)
    (held,) = planned.inspections
    made = next(each for each in planned.recommendations if each.code == "ALD-2025-R2")
    council = next(owner for owner in made.owners if owner.body.startswith("Aldermere Council"))
    answered = next(each for each in held.claims if each.code == "ALD-2025-JTAI-C5")
    assert [
        held.title_welsh,
        held.summary_welsh,
        held.claims[0].text_welsh,
        answered.answer_welsh,
        made.title_welsh,
        made.text_welsh,
        council.response_text_welsh,
    ] == list(KINDS.values())


def test_welsh_that_was_written_is_taken_back_and_each_change_is_on_the_record(
    signed_in: SignIn,
) -> None:
    lead = signed_in(LEAD)
    put(JTAI, "title", "Cyd-arolygiad", lead)
    put(JTAI, "title", None, lead)
    assert text(JTAI, "title", lead).welsh is None
    about = AuditEvent.subject == f"{JTAI} title"
    with lead.reading() as session:
        events = session.scalars(select(AuditEvent).where(about)).all()
        assert [event.action for event in events] == ["welsh.written"] * 2
        assert [event.happened_by for event in events] == [LEAD] * 2


def test_what_lacks_welsh_is_said_for_welsh_bodies_and_areas_only(signed_in: SignIn) -> None:
    with signed_in(LEAD).reading() as session:
        held = session.scalars(select(Inspection)).all()
        missing = welsh.missing_welsh(session, held)
    assert [(each.of, each.key) for each in missing] == [(READING, "claim CWM-2026-NCPI-C4")]


def test_a_summary_that_is_changed_loses_its_welsh_and_one_saved_again_keeps_it(
    signed_in: SignIn,
) -> None:
    lead = signed_in(LEAD)
    inspections.summarise(READING, "Children were heard.", by=lead)
    put(READING, "summary", "Clywyd plant.", lead)
    inspections.summarise(READING, "Children were heard.", by=lead)
    assert text(READING, "summary", lead).welsh == "Clywyd plant."
    inspections.summarise(READING, "Some children were heard.", by=lead)
    assert text(READING, "summary", lead).welsh is None


def test_a_claim_that_is_reworded_loses_the_welsh_of_its_former_words(
    signed_in: SignIn,
) -> None:
    lead = signed_in(LEAD)
    put(JTAI, "claim ALD-2025-JTAI-C1", "Cafodd plant lefel risg.", lead)
    version = claims.narrative(JTAI, by=lead).claims[0].version
    claims.reword("ALD-2025-JTAI-C1", form(), version, by=lead)
    assert text(JTAI, "claim ALD-2025-JTAI-C1", lead).welsh is None


def test_welsh_of_words_that_changed_meanwhile_is_refused_with_both(signed_in: SignIn) -> None:
    lead = signed_in(LEAD)
    said = checked(WelshForm, {"welsh": "Cafodd plant lefel risg."})
    with pytest.raises(Conflict, match="says something else by now"):
        welsh.write(JTAI, "claim ALD-2025-JTAI-C1", said, "Something else.", by=lead)


def test_welsh_that_could_identify_somebody_needs_a_reason(signed_in: SignIn) -> None:
    with pytest.raises(Refusal, match="07700 900123"):
        put(JTAI, "title", "Ffoniwch 07700 900123", signed_in(LEAD))


def test_nobody_else_writes_welsh_and_no_other_text_has_any(signed_in: SignIn) -> None:
    with pytest.raises(NotAllowed, match="does not allow you to word claims"):
        put(JTAI, "title", "Cyd-arolygiad", signed_in("marcus-inspector"))
    with pytest.raises(NotAllowed, match="You do not lead inspection ALD-2025-JTAI"):
        put(JTAI, "title", "Cyd-arolygiad", signed_in("nadia-auditor"))
    said = checked(WelshForm, {"welsh": "Nodyn"})
    with pytest.raises(NotFound, match="publishes no text 'note'"):
        welsh.write(JTAI, "note", said, "", by=signed_in(LEAD))


def test_a_recommendation_of_no_inspection_gets_its_authors_welsh_into_a_release(
    signed_in: SignIn,
) -> None:
    publisher = signed_in(PUBLISHER)
    keys = [each.key for each in welsh.recommendation_texts(NATIONAL, by=publisher)]
    assert keys == [f"title {NATIONAL}", f"text {NATIONAL}"]
    for each in welsh.recommendation_texts(NATIONAL, by=publisher):
        said = checked(WelshForm, {"welsh": f"Cymraeg yr Ymchwiliad: {each.key}"})
        welsh.write_recommendation(NATIONAL, each.key, said, each.english, by=publisher)
    with publisher.reading() as session:
        planned = release.content(session, Scope(), publisher)
    made = next(each for each in planned.recommendations if each.code == NATIONAL)
    assert made.title_welsh == f"Cymraeg yr Ymchwiliad: title {NATIONAL}"
    assert made.text_welsh == f"Cymraeg yr Ymchwiliad: text {NATIONAL}"
    assert WELSH.quoted(made.text, made.text_welsh).note == ""
    other = next(each for each in planned.recommendations if each.code == "IICSA-CSEN-R6")
    assert other.text_welsh is None
    assert WELSH.quoted(other.text, other.text_welsh).note == (
        "(ein cyfieithiad ni, nid un yr awdur)"
    )


def test_only_publishers_write_the_welsh_of_a_recommendation_of_no_inspection(
    signed_in: SignIn,
) -> None:
    said = checked(WelshForm, {"welsh": "Data"})
    with pytest.raises(NotAllowed, match="It is of no inspection"):
        welsh.write_recommendation(NATIONAL, f"title {NATIONAL}", said, "", by=signed_in(LEAD))
    publisher = signed_in(PUBLISHER)
    with pytest.raises(Conflict, match="says something else by now"):
        welsh.write_recommendation(NATIONAL, f"title {NATIONAL}", said, "Other", by=publisher)
    with pytest.raises(NotFound, match="publishes no text 'note'"):
        welsh.write_recommendation(NATIONAL, "note", said, "", by=publisher)


def test_a_response_is_published_in_full_with_its_day_and_stays_when_one_is_awaited_again(
    signed_in: SignIn,
) -> None:
    publisher = signed_in(PUBLISHER)
    with publisher.reading() as session:
        planned = release.content(session, Scope(area="X06000001"), publisher)
    owners = {
        (made.code, owner.body.removesuffix(" (invented)")): owner
        for made in planned.recommendations
        for owner in made.owners
    }
    accepted = owners["ALD-2025-R2", "Aldermere Council"]
    assert str(accepted.responded_on) == "2025-07-10"
    assert (accepted.response_text or "").startswith("Bring return home interviews into one")
    partly = owners["ALD-2025-R4", "Aldermere Council"]
    assert (partly.response_text or "").startswith("We agree with what the recommendation asks")
    again = owners["ALD-2025-R1", "Aldermere Council"]
    assert again.response == "Awaiting a response"
    assert (again.response_text or "").startswith("Replace the screening form")
    assert all(owner.response_text for owner in owners.values() if owner.responded_on)
