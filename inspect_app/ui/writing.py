"""One browser tab writing in one case: what it has drawn, what it last saw, what it changed.

Choices are kept when they are made, typed texts by themselves while they are typed. Widgets are
named for a number that goes up when something else than this tab changed the case, so that they
show what stands there now; what this tab changed meanwhile is held against it field by field.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import streamlit as st

from inspect_app.services import cases, keeping
from inspect_app.services.case_tree import same, value_at
from inspect_app.services.cases import CaseValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import session
from inspect_app.ui.kept_text import Kept

Read = Callable[[], Mapping[str, Any]]


@dataclass(frozen=True)
class Clash:
    """A field that was changed here and elsewhere: both values stand until one is chosen."""

    path: str
    here: Any
    elsewhere: Any


@dataclass
class Writing:
    """What one tab knows of one case.

    `reads` give what its widgets hold; the paths of one widget say one thing together.
    """

    case: CaseValue
    me: SignedIn
    mark: int = 1
    seen: dict[str, Any] = field(default_factory=dict)
    reads: dict[tuple[str, ...], Read] = field(default_factory=dict)
    clashes: dict[str, Clash] = field(default_factory=dict)
    kept_at: datetime | None = None

    def key(self, path: str) -> str:
        """Return the name of the widget of a field."""
        return f"case-{self.case.id}-{self.case.edition}-{self.mark}-{path}"

    def value(self, path: str) -> Any:
        """Return what stands in a field, as JSON has it, and remember that it was seen."""
        held = value_at(self.case.now, path)
        self.seen[path] = held
        return held

    def watch(self, paths: tuple[str, ...], read: Read) -> None:
        """Hold what a widget says against what was seen in these fields, at the next run."""
        for path in paths:
            self.value(path)
        self.reads[paths] = read

    def put(self, path: str, value: Any) -> None:
        """Keep a value at once, over what this tab has seen there."""
        self._keep({path: (value_at(self.case.now, path), value)})
        self.case = cases.settle(self.case.id, by=self.me)
        self.renew()

    def keep_text(self, path: str) -> Callable[[str, str], Kept]:
        """Return what keeps the text of a field while it is typed."""

        def keep(text: str, seen: str) -> Kept:
            session.still(self.me)
            kept = keeping.keep(self.case.id, path, text, seen, by=self.me)
            self.kept_at = kept.at
            held = _text(kept.value)
            self.seen[path] = held
            return Kept(held, kept.at, held if kept.clash else None)

        return keep

    def take_choices(self) -> None:
        """Keep what was chosen in the widgets since they were drawn, and look again."""
        changes: dict[str, tuple[Any, Any]] = {}
        for paths, read in self.reads.items():
            chosen = read()
            if any(not same(chosen.get(path), self.seen.get(path)) for path in paths):
                changes |= {path: (self.seen.get(path), chosen.get(path)) for path in paths}
        if changes:
            self._keep(changes)
            self.case = cases.settle(self.case.id, by=self.me)
        if any(self._moved(path, changes) for paths in self.reads for path in paths):
            self.renew()

    def _keep(self, changes: Mapping[str, tuple[Any, Any]]) -> None:
        groups = [paths for paths in self.reads if len(paths) > 1]
        answers = keeping.keep_all(self.case.id, changes, by=self.me, together=groups)
        for path, kept in answers.items():
            self.kept_at = kept.at
            if kept.clash:
                self.clashes[path] = Clash(path, changes[path][1], kept.value)
            else:
                self.clashes.pop(path, None)

    def _moved(self, path: str, changes: Mapping[str, tuple[Any, Any]]) -> bool:
        """Whether a field now holds what this tab neither saw nor chose."""
        expected = changes[path][1] if path in changes else self.seen.get(path)
        return not same(value_at(self.case.now, path), expected)

    def wrong(self, path: str) -> bool:
        """Whether something typed in a field, or in a line of it, does not fit yet."""
        return any(held == path or held.startswith(f"{path}.") for held in self.case.problems)

    def renew(self) -> None:
        """Draw every widget anew from what the case holds."""
        self.mark += 1
        self.reads.clear()


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def of(case: CaseValue, me: SignedIn) -> Writing:
    """Return this tab's writing in a case as it now stands."""
    name = f"writing-{me.person}-{case.id}"
    held = st.session_state.get(name)
    if not isinstance(held, Writing) or held.case.edition != case.edition:
        held = st.session_state[name] = Writing(case, me)
    held.case, held.me = case, me
    return held
