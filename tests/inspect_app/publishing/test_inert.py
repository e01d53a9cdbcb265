"""What people wrote stands in a release as they typed it: pages, tables, workbooks, papers."""

import csv
import io
import json
import re
import zipfile
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from inspect_app.publishing.csv_cells import RUNS
from inspect_app.publishing.folder import write
from inspect_app.publishing.shelf import bring
from tests.inspect_app.publishing.builders import content, mark
from tests.inspect_app.publishing.standing import three_releases
from tests.support import canary

PEOPLES = {column.name for column in canary.free_text()} | {"correction", "correction_welsh"}
NAMES = {"name", "name_welsh"}
OTHER = r"(?:\s+[a-z-]+(?:=\"[^\"]*\")?)*?"
LEADS_AWAY = re.compile(
    rf"<[a-z][a-z0-9]*{OTHER}\s+(?:src|href|action)=[\"']?(?:https?:)?//attacker"
)
NUMBER = re.compile(r"[-+]?\d[\d.,]*%?")


def sown(value: Any) -> Any:
    """Return the same with the canary behind every text that people wrote."""
    if isinstance(value, tuple):
        return tuple(map(sown, value))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    return replace(value, **{each.name: _sown(each.name, value) for each in fields(value)})


def _sown(name: str, of: Any) -> Any:
    held = getattr(of, name)
    wrote = isinstance(held, str) and type(held) is str and held and name in PEOPLES
    if not wrote:
        return sown(held)
    # A place whose name would run is refused as a whole, which `test_screener.py` tests.
    return f"{held} {canary.CANARY}" if name in NAMES else f"{canary.CANARY} {held}"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a release in which every text holds the canary."""
    out = tmp_path_factory.mktemp("inert") / "release"
    said = sown(content())
    write(said, mark(said), out)
    return out


def test_every_page_shows_a_text_as_it_is_typed(released: Path) -> None:
    pages = {path: path.read_text(encoding="utf-8") for path in released.rglob("*.html")}
    assert sum(map(canary.as_typed, pages.values())) > 20
    for path, text in pages.items():
        assert canary.shown_in_html(text) == [], path
        assert not LEADS_AWAY.search(text), path


def test_no_cell_of_a_table_is_one_that_a_spreadsheet_runs(released: Path) -> None:
    held = 0
    for path in released.rglob("*.csv"):
        for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")):
            held += any(canary.ATTACKER in cell for cell in row)
            for cell in row:
                ran = cell.startswith((*RUNS, "\t", "\r")) and not NUMBER.fullmatch(cell)
                assert not ran, (path, cell)
    assert held > 10


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(released: Path) -> None:
    held = 0
    for path in released.rglob("*.xlsx"):
        with zipfile.ZipFile(path) as book:
            parts = {name: book.read(name) for name in book.namelist()}
        held += sum(canary.ATTACKER.encode() in part for part in parts.values())
        for name, part in parts.items():
            assert b"<f>" not in part, (path, name)
            assert b'Target="//attacker' not in part, (path, name)
    assert held > 2


def test_data_for_machines_holds_a_text_as_a_text(released: Path) -> None:
    held = [path.read_text(encoding="utf-8") for path in released.rglob("*.json")]
    assert any(canary.CANARY in json.dumps(json.loads(text)) for text in held)
    assert len(list(released.rglob("*.pdf"))) > 1


def test_the_feed_and_the_shelf_show_a_reason_as_it_is_typed(tmp_path: Path) -> None:
    bring(tmp_path, [sown(each) for each in three_releases()])
    pages = [path for path in tmp_path.rglob("*") if path.suffix in {".html", ".xml"}]
    shown = 0
    for path in pages:
        text = path.read_text(encoding="utf-8")
        shown += canary.ATTACKER in text
        assert canary.shown_in_html(text) == [], path
    assert shown > 3
