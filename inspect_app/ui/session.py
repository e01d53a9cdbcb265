"""Who is signed in, in this browser; and the database, opened once for the whole process."""

import ipaddress

import streamlit as st

from data_model.database import Database, open_database
from inspect_app import settings
from inspect_app.errors import NotAllowed
from inspect_app.services import people
from inspect_app.signed_in import SignedIn

DATABASE_SETTING = settings.DATABASE.name
PERSON = "signed_in_person"
NOTICE = "notice"


@st.cache_resource(show_spinner=False)
def _opened(address: str) -> Database:
    return open_database(address)


def database() -> Database:
    """Return the database named in the environment; raises Refusal when it cannot be opened."""
    return _opened(settings.DATABASE.read() or "")


def me() -> SignedIn | None:
    """Return the person signed in here, with the standing they have at this moment, or None."""
    code = st.session_state.get(PERSON)
    return people.sign_in(code, database()) if code else None


def sign_in(code: str) -> None:
    """Sign a sample person in; raises NotAllowed unless the app is only served to this machine."""
    if not served_to_this_machine_only():
        raise NotAllowed(
            "Demonstration sign-in works on this machine only.",
            "Serve the app on 127.0.0.1, or set up sign-in with your organisation's provider.",
        )
    st.session_state[PERSON] = code


def sign_out() -> None:
    """Forget the person and everything the pages kept for them."""
    st.session_state.clear()


def say(notice: str) -> None:
    """Keep a sentence to be shown after the page is drawn again."""
    st.session_state[NOTICE] = notice


def said() -> str | None:
    """Return the sentence kept by `say`, once."""
    notice: str | None = st.session_state.pop(NOTICE, None)
    return notice


def served_to_this_machine_only() -> bool:
    """Return whether the server listens on a loopback address and so does whoever asks."""
    return both_loopback(st.get_option("server.address"), st.context.ip_address)


def both_loopback(server: str | None, asker: str | None) -> bool:
    """Return whether both addresses are loopback; Streamlit names no asker on its own machine."""
    return _loopback(server) and (asker is None or _loopback(asker))


def _loopback(address: str | None) -> bool:
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False
