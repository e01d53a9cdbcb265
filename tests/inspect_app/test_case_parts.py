"""Indicators of cases taken apart: every row in one part, nobody dropped, nobody else sees them."""

from collections.abc import Callable

import pytest

from data_model.vocabulary import Breakdown
from inspect_app.errors import NotFound
from inspect_app.services import case_parts, scorecards
from inspect_app.services.scorecards import Line
from inspect_app.signed_in import SignedIn
from metrics.outcome import Share, TooFew

SignIn = Callable[[str], SignedIn]
AREA, AGREED = "X06000001", "ALD-2025-JTAI"


def lines(by: SignedIn) -> list[Line]:
    """Return the lines of the invented area that are counted in its cases."""
    return [line for line in scorecards.scorecard(AREA, by=by).lines if line.inspection]


def test_the_parts_of_every_line_sum_to_the_line(signed_in: SignIn) -> None:
    lead = signed_in("priya-lead")
    seen = 0
    for line in lines(lead):
        if not isinstance(line.outcome, Share):
            continue
        for breakdown in {part.breakdown for part in case_parts.of_line(line, by=lead)}:
            parts = [
                p.outcome for p in case_parts.of_line(line, by=lead) if p.breakdown is breakdown
            ]
            shares = [part for part in parts if isinstance(part, Share)]
            assert sum(part.count for part in shares) == line.outcome.count
            assert sum(part.out_of for part in shares) == line.outcome.out_of
            assert all(isinstance(part, Share | TooFew) for part in parts)
            seen += 1
    assert seen > 40


def test_parts_stand_in_the_order_of_their_list_with_those_nobody_recorded(
    signed_in: SignIn,
) -> None:
    lead = signed_in("priya-lead")
    line = next(line for line in lines(lead) if line.indicator == "case-voice-recorded")
    parts = [p for p in case_parts.of_line(line, by=lead) if p.breakdown is Breakdown.AGE_BAND]
    order = [str(word) for word in Breakdown.AGE_BAND.categories]
    found = [part.category for part in parts if part.category]
    assert found == sorted(found, key=order.index)
    assert len(found) > 2


def test_a_stated_figure_has_no_parts_of_cases(signed_in: SignIn) -> None:
    lead = signed_in("priya-lead")
    line = next(x for x in scorecards.scorecard(AREA, by=lead).lines if x.figure)
    assert case_parts.of_line(line, by=lead) == ()


def test_who_may_not_see_the_inspection_gets_no_parts(signed_in: SignIn) -> None:
    line = lines(signed_in("priya-lead"))[0]
    with pytest.raises(NotFound):
        case_parts.of_line(line, by=signed_in("harpreet-director"))
