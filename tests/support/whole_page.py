"""Everything a page sends to the browser, as text: also what is folded away, offered or a label."""

import html
import re
from collections.abc import Iterator
from typing import Any

from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
MARKUP = re.compile(r"<[^>]+>")


def everything(app: AppTest) -> str:
    """Return every text of the page; nothing on it may have failed."""
    assert not app.exception, app.exception
    return "\n".join(text for leaf in _nodes(app._tree) for text in _texts(_fields(leaf)))


def labels(app: AppTest) -> list[str]:
    """Return the labels of the buttons that send something."""
    return [button.label for button in app.main.button]


def _nodes(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from _nodes(child)


def _fields(node: Any) -> object:
    proto = getattr(node, "proto", None)
    return MessageToDict(proto) if proto is not None else {}


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, str):
        plain = html.unescape(MARKUP.sub(" ", STYLE.sub("", value))).replace("\\", "")
        yield " ".join(plain.split())
