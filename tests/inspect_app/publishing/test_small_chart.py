"""A small chart joins nothing across a break or a gap, and draws what is missing."""

import re

import pytest

from inspect_app.publishing.small_chart import small_chart


def lines(svg: str) -> list[int]:
    """Return how many points each line joins."""
    return [len(points.split()) for points in re.findall(r'<polyline points="([^"]+)"', svg)]


@pytest.mark.parametrize(
    ("values", "breaks", "joined"),
    [
        ([1.0, 2.0, 3.0], [], [3]),
        ([1.0, 2.0, 3.0, 4.0], [2], [2, 2]),
        ([1.0, 2.0, None, 3.0, 4.0], [], [2, 2]),
        ([1.0, None, 2.0, 3.0], [3], []),
        ([1.0, 2.0, 3.0], [1], [2]),
        ([None, None], [], []),
        ([5.0], [], []),
    ],
)
def test_a_line_joins_only_what_is_comparable_and_not_missing(
    values: list[float | None], breaks: list[int], joined: list[int]
) -> None:
    svg = small_chart(values, breaks)
    assert lines(svg) == joined
    assert svg.count("<circle") == sum(value is not None for value in values)
    assert svg.count("stroke-dasharray") == len(breaks)


def test_a_gap_is_a_cross_on_the_baseline_and_never_a_point_at_nought() -> None:
    svg = small_chart([1.0, None], [])
    assert svg.count("<circle") == 1
    assert svg.count("<line") == 1 + 2


def test_the_baseline_is_nought_and_the_highest_value_reaches_the_top() -> None:
    svg = small_chart([0.0, 10.0], [], height=90)
    heights = [float(y) for y in re.findall(r'cy="([0-9.]+)"', svg)]
    assert heights == [82.0, 8.0]


def test_figures_that_are_all_nought_are_drawn_on_the_baseline() -> None:
    assert set(re.findall(r'cy="([0-9.]+)"', small_chart([0.0, 0.0], []))) == {"82.0"}


def test_a_drawing_holds_no_word() -> None:
    assert re.sub(r"<[^>]+>", "", small_chart([1.0, None, 2.0], [2])) == ""
