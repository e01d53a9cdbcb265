"""Moderation in words: what share was read twice, and what an agreement of readers means."""

from inspect_app.services.readings import Share as ReadTwice
from metrics.agreement import Agreement, Coefficient, NotDefined
from metrics.outcome import Share, TooFew


def share_in_words(share: ReadTwice) -> str:
    """Return what share of the cases was to be read twice and what came of it."""
    lowest = f"{share.lowest_read} of {share.lowest} with the lowest grade (asked: all)"
    others = f"{share.others_read} of {share.others} others (asked: {share.percent} %)"
    return f"{lowest}; {others}"


def percent(held: Agreement) -> str:
    """Return percent agreement with its interval, or that there is none to give."""
    said = held.percent
    if isinstance(said, TooFew):
        return "Not defined"
    return f"{said.share:.0%}{_interval(said)}"


def _interval(said: Share) -> str:
    held = said.interval
    return f" ({held.low:.0%} to {held.high:.0%})" if held else ""


def coefficient(held: Coefficient | NotDefined) -> str:
    """Return a coefficient with its interval, or in words that there is none."""
    if isinstance(held, NotDefined):
        return "Not defined"
    if held.low is None or held.high is None:
        return f"{_number(held.value)} (no interval)"
    return f"{_number(held.value)} ({_number(held.low)} to {_number(held.high)})"


def _number(value: float) -> str:
    return f"{value:.2f}".replace("-", "−")


def meaning(held: Agreement) -> str:
    """Return in a plain sentence what an agreement says beyond its percentage."""
    alpha = held.alpha
    if isinstance(alpha, NotDefined):
        said = f"Beyond the count nothing can be said: {alpha.why}."
    elif alpha.low is None or alpha.high is None:
        said = "They agreed every time; how sure that makes it, these cases cannot show."
    elif alpha.low > 0:
        said = "More than chance alone would give."
    elif alpha.high < 0:
        said = "Less than chance alone would give."
    else:
        said = "This could be chance: the interval of alpha reaches 0."
    return said + _left_out(held.one_not_graded)


def _left_out(number: int) -> str:
    if not number:
        return ""
    cases = "1 more case was" if number == 1 else f"{number} more cases were"
    return f" {cases} graded by one reader only."


WHAT_THEY_ARE = (
    "Alpha, kappa and AC1 say how far readers agree beyond what chance would give: 1 is complete, "
    "0 is chance, below 0 is worse than chance. In alpha and kappa grades further apart weigh "
    "more. Kappa can be near 0 although readers nearly always agree, when nearly all cases get "
    "the same grade; AC1 stays steady then. In brackets, 95 % intervals: with few cases they "
    "are wide, and that is the finding."
)
"""What the numbers beside percent agreement are, for somebody who has not met them."""
