"""Late returns: counted from when they came, and every one behind the figure can be named."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from data_model.database import Database
from data_model.frames import FIGURES
from data_model.records import Area
from data_model.vocabulary import ReturnStatus
from inspect_app.errors import Refusal
from inspect_app.services import late_returns, returns
from inspect_app.services.late_returns import QuarterDue
from inspect_app.signed_in import SignedIn
from metrics.indicator import Quarter
from metrics.outcome import Share
from metrics.recording import RETURNS_LATE
from metrics.returned import DUE, RETURN, due_on
from tests.support.looking import every_row_of
from tests.support.recommending import SignIn

AREA, COUNCIL, FORCE = "X06000001", "aldermere-council", "mere-and-bracken-police"
BEGINNER = "X06000002"
SECOND, THIRD, LAST_DAY = Quarter(2026, 2), Quarter(2026, 3), date(2026, 10, 30)
BOARD, ELSEWHERE, POLICE = "patrick-board", "harpreet-director", "desmond-director"


def on(by: SignedIn, day: date) -> SignedIn:
    """Return the same person on another day."""
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return replace(by, clock=lambda: at)


def third(by: SignedIn) -> QuarterDue:
    """Return what was due of Aldermere for the third quarter of 2026."""
    return next(q for q in late_returns.due(by=by) if (q.area, q.quarter) == (AREA, THIRD))


def stands(held: QuarterDue) -> dict[str, tuple[bool | None, str]]:
    """Return how each body's return stands."""
    return {each.organisation: (each.late, each.in_words) for each in held.returns}


def test_a_return_is_due_thirty_days_after_its_quarter_and_the_rule_says_whose_it_is() -> None:
    assert due_on(THIRD) == LAST_DAY
    assert str(DUE.days) in DUE.says
    assert str(DUE.days) in RETURNS_LATE.numerator
    assert "own rule" in DUE.source
    assert RETURNS_LATE.code not in {line.code for line in RETURN}


def test_nothing_is_counted_until_the_day_is_over(signed_in: SignIn, database: Database) -> None:
    by = on(signed_in(BOARD), LAST_DAY)
    assert third(by).outcome is None
    with every_row_of(database).reading() as session:
        rows = late_returns.figures(session, session.get_one(Area, AREA), by.today)
    assert THIRD.end not in rows.get_column("period_end")


def test_what_came_in_time_is_counted_and_named(signed_in: SignIn, database: Database) -> None:
    held = third(on(signed_in(BOARD), date(2026, 10, 31)))
    assert held.outcome == Share(0, 2, None, RETURNS_LATE.why_no_interval)
    assert stands(held) == {COUNCIL: (False, "came in time"), FORCE: (False, "came in time")}
    with every_row_of(database).reading() as session:
        area = session.get_one(Area, AREA)
        rows = late_returns.figures(session, area, date(2026, 10, 31))
    assert rows.schema == FIGURES
    *_earlier, row = rows.iter_rows(named=True)
    assert (row["numerator"], row["denominator"]) == (0, 2)
    assert (row["period_start"], row["period_end"]) == (THIRD.start, THIRD.end)


def test_returns_that_never_came_are_late_from_the_day_after_and_said_to_be_overdue(
    signed_in: SignIn,
) -> None:
    waiting, after = (
        next(q for q in late_returns.due(by=on(signed_in(BOARD), day)) if q.quarter == SECOND)
        for day in (date(2026, 7, 30), date(2026, 7, 31))
    )
    assert waiting.outcome is None
    assert set(stands(waiting).values()) == {(None, "not here yet")}
    assert set(stands(after).values()) == {(True, "not here, overdue")}
    assert after.outcome == Share(2, 2, None, RETURNS_LATE.why_no_interval)


def test_a_return_that_came_after_the_day_says_by_how_much_however_often_it_is_sent_again(
    signed_in: SignIn,
) -> None:
    for day in (date(2026, 7, 31), date(2026, 9, 1)):
        by = on(signed_in("joanna-director"), day)
        data = returns.pack(AREA, "2026-Q2", COUNCIL, by=by)
        returns.send("late.xlsx", data, by=by)
    newest, second, *_ = late_returns.due(by=on(signed_in(BOARD), date(2026, 11, 3)))
    assert (newest.quarter, second.quarter) == (THIRD, SECOND)
    assert stands(second) == {
        COUNCIL: (True, "came 1 day late"),
        FORCE: (True, "not here, overdue"),
    }
    assert second.outcome == Share(2, 2, None, RETURNS_LATE.why_no_interval)


def test_a_return_sent_again_after_the_day_was_in_time_if_it_was_at_first(
    signed_in: SignIn,
) -> None:
    later = on(signed_in("desmond-director"), date(2026, 11, 20))
    data = returns.pack(AREA, "2026-Q3", FORCE, by=later)
    returns.send("again.xlsx", data, by=later)
    assert stands(third(later))[FORCE] == (False, "came in time")


def test_quarters_sent_when_an_area_begins_are_caught_up_on_and_not_late(
    signed_in: SignIn,
) -> None:
    by = on(signed_in(ELSEWHERE), date(2026, 8, 3))
    for quarter in ("2026-Q1", "2026-Q2"):
        data = returns.pack(BEGINNER, quarter, "brackenshire-council", by=by)
        returns.send("return.xlsx", data, by=by)
    found = late_returns.due(by=on(by, date(2026, 11, 3)))
    assert [q.quarter for q in found if q.area == BEGINNER] == [THIRD]


def test_a_body_of_no_area_sees_its_own_return_and_strangers_see_none(signed_in: SignIn) -> None:
    held = third(on(signed_in(POLICE), date(2026, 11, 3)))
    assert set(stands(held)) == {FORCE}
    assert held.outcome is None
    stranger = on(signed_in(ELSEWHERE), date(2026, 11, 3))
    assert late_returns.due(by=stranger) == ()
    assert THIRD not in {each.quarter for each in late_returns.of_area(AREA, by=stranger)}


def test_once_one_return_is_published_how_late_they_were_is_for_all_to_see(
    signed_in: SignIn, database: Database
) -> None:
    held = next(r for r in returns.listed(by=signed_in(BOARD)) if r.organisation == COUNCIL)
    assert held.status is ReturnStatus.APPROVED
    returns.publish(held.id, by=signed_in("samira-publisher"))
    after = date(2026, 11, 3)
    seen = late_returns.of_area(AREA, by=on(signed_in(ELSEWHERE), after))
    assert [len(each.returns) for each in seen if each.quarter == THIRD] == [2]
    with every_row_of(database).reading() as session:
        rows = late_returns.figures(session, session.get_one(Area, AREA), after)
    assert rows.row(-1, named=True)["published"]


def test_an_area_of_which_no_return_is_here_has_nothing_due(
    signed_in: SignIn, database: Database
) -> None:
    assert late_returns.of_area(BEGINNER, by=signed_in("ruth-verifier")) == ()
    with every_row_of(database).reading() as session:
        area = session.get_one(Area, BEGINNER)
        assert late_returns.figures(session, area, date(2026, 11, 3)).is_empty()


def test_no_body_may_state_how_late_it_was(signed_in: SignIn) -> None:
    heading = "Area,Quarter,Body,Indicator,Number,Out of"
    row = f"{AREA},2026-Q2,{COUNCIL},returns-late,0,2"
    with pytest.raises(Refusal, match="counted here, from when they came"):
        returns.send("return.csv", f"{heading}\n{row}\n".encode(), by=signed_in("joanna-director"))
