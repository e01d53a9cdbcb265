"""The language a page is in: its sentences, names, numbers and dates, in English or Welsh.

Sentences come from a gettext catalogue; its keys are the English. Words and names that the
vocabulary or the reference data hold in Welsh come from there, and are not translated twice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.messages.pofile import read_po
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from inspect_app.publishing.marking import later
from inspect_app.publishing.names import welsh_names
from inspect_app.publishing.periods import translated

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "publishing"
PLURALS = ("zero", "one", "two", "few", "many", "other")
"""The forms of a Welsh count, in the order in which the catalogue gives them (CLDR)."""


@dataclass(frozen=True)
class Passage:
    """Words that a reader hears in their own language; `lang` is empty where it is the page's.

    `note` follows them in the language of the page.
    """

    words: str
    lang: str = ""
    note: str = ""

    def __html__(self) -> str:
        """Return the passage as a page holds it."""
        said = FOREIGN.format(self.lang, self.words) if self.lang else escape(self.words)
        return said + NOTE.format(self.note) if self.note else said


FOREIGN = Markup('<span lang="{}">{}</span>')
NOTE = Markup(' <span class="untranslated">{}</span>')


@dataclass(frozen=True)
class Language:
    """A language with its code, its own name, and how CLDR calls its place."""

    code: str
    title: str
    locale: str

    @property
    def tag(self) -> str:
        """What a workbook calls it: en-GB, cy-GB."""
        return f"{self.code}-GB"

    def gettext(self, message: str) -> str:
        """Return the sentence in this language, its places for values still open."""
        return _catalogue(self.code).get(message, (message,))[0]

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the form of the sentence for this count, its places still open."""
        forms = _catalogue(self.code).get(one)
        if forms is None:
            return one if count == 1 else many
        return forms[PLURALS.index(_locale(self.locale).plural_form(count))]

    def say(self, message: str, **values: object) -> str:
        """Return the sentence in this language with its values in their places."""
        return self.gettext(message) % values

    def count(self, forms: tuple[str, str], count: int, **values: object) -> str:
        """Return the form of the sentence for this count, with it and the values in place."""
        shown = self.number(count)
        return self.ngettext(*forms, count) % {"count": shown, **values}

    def number(self, value: int) -> str:
        """Return a whole number with its thousands marked."""
        return format_decimal(value, locale=_locale(self.locale))

    def one_decimal(self, value: float) -> str:
        """Return a value with one decimal place, its thousands marked."""
        # Rounded once, as every other output rounds: CLDR alone would round halves to even.
        return format_decimal(Decimal(f"{value:.1f}"), "#,##0.0", _locale(self.locale))

    def day(self, value: date) -> str:
        """Return a date as it is said: 9 September 2019, 9 Medi 2019."""
        return format_date(value, "d MMMM y", _locale(self.locale))

    def month(self, value: date) -> str:
        """Return the month of a date: September 2019, Medi 2019."""
        return format_date(value, "MMMM y", _locale(self.locale))

    def listed(self, items: Sequence[str], message: str | None = None) -> str:
        """Return items as a list in a sentence: `a, b and c`; with ANY, `a, b or c`."""
        if len(items) < 2:
            return "".join(items)
        return self.say(message or ALL_OF, first=", ".join(items[:-1]), last=items[-1])

    def word(self, english: str) -> str:
        """Return a word or name in this language, or the English where nobody has given it."""
        return self._known(english) or english

    def name(self, english: str, welsh: str | None = None) -> Passage:
        """Return a name; English on a Welsh page is marked as English."""
        return self._passage(english, welsh or self._known(english))

    def period(self, label: str) -> Passage:
        """Return a period in this language where its label is a date, a year or a quarter."""
        return self._passage(label, self._period(label))

    def period_text(self, label: str) -> str:
        """Return a period as `period` does, for the middle of a sentence."""
        return self._period(label) or label

    def text(self, english: str, welsh: str | None = None) -> Passage:
        """Return free text; what has no Welsh says on a Welsh page that it has none."""
        if self is ENGLISH or welsh:
            return self._passage(english, welsh)
        return replace(self.name(english), note=f"({self.gettext(NOT_TRANSLATED)})")

    def _known(self, english: str) -> str | None:
        if self is ENGLISH:
            return english
        return welsh_names().get(english) or (_catalogue(self.code).get(english) or (None,))[0]

    def _period(self, label: str) -> str | None:
        return label if self is ENGLISH else translated(label, self.gettext, _locale(self.locale))

    def _passage(self, english: str, known: str | None) -> Passage:
        if self is ENGLISH:
            return Passage(english)
        return Passage(known or "") if known or not english else Passage(english, ENGLISH.code)


ALL_OF = later("%(first)s and %(last)s")
ANY = later("%(first)s or %(last)s")
NOT_TRANSLATED = later("not yet translated")
ENGLISH = Language("en", "English", "en_GB")
WELSH = Language("cy", "Cymraeg", "cy")
LANGUAGES = (ENGLISH, WELSH)


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


@cache
def _catalogue(code: str) -> Mapping[str, tuple[str, ...]]:
    """Return the sentences of a language by their English; English needs none."""
    place = LOCALE / code / "LC_MESSAGES" / f"{DOMAIN}.po"
    if not place.exists():
        return {}
    with place.open("rb") as held:
        read = read_po(held, locale=code)
    return dict(_forms(each.id, each.string) for each in read if each.id)


def _forms(
    key: str | Sequence[str], said: str | Sequence[str] | None
) -> tuple[str, tuple[str, ...]]:
    english = key if isinstance(key, str) else key[0]
    forms = (said,) if isinstance(said, str) else tuple(said or ())
    # A sentence without a translation stays English; a test finds it before a reader does.
    return english, forms if all(forms) else (english,) * len(forms)
