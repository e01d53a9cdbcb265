"""Re-audits: what would test a recommendation, what does, and what the two readings show."""

from datetime import date

import pytest

from data_model.forms import ReauditForm, RetestForm, checked
from data_model.vocabulary import Assurance, Change
from inspect_app.errors import Conflict, NotAllowed, NotFound, Refusal
from inspect_app.services import reaudits, recommendations
from inspect_app.workflow import Axis
from tests.support import readings
from tests.support.recommending import (
    CODE,
    COUNCIL,
    POLICE,
    SignIn,
    accepted,
    evidence,
    owner,
    published,
    read_and_agreed,
    step,
)

FIRST, SECOND = "ONE-2025-READ", "TWO-2026-READ"
RETEST = {"theme": "T3", "sample": 12, "sampling": "random", "by": "2026-12-01"}


def asked_of(signed_in: SignIn, inspection: str = FIRST) -> None:
    """Publish a recommendation on theme T2 of the first inspection, which the council accepts."""
    accepted(
        signed_in,
        inspection=inspection,
        themes=["T2"],
        bodies=[COUNCIL],
        findings=[],
        reason="It follows from the whole.",
    )


def arrange(signed_in: SignIn, inspection: str, theme: str = "T2", by: str = "priya-lead") -> None:
    """Name an inspection as the one that tests the council's answer."""
    form = checked(ReauditForm, {"inspection": inspection, "theme": theme})
    reaudits.arrange(CODE, COUNCIL, form, by=signed_in(by))


def test_a_reaudit_whose_grades_improved_shows_the_effect_and_no_weaker_one_does(
    signed_in: SignIn,
) -> None:
    read_and_agreed(signed_in, FIRST, "2025-02-03", "iiirrrii")
    asked_of(signed_in)
    read_and_agreed(signed_in, SECOND, "2026-02-02", "ggggggrg")
    assert [each.form.theme for each in offered(signed_in)] == ["T2"]
    arrange(signed_in, SECOND)
    assert not offered(signed_in)
    found = reaudits.comparison(CODE, COUNCIL, SECOND, by=signed_in("joanna-director"))
    assert found.verdict is Change.IMPROVED
    assert found.first is not None
    assert dict(found.first.grades) == {"Good": 0, "Requires improvement": 3, "Inadequate": 5}
    assert dict(found.second.grades) == {"Good": 7, "Requires improvement": 1, "Inadequate": 0}
    assert "0 of 8 good, then 7 of 8" in found.says
    verifier = signed_in("ruth-verifier")
    evidence(signed_in("joanna-director"), "E3")
    with pytest.raises(Refusal, match="put forward a re-audit"):
        step(verifier, Axis.ASSURANCE, to="effect_shown")
    evidence(signed_in("joanna-director"), "E3", reaudit=SECOND)
    step(verifier, Axis.ASSURANCE, to="effect_shown")
    assert owner(signed_in).assurance is Assurance.EFFECT_SHOWN


def offered(signed_in: SignIn) -> tuple[reaudits.Offered, ...]:
    """Return what the lead may name to test the council's answer, of these two inspections."""
    held = reaudits.offered(CODE, COUNCIL, by=signed_in("priya-lead"))
    return tuple(each for each in held if each.form.inspection in {FIRST, SECOND})


def test_a_reaudit_that_shows_no_change_shows_no_effect_and_says_what_it_could_have_shown(
    signed_in: SignIn,
) -> None:
    read_and_agreed(signed_in, FIRST, "2025-02-03", "rrrrrr")
    asked_of(signed_in)
    read_and_agreed(signed_in, SECOND, "2026-02-02", "rrrrrg")
    arrange(signed_in, SECOND)
    found = reaudits.comparison(CODE, COUNCIL, SECOND, by=signed_in("priya-lead"))
    assert found.verdict is Change.NONE_SHOWN
    assert found.comparison is not None
    assert found.comparison.good_needed == 5
    assert "5 or more of 6 good" in found.says
    evidence(signed_in("joanna-director"), "E3", reaudit=SECOND)
    with pytest.raises(Refusal, match="put forward a re-audit"):
        step(signed_in("ruth-verifier"), Axis.ASSURANCE, to="effect_shown")


def test_a_reaudit_that_is_still_being_read_says_so_and_shows_nothing(signed_in: SignIn) -> None:
    published(signed_in, themes=["T2"])
    readings.started(signed_in, code=SECOND, started_on="2026-02-02")
    arrange(signed_in, SECOND)
    found = reaudits.comparison(CODE, COUNCIL, SECOND, by=signed_in("priya-lead"))
    assert found.verdict is None
    assert found.says == reaudits.BEING_READ


@pytest.mark.parametrize(
    ("inspection", "theme", "says"),
    [
        ("ALD-2025-JTAI", "T3", "is what ALD-2025-R9 arose from"),
        ("BRK-2025-AUDIT", "T3", "does not inspect aldermere-council"),
        ("BRK-2025-AUDIT", "T3", "is about another place than ALD-2025-JTAI"),
        ("CWM-2026-NCPI", "T5", "does not read theme T5"),
        ("CWM-2026-NCPI", "T4", "ALD-2025-R9 is not about theme T4"),
    ],
)
def test_an_inspection_that_cannot_test_an_answer_is_refused_with_every_reason(
    signed_in: SignIn, inspection: str, theme: str, says: str
) -> None:
    published(signed_in)
    with pytest.raises(Refusal, match="same body that reads the theme") as refusal:
        arrange(signed_in, inspection, theme)
    assert says in refusal.value.summary


def test_an_earlier_inspection_tests_nothing_and_none_tests_twice(signed_in: SignIn) -> None:
    published(signed_in, themes=["T2"])
    readings.started(signed_in, code=SECOND, started_on="2025-03-03")
    with pytest.raises(Refusal, match="is not later than ALD-2025-R9, of 2025-06-02"):
        arrange(signed_in, SECOND)
    readings.started(signed_in, code="THREE-2026", started_on="2026-03-03")
    arrange(signed_in, "THREE-2026")
    with pytest.raises(Refusal, match="THREE-2026 tests this answer already"):
        arrange(signed_in, "THREE-2026")


def test_the_owner_does_not_choose_what_tests_it(signed_in: SignIn) -> None:
    published(signed_in, themes=["T2"])
    readings.started(signed_in, code=SECOND, started_on="2026-02-02")
    assert not reaudits.offered(CODE, COUNCIL, by=signed_in("joanna-director"))
    with pytest.raises(NotFound, match="no inspection 'TWO-2026-READ' that you may see"):
        arrange(signed_in, SECOND, by="joanna-director")
    with pytest.raises(NotAllowed, match="by its lead, or by a verifier of another body"):
        arrange(signed_in, SECOND, by="marcus-inspector")
    with pytest.raises(NotFound, match="does not test the answer"):
        reaudits.comparison(CODE, COUNCIL, SECOND, by=signed_in("priya-lead"))


def test_a_recommendation_names_what_would_test_it(signed_in: SignIn) -> None:
    published(signed_in)
    lead = signed_in("priya-lead")
    reaudits.plan(CODE, checked(RetestForm, RETEST), by=lead)
    held = recommendations.view(CODE, by=signed_in("joanna-director")).retest
    assert held is not None
    assert (held.sample, held.by) == (12, date(2026, 12, 1))
    for wrong, says in {"T4": "is not about theme T4"}.items():
        with pytest.raises(Refusal, match=says):
            reaudits.plan(CODE, checked(RetestForm, {**RETEST, "theme": wrong}), by=lead)
    with pytest.raises(Refusal, match="no criterion of theme T3"):
        reaudits.plan(CODE, checked(RetestForm, {**RETEST, "criterion": "T4.1"}), by=lead)
    with pytest.raises(Refusal, match="would be before the recommendation, 2025-06-02"):
        reaudits.plan(CODE, checked(RetestForm, {**RETEST, "by": "2025-06-01"}), by=lead)
    with pytest.raises(NotAllowed):
        reaudits.plan(CODE, checked(RetestForm, RETEST), by=signed_in("joanna-director"))


def test_two_who_say_what_would_test_it_see_both_accounts(signed_in: SignIn) -> None:
    published(signed_in)
    lead, verifier = signed_in("priya-lead"), signed_in("ruth-verifier")
    seen = recommendations.view(CODE, by=lead).version
    reaudits.plan(CODE, checked(RetestForm, RETEST), seen, by=lead)
    with pytest.raises(Conflict) as met:
        reaudits.plan(CODE, checked(RetestForm, {**RETEST, "sample": 6}), seen, by=verifier)
    assert met.value.facts["both"] == {"sample": {"kept": 12, "yours": 6}}


def test_one_body_is_tested_and_another_is_not(signed_in: SignIn) -> None:
    published(signed_in, themes=["T2"])
    readings.started(signed_in, code=SECOND, started_on="2026-02-02")
    arrange(signed_in, SECOND)
    assert owner(signed_in).reaudits == (SECOND,)
    assert owner(signed_in, POLICE).reaudits == ()
    found = reaudits.comparison(CODE, COUNCIL, SECOND, by=signed_in("joanna-director"))
    assert not found.open_to_reader
    assert reaudits.comparison(CODE, COUNCIL, SECOND, by=signed_in("priya-lead")).open_to_reader
