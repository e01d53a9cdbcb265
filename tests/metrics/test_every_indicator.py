"""Every indicator goes through the same battery: its example, its words, its source."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from datetime import date

import polars as pl
import pyarrow as pa
import pytest

import metrics
from data_model.frames import FRAMES
from data_model.records import CaseFile, MissingEpisode, Perpetrator
from data_model.shipped import Row, rows
from data_model.vocabulary import Better, Breakdown, Nation, SamplingMethod, Symbol, Word
from metrics import BY_CODE, INDICATORS
from metrics.indicator import (
    APART_BY,
    Group,
    Indicator,
    Reported,
    StatedFigure,
    outcome_of,
    sort_rows,
)
from metrics.intervals import EVERY_RETURN, NO_INTERVAL
from metrics.outcome import (
    Count,
    NoNumber,
    Outcome,
    Rate,
    Share,
    Stated,
    TooFew,
    in_words,
)
from metrics.tallies import measure, tally

DECLARED = [i for i in INDICATORS if isinstance(i, Indicator)]
REPORTED = [i for i in INDICATORS if isinstance(i, Reported)]
CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
NUMBERS = r"\d+(\.\d+)?((,|–| and| to) ?\d+(\.\d+)?)*"
SOURCE = re.compile(rf"[A-L]\.\d+ (paras? {NUMBERS}|Table \d+)(; recommendation \d+)?")
HEADINGS = {
    "number": "numerator",
    "out of": "denominator",
    "stated": "value",
    "up to": "value_high",
    "comparator": "comparator",
}
FOLLOWS_RECORDING = re.compile(r"(^|-)(referrals?|flags|assessments?)(-|$)")
VERDICTS = {"yes", "no", "left out"}

every_indicator = pytest.mark.parametrize("indicator", INDICATORS, ids=lambda i: i.code)
every_declared = pytest.mark.parametrize("indicator", DECLARED, ids=lambda i: i.code)
every_reported = pytest.mark.parametrize("indicator", REPORTED, ids=lambda i: i.code)

Table = dict[str, list[str | None]]


def example(indicator: Indicator) -> tuple[Table, list[str | None]]:
    """Return an indicator's example as columns, and what its last column says."""
    lines = [line for line in indicator.example.splitlines() if line.strip()]
    cells = [[cell.strip() or None for cell in line.split("|")] for line in lines]
    columns = {str(name): list(held) for name, *held in zip(*cells, strict=True)}
    label, *_rest = columns
    columns.pop(label)
    return columns, columns.pop("counted")


def worked(reported: Reported) -> list[tuple[StatedFigure, str]]:
    """Return the figures of a reported indicator's example, and what each is said to come to."""
    lines = [line for line in reported.example.splitlines() if line.strip()]
    heading, *rows_ = [[cell.strip() for cell in line.split("|")] for line in lines]
    assert (heading[0], heading[-1]) == ("figure", "comes to")
    return [(_given(dict(zip(heading, row, strict=True))), row[-1]) for row in rows_]


def _given(cells: dict[str, str]) -> StatedFigure:
    held = {HEADINGS[name]: cells[name] for name in cells if name in HEADINGS}
    return StatedFigure(
        _number(held.get("numerator", "")),
        _number(held.get("denominator", "")),
        float(held["value"]) if held.get("value") else None,
        float(held["value_high"]) if held.get("value_high") else None,
        held.get("comparator") or None,
        None,
    )


def frame(indicator: Indicator, columns: Table) -> pl.DataFrame:
    """Return a Polars frame with these columns as the metric sees them."""
    schema = {name: FRAMES[indicator.rows][name] for name in columns}
    return pl.DataFrame(columns, schema=schema)


@every_declared
def test_the_example_comes_out_as_it_says_on_polars(indicator: Indicator) -> None:
    columns, expected = example(indicator)
    sorted_rows = sort_rows(indicator, frame(indicator, columns))
    assert sorted_rows.get_column("counted").to_list() == expected


@every_declared
def test_the_example_comes_out_the_same_on_a_second_engine(indicator: Indicator) -> None:
    columns, expected = example(indicator)
    table = pa.table({name: pa.array(held, pa.string()) for name, held in columns.items()})
    assert sort_rows(indicator, table).column("counted").to_pylist() == expected


@every_declared
def test_the_example_shows_every_verdict(indicator: Indicator) -> None:
    _columns, expected = example(indicator)
    assert set(expected) == VERDICTS


@every_declared
def test_the_example_has_every_column_that_decides_and_no_other(indicator: Indicator) -> None:
    columns, expected = example(indicator)
    assert set(columns) <= set(FRAMES[indicator.rows])
    for name in columns:
        emptied = frame(indicator, {**columns, name: [None] * len(expected)})
        assert sort_rows(indicator, emptied).get_column("counted").to_list() != expected, name


@every_declared
def test_every_value_of_the_example_is_a_word_of_its_list(indicator: Indicator) -> None:
    known = _known_words()
    columns, _expected = example(indicator)
    for name, held in columns.items():
        assert {value for value in held if value} <= known[name], name


def _known_words() -> dict[str, set[str]]:
    """Return, for each column of words, the codes it may hold."""
    tables = (MissingEpisode.__table__, Perpetrator.__table__, CaseFile.__table__)
    columns = [column for table in tables for column in table.columns]
    held = {
        column.name: {str(word) for word in column.type.words}
        for column in columns
        if hasattr(column.type, "words")
    }
    grades = {row["grade"] for row in rows("data_model", "reference", "scale_grades.csv")}
    return {**held, "case_kind": held["kind"], "grade": grades}


@every_declared
def test_a_frame_as_it_is_kept_can_be_sorted_and_every_row_gets_one_verdict(
    indicator: Indicator,
) -> None:
    schema = FRAMES[indicator.rows]
    blank = pl.DataFrame({name: [None] for name in schema}, schema=schema)
    assert sort_rows(indicator, blank).get_column("counted").to_list() == ["left out"]
    assert sort_rows(indicator, blank.clear()).columns == [*schema, "counted"]


@every_declared
@pytest.mark.parametrize("sampling", list(SamplingMethod))
def test_nothing_to_count_is_too_few_and_never_zero(
    indicator: Indicator, sampling: SamplingMethod
) -> None:
    columns, expected = example(indicator)
    out = pl.Series(expected) == "left out"
    for held in (frame(indicator, columns).clear(), frame(indicator, columns).filter(out)):
        assert measure(indicator, tally(indicator, held), sampling, 30) == TooFew(0)


@every_declared
def test_measuring_the_example_counts_what_it_says(indicator: Indicator) -> None:
    columns, expected = example(indicator)
    held = tally(indicator, frame(indicator, columns))
    outcome = measure(indicator, held, SamplingMethod.RANDOM, None)
    assert isinstance(outcome, Share)
    assert outcome.count == expected.count("yes")
    assert outcome.out_of == expected.count("yes") + expected.count("no")
    assert (outcome.interval is None) == (indicator.rows != "cases")
    assert (outcome.why_no_interval is None) == (outcome.interval is not None)


def test_a_part_of_the_cases_is_not_given_the_whole_frames_interval() -> None:
    indicator = BY_CODE["case-flag-right"]
    assert isinstance(indicator, Indicator)
    columns, _expected = example(indicator)
    part = frame(indicator, columns)
    whole = part.filter(pl.col("flagged") == "yes")
    for held, method in ((part, "Wilson"), (whole, "exact for a frame of 9")):
        outcome = measure(indicator, tally(indicator, held), SamplingMethod.RANDOM, 9)
        assert isinstance(outcome, Share)
        assert outcome.interval is not None
        assert outcome.interval.method.startswith(method)


@every_reported
def test_the_worked_example_of_a_stated_figure_comes_out_as_it_says(indicator: Reported) -> None:
    lines = worked(indicator)
    assert lines
    for figure, said in lines:
        assert in_words(outcome_of(indicator, figure)) == said


@every_reported
def test_a_share_out_of_nothing_is_shown_to_be_no_number(indicator: Reported) -> None:
    shown = [outcome_of(indicator, figure) for figure, _said in worked(indicator)]
    if indicator.unit == "percent":
        assert shown[-1] == NoNumber(Symbol.NOT_APPLICABLE)
        assert isinstance(shown[0], Share | Stated)


@every_indicator
def test_an_indicator_says_which_period_it_is_about(indicator: Indicator | Reported) -> None:
    assert indicator.period.startswith("the ")
    assert not indicator.period.endswith(".")


@every_indicator
def test_its_words_that_are_closed_lists_are_said_in_welsh(
    indicator: Indicator | Reported,
) -> None:
    words: list[Word] = [indicator.group, indicator.better, *indicator.apart]
    words += [category for by in indicator.apart for category in by.categories]
    assert all(word.welsh and word.welsh != word.english for word in words)


@every_declared
def test_what_is_counted_in_cases_is_taken_apart_by_columns_it_has(indicator: Indicator) -> None:
    columns = APART_BY[indicator.rows]
    assert set(indicator.apart) <= set(columns)
    assert set(columns.values()) <= set(FRAMES[indicator.rows])


@every_indicator
def test_nothing_is_taken_apart_by_what_it_is_about(indicator: Indicator | Reported) -> None:
    assert len(set(indicator.apart)) == len(indicator.apart)
    about = {
        "male-share": Breakdown.VICTIM_SEX,
        "disabled-share": Breakdown.VICTIM_DISABILITY,
        "case-male-share": Breakdown.VICTIM_SEX,
        "case-disabled-share": Breakdown.VICTIM_DISABILITY,
        "perpetrators-male-share": Breakdown.PERPETRATOR_SEX,
    }
    assert about.get(indicator.code) not in indicator.apart


@pytest.mark.parametrize("by", list(Breakdown))
def test_every_breakdown_keeps_what_is_not_recorded_as_its_last_part(by: Breakdown) -> None:
    assert str(by.categories[-1]) == "not_recorded"
    assert len(by.categories) >= 3


@every_indicator
def test_a_rule_of_one_nation_is_a_sentence_with_its_paragraph(
    indicator: Indicator | Reported,
) -> None:
    assert len({rule.nation for rule in indicator.rules}) == len(indicator.rules)
    for rule in indicator.rules:
        assert rule.says.endswith(".")
        assert SOURCE.fullmatch(rule.source)


def test_england_and_wales_expect_return_home_interviews_after_different_episodes() -> None:
    says = {rule.nation: rule.says for rule in BY_CODE["rhi-offered"].rules}
    assert "72 hours" in says[Nation.ENGLAND]
    assert "third episode" in says[Nation.WALES]


def test_no_two_indicators_share_a_code_or_a_title() -> None:
    assert len(BY_CODE) == len(INDICATORS)
    assert len({i.title.casefold() for i in INDICATORS}) == len(INDICATORS)


def test_no_declaration_is_left_out_of_the_list() -> None:
    modules = [
        importlib.import_module(f"metrics.{found.name}")
        for found in pkgutil.iter_modules(metrics.__path__)
    ]
    declared = {
        held.code
        for module in modules
        for held in vars(module).values()
        if isinstance(held, Indicator | Reported)
    }
    assert declared == set(BY_CODE)


@every_indicator
def test_a_code_is_short_and_in_small_letters_with_dashes(indicator: Indicator | Reported) -> None:
    assert CODE.fullmatch(indicator.code)
    assert len(indicator.code) <= 60


@every_indicator
def test_an_indicator_says_in_english_what_it_is(indicator: Indicator | Reported) -> None:
    assert indicator.title[0].isupper()
    assert not indicator.title.endswith(".")
    assert indicator.group in Group
    if isinstance(indicator, Indicator):
        assert indicator.asks.startswith("Of the ")
        assert indicator.asks.endswith("?")
    else:
        assert indicator.numerator[0].islower()
        assert indicator.unit


@every_indicator
def test_an_indicator_names_the_paragraph_it_comes_from(indicator: Indicator | Reported) -> None:
    assert SOURCE.fullmatch(indicator.source), indicator.source


@every_reported
def test_more_recording_is_neither_good_nor_bad_news(indicator: Reported) -> None:
    if FOLLOWS_RECORDING.search(indicator.code) and indicator.unit != "percent":
        assert indicator.better is Better.NEITHER


def test_the_rule_about_recording_meets_the_indicators_it_is_about() -> None:
    met = {i.code for i in REPORTED if FOLLOWS_RECORDING.search(i.code) and i.unit != "percent"}
    assert {"cse-referrals", "cse-flags", "cse-assessments", "cse-assessment-rate"} <= met


@every_reported
def test_a_share_or_a_rate_says_what_it_is_out_of(indicator: Reported) -> None:
    per = re.search(r"per ([\d,]+)", indicator.unit)
    assert (indicator.denominator is not None) == (indicator.unit == "percent" or per is not None)
    if indicator.per:
        assert per is not None
        assert int(per[1].replace(",", "")) == indicator.per


def _figures() -> Iterator[Row]:
    yield from rows("sample_inspections", "real", "figures.csv")
    yield from rows("sample_inspections", "invented", "figures.csv")


def test_every_figure_of_the_samples_belongs_to_a_reported_indicator_in_its_unit() -> None:
    for row in _figures():
        indicator = BY_CODE[row["indicator"]]
        assert isinstance(indicator, Reported), row
        assert row["unit"] == indicator.unit, row


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def test_every_figure_of_the_samples_comes_to_something_that_can_be_said() -> None:
    for row in _figures():
        indicator = BY_CODE[row["indicator"]]
        assert isinstance(indicator, Reported)
        high, value = row.get("value_high", ""), row["value"]
        figure = StatedFigure(
            _number(row["numerator"]),
            _number(row["denominator"]),
            float(value) if value else None,
            float(high) if high else None,
            row.get("comparator") or None,
            row["symbol"] or None,
        )
        assert in_words(outcome_of(indicator, figure))


AUDITS = [i for i in REPORTED if i.code.startswith("audit-") and i.denominator]
WITH_TARGET = [i for i in REPORTED if i.target]


@pytest.mark.parametrize("indicator", AUDITS, ids=lambda i: i.code)
def test_an_agencys_own_audit_has_no_interval_and_says_why(indicator: Reported) -> None:
    found = outcome_of(indicator, StatedFigure(6, 19, None, None, None, None))
    assert found == Share(6, 19, None, NO_INTERVAL[SamplingMethod.NOT_STATED])
    assert in_words(found) == "6 of 19 (31.6%)"


def test_late_returns_are_a_complete_count_and_no_estimate() -> None:
    late = BY_CODE["returns-late"]
    assert isinstance(late, Reported)
    found = outcome_of(late, StatedFigure(1, 3, None, None, None, None))
    assert found == Share(1, 3, None, EVERY_RETURN)


@every_reported
def test_every_other_share_has_an_interval(indicator: Reported) -> None:
    found = outcome_of(indicator, StatedFigure(1, 3, None, None, None, None))
    if isinstance(found, Share):
        assert (found.interval is None) == bool(indicator.why_no_interval)


def test_the_targets_are_those_that_a_source_states() -> None:
    assert {(i.code, i.target.value) for i in WITH_TARGET if i.target} == {
        ("assessments-in-time", 90),
        ("rhi-offered", 100),
        ("rhi-offered-of-reported", 100),
        ("rhi-offered-of-referred", 100),
        ("rhi-in-time-of-reported", 100),
        ("rhi-in-time-of-referred", 100),
    }


@pytest.mark.parametrize("indicator", WITH_TARGET, ids=lambda i: i.code)
def test_a_target_has_its_paragraph_and_a_better_side(indicator: Reported) -> None:
    assert indicator.target is not None
    assert SOURCE.fullmatch(indicator.target.source)
    assert indicator.better is not Better.NEITHER
    assert indicator.unit == "percent"
    assert 0 <= indicator.target.value <= 100
    assert not indicator.target.says.endswith(".")


def test_a_target_holds_in_its_nation_from_its_day_on() -> None:
    interviews = BY_CODE["rhi-offered"]
    assert isinstance(interviews, Reported)
    assert interviews.target is not None
    held = interviews.target
    assert held.holds(Nation.ENGLAND, date(2026, 9, 30))
    assert not held.holds(Nation.WALES, date(2026, 9, 30))
    assert not held.holds(Nation.ENGLAND, date(2013, 12, 31))


SHARE = BY_CODE["rhi-offered"]
RATE = BY_CODE["cse-assessments-dfe"]
CHILDREN = BY_CODE["children-heightened-risk-force"]


@pytest.mark.parametrize(
    ("indicator", "figure", "expected"),
    [
        (SHARE, StatedFigure(None, None, None, None, None, "c"), NoNumber(Symbol.WITHHELD)),
        (SHARE, StatedFigure(4, None, None, None, None, "low"), NoNumber(Symbol.ROUNDS_TO_ZERO)),
        (SHARE, StatedFigure(None, None, None, None, None, None), NoNumber(Symbol.NOT_AVAILABLE)),
        (SHARE, StatedFigure(0, None, None, None, None, None), Count(0)),
        (
            CHILDREN,
            StatedFigure(1000, None, None, None, "more_than", None),
            Stated(1000, None, "children", "more_than"),
        ),
        (SHARE, StatedFigure(7, 0, None, None, None, None), NoNumber(Symbol.NOT_APPLICABLE)),
        (SHARE, StatedFigure(0, 0, None, None, None, None), NoNumber(Symbol.NOT_APPLICABLE)),
        (SHARE, StatedFigure(5, 3, None, None, None, None), NoNumber(Symbol.NOT_APPLICABLE)),
        (RATE, StatedFigure(12, 60_000, None, None, None, None), Rate(12, 60_000, 10_000)),
        (
            SHARE,
            StatedFigure(None, 18, 89.0, None, "more_than", None),
            Stated(89.0, None, "percent", "more_than", 18),
        ),
    ],
)
def test_a_stated_figure_comes_to_what_was_stated_and_no_more(
    indicator: Reported, figure: StatedFigure, expected: Outcome
) -> None:
    assert outcome_of(indicator, figure) == expected


def test_a_share_stands_beside_its_counts_in_words() -> None:
    assert isinstance(SHARE, Reported)
    said = in_words(outcome_of(SHARE, StatedFigure(1, 9, None, None, None, None)))
    assert said == "1 of 9 (11.1%, 2.0% to 43.5%)"
    assert in_words(Rate(12, 60_000, 10_000)) == "2.0 per 10,000 (12 in 60,000; 1.0 to 3.5)"
    assert in_words(TooFew(0)) == "No case to count"
