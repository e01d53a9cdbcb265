"""Who is signed in, in this browser; and the database, opened once for the whole process."""

from contextlib import suppress

import streamlit as st

from data_model.database import Database, open_database
from inspect_app import settings
from inspect_app.errors import NotAdmitted, NotAllowed, SignInAgain
from inspect_app.services import people, people_sign_in
from inspect_app.services.people_sign_in import Door
from inspect_app.sign_in_settings import SignInSettings
from inspect_app.signed_in import SignedIn, over
from inspect_app.ui import provider

DATABASE_SETTING = settings.DATABASE.name
PERSON = "signed_in_person"
ADMITTED = "admitted_claims"
NOTICE = "notice"


@st.cache_resource(show_spinner=False)
def _opened(address: str) -> Database:
    return open_database(address)


def database() -> Database:
    """Return the database named in the environment; raises Refusal when it cannot be opened."""
    return _opened(settings.DATABASE.read() or "")


def me() -> SignedIn | None:
    """Return the person signed in here, with the standing they have at this moment, or None.

    With a provider, raises NotAdmitted for whom it names and we do not let in, and SignInAgain
    where what it said holds no longer.
    """
    held = provider.settings()
    if held is not None:
        return _from_provider(held)
    code = st.session_state.get(PERSON)
    return people.sign_in(code, database()) if code else None


def _from_provider(held: SignInSettings) -> SignedIn | None:
    if not st.user.is_logged_in:
        return None
    claims, door = st.user.to_dict(), Door(held, database())
    if st.session_state.get(ADMITTED) == claims:
        return people_sign_in.still(claims, door)
    admitted = people_sign_in.admit(claims, provider.asker(), door)
    st.session_state[ADMITTED] = claims
    return admitted


def still(who: SignedIn) -> None:
    """Raise unless somebody is signed in here still; for what is drawn without its page.

    A fragment is drawn again by itself, with the person it was drawn for the first time.
    """
    now = me()
    if now is None or now.person != who.person:
        raise over("You are not signed in here any more.")


def sign_in(code: str) -> None:
    """Sign a sample person in; raises NotAllowed unless the app is only served to this machine,
    has no provider to sign in with, and holds the samples alone."""
    if provider.settings() is not None:
        raise NotAllowed(
            "There is no demonstration here.", "Sign in with your organisation's account."
        )
    if not provider.this_machine_only():
        raise NotAllowed(
            "Demonstration sign-in works on this machine only.",
            "Serve the app on 127.0.0.1, or set up sign-in with your organisation's provider.",
        )
    people.sample_people(database())
    st.session_state[PERSON] = code


def go_to_provider() -> None:
    """Send the browser to the provider; raises NotAdmitted after too many attempts."""
    held = provider.settings()
    if held is not None:
        people_sign_in.begin(provider.asker(), Door(held, database()))
        st.login()


def sign_out() -> None:
    """Forget the person and everything the pages kept for them, here and at the provider."""
    held = provider.settings()
    admitted = st.session_state.get(ADMITTED)
    if held is not None and admitted is not None:
        # Whose sign-in is over already has nothing left to end but the cookie.
        with suppress(NotAdmitted, SignInAgain):
            door = Door(held, database())
            people_sign_in.sign_out(admitted, door, by=people_sign_in.still(admitted, door))
    st.session_state.clear()
    if held is not None:
        st.logout()


def say(notice: str) -> None:
    """Keep a sentence to be shown after the page is drawn again."""
    st.session_state[NOTICE] = notice


def said() -> str | None:
    """Return the sentence kept by `say`, once."""
    notice: str | None = st.session_state.pop(NOTICE, None)
    return notice
