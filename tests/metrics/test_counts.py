"""Evidence bases as counts: every pair is there, and nothing unpublished is made up."""

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_model import counted
from data_model.database import open_database
from data_model.frames import CASES, FINDINGS, PUBLISHED
from data_model.shipped import Row, rows
from data_model.vocabulary import Basis, CaseKind
from metrics.counts import (
    ALL,
    EVIDENCE,
    NOT_GRADED,
    NOT_PUBLISHED,
    NOT_STATED,
    published_evidence,
    recorded_evidence,
    theme_counts,
    themes_without_a_grade,
)
from tests.support.looking import every_row_of
from tests.support.samples import Template

THEMES = ["T1", "T2", "T3"]
GRADES = ["good", "requires_improvement", "inadequate"]
FOUND = st.lists(st.tuples(st.sampled_from(THEMES), st.sampled_from([*GRADES, None])), max_size=60)


def findings(pairs: list[tuple[str, str | None]]) -> pl.DataFrame:
    """Return a findings frame with these themes and grades."""
    held = {"theme": [theme for theme, _ in pairs], "grade": [grade for _, grade in pairs]}
    return pl.DataFrame(held, schema={name: FINDINGS[name] for name in held})


@given(FOUND)
def test_every_theme_has_every_grade_counted_zeros_too(pairs: list[tuple[str, str | None]]) -> None:
    counts = theme_counts(findings(pairs), THEMES, GRADES)
    expected = [
        (theme, grade or NOT_GRADED, pairs.count((theme, grade)))
        for theme in THEMES
        for grade in [*GRADES, None]
    ]
    assert counts.rows() == expected
    assert counts.get_column("cases").sum() == len(pairs)


def test_nothing_read_is_zeros_and_not_an_empty_table() -> None:
    counts = theme_counts(findings([]), THEMES, GRADES)
    assert counts.height == len(THEMES) * (len(GRADES) + 1)
    assert counts.get_column("cases").to_list() == [0] * counts.height


CASE_ROWS = st.lists(st.sampled_from(["cse", "missing", "both"]), max_size=20)


@given(CASE_ROWS, FOUND)
def test_recorded_evidence_adds_up_by_kind_and_keeps_to_its_columns(
    kinds: list[str], pairs: list[tuple[str, str | None]]
) -> None:
    cases = pl.DataFrame({"case_kind": kinds}, schema={"case_kind": CASES["case_kind"]})
    evidence = recorded_evidence("ALD", cases, findings(pairs), THEMES, GRADES)
    assert evidence.schema == EVIDENCE
    by_kind = evidence.filter(pl.col("grade") == ALL)
    assert dict(by_kind.select("case_kind", "cases").iter_rows()) == {
        kind: kinds.count(kind) for kind in CaseKind
    }
    assert set(evidence.get_column("cases_read")) <= {len(kinds)}
    assert set(evidence.get_column("basis")) == {str(Basis.RECORDED_HERE)}
    assert evidence.filter(pl.col("theme") != ALL).height == len(THEMES) * (len(GRADES) + 1)


@given(FOUND)
def test_a_theme_without_a_grade_is_named(pairs: list[tuple[str, str | None]]) -> None:
    none = pl.DataFrame(schema={"case_kind": CASES["case_kind"]})
    evidence = recorded_evidence("ALD", none, findings(pairs), THEMES, GRADES)
    graded = {theme for theme, grade in pairs if grade}
    assert themes_without_a_grade(evidence, THEMES) == [t for t in THEMES if t not in graded]


@pytest.fixture(scope="module")
def published(sqlite_samples: Template) -> pl.DataFrame:
    """The evidence of every sample inspection that was entered from a publication."""
    database = open_database(sqlite_samples.url)
    with every_row_of(database).reading() as session:
        frame = counted.snapshot(session, Path(sqlite_samples.snapshots)).frame("published")
    database.close()
    return published_evidence(frame)


def counts(evidence: pl.DataFrame, inspection: str) -> list[tuple[object, ...]]:
    """Return an inspection's counts: kind, grade, cases, cases read and basis."""
    mine = evidence.filter(pl.col("inspection") == inspection)
    return mine.select("case_kind", "grade", "cases", "cases_read", "basis").rows()


def test_durham_2020_is_one_two_and_six_of_nine(published: pl.DataFrame) -> None:
    # K.3 para 12.
    missing = [row for row in counts(published, "HMICFRS-2020-03-E23000008") if row[0] == "missing"]
    assert missing == [
        ("missing", "good", 1, 9, Basis.PUBLISHED_COUNTS),
        ("missing", "requires_improvement", 2, 9, Basis.PUBLISHED_COUNTS),
        ("missing", "inadequate", 6, 9, Basis.PUBLISHED_COUNTS),
    ]


def test_eighteen_cases_without_grades_stay_without_grades(published: pl.DataFrame) -> None:
    without = (pl.col("basis") == str(Basis.PUBLISHED_WITHOUT_GRADES)) & (pl.col("cases") == 18)
    eighteen = published.filter(without).select("inspection", "grade")
    assert eighteen.rows() == [("OFSTED-2019-09-E06000047", NOT_PUBLISHED)]


def test_the_met_2016_is_thirty_six_not_split_and_two_not_stated(published: pl.DataFrame) -> None:
    # K.3 para 20: 36 of 38 inadequate or requiring improvement.
    assert counts(published, "HMIC-2016-E23000001") == [
        ("missing", "requires_improvement|inadequate", 36, 38, Basis.PUBLISHED_UNSPLIT),
        ("missing", NOT_STATED, 2, 38, Basis.PUBLISHED_UNSPLIT),
    ]


def test_a_number_nobody_published_is_empty_and_never_zero(published: pl.DataFrame) -> None:
    # K.3 para 9: Ofsted does not report the number of cases it reviews.
    unknown = [row for row in _published_rows() if not row["cases_read"]]
    assert len(unknown) > 50
    for row in unknown:
        assert (row["case_kind"], NOT_PUBLISHED, None, None, row["basis"]) in counts(
            published, row["inspection"]
        )
    assert published.filter(pl.col("cases") == 0).is_empty()


def _published_rows() -> list[Row]:
    return list(rows("sample_inspections", "real", "published_evidence.csv"))


def test_the_kinds_of_basis_are_never_mixed_in_one_count(published: pl.DataFrame) -> None:
    bases = published.group_by("inspection", "case_kind").agg(pl.col("basis").n_unique())
    assert set(bases.get_column("basis")) == {1}
    assert set(published["basis"]) == {str(b) for b in Basis if b is not Basis.RECORDED_HERE}


def test_every_published_number_comes_out_once(published: pl.DataFrame) -> None:
    graded = list(rows("sample_inspections", "real", "published_grades.csv"))
    stated = published.filter(pl.col("basis") != str(Basis.PUBLISHED_WITHOUT_GRADES))
    assert sorted(stated["cases"]) == sorted(int(row["cases"]) for row in graded)
    without = published.filter(pl.col("basis") == str(Basis.PUBLISHED_WITHOUT_GRADES))
    given_numbers = [
        int(row["cases_read"])
        for row in _published_rows()
        if row["basis"] == Basis.PUBLISHED_WITHOUT_GRADES and row["cases_read"]
    ]
    assert sorted(without["cases"].drop_nulls()) == sorted(given_numbers)


UNSPLIT = st.lists(st.sampled_from(GRADES), unique=True, max_size=3)


@given(UNSPLIT, st.integers(0, 40))
def test_grades_that_were_not_split_stay_together(grades: list[str], cases: int) -> None:
    basis = Basis.PUBLISHED_COUNTS if len(grades) == 1 else Basis.PUBLISHED_UNSPLIT
    row = {
        "inspection": "A",
        "area": "B",
        "case_kind": "cse",
        "theme": None,
        "basis": str(basis),
        "grades": "|".join(grades),
        "cases": cases,
        "cases_read": 40,
    }
    evidence = published_evidence(pl.DataFrame([row], schema=PUBLISHED))
    expected = "|".join(grades) or NOT_STATED
    assert evidence.select("grade", "cases", "theme").rows() == [(expected, cases, ALL)]
