"""Figures on recommendations agree with print and other programs, and never drop the open ones."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson
from statsmodels.duration.survfunc import SurvfuncRight

from data_model.vocabulary import Evidence
from metrics.follow_up import (
    ANSWERS,
    DAYS,
    EVENTS,
    Curve,
    OriginalDates,
    Regressions,
    Responses,
    Slips,
    Step,
    by_cohort,
    claim_to_verification,
    closed_untested,
    evidence_mix,
    kaplan_meier,
    original_dates,
    regressions,
    responses,
    slips,
)
from metrics.intervals import wilson
from metrics.outcome import Share, TooFew

TODAY = date(2026, 9, 30)


Row = dict[str, object]


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def frame(rows: Iterable[Mapping[str, object]]) -> pl.DataFrame:
    """Return answers, each published 1,000 days ago where it does not say otherwise."""
    plain: dict[str, object] = {"published_on": ago(1000), "slips": 0, "cohort": "2023-24"}
    return pl.DataFrame(
        [{**dict.fromkeys(ANSWERS), **plain, **row} for row in rows], schema=ANSWERS
    )


def seen(days: int, *, happened: bool) -> dict[str, object]:
    """Return an answer shown so many days after publication, or published so many days ago."""
    if happened:
        return {"shown_on": ago(1000 - days)}
    return {"published_on": ago(days)}


def curve(found: Curve | TooFew) -> Curve:
    assert isinstance(found, Curve)
    return found


# Freireich et al. (1963), Blood 21:699: weeks in remission on 6-mercaptopurine, as printed by
# Kalbfleisch and Prentice (2002), p. 2; their estimate and its log-log limits.
REMISSION = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STILL_IN = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PRINTED = {
    6: (21, 3, 0.857, 0.620, 0.952),
    7: (17, 1, 0.807, 0.563, 0.923),
    10: (15, 1, 0.753, 0.503, 0.889),
    13: (12, 1, 0.690, 0.432, 0.849),
    16: (11, 1, 0.627, 0.368, 0.805),
    22: (7, 1, 0.538, 0.268, 0.747),
    23: (6, 1, 0.448, 0.188, 0.680),
}


def leukaemia() -> pl.DataFrame:
    return frame(
        [seen(d, happened=True) for d in REMISSION] + [seen(d, happened=False) for d in STILL_IN]
    )


def test_a_published_curve_comes_out() -> None:
    found = curve(kaplan_meier(leukaemia(), "shown_on", TODAY))
    at_events = {
        s.days: (s.at_risk, s.events, *(round(x or 0, 3) for x in (s.share_not_yet, s.low, s.high)))
        for s in found.steps
        if s.events
    }
    assert at_events == PRINTED
    assert (found.answers, found.events, found.closed_without) == (21, 9, 0)
    assert found.median == 23
    assert not found.few


def test_a_curve_starts_whole_at_publication_and_counts_who_leaves_it() -> None:
    found = curve(kaplan_meier(leukaemia(), "shown_on", TODAY))
    assert found.steps[0] == Step(0, 21, 0, 0, 1.0, None, None)
    assert sum(s.censored for s in found.steps) == len(STILL_IN)
    assert [(s.days, s.censored) for s in found.steps if s.days == 32] == [(32, 2)]


times = st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=40)


def of(observed: list[tuple[int, bool]]) -> Curve:
    rows = [seen(days, happened=happened) for days, happened in observed]
    return curve(kaplan_meier(frame(rows), "shown_on", TODAY))


@settings(max_examples=100, deadline=None)
@given(times.filter(lambda observed: any(happened for _, happened in observed)))
def test_every_curve_agrees_with_statsmodels(observed: list[tuple[int, bool]]) -> None:
    days, happened = np.array(observed).T
    theirs = SurvfuncRight(days.astype(float), happened)
    steps = [s for s in of(observed).steps if s.events]
    assert [s.days for s in steps] == list(theirs.surv_times)
    assert [s.at_risk for s in steps] == list(theirs.n_risk)
    assert [s.events for s in steps] == list(theirs.n_events)
    assert [s.share_not_yet for s in steps] == pytest.approx(list(theirs.surv_prob), abs=1e-12)


@settings(max_examples=100, deadline=None)
@given(times)
def test_a_curve_falls_from_one_and_its_bounds_hold_it(observed: list[tuple[int, bool]]) -> None:
    found = of(observed)
    shares = [s.share_not_yet for s in found.steps]
    assert shares == sorted(shares, reverse=True)
    assert found.steps[0].days == 0
    assert found.steps[0].at_risk == found.answers == len(observed)
    assert found.few == (len(observed) < 10)
    for step in found.steps:
        assert (step.low is None) == (step.high is None) == (step.share_not_yet in (0.0, 1.0))
        if step.low is not None and step.high is not None:
            assert 0 <= step.low <= step.share_not_yet <= step.high <= 1


@settings(max_examples=60, deadline=None)
@given(times, st.integers(61, 90))
def test_one_more_that_is_still_open_never_makes_it_look_quicker(
    observed: list[tuple[int, bool]], days: int
) -> None:
    before, after = of(observed), of([*observed, (days, False)])
    slower = {s.days: s.share_not_yet for s in after.steps}
    assert all(slower[s.days] >= s.share_not_yet for s in before.steps)
    assert after.median is None or before.median is not None


def test_open_answers_count_for_as_long_as_they_have_been_open() -> None:
    shown: Row = {"shown_on": ago(900)}
    rows = [shown] * 4 + [{}] * 6
    found = curve(kaplan_meier(frame(rows), "shown_on", TODAY))
    assert (found.answers, found.events, found.median) == (10, 4, None)
    assert found.steps[-1].share_not_yet == pytest.approx(0.6)
    assert found.steps[-1].days == 1000


def test_half_exactly_is_the_median() -> None:
    found = of([(30, True)] * 5 + [(60, False)] * 5)
    assert found.median == 30


def test_closed_without_it_counts_until_it_was_closed_and_is_said() -> None:
    rows: list[Row] = [{"closed_on": ago(800)}, {"closed_on": ago(800), "shown_on": ago(700)}, {}]
    found = curve(kaplan_meier(frame(rows), "shown_on", TODAY))
    assert (found.answers, found.events, found.closed_without) == (3, 0, 2)
    assert [(s.days, s.at_risk, s.censored) for s in found.steps] == [
        (0, 3, 0),
        (200, 3, 2),
        (1000, 1, 1),
    ]


def test_what_was_done_before_publication_was_done_on_day_nought() -> None:
    found = curve(kaplan_meier(frame([{"shown_on": ago(1100)}]), "shown_on", TODAY))
    assert found.steps == (Step(0, 1, 1, 0, 0.0, None, None),)
    assert found.median == 0


def test_cohorts_have_their_own_curves() -> None:
    rows: list[Row] = [
        {"cohort": "2024-25", "shown_on": ago(900)},
        {"cohort": "2023-24"},
        {"cohort": "2024-25"},
        {"cohort": "2026-27", "published_on": TODAY + timedelta(1)},
        {"cohort": None},
    ]
    found = by_cohort(frame(rows), "shown_on", TODAY)
    assert [(c.cohort, c.answers, c.events) for c in found] == [
        ("2023-24", 1, 0),
        ("2024-25", 2, 1),
    ]
    alone = kaplan_meier(frame([rows[1]]), "shown_on", TODAY)
    assert curve(alone).steps == found[0].steps


@pytest.mark.parametrize("event", EVENTS)
def test_a_curve_is_drawn_of_each_event(event: str) -> None:
    found = curve(kaplan_meier(frame([{event: ago(990)}, {}]), event, TODAY))
    assert (found.events, found.median) == (1, 10)


def test_a_curve_of_anything_else_is_an_error() -> None:
    with pytest.raises(ValueError, match="regressed_on is not one of responded_on"):
        kaplan_meier(frame([{}]), "regressed_on", TODAY)


def test_a_frame_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(pl.exceptions.SchemaError, match="slips"):
        responses(frame([{}]).drop("slips"), TODAY)


def test_claims_nobody_has_verified_count() -> None:
    rows: list[Row] = [
        {"claimed_on": ago(300), "implemented_on": ago(260)},
        {"claimed_on": ago(200)},
        {"claimed_on": ago(200), "closed_on": ago(150)},
        {"claimed_on": TODAY + timedelta(1)},
        {"implemented_on": ago(5)},
    ]
    found = curve(claim_to_verification(frame(rows), TODAY))
    assert (found.answers, found.events, found.closed_without) == (3, 1, 1)
    assert found.steps[1].share_not_yet == pytest.approx(2 / 3)
    assert [s.days for s in found.steps] == [0, 40, 50, 200]


def test_responses_are_judged_by_the_date_they_were_due() -> None:
    due: Row = {"response_due_on": ago(100)}
    rows: list[Row] = [
        due | {"responded_on": ago(100)},
        due | {"responded_on": ago(120)},
        due | {"responded_on": ago(99)},
        due,
        due | {"responded_on": TODAY + timedelta(1)},
        {"response_due_on": TODAY},
        {"response_due_on": TODAY, "responded_on": TODAY},
        {"responded_on": ago(3)},
    ]
    assert responses(frame(rows), TODAY) == Responses(
        responded_in_time=2,
        responded_late=1,
        overdue=2,
        responded_before_due=1,
        not_due=1,
        without_date=1,
        in_time=Share(2, 5, wilson(2, 5)),
    )


def test_with_nothing_due_yet_there_is_no_share_in_time() -> None:
    rows = [{"response_due_on": TODAY, "responded_on": ago(9)}]
    assert responses(frame(rows), TODAY).in_time == TooFew(0)


def test_the_original_date_is_what_counts_and_an_unclaimed_answer_stays_past_it() -> None:
    due: Row = {"original_due_on": ago(100)}
    rows: list[Row] = [
        due | {"claimed_on": ago(100)},
        due | {"claimed_on": ago(99)},
        due,
        due | {"closed_on": ago(50)},
        due | {"closed_on": ago(100)},
        {"original_due_on": TODAY},
        {"original_due_on": TODAY + timedelta(9), "closed_on": ago(1)},
        {"original_due_on": TODAY + timedelta(9), "claimed_on": ago(1), "closed_on": ago(1)},
        {"claimed_on": ago(5)},
        due | {"responded_on": TODAY + timedelta(1)},
    ]
    assert original_dates(frame(rows), TODAY) == OriginalDates(
        claimed_in_time=1,
        claimed_late=1,
        unclaimed=2,
        not_due=2,
        closed_first=2,
        past=Share(3, 4, wilson(3, 4)),
    )


def test_slips_are_counted_among_the_accepted() -> None:
    rows = [{"slips": n, "original_due_on": ago(1)} for n in (0, 0, 1, 2, 3, 7, None)]
    assert slips(frame([*rows, {"slips": 4}]), TODAY) == Slips(3, 1, 1, 2)


def test_closed_with_the_effect_not_tested_is_a_share_of_the_closed() -> None:
    rows: list[Row] = [
        {"closed_on": ago(9), "closed_tested": True},
        {"closed_on": ago(9), "closed_tested": False},
        {"closed_on": ago(9)},
        {"closed_on": TODAY + timedelta(1)},
        {},
    ]
    assert closed_untested(frame(rows), TODAY) == Share(2, 3, wilson(2, 3))
    assert closed_untested(frame([{}]), TODAY) == TooFew(0)


def test_regressions_are_counted_over_the_time_it_could_happen() -> None:
    rows: list[Row] = [
        {"implemented_on": ago(800), "shown_on": ago(700), "regressed_on": ago(435)},
        {"shown_on": ago(365), "closed_on": ago(300)},
        {"implemented_on": ago(365), "regressed_on": TODAY + timedelta(1)},
        {"regressed_on": ago(3)},
        {},
    ]
    found = regressions(frame(rows), TODAY)
    assert isinstance(found, Regressions)
    assert (found.events, found.answers) == (1, 3)
    assert found.years == pytest.approx(3 * 365 / 365.25)
    assert found.per_100 == pytest.approx(100 / found.years)
    # Garwood (1936): 1 seen is compatible with 0.025 to 5.572 expected.
    bounds = (found.low * found.years / 100, found.high * found.years / 100)
    assert bounds == pytest.approx((0.0253, 5.5716), abs=5e-5)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 20), st.integers(0, 20).filter(bool))
def test_the_bounds_of_a_rate_leave_a_fortieth_in_each_tail(events: int, others: int) -> None:
    rows = [{"shown_on": ago(900), "regressed_on": ago(500)}] * events + [
        {"shown_on": ago(400)}
    ] * others
    found = regressions(frame(rows), TODAY)
    assert isinstance(found, Regressions)
    low, high = (bound * found.years / 100 for bound in (found.low, found.high))
    assert poisson.cdf(events, high) == pytest.approx(0.025)
    assert poisson.sf(events - 1, low) == pytest.approx(0.025 if events else 1.0)
    assert found.low <= found.per_100 <= found.high


def test_with_nothing_implemented_there_is_no_rate() -> None:
    assert regressions(frame([{}]), TODAY) == TooFew(0)
    assert regressions(frame([{"shown_on": TODAY}]), TODAY) == TooFew(1)


def test_the_mix_of_evidence_names_every_rung_and_none() -> None:
    rows = [{"strongest": rung} for rung in ("E0", "E2", "E2", None)]
    assert evidence_mix(frame(rows), TODAY) == (
        (Evidence.E0, 1),
        (Evidence.E1, 0),
        (Evidence.E2, 2),
        (Evidence.E3, 0),
        (Evidence.E4, 0),
        (None, 1),
    )
    with pytest.raises(ValueError, match="E9"):
        evidence_mix(frame([{"strongest": "E9"}]), TODAY)


def test_without_answers_there_is_nothing_to_say() -> None:
    empty = pl.DataFrame(schema=ANSWERS)
    assert kaplan_meier(empty, "shown_on", TODAY) == TooFew(0)
    assert claim_to_verification(empty, TODAY) == TooFew(0)
    assert by_cohort(empty, "shown_on", TODAY) == ()
    assert responses(empty, TODAY) == Responses(0, 0, 0, 0, 0, 0, TooFew(0))
    assert original_dates(empty, TODAY) == OriginalDates(0, 0, 0, 0, 0, TooFew(0))
    assert slips(empty, TODAY) == Slips(0, 0, 0, 0)
    assert {count for _, count in evidence_mix(empty, TODAY)} == {0}


days_around = st.none() | st.integers(-400, 400).map(lambda days: TODAY - timedelta(days=days))
histories = st.lists(
    st.fixed_dictionaries({day: days_around for day in DAYS if day != "original_due_on"}),
    max_size=12,
)
FIGURES = (responses, original_dates, slips, closed_untested, regressions, evidence_mix,
           claim_to_verification)  # fmt: skip
COMING = ("responded_on", "claimed_on", "implemented_on", "shown_on", "regressed_on", "closed_on")


@settings(max_examples=60, deadline=None)
@given(histories)
def test_what_comes_later_changes_no_figure_of_today(rows: list[Row]) -> None:
    forgotten = [
        row | {day: None for day in COMING if isinstance(row[day], date) and row[day] > TODAY}  # type: ignore[operator]
        for row in rows
        if isinstance(row["published_on"], date) and row["published_on"] <= TODAY
    ]
    for figure in FIGURES:
        assert figure(frame(rows), TODAY) == figure(frame(forgotten), TODAY)
    for event in EVENTS:
        assert kaplan_meier(frame(rows), event, TODAY) == kaplan_meier(
            frame(forgotten), event, TODAY
        )


@settings(max_examples=60, deadline=None)
@given(histories)
def test_every_answer_is_counted_once(rows: list[Row]) -> None:
    published = [
        r for r in rows if isinstance(r["published_on"], date) and r["published_on"] <= TODAY
    ]
    found = responses(frame(rows), TODAY)
    assert len(published) == sum(n for n in vars(found).values() if isinstance(n, int))
    assert sum(count for _, count in evidence_mix(frame(rows), TODAY)) == len(published)
    drawn = kaplan_meier(frame(rows), "shown_on", TODAY)
    if isinstance(drawn, Curve):
        counted = sum(s.events + s.censored for s in drawn.steps)
        assert counted == drawn.answers == len(published)
