"""From the sample to its cases: what fills them in, which are to be begun, and which are due."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_model.forms import CaseForm, NumberForm
from data_model.vocabulary import AgeBand, Answer, CaseKind, Sex
from inspect_app.errors import Refusal
from inspect_app.services import due, sampling
from inspect_app.signed_in import SignedIn
from tests.support.sampling import (
    DIP,
    EXTRACT,
    JOINT,
    QUICK,
    at,
    begun,
    drawn,
    send,
    start,
    table,
)

SignIn = Callable[[str], SignedIn]


@pytest.fixture
def lead(signed_in: SignIn) -> SignedIn:
    """The lead of a dip sample, a two-minute audit and a joint inspection, all just begun."""
    start(signed_in("priya-lead"))
    return signed_in("priya-lead")


def test_what_the_list_says_fills_in_a_case_that_is_begun_from_it(
    lead: SignedIn, signed_in: SignIn
) -> None:
    send(lead, table())
    numbers = drawn(lead)
    marcus = signed_in("marcus-inspector")
    assert [entry.number for entry in sampling.to_begin(DIP, by=marcus)] == numbers[:4]
    begun(lead, numbers[0], "ALD-C01")
    assert [entry.number for entry in sampling.to_begin(DIP, by=marcus)] == numbers[1:4]
    assert sampling.prefill(DIP, 1, by=marcus) == {
        "age_band": AgeBand.FROM_13_TO_15,
        "sex": Sex.MALE,
        "ethnicity": "white",
        "disability": Answer.NO,
        "in_care": Answer.YES,
    }
    assert "disability" not in sampling.prefill(DIP, 12, by=marcus)
    assert sampling.prefill(DIP, 1, by=marcus).keys() <= CaseForm.model_fields.keys()


def test_episodes_of_an_extract_fill_in_the_case_of_their_child(lead: SignedIn) -> None:
    report = send(lead, EXTRACT, JOINT)
    assert (report.rows, report.listed, report.joined) == (4, 2, 1)
    first, second = sampling.episodes_of(JOINT, 1, by=lead)
    assert (first.reported_on, first.interview_offered) == (date(2026, 1, 5), None)
    assert (second.interview_offered, second.interview_accepted) == (Answer.YES, Answer.NO)
    given = sampling.prefill(JOINT, 1, by=lead)
    assert given["kind"] is CaseKind.MISSING
    assert given["went_missing"] is Answer.YES
    assert CaseForm(reference="ALD-C01", **given).episodes == (first, second)


def test_the_due_list_counts_calendar_months_from_the_last_audit(lead: SignedIn) -> None:
    send(lead, table(boys=1, girls=3), QUICK, dated_on="2025-11-30")
    drawn(lead, QUICK, method="all_eligible")
    begun(lead, 1, "ALD-C01", QUICK, read="2026-03-31")
    begun(lead, 2, "ALD-C02", QUICK)
    sampling.replace(QUICK, NumberForm(number=4, reason="The case was closed"), by=lead)
    lines = due.due_list(QUICK, by=at(lead, "2026-05-01"))
    assert [(line.number, line.last_on, line.due_on, line.overdue) for line in lines] == [
        (2, None, date(2026, 2, 28), True),
        (3, None, date(2026, 2, 28), True),
        (1, date(2026, 3, 31), date(2026, 6, 30), False),
    ]
    assert [line.being_audited for line in lines] == [True, False, False]
    waiting = sampling.to_begin(QUICK, by=at(lead, "2026-06-29"))
    assert [entry.number for entry in waiting] == [3]
    waiting = sampling.to_begin(QUICK, by=at(lead, "2026-06-30"))
    assert [entry.number for entry in waiting] == [1, 3]


def test_without_a_list_what_was_audited_before_is_due_again(lead: SignedIn) -> None:
    case_id = begun(lead, 1, "ALD-C01", QUICK, read="2026-01-15")
    assert case_id
    (line,) = due.due_list(QUICK, by=at(lead, "2026-04-16"))
    assert (line.where, line.due_on, line.overdue) == ("ALD-C01", date(2026, 4, 15), True)
    with pytest.raises(Refusal, match="which is done once"):
        due.due_list(DIP, by=lead)


@given(st.dates(date(2000, 1, 1), date(2099, 1, 1)), st.integers(1, 24))
def test_a_due_day_is_so_many_months_on_and_never_in_the_month_after(
    last: date, months: int
) -> None:
    on = due.next_due(last, months)
    assert (on.year - last.year) * 12 + on.month - last.month == months
    assert on.day == last.day or (on.day < last.day and (on + (date.resolution)).day == 1)
