"""Checks against false reassurance, run on what a person may see: questions a board should ask."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model import counted
from data_model.records import Area, Inspection
from data_model.vocabulary import Severity, Verdict
from inspect_app.access import Permission
from inspect_app.services.check_material import Extent, gathered
from inspect_app.services.inspection_values import about, ended_by, in_sight, seen
from inspect_app.services.reference import find_area
from inspect_app.services.scorecards import parse_quarter
from inspect_app.signed_in import SignedIn
from metrics.check import Check, Looked, Row, examine, said
from metrics.checks import CHECKS
from metrics.checks.frames import KEYS
from metrics.checks.material import Material
from metrics.checks.pairs import pairs
from metrics.checks.rows import claims, grades_behind, groups, inspections, judgements, themes
from metrics.checks.rows_of_figures import flags, rates, series
from metrics.checks.rows_of_recording import recording

Frames = dict[str, pl.DataFrame]
INSPECTION_COLUMNS = ("inspection", "first", "second")
"""The columns of a check's row that hold an inspection's code."""


@dataclass(frozen=True)
class Found:
    """One thing that a check found, in words, and the codes by which a page links to it.

    `key` is the same whenever the same is found, and another once its figures are of another
    period; what does not concern it is empty.
    """

    key: str
    says: str
    area: str | None
    inspections: tuple[str, ...]
    recommendation: str | None
    organisation: str | None
    indicator: str | None
    statement: int | None


@dataclass(frozen=True)
class Question:
    """A check as it came out: what was looked at, what was found, and what a board should ask.

    `looked_at` counts what could be checked and `not_checked` what could not; `in_words` says
    both. Where `verdict` is not *found*, `found` is empty.
    """

    check: str
    title: str
    severity: Severity
    verdict: Verdict
    looked_at: int
    not_checked: int
    in_words: str
    why: str
    source: str
    asks: str
    found: tuple[Found, ...]


def of_area(area: str, *, quarter: str | None = None, by: SignedIn) -> tuple[Question, ...]:
    """Return every check of one area, what was found first and gravest first.

    Inspections and figures of its police force area are looked at with its own. With a quarter,
    what ended later is left out, and what became of recommendations is as it stands today. Raises
    NotFound for an unknown area and Refusal for a quarter that is not one.
    """
    _may(by)
    until = parse_quarter(quarter).end if quarter else None
    with by.reading() as session:
        held = find_area(session, area)
        found = in_sight(session, by, about(held) & ended_by(until))
        frames = _frames(_material(session, Extent(found, _with_force(held), until), by))
        frames["pairs"] = frames["pairs"].filter(pl.col("area").is_in(_with_force(held)))
        return _questions(frames)


def of_inspection(code: str, *, by: SignedIn) -> tuple[Question, ...]:
    """Return the checks of one inspection, and of it beside others of the same places.

    Raises NotFound for an inspection that the person may not see.
    """
    _may(by)
    with by.reading() as session:
        held = seen(session, code, by)
        around = _around(session, held, by)
        return _questions(_only(_frames(_material(session, Extent(around, ()), by)), code))


def everywhere(*, by: SignedIn) -> tuple[Question, ...]:
    """Return every check of all that the person may see."""
    _may(by)
    with by.reading() as session:
        extent = Extent(in_sight(session, by), None, all_answers=True)
        return _questions(_frames(_material(session, extent, by)))


def _may(by: SignedIn) -> None:
    for needed in (
        Permission.READ_INSPECTIONS,
        Permission.READ_SCORECARDS,
        Permission.READ_RECOMMENDATIONS,
    ):
        by.need(needed)


def _with_force(held: Area) -> list[str]:
    return [code for code in (held.code, held.force_code) if code]


def _around(session: Session, held: Inspection, by: SignedIn) -> list[Inspection]:
    """Return the inspections in sight that are about a place this one is about, itself too."""
    within: defaultdict[str, set[str]] = defaultdict(set)
    for code, force in session.execute(select(Area.code, Area.force_code)):
        within[force or ""].add(code)
    mine = _places(held, within)
    return [each for each in in_sight(session, by) if mine & _places(each, within)]


def _places(held: Inspection, within: Mapping[str, set[str]]) -> set[str]:
    """Return the places an inspection is about; one of a force is about each area in it."""
    codes = {entry.area_code for entry in held.areas}
    return codes.union(*(within.get(code, set()) for code in codes))


def _material(session: Session, extent: Extent, by: SignedIn) -> Material:
    snapshot = counted.snapshot(session, by.database.snapshots)
    return gathered(session, extent, snapshot, by)


def _frames(material: Material) -> Frames:
    """Return a frame for each kind of row that a check reads."""
    grades = grades_behind(material)
    return {
        "claims": claims(material, grades),
        "pairs": pairs(material, grades),
        "judgements": judgements(material, grades),
        "themes": themes(material, grades),
        "inspections": inspections(material, grades),
        "groups": groups(material),
        "series": series(material),
        "rates": rates(material),
        "flags": flags(material),
        "recording": recording(material),
        "completions": material.completions,
        "answers": material.answers,
    }


def _only(frames: Frames, code: str) -> Frames:
    """Keep the rows that an inspection is part of."""
    return {name: frame.filter(_part_of(frame, code)) for name, frame in frames.items()}


def _part_of(frame: pl.DataFrame, code: str) -> pl.Expr:
    columns = [name for name in INSPECTION_COLUMNS if name in frame.columns]
    return pl.any_horizontal(pl.lit(False), *(pl.col(name) == code for name in columns))


def _questions(frames: Frames) -> tuple[Question, ...]:
    looked = [examine(check, frames[check.rows]) for check in CHECKS]
    return tuple(_question(each) for each in sorted(looked, key=_rank))


def _rank(looked: Looked) -> tuple[int, int]:
    """Put what was found first, then what could not be checked, each gravest first."""
    order = (Verdict.FOUND, Verdict.NOT_CHECKED, Verdict.NOTHING)
    return order.index(looked.verdict), list(Severity).index(looked.check.severity)


def _question(looked: Looked) -> Question:
    check = looked.check
    return Question(
        check=check.code,
        title=check.title,
        severity=check.severity,
        verdict=looked.verdict,
        looked_at=looked.looked_at,
        not_checked=looked.not_checked,
        in_words=looked.in_words,
        why=check.why,
        source=check.source,
        asks=check.asks,
        found=tuple(_found(check, row) for row in looked.found),
    )


def _found(check: Check, row: Row) -> Found:
    codes = (row.get(name) for name in INSPECTION_COLUMNS)
    return Found(
        key=_key(check, row),
        says=said(check, row),
        inspections=tuple(str(code) for code in codes if code),
        **{name: row.get(name) for name in LINKS},  # type: ignore[arg-type]
    )


def _key(check: Check, row: Row) -> str:
    """Return a short name for what was found, the same every time the same is found."""
    told = "|".join(str(row[name]) for name in KEYS[check.rows])
    return f"{check.code}-{sha256(told.encode()).hexdigest()[:16]}"


LINKS = ("area", "recommendation", "organisation", "indicator", "statement")
"""The columns of a row that a page links by, where the row has them."""
