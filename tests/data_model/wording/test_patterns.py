"""The shipped tables fit together, and no phrase can be made slow by what somebody types."""

import csv
from collections.abc import Iterator
from importlib.resources import files
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

from data_model.shipped import rows
from data_model.wording import Kind, blaming, details, quotation, reading, subject
from data_model.wording.name_words import people
from data_model.wording.pattern import (
    PACKAGE,
    compiled,
    expanded,
    hyphens_or_spaces,
    macros,
    openings,
)

TABLES = sorted(each.name for each in files(PACKAGE).iterdir() if each.name.endswith(".csv"))
PHRASES = list(rows(PACKAGE, "phrases.csv"))
DETAILS = list(rows(PACKAGE, "details.csv"))
WRITTEN = [hyphens_or_spaces(row["phrase"]) for row in PHRASES] + [r["phrase"] for r in DETAILS]
CONDITIONS = [row[column] for row in PHRASES for column in ("unless", "only") if row[column]]
# The furthest that one phrase may reach; what it costs at one place is bounded by it.
FURTHEST = 700


@pytest.mark.parametrize("table", TABLES)
def test_every_row_of_a_table_has_every_column_and_no_more(table: str) -> None:
    text = files(PACKAGE).joinpath(table).read_text(encoding="utf-8")
    first, *others = csv.reader(text.splitlines())
    assert [row for row in others if len(row) != len(first)] == []


def _reach(phrase: str) -> int:
    """Return how many signs a match can have at most."""
    return int(parser.parse(compiled(phrase).pattern).getwidth()[1])


def test_no_phrase_repeats_anything_without_a_bound() -> None:
    assert [phrase for phrase in WRITTEN if _reach(phrase) > FURTHEST] == []


def test_a_phrase_without_a_bound_would_be_seen() -> None:
    assert _reach(r"(risk\w*)") > FURTHEST


def _repeats(parsed: Any) -> Iterator[tuple[int, Any]]:
    for kind, value in parsed:
        if kind in {ops.MAX_REPEAT, ops.MIN_REPEAT}:
            yield value[1], value[2]
        for each in value if isinstance(value, list | tuple) else [value]:
            parts = each if isinstance(each, list) else [each]
            for part in parts:
                if isinstance(part, parser.SubPattern):
                    yield from _repeats(part)


def _nests(pattern: str) -> bool:
    """Return whether something without a bound is repeated without a bound."""
    return any(
        most == inner == ops.MAXREPEAT
        for most, inside in _repeats(parser.parse(pattern))
        for inner, _ in _repeats(inside)
    )


def test_no_pattern_repeats_without_a_bound_what_repeats_without_a_bound() -> None:
    whole = [
        reading.ENDING,
        quotation.QUOTED,
        subject.ACTOR,
        subject.ACTED_UPON,
        subject.REPORTING,
        subject.AFTER,
    ]
    patterns = [each.pattern for each in whole] + [expanded(each) for each in CONDITIONS]
    assert [each for each in patterns if _nests(each)] == []
    assert _nests(r"(?:\w+ ?)+x")


def test_every_phrase_belongs_to_an_idea_that_says_why() -> None:
    ideas = {each["idea"]: each for each in rows(PACKAGE, "blaming.csv")}
    for row in PHRASES:
        assert all(ideas[row["idea"]].values()), row
        assert row["not_about"] in blaming.FAIR_ABOUT, row


def test_every_idea_has_a_phrase_and_every_identifying_kind_a_reason() -> None:
    ideas = {each["idea"] for each in rows(PACKAGE, "blaming.csv")}
    assert ideas == {row["idea"] for row in PHRASES}
    assert set(details.reasons()) == {kind for kind in Kind if kind.identifying}


def test_every_macro_is_used() -> None:
    used = " ".join([*WRITTEN, *CONDITIONS, *macros().values()])
    assert [name for name in macros() if f"{{{name}}}" not in used] == []


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("risky choices", {"risky"}),
        ("risks? taken", {"risk", "risks"}),
        ("(put|puts) {self}", {"put", "puts"}),
        ("(very )?(risky|unsafe) choice", {"very", "risky", "unsafe"}),
        ("{his} lifestyle", {"her", "his", "their"}),
    ],
)
def test_the_words_that_a_phrase_opens_with_are_read_off_it(phrase: str, words: set[str]) -> None:
    assert openings(expanded(phrase)) == words


@pytest.mark.parametrize("phrase", [r"\w+ choices", "(risky", "[a-z] choice"])
def test_a_phrase_whose_opening_cannot_be_told_is_a_mistake(phrase: str) -> None:
    with pytest.raises(ValueError, match=r"no opening word|not closed"):
        openings(phrase)


def test_a_name_has_one_use_as_a_first_name() -> None:
    assert people()["first name"] & people()["first name or word"] == frozenset()
