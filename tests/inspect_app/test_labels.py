"""The honest label: whose word it is, what was tested, how late it is, in two languages."""

from datetime import date
from itertools import product

import pytest

from data_model.vocabulary import Assurance, Delivery, OrganisationKind, Response
from inspect_app.services.labels import LANGUAGES, Facts, label

TODAY = date(2026, 9, 14)
EVERY = list(product(OrganisationKind, Response, Delivery, Assurance, (None, date(2026, 8, 1))))


def facts(**said: object) -> Facts:
    """Return the facts of a council's accepted and claimed answer, but for what is said."""
    held: dict[str, object] = {
        "kind": OrganisationKind.COUNCIL,
        "response": Response.ACCEPTED,
        "delivery": Delivery.CLAIMED,
        "assurance": Assurance.UNTESTED,
        "original_due_on": date(2026, 1, 12),
        "claimed_on": date(2026, 5, 12),
    }
    return Facts(**{**held, **said})  # type: ignore[arg-type]


def test_a_claim_that_nobody_tested_says_whose_word_it_is_and_how_late_it_came() -> None:
    assert label(facts(), TODAY) == (
        "Council says complete, 12 May 2026. Not yet tested. 4 months past its original date."
    )
    assert label(facts(), TODAY, "cy") == (
        "Y Cyngor yn dweud: wedi'i gwblhau, 12 Mai 2026. Heb ei brofi eto. "
        "4 mis ar ôl ei ddyddiad gwreiddiol."
    )


@pytest.mark.parametrize(
    ("original", "said"),
    [
        (date(2026, 5, 12), ""),
        (date(2026, 5, 11), " Less than a month past its original date."),
        (date(2026, 4, 12), " 1 month past its original date."),
        (date(2026, 3, 12), " 2 months past its original date."),
        (date(2024, 5, 13), " 23 months past its original date."),
        (None, ""),
    ],
)
def test_lateness_is_counted_in_whole_months_up_to_the_claim(
    original: date | None, said: str
) -> None:
    whole = label(facts(original_due_on=original), TODAY)
    assert whole == f"Council says complete, 12 May 2026. Not yet tested.{said}"


def test_a_lasting_label_changes_only_when_something_happens() -> None:
    held = facts(delivery=Delivery.IN_PROGRESS, claimed_on=None)
    english = {label(held, day, lasting=True) for day in (TODAY, date(2029, 1, 1))}
    assert english == {
        "Council says in progress. Not yet tested. Past its original date, 12 January 2026."
    }
    assert label(held, TODAY, "cy", lasting=True).endswith(
        "Ar ôl ei ddyddiad gwreiddiol, 12 Ionawr 2026."
    )
    assert label(facts(), TODAY, lasting=True) == label(facts(), TODAY)
    assert "original date" not in label(held, date(2026, 1, 12), lasting=True)


def test_work_that_goes_on_is_late_by_today() -> None:
    held = facts(delivery=Delivery.IN_PROGRESS, claimed_on=None)
    assert label(held, TODAY).endswith("8 months past its original date.")


@pytest.mark.parametrize(
    ("due", "said"),
    [
        (date(2026, 9, 14), "Police: no response yet; it is due by 14 September 2026."),
        (date(2026, 9, 13), "Police: no response, which was due by 13 September 2026."),
        (None, "Police: no response yet."),
    ],
)
def test_a_response_that_is_awaited_says_by_when(due: date | None, said: str) -> None:
    held = Facts(
        OrganisationKind.POLICE,
        Response.AWAITING,
        Delivery.NOT_STARTED,
        Assurance.UNTESTED,
        response_due_on=due,
    )
    assert label(held, TODAY) == f"{said} Not yet tested."


def test_closing_without_a_test_is_said_first() -> None:
    held = facts(closed_on=date(2026, 6, 3), original_due_on=None)
    assert label(held, TODAY).startswith("Closed on 3 June 2026, effect not tested. Council says")


def test_a_shown_effect_bears_its_day_and_a_regression_says_that_the_clock_began_again() -> None:
    shown = facts(assurance=Assurance.EFFECT_SHOWN, shown_on=date(2026, 8, 2))
    assert "Effect shown, 2 August 2026." in label(shown, TODAY)
    again = facts(assurance=Assurance.REGRESSED, restarted_on=date(2026, 9, 1))
    assert "Found not good again, 1 September 2026; the clock began again." in label(again, TODAY)


def test_where_it_points_is_named() -> None:
    to = facts(response=Response.REDIRECTED, delivery=Delivery.NOT_STARTED, redirected_to="NHS X")
    assert label(to, TODAY).startswith("Council says it is for NHS X.")
    by = facts(delivery=Delivery.SUPERSEDED, superseded_by="ALD-R9", claimed_on=None)
    assert "ALD-R9 takes its place" in label(by, TODAY)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_way_to_stand_has_a_label_that_claims_no_more_than_was_found(language: str) -> None:
    words = LANGUAGES[language]
    shown = {Assurance.EFFECT_SHOWN, Assurance.SUSTAINED}
    for kind, response, delivery, assurance, closed in EVERY:
        held = Facts(kind, response, delivery, assurance, closed_on=closed)
        said = label(held, TODAY, language)
        assert said
        assert "{" not in said
        assert "None" not in said
        if delivery is Delivery.CLAIMED:
            assert words.bodies[kind] in said
        claims = words.assurances[Assurance.EFFECT_SHOWN].split(",")[0]
        assert (claims in said) is (assurance in shown)
