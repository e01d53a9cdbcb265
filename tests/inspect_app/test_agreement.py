"""Agreement: what two readers gave before either knew, by theme and by pair, or too few to say."""

from collections.abc import Callable

import pytest

from data_model.database import Database
from data_model.vocabulary import CaseStatus
from inspect_app.errors import NotAllowed
from inspect_app.services import agreement, cases, inspections, moderation
from inspect_app.services.agreement import AgreementTable
from inspect_app.signed_in import SignedIn
from metrics.agreement import Agreement, NotDefined
from metrics.outcome import Share, TooFew
from tests.support.readings import (
    CODE,
    FIRST,
    LEAD,
    SECOND,
    THIRD,
    agree_through,
    finding,
    read_second,
    started,
    status,
    submitted,
)

SignIn = Callable[[str], SignedIn]


def twice(
    signed_in: SignIn,
    number: int,
    first: str,
    second: str,
    reader: str = FIRST,
    other: str = SECOND,
) -> int:
    """Have a case read by two readers who give these grades on T2; return its id."""
    case = submitted(signed_in, first, reader, f"ALD-C{number:02}")
    moderation.take(case, by=signed_in(other))
    read_second(case, other, signed_in, {"T2": finding("T2", second)})
    return case


def table(signed_in: SignIn, person: str = LEAD) -> AgreementTable:
    """Return the agreement of the inspection as somebody sees it."""
    held = agreement.of_inspection(CODE, by=signed_in(person))
    assert held is not None
    return held


def of_theme(held: AgreementTable, theme: str) -> Agreement:
    """Return the agreement on one theme."""
    return next(one.agreement for one in held.themes if one.theme == theme)


def test_it_is_counted_by_theme_with_percent_and_numbers_first(signed_in: SignIn) -> None:
    started(signed_in, second_read_percent=100)
    for number in range(1, 4):
        twice(signed_in, number, "good", "good")
    twice(signed_in, 4, "inadequate", "good")
    held = table(signed_in)
    assert (held.cases, held.alike) == (4, 3)
    differs, alike = of_theme(held, "T2"), of_theme(held, "T4")
    assert (differs.pairs, differs.agreed) == (4, 3)
    assert isinstance(differs.percent, Share)
    assert differs.percent.share == 0.75
    assert (alike.pairs, alike.agreed) == (4, 4)
    assert isinstance(alike.alpha, NotDefined)


def test_nothing_is_said_before_readings_are_compared(signed_in: SignIn) -> None:
    started(signed_in, second_read_percent=100)
    case = submitted(signed_in, "good")
    moderation.take(case, by=signed_in(SECOND))
    assert agreement.of_inspection(CODE, by=signed_in(LEAD)) is None


def test_only_the_lead_sees_it_until_findings_are_agreed(signed_in: SignIn) -> None:
    started(signed_in, second_read_percent=100)
    twice(signed_in, 1, "good", "good")
    assert table(signed_in).pairs is not None
    for person in (FIRST, SECOND):
        with pytest.raises(NotAllowed, match="not agreed yet"):
            agreement.of_inspection(CODE, by=signed_in(person))
        assert not any(CODE in str(held) for held in agreement.across(by=signed_in(person)))
    agree_through(CODE, signed_in)
    assert table(signed_in, FIRST).cases == 1


def test_readers_see_their_own_pairs_and_those_inspected_see_none(signed_in: SignIn) -> None:
    started(signed_in, second_read_percent=100)
    twice(signed_in, 1, "good", "good")
    twice(signed_in, 2, "good", "good", FIRST, THIRD)
    agree_through(CODE, signed_in)
    assert len(table(signed_in, LEAD).pairs or ()) == 2
    own = table(signed_in, THIRD).pairs or ()
    assert [pair.names for pair in own] == [("Gwenllian Prys", "Marcus Adeyemi")]
    for person in ("joanna-director", "patrick-board", "samira-publisher"):
        assert table(signed_in, person).pairs is None
        with pytest.raises(NotAllowed):
            agreement.across(by=signed_in(person))


def test_of_two_readers_nothing_is_said_below_twenty_cases(
    signed_in: SignIn, database: Database
) -> None:
    if database.url.get_backend_name() != "sqlite":
        pytest.skip("the counting is the same; twenty cases take long")
    started(signed_in, second_read_percent=100)
    for number in range(1, 20):
        one, other = (FIRST, SECOND) if number % 2 else (SECOND, FIRST)
        twice(signed_in, number, "inadequate", "good" if number < 5 else "inadequate", one, other)
    (pair,) = table(signed_in).pairs or ()
    assert pair.agreement == TooFew(19)
    twice(signed_in, 20, "good", "good")
    (pair,) = table(signed_in).pairs or ()
    assert isinstance(pair.agreement, Agreement)
    assert (pair.agreement.pairs, pair.agreement.agreed) == (40, 36)


def test_a_case_that_was_opened_again_is_left_out_and_said_to_be(signed_in: SignIn) -> None:
    started(signed_in, second_read_percent=100)
    twice(signed_in, 1, "good", "good")
    case = twice(signed_in, 2, "good", "good")
    moderation.lock(case, by=signed_in(LEAD))
    moderation.unlock(case, "A page was missed.", by=signed_in(LEAD))
    by = signed_in(FIRST)
    cases.submit(case, cases.view(case, by=by).version, by=by)
    assert status(case, signed_in) is CaseStatus.AGREED
    held = table(signed_in)
    assert (held.cases, held.opened_again) == (1, 1)


def test_inspections_on_different_scales_are_never_put_together(signed_in: SignIn) -> None:
    lead = signed_in(LEAD)
    before = {held.scale.code: held.cases for held in agreement.across(by=lead)}
    started(signed_in, second_read_percent=100, scale="ilacs")
    twice(signed_in, 1, "good", "good")
    after = {held.scale.code: held.cases for held in agreement.across(by=signed_in(LEAD))}
    assert after == {**before, "ilacs": 1}


def test_over_inspections_a_reader_sees_those_agreed_that_they_read_in(signed_in: SignIn) -> None:
    (mine,) = agreement.across(by=signed_in("marcus-inspector"))
    assert mine.cases > 0
    assert all("Marcus Adeyemi" in pair.names for pair in mine.pairs or ())
    (led,) = agreement.across(by=signed_in("priya-lead"))
    assert led.cases >= mine.cases
    assert len(led.pairs or ()) > len(mine.pairs or ())
    inspections.reopen("ALD-2025-JTAI", "A file was missed.", by=signed_in("priya-lead"))
    (fewer,) = agreement.across(by=signed_in("marcus-inspector"))
    assert fewer.cases < mine.cases
