"""The fields of a case as widgets: label, help and choices come from the forms and the lists."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, get_args, get_origin

import streamlit as st
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from data_model.forms import Form
from data_model.vocabulary import Word
from data_model.wording import concerns
from inspect_app.ui.forms import FEW, NOT_ENTERED, SHORT
from inspect_app.ui.kept_text import Note, kept_text
from inspect_app.ui.markup import plain
from inspect_app.ui.writing import Writing

DATE = "a date as year, month and day, such as 2026-03-31"
WHOLE = "a whole number"
SUCH_AS = {DATE: "Such as 2026-03-31."}


@dataclass(frozen=True)
class Lines:
    """The fields of one form at one place of the case: the case itself, a line, or a finding.

    In a `narrow` place every choice folds into one line.
    """

    form: type[Form]
    at: str
    writing: Writing
    known: frozenset[str] = frozenset()
    narrow: bool = False

    def ask(
        self, name: str, choices: Mapping[str, str] | None = None, *, long: bool = False
    ) -> Any:
        """Draw the widget of a field and return what stands in it, as JSON has it."""
        field = self.form.model_fields[name]
        path = self.at + name
        kinds = [kind for kind in _parts(field) if isinstance(kind, type)]
        words = next((kind for kind in kinds if issubclass(kind, Word)), None)
        if choices is not None:
            return self._one(path, field, dict(choices))
        if words and get_origin(field.annotation) is tuple:
            return self._several(path, field, words)
        if words:
            return self._one(path, field, {str(word): word.english for word in words})
        return self._typed(path, field, kinds, long=long)

    def _one(self, path: str, field: FieldInfo, words: Mapping[str, str]) -> str | None:
        writing, kept = self.writing, self.writing.value(path)
        words = still_offered(words, kept)
        offered = [None, *words]
        few = len(offered) <= FEW and not self.narrow
        key = writing.key(path)
        about: dict[str, Any] = {
            "format_func": lambda code: words[code] if code else NOT_ENTERED,
            "index": offered.index(kept),
            "key": key,
            "help": field.description,
            "persist_state": "session",
        }
        writing.watch((path,), lambda: {path: st.session_state.get(key, kept)})
        label = plain(field.title or path)
        if few:
            short = sum(map(len, words.values())) < SHORT
            chosen: str | None = st.radio(label, offered, horizontal=short, **about)
        else:
            chosen = st.selectbox(label, offered, placeholder=NOT_ENTERED, **about)
        return chosen

    def _several(self, path: str, field: FieldInfo, words: type[Word]) -> list[str]:
        writing, kept = self.writing, self.writing.value(path) or []
        keys = {str(word): f"{writing.key(path)}-{word}" for word in words}
        writing.watch((path,), lambda: {path: _ticked(keys, kept)})
        st.markdown(f"**{plain(field.title or path)}**", help=field.description)
        columns = st.columns(2)
        for place, word in enumerate(words):
            columns[place % 2].checkbox(
                word.english,
                value=word in kept,
                key=keys[str(word)],
                persist_state="session",
                wrap=True,
            )
        return _ticked(keys, kept)

    def _typed(self, path: str, field: FieldInfo, kinds: Sequence[type], *, long: bool) -> str:
        writing = self.writing
        expected = DATE if date in kinds else WHOLE if int in kinds else ""
        return kept_text(
            field.title or path,
            key=f"case-{writing.case.id}-{path}",
            kept=_as_text(writing.value(path)),
            keep=writing.keep_text(path),
            owner=writing.me.person,
            help=field.description or SUCH_AS.get(expected),
            lines=4 if long else 1,
            notes=_misfit(field, expected) if expected else self._wording,
        )

    def _wording(self, text: str) -> list[Note]:
        found = concerns(text, known=self.known)
        return [Note(one.said, one.why, one.instead, one.quoted) for one in found]


def still_offered(words: Mapping[str, str], kept: Any) -> dict[str, str]:
    """Return the choices with what is kept among them, though it is offered no longer.

    Else a choice that nobody made would take its place as soon as it is looked at.
    """
    return {**words} if kept in (None, *words) else {**words, kept: f"{kept} (not offered now)"}


def _misfit(field: FieldInfo, expected: str) -> Callable[[str], list[Note]]:
    """Return what says that a date or a number is none; the text itself is kept as it is."""
    fits: TypeAdapter[Any] = TypeAdapter(field.annotation)  # type: ignore[arg-type]

    def notes(text: str) -> list[Note]:
        try:
            fits.validate_python(text.strip() or None)
        except ValidationError:
            return [Note(text, f"This is not {expected}.", "It is kept as typed until then.")]
        return []

    return notes


def _parts(field: FieldInfo) -> tuple[Any, ...]:
    return get_args(field.annotation) or (field.annotation,)


def _ticked(keys: Mapping[str, str], kept: Sequence[str]) -> list[str]:
    return [word for word, key in keys.items() if st.session_state.get(key, word in kept)]


def _as_text(value: Any) -> str:
    return "" if value is None else str(value)
