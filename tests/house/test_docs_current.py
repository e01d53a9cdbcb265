"""The pages say what the code says today: those it writes, and what others name of it."""

import fnmatch
import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from metrics import INDICATORS
from metrics.checks import CHECKS

DOCS = Path(__file__).parents[2] / "docs"


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


GENERATOR = _generator()


@pytest.mark.parametrize("name", GENERATOR.PAGES)
def test_a_generated_page_is_current(name: str) -> None:
    written = (DOCS / name).read_text(encoding="utf-8")
    assert written == GENERATOR.PAGES[name](), "run `python docs/generate.py`"


def test_what_the_map_to_the_report_names_is_there() -> None:
    said = (DOCS / "report-map.md").read_text(encoding="utf-8")
    codes = {indicator.code for indicator in INDICATORS}
    named = re.findall(r"`([^`]+)`", said)
    assert len(named) > 30
    assert [each for each in named if not fnmatch.filter(codes, each.replace("…", "*"))] == []
    checks = set(re.findall(r"[Cc]hecks? \*([^*]+)\*", said))
    assert len(checks) > 3
    assert checks - {check.title for check in CHECKS} == set()
