"""Inspections: evidence bases kept apart, in sight of those concerned, counted when agreed."""

from collections.abc import Callable
from typing import Any

import polars as pl
import pytest

from data_model.forms import InspectionForm, checked
from data_model.vocabulary import Basis, InspectionStatus
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import inspections
from inspect_app.signed_in import SignedIn

SignIn = Callable[[str], SignedIn]
STARTED: dict[str, Any] = {
    "code": "ALD-2026-DIP",
    "title": "Aldermere: dip sample of missing episodes",
    "kind": "dip_sample",
    "framework": "audit",
    "scale": "ncpi-case",
    "areas": ["X06000001"],
    "inspecting": ["invented-joint-inspectorate"],
    "inspected": ["aldermere-council"],
    "themes": ["T4"],
    "started_on": "2026-10-01",
    "sampling": "random",
    "cases_available": 20,
}
UNSPLIT = {
    "case_kind": "missing",
    "cases_read": 38,
    "grades": [{"grades": ["requires_improvement", "inadequate"], "cases": 36}],
}


def evidence(signed_in: SignIn, code: str) -> list[tuple[Any, ...]]:
    """Return an inspection's evidence rows: kind, grade, cases, cases read, basis."""
    frame = inspections.workspace(code, by=signed_in("priya-lead")).evidence
    return frame.select("case_kind", "grade", "cases", "cases_read", "basis").rows()


def test_published_counts_stand_as_they_were_published(signed_in: SignIn) -> None:
    basis = str(Basis.PUBLISHED_COUNTS)
    assert evidence(signed_in, "HMICFRS-2020-03-E23000008") == [
        ("missing", "good", 1, 9, basis),
        ("missing", "requires_improvement", 2, 9, basis),
        ("missing", "inadequate", 6, 9, basis),
    ]


def test_a_count_without_grades_has_no_grade(signed_in: SignIn) -> None:
    basis = str(Basis.PUBLISHED_WITHOUT_GRADES)
    assert evidence(signed_in, "OFSTED-2019-09-E06000047") == [
        ("cse", "not published", 18, 18, basis),
        ("other", "not published", 1, 1, basis),
    ]


def test_an_unsplit_count_is_never_split(signed_in: SignIn) -> None:
    basis = str(Basis.PUBLISHED_UNSPLIT)
    assert evidence(signed_in, "HMIC-2016-E23000001") == [
        ("missing", "requires_improvement|inadequate", 36, 38, basis),
        ("missing", "not stated", 2, 38, basis),
    ]


def test_a_number_nobody_published_is_not_zero(signed_in: SignIn) -> None:
    rows = evidence(signed_in, "OFSTED-2022-05-E06000047")
    assert [(cases, read) for _kind, _grade, cases, read, _basis in rows] == [(None, None)]


def test_counts_fall_out_of_recording_only_once_findings_are_agreed(signed_in: SignIn) -> None:
    lead = signed_in("priya-lead")
    assert inspections.workspace("CWM-2026-NCPI", by=lead).evidence.is_empty()
    with pytest.raises(Refusal, match="every case locked"):
        inspections.agree("CWM-2026-NCPI", by=lead)
    counted = inspections.workspace("BRK-2025-AUDIT", by=lead).evidence
    graded = counted.filter((pl.col("theme") == "T4") & (pl.col("grade") != "not graded"))
    assert graded.get_column("cases").sum() == 10
    inspections.reopen("BRK-2025-AUDIT", "A case was read twice.", by=lead)
    assert inspections.workspace("BRK-2025-AUDIT", by=lead).evidence.is_empty()
    inspections.agree("BRK-2025-AUDIT", by=lead)
    assert inspections.workspace("BRK-2025-AUDIT", by=lead).evidence.equals(counted)


def test_each_theme_of_an_inspection_counts_every_case_once(signed_in: SignIn) -> None:
    work = inspections.workspace("ALD-2025-JTAI", by=signed_in("priya-lead"))
    totals = (
        work.evidence.filter(pl.col("theme") != "all").group_by("theme").agg(pl.col("cases").sum())
    )
    assert dict(totals.rows()) == dict.fromkeys(work.themes, len(work.matrix or ()))


def test_a_theme_in_scope_without_a_graded_case_is_named(signed_in: SignIn) -> None:
    assert inspections.workspace("BRK-2025-AUDIT", by=signed_in("priya-lead")).uncovered == ("T5",)


ALDERMERE = {"ALD-2025-JTAI", "ALD-2026-REAUDIT"}


@pytest.mark.parametrize(
    ("person", "sees"),
    [
        ("priya-lead", {*ALDERMERE, "BRK-2025-AUDIT", "CWM-2026-NCPI"}),
        ("marcus-inspector", {*ALDERMERE, "BRK-2025-AUDIT"}),
        ("samira-publisher", {*ALDERMERE, "BRK-2025-AUDIT"}),
        ("ruth-verifier", {*ALDERMERE, "BRK-2025-AUDIT"}),
        ("patrick-board", ALDERMERE),
        ("joanna-director", ALDERMERE),
        ("harpreet-director", {"BRK-2025-AUDIT"}),
    ],
)
def test_recorded_inspections_are_seen_by_those_concerned(
    signed_in: SignIn, person: str, sees: set[str]
) -> None:
    listed = inspections.listed(by=signed_in(person))
    assert {i.code for i in listed if i.recorded_here} == sees
    assert any(not i.recorded_here for i in listed)


@pytest.mark.parametrize("person", ["samira-publisher", "patrick-board", "joanna-director"])
def test_only_readers_get_the_matrix_with_its_references(signed_in: SignIn, person: str) -> None:
    work = inspections.workspace("ALD-2025-JTAI", by=signed_in(person))
    assert work.matrix is None
    assert not work.evidence.is_empty()


def test_an_administrator_sees_no_inspection(signed_in: SignIn) -> None:
    with pytest.raises(NotAllowed):
        inspections.listed(by=signed_in("ben-administrator"))


def test_an_inspection_is_started_by_a_lead_and_read_by_its_readers(signed_in: SignIn) -> None:
    lead = signed_in("priya-lead")
    form = checked(InspectionForm, {**STARTED, "readers": ["marcus-inspector"]})
    inspections.start(form, by=lead)
    mine = inspections.workspace("ALD-2026-DIP", by=signed_in("marcus-inspector"))
    assert mine.inspection.status is InspectionStatus.READING
    assert mine.may_record
    with pytest.raises(NotFound):
        inspections.workspace("ALD-2026-DIP", by=signed_in("patrick-board"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"areas": ["E99999999"]}, "Area 'E99999999' is not known"),
        ({"inspected": ["nobody"]}, "Organisation 'nobody' is not known"),
        ({"themes": ["T9"]}, "Theme 'T9' is not known"),
        ({"scale": "stars"}, "There is no scale 'stars'"),
        ({"code": "ALD-2025-JTAI"}, "There is an inspection ALD-2025-JTAI already"),
        ({"areas": ["X06000001", "E06000047"]}, "real and invented areas or bodies together"),
        ({"themes": []}, "no theme in scope"),
    ],
)
def test_what_the_reference_does_not_know_is_refused_and_nothing_kept(
    signed_in: SignIn, changes: dict[str, object], said: str
) -> None:
    lead = signed_in("priya-lead")
    form = checked(InspectionForm, {**STARTED, **changes})
    before = len(inspections.listed(by=lead))
    with pytest.raises(Refusal, match=said):
        inspections.start(form, by=lead)
    assert len(inspections.listed(by=lead)) == before


def test_dates_out_of_order_are_refused() -> None:
    with pytest.raises(Refusal, match="ended on 2026-09-01 is before started on 2026-10-01"):
        checked(InspectionForm, {**STARTED, "ended_on": "2026-09-01"})


def test_published_evidence_is_entered_and_counts_at_once(signed_in: SignIn) -> None:
    publisher = signed_in("samira-publisher")
    form = checked(
        InspectionForm,
        {
            **STARTED,
            "areas": ["E06000023"],
            "inspected": ["council-e06000023"],
            "inspecting": ["hmicfrs"],
            "published": [UNSPLIT],
        },
    )
    inspections.enter_published(form, by=publisher)
    assert evidence(signed_in, "ALD-2026-DIP") == [
        ("missing", "requires_improvement|inadequate", 36, 38, str(Basis.PUBLISHED_UNSPLIT))
    ]


def test_a_published_grade_of_another_scale_is_refused(signed_in: SignIn) -> None:
    wrong = {**UNSPLIT, "grades": [{"grades": ["outstanding"], "cases": 3}]}
    form = checked(InspectionForm, {**STARTED, "published": [wrong]})
    with pytest.raises(Refusal, match="'outstanding' is not on the scale"):
        inspections.enter_published(form, by=signed_in("samira-publisher"))


def test_more_graded_than_read_is_refused() -> None:
    wrong = {**UNSPLIT, "cases_read": 30}
    with pytest.raises(Refusal, match="36 graded cases are more than the 30 read"):
        checked(InspectionForm, {**STARTED, "published": [wrong]})


def test_only_the_lead_agrees(signed_in: SignIn) -> None:
    with pytest.raises(NotAllowed):
        inspections.agree("CWM-2026-NCPI", by=signed_in("gwenllian-elsewhere"))


def test_people_of_the_samples_record_no_case_in_a_real_area(signed_in: SignIn) -> None:
    real = {
        **STARTED,
        "areas": ["E06000047"],
        "inspecting": ["hmicfrs"],
        "inspected": ["council-e06000047"],
    }
    with pytest.raises(Refusal, match="cannot record cases in a real area"):
        inspections.start(checked(InspectionForm, real), by=signed_in("priya-lead"))


def test_a_reader_is_somebody_who_reads_cases(signed_in: SignIn) -> None:
    form = checked(InspectionForm, {**STARTED, "readers": ["patrick-board"]})
    with pytest.raises(Refusal, match="Patrick Doyle cannot read cases"):
        inspections.start(form, by=signed_in("priya-lead"))


def test_a_name_given_twice_counts_once(signed_in: SignIn) -> None:
    lead = signed_in("priya-lead")
    twice = {name: [*STARTED[name], *STARTED[name]] for name in ("areas", "inspected", "themes")}
    form = checked(InspectionForm, {**STARTED, **twice, "readers": ["priya-lead"]})
    inspections.start(form, by=lead)
    again = signed_in("priya-lead")
    assert inspections.workspace("ALD-2026-DIP", by=again).readers == ("Priya Raman (lead)",)
