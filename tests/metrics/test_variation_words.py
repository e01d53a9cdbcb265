"""What a control chart says: the cause first, with since when; marks with a sign and words."""

import pytest

from data_model.vocabulary import Better, Symbol
from metrics.outcome import NoNumber, Rate, Share
from metrics.variation import AgainstTarget, Chart, Variation, p_chart, u_chart, xmr
from metrics.variation_words import COARSE, Called, Mark, in_words, marks

HIGHER, LOWER, NEITHER = Better.HIGHER, Better.LOWER, Better.NEITHER
WITHHELD = NoNumber(Symbol.WITHHELD)
USUAL = [5.0, 8.0, 5.0, 8.0, 5.0, 8.0, 5.0, 8.0, 5.0, 8.0, 5.0, 8.0]
ZIGZAG = [0.0, 60.0] * 10
LEVELS = [10.0, 12.0] * 4 + [30.0, 32.0] * 4


def quarters(many: int) -> Called:
    """Return names of so many quarters."""
    return Called("quarters", [f"quarter {at + 1}" for at in range(many)])


def shares(*counts: tuple[int, int]) -> list[Share]:
    """Return shares of these counts."""
    return [Share(count, out_of, None) for count, out_of in counts]


def said(values: list[float], better: Better = LOWER) -> str:
    """Return what an XmR chart of quarters says."""
    return in_words(xmr(values, better), quarters(len(values)))


def test_a_figure_beyond_a_limit_is_said_with_the_limits_and_what_it_means() -> None:
    assert in_words(xmr([*USUAL, 30.0], NEITHER, least=0)) == (
        "The latest figure, 30, lies above the usual 0 to 20.5: neither good nor bad news by "
        "itself."
    )


def test_usual_variation_and_a_target_that_is_missed() -> None:
    chart = p_chart(shares(*[(20, 60), (24, 60)] * 6), HIGHER, target=0.9)
    assert in_words(chart) == (
        "The latest figure, 40.0%, is no more than usual variation: figures from 18.0% to 55.3% "
        "are to be expected here. Left as it is, this will miss the target of 90%."
    )


def test_a_rate_says_what_it_is_per() -> None:
    rates = [Rate(count, 6_000, 10_000) for count in [20, 24] * 6]
    assert "The latest figure, 40 per 10,000, is no more" in in_words(u_chart(rates, LOWER))


def test_a_run_is_said_first_with_since_when_and_the_latest_figure_after_it() -> None:
    steady = [20.0, 22.0, 21.0, 22.0, 20.0, 21.0, 20.0]
    assert said([*ZIGZAG, *steady]) == (
        "Seven or more quarters in a row lie below the mean, 27.6, since quarter 21: an "
        "improvement. The latest figure is 20."
    )


def test_a_trend_is_said_with_since_when() -> None:
    rising = [float(n) for n in range(31, 38)]
    assert said([*ZIGZAG, *rising]).startswith(
        "Seven or more quarters in a row each lie above the one before, since quarter 21: a concern"
    )
    falling = said([*ZIGZAG, *reversed(rising)])
    assert falling.startswith("Seven or more quarters in a row each lie below the one before")


def test_two_of_three_near_a_limit_give_way_to_a_run_of_seven() -> None:
    near = said([*[50.0, 51.0] * 10, 53.0, 53.0])
    assert near.startswith(
        "Two of the last three quarters lie close to the upper limit, 53.4: a concern"
    )
    both = [*[50.0, 51.0] * 10, *[51.3] * 5, 52.7, 52.7]
    chart = xmr(both, LOWER)
    assert chart.points[-1].signal is not None
    assert str(chart.points[-1].signal.cause) == "two_in_three"
    assert said(both).startswith("Seven or more quarters in a row lie above the mean, 50.")


def test_a_figure_beyond_a_limit_in_a_run_says_both() -> None:
    both = said([*[50.0, 51.0] * 10, *[52.0] * 6, 60.0])
    assert both.startswith("The latest figure, 60, lies above the usual 4")
    assert "Seven or more quarters in a row lie above the mean" in both
    assert both.index("since quarter 21") > both.index("above the usual")


def test_a_level_that_changed_without_a_break_is_named() -> None:
    assert said(LEVELS).endswith(
        "The level has changed, since quarter 9: seven or more quarters in a row before lie on the "
        "other side of the mean, and no break was declared. Ask whether practice, recording or the "
        "definition changed."
    )
    assert "level" not in said([*ZIGZAG, *[20.0, 22.0, 21.0, 22.0, 20.0, 21.0, 20.0]])


def test_the_words_say_what_is_missing() -> None:
    assert in_words(xmr([], LOWER)) == "There is no period to look at."
    few = in_words(xmr([*USUAL, 3.0, WITHHELD], LOWER, breaks=[12]), quarters(14))
    assert few == (
        "Too few points to say what is usual: 1 since the last break, and it takes 12. "
        "Without a figure: 1 of 14 quarters."
    )


def test_the_latest_figure_is_said_with_its_count_where_it_is_given() -> None:
    called = Called("quarters", latest="30 of 60 (50.0%)")
    chart = p_chart(shares(*[(20, 60), (24, 60)] * 6, (30, 60)), HIGHER)
    assert in_words(chart, called).startswith("The latest figure, 30 of 60 (50.0%), is no more")


def test_periods_without_names_are_not_dated() -> None:
    assert "since" not in in_words(xmr(LEVELS, LOWER))


@pytest.mark.parametrize("better", Better)
def test_no_sentence_speaks_in_colours_or_arrows(better: Better) -> None:
    for last in (5.0, 30.0, -30.0, WITHHELD):
        words = in_words(xmr([*USUAL, last], better, target=5)).lower()
        assert not any(word in words for word in ("red", "amber", "green", "↑", "↓", "→"))
        assert words.endswith(".")


@pytest.mark.parametrize(
    ("last", "better", "target", "expected"),
    [
        (5.0, HIGHER, None, [("~", "Variation: usual variation")]),
        (60.0, HIGHER, None, [("H", "Variation: improvement, higher than usual")]),
        (60.0, LOWER, None, [("H", "Variation: concern, higher than usual")]),
        (-60.0, LOWER, None, [("L", "Variation: improvement, lower than usual")]),
        (60.0, NEITHER, 5.0, [("H", "Variation: higher than usual")]),
        (-60.0, NEITHER, None, [("L", "Variation: lower than usual")]),
    ],
)
def test_the_mark_of_variation_has_a_sign_and_words(
    last: float, better: Better, target: float | None, expected: list[tuple[str, str]]
) -> None:
    found = marks(xmr([*USUAL, last], better, target=target))
    assert [(mark.sign, mark.words) for mark in found] == expected


@pytest.mark.parametrize(
    ("target", "sign", "verdict"),
    [
        (0.1, "P", "consistently meets the target of 10%"),
        (0.9, "F", "consistently misses the target of 90%"),
        (0.4, "?", "sometimes meets and sometimes misses the target of 40%"),
    ],
)
def test_the_mark_of_assurance_says_whose_target_it_is(
    target: float, sign: str, verdict: str
) -> None:
    chart = p_chart(shares(*[(20, 60), (24, 60)] * 6), HIGHER, target=target)
    found = marks(chart, "set by the council (F.4 para 30)")[-1]
    assert found == Mark(sign, f"Assurance: {verdict}, set by the council (F.4 para 30)")
    assert "%, set by the council (F.4 para 30)." in in_words(
        chart, whose="set by the council (F.4 para 30)"
    )
    assert found.text.startswith(f"[{sign}] Assurance: ")
    assert isinstance(chart.against_target, AgainstTarget)


def test_nothing_is_marked_where_limits_are_on_trial_or_the_numbers_too_small() -> None:
    few: Chart = xmr(USUAL[:5], LOWER, target=5)
    coarse = xmr([0.0, 1.0] * 7, LOWER, target=5, least=0, step=1)
    assert marks(few) == marks(coarse) == ()
    assert in_words(coarse) == f"{COARSE}."
    assert few.variation is None
    assert Variation.COMMON_CAUSE not in (few.variation, coarse.variation)
