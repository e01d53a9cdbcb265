"""What a provider says of somebody is believed only where it is whole, ours, and holds still."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspect_app.errors import NotAdmitted, Refusal, SignInAgain
from inspect_app.services.people_claims import checked
from inspect_app.sign_in_settings import SignInSettings
from tests.support.claims import AT, CLAIMS, SETTINGS


def test_whole_claims_say_who_somebody_is_and_until_when() -> None:
    identity = checked(CLAIMS, SETTINGS, AT)
    assert (identity.issuer, identity.subject) == (SETTINGS.issuer, "subject-1")
    assert identity.until == AT + timedelta(hours=1)
    assert (identity.mail, identity.unverified_mail) == (None, False)


@pytest.mark.parametrize(
    ("claim", "value", "said"),
    [
        ("iss", "https://another.example", "another provider"),
        ("iss", None, "another provider"),
        ("aud", "another-app", "meant for another app"),
        ("aud", None, "meant for another app"),
        ("aud", [], "meant for another app"),
        ("sub", None, "who you are"),
        ("sub", "", "who you are"),
        ("sub", "  ", "who you are"),
        ("sub", 7, "who you are"),
        ("sub", "s" * 256, "who you are"),
        ("exp", None, "until when it holds"),
        ("exp", "tomorrow", "until when it holds"),
        ("exp", True, "until when it holds"),
        ("exp", float("nan"), "until when it holds"),
        ("exp", 10**30, "until when it holds"),
        ("iat", None, "since when it holds"),
        ("iat", -5, "since when it holds"),
    ],
)
def test_claims_that_are_missing_or_anothers_are_refused(
    claim: str, value: object, said: str
) -> None:
    with pytest.raises(NotAdmitted, match=said):
        checked({**CLAIMS, claim: value}, SETTINGS, AT)
    if value is None:
        with pytest.raises(NotAdmitted, match=said):
            checked({k: v for k, v in CLAIMS.items() if k != claim}, SETTINGS, AT)


def test_another_claim_may_tell_people_apart() -> None:
    by_object = SignInSettings(
        issuer=SETTINGS.issuer,
        client_id=SETTINGS.client_id,
        redirect=SETTINGS.redirect,
        client_secret="s",
        cookie_secret="s",
        subject_claim="oid",
    )
    assert checked({**CLAIMS, "oid": "object-1"}, by_object, AT).subject == "object-1"
    with pytest.raises(NotAdmitted, match="claim oid"):
        checked(CLAIMS, by_object, AT)


def test_an_expired_identity_is_refused_to_the_second() -> None:
    end = AT + timedelta(hours=1)
    assert checked(CLAIMS, SETTINGS, end - timedelta(seconds=1)).until == end
    with pytest.raises(SignInAgain, match="has ended"):
        checked(CLAIMS, SETTINGS, end)


def test_a_sign_in_lasts_no_longer_than_we_let_it_whatever_the_provider_says() -> None:
    forever = {**CLAIMS, "exp": int((AT + timedelta(days=30)).timestamp())}
    assert checked(forever, SETTINGS, AT).until == AT + SETTINGS.longest
    with pytest.raises(SignInAgain):
        checked(forever, SETTINGS, AT + SETTINGS.longest)


@pytest.mark.parametrize("verified", [False, None, "true", "yes", 1])
def test_an_address_counts_only_where_the_provider_says_it_is_verified(verified: object) -> None:
    claims = {**CLAIMS, "email": "a@body.example"}
    assert checked({**claims, "email_verified": True}, SETTINGS, AT).mail == "a@body.example"
    unverified = checked({**claims, "email_verified": verified}, SETTINGS, AT)
    assert (unverified.mail, unverified.unverified_mail) == (None, True)


ANYTHING = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.lists(st.text()),
    st.dictionaries(st.text(), st.integers()),
)  # fmt: skip


@given(st.dictionaries(st.sampled_from([*CLAIMS, "email", "email_verified"]), ANYTHING))
def test_claims_of_any_kind_are_taken_or_refused_and_never_break(sent: dict[str, object]) -> None:
    try:
        identity = checked({**CLAIMS, **sent}, SETTINGS, datetime.now(UTC))
    except Refusal:
        return
    assert identity.subject.strip()
    assert identity.issuer == SETTINGS.issuer
