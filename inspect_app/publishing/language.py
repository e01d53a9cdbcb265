"""The language a page is in: its sentences, names, numbers and dates, in English or Welsh.

Sentences come from gettext catalogues; their keys are the English. Words and names that the
vocabulary or the reference data hold in Welsh come from there, and are not translated twice.
"""

from collections.abc import Iterator, Mapping, Sequence
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
from inspect_app.publishing.mutations import mutated
from inspect_app.publishing.names import Kind, parted, welsh_names
from inspect_app.publishing.periods import translated

LOCALE = Path(__file__).parent / "locale"
PAGES = "publishing"
DOMAINS = (PAGES, "indicators", "public_data")
"""The catalogues: what pages say, what indicators are declared with, and what came with data."""
PLURALS = ("zero", "one", "two", "few", "many", "other")
"""The forms of a Welsh count, in the order in which the catalogue gives them (CLDR)."""


@dataclass(frozen=True)
class Passage:
    """Words that a reader hears in their own language; `lang` is empty where it is the page's.

    `after` and then `note` follow them in the language of the page: what kind of place it is,
    and whose words they are.
    """

    words: str
    lang: str = ""
    note: str = ""
    after: str = ""

    def __html__(self) -> str:
        """Return the passage as a page holds it."""
        said = FOREIGN.format(self.lang, self.words) if self.lang else escape(self.words)
        return said + escape(self.after) + (NOTE.format(self.note) if self.note else "")


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
        said = self.gettext(message) % values
        return said if self is ENGLISH else mutated(said)

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
        said = self.name(english)
        return f"{said.words}{said.after}"

    def name(self, english: str, welsh: str | None = None) -> Passage:
        """Return a name; English on a Welsh page is marked as English, but not what follows it."""
        known = welsh or self._known(english)
        plain, kinds = ("", ()) if known else parted(english)
        if not kinds:
            return self._passage(english, known)
        return replace(self.name(plain), after=self._after(kinds))

    def period(self, label: str) -> Passage:
        """Return a period in this language where its label is a date, a year or a quarter."""
        return self._passage(label, self._period(label))

    def period_text(self, label: str) -> str:
        """Return a period as `period` does, for the middle of a sentence."""
        return self._period(label) or label

    def text(self, english: str, welsh: str | None = None) -> Passage:
        """Return free text; what has no Welsh says on a Welsh page that it has none.

        `welsh` is what its writer gave.
        """
        said = self._passage(english, welsh or self._known(english))
        return replace(said, note=f"({self.gettext(NOT_TRANSLATED)})") if said.lang else said

    def quoted(self, english: str, welsh: str | None = None) -> Passage:
        """Return what somebody else wrote; Welsh that is not theirs says that it is ours."""
        said = self.text(english, welsh)
        ours = self is not ENGLISH and not welsh and not said.lang
        return replace(said, note=f"({self.gettext(OUR_TRANSLATION)})") if ours else said

    def _after(self, kinds: Sequence[Kind]) -> str:
        said = (self.say(each.message, day=self.period_text(each.day)) for each in kinds)
        return "".join(f" ({each})" for each in said)

    def _known(self, english: str) -> str | None:
        if self is ENGLISH:
            return english
        return welsh_names().get(english) or (_catalogue(self.code).get(english) or (None,))[0]

    def _period(self, label: str) -> str | None:
        if self is ENGLISH:
            return label
        return translated(label, self.gettext, _locale(self.locale)) or self._known(label)

    def _passage(self, english: str, known: str | None) -> Passage:
        if self is ENGLISH:
            return Passage(english)
        return Passage(known or "") if known or not english else Passage(english, ENGLISH.code)


ALL_OF = later("%(first)s and %(last)s")
ANY = later("%(first)s or %(last)s")
NOT_TRANSLATED = later("not yet translated")
OUR_TRANSLATION = later("our own translation, not its author’s")
ENGLISH = Language("en", "English", "en_GB")
WELSH = Language("cy", "Cymraeg", "cy")
LANGUAGES = (ENGLISH, WELSH)


@cache
def _locale(name: str) -> Locale:
    return Locale.parse(name)


def catalogue_of(code: str, domain: str) -> Path:
    """Return where the catalogue of a language and domain stands."""
    return LOCALE / code / "LC_MESSAGES" / f"{domain}.po"


@cache
def _catalogue(code: str) -> Mapping[str, tuple[str, ...]]:
    """Return the sentences of a language by their English; English needs none."""
    places = (catalogue_of(code, domain) for domain in DOMAINS)
    return dict(entry for place in places if place.exists() for entry in _entries(place, code))


def _entries(place: Path, code: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    with place.open("rb") as held:
        read = read_po(held, locale=code)
    yield from (_forms(each.id, each.string) for each in read if each.id)


def _forms(
    key: str | Sequence[str], said: str | Sequence[str] | None
) -> tuple[str, tuple[str, ...]]:
    english = key if isinstance(key, str) else key[0]
    forms = (said,) if isinstance(said, str) else tuple(said or ())
    # A sentence without a translation stays English; a test finds it before a reader does.
    return english, forms if all(forms) else (english,) * len(forms)
