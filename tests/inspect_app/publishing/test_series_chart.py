"""The line of an indicator: no line across a break, and all it shows is said in words."""

import re
from collections.abc import Sequence

from data_model.vocabulary import Symbol
from inspect_app.publishing.area_view import figure_tables
from inspect_app.publishing.content import PublishedFigure
from inspect_app.publishing.language import ENGLISH, WELSH, Language
from inspect_app.publishing.series_chart import series_chart
from tests.inspect_app.publishing.builders import figure


def drawn(figures: Sequence[PublishedFigure], language: Language = ENGLISH) -> str | None:
    (table,) = figure_tables(figures)
    return series_chart(table, language)


def years(*values: float | None, breaks: int | None = None) -> list[PublishedFigure]:
    return [
        figure(
            period=f"20{10 + at}/{11 + at}",
            period_start=None,
            value=value,
            numerator=Symbol.WITHHELD if value is None else 11,
            breaks=at == breaks,
        )
        for at, value in enumerate(values)
    ]


def test_two_figures_are_not_drawn() -> None:
    assert drawn(years(1.0, 2.0)) is None
    assert drawn(years(1.0, None, 2.0)) is None


def test_no_line_crosses_a_break_and_it_is_said() -> None:
    svg = drawn(years(1.0, 2.0, 3.0, 4.0, breaks=2)) or ""
    assert svg.count("<polyline") == 2
    assert svg.count("stroke-dasharray") == 1
    assert "Nothing compares across 1 break." in svg


def test_a_value_that_is_missing_is_said_and_not_drawn_as_nought() -> None:
    svg = drawn(years(1.0, None, 3.0, 4.0)) or ""
    assert svg.count("<circle") == 3
    assert "1 value is missing." in svg


def test_the_words_give_the_first_and_the_last_in_each_language() -> None:
    english = drawn(years(1.0, 2.0, 3.0)) or ""
    (title,) = re.findall("<title>(.*)</title>", english)
    assert title.endswith("3 figures, from 2010/11 (1.0) to 2012/13 (3.0).")
    welsh = drawn(years(1.0, 2.0, 3.0), WELSH) or ""
    assert "3 ffigur, o 2010/11 (1.0) hyd at 2012/13 (3.0)." in welsh
    assert 'role="img"' in english


def test_counts_without_a_value_are_drawn_as_counts() -> None:
    counts = [figure(period=f"201{at}", period_start=None, value=None) for at in range(3)]
    assert (drawn(counts) or "").count("<circle") == 3
