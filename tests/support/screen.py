"""What a page test asks for: a page opened as somebody, somebody to act, and the words on it."""

import re
from collections.abc import Callable, Iterable
from html import unescape
from typing import Any

from streamlit.testing.v1 import AppTest

from inspect_app.signed_in import SignedIn

Opener = Callable[..., AppTest]
SignIn = Callable[[str], SignedIn]

TAG = re.compile(r"<style>.*?</style>|<[^>]+>", re.DOTALL)
SPACE = re.compile(r"\s+")


def said(app: AppTest) -> str:
    """Return the words that a page shows, without markup, in the order of their kinds."""
    kinds = (app.title, app.subheader, app.caption, app.markdown, app.info, app.warning, app.error)
    told = [element.value for kind in (*kinds, app.success) for element in kind]
    drawn = [element.proto.body for element in app.get("html")]
    text = TAG.sub(" ", " ".join([*told, *drawn]).replace("\\", ""))
    return SPACE.sub(" ", unescape(text)).replace(" )", ")")


def links(app: AppTest) -> dict[str, str]:
    """Return where the links of a page lead, by what a reader sees of them."""
    held = (link.proto for link in app.get("page_link"))
    return {shown(one.label): f"{one.page}?{one.query_string}".rstrip("?") for one in held}


def shown(label: str) -> str:
    """Return what a label shows: a stroke before a sign lets it stand as it is."""
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", label)


def labelled(widgets: Iterable[Any], label: str) -> Any:
    """Return the one widget with this label, the first where several lines repeat it."""
    return next(widget for widget in widgets if widget.label == label)
