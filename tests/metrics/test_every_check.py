"""Every check goes through the same battery: its example, its words, its source, its place."""

import importlib
import pkgutil
import re

import polars as pl
import pytest

import metrics
from data_model.vocabulary import Assurance, Evidence, Severity, Verdict
from metrics.check import LEFT_OUT, UNKNOWN, Check, examine, said, sort_rows
from metrics.checks import BY_CODE, CHECKS
from metrics.checks.frames import FRAMES, KEYS

CODE = re.compile(r"[a-z]+(-[a-z]+)+")
NUMBERS = r"\d+(\.\d+)?((,|–| and| to) ?\d+(\.\d+)?)*"
SOURCE = re.compile(rf"[A-L]\.\d+ paras? {NUMBERS}(; recommendation \d+)?")
VERDICTS = {*map(str, Verdict), LEFT_OUT}
GRADED = {"good", "not good"}
WORDS = {
    "assurance": {str(word) for word in Assurance},
    "strongest": {str(word) for word in Evidence} | {"none"},
    "direction": {"positive", "negative", "mixed"},
    "judged": GRADED,
    "first_found": GRADED | {"mixed", "too few"},
    "second_found": GRADED | {"mixed", "too few"},
    "bodies": {"same", "different", "not known"},
    "recorded": {"here", "elsewhere"},
    "closed": {"yes", "no"},
    "between": {"yes", "no"},
}
NEVER = ("name", "reference", "case", "person", "reader", "reason", "summary", "note", "text")
"""What no frame of a check may have a column of; `said` is a published sentence."""

every_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)


def example(check: Check) -> tuple[pl.DataFrame, list[str]]:
    """Return a check's example as a frame of its kind, and what its last column says."""
    lines = [line for line in check.example.splitlines() if line.strip()]
    cells = [[cell.strip() or None for cell in line.split("|")] for line in lines]
    columns = {str(name): list(held) for name, *held in zip(*cells, strict=True)}
    label, *_rest = columns
    columns.pop(label)
    verdicts = [str(verdict) for verdict in columns.pop("verdict")]
    schema = {name: FRAMES[check.rows][name] for name in columns}
    return pl.DataFrame(columns, dict.fromkeys(columns, pl.String)).cast(
        pl.Schema(schema)
    ), verdicts


def whole(check: Check, rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with every column of the check's frame, empty where the example has none."""
    schema = FRAMES[check.rows]
    missing = [pl.lit(None, kind).alias(n) for n, kind in schema.items() if n not in rows.columns]
    return rows.with_columns(missing).select(schema.names())


@every_check
def test_the_example_comes_out_as_it_says_on_polars(check: Check) -> None:
    rows, expected = example(check)
    assert sort_rows(check, rows).get_column("verdict").to_list() == expected


@every_check
def test_the_example_comes_out_the_same_on_a_second_engine(check: Check) -> None:
    rows, expected = example(check)
    assert sort_rows(check, rows.to_arrow()).column("verdict").to_pylist() == expected


@every_check
def test_the_example_trips_it_and_does_not_and_cannot_be_checked(check: Check) -> None:
    _rows, expected = example(check)
    assert set(expected) == VERDICTS


@every_check
def test_the_example_has_every_column_that_decides_and_no_other(check: Check) -> None:
    rows, expected = example(check)
    for name in rows.columns:
        emptied = rows.with_columns(pl.lit(None, rows.schema[name]).alias(name))
        assert sort_rows(check, emptied).get_column("verdict").to_list() != expected, name


@every_check
def test_every_value_of_the_example_is_a_word_of_its_list(check: Check) -> None:
    rows, _expected = example(check)
    for name in set(rows.columns) & set(WORDS):
        assert set(rows.get_column(name).drop_nulls().to_list()) <= WORDS[name], name


@every_check
def test_it_trips_on_the_one_half_of_its_example_and_not_on_the_other(check: Check) -> None:
    rows, expected = example(check)
    trips = pl.Series(expected) == "found"
    tripped = examine(check, rows.filter(trips))
    assert tripped.verdict is Verdict.FOUND
    assert len(tripped.found) == tripped.looked_at == trips.sum()
    assert f"{trips.sum()}. Found in {trips.sum()}." in tripped.in_words
    others = examine(check, rows.filter(pl.Series(expected) == "nothing"))
    assert (others.verdict, others.found) == (Verdict.NOTHING, ())
    assert others.in_words.endswith(f"{expected.count('nothing')}. Found nothing.")


@every_check
def test_what_could_not_be_checked_is_said_and_is_never_a_pass(check: Check) -> None:
    rows, expected = example(check)
    nothing = examine(check, pl.DataFrame(schema=FRAMES[check.rows]))
    assert (nothing.verdict, nothing.looked_at) == (Verdict.NOT_CHECKED, 0)
    unknown = examine(check, rows.filter(pl.Series(expected) == "not_checked"))
    assert (unknown.verdict, unknown.looked_at) == (Verdict.NOT_CHECKED, 0)
    assert unknown.not_checked == expected.count("not_checked")
    for looked in (nothing, unknown):
        assert looked.in_words.startswith(Verdict.NOT_CHECKED.english)
        assert check.looks_at in looked.in_words
    assert f"{unknown.not_checked}, all without {check.needs}" in unknown.in_words
    some = examine(check, rows)
    assert f"for want of {check.needs}: {expected.count('not_checked')}." in some.in_words


@every_check
def test_what_is_left_out_is_not_looked_at(check: Check) -> None:
    rows, expected = example(check)
    looked = examine(check, rows.filter(pl.Series(expected) == LEFT_OUT))
    assert (looked.looked_at, looked.not_checked, looked.found) == (0, 0, ())


@every_check
def test_what_another_area_holds_changes_nothing_and_is_found_there(check: Check) -> None:
    rows, expected = example(check)
    here = whole(check, rows).with_columns(pl.coalesce("area", pl.lit("here")).alias("area"))
    if "area" in rows.columns:
        here = whole(check, rows)
    trips = pl.Series(expected) == "found"
    calm = here.filter(~trips)
    elsewhere = here.filter(trips).with_columns(pl.lit("elsewhere").alias("area"))
    together = examine(check, pl.concat([calm, elsewhere]))
    assert {row["area"] for row in together.found} == {"elsewhere"}
    assert len(together.found) == trips.sum()
    assert examine(check, calm).found == ()


@every_check
def test_what_it_says_names_columns_of_its_frame_and_says_gaps_out_loud(check: Check) -> None:
    empty = dict.fromkeys(FRAMES[check.rows].names())
    words = said(check, empty)
    assert UNKNOWN in words
    assert not set("{}") & set(words)
    assert "None" not in words


def test_numbers_and_days_are_said_as_people_write_them() -> None:
    rows, expected = example(BY_CODE["flags-do-not-reconcile"])
    check = BY_CODE["flags-do-not-reconcile"]
    first = whole(check, rows.filter(pl.Series(expected) == "found")).row(0, named=True)
    words = said(check, {**first, "flagged": 1464, "place": "Somewhere", "period": "2019"})
    assert words.startswith(
        "Somewhere (2019): flagged 1,464; of those, meeting the definition: 276"
    )


@every_check
def test_a_check_says_in_english_what_it_is(check: Check) -> None:
    assert CODE.fullmatch(check.code)
    assert len(check.code) <= 40
    assert check.title[0].isupper()
    assert not check.title.endswith(".")
    assert check.looks_at[0].islower()
    assert check.needs[0].islower() or check.needs[0].isdigit()
    assert check.asks[0].isupper()
    assert check.asks.endswith("?")
    assert check.why[0].isupper()
    assert check.why.endswith(".")
    assert check.says.endswith(".")


@every_check
def test_a_check_has_a_severity_and_names_the_paragraph_it_comes_from(check: Check) -> None:
    assert check.severity in Severity
    assert SOURCE.fullmatch(check.source), check.source


def test_no_two_checks_share_a_code_or_a_title() -> None:
    assert len(BY_CODE) == len(CHECKS)
    assert len({check.title.casefold() for check in CHECKS}) == len(CHECKS)


def test_no_declaration_is_left_out_of_the_list() -> None:
    modules = [
        importlib.import_module(found.name)
        for found in pkgutil.walk_packages(metrics.__path__, "metrics.")
    ]
    declared = {
        held.code for module in modules for held in vars(module).values() if isinstance(held, Check)
    }
    assert declared == set(BY_CODE)


def test_every_frame_is_looked_at_and_tells_its_rows_apart() -> None:
    assert {check.rows for check in CHECKS} == set(FRAMES) == set(KEYS)
    for name, schema in FRAMES.items():
        assert "area" in schema
        assert set(KEYS[name]) <= set(schema)


def test_no_frame_has_a_column_of_names_references_or_free_text() -> None:
    for name, schema in FRAMES.items():
        assert not {column for column in schema if column in NEVER}, name
