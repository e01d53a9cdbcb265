"""From facts to the rows of checks on figures: series, shares and flags."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby, pairwise

import polars as pl

from metrics.checks.frames import FLAGS, RATES, SERIES
from metrics.checks.material import Material
from metrics.checks.stated import Figure, number, of_cases, ordered
from metrics.known_breaks import KnownBreak, applying
from metrics.outcome import Outcome, in_words
from metrics.stated import declared, outcome

SAME_QUESTION = {"rhi-accepted-of-missing": "rhi-accepted"}
"""Indicators that ask the same of another denominator (G.5 31.4), by the one they belong to."""

FLAGGED = (
    "flags-meeting-definition",
    "flags-not-meeting-definition",
    "unflagged-meeting-definition",
)
LIKE_LENGTH = 5
"""In days: how much periods of one series may differ in length."""


def series(material: Material) -> pl.DataFrame:
    """Return the rows of `series`: each indicator of an area, of one group of people."""
    rows = [
        _series(list(figures), material)
        for _key, figures in groupby(
            ordered(material), lambda f: (f["area"], f["indicator"], f["subject"])
        )
    ]
    return pl.DataFrame(rows, SERIES, orient="row")


def _series(figures: list[Figure], material: Material) -> Figure:
    numbers = [(f, outcome(f)) for f in _of_like_length(figures)]
    held = [(f, came_to) for f, came_to in numbers if number(came_to) is not None]
    head = figures[0]
    row: Figure = dict.fromkeys(SERIES.names()) | {
        "area": head["area"],
        "place": material.names.get(head["area"], head["area"]),
        "indicator": head["indicator"],
        "title": declared(head).title,
        "subject": head["subject"],
        "changes": 0,
    }
    return row | _ends(figures, held, material) if len(held) > 1 else row


def _ends(figures: list[Figure], held: list[tuple[Figure, Outcome]], material: Material) -> Figure:
    (first, before), (last, after) = held[0], held[-1]
    changes = _changes(figures, first["period_end"], last["period_end"], material)
    return {
        "first_period": first["period_label"],
        "last_period": last["period_label"],
        "first_words": in_words(before),
        "last_words": in_words(after),
        "first_number": number(before),
        "last_number": number(after),
        "changes": len(changes),
        "changed": "; ".join(changes) or None,
    }


def _changes(figures: list[Figure], after: date, until: date, material: Material) -> list[str]:
    """Return in words what changed in between: as the figures say, and as is known of them."""
    dated = [f for f in figures if f["period_start"] and after < f["period_start"] <= until]
    said = {f["period_start"]: f"from {f['period_label']} on" for f in dated if f["breaks"]}
    known = {
        each.on: f"{each.on.day} {each.on:%B %Y}: {each.why.rstrip('.')}"
        for each in _known_breaks(figures[0], material)
        if after < each.on <= until
    }
    return [words for _day, words in sorted((said | known).items())]


def _known_breaks(figure: Figure, material: Material) -> tuple[KnownBreak, ...]:
    area = figure["area"]
    nation, within = material.nations.get(area), material.forces.get(area)
    breaks = declared(figure).breaks
    return applying(breaks, nation, [area, *([within] if within else [])]) if nation else ()


def _of_like_length(figures: Iterable[Figure]) -> list[Figure]:
    """Leave out part years and undated figures: less time is no fall."""
    dated = [f for f in figures if f["period_start"] and f["period_end"]]
    longest = max((_days(f) for f in dated), default=0)
    return [f for f in dated if longest - _days(f) <= LIKE_LENGTH]


def _days(figure: Figure) -> int:
    start, end = figure["period_start"], figure["period_end"]
    assert isinstance(start, date)  # noqa: S101 - undated figures were left out
    return int((end - start).days)


def rates(material: Material) -> pl.DataFrame:
    """Return the rows of `rates`: each share or rate and the last one given before it."""
    shares = [
        f | {"family": SAME_QUESTION.get(f["indicator"], f["indicator"])}
        for f in ordered(material)
        if declared(f).denominator and f["period_end"] and number(outcome(f)) is not None
    ]
    shares.sort(key=lambda f: (f["area"], f["family"], f["period_end"]))
    rows = [
        _rate(earlier, later, material.names)
        for _key, figures in groupby(shares, lambda f: (f["area"], f["family"]))
        for earlier, later in _neighbours(list(figures))
    ]
    return pl.DataFrame(rows, RATES, orient="row")


def _neighbours(figures: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Yield each figure with that of the period before; of several, the one of the same people."""
    periods = [list(held) for _end, held in groupby(figures, lambda f: f["period_end"])]
    for before, now in pairwise(periods):
        for later in now:
            same = [f for f in before if _of(f) == _of(later)]
            yield (same or before)[0], later


def _of(figure: Figure) -> str:
    return figure["subject"] or declared(figure).denominator or ""


def _rate(earlier: Figure, later: Figure, names: dict[str, str]) -> Figure:
    return {
        "area": later["area"],
        "place": names.get(later["area"], later["area"]),
        "indicator": later["family"],
        "title": declared(later).title,
        "earlier": earlier["period_label"],
        "later": later["period_label"],
        "earlier_of": _of(earlier),
        "later_of": _of(later),
        "earlier_words": in_words(outcome(earlier)),
        "later_words": in_words(outcome(later)),
        "earlier_number": earlier["denominator"],
        "later_number": later["denominator"],
    }


def flags(material: Material) -> pl.DataFrame:
    """Return the rows of `flags`: what reviews and readers of cases found of them."""
    reviews = [f for f in ordered(material) if f["indicator"] in FLAGGED]
    reviews.sort(key=lambda f: (f["area"], str(f["period_end"]), f["period_label"]))
    rows = [
        _review(list(figures), material.names)
        for _key, figures in groupby(reviews, lambda f: (f["area"], f["period_label"]))
    ]
    return pl.concat([pl.DataFrame(rows, FLAGS, orient="row"), _flags_of_cases(material)])


def _review(figures: list[Figure], names: dict[str, str]) -> Figure:
    right, wrong, missed = ([f for f in figures if f["indicator"] == code] for code in FLAGGED)
    flagged = next((f["denominator"] for f in (*right, *wrong)), None)
    meeting = right[0]["numerator"] if right else None
    if meeting is None and wrong and flagged is not None and wrong[0]["numerator"] is not None:
        meeting = flagged - wrong[0]["numerator"]
    head = figures[0]
    return {
        "area": head["area"],
        "place": names.get(head["area"], head["area"]),
        "inspection": None,
        "period": head["period_label"],
        "flagged": flagged,
        "meeting": meeting,
        "missed": missed[0]["numerator"] if missed else None,
    }


def _flags_of_cases(material: Material) -> pl.DataFrame:
    """Return flags in the cases read of exploitation; without any answer nothing is known."""
    known = material.children.filter(pl.col("reconciled") > 0)
    counted = known.select("inspection", "flagged", "meeting", "missed")
    return of_cases(counted, material).select(FLAGS.names()).cast(FLAGS)
