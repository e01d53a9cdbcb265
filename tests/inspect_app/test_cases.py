"""Case files: nothing half-kept, nothing overwritten, nothing that leads to a child."""

import pytest
from sqlalchemy import select

from data_model.database import Database
from data_model.forms import CaseForm, FindingForm, checked, reference_problem
from data_model.records import AuditEvent, CaseFile
from data_model.vocabulary import CaseKind, CaseStatus, HarmCategory, HarmIndicator, NotGraded
from inspect_app.errors import Conflict, NotAllowed, NotFound, Refusal
from inspect_app.services import cases, inspections
from tests.support.cases import COMPLETE, INSPECTION, SignIn, complete
from tests.support.looking import every_row_of

AGREED = "ALD-2025-JTAI"


def test_a_complete_case_is_submitted_and_stands_in_the_matrix(signed_in: SignIn) -> None:
    reader, lead = signed_in("gwenllian-elsewhere"), signed_in("priya-lead")
    case = cases.begin(INSPECTION, complete(reader), by=reader)
    cases.submit(case, cases.view(case, by=reader).version, by=reader)
    matrix = inspections.workspace(INSPECTION, by=lead).matrix or ()
    row = next(row for row in matrix if row.reference == "CWM-C40")
    assert row.status is CaseStatus.SUBMITTED
    assert set(row.cells.values()) == {"good"}


def test_a_reader_who_could_read_it_second_sees_the_row_and_no_grade(signed_in: SignIn) -> None:
    reader = signed_in("gwenllian-elsewhere")
    case = cases.begin(INSPECTION, complete(reader), by=reader)
    cases.submit(case, cases.view(case, by=reader).version, by=reader)
    other = signed_in("rhodri-inspector")
    row = next(
        row
        for row in inspections.workspace(INSPECTION, by=other).matrix or ()
        if row.reference == "CWM-C40"
    )
    assert row.hidden
    assert set(row.cells.values()) == {None}
    with pytest.raises(NotFound):
        cases.view(case, by=other)


def test_what_a_reader_keeps_comes_back_as_it_was(signed_in: SignIn) -> None:
    reader = signed_in("gwenllian-elsewhere")
    form = complete(reader)
    case = cases.begin(INSPECTION, form, by=reader)
    assert cases.view(case, by=reader).form == form


def test_a_draft_says_everything_that_stands_in_the_way(signed_in: SignIn) -> None:
    reader = signed_in("gwenllian-elsewhere")
    form = checked(CaseForm, {"reference": "CWM-C41", "kind": "cse", "sex": "not_recorded"})
    case = cases.begin(INSPECTION, form, by=reader)
    outstanding = " ".join(one.says for one in cases.view(case, by=reader).outstanding)
    assert "ethnicity" in outstanding
    assert "neither graded" in outstanding
    assert "sex" not in outstanding
    with pytest.raises(Refusal, match="cannot be submitted yet"):
        cases.submit(case, cases.view(case, by=reader).version, by=reader)
    assert cases.view(case, by=reader).status is CaseStatus.DRAFT


def test_harm_called_risk_is_refused_until_it_is_confirmed(signed_in: SignIn) -> None:
    reader = signed_in("gwenllian-elsewhere")
    merged = complete(reader, harm_category=HarmCategory.AT_RISK)
    case = cases.begin(INSPECTION, merged, by=reader)
    version = cases.view(case, by=reader).version
    with pytest.raises(Refusal, match="signs of harm are recorded"):
        cases.submit(case, version, by=reader)
    confirmed = complete(
        reader,
        harm_category=HarmCategory.AT_RISK,
        harm_indicators=[HarmIndicator.STI],
        harm_confirmed_reason="The infection predates the period and has another cause.",
    )
    cases.submit(case, cases.save(case, version, confirmed, by=reader), by=reader)


def test_a_theme_counts_as_settled_with_a_reason_for_no_grade(signed_in: SignIn) -> None:
    reader = signed_in("gwenllian-elsewhere")
    form = complete(reader)
    settled = form.model_copy(
        update={
            "findings": tuple(
                FindingForm(theme=finding.theme, not_graded=NotGraded.NOT_ENOUGH)
                for finding in form.findings
            )
        }
    )
    case = cases.begin(INSPECTION, settled, by=reader)
    cases.submit(case, cases.view(case, by=reader).version, by=reader)


def test_two_people_saving_one_case_see_both_texts_and_nothing_is_lost(signed_in: SignIn) -> None:
    reader = signed_in("gwenllian-elsewhere")
    case = cases.begin(INSPECTION, complete(reader, summary="First."), by=reader)
    version = cases.view(case, by=reader).version
    cases.save(case, version, complete(reader, summary="Saved in one tab."), by=reader)
    with pytest.raises(Conflict) as conflict:
        cases.save(case, version, complete(reader, summary="Saved in another."), by=reader)
    assert conflict.value.facts["both"] == {
        "summary": {"kept": "Saved in one tab.", "yours": "Saved in another."}
    }
    assert cases.view(case, by=reader).form.summary == "Saved in one tab."


@pytest.mark.parametrize(
    ("reference", "said"),
    [
        ("Alice Smith", "looks like a name"),
        ("CWM-Alice", "looks like a name"),
        ("CWM-12-03-2011", "looks like a date of birth"),
        ("12/03/2011", "looks like a date of birth"),
        ("CWM-12032011", "looks like a date of birth"),
        ("ALD-C01", "is not a reference made up for this inspection"),
        ("CWM-C12345", "is not a reference made up for this inspection"),
    ],
)
def test_a_reference_that_could_lead_to_a_child_is_refused(
    signed_in: SignIn, reference: str, said: str
) -> None:
    reader = signed_in("gwenllian-elsewhere")
    with pytest.raises(Refusal, match=said):
        cases.begin(INSPECTION, complete(reader, reference=reference), by=reader)
    assert not [line for line in cases.mine(by=reader) if line.reference == reference]


def test_a_reference_that_is_taken_is_refused(signed_in: SignIn) -> None:
    reader = signed_in("gwenllian-elsewhere")
    cases.begin(INSPECTION, complete(reader), by=reader)
    with pytest.raises(Refusal, match="There is a case CWM-C40"):
        cases.begin(INSPECTION, complete(reader), by=reader)


def test_a_grade_that_is_not_on_the_scale_is_refused_and_nothing_is_half_kept(
    signed_in: SignIn, database: Database
) -> None:
    reader = signed_in("gwenllian-elsewhere")
    form = complete(reader)
    wrong = form.findings[-1].model_copy(update={"grade": "outstanding"})
    bad = form.model_copy(update={"findings": (*form.findings[:-1], wrong)})
    with every_row_of(database).reading() as session:
        before = session.scalars(select(AuditEvent.number)).all()
    with pytest.raises(Refusal, match="'outstanding' is not on the scale") as refusal:
        cases.begin(INSPECTION, bad, by=reader)
    assert "good, requires_improvement, inadequate" in refusal.value.advice
    with every_row_of(database).reading() as session:
        assert session.scalars(select(AuditEvent.number)).all() == before
        assert not session.scalars(select(CaseFile).where(CaseFile.reference == "CWM-C40")).all()


def test_dates_out_of_order_are_refused_by_name() -> None:
    with pytest.raises(Refusal, match="Practice read to: 2026-01-01 is before"):
        checked(CaseForm, {**COMPLETE, "practice_from": "2026-02-01", "practice_to": "2026-01-01"})


def test_a_criterion_of_another_theme_is_refused(signed_in: SignIn) -> None:
    reader = signed_in("gwenllian-elsewhere")
    form = complete(reader)
    wrong = form.findings[0].model_copy(update={"criterion": "T8.1"})
    bad = form.model_copy(update={"findings": (wrong, *form.findings[1:])})
    with pytest.raises(Refusal, match=r"T8\.1 is not a criterion"):
        cases.begin(INSPECTION, bad, by=reader)


@pytest.mark.parametrize(
    "stranger",
    [
        "marcus-inspector",
        "samira-publisher",
        "patrick-board",
        "joanna-director",
        "ben-administrator",
    ],
)
def test_nobody_but_the_readers_sees_a_case(signed_in: SignIn, stranger: str) -> None:
    reader = signed_in("gwenllian-elsewhere")
    case = cases.begin(INSPECTION, complete(reader), by=reader)
    with pytest.raises((NotFound, NotAllowed)):
        cases.view(case, by=signed_in(stranger))
    with pytest.raises((NotFound, NotAllowed)):
        cases.save(case, 1, complete(reader), by=signed_in(stranger))


def test_a_draft_is_its_readers_own_and_the_leads(signed_in: SignIn, database: Database) -> None:
    with every_row_of(database).reading() as session:
        draft = session.scalars(
            select(CaseFile).where(
                CaseFile.status == CaseStatus.DRAFT, CaseFile.read_by == "gwenllian-elsewhere"
            )
        ).first()
        assert draft is not None
    assert cases.view(draft.id, by=signed_in("priya-lead")).status is CaseStatus.DRAFT
    with pytest.raises(NotAllowed, match="read by somebody else"):
        cases.save(
            draft.id,
            draft.version,
            checked(CaseForm, {"reference": draft.reference, "kind": CaseKind.CSE}),
            by=signed_in("priya-lead"),
        )


def test_the_cases_of_an_agreed_inspection_are_closed(signed_in: SignIn) -> None:
    reader = signed_in("marcus-inspector")
    with pytest.raises(Refusal, match="have been agreed, so its cases are closed"):
        cases.begin(AGREED, complete(signed_in("priya-lead"), reference="ALD-C90"), by=reader)


def test_a_submitted_case_changes_only_after_it_is_taken_back_with_a_reason(
    signed_in: SignIn,
) -> None:
    reader = signed_in("gwenllian-elsewhere")
    case = cases.begin(INSPECTION, complete(reader), by=reader)
    cases.submit(case, cases.view(case, by=reader).version, by=reader)
    held = cases.view(case, by=reader)
    with pytest.raises(Refusal, match="has been submitted"):
        cases.save(case, held.version, held.form, by=reader)
    with pytest.raises(Refusal, match="say why"):
        cases.take_back(case, " ", by=reader)
    cases.take_back(case, "The chronology arrived late.", by=reader)
    assert cases.view(case, by=reader).status is CaseStatus.DRAFT


@pytest.mark.parametrize("field", ["reason", "strengths", "pointers"])
def test_a_version_moves_with_what_is_said_in_a_finding(signed_in: SignIn, field: str) -> None:
    reader = signed_in("gwenllian-elsewhere")
    form = complete(reader)
    case = cases.begin(INSPECTION, form, by=reader)
    version = cases.view(case, by=reader).version
    first = () if field == "pointers" else "Written in one tab."
    changed = form.findings[0].model_copy(update={field: first})
    cases.save(
        case,
        version,
        form.model_copy(update={"findings": (changed, *form.findings[1:])}),
        by=reader,
    )
    with pytest.raises(Conflict):
        cases.save(case, version, form.model_copy(update={"summary": "Another."}), by=reader)
    with pytest.raises(Conflict):
        cases.submit(case, version, by=reader)
    assert getattr(cases.view(case, by=reader).form.findings[0], field) == first


def test_a_reference_that_is_part_of_the_inspections_code_is_refused() -> None:
    assert reference_problem("GRD-2026", "GRD-2026-AUDIT") is not None
    assert reference_problem("GRD-C26", "GRD-2026-AUDIT") is None
