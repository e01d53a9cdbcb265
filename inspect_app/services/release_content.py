"""What a release would say: agreed and published evidence, protected, without a case reference."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model import counted
from data_model.counted import Snapshot
from data_model.records import Area, AreaSuccession, Framework, Inspection, Theme
from data_model.vocabulary import AreaKind, Basis, InspectionStatus, NotGraded, Symbol
from inspect_app.publishing.content import (
    EvidenceRow,
    NotGradedReason,
    Number,
    OwnerStanding,
    PublishedArea,
    PublishedFigure,
    PublishedInspection,
    PublishedJudgement,
    PublishedRecommendation,
    Quotation,
    ReleaseContent,
)
from inspect_app.publishing.words import day
from inspect_app.services.areas import is_about
from inspect_app.services.inspections import InspectionValue, evidence_base, value
from inspect_app.services.recommendations import OwnerValue, RecommendationValue, values
from inspect_app.services.reference import ScaleValue, scale_value
from inspect_app.services.scorecards import Line, figure_lines
from inspect_app.signed_in import SignedIn
from metrics import BY_CODE, counts
from metrics.disclosure import POLICY, must_withhold, total_may_stand
from metrics.indicator import Reported
from metrics.outcome import Count, NoNumber, Outcome, Rate, Share, Stated

PROTECTION = (
    f"{POLICY.source}. Where a line of counts of cases recorded here holds a count of 1 or "
    f"{POLICY.threshold - 1}, or all its cases share one grade, the whole line is withheld and "
    "only its total stays. Counts that somebody else has published already stand as published."
)
ATTRIBUTIONS = (
    "Contains public sector information licensed under the Open Government Licence v3.0.",
    "IICSA, Child sexual exploitation by organised networks: investigation report, February 2022.",
    "Ofsted, Local authority inspection outcomes as at 31 March 2025.",
    "Department for Education: Children in need 2025; Children looked after in England 2024.",
    "Office for National Statistics: area codes and mid-year population estimates. "
    "Contains OS data © Crown copyright and database right 2023.",
)
INVENTED = ("All of it is invented: the places, the bodies, the people and the cases.",)


@dataclass
class _Builder:
    """What the parts of one release share while it is put together."""

    session: Session
    snapshot: Snapshot
    areas: dict[str, Area]
    scales: dict[str, ScaleValue] = field(default_factory=dict)

    def scale(self, code: str) -> ScaleValue:
        """Return a scale, looked up once."""
        if code not in self.scales:
            self.scales[code] = scale_value(self.session, code)
        return self.scales[code]


def build(
    session: Session,
    scope: str,
    held: Sequence[Inspection],
    areas: Iterable[str],
    *,
    national: bool,
    by: SignedIn,
) -> ReleaseContent:
    """Return the content of a release of these inspections and the pages of these areas.

    `national` says whether recommendations that arise from no single inspection are in it.
    """
    every = {area.code: area for area in session.scalars(select(Area))}
    places = sorted(set(areas))
    snapshot = counted.snapshot(session, by.database.snapshots)
    builder = _Builder(session, snapshot, every)
    codes = {inspection.code for inspection in held}
    written = [
        r
        for r in values(session, by)
        if r.inspection in codes or (national and r.inspection is None)
    ]
    return ReleaseContent(
        scope=scope,
        areas=_areas(builder, places, held, written),
        inspections=tuple(_inspection(builder, i, written) for i in _in_order(held)),
        recommendations=tuple(
            _recommendation(builder, r) for r in sorted(written, key=lambda r: r.code)
        ),
        themes=tuple((t.code, t.name) for t in session.scalars(select(Theme).order_by(Theme.code))),
        protection=PROTECTION,
        attributions=INVENTED if all(code.startswith("X") for code in places) else ATTRIBUTIONS,
    )


def _in_order(held: Sequence[Inspection]) -> list[Inspection]:
    return sorted(held, key=lambda i: i.code)


def _inspection(
    builder: _Builder, held: Inspection, written: Sequence[RecommendationValue]
) -> PublishedInspection:
    shown = value(builder.session, held)
    scale = builder.scale(held.scale)
    frame = evidence_base(held, scale, builder.snapshot)
    themes = [(entry.theme, builder.session.get_one(Theme, entry.theme)) for entry in held.themes]
    evidence = _evidence(shown, frame)
    here = held.status is InspectionStatus.AGREED
    return PublishedInspection(
        code=held.code,
        title=held.title,
        kind=held.kind.english,
        framework=builder.session.get_one(Framework, held.framework).name,
        scale=scale.name,
        grade_names=scale.grades,
        area_code=held.area_code,
        area_name=shown.area.label,
        area_codes=shown.area_codes,
        inspecting=shown.inspecting,
        inspected=shown.inspected,
        period=held.period_label,
        period_start=held.started_on,
        period_end=held.ended_on or held.started_on,
        published_on=held.published_on,
        sampling=held.sampling.english,
        cases_available=_or_unknown(held.cases_available),
        cases_read=_cases_read(evidence),
        basis=tuple(dict.fromkeys(row.basis for row in evidence)),
        themes=tuple((code, theme.name) for code, theme in themes),
        without_a_grade=_without_a_grade(evidence) if here else (),
        not_graded=_not_graded(builder, held, evidence) if here else (),
        summary=held.summary,
        note=held.note,
        source=_source(held),
        whole_force=held.whole_force,
        invented=shown.invented,
        evidence=evidence,
        quotations=_quotations(held),
        statements=tuple(
            Quotation(s.statement, s.direction, s.paragraph, s.evidence_id, s.comment)
            for s in held.statements
        ),
        judgements=_judgements(held, scale),
        recommendations=tuple(r.code for r in written if r.inspection == held.code),
    )


def _lines(evidence: Sequence[EvidenceRow]) -> dict[str, dict[str, int]]:
    """Return the lines by theme that may be shown: their counts by grade."""
    lines: dict[str, dict[str, int]] = {}
    for row in evidence:
        if row.theme != counts.ALL and isinstance(row.cases, int):
            lines.setdefault(row.theme, {})[row.grade] = row.cases
    return lines


def _without_a_grade(evidence: Sequence[EvidenceRow]) -> tuple[str, ...]:
    """Return the themes under which no case was graded, as far as their lines may be shown."""
    return tuple(
        theme
        for theme, line in _lines(evidence).items()
        if not sum(cases for grade, cases in line.items() if grade != counts.NOT_GRADED)
    )


def _not_graded(
    builder: _Builder, held: Inspection, evidence: Sequence[EvidenceRow]
) -> tuple[NotGradedReason, ...]:
    """Return why cases were not graded, under the themes whose lines may be shown."""
    frame = builder.snapshot.frame("findings", [held.area_code])
    why = counts.not_graded_reasons(frame.filter(pl.col("inspection") == held.code))
    found = {(theme, reason): cases for theme, reason, cases in why.iter_rows()}
    return tuple(
        NotGradedReason(theme, reason.english, cases)
        for theme, line in _lines(evidence).items()
        if line[counts.NOT_GRADED]
        for reason, cases in _safe_reasons([found.get((theme, str(r)), 0) for r in NotGraded])
    )


def _safe_reasons(line: Sequence[int]) -> list[tuple[NotGraded, Number]]:
    """Withhold reasons that hold a small count, or whose total is too small to hide one."""
    every = len(NotGraded)
    safe = total_may_stand(sum(line), every, neutral=every)
    withheld = not safe or must_withhold(line, neutral=every)
    shown: list[Number] = [Symbol.WITHHELD if withheld else cases for cases in line]
    return list(zip(NotGraded, shown, strict=True))


def _quotations(held: Inspection) -> tuple[Quotation, ...]:
    said = [(p.quotation, p.paragraph, p.evidence_id, p.note) for p in held.published]
    return tuple(
        Quotation(text, None, paragraph, evidence, note)
        for text, paragraph, evidence, note in dict.fromkeys(said)
        if text
    )


def _judgements(held: Inspection, scale: ScaleValue) -> tuple[PublishedJudgement, ...]:
    names = dict(scale.grades)
    return tuple(
        PublishedJudgement(j.topic, j.grade, names.get(j.grade, j.grade), j.quotation, j.paragraph)
        for j in held.judgements
    )


def _source(held: Inspection) -> str:
    if held.status is InspectionStatus.AGREED:
        return "Recorded in this product"
    places = dict.fromkeys(f"{row.paragraph}" for row in held.published if row.paragraph)
    return ", ".join([held.source or "Not stated", *places])


def _or_unknown(number: int | None) -> Number:
    return Symbol.NOT_AVAILABLE if number is None else number


def _evidence(shown: InspectionValue, frame: pl.DataFrame) -> tuple[EvidenceRow, ...]:
    """Return an inspection's evidence rows; lines of cases recorded here are protected first."""
    lines = frame.group_by("theme", maintain_order=True)
    recorded = str(Basis.RECORDED_HERE)
    rows: list[EvidenceRow] = []
    for _theme, line in lines:
        here = line.get_column("basis").first() == recorded
        protect = _protected if here else _as_published
        rows += [_row(shown, row, *cells) for row, cells in protect(line)]
    return tuple(rows)


Cells = tuple[Number, Number]


def _as_published(line: pl.DataFrame) -> list[tuple[dict[str, object], Cells]]:
    return [
        (row, (_or_unknown(row["cases"]), _or_unknown(row["cases_read"])))
        for row in line.iter_rows(named=True)
    ]


def _protected(line: pl.DataFrame) -> list[tuple[dict[str, object], Cells]]:
    """Withhold a line that holds a small count, and its total where that would give it away.

    A count by kind of case says nothing about a child, and neither does *not graded*.
    """
    numbers = line.get_column("cases").to_list()
    by_kind = line.get_column("theme").first() == counts.ALL
    neutral = len(numbers) if by_kind else 1
    withheld = must_withhold(numbers, neutral=neutral)
    stands = not withheld or total_may_stand(sum(numbers), len(numbers), neutral=neutral)
    return [
        (
            row,
            (
                Symbol.WITHHELD if withheld else row["cases"],
                row["cases_read"] if stands else Symbol.WITHHELD,
            ),
        )
        for row in line.iter_rows(named=True)
    ]


def _row(
    shown: InspectionValue, row: dict[str, object], cases: Number, cases_read: Number
) -> EvidenceRow:
    return EvidenceRow(
        inspection=shown.code,
        inspecting_body="; ".join(shown.inspecting),
        inspected_body="; ".join(shown.inspected),
        area_code=shown.area.code,
        area_name=shown.area.label,
        period_start=shown.started_on,
        period_end=shown.ended_on or shown.started_on,
        case_kind=str(row["case_kind"]),
        theme=str(row["theme"]),
        grade=str(row["grade"]),
        cases=cases,
        cases_read=cases_read,
        basis=str(row["basis"]),
        source=shown.source or "Recorded in this product",
    )


def _cases_read(evidence: Sequence[EvidenceRow]) -> tuple[tuple[str, Number], ...]:
    """Return how many cases of each kind were read; one entry a kind, and one for all kinds."""
    found: dict[str, Number] = {}
    for row in evidence:
        if row.basis != Basis.RECORDED_HERE:
            found.setdefault(row.case_kind, row.cases_read)
        elif row.grade == counts.ALL:
            found[row.case_kind] = row.cases
        else:
            found.setdefault(counts.ALL, row.cases_read)
    return tuple(found.items())


def _recommendation(builder: _Builder, held: RecommendationValue) -> PublishedRecommendation:
    behind = held.findings_behind
    small = 0 < behind < POLICY.threshold
    return PublishedRecommendation(
        code=held.code,
        title=held.title,
        text=held.text,
        kind=held.kind.english,
        inspection=held.inspection,
        area_code=held.area,
        themes=held.themes,
        made_on=held.made_on,
        response_due_on=held.response_due_on,
        findings=Symbol.WITHHELD if small else behind,
        source=held.source or "Recorded in this product",
        paragraph=held.paragraph,
        owners=tuple(_standing(held, owner) for owner in held.owners),
        invented=held.area is not None and builder.areas[held.area].invented,
    )


def _standing(held: RecommendationValue, owner: OwnerValue) -> OwnerStanding:
    if not held.followed_here:
        label = "Whether and how this body responded has not been recorded here."
        return OwnerStanding(owner.name, None, None, None, None, label)
    return OwnerStanding(
        owner.name,
        owner.response.english,
        owner.delivery.english,
        owner.assurance.english,
        owner.original_due_on,
        _label(owner),
    )


def _label(owner: OwnerValue) -> str:
    """Return an honest sentence: what the owner says, what was tested, and by when it was due."""
    parts = [f"Response: {owner.response.english.lower()}"]
    if owner.original_due_on:
        parts.append(f"the owner says: {owner.delivery.english.lower()}")
        parts.append(f"original date {day(owner.original_due_on)}")
    parts.append(f"assurance: {owner.assurance.english.lower()}")
    return "; ".join(parts) + "."


def _areas(
    builder: _Builder,
    codes: Sequence[str],
    held: Sequence[Inspection],
    written: Sequence[RecommendationValue],
) -> tuple[PublishedArea, ...]:
    lines = figure_lines(builder.session, builder.snapshot, codes, published_only=False)
    figures: dict[str, list[PublishedFigure]] = {code: [] for code in codes}
    for line in lines:
        figures[line.area.code].append(_figure(line))
    links = list(builder.session.scalars(select(AreaSuccession)))
    return tuple(_area(builder, code, held, written, figures[code], links) for code in codes)


def _area(
    builder: _Builder,
    code: str,
    held: Sequence[Inspection],
    written: Sequence[RecommendationValue],
    figures: Sequence[PublishedFigure],
    links: Sequence[AreaSuccession],
) -> PublishedArea:
    area = builder.areas[code]
    about = [inspection.code for inspection in _in_order(held) if is_about(inspection, area)]
    return PublishedArea(
        code=code,
        name=area.name,
        name_welsh=area.name_welsh,
        kind=area.kind.english,
        nation=area.nation.english if area.nation else "England and Wales",
        region_code=area.region_code,
        region_name=_name(builder, area.region_code),
        force_code=area.force_code,
        force_name=_name(builder, area.force_code),
        started_on=area.started_on,
        ended_on=area.ended_on,
        predecessors=tuple(sorted(x.predecessor for x in links if x.successor == code)),
        successors=tuple(sorted(x.successor for x in links if x.predecessor == code)),
        invented=area.invented,
        inspections=tuple(about),
        recommendations=tuple(r.code for r in written if r.inspection in about),
        figures=tuple(figures),
    )


def _name(builder: _Builder, code: str | None) -> str | None:
    return builder.areas[code].name if code else None


@dataclass(frozen=True)
class _Numbers:
    """A figure's numbers as they may be published."""

    numerator: Number = Symbol.NOT_APPLICABLE
    denominator: Number = Symbol.NOT_APPLICABLE
    value: float | None = None
    value_high: float | None = None
    low: float | None = None
    high: float | None = None
    interval: str = ""
    comparator: str = ""


def _figure(line: Line) -> PublishedFigure:
    numbers = _numbers(line.outcome)
    if not line.published:
        numbers = _protected_numbers(line.outcome, numbers)
    reported = BY_CODE[line.indicator]
    assert isinstance(reported, Reported)  # noqa: S101 - figures belong to reported indicators
    return PublishedFigure(
        indicator=line.indicator,
        title=line.title,
        area_code=line.area.code,
        area_name=line.area.label,
        period_start=line.period_start,
        period_end=line.period_end,
        period=line.period,
        unit=reported.unit,
        better=line.better,
        breaks=line.breaks,
        subject=line.subject or "",
        numerator_means=reported.numerator,
        denominator_means=reported.denominator or "",
        note=line.note or "",
        source=line.source,
        **vars(numbers),
    )


def _numbers(outcome: Outcome) -> _Numbers:
    match outcome:
        case Share(count, out_of, interval):
            given = (interval.low, interval.high, interval.method) if interval else (None, None, "")
            low, high = (None if end is None else round(100 * end, 4) for end in given[:2])
            share = round(100 * outcome.share, 4)
            return _Numbers(count, out_of, share, None, low, high, given[2])
        case Rate(count, out_of):
            return _Numbers(count, out_of, round(outcome.rate, 4))
        case Count(count):
            return _Numbers(count)
        case Stated(stated, high, _unit, comparator, out_of):
            unknown = Symbol.NOT_AVAILABLE
            of = _or_unknown(out_of)
            return _Numbers(unknown, of, stated, high, comparator=comparator or "")
        case NoNumber(symbol):
            return _Numbers(symbol)
    return _Numbers(Symbol.NOT_AVAILABLE)


def _protected_numbers(outcome: Outcome, numbers: _Numbers) -> _Numbers:
    """Withhold what an unpublished return must not say; a share shares its count's fate."""
    if isinstance(outcome, Count) and 0 < outcome.count < POLICY.threshold:
        return _Numbers(Symbol.WITHHELD)
    if not isinstance(outcome, Share):
        return numbers
    line = (outcome.count, outcome.out_of - outcome.count)
    if not must_withhold(line):
        return numbers
    stands = total_may_stand(outcome.out_of, len(line))
    return _Numbers(Symbol.WITHHELD, outcome.out_of if stands else Symbol.WITHHELD)


def pages(session: Session, held: Sequence[Inspection]) -> list[str]:
    """Return the areas that get a page in a release of everything: authorities, forces, and
    every other place that is inspected."""
    local = (AreaKind.LOCAL_AUTHORITY, AreaKind.POLICE_FORCE_AREA)
    codes = session.scalars(select(Area.code).where(Area.kind.in_(local))).all()
    return sorted({*codes, *(inspection.area_code for inspection in held)})
