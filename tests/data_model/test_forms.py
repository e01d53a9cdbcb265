"""Forms: a reference cannot lead to a child, and what is wrong is said field by field."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from data_model.forms import (
    ActionForm,
    CaseForm,
    EvidenceForm,
    Form,
    InspectionForm,
    PublishedEvidenceForm,
    RecommendationForm,
    StepForm,
    checked,
    reference_problem,
)
from data_model.vocabulary import Basis, Sex
from inspect_app.errors import Refusal

INSPECTION = "ALD-2025-JTAI"
MADE_UP = re.compile(r"[A-Z]?[0-9]{1,4}", re.ASCII)
CODES = st.from_regex(r"[A-Z]{2,12}(-[A-Z0-9]{1,12}){1,4}", fullmatch=True)
NAMES = st.sampled_from(["Alice", "alice", "O'Brien", "Żaneta", "Mohammed", "ALICE", "Smith-Jones"])
FORMATS = st.sampled_from(["%d/%m/%Y", "%d-%m-%Y", "%Y-%m-%d", "%d.%m.%y", "%d %m %Y", "%d%m%Y"])
DAYS = st.dates(date(1995, 1, 1), date(2026, 12, 31))
# Digits of other scripts look like a free choice of reference, and are not one.
NEARLY = st.text(alphabet="ABCabc0123456789-. /٣४５", max_size=12)


@given(CODES, st.sampled_from(["", *"ABCXYZ"]), st.from_regex(r"[0-9]{1,4}", fullmatch=True))
def test_every_made_up_reference_passes(inspection: str, letter: str, digits: str) -> None:
    reference = f"{inspection.split('-')[0]}-{letter}{digits}"
    problem = reference_problem(reference, inspection)
    assert (problem is None) is (reference not in inspection)


@given(st.text() | NEARLY.map(lambda end: f"ALD-{end}"), st.text() | CODES | st.just(INSPECTION))
@example("ALD-C\u0660\u0667", INSPECTION)
@example("ALD-C07\n", INSPECTION)
@example("", "")
def test_nothing_passes_that_has_room_for_a_child(reference: str, inspection: str) -> None:
    problem = reference_problem(reference, inspection)
    if problem is None:
        prefix = inspection.split("-")[0]
        assert reference.startswith(f"{prefix}-")
        assert MADE_UP.fullmatch(reference.removeprefix(f"{prefix}-"))
    else:
        assert repr(reference) in problem
        assert "made up for this inspection" in problem


@given(DAYS, FORMATS, st.sampled_from(["", "ALD-", "ALD-C"]), st.sampled_from(["", "-1"]))
def test_a_date_is_never_a_reference(day: date, form: str, before: str, after: str) -> None:
    problem = reference_problem(f"{before}{day.strftime(form)}{after}", INSPECTION)
    assert problem is not None
    assert "looks like" in problem


@given(NAMES, st.sampled_from(["", "ALD-", "ALD-C0", "ALD-C01 "]))
def test_a_name_is_never_a_reference(name: str, before: str) -> None:
    assert reference_problem(f"{before}{name}", INSPECTION) is not None


@given(st.integers(10_000, 10**12), st.sampled_from(["", *"ABC"]))
def test_a_system_number_is_never_a_reference(number: int, letter: str) -> None:
    assert reference_problem(f"ALD-{letter}{number}", INSPECTION) is not None


@given(CODES)
def test_a_reference_of_another_inspection_is_refused(other: str) -> None:
    prefix = other.split("-")[0]
    if prefix != "ALD":
        assert reference_problem(f"{prefix}-C01", INSPECTION) is not None


def problems(form: type[Form], sent: Mapping[str, object]) -> list[str]:
    """Return what is said to be wrong with a form, one sentence a field."""
    with pytest.raises(Refusal) as refusal:
        checked(form, sent)
    said = refusal.value.facts["problems"]
    assert isinstance(said, list)
    assert " ".join(said) == refusal.value.summary
    assert "nothing was saved" in refusal.value.advice
    return said


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("kind", "nope", "Kind of case: expected one of cse, missing, both, other. It said 'nope'"),
        ("sex", "f", "Sex: expected one of female, male, not_recorded. It said 'f'"),
        ("harm_indicators", ["sti", "bad"], "happened, 2: expected one of sti, preg"),
        (
            "practice_from",
            "31/12/2020",
            "Practice read from: expected a date written",
        ),
        ("agency_risk_number", "many", "number: expected a whole number. It said 'many'"),
        ("agency_risk_number", 1000, "less than or equal to 999. It said 1000"),
        ("reference", "x" * 41, "Reference: string should have at most 40 characters"),
        ("colour", "red", "colour: this form has no such field. It said 'red'"),
        ("findings", [{"theme": "T1", "grade": "good"}], "T1 has a grade and no criterion"),
        (
            "findings",
            [{"theme": "T1", "criterion": "T1.1", "grade": "good", "not_graded": "too_early"}],
            "T1 has a grade and a reason for having none; keep one of them",
        ),
        ("findings", [{"theme": "T1"}, {"theme": "T1"}], "T1 has more than one finding"),
    ],
)
def test_a_problem_names_the_field_what_it_said_and_what_was_expected(
    field: str, value: object, said: str
) -> None:
    (problem,) = problems(CaseForm, {"reference": "ALD-C1", "kind": "cse", field: value})
    assert said in problem


def test_every_wrong_field_is_named_at_once() -> None:
    said = problems(CaseForm, {"kind": "nope", "sex": "f"})
    assert [problem.split(":")[0] for problem in said] == ["Reference", "Kind of case", "Sex"]
    assert said[0] == "Reference: nothing was given, and it is needed."


def test_text_is_trimmed_and_a_blank_counts_as_left_out() -> None:
    form = checked(
        CaseForm, {"reference": " ALD-C1 ", "kind": "cse", "sex": "male", "summary": "  \n"}
    )
    assert (form.reference, form.sex, form.summary) == ("ALD-C1", Sex.MALE, None)


@pytest.mark.parametrize(
    "form",
    [
        ActionForm,
        CaseForm,
        EvidenceForm,
        InspectionForm,
        PublishedEvidenceForm,
        RecommendationForm,
        StepForm,
    ],
)
def test_every_field_has_a_title_for_the_screen(form: type[Form]) -> None:
    assert [name for name, field in form.model_fields.items() if not field.title] == []


GRADES = st.lists(st.sampled_from(["good", "requires_improvement", "inadequate"]), unique=True)
COUNTS = st.lists(st.tuples(GRADES, st.integers(0, 50)), max_size=4)


@given(COUNTS)
def test_the_basis_says_what_was_published_and_a_split_is_never_invented(
    counts: list[tuple[list[str], int]],
) -> None:
    given_counts = [{"grades": grades, "cases": cases} for grades, cases in counts]
    form = checked(PublishedEvidenceForm, {"case_kind": "cse", "grades": given_counts})
    if not counts:
        assert form.basis is Basis.PUBLISHED_WITHOUT_GRADES
    elif {len(grades) for grades, _cases in counts} == {1}:
        assert form.basis is Basis.PUBLISHED_COUNTS
    else:
        assert form.basis is Basis.PUBLISHED_UNSPLIT


@given(COUNTS, st.integers(0, 120))
def test_graded_cases_are_never_more_than_the_cases_read(
    counts: list[tuple[list[str], int]], read: int
) -> None:
    given_counts = [{"grades": grades, "cases": cases} for grades, cases in counts]
    sent = {"case_kind": "cse", "grades": given_counts, "cases_read": read}
    graded = sum(cases for _grades, cases in counts)
    if graded <= read:
        assert checked(PublishedEvidenceForm, sent).cases_read == read
    else:
        (said,) = problems(PublishedEvidenceForm, sent)
        assert f"{graded} graded cases are more than the {read} read" in said


@pytest.mark.parametrize("sent", [{"cases_read": -1}, {"grades": [{"grades": [], "cases": -1}]}])
def test_a_count_below_zero_is_refused(sent: dict[str, object]) -> None:
    (said,) = problems(PublishedEvidenceForm, {"case_kind": "cse", **sent})
    assert "greater than or equal to 0" in said


STARTED = {
    "code": "ALD-2026-AUDIT",
    "title": "An audit of cases",
    "kind": "deep_dive",
    "framework": "audit",
    "scale": "ncpi-case",
    "areas": ["X06000001"],
    "inspecting": ["invented-joint-inspectorate"],
    "inspected": ["aldermere-council"],
}
OPTIONAL_DAYS = st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 9))


@given(OPTIONAL_DAYS, OPTIONAL_DAYS, OPTIONAL_DAYS)
def test_an_inspection_starts_ends_and_is_published_in_that_order(
    started: date | None, ended: date | None, published: date | None
) -> None:
    days = {"started_on": started, "ended_on": ended, "published_on": published}
    known = [day for day in (started, ended, published) if day]
    if known == sorted(known):
        assert checked(InspectionForm, {**STARTED, **days}).ended_on == ended
    else:
        (said,) = problems(InspectionForm, {**STARTED, **days})
        assert "put the dates in order" in said


@pytest.mark.parametrize("code", ["ald-2026", "ALD", "ALD 2026", "2026-ALD", "ALD-2026-é", "ALD-"])
def test_a_code_that_is_no_code_is_refused_by_example(code: str) -> None:
    (said,) = problems(InspectionForm, {**STARTED, "code": code})
    assert said.startswith(f"Code: {code!r} is not a code")
    assert "ALD-2026-AUDIT" in said


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(-400, 400))
def test_the_period_of_practice_runs_forwards(start: date, days: int) -> None:
    sent = {
        "reference": "ALD-C1",
        "kind": "cse",
        "practice_from": start,
        "practice_to": start + timedelta(days=days),
    }
    if days >= 0:
        assert checked(CaseForm, sent).practice_from == start
    else:
        (said,) = problems(CaseForm, sent)
        assert "put the earlier date first" in said


RECOMMENDATION = {
    "code": "ALD-R9",
    "title": "Say it plainly",
    "text": "The council should say it plainly.",
    "inspection": INSPECTION,
    "themes": ["T3"],
    "bodies": ["aldermere-council"],
    "made_on": "2026-01-10",
}


def test_a_recommendation_hangs_on_a_finding_or_on_a_reason() -> None:
    (said,) = problems(RecommendationForm, RECOMMENDATION)
    assert "hangs on no finding and gives no reason" in said
    for behind in ({"findings": [1]}, {"reason": "It is the law."}):
        assert checked(RecommendationForm, {**RECOMMENDATION, **behind}).code == "ALD-R9"
    assert problems(RecommendationForm, {**RECOMMENDATION, "reason": "  "})


def test_a_response_is_not_due_before_the_recommendation_was_made() -> None:
    sent = {**RECOMMENDATION, "findings": [1], "response_due_on": "2026-01-09"}
    (said,) = problems(RecommendationForm, sent)
    assert "due on 2026-01-09 is before it was made, 2026-01-10" in said
