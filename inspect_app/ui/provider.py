"""The organisation's provider, as Streamlit's own sign-in is told of it: in memory, in no file."""

import ipaddress
import os
from collections.abc import Mapping
from functools import cache

import streamlit as st
from streamlit.runtime.secrets import secrets_singleton

from inspect_app.errors import Refusal
from inspect_app.sign_in_settings import SignInSettings, found

REAL_ADDRESS = "X-Real-Ip"
FORWARDED = ("X-Forwarded-For", "Forwarded", "Via", REAL_ADDRESS)
"""What a proxy adds to what it passes on."""


def settings(environ: Mapping[str, str] = os.environ) -> SignInSettings | None:
    """Return the provider, or None where there is only the demonstration.

    Raises Refusal where the settings are not whole: then nobody signs in, by any way.
    """
    held = _found(tuple(sorted(environ.items())))
    if isinstance(held, list):
        raise Refusal(
            "Sign-in is not set up as needed: " + " ".join(held),
            "Whoever runs this installation mends the settings and starts it again.",
        )
    return held


@cache
def _found(environ: tuple[tuple[str, str], ...]) -> SignInSettings | list[str] | None:
    return found(dict(environ))


def tell_streamlit(environ: Mapping[str, str] = os.environ) -> None:
    """Hand the provider to `st.login`, before the server starts; secrets files are not read."""
    held = settings(environ)
    # The way of `st.App(secrets=…)`: what is held already keeps Streamlit from looking for files.
    secrets_singleton.merge_programmatic_secrets({"auth": {**held.for_streamlit}} if held else {})


def asker() -> str | None:
    """Return the address somebody asks from; None is this machine.

    A proxy on this machine says whom it asks for, and nobody else is believed to.
    """
    direct = st.context.ip_address
    if direct is None or loopback(direct):
        return st.context.headers.get(REAL_ADDRESS)
    return direct


def this_machine_only() -> bool:
    """Return whether server, asker and the address in the browser are all this machine's.

    Behind a proxy the first two always are, so what a proxy adds is looked for as well.
    """
    headers = st.context.headers
    passed_on = any(name in headers for name in FORWARDED)
    host = (headers.get("Host") or "localhost").rpartition("@")[2]
    return (
        both_loopback(st.get_option("server.address"), st.context.ip_address)
        and not passed_on
        and loopback(_without_port(host))
    )


def both_loopback(server: str | None, asking: str | None) -> bool:
    """Return whether both addresses are loopback; Streamlit names no asker on its own machine."""
    return loopback(server) and (asking is None or loopback(asking))


def loopback(address: str | None) -> bool:
    """Return whether an address is this machine's own."""
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]
