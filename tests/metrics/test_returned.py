"""The standard return asks for what exists, in a scorecard's order, and its rules fit together."""

from collections import Counter

import pytest

from data_model.vocabulary import Nation, OrganisationKind, Part
from metrics import BY_CODE, INDICATORS
from metrics.dictionary import entries
from metrics.indicator import PERPETRATORS, VICTIMS, Group, Reported
from metrics.returned import RETURN, SAME, WITHIN, Returned, Rule, Side, asked, rules_among

LEAST = 45
CODES = frozenset(line.code for line in RETURN)

every_line = pytest.mark.parametrize("line", RETURN, ids=lambda line: line.code)
every_rule = pytest.mark.parametrize(
    "rule", [*WITHIN, *SAME], ids=lambda rule: f"{rule.first.code}-{rule.second.code}"
)


def declared(code: str) -> Reported:
    """Return a reported indicator by its code."""
    held = BY_CODE[code]
    assert isinstance(held, Reported)
    return held


def example(side: Side) -> int | None:
    """Return the number an indicator's worked example of one quarter gives on this side."""
    lines = [line.split("|") for line in declared(side.code).example.splitlines() if line.strip()]
    heading = [cell.strip() for cell in lines[0]]
    name = {Part.NUMERATOR: "number", Part.DENOMINATOR: "out of"}[side.part]
    given = [dict(zip(heading, [c.strip() for c in line], strict=True)) for line in lines[1:]]
    (quarter,) = [row for row in given if row["figure"] in ("A", "A quarter")] or [{}]
    return int(quarter[name]) if quarter.get(name) else None


def test_the_return_asks_for_at_least_the_standard_number_and_no_line_twice() -> None:
    assert len(CODES) == len(RETURN) >= LEAST


def test_every_group_of_a_scorecard_is_asked_for_and_counted_in_cases_where_they_are_read() -> None:
    assert {declared(line.code).group for line in RETURN} == set(Group)
    assert len(INDICATORS) >= LEAST + len(RETURN)


@every_line
def test_a_line_asks_for_a_reported_count_or_share_of_one_quarter(line: Returned) -> None:
    held = declared(line.code)
    assert held.per is None
    assert held.period.startswith(("the quarter", "the last day of the quarter"))


@every_line
def test_a_line_is_sent_by_a_kind_of_body_that_there_is(line: Returned) -> None:
    assert line.sent_by in (OrganisationKind.COUNCIL, OrganisationKind.POLICE)


def test_the_lines_stand_in_the_order_of_a_scorecard() -> None:
    order = [entry.code for entry in entries() if entry.code in CODES]
    assert [line.code for line in RETURN] == order


def test_victims_and_perpetrators_are_taken_apart_by_sex_ethnicity_and_disability() -> None:
    by = {line.code: set(line.apart) for line in RETURN}
    assert by["cse-children-known"] >= set(VICTIMS)
    assert by["cse-perpetrators-known"] >= set(PERPETRATORS)
    assert by["cse-flags"] == {*VICTIMS, *PERPETRATORS}


def test_interviews_after_each_episode_are_asked_of_england_and_not_of_wales() -> None:
    england, wales = (
        {line.code for line in asked(nation)} for nation in (Nation.ENGLAND, Nation.WALES)
    )
    assert england == CODES
    assert {code for code in england - wales if code.startswith("rhi-")} == {
        f"rhi-{what}-of-{whom}"
        for what in ("offered", "accepted", "in-time")
        for whom in ("reported", "referred")
    }
    assert {"rhi-offered", "rhi-accepted"} <= wales


def test_each_line_is_asked_of_one_kind_of_body() -> None:
    kinds = (OrganisationKind.COUNCIL, OrganisationKind.POLICE)
    sent = Counter(line.code for kind in kinds for line in asked(Nation.ENGLAND, kind))
    assert sent == Counter(CODES)


@every_rule
def test_a_rule_is_between_two_numbers_that_the_return_asks_for(rule: Rule) -> None:
    assert rule.first != rule.second
    for side in (rule.first, rule.second):
        assert side.code in CODES
        if side.part is Part.DENOMINATOR:
            assert declared(side.code).denominator
    assert rule.says[0].isupper()
    assert rule.says.endswith(".")


def test_no_rule_stands_twice_or_against_another() -> None:
    pairs = [(rule.first, rule.second) for rule in (*WITHIN, *SAME)]
    assert len(set(pairs)) == len(pairs)
    assert not {(second, first) for first, second in pairs} & set(pairs)


@pytest.mark.parametrize("rule", WITHIN, ids=lambda r: f"{r.first.code}-{r.second.code}")
def test_the_worked_examples_of_one_quarter_keep_within_one_another(rule: Rule) -> None:
    first, second = example(rule.first), example(rule.second)
    assert first is None or second is None or first <= second


@pytest.mark.parametrize("rule", SAME, ids=lambda r: f"{r.first.code}-{r.second.code}")
def test_the_worked_examples_of_one_quarter_agree_where_they_must(rule: Rule) -> None:
    first, second = example(rule.first), example(rule.second)
    assert first is None or second is None or first == second


def test_a_rule_is_left_out_when_one_of_its_indicators_is_not_asked_for() -> None:
    wales = frozenset(line.code for line in asked(Nation.WALES))
    assert rules_among(SAME, CODES) == SAME
    kept = rules_among(SAME, wales)
    dropped = set(SAME) - set(kept)
    assert {rule.first.code for rule in dropped} == {
        f"rhi-{what}-of-{whom}"
        for what in ("offered", "accepted", "in-time")
        for whom in ("reported", "referred")
    }
