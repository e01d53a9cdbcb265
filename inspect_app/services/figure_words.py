"""A figure in words: the count and what it is out of, beside every share, and its interval."""

from metrics.outcome import Count, NoNumber, Outcome, Rate, Share, Stated, TooFew, in_words

WHOLE = "none: a count of what was recorded, not an estimate"
UNSTATED = "none: the counts behind it are not published"
NOTHING = "none: there is no number"
CHANGED = "Recording or definition changed here: not comparable with earlier figures"


def figure(outcome: Outcome) -> tuple[str, str]:
    """Return the count with what it is out of, and the share or rate that this makes."""
    match outcome:
        case Share():
            return f"{outcome.count:,} of {outcome.out_of:,}", f"{outcome.share:.1%}"
        case Rate():
            counts = f"{outcome.count:,} in {outcome.out_of:,}"
            return counts, f"{outcome.rate:.1f} per {outcome.per:,}"
        case Count():
            return f"{outcome.count:,}", "a count by itself"
        case Stated():
            said, _, why = in_words(outcome).partition(" (")
            return said, why.removesuffix(")")
        case NoNumber() | TooFew():
            return in_words(outcome), ""


def interval(outcome: Outcome) -> str:
    """Return the interval of an estimate with its method, or why there is none."""
    match outcome:
        case Share(interval=None):
            return f"none: {outcome.why_no_interval or 'no sample was drawn'}"
        case Share(interval=held) if held is not None:
            return f"{held.low:.1%} to {held.high:.1%} ({held.method})"
        case Rate():
            low, high = outcome.interval.low, outcome.interval.high
            per = f"per {outcome.per:,}"
            return f"{low:.1f} to {high:.1f} {per} ({outcome.interval.method})"
        case Stated():
            return UNSTATED
        case NoNumber() | TooFew():
            return NOTHING
        case _:
            return WHOLE


def counts(outcome: Outcome) -> str:
    """Return a figure as part of a sentence, without its interval."""
    if isinstance(outcome, Share):
        return f"{outcome.count:,} of {outcome.out_of:,} ({outcome.share:.1%})"
    if isinstance(outcome, Rate):
        counted, rate = figure(outcome)
        return f"{rate} ({counted})"
    return in_words(outcome)
