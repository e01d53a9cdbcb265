"""The checklist: each item finds what it is for, says why, and stops or warns as declared."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from data_model.database import Database
from data_model.vocabulary import ChecklistItem, ClaimStanding
from inspect_app.publishing.content import PublishedClaim, ReleaseContent
from inspect_app.services import inspections, people, release_checks, release_texts
from inspect_app.services.release_checks import CHECKLIST, Outstanding
from inspect_app.services.release_values import CheckedItem, Warned, clear, in_the_way
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Need
from tests.inspect_app.publishing.builders import HARM, INVENTED, area, content, figure, inspection
from tests.support.looking import every_row_of

SignIn = Callable[[str], SignedIn]
CLAIM = PublishedClaim(
    "ALD-2025-C1",
    "Children are kept safe.",
    None,
    "positive",
    ("T4",),
    (),
    ClaimStanding.UNSUPPORTED,
    "unsupported",
    "heb ei gefnogi",
)
WELSH = replace(INVENTED, area_code="X06000003", area_codes=("X06000003",), code="CWM-1")


def found(database: Database, item: ChecklistItem, said: ReleaseContent) -> list[Outstanding]:
    """Return what one item finds in a release that would say this."""
    by = people.operator(database)
    with every_row_of(database).reading() as session:
        looked = release_checks.look(session, said, by)
    return list(next(each.outstanding for each in looked if each.item.code is item))


def of(*held: object, **changes: object) -> ReleaseContent:
    return content(inspections=held, recommendations=(), areas=(), **changes)


@pytest.mark.parametrize("item", CHECKLIST, ids=lambda item: str(item.code))
def test_every_item_says_what_it_looks_at_and_why_in_both_languages(item) -> None:  # type: ignore[no-untyped-def]
    for text in (item.looks_at, item.looks_at_welsh, item.why, item.why_welsh, item.source):
        assert len(text) > 2
    assert item.looks_at != item.looks_at_welsh
    assert item.why != item.why_welsh


def test_every_item_of_the_vocabulary_is_on_the_checklist_once_and_blocks_as_it_should() -> None:
    assert [item.code for item in CHECKLIST] == list(ChecklistItem)
    warnings = {item.code for item in CHECKLIST if not item.blocks}
    assert warnings == {ChecklistItem.FEW_CASES, ChecklistItem.EMPTY_THEMES}


def test_findings_that_were_opened_again_are_found(database: Database, signed_in: SignIn) -> None:
    said = of(INVENTED)
    assert not found(database, ChecklistItem.DISPUTES, said)
    inspections.reopen("ALD-2025-JTAI", "A grade was wrong.", by=signed_in("priya-lead"))
    (one,) = found(database, ChecklistItem.DISPUTES, said)
    assert "ALD-2025-JTAI was opened again" in one.says
    assert one.page == "inspections"


def test_cases_on_which_readers_differ_are_found(database: Database) -> None:
    disputed = replace(INVENTED, code="CWM-2026-NCPI")
    says = [each.says for each in found(database, ChecklistItem.DISPUTES, of(disputed))]
    assert any("Readers differ on cases of inspection CWM-2026-NCPI" in each for each in says)


def test_a_small_count_of_cases_recorded_here_is_found_wherever_it_stands(
    database: Database,
) -> None:
    assert not found(database, ChecklistItem.SMALL_CELLS, content())
    first, *rest = INVENTED.evidence
    small = replace(INVENTED, evidence=(replace(first, cases=2), *rest))
    (one,) = found(database, ChecklistItem.SMALL_CELLS, of(small))
    assert "T4, good" in one.says
    few = content(recommendations=(replace(HARM, findings=1),))
    (one,) = found(database, ChecklistItem.SMALL_CELLS, few)
    assert one.about == HARM.code
    sent = figure(source="Return of Aldermere Council", numerator=1)
    place = area("X06000001", "Aldermere", figures=(sent,))
    (one,) = found(database, ChecklistItem.SMALL_CELLS, replace(of(), areas=(place,)))
    assert one.page == "returns"


def test_what_somebody_else_published_stands_as_published(database: Database) -> None:
    place = area("E06000047", "County Durham", figures=(figure(numerator=1),))
    assert not found(database, ChecklistItem.SMALL_CELLS, replace(of(), areas=(place,)))


@pytest.mark.parametrize(
    ("changes", "stops"),
    [
        ({}, True),
        ({"answer": "We know, and say so."}, False),
        ({"direction": "negative"}, False),
        ({"direction": "negative", "standing": ClaimStanding.CONTRADICTED}, True),
        ({"standing": ClaimStanding.SUPPORTED}, False),
        ({"standing": ClaimStanding.MIXED}, False),
    ],
)
def test_a_claim_that_nothing_supports_stops_the_release_until_it_is_answered(
    database: Database, changes: dict[str, Any], *, stops: bool
) -> None:
    said = of(replace(INVENTED, claims=(replace(CLAIM, **changes),)))
    assert bool(found(database, ChecklistItem.CLAIMS, said)) is stops


def test_welsh_is_missing_for_welsh_bodies_only_and_named_text_by_text(
    database: Database,
) -> None:
    assert not found(database, ChecklistItem.MISSING_WELSH, of(INVENTED))
    welsh = replace(INVENTED, code="CWM-2026-NCPI")
    (one,) = found(database, ChecklistItem.MISSING_WELSH, of(welsh))
    assert one.says.endswith("has no Welsh for: Claim CWM-2026-NCPI-C4.")


def test_texts_that_nobody_read_are_found_one_by_one(database: Database) -> None:
    said = of(INVENTED)
    assert len(found(database, ChecklistItem.UNREAD_TEXTS, said)) == 2
    texts = {(text.about, text.what) for text in release_texts.texts(said)}
    assert texts == {("ALD-2025-JTAI", "Title"), ("ALD-2025-JTAI", "Summary")}


def test_every_text_written_here_is_among_those_to_be_read() -> None:
    claim = replace(CLAIM, text_welsh="Cedwir.", answer="So it is.", answer_welsh="Felly.")
    held = replace(INVENTED, claims=(claim,), title_welsh="T", summary_welsh="C", note="A note.")
    owner = replace(HARM.owners[0], response_text="We accept.", response_text_welsh="Derbyniwn.")
    written = replace(HARM, owners=(owner,), title_welsh="Dweud", text_welsh="Dylai.")
    said = replace(of(held), recommendations=(written,))
    assert [text.what for text in release_texts.texts(said)] == [
        "Title",
        "Title in Welsh",
        "Summary",
        "Summary in Welsh",
        "Note",
        "Claim",
        "Claim in Welsh",
        "Answer to a claim",
        "Answer to a claim in Welsh",
        "Title",
        "Title in Welsh",
        "Recommendation",
        "Recommendation in Welsh",
        "Response of Aldermere Council",
        "Response of Aldermere Council in Welsh",
    ]


def test_words_of_others_publications_need_no_reading() -> None:
    assert not release_texts.texts(of(inspection("OFSTED-1", summary="Theirs.")))


def test_few_cases_and_empty_themes_are_warned_of(database: Database) -> None:
    few = replace(INVENTED, cases_read=(("all", 4),))
    (one,) = found(database, ChecklistItem.FEW_CASES, of(few))
    assert "fewer than 5 cases" in one.says
    assert not found(database, ChecklistItem.FEW_CASES, of(replace(few, cases_read=(("all", 5),))))
    (one,) = found(database, ChecklistItem.EMPTY_THEMES, of(INVENTED))
    assert "“Children with disabilities”" in one.says


def _checked(*, blocks: bool, reason: str | None = None, outstanding: bool = True) -> CheckedItem:
    item = next(each for each in CHECKLIST if each.blocks is blocks)
    one = Outstanding("A", "It is so.", "Felly mae.", "releases")
    return CheckedItem(item, (Warned(one, reason, None),) if outstanding else ())


def test_a_blocking_item_is_never_settled_by_a_reason() -> None:
    assert clear((_checked(blocks=True, reason="Never mind."),)) == {Need.ACKNOWLEDGED}
    assert clear((_checked(blocks=False),)) == {Need.NOTHING_BLOCKS}
    assert clear((_checked(blocks=False, reason="Said beside it."),)) == {
        Need.NOTHING_BLOCKS,
        Need.ACKNOWLEDGED,
    }
    assert in_the_way((_checked(blocks=True), _checked(blocks=False, outstanding=False))) == (
        "Findings that do not stand: 1"
    )
