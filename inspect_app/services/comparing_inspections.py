"""Two inspections side by side on one topic: their grades, and whether they can be told apart.

Grades of cases only. A judgement on a whole service is one grade and no distribution. Nothing is
compared across scales, as no published map says how one grade goes over into another; nothing
where a publication gives only a total of several grades, or no number of cases at all (K.8, K.9).
"""

from dataclasses import dataclass
from datetime import date

import polars as pl
from sqlalchemy.orm import Session

from data_model import counted
from data_model.counted import Snapshot
from data_model.records import Area, Inspection, Theme
from data_model.vocabulary import BodyRole, CaseKind, InspectionStatus
from inspect_app.access import Permission
from inspect_app.errors import Refusal
from inspect_app.services.inspection_values import (
    InspectionValue,
    JudgementValue,
    evidence_base,
    in_sight,
    judgements,
    seen,
    value,
)
from inspect_app.services.reaudits import BEING_READ, graded_on
from inspect_app.services.reference import (
    ScaleValue,
    area_value,
    organisation_name,
    scale_value,
)
from inspect_app.signed_in import SignedIn
from metrics.comparison import (
    APART,
    GOOD,
    Comparison,
    Graded,
    NotComparable,
    beside_in_words,
    compare,
    in_words,
    superiority_in_words,
)
from metrics.counts import ALL, NOT_GRADED, NOT_PUBLISHED, NOT_STATED

Topic = tuple[str, str]
"""A kind of case and a theme, `all` where either is not told apart."""

MARKS = {
    NOT_GRADED: "Not graded",
    NOT_STATED: "Grade not stated",
    NOT_PUBLISHED: "Grades not published",
}
NOT_COMPARED = "They are not compared"
NOTHING_SHARED = (
    "The two have no topic in common: grades of different topics are not held against each other."
)
NOT_ONE_MAP = (
    "{first} grades on “{one}” and {second} on “{other}”. No published map says how one goes over "
    "into the other, so their grades are not compared."
)


@dataclass(frozen=True)
class Listed:
    """An inspection as it is offered: where, by whom, when, and whether its cases have grades."""

    code: str
    area: str
    bodies: tuple[str, ...]
    period: str
    areas: tuple[str, ...]
    graded: bool


@dataclass(frozen=True)
class Part:
    """So many cases under one grade, or under what stands where there is none.

    `cases` is None where the number is not published; `graded` is False for everything that is
    not one grade of the scale.
    """

    name: str
    cases: int | None
    graded: bool


@dataclass(frozen=True)
class Side:
    """One inspection on one topic: its parts, best grade first, and how its cases were chosen.

    `graded` is what can be tested, None where `why` says that nothing can.
    """

    inspection: InspectionValue
    scale: ScaleValue
    topic: str
    parts: tuple[Part, ...]
    graded: Graded | None
    why: str | None
    judgements: tuple[JudgementValue, ...]


@dataclass(frozen=True)
class InspectionsCompared:
    """Two inspections on one topic, the earlier first; `comparison` is None where it is refused.

    `topics` are those in common, by how they are written in an address; `verdict`, `says` and
    `pairs` are what the comparison shows, `refused` why there is none, a sentence each; `beside`
    is what is to be known of the two together.
    """

    first: Side
    second: Side
    topics: tuple[tuple[str, str], ...]
    topic: str | None
    comparison: Comparison | None
    verdict: str
    says: str
    pairs: str
    refused: tuple[str, ...]
    beside: tuple[str, ...]


def listed(*, by: SignedIn) -> tuple[Listed, ...]:
    """Return the inspections in sight, those with graded cases first, then newest first."""
    by.need(Permission.READ_INSPECTIONS)
    with by.reading() as session:
        held = in_sight(session, by)
        snapshot = counted.snapshot(session, by.database.snapshots)
        graded = _with_grades(snapshot.frame("published"), snapshot.frame("findings"))
        found = [_listed(session, each, each.code in graded) for each in held]
    return tuple(sorted(found, key=lambda each: not each.graded))


def _with_grades(published: pl.DataFrame, findings: pl.DataFrame) -> set[str]:
    said = pl.concat(
        [
            published.filter(pl.col("grades").fill_null("") != "").select("inspection"),
            findings.drop_nulls("grade").select("inspection"),
        ]
    )
    return set(said.get_column("inspection"))


def _listed(session: Session, held: Inspection, graded: bool) -> Listed:  # noqa: FBT001
    readers = [b.organisation for b in held.bodies if b.role is BodyRole.INSPECTING]
    return Listed(
        held.code,
        area_value(session.get_one(Area, held.area_code)).label,
        tuple(organisation_name(session, code) for code in readers),
        held.period_label,
        tuple(entry.area_code for entry in held.areas),
        graded,
    )


def compared(
    first: str, second: str, topic: str | None = None, *, by: SignedIn
) -> InspectionsCompared:
    """Return two inspections on a topic they share; on the first of those where none is said.

    Raises NotFound for an inspection that the person may not see, Refusal for one beside itself.
    """
    if first == second:
        raise Refusal(f"{first} is on both sides.", "Choose another inspection beside it.")
    with by.reading() as session:
        one, other = sorted((seen(session, code, by) for code in (first, second)), key=_when)
        snapshot = counted.snapshot(session, by.database.snapshots)
        read = [_read(session, held, snapshot) for held in (one, other)]
        shared = [each for each in read[0].topics if each in read[1].topics]
        chosen = next((each for each in shared if _written(each) == topic), None)
        on = chosen or next(iter(shared), None)
        sides = [_side(session, each, on or next(iter(each.topics), None)) for each in read]
        names = {_written(each): _called(session, each) for each in shared}
        return _beside(sides[0], sides[1], names, _written(on) if on else None)


@dataclass(frozen=True)
class Read:
    """An inspection within a session, with its scale and the evidence rows of its topics."""

    held: Inspection
    scale: ScaleValue
    rows: pl.DataFrame

    @property
    def topics(self) -> list[Topic]:
        """What its counts are about: kinds of case, and themes, as far as it tells them apart."""
        pairs = self.rows.select("case_kind", "theme").unique(maintain_order=True)
        return [(str(kind), str(theme)) for kind, theme in pairs.iter_rows()]


def _when(held: Inspection) -> tuple[date, str]:
    return held.started_on or date.max, held.code


def _read(session: Session, held: Inspection, snapshot: Snapshot) -> Read:
    """Return an inspection with what has a grade or a mark; totals by kind of case have neither."""
    scale = scale_value(session, held.scale)
    rows = evidence_base(held, scale, snapshot)
    return Read(held, scale, rows.filter(pl.col("grade") != ALL))


def _written(topic: Topic) -> str:
    return ":".join(topic)


def _called(session: Session, topic: Topic) -> str:
    kind, theme = topic
    kinds = "" if kind == ALL else f"{CaseKind(kind).english} cases"
    themes = "" if theme == ALL else session.get_one(Theme, theme).short_name
    return ", ".join(part for part in (themes, kinds) if part) or "All cases"


def _side(session: Session, read: Read, topic: Topic | None) -> Side:
    kind, theme = topic or (ALL, ALL)
    mine = read.rows.filter((pl.col("case_kind") == kind) & (pl.col("theme") == theme))
    why = _why(read, mine)
    return Side(
        value(session, read.held),
        read.scale,
        _called(session, topic) if topic else "No topic",
        _parts(read.scale, mine),
        None if why else _graded(session, read, mine, theme),
        why,
        judgements(session, read.held),
    )


def _parts(scale: ScaleValue, rows: pl.DataFrame) -> tuple[Part, ...]:
    """Return every grade of the scale that was given or could have been, then the marks."""
    words = dict(scale.grades)
    held = {str(row["grade"]): row["cases"] for row in rows.iter_rows(named=True)}
    if not any(code in held for code in words):
        words = {}
    order = [*words, *(each for each in held if each not in words)]
    return tuple(
        Part(_named(code, scale), held.get(code, 0), code in words)
        for code in order
        if code in words or held[code] != 0
    )


def _named(code: str, scale: ScaleValue) -> str:
    words = dict(scale.grades)
    several = " or ".join(words.get(each, each).lower() for each in code.split("|"))
    said = f"{several[:1].upper()}{several[1:]}, not split"
    return MARKS.get(code) or words.get(code) or said


def _why(read: Read, rows: pl.DataFrame) -> str | None:
    """Return why there is no distribution of grades to test, in a sentence; None where there is."""
    title = read.held.code
    given = rows.get_column("grade").to_list()
    if read.held.status is InspectionStatus.READING:
        return f"{title}: {BEING_READ}"
    if not rows.height or NOT_PUBLISHED in given:
        return f"{title} publishes no grades of the cases that were read."
    if any("|" in grade for grade in given):
        return f"{title} publishes a total of several grades and not each: no split is invented."
    if NOT_STATED in given:
        return f"{title} does not state the grade of all the cases it counts."
    if GOOD not in read.scale.codes[:-1]:
        return f"{title} grades on “{read.scale.name}”, which has no order to compare."
    return None


def _graded(session: Session, read: Read, rows: pl.DataFrame, theme: str) -> Graded | None:
    """Return the grades to test: recorded here as a re-audit's are, else as published."""
    if read.held.status is InspectionStatus.AGREED:
        return graded_on(session, read.held, [theme]).get(theme)
    counts = dict(rows.select("grade", "cases").iter_rows())
    return Graded(
        read.scale.code,
        tuple(read.scale.codes),
        tuple(counts.get(code, 0) for code in read.scale.codes),
        read.held.sampling,
        read.held.cases_available,
    )


def _beside(
    first: Side, second: Side, topics: dict[str, str], topic: str | None
) -> InspectionsCompared:
    refused = _refused(first, second, topic)
    found = None if refused else compare(first.graded, second.graded)
    if isinstance(found, NotComparable):
        refused = (f"They cannot be compared: {found.why}.",)
    compared = found if isinstance(found, Comparison) else None
    verdict, says = _said(compared, first, second) if compared else (NOT_COMPARED, "")
    return InspectionsCompared(
        first,
        second,
        tuple(topics.items()),
        topic,
        compared,
        verdict,
        says,
        superiority_in_words(compared) if compared else "",
        refused,
        _together(first, second),
    )


def _refused(first: Side, second: Side, topic: str | None) -> tuple[str, ...]:
    """Return every reason for which the grades are not compared, a sentence each."""
    said = []
    if topic is None:
        said.append(NOTHING_SHARED)
    if first.scale.code != second.scale.code:
        said.append(
            NOT_ONE_MAP.format(
                first=first.inspection.code,
                one=first.scale.name,
                second=second.inspection.code,
                other=second.scale.name,
            )
        )
    return (*said, *(side.why for side in (first, second) if side.why))


def _said(found: Comparison, first: Side, second: Side) -> tuple[str, str]:
    """Return the verdict and the comparison in words.

    One comes after the other in one place and by the same body only; else they stand beside.
    """
    one, other = first.inspection, second.inspection
    if one.area.code == other.area.code and one.inspecting == other.inspecting:
        return found.verdict.english, in_words(found)
    return APART[found.verdict], beside_in_words(found)


def _together(first: Side, second: Side) -> tuple[str, ...]:
    """Return what is to be known before a difference between the two is taken for practice."""
    one, other = first.inspection, second.inspection
    within = one.area.code == other.area.force_code or other.area.code == one.area.force_code
    chosen = [f"{each.code}: {each.sampling.english.lower()}" for each in (one, other)]
    rules = {
        f"Cases were chosen differently ({'; '.join(chosen)}): a difference may come from that.": (
            one.sampling is not other.sampling
        ),
        "One is of the whole police force area in which the other lies.": within,
        "They are of two places: a difference is between places, not over time.": (
            one.area.code != other.area.code and not within
        ),
        "Different bodies read: what one calls good, the other may not.": (
            one.inspecting != other.inspecting
        ),
    }
    return tuple(said for said, holds in rules.items() if holds)
