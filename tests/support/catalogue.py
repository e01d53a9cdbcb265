"""Every sentence that a release can say, beside its Welsh: its pages, its indicators, its sources.

`python -m tests.support.catalogue` brings the Welsh catalogues up to date with them: new sentences
come in without a translation, and those that nobody says any more go.
"""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

import sample_inspections
from inspect_app.publishing import language
from inspect_app.publishing.names import pairs
from inspect_app.publishing.page import HERE
from inspect_app.publishing.periods import is_dated
from inspect_app.services.release_content import INVENTED, PROTECTION
from inspect_app.services.release_evidence import RECORDED_HERE
from inspect_app.services.samples import BREAK_NOTE
from metrics import INDICATORS
from metrics.indicator import Indicator, Reported

Said = tuple[str | tuple[str, ...], str]
METHODS = [("**.py", "python"), ("**.j2", "jinja2.ext:babel_extract")]
KEYWORDS = {"_": None, "ngettext": (1, 2), "later": None, "later_count": (1, 2)}
REVIEW = "i'w adolygu"
HEADER = f"""\
# %s Its keys are the English; the plural forms are CLDR's.
# Nobody who speaks Welsh at work in child protection has read it yet. Begin with the sentences
# marked “{REVIEW}” (to be reviewed), and take the mark away from those that you have read.
# The terms are in docs/welsh-terms.md.
msgid ""
msgstr ""
"Language: cy\\n"
"Plural-Forms: nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n==3 ? 3 : n==6 ? 4 : 5);\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
REAL = Path(sample_inspections.__file__).parent / "real"
WORDED = {
    "figures": ("subject", "note", "period_label"),
    "inspections": ("note", "period_label"),
    "judgements": ("topic",),
    "published_evidence": ("note",),
    "recommendations": ("title", "text"),
}
"""The columns of the public samples that hold our words, or the Inquiry's recommendations."""


def pages() -> Iterator[Said]:
    """Yield every sentence of the site, its papers and its workbook, and the file it stands in."""
    found = extract_from_dir(HERE, METHODS, keywords=KEYWORDS)
    for place, _line, message, _comments, _context in found:
        yield message, place


def declared() -> Iterator[Said]:
    """Yield every word that an indicator is declared with, and whose it is."""
    for indicator in INDICATORS:
        for part, words in _parts(indicator):
            if words:
                yield words, f"{indicator.code}.{part}"


def _parts(of: Indicator | Reported) -> Iterator[tuple[str, str | None]]:
    yield from (("title", of.title), ("period", of.period))
    yield from (("break", each.why) for each in of.breaks)
    yield from (("rule", each.says) for each in of.rules)
    if isinstance(of, Indicator):
        yield "asks", of.asks
        return
    names = ("numerator", "denominator", "unit", "why_no_interval")
    yield from ((name, getattr(of, name)) for name in names)
    if of.target:
        yield from (("target", of.target.says), ("target", of.target.whose))


def shipped() -> Iterator[Said]:
    """Yield our words about the public samples and about releases, and what holds each."""
    for table, columns in WORDED.items():
        with (REAL / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                told = ((row[column], f"{table}.{column}") for column in columns)
                yield from ((said, place) for said, place in told if not is_dated(said))
    yield from ((each, "release") for each in (RECORDED_HERE, PROTECTION, *INVENTED))
    yield BREAK_NOTE, "figures.note"


@dataclass(frozen=True)
class Source:
    """A catalogue: its domain, what it is the Welsh of, and what says its sentences."""

    domain: str
    about: str
    said: Callable[[], Iterator[Said]]

    @property
    def path(self) -> Path:
        """Where its Welsh stands."""
        return language.catalogue_of("cy", self.domain)

    def keys(self) -> dict[str | tuple[str, ...], list[str]]:
        """Return every sentence that no catalogue before this one has, and where each stands."""
        before = {key for each in SOURCES[: SOURCES.index(self)] for key, _ in each.said()}
        known = before | {english for english, _ in pairs()} if before else before
        found: dict[str | tuple[str, ...], list[str]] = {}
        for message, place in sorted(self.said(), key=lambda each: (each[1], str(each[0]))):
            if message and message not in known:
                found.setdefault(message, []).append(place)
        return found

    def welsh(self) -> Catalog:
        """Return the Welsh catalogue as it stands."""
        with self.path.open("rb") as held:
            return read_po(held, locale="cy")

    def updated(self) -> str:
        """Return the Welsh catalogue brought up to date, as its file would hold it."""
        held, made = self.welsh(), Catalog(locale="cy", domain=self.domain)
        for key, places in self.keys().items():
            lines = [(place, None) for place in dict.fromkeys(places)]
            made.add(key, locations=lines)  # type: ignore[arg-type]
        for message in made:
            old = held.get(message.id) if message.id else None
            if old:
                message.string = old.string
                message.user_comments = old.user_comments
        return HEADER % self.about + written(made)


def written(catalogue: Catalog) -> str:
    """Return a catalogue as its file holds it: nothing in it but words, and no date."""
    out = BytesIO()
    write_po(out, catalogue, width=100, omit_header=True, sort_output=True, include_lineno=False)
    return out.getvalue().decode()


SOURCES = (
    Source(language.PAGES, "The Welsh of the public site of a release.", pages),
    Source("indicators", "The Welsh of what each indicator is declared with.", declared),
    Source("public_data", "The Welsh of what a release says of its sources.", shipped),
)

if __name__ == "__main__":
    for source in SOURCES:
        source.path.write_text(source.updated(), encoding="utf-8")
