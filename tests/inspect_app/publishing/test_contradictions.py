"""What the front page is for: two bodies, one subject, one place, eighteen months, the opposite."""

from dataclasses import replace
from datetime import date

import pytest

from inspect_app.publishing.content import PublishedInspection, Quotation
from inspect_app.publishing.contradictions import Contradiction, contradictions
from tests.inspect_app.publishing.builders import (
    AREAS,
    HMICFRS,
    MET,
    OFSTED,
    content,
    inspection,
    with_evidence,
)

PRAISE = Quotation("The response to missing children is strong.", "positive", None, None, None)
BLAME = replace(PRAISE, text="Missing children are not looked for.", direction="negative")


def of(*held: PublishedInspection) -> tuple[Contradiction, ...]:
    area = replace(AREAS[0], inspections=tuple(each.code for each in held))
    return contradictions(content(areas=(area,), inspections=held))


def test_durham_is_found_by_the_rule() -> None:
    (found,) = contradictions(content())
    assert (found.area, found.first, found.second) == ("E06000047", OFSTED.code, HMICFRS.code)
    assert found.subject.startswith("Missing children")
    assert found.days == 174


@pytest.mark.parametrize(
    "later",
    [
        replace(HMICFRS, period_start=date(2021, 4, 1), period_end=None),
        replace(HMICFRS, inspecting=("Ofsted",)),
        replace(HMICFRS, invented=True),
        replace(HMICFRS, evidence=(), statements=(replace(BLAME, text="Boys were overlooked."),)),
        replace(HMICFRS, evidence=(), statements=(PRAISE,)),
    ],
    ids=["too far apart", "one body", "invented", "another subject", "not the opposite"],
)
def test_whatever_is_not_the_rule_is_not_found(later: PublishedInspection) -> None:
    assert of(OFSTED, later) == ()


def test_words_against_words_are_found_and_stand_after_words_against_grades() -> None:
    near = inspection(
        "NEAR",
        inspecting=("A council",),
        statements=(BLAME,),
        period_start=date(2019, 9, 20),
        period_end=None,
    )
    found = of(OFSTED, near, HMICFRS)
    assert [(each.first, each.second) for each in found] == [
        (OFSTED.code, HMICFRS.code),
        (OFSTED.code, "NEAR"),
    ]


def test_a_count_of_cases_of_every_kind_together_is_about_no_subject() -> None:
    rows = [("all", "all", "inadequate", 9, 9)]
    every = with_evidence(replace(HMICFRS, evidence=(), statements=()), "published counts", rows)
    assert of(OFSTED, every) == ()


def test_grades_that_were_not_split_speak_where_all_of_them_say_one_thing() -> None:
    both_bad = replace(MET, code="MET", period_start=date(2019, 11, 1), period_end=None)
    assert len(of(OFSTED, both_bad)) == 1
    rows = [("missing", "all", "good|inadequate", 38, 38)]
    unclear = with_evidence(replace(both_bad, evidence=()), "published unsplit", rows)
    assert of(OFSTED, unclear) == ()
