"""What a release would say: agreed and published evidence, protected, without a case reference."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from data_model import counted
from data_model.counted import Snapshot
from data_model.records import (
    Area,
    AreaSuccession,
    Framework,
    Inspection,
    Recommendation,
    RecommendationRepeat,
    Theme,
)
from data_model.vocabulary import AreaKind, InspectionStatus
from inspect_app.publishing.content import (
    OwnerStanding,
    PublishedArea,
    PublishedFigure,
    PublishedInspection,
    PublishedJudgement,
    PublishedRecommendation,
    Quotation,
    ReleaseContent,
)
from inspect_app.services.inspection_values import evidence_base, is_about, value
from inspect_app.services.labels import NOT_FOLLOWED
from inspect_app.services.recommendation_values import OwnerValue, RecommendationValue, values
from inspect_app.services.reference import ScaleValue, scale_value
from inspect_app.services.release_claims import Narrative, narrative
from inspect_app.services.release_evidence import (
    RECORDED_HERE,
    available,
    cases_read,
    evidence_rows,
    not_graded,
    recorded,
    shown,
    without_a_grade,
)
from inspect_app.services.release_figures import figure
from inspect_app.services.release_protection import Protector
from inspect_app.services.release_recommendations import responded
from inspect_app.services.release_returns import protected
from inspect_app.services.scorecards import published_lines
from inspect_app.signed_in import SignedIn
from metrics import evidence_tables
from metrics.disclosure import POLICY, Report

PROTECTION = (
    f"{POLICY.source}. In every table of cases recorded here, and in every published quarterly "
    f"return, counts of 1 to {POLICY.threshold - 1} are withheld, and so is what would say one "
    "and the same of everyone in a group. Further counts are withheld, as few as will do, so that "
    f"nobody can tell a withheld count more closely than within a range of {POLICY.width}: not by "
    "adding and subtracting, not from a percentage, not from what a sentence compares, and not "
    "from an earlier release. Every withheld count has the same mark, whatever the reason. Before "
    "release everything that is published is attacked by linear and whole-number programming. The "
    "parts of a return's lines are in no release. Counts that somebody else has published already "
    "stand as published."
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
    narrative: Narrative
    protector: Protector
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
    earlier: Sequence[ReleaseContent] = (),
) -> ReleaseContent:
    """Return the content of a release of these inspections and the pages of these areas.

    `national` says whether recommendations that arise from no single inspection are in it;
    `earlier` are the contents of all earlier releases, oldest first. Raises Refusal, naming cells
    and equations, where what it says would give a withheld count away.
    """
    content, protector = _protected(session, scope, held, areas, earlier, national=national, by=by)
    protector.attack(content)
    return content


def protection_report(
    session: Session,
    scope: str,
    held: Sequence[Inspection],
    areas: Iterable[str],
    *,
    national: bool,
    by: SignedIn,
    earlier: Sequence[ReleaseContent] = (),
) -> Report:
    """Return what a release would withhold, why, and what that costs: for its publisher alone."""
    _, protector = _protected(session, scope, held, areas, earlier, national=national, by=by)
    return protector.report()


def _protected(
    session: Session,
    scope: str,
    held: Sequence[Inspection],
    areas: Iterable[str],
    earlier: Sequence[ReleaseContent],
    *,
    national: bool,
    by: SignedIn,
) -> tuple[ReleaseContent, Protector]:
    every = {area.code: area for area in session.scalars(select(Area))}
    places = sorted(set(areas))
    snapshot = counted.snapshot(session, by.database.snapshots)
    told = narrative(session, held, snapshot, by, earlier)
    builder = _Builder(session, snapshot, every, told, Protector(earlier))
    codes = {inspection.code for inspection in held}
    written = values(
        session, by, Recommendation.published_on.is_not(None), _arising(codes, national=national)
    )
    repeats = _repeats(session, written)
    content = ReleaseContent(
        scope=scope,
        areas=_areas(builder, places, held, written),
        inspections=tuple(_inspection(builder, i, written) for i in _in_order(held)),
        recommendations=tuple(
            _recommendation(builder, r, repeats[r.code])
            for r in sorted(written, key=lambda r: r.code)
        ),
        themes=tuple((t.code, t.name) for t in session.scalars(select(Theme).order_by(Theme.code))),
        protection=PROTECTION,
        attributions=INVENTED if all(code.startswith("X") for code in places) else ATTRIBUTIONS,
    )
    return content, builder.protector


def _in_order(held: Sequence[Inspection]) -> list[Inspection]:
    return sorted(held, key=lambda i: i.code)


def _inspection(
    builder: _Builder, held: Inspection, written: Sequence[RecommendationValue]
) -> PublishedInspection:
    about = value(builder.session, held)
    scale = builder.scale(held.scale)
    frame = evidence_base(held, scale, builder.snapshot)
    themes = [(entry.theme, builder.session.get_one(Theme, entry.theme)) for entry in held.themes]
    behind = {r.code: r.findings_behind for r in written if r.inspection == held.code}
    read = recorded(builder.snapshot, held, frame, behind)
    protection = builder.protector.inspection(read) if read else None
    evidence = evidence_rows(about, frame, protection)
    return PublishedInspection(
        code=held.code,
        title=held.title,
        kind=held.kind.english,
        framework=builder.session.get_one(Framework, held.framework).name,
        scale=scale.name,
        grade_names=scale.grades,
        area_code=held.area_code,
        area_name=about.area.label,
        area_codes=about.area_codes,
        inspecting=about.inspecting,
        inspected=about.inspected,
        period=held.period_label,
        period_start=held.started_on,
        period_end=held.ended_on or held.started_on,
        published_on=held.published_on,
        sampling=held.sampling.english,
        cases_available=available(held, read, protection),
        cases_read=cases_read(evidence),
        basis=tuple(dict.fromkeys(row.basis for row in evidence)),
        themes=tuple((code, theme.name) for code, theme in themes),
        without_a_grade=without_a_grade(evidence) if read else (),
        not_graded=not_graded(read, protection),
        summary=held.summary,
        note=held.note,
        source=_source(held),
        whole_force=held.whole_force,
        invented=about.invented,
        evidence=evidence,
        quotations=_quotations(held),
        statements=tuple(
            Quotation(s.statement, s.direction, s.paragraph, s.evidence_id, s.comment)
            for s in held.statements
        ),
        judgements=_judgements(held, scale),
        recommendations=tuple(r.code for r in written if r.inspection == held.code),
        claims=builder.narrative.of(held, evidence),
        title_welsh=held.title_welsh,
        summary_welsh=held.summary_welsh,
    )


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


def _arising(codes: set[str], *, national: bool) -> ColumnElement[bool]:
    from_these = Recommendation.inspection.in_(sorted(codes))
    return or_(from_these, Recommendation.inspection.is_(None)) if national else from_these


def _source(held: Inspection) -> str:
    if held.status is InspectionStatus.AGREED:
        return RECORDED_HERE
    places = dict.fromkeys(f"{row.paragraph}" for row in held.published if row.paragraph)
    return ", ".join([held.source or "Not stated", *places])


def _recommendation(
    builder: _Builder, held: RecommendationValue, repeats: Sequence[str]
) -> PublishedRecommendation:
    key = evidence_tables.findings_key(held.inspection or "", held.code)
    protection = builder.protector.protections.get(held.inspection or "")
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
        findings=shown(held.findings_behind, key, protection),
        source=held.source or RECORDED_HERE,
        paragraph=held.paragraph,
        repeats=tuple(repeats),
        owners=tuple(_standing(held, owner) for owner in held.owners),
        invented=held.area is not None and builder.areas[held.area].invented,
        title_welsh=held.title_welsh,
        text_welsh=held.text_welsh,
    )


def _standing(held: RecommendationValue, owner: OwnerValue) -> OwnerStanding:
    if not held.followed_here:
        return OwnerStanding(owner.name, NOT_FOLLOWED["en"], NOT_FOLLOWED["cy"])
    return OwnerStanding(
        body=owner.name,
        label=owner.lasting_labels["en"],
        label_welsh=owner.lasting_labels["cy"],
        response=owner.response.english,
        delivery=owner.delivery.english,
        assurance=owner.assurance.english,
        original_due_on=owner.original_due_on,
        slips=owner.slips,
        claimed_on=owner.claimed_on,
        shown_on=owner.shown_on,
        closed_on=owner.closed_on,
        **responded(owner),
    )


def _repeats(session: Session, written: Sequence[RecommendationValue]) -> dict[str, list[str]]:
    """Return what each of these repeats, of those that are published with it."""
    codes = [each.code for each in written]
    found: dict[str, list[str]] = {code: [] for code in codes}
    link = RecommendationRepeat
    query = select(link).where(link.recommendation.in_(codes), link.repeat_of.in_(codes))
    for each in session.scalars(query.order_by(link.repeat_of)):
        found[each.recommendation].append(each.repeat_of)
    return found


def _areas(
    builder: _Builder,
    codes: Sequence[str],
    held: Sequence[Inspection],
    written: Sequence[RecommendationValue],
) -> tuple[PublishedArea, ...]:
    published = published_lines(builder.session, builder.snapshot, codes)
    lines = protected(builder.session, published, codes, builder.protector)
    figures: dict[str, list[PublishedFigure]] = {code: [] for code in codes}
    for line in lines:
        figures[line.area.code].append(figure(line))
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
        old_code=area.old_code,
    )


def _name(builder: _Builder, code: str | None) -> str | None:
    return builder.areas[code].name if code else None


def pages(session: Session, held: Sequence[Inspection]) -> list[str]:
    """Return the areas that get a page in a release of everything: authorities, forces, and
    every other place that is inspected."""
    local = (AreaKind.LOCAL_AUTHORITY, AreaKind.POLICE_FORCE_AREA)
    codes = session.scalars(select(Area.code).where(Area.kind.in_(local))).all()
    return sorted({*codes, *(inspection.area_code for inspection in held)})
