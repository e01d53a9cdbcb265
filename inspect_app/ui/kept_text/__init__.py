"""A text area that loses nothing: kept on the server while it is typed, in the browser until then.

Each one is a fragment, so that a pause in typing draws one field again and not the page. The
browser numbers what it sends; the number comes back with what the server holds, and until it
does the browser keeps the text in its own storage and sends it again.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitDuplicateElementKey

from inspect_app.errors import Refusal

HERE = Path(__file__).parent
HTML = """
<div class="kept-text">
  <label for="area"></label>
  <p id="help" class="help"></p>
  <textarea id="area" aria-describedby="help line" spellcheck="true" autocomplete="off"></textarea>
  <p id="line" class="line">
    <span class="routine"></span> <span class="news" role="status" aria-live="polite"></span>
  </p>
  <div class="clash" role="group" aria-labelledby="clash" hidden>
    <p id="clash"><strong>This text was changed elsewhere meanwhile.</strong>
      Yours is above and not kept yet. The other is:</p>
    <blockquote tabindex="0" aria-label="The other text"></blockquote>
    <div class="choices">
      <button type="button" value="mine">Keep mine</button>
      <button type="button" value="other">Take the other</button>
      <button type="button" value="both">Put both together</button>
    </div>
  </div>
  <div class="notes" role="status"></div>
</div>
"""

CSS = (HERE / "kept_text.css").read_text(encoding="utf-8")
SCRIPT = (HERE / "kept_text.js").read_text(encoding="utf-8")

_area = st.components.v2.component("kept_text_area", html=HTML, css=CSS, js=SCRIPT)
_unseen = st.components.v2.component("kept_text_unseen", js=SCRIPT)


@dataclass(frozen=True)
class Kept:
    """What the server holds after it was asked to keep a text, and since when.

    Where another text was kept meanwhile, nothing is overwritten: `clash` and `text` are both
    that other text.
    """

    text: str
    at: datetime | None
    clash: str | None = None


@dataclass(frozen=True)
class Note:
    """Words found in a text, why they are pointed out, and what to write instead.

    `quoted` says that they stand in a quotation from the file.
    """

    said: str
    why: str
    instead: str
    quoted: bool = False


@dataclass(frozen=True)
class _Field:
    """One text area as the page asked for it."""

    label: str
    key: str
    keep: Callable[[str, str], Kept]
    help: str | None
    owner: str
    lines: int
    notes: Callable[[str], Sequence[Note]] | None

    @property
    def holds(self) -> str:
        """Where the session holds what the server said last."""
        return f"kept-text {self.owner} {self.key}"


@dataclass(frozen=True)
class _Held:
    """What the server holds, and how it answered the numbered text that it `heard` last.

    `answer` is what it held then, where that has changed since.
    """

    kept: Kept
    heard: str = ""
    clash: bool = False
    refused: str = ""
    answer: str | None = None

    def seen_again(self, text: str) -> "_Held":
        """Return this with what the page has read from the server."""
        if self.kept.text == text:
            return self
        answer = self.kept.text if self.answer is None else self.answer
        return replace(self, kept=Kept(text, None), answer=answer)


def kept_text(
    label: str,
    *,
    key: str,
    kept: str,
    keep: Callable[[str, str], Kept],
    owner: str,
    help: str | None = None,  # noqa: A002 - the name that Streamlit's widgets use
    lines: int = 3,
    notes: Callable[[str], Sequence[Note]] | None = None,
) -> str:
    """Draw a text area and return the text that the server holds.

    `key` tells this field of this case from every other, and with `owner`, the code of the
    person signed in, names what the browser stores. `kept` is what the server holds, read in
    this run. `keep(text, seen)` keeps a text if the server still holds `seen`, or holds the
    text already; a Refusal it raises is shown under the text, which stays in the browser.
    """
    field = _Field(label, key, keep, help, owner, lines, notes)
    held: _Held = st.session_state.get(field.holds) or _Held(Kept(kept, None))
    st.session_state[field.holds] = held.seen_again(kept)
    with suppress(StreamlitDuplicateElementKey):  # one on a page is enough
        _unseen(key="kept-text-wake", data={"unseen": True}, on_wake_change=_nothing)
    return _draw(field)


def forget(owner: str, prefix: str) -> None:
    """Delete what this browser stores for a person under every key that begins with a prefix.

    Draws nothing. For a case that is submitted, whose texts must not stay in the browser.
    """
    data = {"unseen": True, "forget": True, "owner": owner, "key": prefix}
    _unseen(key=f"kept-text-forget {owner} {prefix}", data=data)


@st.fragment
def _draw(field: _Field) -> str:
    held: _Held = st.session_state[field.holds]
    _area(key=field.key, data=_told(field, held), on_sent_change=partial(_take, field))
    return held.kept.text


def _told(field: _Field, held: _Held) -> dict[str, Any]:
    """What the browser is told; the same again changes nothing there."""
    kept = held.kept
    return {
        "label": field.label,
        "help": field.help or "",
        "lines": field.lines,
        "owner": field.owner,
        "key": field.key,
        "kept": kept.text,
        "at": kept.at.isoformat() if kept.at else None,
        "heard": held.heard,
        "answer": held.answer,
        "clash": held.clash,
        "refused": held.refused,
        "notes": [asdict(note) for note in field.notes(kept.text)] if field.notes else [],
    }


def _take(field: _Field) -> None:
    """Keep what the browser sent, once, and hold the answer for the drawing that follows."""
    sent = st.session_state[field.key]["sent"]
    held: _Held = st.session_state[field.holds]
    if sent["number"] == held.heard:
        return
    try:
        kept = field.keep(sent["text"], sent["seen"])
    except Refusal as refusal:
        said = f"{refusal.summary} {refusal.advice}"
        held = _Held(held.kept, sent["number"], refused=said)
    else:
        held = _Held(kept, sent["number"], clash=kept.clash is not None)
    st.session_state[field.holds] = held


def _nothing() -> None:
    """Drawing the whole page is all that was asked for."""
