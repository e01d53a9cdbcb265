"""Every indicator of a scorecard on the screen: its figure, its interval, what may be said."""

from base64 import b64encode
from collections.abc import Iterable, Sequence

from inspect_app.services import board_words
from inspect_app.services.board_periods import point_period
from inspect_app.services.board_reading import Entry, drawn
from inspect_app.services.figure_words import figure, interval
from inspect_app.ui.markup import Markup, items, more, show, table, tag, together
from metrics.indicator import Group
from metrics.outcome import NoNumber, in_words

HEADINGS = ("Indicator", "Count and what it is out of", "Interval", "Period", "What may be said")
SIZE = {"width": 180.0, "height": 56.0}
"""Of a small chart, in the screen's own pixels."""


def named(group: Group, entries: Sequence[Entry]) -> str:
    """Return what a group is called, with how many figures are in it and how many changed."""
    marked = sum(isinstance(entry.line.outcome, NoNumber) for entry in entries)
    changed = sum(entry.series is not None and entry.series.changed for entry in entries)
    numbers = (
        (len(entries) - marked, "figures"),
        (changed, "changed"),
        (marked, "without a number"),
    )
    return (
        f"{group.english} ({', '.join(f'{number} {what}' for number, what in numbers if number)})"
    )


def draw(group: Group, entries: Sequence[Entry]) -> None:
    """Draw the indicators of a group as a table; those with a mark for a number are one list."""
    marked = [entry for entry in entries if isinstance(entry.line.outcome, NoNumber)]
    figures = [entry for entry in entries if entry not in marked]
    said = f"{group.english}: {len(marked)} with a mark where a number should be"
    show(_table(group.english, figures), more(said, items(*(_marked(each) for each in marked))))


def _marked(entry: Entry) -> Markup:
    said = f"{entry.signed}, {entry.period}: {in_words(entry.line.outcome)}."
    beneath = " ".join(board_words.beneath(entry))
    return together(
        tag("p", f"{said} {beneath}".strip()),
        more("How it is counted", tag("p", entry.counted, css="small")),
    )


def _table(caption: str, entries: Sequence[Entry]) -> Markup | None:
    rows = [_row(entry) for entry in entries]
    return table(caption, HEADINGS, rows, fixed=True) if rows else None


def _row(entry: Entry) -> list[object]:
    return [
        _indicator(entry),
        _figure(entry),
        tag("span", board_words.interval_shown(interval(entry.line.outcome)), css="small"),
        together(tag("p", entry.period), *_marks(entry)),
        _said(entry),
    ]


def _indicator(entry: Entry) -> Markup:
    line = entry.line
    return together(
        tag("p", tag("strong", entry.signed)),
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
    """Return what warns of a figure; that a return is not published yet is a sign at its name."""
    return (tag("p", tag("span", mark, css="mark")) for mark in entry.warns)


def _said(entry: Entry) -> Markup:
    return together(
        tag("p", entry.compared, css="small") if entry.compared else None,
        more(f"Breaks ({len(entry.breaks)})", items(*entry.breaks)) if entry.breaks else None,
        tag("p", entry.neighbours, css="small") if entry.neighbours else None,
        _small_chart(entry),
    )


def _small_chart(entry: Entry) -> Markup | None:
    """Draw the series without words; what it shows and its table are said beside and below it."""
    if entry.series is None:
        return None
    points = (entry.series.points[place] for place in (0, -1))
    first, last = (point_period(entry.series, point) for point in points)
    said = f"{first} to {last}. {entry.says}"
    drawing = b64encode(drawn(entry.series, **SIZE).encode()).decode()
    return tag("img", src=f"data:image/svg+xml;base64,{drawing}", alt=said, width="100%")
