"""Bars of grades: each part has its number and word; nothing is drawn as what it is not."""

import re

import pytest

from data_model.vocabulary import Symbol
from inspect_app.publishing.content import PublishedInspection
from inspect_app.publishing.evidence_view import grade_tables
from inspect_app.publishing.grade_bars import Bars, grade_bars
from inspect_app.publishing.language import ENGLISH, WELSH, Language
from tests.inspect_app.publishing.builders import (
    CASE_GRADES,
    HMICFRS,
    INVENTED,
    MET,
    inspection,
    with_evidence,
)


def bars(of: PublishedInspection, language: Language = ENGLISH) -> Bars:
    (table,) = grade_tables(of, language)
    return grade_bars(table, language)


def widths(svg: str) -> list[float]:
    return [float(width) for width in re.findall(r'<rect[^>]*width="([0-9.]+)%"', svg)]


def looks(svg: str) -> list[str]:
    return re.findall(r'class="b-(\w+)" fill="url\(#p-\1\)"', svg)


def test_a_bar_is_as_long_as_its_counts_and_says_them() -> None:
    (bar,) = bars(HMICFRS).bars
    assert widths(bar.svg) == pytest.approx([100 / 9, 200 / 9, 600 / 9], abs=0.05)
    assert looks(bar.svg) == ["good", "middling", "poor"]
    assert re.findall(r">(\d+)</text>", bar.svg) == ["1", "2", "6"]
    said = "<title>Missing child cases: 1 good; 2 requires improvement; 6 inadequate</title>"
    assert said in bar.svg
    assert 'role="img"' in bar.svg


def test_the_key_has_a_word_for_every_look() -> None:
    assert bars(HMICFRS).key == (
        ("good", "good"),
        ("middling", "requires improvement"),
        ("poor", "inadequate"),
    )
    assert bars(HMICFRS, WELSH).key[1] == ("middling", "angen gwella")


def test_grades_that_were_not_split_are_one_part_with_a_look_of_its_own() -> None:
    (bar,) = bars(MET).bars
    assert looks(bar.svg) == ["unsplit", "none"]
    assert re.findall(r">(\d+)</text>", bar.svg) == ["36", "2"]


def test_what_is_withheld_has_no_length_and_no_number() -> None:
    held = {bar.heading: bar.svg for bar in bars(INVENTED).bars}
    withheld = held["Male victims"]
    assert looks(withheld) == ["withheld"]
    assert widths(withheld) == [100]
    assert re.findall(r">([^<]+)</text>", withheld) == ["c"]
    assert "withheld to protect children" in withheld


def test_cases_whose_grade_nobody_published_are_drawn_as_that() -> None:
    some = with_evidence(
        inspection("SOME", grade_names=CASE_GRADES),
        "published counts",
        [("cse", "all", "good", 3, 10), ("cse", "all", "inadequate", Symbol.NOT_AVAILABLE, 10)],
    )
    (bar,) = bars(some).bars
    assert looks(bar.svg) == ["good", "none"]
    assert widths(bar.svg) == [30, 70]
    assert "7 no grade published" in bar.svg


def test_a_part_too_narrow_for_its_number_is_in_the_words_still() -> None:
    many = with_evidence(
        inspection("MANY", grade_names=CASE_GRADES),
        "published counts",
        [("cse", "all", "good", 1, 400), ("cse", "all", "inadequate", 399, 400)],
    )
    (bar,) = bars(many).bars
    assert re.findall(r">(\d+)</text>", bar.svg) == ["399"]
    assert "1 good; 399 inadequate" in bar.svg


def test_nothing_counted_is_nothing_drawn() -> None:
    none = with_evidence(
        inspection("NONE", grade_names=CASE_GRADES),
        "published counts",
        [("cse", "all", "good", 0, 0)],
    )
    assert bars(none).bars == ()
