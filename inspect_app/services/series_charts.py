"""The control chart of a series: which kind its numbers take, and the target they are held against.

Shares of cases that were chosen, or of which nothing says how, have none: chance did not pick them.
"""

from collections.abc import Sequence
from datetime import date

from inspect_app.services.scorecards import Line
from metrics import BY_CODE, variation
from metrics.figures import Missing, stands_alone
from metrics.indicator import Reported, Target
from metrics.outcome import Count, Outcome, Rate, Share
from metrics.variation import Chart


def chart_of(
    outcomes: Sequence[Outcome], line: Line, kind: type[Outcome] | None, breaks: Sequence[int]
) -> Chart | None:
    """Return the chart of outcomes of one kind, the earliest first, or None where there is none.

    `line` is the newest of them, and `breaks` the positions, from 0, where new stretches begin.
    """
    if kind is Share:
        return _of_shares(outcomes, line, breaks)
    if kind is Rate:
        rates = [each for each in outcomes if isinstance(each, Rate | Missing)]
        return variation.u_chart(rates, line.better, breaks=breaks)
    if kind is Count:
        counts = [each.count if isinstance(each, Count) else each for each in outcomes]
        values = [each for each in counts if isinstance(each, int | Missing)]
        return variation.xmr(values, line.better, breaks=breaks, least=0, step=1)
    return None


def target_of(line: Line, kind: type[Outcome] | None) -> Target | None:
    """Return the declared target, in percent, if it stands for the area on the line's last day.

    Only shares have one: sources state targets in percent and none of counts or rates.
    """
    declared = BY_CODE[line.indicator]
    held = declared.target if isinstance(declared, Reported) else None
    on = line.period_end or date.min
    stands = held is not None and kind is Share and held.holds(line.area.nation, on)
    return held if stands else None


def whose(target: Target) -> str:
    """Return whose target it is and where that is stated."""
    return f"{target.whose} ({target.source})"


def _of_shares(outcomes: Sequence[Outcome], line: Line, breaks: Sequence[int]) -> Chart | None:
    shares = [each for each in outcomes if isinstance(each, Share | Missing)]
    if any(isinstance(share, Share) and stands_alone(share) for share in shares):
        return None
    held = target_of(line, Share)
    target = held.value / 100 if held else None
    return variation.p_chart(shares, line.better, breaks=breaks, target=target)
