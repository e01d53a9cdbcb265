"""From facts to the rows of checks on what was not recorded of children and perpetrators.

A share stands in three places: stated by a source, as a part of a figure that a return takes
apart, and in the cases read. A part that is withheld is no zero, and could not be checked.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import polars as pl

from data_model.vocabulary import Breakdown
from metrics import BY_CODE
from metrics.checks.frames import RECORDING
from metrics.checks.material import Material
from metrics.checks.stated import Figure, number, of_cases, ordered
from metrics.indicator import quarter_of
from metrics.outcome import in_words
from metrics.return_parts import NOT_RECORDED, SAME_PARTS
from metrics.stated import outcome

PEOPLE = (
    "cse-children-known",
    "cse-assessments",
    "cse-referrals",
    "cse-flags",
    "cse-perpetrators-known",
    "missing-children",
)
"""Whole counts of people; those of other lines of a return are among them, and not told again."""

CHILDREN, OTHERS = "children", "suspects or perpetrators"
STATED = {
    "ethnicity-not-recorded-victims": ("ethnicity", CHILDREN),
    "ethnicity-not-recorded-perpetrators": ("ethnicity", OTHERS),
    "disability-not-recorded-victims": ("disability", CHILDREN),
    "disability-not-recorded-perpetrators": ("disability", OTHERS),
}
"""Figures that state what is not recorded, and of whom."""

WHOSE = {
    Breakdown.VICTIM_ETHNICITY: ("ethnicity", CHILDREN),
    Breakdown.VICTIM_DISABILITY: ("disability", CHILDREN),
    Breakdown.PERPETRATOR_ETHNICITY: ("ethnicity", OTHERS),
    Breakdown.PERPETRATOR_DISABILITY: ("disability", OTHERS),
}
"""Ways of taking a figure apart whose last part is such a gap, and of whom it is."""


def recording(material: Material) -> pl.DataFrame:
    """Return the rows of `recording`: what sources state, what returns hold, what cases show.

    Of each series only the newest period is looked at. A part that a return gives again as a
    figure of its own is looked at once, as that figure.
    """
    stated = _newest(f for f in ordered(material) if f["indicator"] in STATED)
    rows = [_stated(f, material.names) for f in stated]
    rows += [_part(held, material) for held in _parts(material, stated)]
    return pl.concat([pl.DataFrame(rows, RECORDING, orient="row"), *_from_cases(material)])


def _newest(figures: Iterable[Figure]) -> list[Figure]:
    """Return the newest figure of each series; they come in order."""
    return list({(f["area"], f["indicator"], f["subject"]): f for f in figures}.values())


def _stated(figure: Figure, names: dict[str, str]) -> Figure:
    share = number(outcome(figure))
    what, whose = STATED[figure["indicator"]]
    return {
        "area": figure["area"],
        "place": names.get(figure["area"], figure["area"]),
        "inspection": None,
        "indicator": figure["indicator"],
        "subject": figure["subject"],
        "period": figure["period_label"],
        "what": what,
        "whose": figure["subject"] or whose,
        "words": in_words(outcome(figure)),
        "bound": figure["comparator"] or "exactly",
        "share": None if share is None else round(share, 1),
        "out_of": figure["denominator"],
    }


@dataclass(frozen=True)
class _Apart:
    """One figure taken apart in one way: its numbers by category, and the whole where it is."""

    area: str
    indicator: str
    breakdown: Breakdown
    end: date
    period: str
    numbers: Mapping[str, int | None]
    whole: int | None

    @property
    def not_recorded(self) -> int | None:
        """How many nobody recorded; None where that is withheld or was never given."""
        return self.numbers.get(NOT_RECORDED)


def _parts(material: Material, stated: Iterable[Figure]) -> list[_Apart]:
    """Return the newest parts of each count of people, unless a figure of its own says the same."""
    said = {
        (f["area"], f["indicator"], f["period_end"])
        for f in stated
        if number(outcome(f)) is not None
    }
    newest = {(held.area, held.indicator, held.breakdown): held for held in _apart(material)}
    return [held for held in newest.values() if not said & _said_by_itself(held)]


def _said_by_itself(held: _Apart) -> set[tuple[str, str, date]]:
    """Return the figures that would say by themselves what is not recorded in these parts."""
    return {
        (held.area, same.code, held.end)
        for same in SAME_PARTS
        if (same.of, same.breakdown, same.category)
        == (held.indicator, held.breakdown, NOT_RECORDED)
    }


def _apart(material: Material) -> Iterator[_Apart]:
    """Yield counts of people taken apart by ethnicity or disability, oldest first."""
    wholes = {
        (f["area"], f["indicator"], f["period_start"], f["period_end"]): f
        for f in ordered(material)
        if f["subject"] is None
    }
    asked = material.parts.filter(
        pl.col("breakdown").is_in([str(by) for by in WHOSE]), pl.col("indicator").is_in(PEOPLE)
    )
    in_order = asked.sort("period_end", "area", "indicator", "breakdown", maintain_order=True)
    for (area, code, by, start, end), rows in groupby(in_order.iter_rows(named=True), _about):
        whole = wholes.get((area, code, start, end), {})
        if whole.get("numerator") != 0:
            numbers = {row["category"]: row["numerator"] for row in rows}
            period = whole.get("period_label") or quarter_of(end).label
            yield _Apart(area, code, Breakdown(by), end, period, numbers, whole.get("numerator"))


def _about(row: Figure) -> tuple[str, str, str, date, date]:
    """Return which figure a part belongs to, and in which way that is taken apart."""
    area, code, by = row["area"], row["indicator"], row["breakdown"]
    return area, code, by, row["period_start"], row["period_end"]


def _part(held: _Apart, material: Material) -> Figure:
    what, whose = WHOSE[held.breakdown]
    words, share = _gap(held.not_recorded, held.whole)
    return {
        "area": held.area,
        "place": material.names.get(held.area, held.area),
        "inspection": None,
        "indicator": held.indicator,
        "subject": None,
        "period": held.period,
        "what": what,
        "whose": f"{whose} in “{BY_CODE[held.indicator].title}”",
        "words": words,
        "bound": "exactly",
        "share": share,
        "out_of": held.whole,
    }


def _gap(not_recorded: int | None, whole: int | None) -> tuple[str | None, float | None]:
    """Return in words and as a percentage what is not recorded; nothing where it is not known."""
    if not_recorded is None or whole is None:
        return None, None
    return f"{not_recorded:,} of {whole:,}", round(100 * not_recorded / whole, 1)


def _from_cases(material: Material) -> Iterator[pl.DataFrame]:
    read = {"children": material.children, "known perpetrators": material.perpetrators}
    for whose, frame in read.items():
        for what in ("ethnicity", "disability"):
            rows = _gaps(frame, what, whose)
            yield of_cases(rows, material).select(RECORDING.names()).cast(RECORDING)


def _gaps(frame: pl.DataFrame, what: str, whose: str) -> pl.DataFrame:
    """Return the agency's own gaps in one thing it should record of people."""
    gap, people, nothing = pl.col(what), pl.col("people"), pl.lit(None, pl.String)
    return frame.select(
        "inspection",
        share=(100 * gap / people).round(1),
        out_of=people,
        words=pl.format("{} of {}", gap, people),
        indicator=nothing,
        subject=nothing,
        what=pl.lit(what),
        whose=pl.lit(whose),
        bound=pl.lit("exactly"),
    )
