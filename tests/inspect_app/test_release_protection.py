"""A release is attacked as it was published, with its claims and with every earlier release."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from data_model.database import Database
from data_model.records import Inspection
from data_model.vocabulary import Symbol
from inspect_app.errors import Refusal
from inspect_app.publishing.content import (
    EvidenceRow,
    PublishedClaim,
    PublishedInspection,
    ReleaseContent,
)
from inspect_app.services import people, release, release_content, release_said, trail
from inspect_app.services.inspection_values import in_sight
from inspect_app.services.release import Scope
from inspect_app.services.release_protection import Protector
from inspect_app.signed_in import SignedIn
from metrics import evidence_tables as evidence
from metrics.disclosure import Report, Why
from tests.support.looking import every_row_of

C = Symbol.WITHHELD
JTAI, AUDIT = "ALD-2025-JTAI", "BRK-2025-AUDIT"
SignIn = Callable[[str], SignedIn]
Change = Callable[[EvidenceRow], EvidenceRow]


@pytest.fixture
def said(database: Database) -> ReleaseContent:
    """What a release of one inspection says, protected."""
    with every_row_of(database).reading() as session:
        return release.content(session, Scope(inspections=(JTAI,)), people.operator(database))


def built(database: Database, *earlier: ReleaseContent) -> tuple[ReleaseContent, Report]:
    """Return a release of one inspection after earlier ones, and its publisher's report."""
    by = people.operator(database)
    with every_row_of(database).reading() as session:
        held = [each for each in in_sight(session, by) if each.code == JTAI]
        areas = [entry.area_code for entry in held[0].areas]
        given = (session, f"inspection {JTAI}", held, areas)
        content = release_content.build(*given, national=False, by=by, earlier=earlier)
        report = release_content.protection_report(*given, national=False, by=by, earlier=earlier)
    return content, report


def rewritten(content: ReleaseContent, change: Change) -> ReleaseContent:
    """Return a release whose inspection's evidence rows were changed by hand."""
    (held,) = content.inspections
    return with_inspection(content, replace(held, evidence=tuple(map(change, held.evidence))))


def with_inspection(content: ReleaseContent, held: PublishedInspection) -> ReleaseContent:
    return replace(content, inspections=(held,))


def line(theme: str, numbers: tuple[int | Symbol, ...]) -> Change:
    """Return a change that makes the line of a theme read like this."""
    left = list(numbers)
    return lambda row: replace(row, cases=left.pop(0)) if row.theme == theme else row


def attacked(content: ReleaseContent, *earlier: ReleaseContent) -> None:
    """Attack a release by what it says, with nothing known of what is true."""
    protector = Protector(earlier)
    protector.truth = {each.code: {} for each in content.inspections}
    protector.attack(content)


def test_what_is_built_survives_being_read_back(said: ReleaseContent) -> None:
    (published,) = release_said.inspections(said).values()
    assert published.withheld
    assert {low for low, _ in published.known.values()}.isdisjoint({1, 2})
    attacked(said)


def test_fewer_cases_available_than_were_read_are_no_number(database: Database) -> None:
    by = people.operator(database)
    with by.recording() as session:
        session.get_one(Inspection, JTAI).cases_available = 2
        trail.note(session, by, "inspection.changed", JTAI)
    content, _report = built(database)
    assert content.inspections[0].cases_available is Symbol.NOT_AVAILABLE


def test_a_line_with_one_number_withheld_is_refused_naming_cell_and_equation(
    said: ReleaseContent,
) -> None:
    careless = rewritten(said, line("T1", (3, C, 5, 3)))
    with pytest.raises(Refusal) as refused:
        attacked(careless)
    assert f"{JTAI}: T1, requires_improvement is 5 to somebody who adds" in refused.value.summary
    assert "T1: the grades are those of all cases read" in refused.value.summary
    assert refused.value.facts["cells"] == (f"{JTAI}: T1, requires_improvement",)


def test_everyone_sharing_a_grade_is_refused(said: ReleaseContent) -> None:
    with pytest.raises(Refusal, match="all of"):
        attacked(rewritten(said, line("T2", (0, 0, 16, 0))))


def claim(direction: str, standing: str) -> PublishedClaim:
    """Return a claim about one theme."""
    return PublishedClaim(
        "C1", "Practice is good.", None, direction, ("T1",), (), standing, "says", "yn dweud"
    )


@pytest.mark.parametrize(
    ("direction", "standing", "safe"),
    [
        ("positive", "supported", False),
        ("negative", "contradicted", False),
        ("positive", "mixed", True),
        ("positive", "contradicted", True),
    ],
)
def test_a_standing_that_gives_a_withheld_grade_away_is_refused(
    said: ReleaseContent, direction: str, standing: str, *, safe: bool
) -> None:
    # Of 16 cases 9 are inadequate or not good; the other seven must not be told apart by a claim.
    narrow = rewritten(said, line("T1", (C, C, 6, 3)))
    (held,) = narrow.inspections
    claimed = with_inspection(narrow, replace(held, claims=(claim(direction, standing),)))
    attacked(narrow)
    if safe:
        attacked(claimed)
    else:
        with pytest.raises(Refusal, match="T1 is said to be good"):
            attacked(claimed)


def test_a_release_after_the_same_one_says_the_same(
    database: Database, said: ReleaseContent
) -> None:
    again, report = built(database, said)
    assert again == said
    assert Why.EARLIER not in report.by_reason


def test_a_number_shown_before_stands_and_one_that_was_moved_is_withheld(
    database: Database, said: ReleaseContent
) -> None:
    shown = {row.grade: row.cases for row in said.inspections[0].evidence if row.theme == "T1"}
    assert shown == {"good": 3, "requires_improvement": 5, "inadequate": 5, "not graded": 3}
    before = rewritten(said, line("T1", (4, 4, 5, 3)))
    after, report = built(database, before)
    now = {row.grade: row.cases for row in after.inspections[0].evidence if row.theme == "T1"}
    assert now["good"] is C
    assert now["requires_improvement"] is C
    assert report.by_reason[Why.CHANGED] == 2
    cells = {each.cell for each in report.withheld if each.why is Why.CHANGED}
    assert cells == {f"{JTAI}: T1, good", f"{JTAI}: T1, requires_improvement"}


def test_an_earlier_release_that_gave_too_much_away_cannot_be_followed(
    database: Database, said: ReleaseContent
) -> None:
    (held,) = said.inspections
    told = rewritten(said, line("T5", (C, *told_all(database)[1:])))
    with pytest.raises(Refusal, match="Earlier releases have said too much") as refused:
        built(database, told)
    assert held.code in refused.value.summary


def told_all(database: Database) -> tuple[int, ...]:
    """Return the line of male victims as nobody may publish it: all but one number."""
    by = people.operator(database)
    with every_row_of(database).reading() as session:
        held = next(each for each in in_sight(session, by) if each.code == JTAI)
        content, protector = release_content._protected(
            session, "a test", [held], [held.area_code], (), national=False, by=by
        )
    counts = protector.truth[content.inspections[0].code]
    grades = [r.grade for r in content.inspections[0].evidence if r.theme == "T5"]
    return tuple(counts[evidence.grade_key(JTAI, "T5", grade)] for grade in grades)


def test_the_publisher_is_told_what_is_withheld_why_and_what_it_costs(database: Database) -> None:
    content, report = built(database)
    withheld = sum(row.cases is C for row in content.inspections[0].evidence)
    assert len(report.withheld) == report.cost.cells >= withheld
    assert set(report.by_reason) == {Why.SMALL, Why.PROTECTS}
    assert report.cost.optimal
    assert report.cost.loss == pytest.approx(report.cost.bound)
    assert f"{JTAI}: T5, good" in {each.cell for each in report.withheld}
    assert 0 < report.cost.counts < report.cost.of_counts
