"""The same declarations on Spark: what `make test-spark` runs, and no other test."""

from pathlib import Path

import pytest

from data_model import engines
from inspect_app.command_line import main
from inspect_app.services import national, people
from tests.support.evidence import Extent, frames
from tests.support.nation import write_nation
from tests.support.samples import Template

pytestmark = [pytest.mark.spark, pytest.mark.filterwarnings("default")]

MADE_UP = Extent(areas=6, quarters=5, cases=900, findings=2500, episodes=2000, perpetrators=500)
KEYS = ("area", "quarter")


def test_every_indicator_and_part_comes_to_the_same_on_three_engines(tmp_path: Path) -> None:
    held = write_nation(frames(MADE_UP), tmp_path)
    found = {}
    for name in engines.ENGINES:
        with engines.opened(name) as engine:
            found[name] = national.tally(engine, held, KEYS)
    assert found["polars"].height > 10_000
    assert found["spark"].equals(found["polars"])
    assert found["duckdb"].equals(found["polars"])


def test_the_samples_scorecards_come_to_the_same_as_a_file(
    sqlite_samples: Template, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "nation")
    with sqlite_samples.copied(f"sqlite:///{(tmp_path / 'copy.db').as_posix()}") as database:
        national.write(folder, by=people.keeper(database))
    printed = {}
    for engine in ("polars", "spark"):
        assert main(["scorecard", "--snapshot", folder, "--engine", engine, "--format", "csv"]) == 0
        printed[engine] = capsys.readouterr().out
    assert printed["spark"] == printed["polars"]
    assert printed["spark"].count("\n") > 1_000
