"""Who is in the numbers: every indicator can be taken apart as it says, and nobody is lost."""

from collections.abc import Iterator

import polars as pl
import pytest

from data_model import counted
from data_model.database import open_database
from data_model.frames import FRAMES
from data_model.vocabulary import Breakdown
from metrics import BY_CODE, INDICATORS
from metrics.indicator import APART_BY, CHILDREN, PERPETRATORS, Indicator, sort_rows
from metrics.returned import RETURN, Returned
from tests.support.looking import every_row_of
from tests.support.samples import Template

DECLARED = [each for each in INDICATORS if isinstance(each, Indicator)]
ABOUT_CHILDREN = {
    "case-male-share": {Breakdown.VICTIM_SEX},
    "case-disabled-share": {Breakdown.VICTIM_DISABILITY},
    "case-ethnicity-not-recorded": {Breakdown.VICTIM_ETHNICITY},
    "case-disability-not-recorded": {Breakdown.VICTIM_DISABILITY},
    "case-over-20-miles": {Breakdown.CARE},
    "perpetrator-ethnicity-not-recorded": {Breakdown.PERPETRATOR_ETHNICITY},
}
"""What an indicator is about by itself, by which it is not taken apart."""

OF_ROWS = {
    "cases": set(CHILDREN),
    "episodes": set(CHILDREN),
    "perpetrators": set(PERPETRATORS),
    "findings": set[Breakdown](),
}

every_declared = pytest.mark.parametrize("indicator", DECLARED, ids=lambda each: each.code)


@pytest.fixture(scope="module")
def frames(sqlite_samples: Template) -> Iterator[dict[str, pl.DataFrame]]:
    """The counted evidence of every sample, by the name of its frame."""
    database = open_database(sqlite_samples.url)
    with every_row_of(database).reading() as session:
        snapshot = counted.snapshot(session, database.snapshots)
        yield {name: snapshot.frame(name) for name in FRAMES}
    database.close()


@every_declared
def test_an_indicator_from_cases_is_taken_apart_by_all_that_its_rows_hold(
    indicator: Indicator,
) -> None:
    about = ABOUT_CHILDREN.get(indicator.code, set())
    assert set(indicator.apart) == OF_ROWS[indicator.rows] - about
    for breakdown in indicator.apart:
        assert APART_BY[indicator.rows][breakdown] in FRAMES[indicator.rows]


@every_declared
def test_the_parts_of_an_indicator_from_cases_sum_to_its_whole(
    indicator: Indicator, frames: dict[str, pl.DataFrame]
) -> None:
    rows = sort_rows(indicator, frames[indicator.rows])
    verdicts = rows.get_column("counted")
    for breakdown in indicator.apart:
        column = rows.get_column(APART_BY[indicator.rows][breakdown])
        parts = [*map(str, breakdown.categories), None]
        for verdict in ("yes", "no", "left out"):
            by_part = [(column.eq_missing(part) & (verdicts == verdict)).sum() for part in parts]
            assert sum(by_part) == (verdicts == verdict).sum(), breakdown


@pytest.mark.parametrize("name", ["cases", "episodes", "perpetrators"])
def test_the_samples_hold_people_in_every_part_that_the_battery_looks_at(
    name: str, frames: dict[str, pl.DataFrame]
) -> None:
    for breakdown, column in APART_BY[name].items():
        held = set(frames[name].get_column(column).drop_nulls())
        assert held <= {str(each) for each in breakdown.categories}
        assert len(held) > 1, breakdown


def test_an_episode_says_of_the_child_what_their_case_says(
    frames: dict[str, pl.DataFrame],
) -> None:
    child = ["case", "age_band", "sex", "ethnicity", "disability"]
    of_cases = frames["cases"].select(child)
    of_episodes = frames["episodes"].select(child).unique()
    assert not of_episodes.is_empty()
    assert of_episodes.join(of_cases, on=child, how="anti", nulls_equal=True).is_empty()


@pytest.mark.parametrize("line", RETURN, ids=lambda line: line.code)
def test_the_return_asks_for_every_part_that_its_indicator_is_taken_into(line: Returned) -> None:
    assert set(line.apart) == set(BY_CODE[line.code].apart)


@pytest.mark.parametrize("breakdown", list(Breakdown))
def test_every_way_of_taking_people_apart_is_asked_for_in_the_return(breakdown: Breakdown) -> None:
    assert any(breakdown in line.apart for line in RETURN)
