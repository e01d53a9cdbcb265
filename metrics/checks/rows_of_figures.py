"""From facts to the rows of checks on figures: series, shares, flags and what is not recorded."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby, pairwise
from typing import Any

import polars as pl

from metrics import BY_CODE
from metrics.checks.frames import FLAGS, RATES, RECORDING, SERIES
from metrics.checks.material import Material
from metrics.indicator import Reported, StatedFigure, outcome_of
from metrics.known_breaks import KnownBreak, applying
from metrics.outcome import Count, Outcome, Rate, Share, Stated, in_words

SAME_QUESTION = {"rhi-accepted-of-missing": "rhi-accepted"}
"""Indicators that ask the same of another denominator (G.5 31.4), by the one they belong to."""

ETHNICITY = {
    "ethnicity-not-recorded-victims": "children",
    "ethnicity-not-recorded-perpetrators": "suspects or perpetrators",
}
FLAGGED = (
    "flags-meeting-definition",
    "flags-not-meeting-definition",
    "unflagged-meeting-definition",
)
LIKE_LENGTH = 5
"""In days: how much periods of one series may differ in length."""

Figure = dict[str, Any]


def _ordered(material: Material) -> list[Figure]:
    """Return the figures in order; of several for one period the last one entered."""
    kept = material.figures.sort("area", "indicator", "period_end", "id", nulls_last=True).unique(
        ["area", "indicator", "subject", "period_start", "period_end"], keep="last"
    )
    ordered = kept.sort("area", "indicator", "subject", "period_end", "id", nulls_last=True)
    return list(ordered.iter_rows(named=True))


def _reported(figure: Figure) -> Reported:
    found = BY_CODE[figure["indicator"]]
    assert isinstance(found, Reported)  # noqa: S101 - only reported indicators have figures
    return found


def _outcome(figure: Figure) -> Outcome:
    stated = StatedFigure(**{name: figure[name] for name in StatedFigure.__dataclass_fields__})
    return outcome_of(_reported(figure), stated)


def _number(outcome: Outcome) -> float | None:
    """Return what falls and rises: a percentage, or a count, also of a rate."""
    match outcome:
        case Share():
            return 100 * outcome.share
        case Rate() | Count():
            return float(outcome.count)
        case Stated():
            return outcome.value
        case _:
            return None


def series(material: Material) -> pl.DataFrame:
    """Return the rows of `series`: each indicator of an area, of one group of people."""
    rows = [
        _series(list(figures), material)
        for _key, figures in groupby(
            _ordered(material), lambda f: (f["area"], f["indicator"], f["subject"])
        )
    ]
    return pl.DataFrame(rows, SERIES, orient="row")


def _series(figures: list[Figure], material: Material) -> Figure:
    numbers = [(f, _outcome(f)) for f in _of_like_length(figures)]
    held = [(f, outcome) for f, outcome in numbers if _number(outcome) is not None]
    head = figures[0]
    row: Figure = dict.fromkeys(SERIES.names()) | {
        "area": head["area"],
        "place": material.names.get(head["area"], head["area"]),
        "indicator": head["indicator"],
        "title": _reported(head).title,
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
        "first_number": _number(before),
        "last_number": _number(after),
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
    breaks = _reported(figure).breaks
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
        for f in _ordered(material)
        if _reported(f).denominator and f["period_end"] and _number(_outcome(f)) is not None
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
    return figure["subject"] or _reported(figure).denominator or ""


def _rate(earlier: Figure, later: Figure, names: dict[str, str]) -> Figure:
    return {
        "area": later["area"],
        "place": names.get(later["area"], later["area"]),
        "indicator": later["family"],
        "title": _reported(later).title,
        "earlier": earlier["period_label"],
        "later": later["period_label"],
        "earlier_of": _of(earlier),
        "later_of": _of(later),
        "earlier_words": in_words(_outcome(earlier)),
        "later_words": in_words(_outcome(later)),
        "earlier_number": earlier["denominator"],
        "later_number": later["denominator"],
    }


def flags(material: Material) -> pl.DataFrame:
    """Return the rows of `flags`: what reviews and readers of cases found of them."""
    reviews = [f for f in _ordered(material) if f["indicator"] in FLAGGED]
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
    """Count flags in the cases read of exploitation; without any answer nothing is known."""
    flagged, meets = pl.col("flagged") == "yes", pl.col("meets_definition") == "yes"
    of_exploitation = material.cases.filter(pl.col("case_kind").is_in(["cse", "both"]))
    known = of_exploitation.filter(
        pl.col("flagged").is_not_null() & pl.col("meets_definition").is_not_null()
    )
    counted = known.group_by("inspection", maintain_order=True).agg(
        flagged=flagged.sum(), meeting=(flagged & meets).sum(), missed=(meets & ~flagged).sum()
    )
    return _of_cases(counted, material).select(FLAGS.names()).cast(FLAGS)


def _of_cases(rows: pl.DataFrame, material: Material) -> pl.DataFrame:
    """Say of rows that count the cases of an inspection where they are from."""
    titles = material.held.select("inspection", "area", place="title", period=pl.lit("cases read"))
    return rows.join(titles, on="inspection", maintain_order="left")


def recording(material: Material) -> pl.DataFrame:
    """Return the rows of `recording`: the latest share of each source, and of cases read."""
    latest = {
        (f["area"], f["indicator"], f["subject"]): f
        for f in _ordered(material)
        if f["indicator"] in ETHNICITY
    }
    stated = [_stated(f, material.names) for f in latest.values()]
    return pl.concat([pl.DataFrame(stated, RECORDING, orient="row"), *_from_cases(material)])


def _stated(figure: Figure, names: dict[str, str]) -> Figure:
    share = _number(_outcome(figure))
    return {
        "area": figure["area"],
        "place": names.get(figure["area"], figure["area"]),
        "inspection": None,
        "indicator": figure["indicator"],
        "subject": figure["subject"],
        "period": figure["period_label"],
        "what": "ethnicity",
        "whose": figure["subject"] or ETHNICITY[figure["indicator"]],
        "words": in_words(_outcome(figure)),
        "bound": figure["comparator"] or "exactly",
        "share": None if share is None else round(share, 1),
        "out_of": figure["denominator"],
    }


def _from_cases(material: Material) -> Iterator[pl.DataFrame]:
    read = {
        "children": material.cases,
        "known perpetrators": material.perpetrators,
    }
    for whose, frame in read.items():
        for what in ("ethnicity", "disability"):
            rows = _gaps(frame, what, whose)
            yield _of_cases(rows, material).select(RECORDING.names()).cast(RECORDING)


def _gaps(frame: pl.DataFrame, what: str, whose: str) -> pl.DataFrame:
    """Count the agency's own gaps; an empty cell is one that a reader has not entered."""
    gap = (pl.col(what) == "not_recorded").sum()
    nothing = pl.lit(None, pl.String)
    return frame.group_by("inspection", maintain_order=True).agg(
        share=(100 * gap / pl.len()).round(1),
        out_of=pl.len(),
        words=pl.format("{} of {}", gap, pl.len()),
        indicator=nothing.first(),
        subject=nothing.first(),
        what=pl.lit(what).first(),
        whose=pl.lit(whose).first(),
        bound=pl.lit("exactly").first(),
    )
