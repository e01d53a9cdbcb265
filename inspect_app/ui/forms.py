"""A form's fields as widgets: label, help and choices come from the form, words from the lists.

What is typed stays for the session under the form's key, whatever page is opened between.
Dates are text: the browser's calendars cannot be used by everyone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args, get_origin

import streamlit as st
from pydantic.fields import FieldInfo

from data_model.forms import Form
from data_model.vocabulary import Word
from inspect_app.ui.markup import plain

NOT_ENTERED = "Not entered yet"
CHOOSE = "Choose"
DATE = "YYYY-MM-DD"
FEW = 5
SHORT = 80


@dataclass(frozen=True)
class Fields:
    """The widgets of one form; `key` tells this form from every other, `kept` fills it.

    A `line` is one of several that can be left out: everything in it may be empty.
    """

    form: type[Form]
    key: str
    kept: Mapping[str, Any]
    line: bool = False

    def ask(
        self, name: str, choices: Mapping[str, str] | None = None, *, long: bool = False
    ) -> Any:
        """Draw the widget of a field and return what it holds, ready to be sent.

        `choices` are the codes and names of reference data, `long` asks for sentences.
        """
        field = self.form.model_fields[name]
        kept = self.kept.get(name)
        if choices is not None:
            return self._chosen(name, field, choices, kept)
        kinds = _kinds(field)
        words = next((kind for kind in kinds if issubclass(kind, Word)), None)
        if words:
            several = get_origin(field.annotation) is tuple
            return self._ticked(name, words, kept) if several else self._word(name, words, kept)
        return self._typed(name, field, kinds, kept, long=long)

    def _chosen(self, name: str, field: FieldInfo, choices: Mapping[str, str], kept: Any) -> Any:
        if get_origin(field.annotation) is tuple:
            return tuple(
                st.multiselect(
                    self._label(name),
                    list(choices),
                    default=[code for code in kept or () if code in choices],
                    format_func=lambda code: choices[code],
                    key=self._key(name),
                    help=field.description,
                    placeholder=CHOOSE,
                    persist_state="session",
                )
            )
        offered = [*self._none(field), *choices]
        return st.selectbox(
            self._label(name),
            offered,
            index=offered.index(kept) if kept in offered else None,
            format_func=lambda code: choices[code] if code else NOT_ENTERED,
            key=self._key(name),
            help=field.description,
            placeholder=NOT_ENTERED if self._none(field) else CHOOSE,
            persist_state="session",
        )

    def _word(self, name: str, words: type[Word], kept: Any) -> Any:
        field = self.form.model_fields[name]
        offered = [*self._none(field), *words]
        if len(offered) <= FEW:
            return st.radio(
                self._label(name),
                offered,
                index=offered.index(kept) if kept in offered else None,
                format_func=_english,
                key=self._key(name),
                help=field.description,
                horizontal=sum(len(word.english) for word in words) < SHORT,
                persist_state="session",
            )
        return self._chosen(name, field, {word: word.english for word in words}, kept)

    def _ticked(self, name: str, words: type[Word], kept: Any) -> tuple[Word, ...]:
        field = self.form.model_fields[name]
        st.markdown(f"**{self._label(name)}**", help=field.description)
        columns = st.columns(2)
        ticked = [
            columns[place % 2].checkbox(
                word.english,
                value=word in (kept or ()),
                key=f"{self._key(name)}-{word}",
                persist_state="session",
                wrap=True,
            )
            for place, word in enumerate(words)
        ]
        return tuple(word for word, on in zip(words, ticked, strict=True) if on)

    def _typed(
        self, name: str, field: FieldInfo, kinds: list[type], kept: Any, *, long: bool
    ) -> Any:
        about: dict[str, Any] = {
            "key": self._key(name),
            "help": field.description,
            "persist_state": "session",
        }
        if int in kinds:
            about |= {"min_value": 0, "step": 1, "placeholder": NOT_ENTERED}
            return st.number_input(self._label(name), value=kept, **about)
        if date in kinds:
            about["placeholder"] = DATE
            kept = kept.isoformat() if isinstance(kept, date) else kept
        widget = st.text_area if long else st.text_input
        if long:
            about["height"] = "content"
        typed = widget(self._label(name), kept or "", **about).strip()
        return typed or (None if _may_be_empty(field) else "")

    def _none(self, field: FieldInfo) -> list[None]:
        """The empty choice, where nothing may be chosen; a line among several may be left out."""
        return [None] if self.line or _may_be_empty(field) else []

    def _label(self, name: str) -> str:
        return plain(self.form.model_fields[name].title or name.replace("_", " "))

    def _key(self, name: str) -> str:
        return f"{self.key}-{name}"


def given(sent: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was filled in, so that what was not is said to be missing."""
    return {name: value for name, value in sent.items() if value not in (None, "", ())}


def _kinds(field: FieldInfo) -> list[type]:
    parts = get_args(field.annotation) or (field.annotation,)
    return [part for part in parts if isinstance(part, type)]


def _may_be_empty(field: FieldInfo) -> bool:
    return type(None) in get_args(field.annotation)


def _english(word: Word | None) -> str:
    return word.english if word else NOT_ENTERED


def fresh_key(name: str) -> str:
    """Return the key of a form that is filled in again and again: a new one once it is done."""
    return f"{name}-{st.session_state.get(_count(name), 1)}"


def done(name: str) -> None:
    """Say that what was typed was sent, so that the form is empty when it is opened again."""
    st.session_state[_count(name)] = st.session_state.get(_count(name), 1) + 1


def _count(name: str) -> str:
    return f"{name}-count"
