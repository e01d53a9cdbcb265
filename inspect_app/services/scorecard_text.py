"""A scorecard as text: a table to read, and CSV and JSON that say the same."""

import csv
import io
import json

from inspect_app.services.scorecards import Line, Scorecard
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
)


def as_table(card: Scorecard) -> str:
    """Return a heading and a line for each figure."""
    until = f"at the end of {card.quarter.label}" if card.quarter else "latest figures"
    heading = f"{card.area.label} ({card.area.code}), {until}"
    rows = _rows(card)
    if not rows:
        return f"{heading}\nThere are no figures for this area and time."
    width = max(len(row["title"]) for row in rows)
    body = [f"{row['title']:<{width}}  {row['says']}  [{row['period']}]" for row in rows]
    return "\n".join([heading, *body])


def as_csv(card: Scorecard) -> str:
    """Return a header and a row for each figure."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADINGS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_rows(card))
    return out.getvalue().rstrip("\n")


def as_json(card: Scorecard) -> str:
    """Return the area, the quarter and the figures as one object."""
    held = {
        "area_code": card.area.code,
        "area_name": card.area.label,
        "quarter": str(card.quarter) if card.quarter else None,
        "indicators": _rows(card),
    }
    return json.dumps(held, ensure_ascii=False, indent=2)


def _rows(card: Scorecard) -> list[dict[str, str]]:
    return [_row(line) for line in card.lines]


def _row(line: Line) -> dict[str, str]:
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
    }


FORMATS = {"table": as_table, "csv": as_csv, "json": as_json}
