"""A nation's scorecards from files alone: the same as from the database, on any engine."""

from collections.abc import Callable, Iterator
from pathlib import Path

import polars as pl
import pytest

from data_model import counted
from data_model.database import Database
from data_model.vocabulary import Breakdown
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import national, people, scorecards, tallied, trail
from inspect_app.services.scorecards import Scorecard, parse_quarter
from inspect_app.signed_in import SignedIn
from metrics import BY_CODE
from metrics.indicator import Indicator
from metrics.outcome import in_words
from tests.support.looking import every_row_of
from tests.support.samples import Template

SignIn = Callable[[str], SignedIn]
AREA, DURHAM = "X06000001", "E06000047"


@pytest.fixture(scope="module")
def held(sqlite_samples: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A copy of the samples that every test of this module reads and none changes."""
    place = tmp_path_factory.mktemp("held") / "samples.db"
    with sqlite_samples.copied(f"sqlite:///{place.as_posix()}") as copy:
        yield copy


@pytest.fixture(scope="module")
def folder(held: Database, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A snapshot of it: files are the same whichever database they were written from."""
    place = str(tmp_path_factory.mktemp("nation") / "nation")
    national.write(place, by=people.keeper(held))
    return place


def said(card: Scorecard) -> set[tuple[str, str | None, str]]:
    """Return what a scorecard says of the area's own indicators, but for late returns.

    Those are counted against today's date, which no file knows.
    """
    own = (line for line in card.lines if line.area.code == card.area.code)
    mine = (line for line in own if line.indicator != "returns-late")
    return {(line.indicator, line.subject, in_words(line.outcome)) for line in mine}


@pytest.mark.parametrize("engine", ["polars", "duckdb"])
@pytest.mark.parametrize(
    ("area", "quarter"), [(AREA, None), (AREA, "2025-Q4"), (DURHAM, "2020-Q1")]
)
def test_a_snapshot_says_what_the_database_says(
    folder: str, held: Database, engine: str, area: str, quarter: str | None
) -> None:
    asked = parse_quarter(quarter) if quarter else None
    card = national.scorecards(folder, engine, area, asked)
    wholes = card.filter(pl.col("breakdown").is_null())
    found = set(wholes.select("indicator", "subject", "says").iter_rows())
    assert found == said(scorecards.scorecard(area, quarter, by=people.operator(held)))
    assert found


def test_engines_agree_on_the_whole_nation_to_the_last_number(folder: str) -> None:
    first = national.scorecards(folder, "polars")
    assert first.equals(national.scorecards(folder, "duckdb"))
    assert first.get_column("area").n_unique() > 150


def test_no_case_can_be_told_from_another_in_what_is_printed(folder: str) -> None:
    assert not {"case", "reference"} & set(national.scorecards(folder, "polars").columns)


def test_only_whoever_looks_after_the_installation_writes_a_snapshot(
    database: Database, tmp_path: Path, signed_in: SignIn
) -> None:
    for person in ("priya-lead", "joanna-director"):
        with pytest.raises(NotAllowed):
            national.write(str(tmp_path / "taken"), by=signed_in(person))
    assert not (tmp_path / "taken").exists()


def test_writing_a_snapshot_is_on_the_trail(
    database: Database, tmp_path: Path, signed_in: SignIn
) -> None:
    national.write(str(tmp_path / "nation"), by=people.keeper(database))
    newest = trail.latest(by=signed_in("ben-administrator"))[0]
    assert newest.action == national.WRITTEN


def test_an_area_that_is_not_there_is_said(folder: str) -> None:
    with pytest.raises(NotFound, match="holds nothing of an area 'E99'"):
        national.scorecards(folder, "polars", "E99")


def test_an_engine_that_is_none_is_said(folder: str) -> None:
    with pytest.raises(Refusal, match="There is no engine 'abacus'"):
        national.scorecards(folder, "abacus")


def test_what_is_kept_beside_the_evidence_is_what_is_counted_from_it(database: Database) -> None:
    with every_row_of(database).reading() as session:
        held = counted.snapshot(session, database.snapshots)
    counts = tallied.of_inspection(held, AREA, "ALD-2025-JTAI")
    cases = held.frame("cases", [AREA]).filter(pl.col("inspection") == "ALD-2025-JTAI")
    indicator = BY_CODE["case-male-share"]
    assert isinstance(indicator, Indicator)
    assert counts.whole(indicator).counted == (cases.get_column("sex") == "male").sum()
    assert (
        sum(part.rows for part in counts.parts(indicator, Breakdown.CARE).values()) == cases.height
    )
    assert tallied.of_inspection(held, AREA, "nowhere").whole(indicator) == tallied.NOTHING
