"""Recommendations: where one comes from, what it hangs on, and when its words are fixed."""

from datetime import date

import pytest
from sqlalchemy import select

from data_model.database import Database
from data_model.forms import EnteredForm, RecommendationForm, StepForm, WordingForm, checked
from data_model.records import CaseFile, Moderation, RecommendationWording
from inspect_app.errors import Conflict, NotAllowed, NotFound, Refusal
from inspect_app.services import (
    inspections,
    recommendation_drafts,
    recommendation_list,
    recommendations,
    steps,
)
from inspect_app.services.recommendation_list import Wanted
from inspect_app.services.steps import Which
from inspect_app.workflow import Axis
from tests.support.looking import every_row_of
from tests.support.recommending import (
    CODE,
    COUNCIL,
    PLAN,
    POLICE,
    PUBLISHED_ON,
    WRITTEN,
    SignIn,
    candidates,
    drafted,
    owner,
    published,
)

ENTERED = {
    "code": "PFD-2026-1",
    "title": "Say who holds the record of a missing child",
    "text": "The council should say who holds the record of each missing child.",
    "quotation": "The council must say who holds the record of each missing child.",
    "source": "Report to prevent future deaths, Aldermere coroner (invented)",
    "paragraph": "5(2)",
    "themes": ["T4"],
    "bodies": [COUNCIL],
    "published_on": "2026-01-31",
}


def test_a_recommendation_hangs_on_countable_findings(signed_in: SignIn) -> None:
    published(signed_in)
    view = recommendations.view(CODE, by=signed_in("priya-lead"))
    assert view.findings_behind == 3
    behind = recommendations.findings_behind(CODE, by=signed_in("priya-lead"))
    assert {finding.reference is not None for finding in behind} == {True}
    assert sum(view.grades.values()) == len(behind)


def test_without_a_finding_or_a_reason_it_is_refused() -> None:
    with pytest.raises(Refusal, match="hangs on no finding and gives no reason"):
        checked(RecommendationForm, WRITTEN)


def test_findings_of_another_inspection_are_refused(signed_in: SignIn) -> None:
    lead = signed_in("priya-lead")
    other = candidates("BRK-2025-AUDIT", lead)[:1]
    form = checked(RecommendationForm, {**WRITTEN, "findings": other})
    with pytest.raises(Refusal, match="not counted findings of inspection ALD-2025-JTAI"):
        recommendations.write(form, by=lead)
    with pytest.raises(NotFound):
        recommendations.view(CODE, by=lead)


def test_only_the_inspections_lead_writes_one(signed_in: SignIn) -> None:
    form = checked(RecommendationForm, {**WRITTEN, "reason": "It follows from the whole."})
    with pytest.raises(NotAllowed):
        recommendations.write(form, by=signed_in("marcus-inspector"))


def test_references_behind_it_are_for_its_readers_only(signed_in: SignIn) -> None:
    published(signed_in)
    for person in ("joanna-director", "patrick-board", "samira-publisher"):
        behind = recommendations.findings_behind(CODE, by=signed_in(person))
        assert len(behind) == 3
        assert {(f.reference, f.case_id, f.reason) for f in behind} == {(None, None, None)}


def test_what_a_publication_asked_is_not_followed_here_and_says_so(signed_in: SignIn) -> None:
    director = signed_in("joanna-director")
    view = recommendations.view("IICSA-CSEN-R6", by=director)
    assert view.response_due_on == date(2022, 8, 1)
    assert not view.followed_here
    which = Which("IICSA-CSEN-R6", view.owners[0].organisation)
    with pytest.raises(Refusal, match="is not followed here"):
        steps.step(which, Axis.RESPONSE, checked(StepForm, PLAN), by=director)


def test_someone_elsewhere_does_not_see_an_areas_recommendations(signed_in: SignIn) -> None:
    elsewhere = signed_in("harpreet-director")
    codes = {line.code for line in recommendation_list.every(Wanted(), by=elsewhere)}
    assert not {code for code in codes if code.startswith("ALD")}
    assert {code for code in codes if code.startswith("BRK")}
    with pytest.raises(NotFound):
        recommendations.view("ALD-2025-R1", by=elsewhere)


def test_an_awaited_response_past_its_date_is_late(signed_in: SignIn) -> None:
    published(signed_in)
    assert owner(signed_in).response_late_on(date(2025, 12, 2))
    assert not owner(signed_in).response_late_on(date(2025, 12, 1))


def test_a_lead_of_nothing_has_no_findings_to_choose(signed_in: SignIn) -> None:
    by = signed_in("priya-lead")
    assert not set(candidates("ALD-2025-JTAI", by)) & set(candidates("BRK-2025-AUDIT", by))
    with pytest.raises(NotFound):
        inspections.workspace("NONE-1", by=by)


def test_nothing_is_recommended_before_findings_are_agreed(signed_in: SignIn) -> None:
    sent = {**WRITTEN, "inspection": "CWM-2026-NCPI", "reason": "From the whole."}
    with pytest.raises(Refusal, match="are not agreed yet"):
        recommendations.write(checked(RecommendationForm, sent), by=signed_in("priya-lead"))


def test_an_invented_recommendation_never_goes_to_a_real_body(signed_in: SignIn) -> None:
    sent = {**WRITTEN, "bodies": ["council-e06000047"], "reason": "From the whole."}
    with pytest.raises(Refusal, match="real and invented"):
        recommendations.write(checked(RecommendationForm, sent), by=signed_in("priya-lead"))


def test_a_body_named_twice_is_one_owner(signed_in: SignIn) -> None:
    sent = {**WRITTEN, "bodies": [COUNCIL, COUNCIL], "themes": ["T3", "T3"], "reason": "Whole."}
    recommendations.write(checked(RecommendationForm, sent), by=signed_in("priya-lead"))
    assert len(recommendations.view(CODE, by=signed_in("priya-lead")).owners) == 1


def test_a_recommendation_hangs_on_the_grade_that_counts_and_on_no_second_reading(
    database: Database, signed_in: SignIn
) -> None:
    lead = signed_in("priya-lead")
    with every_row_of(database).reading() as session:
        decided = session.scalars(select(Moderation)).first()
        assert decided is not None
        case = session.get_one(CaseFile, decided.case_id)
        inspection, findings = case.inspection, list(case.findings)
    of_theme = [finding for finding in findings if finding.theme == decided.theme]
    first = next(finding for finding in of_theme if finding.reader == case.read_by)
    others = {finding.id for finding in findings if finding.reader != case.read_by}
    offered = recommendation_drafts.draft(inspection, by=lead).findings
    words = {"good": "Good", "requires_improvement": "Requires improvement"}
    words["inadequate"] = "Inadequate"
    by_id = {one.finding: one.grade for one in offered}
    assert by_id[first.id] == words[decided.grade or ""]
    assert others
    assert not others & set(by_id)
    sent = {**WRITTEN, "inspection": inspection, "findings": sorted(others)[:1]}
    with pytest.raises(Refusal, match="are not counted findings"):
        recommendations.write(checked(RecommendationForm, sent), by=lead)
    hung = checked(
        RecommendationForm, {**WRITTEN, "inspection": inspection, "findings": [first.id]}
    )
    recommendations.write(hung, by=lead)
    assert recommendations.view(CODE, by=lead).grades == {decided.grade: 1}
    behind = recommendations.findings_behind(CODE, by=lead)
    assert [(one.grade, one.reason) for one in behind] == [(by_id[first.id], decided.reason)]


def test_a_draft_is_its_leads_alone_and_nobody_answers_it(signed_in: SignIn) -> None:
    drafted(signed_in)
    lead, director = signed_in("priya-lead"), signed_in("joanna-director")
    assert recommendations.view(CODE, by=lead).draft
    for person in ("joanna-director", "patrick-board", "marcus-inspector", "samira-publisher"):
        by = signed_in(person)
        with pytest.raises(NotFound):
            recommendations.view(CODE, by=by)
        assert CODE not in {line.code for line in recommendation_list.every(Wanted(), by=by)}
    with pytest.raises(NotFound):
        steps.step(Which(CODE, COUNCIL), Axis.RESPONSE, checked(StepForm, PLAN), by=director)


def test_every_wording_of_a_draft_is_kept_and_published_words_are_fixed(
    signed_in: SignIn, database: Database
) -> None:
    drafted(signed_in)
    lead = signed_in("priya-lead")
    better = checked(WordingForm, {"title": "Look again at all cases", "text": "Look at them all."})
    recommendations.reword(CODE, better, recommendations.view(CODE, by=lead).version, by=lead)
    recommendations.publish(CODE, PUBLISHED_ON, by=lead)
    with pytest.raises(Refusal, match="was published on 02 June 2025; its wording is fixed"):
        recommendations.reword(CODE, better, recommendations.view(CODE, by=lead).version, by=lead)
    with every_row_of(database).reading() as session:
        kept = session.scalars(
            select(RecommendationWording.title)
            .where(RecommendationWording.recommendation == CODE)
            .order_by(RecommendationWording.edition)
        ).all()
    assert kept == [WRITTEN["title"], "Look again at all cases"]
    assert [w.title for w in recommendations.wordings(CODE, by=lead)] == kept
    elsewhere = recommendations.wordings(CODE, by=signed_in("joanna-director"))
    assert [w.title for w in elsewhere] == kept[1:]


def test_two_who_reword_at_once_see_both_texts(signed_in: SignIn) -> None:
    drafted(signed_in)
    lead = signed_in("priya-lead")
    seen = recommendations.view(CODE, by=lead).version
    mine = checked(WordingForm, {"title": "One wording", "text": "The first of two texts."})
    yours = checked(WordingForm, {"title": "Other wording", "text": "The second of two texts."})
    recommendations.reword(CODE, mine, seen, by=lead)
    with pytest.raises(Conflict) as both:
        recommendations.reword(CODE, yours, seen, by=lead)
    assert both.value.facts["both"] == {
        "Title": {"kept": "One wording", "yours": "Other wording"},
        "Wording": {"kept": mine.text, "yours": yours.text},
    }
    assert recommendations.view(CODE, by=lead).title == "One wording"


def test_nobody_publishes_words_that_were_changed_meanwhile(signed_in: SignIn) -> None:
    drafted(signed_in)
    lead = signed_in("priya-lead")
    seen = recommendations.view(CODE, by=lead).version
    other = checked(WordingForm, {"title": "Other wording", "text": "The second of two texts."})
    recommendations.reword(CODE, other, seen, by=lead)
    with pytest.raises(Conflict, match="was changed by somebody else"):
        recommendations.publish(CODE, PUBLISHED_ON, seen, by=lead)
    assert recommendations.view(CODE, by=lead).draft


def test_the_clock_of_a_response_begins_with_publication(signed_in: SignIn) -> None:
    drafted(signed_in, response_due_on=None, made_on="2025-08-01")
    lead = signed_in("priya-lead")
    recommendations.publish(CODE, date(2025, 8, 31), by=lead)
    view = recommendations.view(CODE, by=lead)
    assert view.response_due_on == date(2026, 2, 28)
    assert {held.response_due_on for held in view.owners} == {date(2026, 2, 28)}


@pytest.mark.parametrize(
    ("day", "says"), [(date(2025, 5, 31), "cannot be published before"), (date(2096, 1, 1), "come")]
)
def test_it_is_published_neither_before_it_was_made_nor_tomorrow(
    signed_in: SignIn, day: date, says: str
) -> None:
    drafted(signed_in)
    with pytest.raises(Refusal, match=says):
        recommendations.publish(CODE, day, by=signed_in("priya-lead"))
    assert recommendations.view(CODE, by=signed_in("priya-lead")).draft


def test_a_published_one_is_entered_with_its_quotation_and_can_be_followed(
    signed_in: SignIn,
) -> None:
    form = checked(EnteredForm, {**ENTERED, "followed_here": True})
    recommendations.enter(form, by=signed_in("priya-lead"))
    view = recommendations.view("PFD-2026-1", by=signed_in("joanna-director"))
    assert view.quotation == ENTERED["quotation"]
    assert (view.published_on, view.response_due_on) == (date(2026, 1, 31), date(2026, 7, 31))
    with pytest.raises(Refusal, match="its wording is fixed"):
        recommendations.publish("PFD-2026-1", date(2026, 2, 1), by=signed_in("priya-lead"))
    which = Which("PFD-2026-1", COUNCIL)
    steps.step(which, Axis.RESPONSE, checked(StepForm, PLAN), by=signed_in("joanna-director"))


def test_a_publication_of_tomorrow_is_not_entered(signed_in: SignIn) -> None:
    form = checked(EnteredForm, {**ENTERED, "published_on": "2096-01-31"})
    with pytest.raises(Refusal, match="still to come"):
        recommendations.enter(form, by=signed_in("priya-lead"))


def test_a_response_due_before_publication_is_refused() -> None:
    with pytest.raises(Refusal, match="before its publication"):
        checked(EnteredForm, {**ENTERED, "response_due_on": "2026-01-30"})


def test_each_body_answers_for_itself(signed_in: SignIn) -> None:
    published(signed_in)
    assert {owner(signed_in, body).organisation for body in (COUNCIL, POLICE)} == {COUNCIL, POLICE}
    assert owner(signed_in, COUNCIL).id != owner(signed_in, POLICE).id
