"""A page: its title, its address, who may open it; and how a refusal is shown on it."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.errors import StreamlitDuplicateElementKey

from inspect_app.access import Permission
from inspect_app.errors import Conflict, NotNow, Refusal
from inspect_app.signed_in import SignedIn
from inspect_app.ui import links, markup, session, watching

AGAIN = "try-again"
STYLE = Path(__file__).with_name("style.css")


@dataclass(frozen=True)
class Page:
    """A declared page; `draw` gets the person and shows the page for them."""

    title: str
    icon: str
    path: str
    needs: Permission | None
    draw: Callable[[SignedIn], None]

    def open_for(self, me: SignedIn) -> bool:
        """Whether the page stands in the person's menu."""
        return self.needs is None or me.may(self.needs)

    def show(self) -> None:
        """Draw the page, having checked again that the person may see it."""
        me = session.me()
        if me is None:
            st.title("Sign in first")
            return
        links.keep_address()
        st.title(self.title)
        notice = session.said()
        if notice:
            st.success(markup.plain(notice))
        with watching.watched(self.path, me), refusals():
            if self.needs is not None:
                me.need(self.needs)
            self.draw(me.through(f"page {self.path}"))


def page(
    title: str, *, icon: str, path: str, needs: Permission | None
) -> Callable[[Callable[[SignedIn], None]], Page]:
    """Declare a function as a page of this title and address, for those who may."""

    def declare(draw: Callable[[SignedIn], None]) -> Page:
        return Page(title, icon, path, needs, draw)

    return declare


class refusals:  # noqa: N801 - reads as a word in `with refusals():`
    """Show a refusal raised inside as its summary and advice, in one place, and go on.

    Where two texts stand against each other, they are shown in `wide`, if it is given.
    """

    def __init__(self, wide: DeltaGenerator | None = None) -> None:
        self.wide = wide

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(self, _kind: object, problem: BaseException | None, _trace: object) -> bool:
        """Show a refusal; let everything else through."""
        if not isinstance(problem, Refusal):
            return False
        watching.refused(problem)
        st.error(f"**{markup.plain(problem.summary)}**\n\n{markup.plain(problem.advice)}")
        if isinstance(problem, NotNow):
            with suppress(StreamlitDuplicateElementKey):  # one on a page is enough
                st.button("Try again", key=AGAIN, icon=":material/refresh:")
        if isinstance(problem, Conflict):
            with self.wide or st.container():
                _show_both(problem)
        return True


def _show_both(conflict: Conflict) -> None:
    """Both texts, side by side, in words where the service gives them."""
    both = conflict.facts.get("in_words") or conflict.facts.get("both")
    if isinstance(both, dict) and both:
        rows = [(title, texts["kept"], texts["yours"]) for title, texts in both.items()]
        markup.show(markup.table("Both texts", ("Field", "Saved by now", "Yours"), rows))
