"""The indicators of a scorecard as rows, in words and in numbers, for its CSV and its JSON."""

from inspect_app.services.board_reading import BoardReading, Entry
from inspect_app.services.figure_words import figure, interval
from metrics.outcome import Count, Interval, Outcome, Rate, Share, in_words

Cell = str | int | float | None

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
    "numerator",
    "denominator",
    "low",
    "high",
)


def rows(held: BoardReading) -> list[dict[str, Cell]]:
    """Return a row for each indicator, by `HEADINGS`.

    The last four are plain numbers, or None where there is none: the counts behind a figure, and
    the ends of its interval, as a share between 0 and 1 or in the rate's own unit.
    """
    return [{**_words(entry), **numbers(entry.line.outcome)} for entry in held.entries]


def _words(entry: Entry) -> dict[str, Cell]:
    line = entry.line
    counted, share = figure(line.outcome)
    return {
        "indicator": line.indicator,
        "title": line.title,
        "area": line.area.label,
        "period": entry.period,
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


def numbers(outcome: Outcome) -> dict[str, Cell]:
    """Return the counts behind a figure and the ends of its interval, None where there is none."""
    match outcome:
        case Share() | Rate():
            return _numbers(outcome.count, outcome.out_of, outcome.interval)
        case Count():
            return _numbers(outcome.count, None, None)
        case _:
            return _numbers(None, None, None)


def _numbers(count: int | None, out_of: int | None, held: Interval | None) -> dict[str, Cell]:
    low, high = (held.low, held.high) if held else (None, None)
    return {"numerator": count, "denominator": out_of, "low": low, "high": high}
