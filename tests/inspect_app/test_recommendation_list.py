"""The list of answers: narrowed, ordered, counted and paged in the database, as each may see."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from data_model.vocabulary import RecommendationKind
from inspect_app.services import (
    answer_dates,
    answers_file,
    recommendation_list,
    waiting,
)
from inspect_app.services.answer_dates import What
from inspect_app.services.labels import NOT_FOLLOWED
from inspect_app.services.recommendation_list import AnswerLine, Wanted
from inspect_app.services.recommendation_stands import Order, Stands
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis
from tests.support.cast import EVERYONE_ELSE
from tests.support.recommending import (
    CODE,
    COUNCIL,
    POLICE,
    SignIn,
    accepted,
    drafted,
    evidence,
    published,
    step,
)


def codes(by: SignedIn, **wanted: object) -> set[str]:
    """Return the codes of what is wanted."""
    return {line.code for line in recommendation_list.every(Wanted(**wanted), by=by)}  # type: ignore[arg-type]


def line_of(by: SignedIn, code: str = CODE, body: str = COUNCIL) -> AnswerLine:
    """Return one answer as a line."""
    lines = recommendation_list.every(Wanted(), by=by)
    return next(x for x in lines if (x.code, x.organisation) == (code, body))


def test_each_way_of_standing_counts_what_it_lists_for_everybody(signed_in: SignIn) -> None:
    accepted(signed_in)
    for person in EVERYONE_ELSE:
        by = signed_in(person)
        numbers = recommendation_list.counts(Wanted(), by=by)
        for stands, number in numbers.items():
            listed = recommendation_list.every(Wanted(stands), by=by)
            assert len(listed) == number, (person, stands)
        assert numbers[Stands.ALL] == len(recommendation_list.every(Wanted(), by=by))


def test_pages_hold_every_line_once_in_order(signed_in: SignIn) -> None:
    lead = signed_in("priya-lead")
    for order in Order:
        wanted = Wanted(order=order)
        whole = recommendation_list.every(wanted, by=lead)
        first = recommendation_list.page_of(wanted, by=lead, size=4)
        paged = [
            line
            for page in range(1, first.pages + 1)
            for line in recommendation_list.page_of(
                replace(wanted, page=page), by=lead, size=4
            ).lines
        ]
        assert tuple(paged) == whole
        assert first.total == len(whole)
        assert first.recommendations == len({line.code for line in whole})
        beyond = recommendation_list.page_of(replace(wanted, page=99), by=lead, size=4)
        assert beyond.page == first.pages


def test_orders_are_what_they_say(signed_in: SignIn) -> None:
    lead = signed_in("priya-lead")
    by = {order: recommendation_list.every(Wanted(order=order), by=lead) for order in Order}
    made = [line.made_on for line in by[Order.NEWEST]]
    assert made == sorted(made, reverse=True)
    for order, name in ((Order.RESPONSE, "response_due_on"), (Order.ORIGINAL, "original_due_on")):
        days = [getattr(line, name) or date.max for line in by[order]]
        assert days == sorted(days)
    slips = [line.slips for line in by[Order.SLIPS]]
    assert slips == sorted(slips, reverse=True)


def test_every_narrowing_leaves_only_what_fits(signed_in: SignIn) -> None:
    accepted(signed_in, kind="immediate")
    lead = signed_in("priya-lead")
    everything = recommendation_list.every(Wanted(), by=lead)
    for wanted, field, value in (
        (Wanted(body=POLICE), "organisation", POLICE),
        (Wanted(inspection="BRK-2025-AUDIT"), "inspection", "BRK-2025-AUDIT"),
        (Wanted(kind=RecommendationKind.IMMEDIATE), "kind", RecommendationKind.IMMEDIATE),
    ):
        expected = {line for line in everything if getattr(line, field) == value}
        assert set(recommendation_list.every(wanted, by=lead)) == expected
        assert expected
    assert codes(lead, area="X06000002") == {c for c in codes(lead) if c.startswith("BRK")}
    assert CODE in codes(lead, theme="T3")
    assert CODE not in codes(lead, theme="T5")
    assert codes(lead, words="look EVERY again") == {CODE}
    assert codes(lead, words="100%_") == set()
    assert codes(signed_in("joanna-director"), own=True) == {
        x.code for x in everything if x.organisation == COUNCIL and not x.draft
    }
    verifier = signed_in("ruth-verifier")
    others = recommendation_list.every(Wanted(others=True), by=verifier)
    assert {line.organisation for line in others} >= {COUNCIL, POLICE}


def test_a_line_says_claimed_and_shown_apart_with_the_days_between(signed_in: SignIn) -> None:
    accepted(signed_in)
    director, verifier = signed_in("joanna-director"), signed_in("ruth-verifier")
    step(director, Axis.DELIVERY, to="claimed")
    held = line_of(director)
    assert (held.claimed_on, held.shown_on, held.days_to_effect) == (director.today, None, 0)
    assert CODE in codes(director, stands=Stands.CLAIMED, own=True)
    evidence(director, "E4", gathered_by="aldermere-health")
    assert CODE in codes(verifier, stands=Stands.TO_VERIFY)
    step(verifier, Axis.ASSURANCE, to="effect_shown")
    assert line_of(director).shown_on == verifier.today
    assert CODE not in codes(verifier, stands=Stands.TO_VERIFY)
    assert CODE not in codes(director, stands=Stands.CLAIMED, own=True)
    assert CODE in codes(director, stands=Stands.SHOWN, own=True)
    evidence(director, "E4", gathered_by="aldermere-health")
    assert CODE in codes(verifier, stands=Stands.TO_VERIFY)


def test_evidence_sent_back_late_answers_and_untested_closings_are_found(
    signed_in: SignIn,
) -> None:
    accepted(signed_in)
    published(signed_in, code="ALD-2025-R10")
    director, verifier = signed_in("joanna-director"), signed_in("ruth-verifier")
    assert "ALD-2025-R10" in codes(director, stands=Stands.LATE, own=True)
    assert "ALD-2025-R10" in codes(director, stands=Stands.THIS_WEEK, own=True)
    assert CODE not in codes(director, stands=Stands.LATE, own=True)
    evidence(director, "E1")
    step(verifier, Axis.ASSURANCE, to="insufficient", reason="Nothing shows that it happened.")
    assert CODE in codes(director, stands=Stands.SENT_BACK, own=True)
    step(verifier, Axis.CLOSING, to="closed", reason="Its service ended.")
    assert CODE not in codes(director, stands=Stands.SENT_BACK, own=True)
    assert CODE in codes(director, stands=Stands.UNTESTED_CLOSED, own=True)


def test_a_draft_is_listed_for_its_lead_alone(signed_in: SignIn) -> None:
    drafted(signed_in)
    lead = signed_in("priya-lead")
    assert CODE in codes(lead, stands=Stands.DRAFT)
    assert line_of(lead).label == recommendation_list.DRAFT
    for person in set(EVERYONE_ELSE) - {"priya-lead"}:
        assert CODE not in codes(signed_in(person))


def test_what_is_not_followed_here_says_so_and_is_neither_late_nor_awaited(
    signed_in: SignIn,
) -> None:
    lead = signed_in("priya-lead")
    lines = recommendation_list.every(Wanted(Stands.NOT_FOLLOWED), by=lead)
    assert lines
    assert {line.label for line in lines} == {NOT_FOLLOWED["en"]}
    for stands in (Stands.LATE, Stands.AWAITED, Stands.OVERDUE, Stands.THIS_WEEK):
        assert not codes(lead, stands=stands) & {line.code for line in lines}


def test_the_dates_of_a_body_are_its_own_and_in_order(signed_in: SignIn) -> None:
    published(signed_in)
    director = signed_in("joanna-director")
    dated = answer_dates.coming(by=director)
    assert [each.on for each in dated] == sorted(each.on for each in dated)
    assert (date(2025, 12, 1), What.RESPONSE, CODE) in {(d.on, d.what, d.code) for d in dated}
    step(director, Axis.RESPONSE, **{**DUE, "due_on": "2096-01-01"})
    later = {(d.on, d.what) for d in answer_dates.coming(by=director) if d.code == CODE}
    assert later == {(date(2096, 1, 1), What.WORK)}
    assert CODE not in {d.code for d in answer_dates.coming(by=signed_in("meilin-director"))}


DUE: dict[str, Any] = {
    "to": "accepted",
    "steps": "Read each case.",
    "role_named": "Head of service",
}


def test_the_dates_can_be_taken_away_and_pages_hold_each_of_them_once(
    signed_in: SignIn,
) -> None:
    director = signed_in("joanna-director")
    whole = answer_dates.coming(by=director)
    first = answer_dates.page_of(1, 4, by=director)
    pages = [answer_dates.page_of(n, 4, by=director).lines for n in range(1, first.pages + 1)]
    assert tuple(each for page in pages for each in page) == whole
    assert (first.total, first.past) == (
        len(whole),
        sum(each.on < director.today for each in whole),
    )
    rows = answers_file.dates_as_csv(by=director).decode("utf-8-sig").splitlines()
    assert len(rows) == 1 + len(whole)
    assert rows[1].startswith(whole[0].on.isoformat())


def test_a_lead_finds_the_evidence_that_waits_on_their_own_inspections(
    signed_in: SignIn,
) -> None:
    accepted(signed_in)
    evidence(signed_in("joanna-director"), "E2")
    lead, verifier = signed_in("priya-lead"), signed_in("ruth-verifier")
    assert CODE in codes(lead, stands=Stands.TO_VERIFY, led=True)
    assert codes(verifier, stands=Stands.TO_VERIFY, led=True) == set()
    piles = {pile.title: pile for pile in waiting.piles(by=lead)}
    waits = piles["Evidence waiting to be tested, on inspections you lead"]
    assert waits.number == len(
        recommendation_list.every(Wanted(Stands.TO_VERIFY, led=True), by=lead)
    )


def test_the_file_holds_every_line_and_nothing_that_a_spreadsheet_would_run(
    signed_in: SignIn,
) -> None:
    published(signed_in, title="=HYPERLINK(1) is not run")
    lead = signed_in("priya-lead")
    text = answers_file.as_csv(Wanted(), by=lead).decode("utf-8-sig")
    rows = text.splitlines()
    assert len(rows) == 1 + len(recommendation_list.every(Wanted(), by=lead))
    assert "'=HYPERLINK(1) is not run" in text
    assert ",=HYPERLINK" not in text


@pytest.mark.parametrize("person", EVERYONE_ELSE)
def test_nobody_lists_what_they_may_not_see(signed_in: SignIn, person: str) -> None:
    by = signed_in(person)
    seen = codes(by)
    choices = recommendation_list.choices(by=by)
    lines = recommendation_list.every(Wanted(), by=by)
    assert {line.inspection for line in lines if line.inspection} <= set(choices.inspections) | {
        line.inspection for line in lines if line.organisation == by.standing.organisation
    }
    if person == "harpreet-director":
        assert not {code for code in seen if code.startswith("ALD-2025-R")}
