"""The indicators of a scorecard as rows in words, which its CSV and its JSON have alike."""

from inspect_app.services.board_reading import BoardReading, Entry
from inspect_app.services.figure_words import figure, interval
from metrics.outcome import in_words

HEADINGS = (
    "indicator",
    "title",
    "area",
    "period",
    "period_start",
    "period_end",
    "says",
    "subject",
    "source",
    "note",
    "count",
    "share_or_rate",
    "interval",
    "series_says",
    "series_breaks",
    "neighbours_say",
    "marks",
    "counted",
)


def rows(held: BoardReading) -> list[dict[str, str]]:
    """Return a row for each indicator, by `HEADINGS`, every value in words."""
    return [_row(entry) for entry in held.entries]


def _row(entry: Entry) -> dict[str, str]:
    line = entry.line
    counted, share = figure(line.outcome)
    return {
        "indicator": line.indicator,
        "title": line.title,
        "area": line.area.label,
        "period": line.period,
        "period_start": line.period_start.isoformat() if line.period_start else "",
        "period_end": line.period_end.isoformat() if line.period_end else "",
        "says": in_words(line.outcome),
        "subject": line.subject or "",
        "source": line.source,
        "note": line.note or "",
        "count": counted,
        "share_or_rate": share,
        "interval": interval(line.outcome),
        "series_says": entry.says,
        "series_breaks": "; ".join(entry.breaks),
        "neighbours_say": entry.neighbours,
        "marks": "; ".join(entry.marks),
        "counted": entry.counted,
    }
