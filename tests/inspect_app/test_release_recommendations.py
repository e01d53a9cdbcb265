"""Recommendations in public: the six of the Inquiry with their bodies, and three statuses apart."""

from collections.abc import Callable
from datetime import date

from inspect_app.publishing.content import PublishedRecommendation
from inspect_app.services import release
from inspect_app.services.release import Scope
from inspect_app.signed_in import SignedIn

SignIn = Callable[[str], SignedIn]
ASKED = {
    "IICSA-CSEN-R1": ["UK Government"],
    "IICSA-CSEN-R2": ["UK Government"],
    "IICSA-CSEN-R3": ["Department for Education", "Welsh Government"],
    "IICSA-CSEN-R4": [
        "Department for Education",
        "Local authorities in England and Wales",
        "Welsh Government",
    ],
    "IICSA-CSEN-R5": [
        "Local authorities in England and Wales",
        "Police forces in England and Wales",
        "UK Government",
        "Welsh Government",
    ],
    "IICSA-CSEN-R6": ["Department for Education"],
}
"""Whom the Inquiry's report addressed each recommendation to (L.2)."""


def _published(signed_in: SignIn) -> dict[str, PublishedRecommendation]:
    by = signed_in("samira-publisher")
    with by.reading() as session:
        planned = release.content(session, Scope(), by)
    return {each.code: each for each in planned.recommendations}


def test_the_six_national_recommendations_name_the_bodies_that_had_to_answer_by_august_2022(
    signed_in: SignIn,
) -> None:
    held = {c: r for c, r in _published(signed_in).items() if c.startswith("IICSA-CSEN-R")}
    assert {code: [o.body for o in made.owners] for code, made in held.items()} == ASKED
    for number, code in enumerate(ASKED, start=1):
        made = held[code]
        assert made.response_due_on == date(2022, 8, 1)
        assert made.paragraph == f"L.2 Recommendation {number}"
        assert {owner.responded_on for owner in made.owners} == {None}
        assert {owner.label for owner in made.owners} == {
            "Whether and how this body responded has not been recorded here."
        }


def test_three_statuses_stand_apart_beside_the_original_date_and_the_response_in_full(
    signed_in: SignIn,
) -> None:
    made = _published(signed_in)["ALD-2025-R2"]
    police = next(owner for owner in made.owners if owner.body.startswith("Mere and Bracken"))
    assert (police.response, police.delivery, police.assurance) == (
        "Accepted",
        "Claimed complete",
        "Effect shown",
    )
    assert police.original_due_on == date(2025, 12, 31)
    assert police.responded_on == date(2025, 6, 20)
    assert police.response_text is not None
    assert "inspector's decision within the hour" in police.response_text
