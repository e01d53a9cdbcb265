"""One page in one language: what it is drawn from, how it is drawn, and when it last changed.

A template sees the values of its page and nothing else, so that their digest says whether the
page could differ: a page drawn from the same is byte for byte the same in the next release.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from data_model.vocabulary import Symbol
from inspect_app.publishing import (
    area_view,
    evidence_view,
    papers,
    release_book,
    release_words,
    words,
)
from inspect_app.publishing.comparison_view import MANY, unknowns
from inspect_app.publishing.content import ReleaseMark
from inspect_app.publishing.data_tables import TABLES
from inspect_app.publishing.grade_bars import grade_bars
from inspect_app.publishing.language import ENGLISH, LANGUAGES, WELSH, Language
from inspect_app.publishing.manifest import Since, fingerprint
from inspect_app.publishing.marking import later
from inspect_app.publishing.policy import POLICY
from inspect_app.publishing.series_chart import series_chart

HERE = Path(__file__).parent
VALUE, CODE = re.compile("“([^”]*)”"), Markup("<code>{}</code>")
Values = Mapping[str, object]
View = Callable[[Any, Language], Values]


def as_they_are(values: Values, language: Language) -> Values:  # noqa: ARG001 - one shape for all
    """Return the values themselves: the view of a page that works nothing out."""
    return values


@dataclass(frozen=True)
class Address:
    """Where a page stands: its place, the same in both languages, and its language."""

    place: str
    language: Language

    @property
    def path(self) -> str:
        """The path from the root of the release: `areas/E06000047.html`, `cy/areas/…`."""
        return self.place if self.language is ENGLISH else f"{self.language.code}/{self.place}"

    @property
    def root(self) -> str:
        """The way from the page to the root of its language."""
        return "../" * self.place.count("/")

    @property
    def top(self) -> str:
        """The way from the page to the root of the release."""
        return "../" * self.path.count("/")

    @property
    def languages(self) -> list[Language]:
        """Every language, the page's own first."""
        return sorted(LANGUAGES, key=lambda each: each is not self.language)

    def shelf(self, place: str) -> str:
        """Return the way to a page of the shelf from a release that stands on it."""
        return f"{self.top}../../{Address(place, self.language).path}"

    @property
    def others(self) -> list[tuple[Language, str]]:
        """The other languages, and the way to this page in each."""
        found = [Address(self.place, each) for each in LANGUAGES if each is not self.language]
        return [(each.language, f"{self.top}{each.path}") for each in found]


@dataclass(frozen=True)
class Said:
    """What a page says in whatever language: written out and hashed once for all of them."""

    values: Values

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the values."""
        return hashlib.sha256(repr(self.values).encode()).hexdigest()


@dataclass(frozen=True)
class Sheet:
    """A page that can be drawn on its own: called, it returns its bytes.

    `said` is all that it is drawn from beside the program. `changed` is the mark of the
    release in which it last changed; only a page that names its release is given `mark` too.
    """

    address: Address
    template: str
    said: Said
    view: View
    changed: Since
    mark: ReleaseMark | None = None

    def __call__(self) -> bytes:
        """Return the page as UTF-8."""
        language = self.address.language
        page = environment(language).get_template(f"{self.template}.html.j2")
        at = self.address
        given = {"at": at, "top": at.top, "home": at.root, "changed": self.changed}
        return page.render(
            **given, mark=self.mark, **self.view(self.said.values, language)
        ).encode()

    @property
    def drawn_from(self) -> str:
        """The SHA-256 of all that the page is drawn from, the program among it."""
        whole = (fingerprint(), self.address, self.template, self.said.digest, self.mark)
        return hashlib.sha256(repr(whole).encode()).hexdigest()


@dataclass(frozen=True)
class Fixed:
    """A file that stands beside the pages as it is: the style sheet, the script."""

    name: str

    def __call__(self) -> bytes:
        """Return the file, with the line ends of the release."""
        return (HERE / self.name).read_text(encoding="utf-8").encode()

    @property
    def drawn_from(self) -> str:
        """The SHA-256 of the file."""
        return hashlib.sha256(self()).hexdigest()


@cache
def environment(language: Language) -> Environment:
    """Return what draws templates in a language."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\n",
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_callables(  # type: ignore[attr-defined]
        language.gettext, language.ngettext, newstyle=True
    )
    made.filters.update(PLAIN)
    made.filters.update({name: _in(language, says) for name, says in SAID.items()})
    made.filters.update({name: getattr(language, name) for name in OF_LANGUAGE})
    made.globals.update(GLOBALS, language=language)
    return made


def _in(language: Language, says: Callable[..., Any]) -> Callable[..., Any]:
    return lambda *values: says(*values, language)


def _mark_means(mark: Symbol, language: Language) -> str:
    return language.word(mark.english)


def _values_in(meaning: str) -> Markup:
    """Return what a column holds, the values of its cells (“all”) as the code they are."""
    parts = VALUE.split(meaning)
    return Markup("").join(CODE.format(x) if at % 2 else x for at, x in enumerate(parts))


OF_LANGUAGE = (
    "day",
    "name",
    "one_decimal",
    "period",
    "period_text",
    "quoted",
    "text",
    "word",
)
"""What a language says of a value by itself."""

SAID: dict[str, Callable[..., Any]] = {
    "bars": grade_bars,
    "basis": words.basis,
    "by_side": area_view.by_side,
    "case_kind": words.case_kind,
    "chart": series_chart,
    "inspecting": area_view.inspecting,
    "kind_after_name": area_view.kind_after_name,
    "lines": evidence_view.evidence_lines,
    "means": _mark_means,
    "number": words.number,
    "scope": release_words.scope_of,
    "shown_value": area_view.shown_value,
    "tables": evidence_view.grade_tables,
    "theme_of": evidence_view.theme_name,
    "unknowns": unknowns,
}
"""What a view says of a value, in the language of the page."""

PLAIN: dict[str, Callable[..., Any]] = {
    "no_value": area_view.no_value,
    "nothing_graded": evidence_view.nothing_graded,
    "sentence": words.sentence,
    "values_in": _values_in,
}
GLOBALS: dict[str, object] = {
    "MANY": MANY,
    "POLICY": POLICY,
    "SYMBOLS": tuple(Symbol),
    "TABLES": TABLES,
    "WELSH": WELSH,
    "WORKBOOKS": release_book.PATHS,
    "later": later,
    "paper_of": papers.path_of,
    "paper_of_release": papers.path_of_release,
    "is_mark": lambda value: isinstance(value, Symbol),
}
