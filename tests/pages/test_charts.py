"""Charts say what they draw: in the caption stretch by stretch, and in words in their place."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from data_model.vocabulary import AreaKind, Better, Nation, SamplingMethod, Symbol
from inspect_app.services import series
from inspect_app.services.reference import AreaValue
from inspect_app.services.scorecards import Line
from inspect_app.services.series import Series
from inspect_app.ui import charts
from inspect_app.ui.chart_words import (
    CHOSEN,
    CROSSED,
    FIGURES_ONLY,
    FLAGGED,
    MEDIAN,
    SMALL,
    caption,
    in_text,
)
from metrics.indicator import Group
from metrics.intervals import NO_INTERVAL
from metrics.outcome import Count, NoNumber, Outcome, Rate, Share

STEADY = [12, 14, 11, 13, 12, 15, 13, 11, 14, 12, 13, 14]
LOW_THEN_HIGH = [40, 42] * 5 + [80, 82] * 3
WITHHELD = NoNumber(Symbol.WITHHELD)
PLACE = AreaValue(
    "X06000001",
    "Aldermere",
    None,
    AreaKind.LOCAL_AUTHORITY,
    Nation.ENGLAND,
    None,
    None,
    None,
    None,
    invented=True,
)


def drawn(
    outcomes: Sequence[Outcome], indicator: str = "cse-referrals", breaks: Sequence[int] = ()
) -> Series:
    """Return a series of quarters from January 2022 on, with a recording change at each break."""
    (made,) = series.all_of(
        _line(outcome, at, indicator, at in breaks) for at, outcome in enumerate(outcomes)
    )
    return made


def _line(outcome: Outcome, at: int, indicator: str, breaks: bool) -> Line:  # noqa: FBT001 - a cell
    start, after = (date(2022 + n // 4, 3 * (n % 4) + 1, 1) for n in (at, at + 1))
    return Line(
        indicator=indicator,
        title="A title",
        group=Group.CSE,
        better=Better.HIGHER,
        area=PLACE,
        period=f"Quarter {at + 1}",
        period_start=start,
        period_end=after - timedelta(days=1),
        in_quarter=False,
        outcome=outcome,
        means="",
        subject=None,
        breaks=breaks,
        source="Return of the council, version 1",
        note=None,
        published=True,
    )


def counts(numbers: Sequence[int]) -> list[Outcome]:
    return [Count(number) for number in numbers]


def shares(numbers: Sequence[int], out_of: int = 100) -> list[Outcome]:
    return [Share(number, out_of, None) for number in numbers]


def test_the_caption_says_of_each_stretch_what_is_drawn_there() -> None:
    held = drawn(counts([*STEADY, 3, 4, 2]), breaks=[12])
    assert caption(held).startswith(
        "Quarter 1 until Quarter 12: XmR chart with the limits of usual variation, dashed, about "
        f"the mean. Quarter 13 until Quarter 15: {FIGURES_ONLY}."
    )


def test_stretches_that_are_drawn_alike_are_told_once() -> None:
    said = caption(drawn(counts([1, 2, 3, 4]), breaks=[2]))
    assert said.startswith(f"On either side of every break {FIGURES_ONLY}.")


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (drawn(counts(STEADY[:10])), MEDIAN),
        (drawn(shares([1, 0, 0] * 5, 30)), SMALL),
        (
            drawn(
                [Share(n, 19, None, NO_INTERVAL[SamplingMethod.NOT_STATED]) for n in STEADY],
                "audit-cases-good",
            ),
            CHOSEN,
        ),
        (drawn(counts([*STEADY[:6], 60, *STEADY[6:]])), FLAGGED),
        (drawn(shares(LOW_THEN_HIGH)), CROSSED),
    ],
)
def test_the_caption_says_why_there_are_no_limits_and_what_diamonds_are(
    held: Series, said: str
) -> None:
    assert said[1:] in caption(held)


@pytest.mark.parametrize("outcome", [Count(7), Share(7, 30, None), Rate(7, 9_000, 10_000)])
def test_every_caption_has_n_and_the_source(outcome: Outcome) -> None:
    said = caption(drawn([outcome, WITHHELD, outcome]))
    assert "n: figures for 2 of 3 quarters;" in said
    assert said.endswith("Source: Return of the council.")


def test_a_target_is_drawn_with_its_value_and_stands_in_the_caption_with_its_source() -> None:
    held = drawn(shares(LOW_THEN_HIGH), "rhi-offered")
    assert "Target 100%, set by statutory guidance in England (G.5 para 25)" in caption(held)
    figure = charts.chart(held)
    line = next(trace for trace in figure.data if trace.name == "Target")
    assert set(line.y) == {1.0}
    assert "Target 100%" in [each.text for each in figure.layout.annotations]
    assert "Target" not in caption(drawn(shares(LOW_THEN_HIGH), "rhi-accepted"))


def test_the_text_in_place_of_a_chart_has_its_numbers_breaks_and_gaps() -> None:
    held = drawn([*counts([5, 9]), WITHHELD, *counts([2, 4])], breaks=[3])
    said = in_text(held)
    assert "First: 5, Quarter 1; last: 4, Quarter 5; lowest: 2, Quarter 4; highest: 9" in said
    assert "breaks: before Quarter 4; without a figure: Quarter 3." in said
    whole = in_text(drawn(shares(LOW_THEN_HIGH), "rhi-offered"))
    assert "First: 40 of 100 (40.0%), Quarter 1" in whole
    assert "breaks: none; without a figure: none; Variation: improvement" in whole
    assert "Assurance: consistently misses the target of 100%" in whole


def test_where_the_level_changed_only_the_newer_one_is_in_diamonds() -> None:
    held = drawn(shares(LOW_THEN_HIGH))
    assert all(held.signals)
    assert charts.flagged(held) == set(range(10, 16))
    assert charts.flagged(drawn(counts([*STEADY, 60]))) == {12}


def test_of_points_beyond_a_limit_side_by_side_the_last_has_its_count() -> None:
    assert charts.named(drawn(shares(LOW_THEN_HIGH))) == [0, 15]
    assert charts.named(drawn(counts([*STEADY[:6], 60, *STEADY[6:]]))) == [0, 6, 12]


def test_names_of_lines_never_lie_on_each_other() -> None:
    placed = charts.spread({"Mean": 0.5, "Upper limit": 0.52, "Target": 0.53, "Lower": 0.1}, 0.1)
    assert placed == pytest.approx({"Lower": 0.1, "Mean": 0.5, "Upper limit": 0.6, "Target": 0.7})


def test_breaks_that_are_near_together_name_their_period_alone() -> None:
    near = charts.chart(drawn(counts(STEADY), breaks=[6, 8])).layout.annotations
    texts = [each.text for each in near if each.text.startswith("Break")]
    assert texts == ["Break<br>before<br>Sep 2023", "Break<br>before<br>Mar 2024"]
    far = charts.chart(drawn(counts(STEADY), breaks=[2, 8])).layout.annotations
    assert [each.text.startswith("Break. ") for each in far][:2] == [True, True]
