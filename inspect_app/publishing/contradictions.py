"""Where two bodies found the opposite of one thing in one place within eighteen months.

The rule is the product's own check (`findings-contradict`; K.3 11 and 12), put to what is
published: grades go before words, and a sentence is about what its words name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import narwhals as nw
import polars as pl

from data_model.vocabulary import Symbol
from inspect_app.publishing.content import EvidenceRow, PublishedInspection, ReleaseContent
from inspect_app.publishing.evidence_view import nothing_graded
from metrics.checks.evidence import FINDINGS_CONTRADICT
from metrics.checks.material import HELD, PLACES, STATEMENTS, SUBJECTS
from metrics.checks.pairs import pairs
from metrics.checks.subjects import MORE_SUBJECTS, OF_KIND
from metrics.counts import ALL

GOOD = "good"
GRADES = pl.Schema(
    {
        "inspection": pl.String,
        "subject": pl.String,
        "graded": pl.Int64,
        "good": pl.Int64,
        "not_good": pl.Int64,
    }
)


@dataclass(frozen=True)
class Contradiction:
    """Two inspections, by code, the earlier first, of one area about one subject."""

    area: str
    subject: str
    first: str
    second: str
    days: int


@dataclass(frozen=True)
class _Told:
    held: pl.DataFrame
    places: pl.DataFrame
    statements: pl.DataFrame
    subjects: pl.DataFrame


def contradictions(content: ReleaseContent) -> tuple[Contradiction, ...]:
    """Return what contradicts itself among inspections that took place.

    Words against published grades come first, because there it can be checked; then those
    with the fewest days between them.
    """
    real = [each for each in content.inspections if not each.invented]
    rows = nw.from_native(pairs(_told(content, real), _grades(real)))
    rule = FINDINGS_CONTRADICT
    graded = {each.code for each in real if not nothing_graded(each)}
    found = (
        Contradiction(row["area"], row["about"], row["first"], row["second"], row["days"])
        for row in rows.filter(rule.about, rule.known, rule.found).iter_rows(named=True)
    )
    return tuple(sorted(found, key=lambda x: (not {x.first, x.second} & graded, x.days, x.area)))


def _told(content: ReleaseContent, real: Sequence[PublishedInspection]) -> _Told:
    names = {**MORE_SUBJECTS, **dict(content.themes)}
    return _Told(
        held=_frame((_held(each) for each in real), HELD),
        places=_frame(_places(content, {each.code: each for each in real}), PLACES),
        statements=_frame(_statements(real), STATEMENTS),
        subjects=_frame(names.items(), SUBJECTS),
    )


def _held(each: PublishedInspection) -> tuple[object, ...]:
    bodies = ";".join(each.inspecting)
    end = each.period_end or each.period_start
    return each.code, each.title, each.area_code, "", each.scale, each.period_start, end, bodies


def _places(
    content: ReleaseContent, real: dict[str, PublishedInspection]
) -> Iterable[tuple[object, ...]]:
    for area in content.areas:
        for each in (real[code] for code in area.inspections if code in real):
            part = each.whole_force and area.code != each.area_code
            yield each.code, area.code, area.name, each.area_code if part else None


def _statements(real: Sequence[PublishedInspection]) -> Iterable[tuple[object, ...]]:
    said = ((each.code, one.text, one.direction) for each in real for one in each.statements)
    for at, (code, text, direction) in enumerate(said):
        if direction:
            yield code, at, text, None, direction


def _grades(real: Sequence[PublishedInspection]) -> pl.DataFrame:
    rows = (_counted(each, row) for each in real for row in each.evidence)
    frame = _frame((row for row in rows if row), GRADES)
    return frame.group_by("inspection", "subject", maintain_order=True).sum()


def _counted(each: PublishedInspection, row: EvidenceRow) -> tuple[object, ...] | None:
    """Return a row's cases as graded, good and not good; one or neither where it may be both."""
    scale = [code for code, _ in each.grade_names]
    grades = row.grade.split("|")
    subject = OF_KIND.get(row.case_kind) if row.theme == ALL else row.theme
    known = GOOD in scale and set(grades) <= set(scale) and subject is not None
    if isinstance(row.cases, Symbol) or not known:
        return None
    good = [scale.index(grade) <= scale.index(GOOD) for grade in grades]
    return each.code, subject, row.cases, row.cases * all(good), row.cases * (not any(good))


def _frame(rows: Iterable[tuple[object, ...]], schema: pl.Schema) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema, orient="row")
