"""The papers of a release: tagged, in both languages, the same bytes each time."""

import re
import zlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
import typst

from data_model.vocabulary import ClaimStanding
from inspect_app.publishing.board_pdf import SIGNS, _runs, drawable, pdf
from inspect_app.publishing.content import PublishedClaim, PublishedInspection
from inspect_app.publishing.inspection_paper import inspection_paper
from inspect_app.publishing.language import ENGLISH, LANGUAGES, WELSH, Language, Passage
from inspect_app.publishing.manifest import Since
from inspect_app.publishing.paper import (
    Heading,
    Items,
    Paper,
    Paragraph,
    Picture,
    Table,
    Text,
    plain,
    runs,
)
from inspect_app.publishing.papers import Papers, has_paper
from inspect_app.publishing.release_paper import summary
from tests.inspect_app.publishing.builders import (
    HARM,
    HMICFRS,
    INVENTED,
    MET,
    OFSTED,
    SILENT,
    content,
    mark,
)
from tests.inspect_app.publishing.test_language import ENGLISH_ONLY

SINCE = Since(3, date(2026, 11, 22))
CLAIM = PublishedClaim(
    code="ALD-C1",
    text="Children were seen alone.",
    text_welsh=None,
    direction="positive",
    themes=("T4",),
    indicators=(),
    standing=ClaimStanding.UNSUPPORTED.value,
    says="unsupported",
    says_welsh="heb ei gefnogi",
    answer="We will look again in May.",
    answer_welsh="Byddwn yn edrych eto ym mis Mai.",
)


def paper_of(read: PublishedInspection, language: Language = ENGLISH) -> Paper:
    asked = tuple(x for x in content().recommendations if x.code in read.recommendations)
    return inspection_paper(read, asked, SINCE, language)


def whole(language: Language = ENGLISH) -> Paper:
    return summary(content(), mark(content()), language)


def tables(paper: Paper) -> list[Table]:
    return [block for block in paper.blocks if isinstance(block, Table)]


def said(cells: Iterable[Text]) -> list[str]:
    return [plain(cell) for cell in cells]


def inflated(data: bytes) -> bytes:
    found = []
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.DOTALL):
        try:
            found.append(zlib.decompress(stream))
        except zlib.error:
            found.append(stream)
    return b"\n".join([data, *found])


@pytest.mark.parametrize(("language", "tag"), [(ENGLISH, b"en-GB"), (WELSH, b"cy-GB")])
def test_a_paper_is_tagged_for_accessibility_and_says_its_language(
    language: Language, tag: bytes
) -> None:
    for paper in (whole(language), paper_of(HMICFRS, language)):
        data = inflated(pdf(paper))
        assert data.startswith(b"%PDF-1.7")
        assert b"pdfuaid:part" in data
        assert b"/StructTreeRoot" in data
        assert tag in data


def test_the_same_paper_has_the_same_bytes() -> None:
    assert pdf(whole()) == pdf(whole())


def test_durham_stands_with_its_nine_cases_and_how_they_were_graded() -> None:
    (graded,) = [x for x in tables(paper_of(HMICFRS)) if "published counts" in x.caption]
    assert graded.rows == (("Missing child cases", "1", "2", "6", "9"),)
    assert "Cases read: 9" in paper_of(HMICFRS).said


def test_what_was_not_split_stands_once_and_says_so() -> None:
    (graded,) = tables(paper_of(MET))
    both = "36 (requires improvement or inadequate: not split in the source)"
    assert graded.rows == (("Missing child cases", "[x]", both, "[z]", "2", "38"),)


def test_a_withheld_line_stays_withheld_and_gaps_are_named() -> None:
    paper = paper_of(INVENTED)
    assert ("Male victims", "[c]", "[c]", "[c]", "[c]", "16") in tables(paper)[0].rows
    assert "Themes under which no case has a grade: Children with disabilities." in paper.said
    assert "invented sample" in paper.said


def test_a_paper_says_since_when_it_stands() -> None:
    assert "last changed in release 3, 22 November 2026" in paper_of(OFSTED).said
    assert "ddiwethaf yn natganiad 3, 22 Tachwedd 2026" in paper_of(OFSTED, WELSH).said


def test_claims_stand_beside_what_supports_them_with_their_answers() -> None:
    paper = paper_of(replace(INVENTED, claims=(CLAIM,)))
    row = next(x.rows[0] for x in tables(paper) if x.caption.startswith("Claims"))
    assert said(row) == [CLAIM.text, "unsupported", "We will look again in May."]
    welsh = paper_of(replace(INVENTED, claims=(CLAIM,)), WELSH)
    row = next(x.rows[0] for x in tables(welsh) if x.caption.startswith("Honiadau"))
    assert said(row) == [
        f"{CLAIM.text} (heb ei gyfieithu eto)",
        CLAIM.says_welsh,
        CLAIM.answer_welsh,
    ]


def test_a_recommendation_has_three_statuses_its_original_date_and_its_answer_in_full() -> None:
    answered = replace(
        HARM.owners[0], response_text="We accept it, and say how.", responded_on=date(2025, 6, 1)
    )
    of = content(recommendations=(replace(HARM, owners=(answered,)),))
    paper = summary(of, mark(of), ENGLISH)
    row = next(x.rows[0] for x in tables(paper) if x.caption == HARM.code)
    assert said(row[1:]) == [
        "Accepted",
        "Claimed complete",
        "Evidence insufficient",
        "31 January 2026",
    ]
    assert "We accept it, and say how." in paper.said
    assert "Aldermere Council, 1 June 2025" in paper.said
    welsh = summary(of, mark(of), WELSH)
    row = next(x.rows[0] for x in tables(welsh) if x.caption == HARM.code)
    assert said(row)[1] == "Derbyniwyd"
    assert said(row)[4] == "31 Ionawr 2026"


def test_a_release_says_what_it_covers_and_what_is_withheld() -> None:
    told = whole().said
    for each in (
        "Inspection evidence: release 3",
        "that published case grades: 2",
        "no grade: 1",
        "[c] Withheld",
    ):
        assert each in told
    assert "each marked [c]: 5." in told
    assert "Counts of 1 and 2 are withheld." in told


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_leave_out_no_level_and_no_text_is_empty(language: Language) -> None:
    for paper in (whole(language), *(paper_of(x, language) for x in (HMICFRS, INVENTED, OFSTED))):
        levels = [block.level for block in paper.blocks if isinstance(block, Heading)]
        assert levels[0] == 0
        assert all(b - a <= 1 for a, b in pairwise(levels))
        assert all(block.text for block in paper.blocks if isinstance(block, Paragraph))


def test_a_welsh_paper_is_welsh_in_its_grades_themes_and_lines() -> None:
    paper = paper_of(INVENTED, WELSH)
    graded = tables(paper)[0]
    assert graded.headings[1:4] == ("da", "angen gwella", "annigonol")
    assert "Dioddefwyr gwrywaidd" in [row[0] for row in graded.rows]
    assert "a ddarllenwyd yn ôl" in paper.said
    assert "ar hap" in paper.said


def foreign(paper: Paper) -> set[str]:
    """What a paper says in another language than its own."""
    texts: list[Text] = []
    for block in paper.blocks:
        if isinstance(block, Table):
            texts += [cell for row in block.rows for cell in row]
        elif isinstance(block, Items):
            texts += block.texts
        elif not isinstance(block, Picture):
            texts.append(block.text)
    return {words for text in texts for words, lang in runs(text) if lang}


def test_no_welsh_paper_speaks_english_without_saying_so() -> None:
    for paper in (whole(WELSH), *(paper_of(x, WELSH) for x in content().inspections)):
        told = paper.said
        for words in sorted(foreign(paper), key=len, reverse=True):
            told = told.replace(words, "")
        assert not ENGLISH_ONLY.findall(told), (paper.about, ENGLISH_ONLY.search(told))
    assert not foreign(whole())


def test_words_in_two_languages_keep_the_spaces_and_lines_between_them() -> None:
    body = Passage("Durham Constabulary", "en", "(heb ei gyfieithu eto)")
    said = _runs(("Darllenwyd gan: ", body, "\nMawrth 2020"))
    assert "".join(words for words, _lang in said) == (
        "Darllenwyd gan: Durham Constabulary (heb ei gyfieithu eto)\nMawrth 2020"
    )
    assert [words for words, lang in said if lang == "en"] == ["Durham Constabulary"]


def test_english_in_a_welsh_paper_is_tagged_for_who_hears_it() -> None:
    data = inflated(pdf(paper_of(OFSTED, WELSH)))
    assert b"/Lang (en)" in data or b"/Lang(en" in data
    assert "Ofsted" in foreign(paper_of(OFSTED, WELSH))


def test_an_inspection_of_which_nothing_is_known_has_no_paper() -> None:
    assert not has_paper(SILENT)
    assert has_paper(OFSTED)
    assert has_paper(replace(SILENT, claims=(CLAIM,)))
    assert not [x for x in Papers(content(), mark(content())).drawn_from if SILENT.code in x]


def test_a_picture_without_words_in_its_place_is_refused() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9"/></svg>'
    silent = Paper("Title", "", "", date(2026, 1, 1), (Picture(svg, ""),))
    with pytest.raises(typst.TypstError, match=r"alternative|alt"):
        pdf(silent)


def test_every_sign_we_let_through_has_one_in_the_fonts() -> None:
    runs = ["".join(map(chr, range(ord(first), ord(last) + 1))) for first, last in SIGNS]
    text = " ".join(sign for run in runs for sign in run if sign.strip())
    assert drawable(text) == text
    assert pdf(Paper("Signs", "", "", date(2026, 1, 1), (Paragraph(text),)))


@pytest.mark.parametrize("text", ["\u060d", "emoji \U0001f600", "\u4e00", "\u0301"])
def test_a_sign_no_font_has_is_shown_as_unknown_and_stops_nothing(text: str) -> None:
    assert "[?]" in drawable(text)
    assert pdf(Paper(text, "", "", date(2026, 1, 1), (Paragraph(text),)))


def test_an_inspection_without_a_title_is_called_by_its_code() -> None:
    assert paper_of(replace(HMICFRS, title=" \n")).title == HMICFRS.code
