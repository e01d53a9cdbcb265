"""How claims stand in words: only with counts that may be shown, in both languages."""

from dataclasses import dataclass

import pytest

from data_model.vocabulary import ClaimStanding, Symbol
from inspect_app.publishing.content import Number
from inspect_app.services.claim_words import Line, Said, joined, lines, of_line, stands

GRADES = {
    "good": Said("Good", "Da"),
    "requires_improvement": Said("Requires improvement", "Angen gwella"),
    "inadequate": Said("Inadequate", "Annigonol"),
}
C, X = Symbol.WITHHELD, Symbol.NOT_AVAILABLE


@dataclass(frozen=True)
class Shown:
    """A count that may be shown."""

    theme: str
    case_kind: str
    grade: str
    cases: Number
    cases_read: Number


def graded(*cases: Number, read: Number = 9) -> Line:
    """Return a line with a count for each grade, best first."""
    return Line(read, tuple(zip(GRADES, cases, strict=True)))


@pytest.mark.parametrize(
    ("line", "english", "welsh"),
    [
        (graded(1, 2, 6), "9 cases: 1/2/6", "9 achos: 1/2/6"),
        (graded(0, 0, 0), "no graded case", "dim achos wedi'i raddio"),
        (
            graded(0, 1, 0),
            "1 case: 0/1/0, too few to say",
            "1 achos: 0/1/0, rhy ychydig i ddweud",
        ),
        (graded(700, 500, 34), "1,234 cases: 700/500/34", "1,234 achos: 700/500/34"),
        (
            graded(C, C, C),
            "9 cases read; how they were graded is withheld",
            "9 achos a ddarllenwyd; mae'r graddau wedi'u hatal",
        ),
        (
            graded(C, C, C, read=C),
            "how many cases were read and how they were graded is withheld",
            "mae nifer yr achosion a ddarllenwyd a'u graddau wedi'u hatal",
        ),
        (
            Line(38, (("requires_improvement|inadequate", 36),)),
            "36 cases: 36 requires improvement or inadequate",
            "36 achos: 36 angen gwella neu annigonol",
        ),
        (
            Line(9, (("good", 4), ("inadequate", 5))),
            "9 cases: 4 good, 5 inadequate",
            "9 achos: 4 da, 5 annigonol",
        ),
        (
            Line(18, ()),
            "18 cases read; how they were graded is not published",
            "18 achos a ddarllenwyd; ni chyhoeddwyd y graddau",
        ),
        (
            Line(X, ()),
            "neither the number of cases read nor their grades are published",
            "ni chyhoeddwyd nifer yr achosion a ddarllenwyd na'u graddau",
        ),
        (None, "no graded case", "dim achos wedi'i raddio"),
    ],
)
def test_a_line_is_said_with_what_may_be_shown_of_it(
    line: Line | None, english: str, welsh: str
) -> None:
    assert of_line(line, GRADES) == Said(english, welsh)


def test_a_line_that_is_withheld_is_withheld_whole() -> None:
    said = of_line(graded(C, 2, 6), GRADES)
    assert "2" not in said.english
    assert "6" not in said.english


def test_how_many_cases_of_each_kind_were_read_here_is_about_no_subject() -> None:
    rows = [Shown("all", "missing", "all", 4, 9), Shown("T4", "all", "good", 5, 9)]
    assert lines(rows) == {"T4": Line(9, (("good", 5),))}


def test_published_kinds_of_case_that_are_about_one_subject_are_added_up() -> None:
    rows = [
        Shown("all", "cse", "good", 2, 5),
        Shown("all", "both", "good", 3, 4),
        Shown("all", "missing", "not published", 6, 6),
    ]
    assert lines(rows) == {"cse": Line(9, (("good", 5),)), "T4": Line(6, ())}


def test_a_number_that_nobody_published_makes_its_sum_unknown() -> None:
    rows = [Shown("all", "cse", "good", 2, X), Shown("all", "both", "good", 3, 4)]
    assert lines(rows) == {"cse": Line(X, (("good", 5),))}


def test_a_single_link_is_not_named_and_several_are() -> None:
    one = (Said("Partnership", "Partneriaeth"), Said("9 cases: 1/2/6", "9 achos: 1/2/6"))
    other = (Said("Male victims", "Dioddefwyr gwrywaidd"), Said("no graded case", "dim achos"))
    assert stands(ClaimStanding.SUPPORTED, joined([one])).english == "supported (9 cases: 1/2/6)"
    assert stands(ClaimStanding.UNSUPPORTED, joined([one, other])) == Said(
        "unsupported (Partnership: 9 cases: 1/2/6; Male victims: no graded case)",
        "heb ei gefnogi (Partneriaeth: 9 achos: 1/2/6; Dioddefwyr gwrywaidd: dim achos)",
    )
