"""What people write is shown as they typed it on every page, whatever it would be elsewhere."""

from collections.abc import Iterator
from typing import Any

import pytest
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from inspect_app.ui import session
from pages import PAGES
from tests.pages.conftest import SCRIPT, SECONDS
from tests.support import canary
from tests.support.samples import Template

VISITS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("home", "gwenllian-elsewhere", {}),
    ("home", "joanna-director", {}),
    ("home", "ruth-verifier", {}),
    ("inspections", "priya-lead", {"inspection": "ALD-2025-JTAI"}),
    ("inspections", "priya-lead", {}),
    ("inspections", "samira-publisher", {"inspection": "DUR-2020-HMICFRS"}),
    ("case-review", "gwenllian-elsewhere", {}),
    ("moderation", "priya-lead", {"inspection": "ALD-2025-JTAI"}),
    ("claims", "priya-lead", {"inspection": "ALD-2025-JTAI"}),
    ("sample", "priya-lead", {"inspection": "ALD-2025-JTAI"}),
    ("recommendations", "joanna-director", {}),
    ("recommendations", "joanna-director", {"recommendation": "ALD-2025-R1"}),
    ("recommendations", "ruth-verifier", {"recommendation": "ALD-2025-R4"}),
    ("recommendations", "priya-lead", {"recommendation": "ALD-2025-R1"}),
    ("progress", "joanna-director", {}),
    ("scorecard", "patrick-board", {"area": "X06000001"}),
    ("area", "patrick-board", {"area": "E06000047"}),
    ("area", "patrick-board", {"area": "X06000001"}),
    ("compare", "patrick-board", {}),
    ("returns", "joanna-director", {}),
    ("returns", "patrick-board", {}),
    ("releases", "samira-publisher", {}),
    ("releases", "samira-publisher", {"release": "1"}),
    ("upload", "gwenllian-elsewhere", {}),
    ("indicators", "patrick-board", {}),
    ("trail", "ben-administrator", {}),
    ("people", "ben-administrator", {}),
    ("people", "ben-administrator", {"account": "samira-publisher"}),
)
PLAIN = {
    "page_link.query_string",
    "page_link.page",
    "selectbox.options",
    "selectbox.raw_value",
    "multiselect.options",
    "multiselect.raw_values",
    "text_input.value",
    "text_input.default",
    "text_input.placeholder",
    "text_area.value",
    "text_area.default",
    "text_area.placeholder",
}
"""Where Streamlit shows a text as it is: whatever else it draws reads Markdown."""


@pytest.fixture(scope="module")
def sown(sqlite_samples: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a copy of the samples with the canary in every free text."""
    file = tmp_path_factory.mktemp("sown") / "samples.db"
    address = f"sqlite:///{file.as_posix()}"
    with (
        sqlite_samples.copied(address, shares_snapshots=True),
        pytest.MonkeyPatch.context() as set_,
    ):
        assert canary.put_everywhere(file) > 1_000
        set_.setenv(session.DATABASE_SETTING, address)
        yield address
        session._opened(address).close()
        session._opened.clear()


def visited(path: str, person: str, asked: dict[str, str]) -> AppTest:
    """Open a page as somebody."""
    app = AppTest.from_file(str(SCRIPT), default_timeout=SECONDS)
    app._page_hash = calc_hash(path)
    app.session_state[session.PERSON] = person
    app.query_params.update(asked)
    return app.run()


def texts(node: Any) -> Iterator[tuple[str, str]]:
    """Yield every text of a page that holds the canary, with the kind of element and its field."""
    proto = getattr(node, "proto", None)
    if isinstance(proto, Message):
        kind = str(getattr(node, "type", ""))
        yield from ((f"{kind}.{field}", text) for field, text in fields(proto))
    for child in getattr(node, "children", {}).values():
        yield from texts(child)


def fields(message: Message) -> Iterator[tuple[str, str]]:
    """Yield the texts of a message and of those inside it, by field."""
    for field, value in message.ListFields():
        for each in value if field.is_repeated else [value]:
            if isinstance(each, str):
                yield field.name, each
            elif isinstance(each, Message):
                yield from ((name, text) for name, text in fields(each))


@pytest.mark.parametrize(("path", "person", "asked"), VISITS)
def test_a_page_shows_every_text_as_it_is_typed(
    sown: str, path: str, person: str, asked: dict[str, str]
) -> None:
    app = visited(path, person, asked)
    assert not app.exception, app.exception[0].message
    found = [(where, text) for where, text in texts(app._tree) if canary.ATTACKER in text]
    alive = {
        where: text[:300] for where, text in found if where not in PLAIN and _alive(where, text)
    }
    assert alive == {}


def _alive(where: str, text: str) -> list[str]:
    read = canary.shown_in_html if where.endswith("html.body") else canary.shown_in_markdown
    return read(text)


def test_every_page_is_visited() -> None:
    assert {page.path for page in PAGES} <= {path for path, _person, _asked in VISITS}
