"""A known break has a day, a place, a reason and a source, and concerns only that place."""

import re

import pytest

from data_model.shipped import rows
from data_model.vocabulary import Nation
from metrics import BY_CODE, INDICATORS, known_breaks
from metrics.indicator import Indicator, Reported
from metrics.known_breaks import KnownBreak, applying

PARAGRAPHS = r"[A-L]\.\d+ paras? [\d.]+( and [\d.]+)?"
SOURCE = re.compile(rf"{PARAGRAPHS}(; {PARAGRAPHS})?|DfE, .+ \(table C3\)")
AREAS = {row["code"]: row["nation"] for row in rows("data_model", "reference", "areas.csv")}
KNOWN = sorted({known for i in INDICATORS for known in i.breaks}, key=lambda k: (k.on, k.source))


@pytest.mark.parametrize("indicator", INDICATORS, ids=lambda i: i.code)
def test_an_indicator_names_no_break_twice(indicator: Indicator | Reported) -> None:
    assert len(set(indicator.breaks)) == len(indicator.breaks)


@pytest.mark.parametrize("known", KNOWN, ids=lambda known: known.source)
def test_a_known_break_says_when_where_why_and_from_which_paragraph(known: KnownBreak) -> None:
    assert known.why.endswith(".")
    assert SOURCE.fullmatch(known.source), known.source
    assert known.area is None or AREAS[known.area] == known.nation


def test_no_break_is_declared_that_no_indicator_has() -> None:
    declared = {each for each in vars(known_breaks).values() if isinstance(each, KnownBreak)}
    assert declared == set(KNOWN)


def _breaks_of(code: str, nation: Nation, *areas: str) -> tuple[KnownBreak, ...]:
    return applying(BY_CODE[code].breaks, nation, areas)


def test_the_split_of_criminal_exploitation_breaks_the_english_series_and_no_welsh_one() -> None:
    (split,) = _breaks_of("cse-assessments-dfe", Nation.ENGLAND, "E06000047")
    assert split.on.isoformat() == "2021-04-01"
    assert _breaks_of("cse-assessments-dfe", Nation.WALES, "W06000011") == ()


def test_a_break_of_one_police_force_concerns_only_the_areas_in_it() -> None:
    inside = _breaks_of("cse-flags", Nation.ENGLAND, "E09000030", "E23000001")
    outside = _breaks_of("cse-flags", Nation.ENGLAND, "E06000047", "E23000008")
    assert set(inside) - set(outside) == {k for k in inside if k.area == "E23000001"} != set()
    assert [known.on for known in inside] == sorted(known.on for known in inside)
