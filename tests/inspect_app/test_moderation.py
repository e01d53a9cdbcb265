"""Moderation: read twice without seeing the first reading, decided with a reason, locked, kept."""

from collections.abc import Callable

import pytest

from data_model.database import Database
from data_model.forms import CaseForm, DecisionForm, FindingForm, checked
from data_model.records import CaseFile, Inspection, Person
from data_model.vocabulary import CaseStatus, NotGraded, ReadingPurpose
from inspect_app.access import Permission
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import (
    cases,
    editions,
    inspections,
    moderation,
    moderation_views,
    readings,
    trail,
)
from inspect_app.services.moderation_views import Desk
from inspect_app.signed_in import SignedIn
from tests.support.looking import every_row_of
from tests.support.readings import (
    CASE,
    CODE,
    FIRST,
    LEAD,
    SECOND,
    THIRD,
    agree_through,
    ask_anybody,
    decide_as_first,
    finding,
    lock_through,
    read_second,
    started,
    status,
    submitted,
    written,
)

SignIn = Callable[[str], SignedIn]


def desk(person: str, signed_in: SignIn) -> Desk:
    """Return what waits for somebody in the inspection."""
    return next(d for d in moderation_views.desks(by=signed_in(person)) if d.inspection == CODE)


def takeable(person: str, signed_in: SignIn) -> list[str]:
    """Return the references of the cases somebody is offered to read second."""
    return [case.reference for case in desk(person, signed_in).takeable]


def decision(theme: str, grade: str) -> DecisionForm:
    """Return what the lead decides on a theme."""
    sent = {
        "theme": theme,
        "criterion": f"{theme}.1",
        "grade": grade,
        "reason": "The minutes of the meeting decide it.",
    }
    return checked(DecisionForm, sent)


def test_a_case_with_the_lowest_grade_cannot_be_locked_until_it_is_read_twice(
    signed_in: SignIn,
) -> None:
    started(signed_in)
    case, other = submitted(signed_in, "inadequate"), submitted(signed_in, reference="ALD-C02")
    with pytest.raises(Refusal, match="second reading that this case needs"):
        moderation.lock(case, by=signed_in(LEAD))
    assert moderation.lock_ready(CODE, by=signed_in(LEAD)) == 1
    assert status(other, signed_in) is CaseStatus.LOCKED
    assert takeable(SECOND, signed_in) == ["ALD-C01"]
    moderation.take(case, by=signed_in(SECOND))
    with pytest.raises(Refusal, match="second reading that this case needs"):
        moderation.lock(case, by=signed_in(LEAD))
    read_second(case, SECOND, signed_in)
    moderation.lock(case, by=signed_in(LEAD))
    assert status(case, signed_in) is CaseStatus.LOCKED


def test_the_recorded_share_of_the_rest_is_read_twice(signed_in: SignIn) -> None:
    started(signed_in, second_read_percent=100)
    submitted(signed_in, "good")
    assert takeable(SECOND, signed_in) == ["ALD-C01"]
    share = inspections.workspace(CODE, by=signed_in(LEAD)).share
    assert share is not None
    assert (share.percent, share.lowest, share.others, share.others_read) == (100, 0, 1, 0)
    lock_through(CODE, signed_in)
    share = inspections.workspace(CODE, by=signed_in(LEAD)).share
    assert share is not None
    assert share.others_read == 1


def test_an_exercise_without_grades_needs_no_second_reading(signed_in: SignIn) -> None:
    started(signed_in, kind="language", themes=[], second_read_percent=100)
    form = checked(CaseForm, {**CASE, "reference": "ALD-C01"})
    by = signed_in(FIRST)
    case = cases.begin(CODE, form, by=by)
    with by.reading() as session:
        held = session.get_one(Inspection, CODE)
        rule = readings.rule_of(session, held)
        assert not rule.needs_second(session.get_one(CaseFile, case))
    assert desk(LEAD, signed_in).leading is not None


def test_readings_that_agree_make_the_case_agreed(signed_in: SignIn) -> None:
    started(signed_in)
    case = submitted(signed_in, "inadequate")
    moderation.take(case, by=signed_in(SECOND))
    read_second(case, SECOND, signed_in)
    assert status(case, signed_in) is CaseStatus.AGREED


def test_readings_that_differ_are_decided_by_the_lead_and_every_grade_is_kept(
    signed_in: SignIn,
) -> None:
    started(signed_in)
    case = disputed(signed_in)
    lead = signed_in(LEAD)
    view = moderation_views.dispute(case, by=lead)
    assert [theme.theme for theme in view.themes] == ["T2"]
    assert [one.grade for one in view.themes[0].readings] == ["inadequate", "good"]
    assert [one.first for one in view.themes[0].readings] == [True, False]
    with pytest.raises(Refusal, match="cannot become “Locked”"):
        moderation.lock(case, by=lead)
    moderation.decide(case, decision("T2", "requires_improvement"), by=lead)
    assert status(case, signed_in) is CaseStatus.MODERATED
    row = (inspections.workspace(CODE, by=lead).matrix or ())[0]
    assert row.cells["T2"] == "requires_improvement"
    assert row.decided == {"T2"}
    with lead.reading() as session:
        given = readings.verdicts(session.get_one(CaseFile, case))
    assert given["T2"] == {FIRST: ("inadequate", None), SECOND: ("good", None)}
    moderation.decide(case, decision("T2", "inadequate"), by=lead)
    assert (inspections.workspace(CODE, by=lead).matrix or ())[0].cells["T2"] == "inadequate"


def disputed(signed_in: SignIn, reader: str = FIRST) -> int:
    """Return a case whose second reader finds T2 good where the first found it inadequate."""
    case = submitted(signed_in, "inadequate", reader)
    moderation.take(case, by=signed_in(SECOND))
    read_second(case, SECOND, signed_in, {"T2": finding("T2", "good")})
    assert status(case, signed_in) is CaseStatus.DISPUTED
    return case


def test_a_grade_against_no_grade_differs(signed_in: SignIn) -> None:
    started(signed_in)
    case = submitted(signed_in, "inadequate")
    moderation.take(case, by=signed_in(SECOND))
    none = FindingForm(theme="T4", not_graded=NotGraded.NOT_ENOUGH)
    read_second(case, SECOND, signed_in, {"T4": none})
    assert status(case, signed_in) is CaseStatus.DISPUTED
    with pytest.raises(Refusal, match="do not differ on T2"):
        moderation.decide(case, decision("T2", "good"), by=signed_in(LEAD))


def test_only_the_lead_decides_locks_and_opens(signed_in: SignIn) -> None:
    started(signed_in)
    case = disputed(signed_in)
    for person in (FIRST, SECOND, THIRD, "samira-publisher"):
        by = signed_in(person)
        for attempt in (
            lambda by=by: moderation.decide(case, decision("T2", "good"), by=by),
            lambda by=by: moderation.lock(case, by=by),
            lambda by=by: moderation.lock_ready(CODE, by=by),
            lambda by=by: moderation.unlock(case, "Because.", by=by),
            lambda by=by: moderation.ask(case, THIRD, ReadingPurpose.SECOND, by=by),
            lambda by=by: moderation_views.dispute(case, by=by),
            lambda by=by: inspections.add_reader(CODE, "rhodri-inspector", by=by),
        ):
            with pytest.raises(NotAllowed):
                attempt()
    assert status(case, signed_in) is CaseStatus.DISPUTED


@pytest.mark.parametrize(
    ("reader", "why"),
    [
        (FIRST, "read a case first cannot read it second"),
        (LEAD, "The lead sees every reading"),
        ("rhodri-inspector", "not a reader of this inspection"),
    ],
)
def test_who_is_not_independent_cannot_read_second(
    signed_in: SignIn, reader: str, why: str
) -> None:
    started(signed_in)
    case = submitted(signed_in, "inadequate")
    with pytest.raises(Refusal, match=why):
        moderation.ask(case, reader, ReadingPurpose.SECOND, by=signed_in(LEAD))
    if reader != "rhodri-inspector":
        assert takeable(reader, signed_in) == []


def test_a_case_has_one_second_reader(signed_in: SignIn) -> None:
    started(signed_in)
    case = submitted(signed_in, "inadequate")
    moderation.take(case, by=signed_in(SECOND))
    assert takeable(THIRD, signed_in) == []
    with pytest.raises(Refusal, match="does not wait"):
        moderation.take(case, by=signed_in(THIRD))
    with pytest.raises(Refusal, match="has a second reader"):
        moderation.ask(case, THIRD, ReadingPurpose.SECOND, by=signed_in(LEAD))


def test_the_lead_may_ask_for_a_reading_that_is_not_needed(signed_in: SignIn) -> None:
    started(signed_in)
    case = submitted(signed_in, "good")
    assert takeable(SECOND, signed_in) == []
    moderation.ask(case, SECOND, ReadingPurpose.SECOND, by=signed_in(LEAD))
    with pytest.raises(Refusal):
        moderation.lock(case, by=signed_in(LEAD))
    read_second(case, SECOND, signed_in)
    assert status(case, signed_in) is CaseStatus.AGREED


def test_a_reading_that_never_comes_is_withdrawn_with_a_reason(signed_in: SignIn) -> None:
    started(signed_in)
    case = submitted(signed_in, "inadequate")
    moderation.take(case, by=signed_in(SECOND))
    with pytest.raises(Refusal, match="No reason"):
        moderation.withdraw(case, SECOND, " ", by=signed_in(LEAD))
    with pytest.raises((NotAllowed, NotFound)):
        moderation.withdraw(case, SECOND, "Not mine.", by=signed_in(THIRD))
    moderation.withdraw(case, SECOND, "Ellen is away.", by=signed_in(LEAD))
    with pytest.raises(NotFound):
        cases.view(case, by=signed_in(SECOND))
    moderation.take(case, by=signed_in(THIRD))
    read_second(case, THIRD, signed_in)
    with pytest.raises(Refusal, match="no such reading"):
        moderation.withdraw(case, THIRD, "Too late.", by=signed_in(LEAD))
    assert status(case, signed_in) is CaseStatus.AGREED


def test_a_locked_case_is_opened_again_as_its_next_edition_and_the_old_one_stays(
    signed_in: SignIn,
) -> None:
    started(signed_in)
    case = disputed(signed_in)
    lead = signed_in(LEAD)
    moderation.decide(case, decision("T2", "requires_improvement"), by=lead)
    with pytest.raises(Refusal, match="is not locked"):
        moderation.unlock(case, "A page was missed.", by=lead)
    moderation.lock(case, by=lead)
    with pytest.raises(Refusal, match="say why"):
        moderation.unlock(case, " ", by=lead)
    moderation.unlock(case, "A page was missed.", by=lead)
    opened = cases.view(case, by=signed_in(FIRST))
    assert (opened.status, opened.edition) == (CaseStatus.DRAFT, 2)
    changed = opened.form.model_copy(update={"findings": (finding("T2", "good"),)})
    cases.save(case, opened.version, changed, by=signed_in(FIRST))
    held = editions.editions(case, by=lead)
    assert [(one.number, one.by) for one in held] == [
        (1, "Marcus Adeyemi"),
        (1, "Ellen Hardcastle"),
    ]
    assert held[0].said["Empathy and concern: grade"] == "Inadequate"
    assert held[0].decided["T2.decided"] == "requires_improvement"


def test_once_a_case_is_submitted_again_its_readings_are_compared_again(
    signed_in: SignIn,
) -> None:
    started(signed_in)
    case = disputed(signed_in)
    lead, first = signed_in(LEAD), signed_in(FIRST)
    decide_as_first(case, LEAD, signed_in)
    moderation.lock(case, by=lead)
    moderation.unlock(case, "A page was missed.", by=lead)
    opened = cases.view(case, by=first)
    cases.submit(case, opened.version, by=first)
    assert status(case, signed_in) is CaseStatus.DISPUTED
    with every_row_of(first.database).reading() as session:
        assert not session.get_one(CaseFile, case).moderations


def test_other_bodies_read_a_case_of_a_multi_agency_audit(
    signed_in: SignIn, database: Database
) -> None:
    started(signed_in, kind="multi_audit")
    other_body(database, THIRD, signed_in)
    by = signed_in(FIRST)
    case = cases.begin(CODE, written("good", "ALD-C01"), by=by)
    with pytest.raises(Refusal, match="Somebody of their body"):
        moderation.ask(case, SECOND, ReadingPurpose.BODY, by=signed_in(LEAD))
    moderation.ask(case, THIRD, ReadingPurpose.BODY, by=signed_in(LEAD))
    cases.submit(case, cases.view(case, by=by).version, by=by)
    assert status(case, signed_in) is CaseStatus.SUBMITTED
    read_second(case, THIRD, signed_in, {"T2": finding("T2", "requires_improvement")})
    assert status(case, signed_in) is CaseStatus.DISPUTED
    (theme,) = moderation_views.dispute(case, by=signed_in(LEAD)).themes
    assert [reading.body for reading in theme.readings] == [
        None,
        "Mere and Bracken Police",
    ]
    decide_as_first(case, LEAD, signed_in)
    moderation.lock(case, by=signed_in(LEAD))


def other_body(database: Database, person: str, signed_in: SignIn) -> None:
    """Move a reader to another body, on the record."""
    by = signed_in(LEAD)
    with every_row_of(database).recording() as session:
        session.get_one(Person, person).organisation = "mere-and-bracken-police"
        trail.note(session, by, "person.moved", person)


def test_in_an_inspection_of_one_body_no_other_body_is_asked(signed_in: SignIn) -> None:
    started(signed_in)
    case = submitted(signed_in)
    with pytest.raises(Refusal, match="one body reads each case"):
        moderation.ask(case, SECOND, ReadingPurpose.BODY, by=signed_in(LEAD))


def test_a_lead_who_read_a_case_first_is_told_so_and_it_stays_on_the_record(
    signed_in: SignIn,
) -> None:
    started(signed_in)
    case = disputed(signed_in, LEAD)
    lead = signed_in(LEAD)
    assert moderation_views.dispute(case, by=lead).led_by_reader
    moderation.decide(case, decision("T2", "good"), by=lead)
    assert status(case, signed_in) is CaseStatus.MODERATED


def test_a_reader_is_added_by_the_lead_while_cases_are_read(signed_in: SignIn) -> None:
    started(signed_in, readers=[FIRST])
    case = submitted(signed_in, "inadequate")
    leading = desk(LEAD, signed_in).leading
    assert leading is not None
    assert leading.waiting[0].could == {}
    inspections.add_reader(CODE, SECOND, by=signed_in(LEAD))
    assert takeable(SECOND, signed_in) == ["ALD-C01"]
    for person, why in ((SECOND, "already"), ("patrick-board", "cannot read cases")):
        with pytest.raises(Refusal, match=why):
            inspections.add_reader(CODE, person, by=signed_in(LEAD))
    assert ask_anybody(case, signed_in) == SECOND
    agree_through(CODE, signed_in)
    with pytest.raises(Refusal, match="have been agreed"):
        inspections.add_reader(CODE, THIRD, by=signed_in(LEAD))


def test_findings_are_agreed_only_once_every_case_is_locked(signed_in: SignIn) -> None:
    started(signed_in)
    submitted(signed_in, "inadequate")
    submitted(signed_in, "good", reference="ALD-C02")
    lead = signed_in(LEAD)
    with pytest.raises(Refusal, match="every case locked"):
        inspections.agree(CODE, by=lead)
    place = inspections.workspace(CODE, by=lead)
    assert place.before_agreeing == {
        "waiting for a second reader": ("ALD-C01",),
        "ready to be locked": ("ALD-C02",),
    }
    assert not place.ready_to_agree
    lock_through(CODE, signed_in)
    assert inspections.workspace(CODE, by=lead).ready_to_agree
    inspections.agree(CODE, by=lead)
    assert inspections.workspace(CODE, by=lead).read_twice == 1


def test_nothing_is_moderated_by_those_who_read_no_cases(signed_in: SignIn) -> None:
    for person in ("samira-publisher", "patrick-board", "joanna-director", "ben-administrator"):
        by = signed_in(person)
        assert not by.may(Permission.READ_CASES)
        with pytest.raises(NotAllowed):
            moderation_views.desks(by=by)
        with pytest.raises(NotAllowed):
            moderation.take(1, by=by)
