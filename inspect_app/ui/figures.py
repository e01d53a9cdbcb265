"""A scorecard on the screen: the count and what it is out of beside every share, and why."""

from collections.abc import Iterable

from inspect_app.services.scorecards import Line, Scorecard
from inspect_app.ui.markup import Markup, items, more, show, table, tag, together
from metrics.indicator import Group, Quarter
from metrics.outcome import Count, NoNumber, Outcome, Rate, Share, Stated, TooFew, in_words

HEADINGS = ["Indicator", "Count and what it is out of", "Interval", "Period", "Source"]
WHOLE = "none: a count of what was recorded, not an estimate"
UNSTATED = "none: the counts behind it are not published"
NOTHING = "none: there is no number"
POINTS = "The same figures as a table, oldest first"
CHANGED = "Recording or definition changed here: not comparable with earlier figures"


def scorecard(held: Scorecard) -> None:
    """Draw a scorecard, group by group, and say for what there is no figure."""
    for group in Group:
        lines = [line for line in held.lines if line.group is group]
        if lines:
            rows = (_row(line, held) for line in lines)
            show(tag("h3", group.english), table(group.english, HEADINGS, rows, fixed=True))
    if held.missing:
        said = f"Indicators with no figure for this area by then ({len(held.missing)})"
        show(more(said, items(*held.missing)))


def _row(line: Line, held: Scorecard) -> list[object]:
    return [
        _indicator(line),
        _figure(line),
        tag("span", interval(line.outcome), css="small"),
        _period(line, held.quarter),
        _source(line, own=line.area.code == held.area.code),
    ]


def _indicator(line: Line) -> Markup:
    return together(
        tag("p", tag("strong", line.title)),
        tag("p", _sentence(line.means), css="small"),
        tag("p", f"In this figure: {line.subject}.", css="small") if line.subject else None,
        tag("p", f"{line.better.english}.", css="small"),
    )


def _sentence(text: str) -> str:
    end = "" if text.endswith(("?", ".")) else "."
    return f"{text[:1].upper()}{text[1:]}{end}"


def _figure(line: Line) -> Markup:
    first, rest = figure(line.outcome)
    return together(
        tag("p", tag("strong", first), css="number"),
        tag("p", rest, css="small") if rest else None,
        tag("p", tag("span", CHANGED, css="mark")) if line.breaks else None,
    )


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
        case Stated():
            return UNSTATED
        case NoNumber() | TooFew():
            return NOTHING
        case _:
            return WHOLE


def _period(line: Line, quarter: Quarter | None) -> Markup:
    older = tag("p", tag("span", _lies(line, quarter), css="mark")) if quarter else None
    return together(tag("p", line.period), None if line.in_quarter else older)


def _lies(line: Line, quarter: Quarter) -> str:
    ended = line.period_end
    if ended is not None and ended >= quarter.start:
        return "Longer period, ending in this quarter"
    return "Older figure, from before this quarter"


def _source(line: Line, *, own: bool) -> Markup:
    wider = "police force area" in line.area.label and not own
    said = f"{line.area.label}. Not this area alone."
    return together(
        tag("p", tag("span", said, css="mark")) if wider else None,
        tag("p", f"{line.source}.", css="small"),
        tag("p", line.note, css="small") if line.note else None,
        None if line.published or line.inspection else _returned(),
    )


def _returned() -> Markup:
    return tag("p", "From a return; not published yet.", css="small")


def points(lines: Iterable[Line]) -> Markup:
    """Return a series as a table: the text that stands for the chart."""
    return table(
        POINTS,
        ["Period", "Count and what it is out of", "Share or rate", "Interval", "Remarks"],
        (_point(line) for line in lines),
        fixed=True,
    )


def _point(line: Line) -> list[object]:
    first, rest = figure(line.outcome)
    remarks = [CHANGED if line.breaks else None, line.subject, line.note]
    said = (tag("p", remark, css="small") for remark in remarks if remark)
    return [line.period, first, rest, interval(line.outcome), together(*said)]
