"""Evidence bases as pages show them: nothing split, nothing summed, nothing made up."""

import pytest

from data_model.vocabulary import Symbol
from inspect_app.publishing.content import Number, PublishedInspection
from inspect_app.publishing.evidence_view import Openness, evidence_lines, grade_tables, openness
from tests.inspect_app.publishing.builders import (
    CASE_GRADES,
    HMICFRS,
    INVENTED,
    MET,
    OFSTED,
    SILENT,
    inspection,
    with_evidence,
)


def graded(*rows: tuple[str, Number]) -> PublishedInspection:
    return with_evidence(
        inspection("MADE-UP", grade_names=CASE_GRADES),
        "published unsplit",
        [("cse", "all", grade, cases, 20) for grade, cases in rows],
    )


def said(of: PublishedInspection) -> list[str]:
    return [line.text for line in evidence_lines(of)]


def test_each_kind_of_evidence_base_is_said_in_words() -> None:
    assert said(HMICFRS) == [
        "9 missing child cases read: 1 good; 2 requires improvement; 6 inadequate."
    ]
    assert said(OFSTED) == [
        "18 child sexual exploitation cases read; grades not published.",
        "1 other case read; grades not published.",
    ]
    assert said(SILENT) == ["Number of cases not published. No case grades published."]
    assert said(MET) == [
        "38 missing child cases read: 36 requires improvement or inadequate (not split in the "
        "source); 2 grade not stated."
    ]
    assert said(INVENTED) == [
        "16 cases read against 2 themes.",
        "No cases graded under: Children with disabilities.",
    ]


def test_silence_is_loud_and_counts_are_not() -> None:
    loud = [any(x.loud for x in evidence_lines(each)) for each in (OFSTED, SILENT, INVENTED)]
    assert loud == [True, True, True]
    assert not any(line.loud for each in (HMICFRS, MET) for line in evidence_lines(each))


def test_an_inspection_without_any_evidence_says_so() -> None:
    assert said(inspection("NONE")) == ["Number of cases not published. No case grades published."]


def test_openness_is_what_was_published() -> None:
    found = [openness(each) for each in (HMICFRS, MET, INVENTED, OFSTED, SILENT)]
    graded, counted, neither = Openness.GRADED, Openness.COUNTED, Openness.NEITHER
    assert found == [graded, graded, graded, counted, neither]


def test_unsplit_grades_are_one_cell_and_the_rest_is_a_mark() -> None:
    (row,) = grade_tables(MET)[0].rows
    assert [(cell.count, cell.span) for cell in row.cells] == [
        (Symbol.NOT_AVAILABLE, 1),
        (36, 2),
        (2, 1),
    ]
    assert row.cells[1].says == "requires improvement or inadequate: not split in the source"


@pytest.mark.parametrize(
    "rows",
    [
        (("good", 3), ("requires_improvement|inadequate", 17)),
        (("good|inadequate", 20),),
        (("good", 3), ("good|requires_improvement", 5), ("inadequate", 12)),
        (("good|requires_improvement", 5), ("requires_improvement|inadequate", 15)),
        (("good|requires_improvement|inadequate", 20),),
        (("outstanding", 4), ("good", 16)),
    ],
)
def test_every_published_count_stands_once_and_no_other(rows: list[tuple[str, int]]) -> None:
    (table,) = grade_tables(graded(*rows))
    (row,) = table.rows
    shown = [cell.count for cell in row.cells if cell.count is not Symbol.NOT_AVAILABLE]
    assert sorted(shown, key=str) == sorted((count for _, count in rows), key=str)
    assert sum(cell.span for cell in row.cells) == len(table.columns)


def test_two_counts_of_one_kind_of_case_are_both_shown() -> None:
    twice = graded(("good", 3), ("good", 4))
    assert [row.cells[0].count for row in grade_tables(twice)[0].rows] == [3, 4]
    known = [("cse", "all", "not published", 28, 28), ("cse", "T4", "not published", 2, 2)]
    said_twice = said(with_evidence(inspection("TWO"), "published without grades", known))
    assert said_twice == [
        "28 child sexual exploitation cases read; grades not published.",
        "2 child sexual exploitation cases read under T4; grades not published.",
    ]


def test_kinds_of_evidence_base_never_share_a_table() -> None:
    mixed = with_evidence(HMICFRS, "published unsplit", [("cse", "all", "good|inadequate", 4, 4)])
    assert [table.basis for table in grade_tables(mixed)] == [
        "published counts",
        "published unsplit",
    ]


def test_cases_without_grades_get_no_table() -> None:
    assert grade_tables(OFSTED) == ()
