"""Tallies: one pass counts what row by row would, on every engine, whole and in parts."""

from collections import Counter
from collections.abc import Iterator

import duckdb
import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as some

from data_model.vocabulary import SamplingMethod
from metrics import tallies
from metrics.indicator import APART_BY, Indicator, sort_rows
from metrics.outcome import Share
from metrics.tallies import FROM_CASES, LINE, Cut, Tally, cuts, definitions, listed, measure
from tests.support.evidence import Extent, frames

SMALL = Extent(areas=3, quarters=4, cases=240, findings=700, episodes=600, perpetrators=150)
KEYS = ("area", "quarter")
every = pytest.mark.parametrize("indicator", FROM_CASES, ids=lambda each: each.code)


def on_polars(held: dict[str, pl.DataFrame], keys: tuple[str, ...]) -> pl.DataFrame:
    """Return the tallies of these frames as a list."""
    lazy = {name: nw.from_native(held[name].lazy()) for name in tallies.FRAMES}
    asked = tallies.tallies(lazy, keys)
    return listed({cut: table.to_native().collect() for cut, table in asked.items()}, keys)


@pytest.fixture(scope="module")
def held() -> dict[str, pl.DataFrame]:
    """Small made-up evidence."""
    return frames(SMALL)


@pytest.fixture(scope="module")
def counted(held: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """Return its tallies by area and quarter."""
    return on_polars(held, KEYS)


def row_by_row(indicator: Indicator, rows: pl.DataFrame) -> Iterator[tuple[object, ...]]:
    """Sort the rows one indicator at a time and count the verdicts: the second method."""
    verdicts = sort_rows(indicator, rows)
    for breakdown in (None, *indicator.apart):
        column = APART_BY[indicator.rows][breakdown] if breakdown else None
        found: dict[tuple[object, ...], Counter[str]] = {}
        for row in verdicts.iter_rows(named=True):
            part = row[column] if column else None
            apart = str(breakdown) if breakdown else None
            key: tuple[object, ...] = (row["area"], row["quarter"], apart, part)
            found.setdefault(key, Counter())[row["counted"]] += 1
        for key, said in found.items():
            yield *key, said["yes"], said["yes"] + said["no"], said.total()


@every
def test_one_pass_counts_what_row_by_row_counts(
    indicator: Indicator, held: dict[str, pl.DataFrame], counted: pl.DataFrame
) -> None:
    mine = counted.filter(pl.col("indicator") == indicator.code).drop("indicator")
    expected = set(row_by_row(indicator, held[indicator.rows]))
    assert set(mine.iter_rows()) == expected
    assert mine.height == len(expected)


@every
def test_the_parts_of_every_indicator_sum_to_its_whole(
    indicator: Indicator, counted: pl.DataFrame
) -> None:
    mine = counted.filter(pl.col("indicator") == indicator.code)
    wholes = mine.filter(pl.col("breakdown").is_null()).select(*KEYS, "counted", "out_of", "rows")
    for breakdown in indicator.apart:
        parts = mine.filter(pl.col("breakdown") == str(breakdown)).group_by(KEYS)
        sums = parts.agg(pl.col("counted", "out_of", "rows").sum())
        assert sums.sort(KEYS).equals(wholes.sort(KEYS)), breakdown


def test_the_same_declarations_come_to_the_same_numbers_on_a_second_engine(
    held: dict[str, pl.DataFrame], counted: pl.DataFrame
) -> None:
    with duckdb.connect() as connection:
        lazy = {
            name: nw.from_native(connection.from_arrow(held[name].to_arrow()))
            for name in tallies.FRAMES
        }
        asked = tallies.tallies(lazy, KEYS)
        tables = {cut: table.to_native().pl() for cut, table in asked.items()}
    assert listed(tables, KEYS).equals(counted)


def test_other_keys_add_the_same_rows_up(
    held: dict[str, pl.DataFrame], counted: pl.DataFrame
) -> None:
    by_area = on_polars(held, ("area",))
    sums = counted.group_by("area", "indicator", "breakdown", "category").agg(
        pl.col("counted", "out_of", "rows").sum()
    )
    order = ["area", "indicator", "breakdown", "category"]
    assert sums.sort(order).equals(by_area.sort(order))


def test_every_indicator_from_cases_has_a_whole_and_the_parts_it_declares() -> None:
    places = [
        (cut, each) for rows in tallies.FRAMES for cut in cuts(rows) for each in cut.indicators
    ]
    for indicator in FROM_CASES:
        found = [cut.breakdown for cut, each in places if each is indicator]
        assert sorted(found, key=str) == sorted((None, *indicator.apart), key=str)


def test_nothing_to_count_is_an_empty_list_of_the_same_columns() -> None:
    empty = {name: frame.clear() for name, frame in frames(SMALL).items()}
    found = on_polars(empty, KEYS)
    assert found.height == 0
    assert found.columns == [*KEYS, *LINE]


def test_what_two_indicators_share_is_added_up_once(held: dict[str, pl.DataFrame]) -> None:
    lazy = nw.from_native(held["findings"].lazy())
    plan = tallies.tallies({"findings": lazy}, KEYS)[Cut("findings", None)].to_native().explain()
    assert plan.count("is_not_null") + plan.count("is_null") == 1


def test_a_definition_that_moves_moves_the_digest() -> None:
    assert definitions() == definitions(FROM_CASES)
    assert definitions() != definitions(FROM_CASES[1:])


@given(counted=some.integers(0, 40), more=some.integers(0, 40), left_out=some.integers(0, 9))
def test_a_tally_of_cases_is_a_share_with_an_interval_around_it(
    counted: int, more: int, left_out: int
) -> None:
    indicator = next(each for each in FROM_CASES if each.rows == "cases")
    held = Tally(counted, counted + more, counted + more + left_out)
    outcome = measure(indicator, held, SamplingMethod.RANDOM, None)
    if not held.out_of:
        assert not isinstance(outcome, Share)
        return
    assert isinstance(outcome, Share)
    assert outcome.interval is not None
    assert outcome.interval.low <= outcome.share <= outcome.interval.high
