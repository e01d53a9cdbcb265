"""What a check looks at is put together from facts without inventing any of them."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from data_model import frames
from data_model.vocabulary import Nation
from metrics.check import examine
from metrics.checks import BY_CODE
from metrics.checks import frames as check_frames
from metrics.checks import material as facts
from metrics.checks.material import Material
from metrics.checks.pairs import pairs
from metrics.checks.rows import claims, grades_behind, groups, inspections, judgements, themes
from metrics.checks.rows_of_figures import flags, rates, series
from metrics.checks.rows_of_recording import recording
from metrics.checks.subjects import of_sentences
from metrics.checks.summed import children, graded, perpetrators

AREA, FORCE = "E06000047", "E23000008"
LINES = [("ncpi-case", "good", True), ("ncpi-case", "requires_improvement", False)]
LINES += [("ncpi-case", "inadequate", False)]
SUBJECTS = [("T4", "Missing and in care"), ("T5", "Male victims"), ("cse", "Exploitation")]


def rows(schema: pl.Schema, *given: tuple[object, ...], **columns: object) -> pl.DataFrame:
    """Return a frame: rows in full, or one row by its columns with the others empty."""
    if columns:
        given = (tuple(columns.get(name) for name in schema.names()),)
    return pl.DataFrame(given, schema, orient="row")


EMPTY = Material(
    held=rows(facts.HELD),
    places=rows(facts.PLACES),
    statements=rows(facts.STATEMENTS),
    judged=rows(facts.JUDGED),
    lines=rows(facts.LINES, *LINES),
    subjects=rows(facts.SUBJECTS, *SUBJECTS),
    scopes=rows(facts.SCOPES),
    listed=rows(facts.LISTED),
    readers=rows(frames.READERS),
    twice=rows(frames.TWICE),
    published=rows(frames.PUBLISHED),
    graded=graded(rows(frames.FINDINGS)),
    children=children(rows(frames.CASES)),
    perpetrators=perpetrators(rows(frames.PERPETRATORS)),
    figures=rows(frames.FIGURES),
    parts=rows(frames.PARTS),
    completions=rows(check_frames.COMPLETIONS),
    answers=rows(check_frames.ANSWERS),
    names={AREA: "Durham"},
    nations={AREA: Nation.ENGLAND},
    forces={AREA: FORCE},
)


def held(
    code: str, recorded: str = "elsewhere", *bodies: str, begun: date | None = None
) -> tuple[object, ...]:
    return (code, f"Title of {code}", AREA, recorded, "ncpi-case", begun, None, ";".join(bodies))


def published(code: str, *grades: tuple[str, int]) -> list[tuple[object, ...]]:
    return [(code, AREA, "missing", None, "published unsplit", name, n, 9) for name, n in grades]


def finding(code: str, case: int, theme: str, grade: str | None) -> tuple[object, ...]:
    return (code, AREA, "2025-Q1", case, "cse", theme, grade, None if grade else "not_enough")


def test_grades_that_were_not_split_count_as_not_good_only_where_none_of_them_is() -> None:
    given = published(
        "A", ("requires_improvement|inadequate", 5), ("good|requires_improvement", 3), ("", 1)
    )
    material = replace(
        EMPTY, held=rows(facts.HELD, held("A")), published=rows(frames.PUBLISHED, *given)
    )
    row = grades_behind(material).row(0, named=True)
    assert (row["subject"], row["cases_read"]) == ("T4", 9)
    assert (row["graded"], row["good"], row["not_good"]) == (8, 0, 5)


def test_a_number_nobody_published_stays_unknown_and_grades_are_none() -> None:
    given = ("A", AREA, "cse", None, "published without grades", None, None, None)
    material = replace(
        EMPTY, held=rows(facts.HELD, held("A")), published=rows(frames.PUBLISHED, given)
    )
    row = inspections(material, grades_behind(material)).row(0, named=True)
    assert (row["cases_read"], row["graded"]) == (None, 0)


def test_recorded_cases_are_counted_by_theme_with_those_not_graded() -> None:
    given = [finding("A", 1, "T4", "good"), finding("A", 2, "T4", "inadequate")]
    given += [finding("A", 3, "T4", None)]
    material = replace(
        EMPTY,
        held=rows(facts.HELD, held("A", "here")),
        graded=graded(rows(frames.FINDINGS, *given)),
        scopes=rows(facts.SCOPES, ("A", "T4"), ("A", "T5")),
    )
    grades = grades_behind(material)
    row = grades.row(0, named=True)
    assert (row["cases_read"], row["graded"], row["good"], row["not_good"]) == (3, 2, 1, 1)
    scope = themes(material, grades).select("theme", "cases_read", "graded").rows()
    assert scope == [("T4", 3, 2), ("T5", 0, 0)]


def test_a_theme_of_a_publication_without_numbers_is_not_known_and_not_nothing() -> None:
    material = replace(
        EMPTY, held=rows(facts.HELD, held("A")), scopes=rows(facts.SCOPES, ("A", "T5"))
    )
    found = examine(BY_CODE["theme-without-grade"], themes(material, grades_behind(material)))
    assert (found.looked_at, found.not_checked) == (0, 1)


@pytest.mark.parametrize(
    ("said", "subjects"),
    [
        ("Children who go MISSING are looked for", {"T4"}),
        ("return home interviews are held", {"T4"}),
        ("boys at risk of exploitation", {"T5", "cse"}),
        ("the response to disabled children", {"T6"}),
        ("management oversight is dismissed", set()),
    ],
)
def test_a_sentence_is_about_what_its_own_words_name(said: str, subjects: set[str]) -> None:
    named = of_sentences(rows(facts.STATEMENTS, ("A", 1, said, None, "positive")))
    assert set(named.get_column("subject")) == subjects


def praised(said: str, counts: pl.DataFrame = EMPTY.published) -> Material:
    statement = ("A", 1, said, "K.3 para 11", "positive")
    return replace(
        EMPTY,
        held=rows(facts.HELD, held("A", "elsewhere", "ofsted", begun=date(2019, 9, 9))),
        statements=rows(facts.STATEMENTS, statement),
        published=counts,
    )


def test_a_sentence_stands_before_the_grades_of_its_own_subject_only() -> None:
    counts = rows(frames.PUBLISHED, *published("A", ("good", 1), ("inadequate", 8)))
    missing = praised("Missing children are looked for", counts)
    exploited = praised("Exploited children are protected", counts)
    general = praised("Oversight is strong", counts)
    graded = [claims(m, grades_behind(m)).row(0, named=True) for m in (missing, exploited, general)]
    assert [row["graded"] for row in graded] == [9, 0, 9]
    assert [row["not_good"] for row in graded] == [8, 0, 8]


def test_praise_of_which_no_evidence_is_held_at_all_could_not_be_checked() -> None:
    material = praised("Missing children are looked for")
    found = examine(BY_CODE["claim-without-grades"], claims(material, grades_behind(material)))
    assert (found.looked_at, found.not_checked) == (0, 1)


def test_a_judgement_is_held_against_its_own_scale_and_all_its_cases() -> None:
    counts = rows(frames.PUBLISHED, *published("A", ("good", 1), ("inadequate", 8)))
    judged = rows(facts.JUDGED, ("A", "Overall effectiveness", "Good", True))
    material = replace(praised("Oversight is strong", counts), judged=judged)
    found = examine(
        BY_CODE["judgement-above-grades"], judgements(material, grades_behind(material))
    )
    assert [row["not_good"] for row in found.found] == [8]


def facing(second: date | None, *bodies: str, within: str | None = None) -> Material:
    """Return praise of September 2019 and nine poor grades of another inspection."""
    material = praised("Missing children are looked for")
    counts = rows(frames.PUBLISHED, *published("B", ("good", 1), ("inadequate", 8)))
    places: list[tuple[object, ...]] = [("A", AREA, "Durham", FORCE), ("B", AREA, "Durham", FORCE)]
    places += [(code, FORCE, "Durham force", None) for code in ("A", "B") if within]
    return replace(
        material,
        held=pl.concat(
            [material.held, rows(facts.HELD, held("B", "elsewhere", *bodies, begun=second))]
        ),
        places=rows(facts.PLACES, *places),
        published=counts,
    )


def test_two_bodies_on_one_subject_and_place_are_put_side_by_side_once() -> None:
    material = facing(date(2020, 3, 1), "hmicfrs")
    row = pairs(material, grades_behind(material)).row(0, named=True)
    assert (row["first"], row["second"], row["days"]) == ("A", "B", 174)
    assert (row["first_found"], row["second_found"], row["bodies"]) == (
        "good",
        "not good",
        "different",
    )
    assert row["second_words"] == "good in 1 of 9 graded cases, not good in 8"


@pytest.mark.parametrize(
    ("second", "bodies", "looked_at", "found", "not_checked"),
    [
        (date(2020, 3, 1), ("hmicfrs",), 1, 1, 0),
        (date(2021, 3, 10), ("hmicfrs",), 1, 1, 0),
        (date(2021, 3, 11), ("hmicfrs",), 0, 0, 0),
        (date(2020, 3, 1), ("hmicfrs", "ofsted"), 0, 0, 0),
        (None, ("hmicfrs",), 0, 0, 1),
        (date(2020, 3, 1), (), 0, 0, 1),
    ],
)
def test_a_contradiction_needs_two_bodies_and_eighteen_months(
    second: date | None, bodies: tuple[str, ...], looked_at: int, found: int, not_checked: int
) -> None:
    material = facing(second, *bodies)
    looked = examine(BY_CODE["findings-contradict"], pairs(material, grades_behind(material)))
    assert (looked.looked_at, len(looked.found), looked.not_checked) == (
        looked_at,
        found,
        not_checked,
    )


@pytest.mark.parametrize(
    ("between", "found", "paired"),
    [
        ((("inadequate", 2),), [("B", "D")], True),
        ((("good", 8), ("inadequate", 1)), [], False),
        ((("good", 1), ("inadequate", 8)), [("B", "C"), ("C", "D")], False),
    ],
)
def test_a_theme_is_wanting_again_if_the_next_clear_finding_says_so(
    between: tuple[tuple[str, int], ...], found: list[tuple[str, str]], *, paired: bool
) -> None:
    material = facing(date(2020, 3, 1), "hmicfrs")
    later = [("C", date(2022, 3, 1), between), ("D", date(2024, 3, 1), (("inadequate", 9),))]
    material = replace(
        material,
        held=pl.concat(
            [
                material.held,
                *(
                    rows(facts.HELD, held(c, "elsewhere", "hmicfrs", begun=on))
                    for c, on, _ in later
                ),
            ]
        ),
        places=pl.concat(
            [
                material.places,
                *(
                    rows(facts.PLACES, (code, AREA, "Durham", FORCE))
                    for code, _on, _grades in later
                ),
            ]
        ),
        published=pl.concat(
            [
                material.published,
                *(rows(frames.PUBLISHED, *published(c, *grades)) for c, _on, grades in later),
            ]
        ),
    )
    pairs_held = pairs(material, grades_behind(material))
    looked = examine(BY_CODE["wanting-again"], pairs_held)
    assert [(row["first"], row["second"]) for row in looked.found] == found
    ends = pairs_held.select("first", "second").rows()
    assert (("B", "D") in ends) is paired


def test_two_inspections_of_a_whole_force_are_one_pair_and_not_one_an_area() -> None:
    material = facing(date(2020, 3, 1), "hmicfrs", within=FORCE)
    assert pairs(material, grades_behind(material)).get_column("area").to_list() == [FORCE]


def test_a_group_on_no_list_is_not_known_and_one_on_it_and_unread_is_found() -> None:
    child = rows(frames.CASES, inspection="A", area=AREA, case=1, case_kind="cse", sex="female")
    material = replace(EMPTY, held=rows(facts.HELD, held("A", "here")), children=children(child))
    listed = replace(material, listed=rows(facts.LISTED, ("A", "boys", 6)))
    check = BY_CODE["sample-leaves-out"]
    assert examine(check, groups(material)).not_checked == 3
    looked = examine(check, groups(listed))
    assert [(row["who"], row["listed"]) for row in looked.found] == [("boys", 6)]
    assert looked.not_checked == 2


def test_readers_who_never_agree_are_found_and_one_grade_alone_says_nothing() -> None:
    opposed = [("A", AREA, "good", "inadequate", 5), ("A", AREA, "inadequate", "good", 5)]
    same = [("A", AREA, "good", "good", 5)]
    check = BY_CODE["agreement-by-chance"]
    for given, found, not_checked in ((opposed, 1, 0), (same, 0, 1)):
        material = replace(
            EMPTY, held=rows(facts.HELD, held("A", "here")), twice=rows(frames.TWICE, *given)
        )
        looked = examine(check, inspections(material, grades_behind(material)))
        assert (len(looked.found), looked.not_checked) == (found, not_checked)


def figure(indicator: str, year: int, numerator: int | None, **more: object) -> pl.DataFrame:
    days = {"period_start": date(year - 1, 4, 1), "period_end": date(year, 3, 31)}
    given = {"id": year, "indicator": indicator, "area": AREA, "numerator": numerator}
    words = {"period_label": f"Year to March {year}", "breaks": False}
    return rows(frames.FIGURES, **{**days, **given, **words, **more})


def with_figures(*given: pl.DataFrame) -> Material:
    return replace(EMPTY, figures=pl.concat(given))


def test_a_series_says_its_ends_and_every_change_between_them() -> None:
    dfe = "cse-assessments-dfe"
    material = with_figures(
        figure(dfe, 2018, 200, denominator=100_000),
        figure(dfe, 2022, 163, denominator=100_000),
        figure(dfe, 2025, 124, denominator=100_000),
    )
    row = series(material).row(0, named=True)
    assert (row["first_number"], row["last_number"], row["changes"]) == (200, 124, 1)
    assert "1 April 2021" in row["changed"]
    assert row["first_words"] == "20.0 per 10,000 (200 in 100,000; 17.3 to 23.0)"


def test_a_change_that_a_return_marks_counts_and_one_before_the_series_does_not() -> None:
    code = "cse-referrals"
    marked = with_figures(figure(code, 2019, 9), figure(code, 2020, 5, breaks=True))
    begun = with_figures(figure(code, 2019, 9, breaks=True), figure(code, 2020, 5))
    check = BY_CODE["fall-across-change"]
    assert [len(examine(check, series(m)).found) for m in (marked, begun)] == [1, 0]


def test_a_part_year_is_no_fall_and_a_withheld_number_is_no_zero() -> None:
    code = "cse-referrals"
    part = figure(code, 2020, 2, breaks=True, period_end=date(2019, 8, 31))
    withheld = figure(code, 2020, None, breaks=True, symbol="c")
    check = BY_CODE["fall-across-change"]
    for second in (part, withheld):
        looked = examine(check, series(with_figures(figure(code, 2019, 9), second)))
        assert (looked.found, looked.not_checked) == ((), 1)


def test_a_later_release_of_the_same_period_stands_for_the_earlier() -> None:
    code = "cse-referrals"
    given = (figure(code, 2019, 9), figure(code, 2020, 5), figure(code, 2020, 7, id=9999))
    assert series(with_figures(*given)).row(0, named=True)["last_number"] == 7


def test_the_same_question_asked_of_other_children_is_put_beside_its_sister() -> None:
    missed = figure("rhi-accepted-of-missing", 2018, None, value=29.0, subject="who went missing")
    offered = figure("rhi-accepted", 2020, None, value=52.0, subject="offered an interview")
    looked = examine(BY_CODE["denominator-changed"], rates(with_figures(missed, offered)))
    assert [row["earlier_of"] for row in looked.found] == ["who went missing"]


def test_a_share_is_held_against_the_last_one_of_the_same_people() -> None:
    given = [
        figure("male-share", year, 3, denominator=30, subject=subject)
        for year in (2019, 2020)
        for subject in ("children referred", "children discussed")
    ]
    looked = examine(BY_CODE["denominator-changed"], rates(with_figures(*given)))
    assert (looked.looked_at, looked.found) == (2, ())


def test_flags_of_a_review_are_one_row_and_wrong_flags_say_the_right_ones() -> None:
    review = (
        figure("flags-meeting-definition", 2019, 276, denominator=464),
        figure("unflagged-meeting-definition", 2019, 177),
    )
    row = flags(with_figures(*review)).row(0, named=True)
    assert (row["flagged"], row["meeting"], row["missed"]) == (464, 276, 177)
    wrong = figure("flags-not-meeting-definition", 2018, 9, denominator=10)
    row = flags(with_figures(wrong)).row(0, named=True)
    assert (row["flagged"], row["meeting"], row["missed"]) == (10, 1, None)


def test_what_a_reader_has_not_entered_is_not_the_agencys_gap() -> None:
    kinds = ("not_recorded", None, "white")
    cases = [
        rows(frames.CASES, inspection="A", area=AREA, case=n, case_kind="cse", ethnicity=kind)
        for n, kind in enumerate(kinds)
    ]
    material = replace(
        EMPTY, held=rows(facts.HELD, held("A", "here")), children=children(pl.concat(cases))
    )
    mine = recording(material).filter(what="ethnicity", whose="children").row(0, named=True)
    assert (mine["words"], mine["share"]) == ("1 of 3", 33.3)


def test_of_a_share_that_is_not_recorded_only_the_latest_is_looked_at() -> None:
    code = "ethnicity-not-recorded-victims"
    given = with_figures(
        figure(code, 2019, 30, denominator=40), figure(code, 2020, 2, denominator=40)
    )
    assert recording(given).get_column("share").to_list() == [5.0]


def part(
    code: str,
    by: str,
    category: str,
    number: int | None,
    year: int = 2020,
    symbol: str | None = None,
) -> pl.DataFrame:
    """Return one part of a figure of a year."""
    return rows(
        frames.PARTS,
        area=AREA,
        indicator=code,
        period_start=date(year - 1, 4, 1),
        period_end=date(year, 3, 31),
        breakdown=by,
        category=category,
        numerator=number,
        symbol=symbol,
    )


KNOWN, BY_ETHNICITY = "cse-children-known", "victim_ethnicity"


def in_parts(whole: int | None, *parts: pl.DataFrame) -> Material:
    """Return a figure of 2020 with these parts."""
    told = with_figures(figure(KNOWN, 2020, whole, symbol=None if whole is not None else "x"))
    return replace(told, parts=pl.concat(parts))


def test_gaps_in_a_returned_figures_parts_are_looked_at_though_nobody_states_them() -> None:
    white, gap = part(KNOWN, BY_ETHNICITY, "white", 4), part(KNOWN, BY_ETHNICITY, "not_recorded", 8)
    told = in_parts(12, white, gap)
    row = recording(told).row(0, named=True)
    assert (row["what"], row["words"], row["share"]) == ("ethnicity", "8 of 12", 66.7)
    assert row["period"] == "Year to March 2020"
    assert row["whose"].startswith("children in “Children known or suspected")
    assert len(examine(BY_CODE["mostly-not-recorded"], recording(told)).found) == 1
    fewer = in_parts(12, white, part(KNOWN, BY_ETHNICITY, "not_recorded", 2))
    assert len(examine(BY_CODE["often-not-recorded"], recording(fewer)).found) == 1


@pytest.mark.parametrize(
    "told",
    [
        in_parts(12, part(KNOWN, BY_ETHNICITY, "not_recorded", None, symbol="c")),
        in_parts(12, part(KNOWN, BY_ETHNICITY, "white", 12)),
        in_parts(None, part(KNOWN, BY_ETHNICITY, "not_recorded", 8)),
    ],
)
def test_a_part_that_is_withheld_or_was_never_given_is_no_zero(told: Material) -> None:
    for code in ("mostly-not-recorded", "often-not-recorded"):
        looked = examine(BY_CODE[code], recording(told))
        assert (looked.looked_at, looked.not_checked) == (0, 1)


def test_nobody_counted_is_nobody_left_unrecorded() -> None:
    assert recording(in_parts(0, part(KNOWN, BY_ETHNICITY, "not_recorded", 0))).is_empty()


def test_what_a_return_says_twice_is_looked_at_once_and_a_mark_says_nothing() -> None:
    gap = part(KNOWN, BY_ETHNICITY, "not_recorded", 8)
    stated = figure("ethnicity-not-recorded-victims", 2020, 8, denominator=12)
    marked = figure("ethnicity-not-recorded-victims", 2020, None, symbol="x")
    whole = figure(KNOWN, 2020, 12)
    once = replace(with_figures(whole, stated), parts=gap)
    assert recording(once).get_column("indicator").to_list() == ["ethnicity-not-recorded-victims"]
    both = replace(with_figures(whole, marked), parts=gap)
    assert recording(both).get_column("share").to_list() == [None, 66.7]


def test_of_parts_too_only_the_newest_are_looked_at() -> None:
    figures = (figure("cse-flags", 2019, 10), figure("cse-flags", 2020, 20))
    parts = [
        part("cse-flags", "victim_disability", "not_recorded", 10, year=2019),
        part("cse-flags", "victim_disability", "not_recorded", 1, year=2020),
    ]
    told = replace(with_figures(*figures), parts=pl.concat(parts))
    assert recording(told).select("what", "words").rows() == [("disability", "1 of 20")]
