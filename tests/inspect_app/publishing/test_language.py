"""The Welsh of the site: complete, in its own forms, and honest about what has no Welsh."""

import re
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages import Message
from jinja2 import nodes
from markupsafe import escape

from inspect_app.publishing.language import ENGLISH, WELSH
from inspect_app.publishing.names import pairs
from inspect_app.publishing.page import HERE, environment
from metrics import INDICATORS
from tests.support import catalogue

PLACES = re.compile(r"%\(\w+\)s|\{\w+\}|</?\w+>|<\w+ class=[^>]+>")
IN_ONE_LANGUAGE = "digest.html.j2"
TEMPLATES = sorted(
    path.name for path in (HERE / "templates").glob("*.html.j2") if path.name != IN_ONE_LANGUAGE
)
SPOKEN = ("aria-label", "alt", "title", "placeholder", "data-label", "data-says")
ENGLISH_ONLY = re.compile(r"\b(the|and|of|for|with|from|this|that|which|not|are|were)\b", re.I)


def translated() -> list[Message]:
    return [each for source in catalogue.SOURCES for each in source.welsh() if each.id]


def forms(message: Message) -> Iterator[tuple[str, str]]:
    """Each English form with the Welsh that stands for it; the plural's six with the plural."""
    if isinstance(message.id, str):
        yield message.id, str(message.string)
    else:
        yield from ((message.id[-1], said) for said in message.string or ())


@pytest.mark.parametrize("source", catalogue.SOURCES, ids=lambda each: each.domain)
def test_everything_that_a_release_says_has_welsh_and_nothing_else_has(
    source: catalogue.Source,
) -> None:
    assert source.path.read_text(encoding="utf-8") == source.updated()
    said = [each for each in source.welsh() if each.id]
    assert not [each.id for each in said if not all(welsh for _, welsh in forms(each))]


def test_every_word_of_every_indicator_is_said_in_welsh() -> None:
    words = {words for words, _ in catalogue.declared()}
    assert len(INDICATORS) > 130
    assert not [each for each in words if isinstance(each, str) and WELSH.name(each).lang]


def test_every_translation_keeps_the_places_for_values_and_the_markup() -> None:
    for message in translated():
        for english, welsh in forms(message):
            plain = welsh.replace(' lang="en"', "")
            assert sorted(PLACES.findall(english)) == sorted(PLACES.findall(plain)), english


def test_every_count_has_the_six_forms_of_welsh() -> None:
    counted = [each for each in translated() if not isinstance(each.id, str)]
    assert counted
    assert {len(each.string or ()) for each in counted} == {6}


@pytest.mark.parametrize(
    ("count", "says"),
    [
        (0, "0 corff arolygu"),
        (1, "1 corff arolygu"),
        (2, "2 gorff arolygu"),
        (3, "3 chorff arolygu"),
        (6, "6 chorff arolygu"),
        (7, "7 corff arolygu"),
        (1_234, "1,234 corff arolygu"),
    ],
)
def test_a_count_takes_the_form_that_welsh_gives_it(count: int, says: str) -> None:
    bodies = ("%(count)s inspecting body", "%(count)s inspecting bodies")
    assert WELSH.count(bodies, count) == says


def test_english_has_two_forms() -> None:
    bodies = ("%(count)s inspecting body", "%(count)s inspecting bodies")
    assert [ENGLISH.count(bodies, count).split()[-1] for count in (0, 1, 2)] == [
        "bodies",
        "body",
        "bodies",
    ]


def test_dates_and_numbers_are_said_as_each_language_says_them() -> None:
    on = date(2019, 9, 9)
    assert [x.day(on) for x in (ENGLISH, WELSH)] == ["9 September 2019", "9 Medi 2019"]
    assert [x.month(on) for x in (ENGLISH, WELSH)] == ["September 2019", "Medi 2019"]
    assert [x.number(12_345) for x in (ENGLISH, WELSH)] == ["12,345"] * 2
    assert [x.one_decimal(1234.56) for x in (ENGLISH, WELSH)] == ["1,234.6"] * 2


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("September 2019", "Medi 2019"),
        ("Year to 31 March 2024", "Y flwyddyn hyd at 31 Mawrth 2024"),
        ("2018/19", "2018/19"),
        ("2019/20 Q3", "Chwarter 3 2019/20"),
        ("April 2018 to March 2019", "Ebrill 2018 i Fawrth 2019"),
        ("January to December 2019", "Ionawr 2019 i Ragfyr 2019"),
        ("year to March 2020", "Y flwyddyn hyd at Fawrth 2020"),
        ("October to 31 December 2019", "Hydref 2019 i 31 Rhagfyr 2019"),
        ("undated", "Heb ddyddiad"),
        ("31 June 2019", '<span lang="en">31 June 2019</span>'),
        ("two years to March 2019", "dwy flynedd hyd at Fawrth 2019"),
        ("the week of the move", '<span lang="en">the week of the move</span>'),
    ],
)
def test_a_period_is_welsh_where_it_is_a_date_and_else_marked_english(
    label: str, says: str
) -> None:
    assert escape(WELSH.period(label)) == says
    assert escape(ENGLISH.period(label)) == label


def test_a_word_has_one_welsh_wherever_it_stands() -> None:
    said: dict[str, str] = {}
    for english, welsh in pairs():
        assert said.setdefault(english, welsh) == welsh, english
    both = set(said) & {str(each.id) for each in translated()}
    assert {word for word in both if WELSH.gettext(word) != said[word]} == set()


def test_a_name_without_welsh_is_marked_as_english_and_a_text_says_so_too() -> None:
    assert escape(WELSH.name("Good")) == "Da"
    assert escape(WELSH.name("Ofsted <3")) == '<span lang="en">Ofsted &lt;3</span>'
    assert escape(WELSH.name("Cardiff", "Caerdydd")) == "Caerdydd"
    assert escape(WELSH.text("Said.")) == (
        '<span lang="en">Said.</span> <span class="untranslated">(heb ei gyfieithu eto)</span>'
    )
    assert escape(WELSH.text("Said.", "Dywedwyd.")) == "Dywedwyd."
    assert escape(WELSH.text("The total is not stated.")) == "Ni nodir y cyfanswm."
    assert escape(WELSH.quoted("Said.", "Dywedwyd.")) == "Dywedwyd."
    assert escape(WELSH.quoted("Said.")) == escape(WELSH.text("Said."))
    assert escape(WELSH.quoted("The total is not stated.")) == (
        'Ni nodir y cyfanswm. <span class="untranslated">'
        "(ein cyfieithiad ni, nid un yr awdur)</span>"
    )
    assert escape(ENGLISH.quoted("The total is not stated.")) == "The total is not stated."
    assert escape(ENGLISH.text("Said.", "Dywedwyd.")) == "Said."


@pytest.mark.parametrize(
    ("label", "says"),
    [
        ("Durham (police force area)", '<span lang="en">Durham</span> (ardal heddlu)'),
        ("Poole (until 31 March 2019)", '<span lang="en">Poole</span> (tan 31 Mawrth 2019)'),
        (
            "Leeds City Council (area code used until March 2013) (invented)",
            '<span lang="en">Leeds City Council</span> '
            "(cod ardal a ddefnyddiwyd tan Fawrth 2013) (dychmygol)",
        ),
        ("Cardiff (invented)", "Caerdydd (dychmygol)"),
        ("Leeds (the city)", '<span lang="en">Leeds (the city)</span>'),
    ],
)
def test_what_stands_in_brackets_after_a_name_is_welsh_even_where_the_name_is_not(
    label: str, says: str
) -> None:
    assert escape(WELSH.name(label)) == says
    assert escape(ENGLISH.name(label)) == label
    assert WELSH.word(label) == re.sub(r"<.*?>", "", says)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_template_has_a_word_that_no_catalogue_can_translate(name: str) -> None:
    source = (HERE / "templates" / name).read_text(encoding="utf-8")
    literal = Literal()
    for output in environment(ENGLISH).parse(source).find_all(nodes.TemplateData):
        literal.feed(output.data)
    told = {word.strip() for word in literal.words} - {""}
    assert not [word for word in told if re.search(r"[A-Za-z]{2,}", word)], told
    consts = re.findall(r'\{\{\s*"([^"]+)"\s*(?:if|\}\})', source)
    assert not [each for each in consts if re.match(r"[A-Z]", each)], consts


def test_no_welsh_page_speaks_english_without_saying_so(released: Path) -> None:
    for path in sorted((released / "cy").rglob("*.html")):
        spoken = Spoken(path.read_text(encoding="utf-8")).words
        assert not ENGLISH_ONLY.findall(spoken), (path.name, ENGLISH_ONLY.search(spoken))


class Literal(HTMLParser):
    """What a template itself says: its text, and the attributes that are read out."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.code = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.code = tag == "code" or (self.code and tag != "a")
        self.words += [said or "" for name, said in attrs if name in SPOKEN]

    def handle_endtag(self, tag: str) -> None:
        self.code = self.code and tag != "code"

    def handle_data(self, data: str) -> None:
        # File names, and the command that checks a release, are the same in every language.
        plain = re.sub(r"[\w.]*\.(?:json|csv)|SHA256SUMS", "", data)
        self.words += [] if self.code else [plain]


class Spoken(HTMLParser):
    """What a page says in its own language: all but what is marked as English, or is code."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.words = ""
        self.foreign: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        apart = ("lang", "en") in attrs or tag in {"code", "title", "script"}
        if apart or tag in self.foreign:
            self.foreign.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.foreign and self.foreign[-1] == tag:
            self.foreign.pop()
        self.words += " "

    def handle_data(self, data: str) -> None:
        self.words += "" if self.foreign else data
