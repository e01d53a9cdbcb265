"""Found wanting again: earlier recommendations that ask for the same, suggested and linked."""

import pytest

from inspect_app.errors import NotAllowed, Refusal
from inspect_app.services import repeats
from tests.support.recommending import CODE, POLICE, SignIn, published

AGAIN = "ALD-2025-R10"
REWORDED = {
    "code": AGAIN,
    "made_on": "2025-06-02",
    "title": "Every case to be looked at again",
    "text": "The council should look again at every case and should say what has changed.",
}


def suggested(signed_in: SignIn, code: str = AGAIN) -> list[str]:
    """Return what is suggested to the lead."""
    return [one.code for one in repeats.suggested(code, by=signed_in("priya-lead"))]


def test_an_earlier_one_to_the_same_body_on_the_same_theme_in_like_words_is_suggested(
    signed_in: SignIn,
) -> None:
    published(signed_in)
    published(signed_in, **REWORDED)
    published(signed_in, code="OTHER-THEME", **{**OTHER, "themes": ["T4"]})
    published(signed_in, code="OTHER-BODY", **{**OTHER, "bodies": ["aldermere-health"]})
    published(signed_in, code="OTHER-WORDS", **{**OTHER, **UNLIKE})
    assert suggested(signed_in)[0] == CODE
    assert not {"OTHER-THEME", "OTHER-BODY", "OTHER-WORDS"} & set(suggested(signed_in))
    assert AGAIN not in suggested(signed_in, CODE)


OTHER = {"made_on": "2025-06-01"}
UNLIKE = {"title": "Train new foster carers", "text": "Give carers training before a placement."}


def test_a_link_counts_as_found_wanting_again_and_can_be_taken_back(signed_in: SignIn) -> None:
    published(signed_in)
    published(signed_in, **REWORDED)
    lead = signed_in("priya-lead")
    repeats.link(AGAIN, CODE, by=lead)
    assert repeats.earlier(AGAIN, by=lead) == (CODE,)
    assert repeats.found_again(CODE, by=signed_in("joanna-director")) == (AGAIN,)
    assert CODE not in suggested(signed_in)
    with pytest.raises(Refusal, match="linked to ALD-2025-R9 already"):
        repeats.link(AGAIN, CODE, by=lead)
    repeats.unlink(AGAIN, CODE, by=lead)
    assert repeats.found_again(CODE, by=lead) == ()
    assert CODE in suggested(signed_in)
    with pytest.raises(Refusal, match="is not linked"):
        repeats.unlink(AGAIN, CODE, by=lead)


def test_a_chain_counts_whole_and_never_goes_in_a_circle(signed_in: SignIn) -> None:
    lead = signed_in("priya-lead")
    chain = [published(signed_in, code=f"ALD-2025-R1{n}") for n in range(3)]
    for later, earlier in ((chain[1], chain[0]), (chain[2], chain[1])):
        repeats.link(later, earlier, by=lead)
    assert repeats.found_again(chain[0], by=lead) == (chain[1], chain[2])
    for later, earlier in ((chain[0], chain[2]), (chain[0], chain[0])):
        with pytest.raises(Refusal, match="in a circle"):
            repeats.link(later, earlier, by=lead)


def test_a_later_one_is_not_repeated_by_an_earlier(signed_in: SignIn) -> None:
    published(signed_in)
    published(signed_in, **REWORDED)
    with pytest.raises(Refusal, match="made later, on 2025-06-02, than ALD-2025-R9"):
        repeats.link(CODE, AGAIN, by=signed_in("priya-lead"))


def test_its_lead_or_a_publisher_links_and_nobody_else(signed_in: SignIn) -> None:
    published(signed_in, bodies=[POLICE])
    published(signed_in, **REWORDED, bodies=[POLICE])
    for person in ("desmond-director", "ruth-verifier", "marcus-inspector"):
        with pytest.raises(NotAllowed, match="Only the lead of its inspection, or a publisher"):
            repeats.link(AGAIN, CODE, by=signed_in(person))
    repeats.link(AGAIN, CODE, by=signed_in("samira-publisher"))
