"""What chance alone gives a count of events: the exact Poisson interval.

Garwood (1936), Biometrika 28:437, by the quantiles of the gamma distribution. It takes events not
to depend on each other; children counted twice in a year, or groups, make the truth wider.
"""

from scipy.special import gammaincinv

LEVEL = 0.95


def garwood(count: int, level: float = LEVEL) -> tuple[float, float]:
    """Return how many events could as well have come with the count; 0 gives 0 to 3.69 at 95 %.

    Raises ValueError for a count below 0.
    """
    if count < 0:
        message = f"{count} is not a count"
        raise ValueError(message)
    tail = (1 - level) / 2
    low = float(gammaincinv(count, tail)) if count else 0.0
    return low, float(gammaincinv(count + 1, 1 - tail))
