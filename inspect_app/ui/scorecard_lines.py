"""Every indicator of a scorecard on the screen: its figure, its interval, what may be said."""

from base64 import b64encode
from collections.abc import Iterable, Sequence

from inspect_app.services.board_reading import RETURNED, Entry, drawn
from inspect_app.services.figure_words import figure, interval
from inspect_app.ui.markup import Markup, items, more, show, table, tag, together
from metrics.indicator import Group
from metrics.outcome import NoNumber

HEADINGS = ("Indicator", "Count and what it is out of", "Interval", "Period", "What may be said")
SIZE = {"width": 180.0, "height": 56.0}
"""Of a small chart, in the screen's own pixels."""


def draw(group: Group, entries: Sequence[Entry]) -> None:
    """Draw the indicators of a group as a table; those with a mark for a number are folded away."""
    marked = [entry for entry in entries if isinstance(entry.line.outcome, NoNumber)]
    figures = [entry for entry in entries if entry not in marked]
    said = f"{group.english}: {len(marked)} with a mark where a number should be"
    show(
        tag("h3", group.english),
        _table(group.english, figures),
        more(said, _table(said, marked)),
    )


def _table(caption: str, entries: Sequence[Entry]) -> Markup | None:
    rows = [_row(entry) for entry in entries]
    return table(caption, HEADINGS, rows, fixed=True) if rows else None


def _row(entry: Entry) -> list[object]:
    return [
        _indicator(entry),
        _figure(entry),
        tag("span", interval(entry.line.outcome), css="small"),
        together(tag("p", entry.line.period), *_marks(entry)),
        _said(entry),
    ]


def _indicator(entry: Entry) -> Markup:
    line = entry.line
    return together(
        tag("p", tag("strong", line.title)),
        tag("p", f"In this figure: {line.subject}.", css="small") if line.subject else None,
        more(
            "How it is counted",
            tag("p", entry.counted, css="small"),
            tag("p", f"Source of the figure: {line.source}.", css="small"),
            tag("p", line.note, css="small") if line.note else None,
        ),
    )


def _figure(entry: Entry) -> Markup:
    first, rest = figure(entry.line.outcome)
    return together(
        tag("p", tag("strong", first)),
        tag("p", rest, css="small") if rest else None,
    )


def _marks(entry: Entry) -> Iterable[Markup]:
    """Return what warns of a figure; that a return is not published yet warns of nothing."""
    said = ((mark, "small" if mark == RETURNED else "mark") for mark in entry.marks)
    return (tag("p", tag("span", mark, css=css)) for mark, css in said)


def _said(entry: Entry) -> Markup:
    return together(
        tag("p", entry.says, css="small"),
        more(f"Breaks ({len(entry.breaks)})", items(*entry.breaks)) if entry.breaks else None,
        tag("p", entry.neighbours, css="small") if entry.neighbours else None,
        _small_chart(entry),
    )


def _small_chart(entry: Entry) -> Markup | None:
    """Draw the series without words; what it shows and its table are said beside and below it."""
    if entry.series is None:
        return None
    said = f"{entry.series.points[0].period} to {entry.series.points[-1].period}. {entry.says}"
    drawing = b64encode(drawn(entry.series, **SIZE).encode()).decode()
    return tag("img", src=f"data:image/svg+xml;base64,{drawing}", alt=said, width="100%")
