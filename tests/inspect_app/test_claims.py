"""Claims: written by the lead, held against what counts, answered for before a release."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from data_model import counted
from data_model.forms import ClaimAnswerForm, ClaimForm, checked
from data_model.records import AuditEvent, Claim, ClaimWording, Figure, Inspection
from data_model.vocabulary import ChecklistItem, ClaimStanding
from inspect_app.errors import Conflict, NotAllowed, NotFound, Refusal
from inspect_app.publishing.content import PublishedClaim
from inspect_app.services import (
    claims,
    inspections,
    recommendation_drafts,
    release,
    release_values,
    trail,
)
from inspect_app.services.claim_values import ClaimValue
from inspect_app.services.release import Scope
from inspect_app.services.release_checks import Outstanding
from inspect_app.services.release_claims import narrative
from inspect_app.signed_in import SignedIn
from metrics.claims import ENOUGH, Known
from tests.support.releasing import handed_over

SignIn = Callable[[str], SignedIn]
LEAD, PUBLISHER = "priya-lead", "samira-publisher"
JTAI, BRACKEN, REAUDIT, READING = (
    "ALD-2025-JTAI",
    "BRK-2025-AUDIT",
    "ALD-2026-REAUDIT",
    "CWM-2026-NCPI",
)
BOYS = "BRK-2025-AUDIT-C5"
ANSWER = checked(ClaimAnswerForm, {"answer": "The list held no boy, so nobody could tell."})


def form(**changes: object) -> ClaimForm:
    """Return praise of risk assessment, with these changes."""
    said = {"text": "Assessments asked what had happened.", "direction": "positive"}
    return checked(ClaimForm, {**said, "themes": ["T3"], **changes})


def told(code: str, by: SignedIn) -> ClaimValue:
    """Return a claim as its inspection's narrative has it."""
    held = claims.narrative(code.rsplit("-", 1)[0], by=by).claims
    return next(each for each in held if each.code == code)


def written(by: SignedIn, inspection: str = JTAI, **changes: object) -> ClaimValue:
    """Write a claim and return it as it stands."""
    return told(claims.write(inspection, form(**changes), by=by), by)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({}, "contradicted (16 cases: 4/5/7)"),
        ({"direction": "negative"}, "supported (16 cases: 4/5/7)"),
        ({"direction": "mixed"}, "supported (16 cases: 4/5/7)"),
        ({"themes": []}, "unsupported (linked to no evidence)"),
        ({"themes": ["T5"]}, "unsupported (4 cases: 1/2/1, too few to say)"),
    ],
)
def test_how_a_claim_stands_is_computed_and_said_with_its_counts(
    signed_in: SignIn, changes: dict[str, Any], says: str
) -> None:
    assert written(signed_in(LEAD), **changes).says == says


def test_themes_that_differ_leave_a_claim_mixed_and_each_is_named(signed_in: SignIn) -> None:
    held = written(signed_in(LEAD), REAUDIT, themes=["T3", "T4"])
    assert held.standing is ClaimStanding.MIXED
    assert held.says == (
        "mixed (Risk, harm and outcomes: 14 cases: 5/5/4; Missing and in care: 12 cases: 8/3/1)"
    )
    assert held.says_welsh.startswith("cymysg (Risg, niwed a chanlyniadau: 14 achos: 5/5/4;")


def _graded(grade: str, by: SignedIn, theme: str = "T2") -> list[int]:
    offered = recommendation_drafts.draft(JTAI, by=by).findings
    return [each.finding for each in offered if each.theme == theme and each.grade == grade]


def test_findings_that_the_writer_chose_never_outdo_their_theme(signed_in: SignIn) -> None:
    lead = signed_in(LEAD)
    chosen = _graded("Good", lead)
    assert len(chosen) == 5
    held = written(lead, themes=["T2"], findings=chosen)
    assert held.says == "mixed (findings that the writer chose from 16 cases: 5/7/4)"
    fewer = written(lead, themes=["T2"], findings=chosen[:4])
    assert fewer.standing is ClaimStanding.UNSUPPORTED


def test_findings_of_another_theme_or_inspection_are_refused(signed_in: SignIn) -> None:
    lead = signed_in(LEAD)
    chosen = _graded("Good", lead)[:1]
    with pytest.raises(Refusal, match="1 of the chosen findings are not of the linked themes"):
        claims.write(JTAI, form(themes=["T3"], findings=chosen), by=lead)
    with pytest.raises(Refusal, match="not of the linked themes of BRK-2025-AUDIT"):
        claims.write(BRACKEN, form(themes=["T2"], findings=chosen), by=lead)


def test_nothing_counts_before_the_findings_are_agreed(signed_in: SignIn) -> None:
    held = claims.narrative(READING, by=signed_in(LEAD))
    assert not held.agreed
    assert {each.says for each in held.claims} == {
        "unsupported (nothing counts before the findings are agreed)"
    }
    assert held.claims[0].text_welsh == (
        "Mae rhywun y mae plant sy'n mynd ar goll yn ymddiried ynddo yn siarad â nhw."
    )


def test_an_inspection_opened_again_counts_for_nothing_until_it_is_agreed(
    signed_in: SignIn,
) -> None:
    lead = signed_in(LEAD)
    inspections.reopen(JTAI, "One case is read again.", by=lead)
    standings = {each.standing for each in claims.narrative(JTAI, by=lead).claims}
    assert standings == {ClaimStanding.UNSUPPORTED}


@pytest.mark.parametrize(
    ("indicator", "positive"),
    [
        ("rhi-accepted", ClaimStanding.SUPPORTED),
        ("rhi-offered", ClaimStanding.MIXED),  # improved, and still misses the target
        ("rhi-in-time-of-referred", ClaimStanding.CONTRADICTED),
        ("missing-incidents", ClaimStanding.UNSUPPORTED),
        ("cse-flags", ClaimStanding.UNSUPPORTED),
    ],
)
def test_an_indicator_bears_a_claim_out_by_published_figures_that_changed_beyond_chance(
    signed_in: SignIn, indicator: str, positive: ClaimStanding
) -> None:
    lead = signed_in(LEAD)
    held = written(lead, themes=[], indicators=[indicator])
    assert held.says == "unsupported (nothing can be told from its published figures)"
    _publish(indicator, lead)
    assert told(held.code, lead).standing is positive


def _publish(indicator: str, by: SignedIn) -> None:
    """Have every figure of Aldermere of this indicator published."""
    query = select(Figure).where(Figure.indicator == indicator, Figure.area_code == "X06000001")
    with by.recording() as session:
        for figure in session.scalars(query):
            figure.published = True
        counted.move(session, "X06000001", trail.note(session, by, "returns.published", indicator))


def test_a_claim_outside_the_scope_or_on_an_unknown_indicator_is_refused(
    signed_in: SignIn,
) -> None:
    lead = signed_in(LEAD)
    with pytest.raises(Refusal, match="Not in the scope of BRK-2025-AUDIT: T6"):
        claims.write(BRACKEN, form(themes=["T6"]), by=lead)
    with pytest.raises(Refusal, match="There is no indicator good-weather"):
        claims.write(BRACKEN, form(indicators=["good-weather"]), by=lead)


@pytest.mark.parametrize("field", ["text", "text_welsh"])
def test_words_that_blame_or_identify_need_another_wording_or_a_reason(
    signed_in: SignIn, field: str
) -> None:
    lead = signed_in(LEAD)
    said = {field: "Staff wrote down 07700 900123 and that she was placing herself at risk."}
    with pytest.raises(Refusal, match=r"07700 900123.*placing herself at risk") as refused:
        claims.write(JTAI, form(**said), by=lead)
    assert "quotation marks" in refused.value.advice
    kept = written(lead, **said, kept_because="An invented number that leads to nobody.")
    with lead.reading() as session:
        wording = session.get_one(ClaimWording, (kept.code, 1))
        assert wording.kept_because == "An invented number that leads to nobody."


def test_the_names_of_the_inspected_bodies_may_be_said_in_both_languages(
    signed_in: SignIn,
) -> None:
    said = {"text": "Cwm Helyg Council listens.", "text_welsh": "Mae Cyngor Cwm Helyg yn gwrando."}
    held = claims.write(READING, form(**said), by=signed_in(LEAD))
    assert held == "CWM-2026-NCPI-C5"


def test_rewording_keeps_every_wording_and_ends_the_answer(signed_in: SignIn) -> None:
    publisher = signed_in(PUBLISHER)
    before = told(BOYS, publisher)
    assert before.answer is not None
    claims.reword(BOYS, form(themes=["T5"]), before.version, by=publisher)
    after = told(BOYS, publisher)
    assert (after.text, after.answer, after.outstanding) == (form().text, None, True)
    with publisher.reading() as session:
        kept = session.scalars(
            select(ClaimWording.text)
            .where(ClaimWording.claim == BOYS)
            .order_by(ClaimWording.edition)
        ).all()
        assert kept == [before.text, form().text]
        event = session.scalars(
            select(AuditEvent).where(AuditEvent.action == "claim.reworded")
        ).one()
        assert event.happened_by == PUBLISHER
        assert event.before["text"] == before.text
        assert event.before["answer"] == before.answer


def test_who_saves_second_sees_both_texts_also_where_only_links_changed(
    signed_in: SignIn,
) -> None:
    lead, publisher = signed_in(LEAD), signed_in(PUBLISHER)
    held = written(lead)
    claims.reword(held.code, form(themes=["T3", "T4"]), held.version, by=publisher)
    with pytest.raises(Conflict) as conflict:
        claims.reword(held.code, form(text="Something else was found."), held.version, by=lead)
    assert conflict.value.facts["both"] == {
        "Sentence": {"kept": held.text, "yours": "Something else was found."}
    }
    assert told(held.code, lead).themes == ("T3", "T4")


def test_a_publisher_keeps_the_findings_that_the_lead_chose_and_chooses_none(
    signed_in: SignIn,
) -> None:
    lead, publisher = signed_in(LEAD), signed_in(PUBLISHER)
    chosen = _graded("Good", lead)
    held = written(lead, themes=["T2"], findings=chosen[:4])
    claims.reword(held.code, form(themes=["T2"], findings=chosen[:3]), held.version, by=publisher)
    version = told(held.code, lead).version
    with pytest.raises(NotAllowed, match="chosen by those who read the cases"):
        claims.reword(held.code, form(themes=["T2"], findings=chosen), version, by=publisher)


def test_a_claim_that_was_taken_out_is_gone_from_the_narrative_and_its_words_are_kept(
    signed_in: SignIn,
) -> None:
    lead = signed_in(LEAD)
    held = told("ALD-2025-JTAI-C6", lead)
    claims.take_out(held.code, held.version, by=lead)
    assert held.code not in {c.code for c in claims.narrative(JTAI, by=lead).claims}
    with lead.reading() as session:
        assert session.get_one(Claim, held.code).text == held.text
    with pytest.raises(NotFound):
        claims.reword(held.code, form(), held.version + 1, by=lead)
    assert claims.write(JTAI, form(), by=lead) == "ALD-2025-JTAI-C7"


def test_only_what_must_be_answered_can_be(signed_in: SignIn) -> None:
    publisher = signed_in(PUBLISHER)
    held = told("ALD-2025-JTAI-C1", publisher)
    with pytest.raises(Refusal, match=r"needs no answer: it is supported \(16 cases: 4/5/7\)"):
        claims.answer(held.code, ANSWER, held.version, by=publisher)


def test_an_answer_holds_only_while_the_claim_stands_as_it_did(signed_in: SignIn) -> None:
    lead, publisher = signed_in(LEAD), signed_in(PUBLISHER)
    held = written(lead, themes=[], indicators=["rhi-in-time-of-referred"])
    claims.answer(held.code, ANSWER, held.version, by=publisher)
    assert not told(held.code, lead).outstanding
    _publish("rhi-in-time-of-referred", lead)
    contradicted = told(held.code, lead)
    assert contradicted.standing is ClaimStanding.CONTRADICTED
    assert contradicted.answer is None
    assert contradicted.outstanding


def test_a_release_with_praise_that_nothing_supports_is_refused_until_it_is_answered(
    signed_in: SignIn,
) -> None:
    lead, publisher = signed_in(LEAD), signed_in(PUBLISHER)
    held = written(lead, BRACKEN, themes=["T5"])
    scope = Scope(inspections=(BRACKEN,))
    draft = release.draw_up(scope, by=publisher)
    with pytest.raises(Refusal, match=r"Claims .*: 1") as refused:
        handed_over(draft, publisher)
    assert "settle what stands in the way" in refused.value.advice
    (outstanding,) = _on_checklist(draft, publisher)
    assert outstanding.about == held.code
    assert held.text in outstanding.says
    assert "unsupported (no graded case)" in outstanding.says
    claims.answer(held.code, ANSWER, held.version, by=publisher)
    handed_over(release.draw_up(scope, by=publisher), publisher)
    (printed,) = (c for c in _published(scope, publisher) if c.code == held.code)
    assert (printed.standing, printed.answer) == ("unsupported", ANSWER.answer)


def _on_checklist(held: int, by: SignedIn) -> list[Outstanding]:
    checked = release_values.view(held, by=by).checklist
    (item,) = (each for each in checked if each.item.code is ChecklistItem.CLAIMS)
    return [found.outstanding for found in item.found]


def test_a_release_with_praise_that_nothing_supports_is_made_once_it_is_changed(
    signed_in: SignIn,
) -> None:
    lead, publisher = signed_in(LEAD), signed_in(PUBLISHER)
    held = written(lead, BRACKEN, themes=["T5"])
    changed = form(text="No case of a boy could be graded.", direction="negative", themes=["T5"])
    claims.reword(held.code, changed, held.version, by=publisher)
    scope = Scope(inspections=(BRACKEN,))
    handed_over(release.draw_up(scope, by=publisher), publisher)


def _published(scope: Scope, by: SignedIn) -> list[PublishedClaim]:
    with by.reading() as session:
        planned = release.content(session, scope, by)
    return [claim for inspection in planned.inspections for claim in inspection.claims]


def test_a_release_prints_no_count_of_a_line_that_it_withholds(signed_in: SignIn) -> None:
    printed = {c.code: c for c in _published(Scope(inspections=(REAUDIT,)), signed_in(PUBLISHER))}
    withheld = printed["ALD-2026-REAUDIT-C1"]
    assert withheld.standing == "supported"
    assert withheld.says == "supported (14 cases read; how they were graded is withheld)"
    assert withheld.says_welsh == (
        "wedi'i gefnogi (14 achos a ddarllenwyd; mae'r graddau wedi'u hatal)"
    )
    assert printed["ALD-2026-REAUDIT-C2"].says == "supported (14 cases: 5/5/4)"


def test_published_sentences_stand_on_published_grades_and_praise_without_any_on_nothing(
    signed_in: SignIn,
) -> None:
    durham = ("OFSTED-2019-09-E06000047", "HMICFRS-2020-03-E23000008", "HMIC-2016-E23000001")
    printed = {c.code: c for c in _published(Scope(inspections=durham), signed_in(PUBLISHER))}
    strong = printed["OFSTED-2019-09-E06000047-S1"]
    assert strong.text.startswith("The strength of the local authority's and partners' response")
    assert strong.standing == "unsupported"
    assert strong.says == (
        "unsupported (Missing and in care: no graded case; Child sexual exploitation: 18 cases "
        "read; how they were graded is not published)"
    )
    assert printed["HMICFRS-2020-03-E23000008-S1"].says == "supported (9 cases: 1/2/6)"
    assert printed["HMICFRS-2020-03-E23000008-S4"].says == (
        "unsupported (the sentence names nothing that cases were read for)"
    )
    assert printed["HMIC-2016-E23000001-S1"].says == (
        "supported (36 cases: 36 requires improvement or inadequate)"
    )


def test_every_agreed_inspection_of_the_samples_shows_all_four_standings_and_waits_for_nothing(
    signed_in: SignIn,
) -> None:
    by = signed_in(PUBLISHER)
    for inspection in (JTAI, BRACKEN, REAUDIT):
        held = claims.narrative(inspection, by=by).claims
        assert {each.standing for each in held} == set(ClaimStanding)
        assert 4 <= len(held) <= 8
        assert any(c.answer for c in held if c.standing is ClaimStanding.UNSUPPORTED)
        assert not any(each.outstanding for each in held)
    assert {each.outstanding for each in claims.told(by=by)} == {0}


def test_sentences_of_other_publications_are_not_ours_to_write(signed_in: SignIn) -> None:
    with pytest.raises(Refusal, match="its sentences are those it published"):
        claims.write("OFSTED-2019-09-E06000047", form(), by=signed_in(LEAD))


def test_a_lead_of_elsewhere_writes_nothing_and_who_does_not_see_it_finds_nothing(
    signed_in: SignIn,
) -> None:
    elsewhere = signed_in("nadia-auditor")
    with pytest.raises(NotAllowed, match="You do not lead inspection ALD-2025-JTAI"):
        claims.write(JTAI, form(), by=elsewhere)
    with pytest.raises(NotFound):
        claims.narrative(READING, by=signed_in("joanna-director"))


def test_what_the_claims_of_a_release_give_away_of_withheld_themes_is_told_to_its_attacker(
    signed_in: SignIn,
) -> None:
    publisher = signed_in(PUBLISHER)
    with publisher.reading() as session:
        (planned,) = release.content(session, Scope(inspections=(REAUDIT,)), publisher).inspections
        held = session.get_one(Inspection, REAUDIT)
        snapshot = counted.snapshot(session, publisher.database.snapshots)
        told = narrative(session, [held], snapshot, publisher)
        known = told.gives_away(held, planned.evidence)
    mostly_good, mostly_not = Known(1, -1, 0), Known(-1, 1, 1)
    assert known == {"T4": {ENOUGH, mostly_good}, "T8": {ENOUGH, mostly_not}}
