"""The Welsh of what is published: which texts lack it, and the form that writes one."""

from collections.abc import Callable, Sequence

import streamlit as st

from data_model.forms import WelshForm, checked
from inspect_app.services import welsh
from inspect_app.services.welsh import TextValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import session
from inspect_app.ui.forms import Fields, given
from inspect_app.ui.markup import show, tag
from inspect_app.ui.page import refusals

Write = Callable[[TextValue, WelshForm], None]


def of_inspection(inspection: str, me: SignedIn, *, may_write: bool) -> None:
    """Draw the texts of an inspection that are published, and where each stands in Welsh."""

    def write(text: TextValue, form: WelshForm) -> None:
        welsh.write(text.of, text.key, form, text.english, by=me)

    _draw(welsh.texts(inspection, by=me), write if may_write else None)


def of_recommendation(code: str, me: SignedIn, *, may_write: bool) -> None:
    """Draw the texts of a published recommendation, and where each stands in Welsh."""

    def write(text: TextValue, form: WelshForm) -> None:
        welsh.write_recommendation(text.of, text.key, form, text.english, by=me)

    _draw(welsh.recommendation_texts(code, by=me), write if may_write else None)


def _draw(held: Sequence[TextValue], write: Write | None) -> None:
    st.subheader("Texts in Welsh", anchor=False)
    missing = [each for each in held if each.welsh is None]
    st.markdown(f"Texts that are published: {len(held)}. Not yet translated: {len(missing)}.")
    named = {each.key: _named(each) for each in held}
    chosen = st.selectbox(
        "Text", list(named), index=None, format_func=named.__getitem__, placeholder="Choose"
    )
    if chosen:
        _one(next(each for each in held if each.key == chosen), write)


def _named(held: TextValue) -> str:
    return f"{held.about}: {'in Welsh' if held.welsh else 'not yet translated'}"


def _one(held: TextValue, write: Write | None) -> None:
    show(tag("p", held.english, css="asis"))
    if write is None:
        show(tag("p", held.welsh or "Not yet translated.", lang="cy" if held.welsh else "en"))
        return
    key = f"welsh-{held.of}-{held.key}"
    fields = Fields(WelshForm, key, {"welsh": held.welsh})
    with st.form(key, border=False):
        sent = {
            "welsh": fields.ask("welsh", long=True),
            "kept_because": fields.ask("kept_because"),
        }
        if st.form_submit_button("Save the Welsh"):
            with refusals():
                write(held, checked(WelshForm, given(sent)))
                session.say(f"{held.about}: the Welsh is saved.")
                st.rerun()
