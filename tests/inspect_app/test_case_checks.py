"""What stands in the way of a submission: only what the kind, the nation and the answers ask."""

import pytest

from data_model.forms import CaseForm, checked
from data_model.protocols import FIELDS, MAY_BE_EMPTY, WHEN, Section, asked, protocol
from data_model.vocabulary import CaseKind, InspectionKind, Nation
from inspect_app.services.case_checks import Rules, interview_expected, outstanding
from tests.support.cases import COMPLETE, findings

THEMES = {"T2": "Empathy", "T4": "Missing"}
EXTERNAL = InspectionKind.EXTERNAL


def rules(kind: InspectionKind = EXTERNAL, nation: Nation = Nation.ENGLAND) -> Rules:
    """Return the rules of an exercise."""
    return Rules(protocol(kind), nation, THEMES if protocol(kind).graded else {})


def form(**changes: object) -> CaseForm:
    """Return a complete form with these changes."""
    return checked(CaseForm, {**COMPLETE, "findings": findings(list(THEMES)), **changes})


def said(sent: CaseForm, by: Rules | None = None) -> dict[Section, list[str]]:
    """Return what is outstanding by section."""
    found: dict[Section, list[str]] = {}
    for one in outstanding(sent, by or rules()):
        found.setdefault(one.section, []).append(one.says)
    return found


def test_a_complete_case_has_nothing_outstanding() -> None:
    assert said(form()) == {}


NEEDED = [
    (section, name)
    for section, names in FIELDS.items()
    for name in names
    if name not in MAY_BE_EMPTY | {"reference", "kind", "answers", "agency_risk_number"}
]


@pytest.mark.parametrize(("section", "name"), NEEDED, ids=lambda value: str(value))
def test_each_field_left_empty_is_named_in_its_own_section(section: Section, name: str) -> None:
    held = form()
    empty = held.model_copy(update={name: type(getattr(held, name))() if name in LISTS else None})
    title = (CaseForm.model_fields[name].title or name).lower()
    assert any(title in one for one in said(empty)[section])


LISTS = {"perpetrators", "episodes", "disruptions", "blaming_terms"}


@pytest.mark.parametrize(("name", "condition"), WHEN.items(), ids=lambda value: str(value))
def test_a_field_that_hangs_on_an_answer_is_asked_only_with_it(
    name: str, condition: tuple[str, object]
) -> None:
    other, value = condition
    assert asked(name, {other: value})
    assert not asked(name, {other: "no"})
    assert not asked(name, {})


def test_a_case_read_for_going_missing_alone_is_not_asked_about_networks() -> None:
    bare = form(kind="missing", network=None, perpetrators_known=None, disrupted=None)
    assert said(bare) == {}
    assert Section.NETWORK in said(bare.model_copy(update={"kind": CaseKind.BOTH}))


def test_a_case_read_for_exploitation_alone_is_not_asked_about_episodes() -> None:
    bare = form(kind="cse", went_missing=None, trigger_plan=None, episodes=[])
    assert said(bare) == {}
    assert Section.MISSING in said(bare.model_copy(update={"kind": CaseKind.BOTH}))


@pytest.mark.parametrize(
    ("nation", "episode", "expected"),
    [
        (Nation.ENGLAND, 1, True),
        (Nation.WALES, 1, False),
        (Nation.WALES, 2, False),
        (Nation.WALES, 3, True),
        (Nation.WALES, 4, True),
    ],
)
def test_the_interview_is_expected_by_each_nations_rule(
    nation: Nation, episode: int, *, expected: bool
) -> None:
    assert interview_expected(nation, episode) is expected
    line = dict(COMPLETE["episodes"][0])
    for name in list(line):
        if name.startswith(("interview", "learning")):
            del line[name]
    sent = form(episodes=[COMPLETE["episodes"][0]] * (episode - 1) + [line])
    assert bool(said(sent, rules(nation=nation))) is expected


def test_an_interview_that_was_declined_is_not_asked_when_it_was_held() -> None:
    line = {
        name: value
        for name, value in COMPLETE["episodes"][0].items()
        if not name.startswith(("interview", "learning"))
    }
    declined = {**line, "interview_offered": "yes", "interview_accepted": "no"}
    assert said(form(episodes=[declined])) == {}
    accepted = {**declined, "interview_accepted": "yes"}
    assert "interview held" in said(form(episodes=[accepted]))[Section.MISSING][0]


@pytest.mark.parametrize(
    ("section", "changes", "named"),
    [
        (Section.MISSING, {"went_missing": "no"}, "missing episodes"),
        (Section.DISRUPTION, {"disrupted": "not_recorded"}, "disruption"),
        (Section.PERPETRATORS, {"perpetrators_known": "not_identified"}, "each perpetrator"),
        (Section.LANGUAGE, {"blaming_language": "no"}, "terms seen"),
        (Section.VOICE, {"voice_recorded": "no"}, "they were acted on"),
        (Section.HARM, {"agency_risk_number": 7}, "the agency's number"),
    ],
)
def test_what_is_entered_against_its_answer_stands_in_the_way(
    section: Section, changes: dict[str, object], named: str
) -> None:
    stands = " ".join(said(form(**changes))[section])
    assert f"“{named}” is entered against the answer to" in stands


def test_an_interview_that_was_held_and_not_offered_stands_in_the_way() -> None:
    line = {**COMPLETE["episodes"][0], "interview_offered": "no"}
    (says,) = said(form(episodes=[line]))[Section.MISSING]
    assert says.startswith("missing episodes, line 1: “interview accepted” is entered against")


def test_each_perpetrator_who_is_counted_is_described() -> None:
    assert (
        "2 perpetrators are counted and 1 described"
        in (said(form(perpetrator_count=2))[Section.PERPETRATORS][0])
    )


def test_signs_of_harm_beside_at_risk_need_a_reason() -> None:
    merged = form(harm_category="at_risk")
    assert "signs of harm are recorded" in said(merged)[Section.HARM][0]
    assert said(form(harm_category="at_risk", harm_confirmed_reason="Of an earlier time.")) == {}


def test_a_two_minute_audit_asks_six_questions_and_no_grades() -> None:
    kind = InspectionKind.TWO_MINUTE
    assert [question.source for question in protocol(kind).questions] == ["K.4 para 33"] * 6
    bare = checked(CaseForm, {"reference": "ALD-C01", "kind": "cse"})
    assert set(said(bare, rules(kind))) == {Section.QUESTIONS}
    answers = [{"question": q.code, "answer": "yes"} for q in protocol(kind).questions]
    assert said(bare.model_copy(update=dict(form(answers=answers))), rules(kind)) == {}
    five = checked(CaseForm, {"reference": "ALD-C01", "kind": "cse", "answers": answers[:5]})
    assert protocol(kind).questions[5].text in said(five, rules(kind))[Section.QUESTIONS][0]


def test_a_language_audit_asks_about_language_and_voice_alone() -> None:
    bare = checked(CaseForm, {"reference": "ALD-C01", "kind": "both"})
    assert set(said(bare, rules(InspectionKind.LANGUAGE))) == {
        Section.FILE,
        Section.LANGUAGE,
        Section.VOICE,
        Section.QUESTIONS,
    }


@pytest.mark.parametrize("kind", list(InspectionKind), ids=str)
def test_every_kind_of_exercise_is_declared_whole(kind: InspectionKind) -> None:
    declared = protocol(kind)
    assert Section.FILE in declared.sections
    assert (Section.QUESTIONS in declared.sections) == bool(declared.questions)
    assert len({question.code for question in declared.questions}) == len(declared.questions)
    in_order = [section for section in Section if section in declared.sections]
    assert list(declared.sections) == in_order
