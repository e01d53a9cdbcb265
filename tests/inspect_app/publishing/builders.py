"""A small release that looks real: Durham and London from the Inquiry's report, one invented."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from data_model.vocabulary import Better, Symbol
from inspect_app.publishing.content import (
    EvidenceRow,
    Number,
    OwnerStanding,
    PublishedArea,
    PublishedFigure,
    PublishedInspection,
    PublishedJudgement,
    PublishedRecommendation,
    Quotation,
    ReleaseContent,
    ReleaseMark,
)
from inspect_app.publishing.release_json import content_hash

REPORT = "IICSA, Child sexual exploitation by organised networks, February 2022"
CASE_GRADES = (
    ("good", "Good"),
    ("requires_improvement", "Requires improvement"),
    ("inadequate", "Inadequate"),
)
THEMES = (
    ("T4", "Missing children, return home interviews and children in care"),
    ("T5", "Male victims"),
    ("T6", "Children with disabilities"),
)
C, X = Symbol.WITHHELD, Symbol.NOT_AVAILABLE


def inspection(code: str, **changes: Any) -> PublishedInspection:
    """An inspection of County Durham by Ofsted that published nothing, but for the changes."""
    plain = PublishedInspection(
        code=code,
        title=f"Inspection {code}",
        kind="External inspection",
        framework="Inspections of local authority children's services (ILACS)",
        scale="ILACS judgements",
        grade_names=(("outstanding", "Outstanding"), ("good", "Good")),
        area_code="E06000047",
        area_name="County Durham",
        area_codes=("E06000047",),
        inspecting=("Ofsted",),
        inspected=("Durham County Council",),
        period="September 2019",
        period_start=date(2019, 9, 9),
        period_end=date(2019, 9, 9),
        published_on=None,
        sampling="Not stated",
        cases_available=X,
        cases_read=(),
        basis=(),
        themes=(),
        without_a_grade=(),
        not_graded=(),
        summary=None,
        note=None,
        source=REPORT,
        whole_force=False,
        invented=False,
        evidence=(),
        quotations=(),
        statements=(),
        judgements=(),
        recommendations=(),
    )
    return replace(plain, **changes)


def with_evidence(
    plain: PublishedInspection, basis: str, rows: Sequence[tuple[str, str, str, Number, Number]]
) -> PublishedInspection:
    """The inspection with rows of (kind of case, theme, grade, cases, cases read) of one basis."""
    evidence = tuple(
        EvidenceRow(
            inspection=plain.code,
            inspecting_body="; ".join(plain.inspecting),
            inspected_body="; ".join(plain.inspected),
            area_code=plain.area_code,
            area_name=plain.area_name,
            period_start=plain.period_start,
            period_end=plain.period_end,
            case_kind=kind,
            theme=theme,
            grade=grade,
            cases=cases,
            cases_read=read,
            basis=basis,
            source=plain.source,
        )
        for kind, theme, grade, cases, read in rows
    )
    read = {kind: read for kind, _, _, _, read in rows}
    whole = (*plain.evidence, *evidence)
    bases = tuple(dict.fromkeys(row.basis for row in whole))
    return replace(plain, evidence=whole, basis=bases, cases_read=tuple(read.items()))


OFSTED = with_evidence(
    inspection(
        "OFSTED-2019-09-E06000047",
        title="Ofsted inspection of children's services: Durham County Council, September 2019",
        statements=(
            Quotation(
                "The strength of the local authority's and partners' response to missing children "
                "and children at risk of exploitation is helping to reduce risks.",
                "positive",
                "K.3 para 11",
                "OFS012544_005",
                "The evidence for this finding was not set out in the report.",
            ),
        ),
        judgements=(
            PublishedJudgement("Overall effectiveness", "good", "Good", None, "K.3 para 11"),
        ),
    ),
    "published without grades",
    [("cse", "all", "not published", 18, 18), ("other", "all", "not published", 1, 1)],
)
SILENT = with_evidence(
    inspection(
        "OFSTED-2022-05-E06000047",
        period="May 2022",
        period_start=date(2022, 5, 9),
        period_end=date(2022, 5, 9),
    ),
    "published without grades",
    [("cse", "all", "not published", X, X)],
)
HMICFRS = with_evidence(
    inspection(
        "HMICFRS-2020-03-E23000008",
        title="HMICFRS child protection inspection of Durham Constabulary",
        framework="National child protection inspections",
        scale="Child protection case grades",
        grade_names=CASE_GRADES,
        area_code="E23000008",
        area_name="Durham (police force area)",
        area_codes=("E23000008",),
        inspecting=("HMICFRS",),
        inspected=("Durham Constabulary",),
        period="March 2020",
        period_start=date(2020, 3, 1),
        period_end=date(2020, 3, 31),
        whole_force=True,
        statements=(
            Quotation(
                'a response to missing children that was "inconsistent and inappropriate"',
                "negative",
                "K.3 para 12",
                "INQ005331",
                None,
            ),
        ),
        recommendations=("HMICFRS-2020-R1",),
    ),
    "published counts",
    [
        ("missing", "all", "good", 1, 9),
        ("missing", "all", "requires_improvement", 2, 9),
        ("missing", "all", "inadequate", 6, 9),
    ],
)
MET = with_evidence(
    inspection(
        "HMIC-2016-E23000001",
        title="HMIC child protection inspection of the Metropolitan Police Service",
        scale="Child protection case grades",
        grade_names=CASE_GRADES,
        area_code="E23000001",
        area_name="Metropolitan Police (police force area)",
        area_codes=("E23000001",),
        inspecting=("HMICFRS",),
        inspected=("Metropolitan Police Service",),
        period="2016",
        period_start=date(2016, 1, 1),
        period_end=date(2016, 12, 31),
        whole_force=True,
    ),
    "published unsplit",
    [
        ("missing", "all", "requires_improvement|inadequate", 36, 38),
        ("missing", "all", "not stated", 2, 38),
    ],
)
INVENTED = with_evidence(
    inspection(
        "ALD-2025-JTAI",
        title="Aldermere: joint inspection",
        scale="Child protection case grades",
        grade_names=CASE_GRADES,
        area_code="X06000001",
        area_name="Aldermere (invented)",
        area_codes=("X06000001",),
        inspecting=("Joint Inspectorate of the sample (invented)",),
        inspected=("Aldermere Council (invented)",),
        period="February 2025",
        period_start=date(2025, 2, 10),
        period_end=date(2025, 2, 21),
        sampling="Drawn at random",
        cases_available=38,
        themes=THEMES,
        without_a_grade=("T6",),
        summary="Staff knew many of the children well.",
        invented=True,
        recommendations=("ALD-2025-R1",),
    ),
    "recorded here",
    [
        ("all", "T4", "good", 3, 16),
        ("all", "T4", "requires_improvement", 4, 16),
        ("all", "T4", "inadequate", 9, 16),
        ("all", "T4", "not graded", 0, 16),
        ("all", "T5", "good", C, 16),
        ("all", "T5", "requires_improvement", C, 16),
        ("all", "T5", "inadequate", C, 16),
        ("all", "T5", "not graded", C, 16),
    ],
)


def figure(**changes: Any) -> PublishedFigure:
    """Children in care identified as at risk, Durham, 2018/19, but for the changes."""
    plain = PublishedFigure(
        indicator="care-at-risk",
        title="Children in care at risk of sexual exploitation",
        area_code="E06000047",
        area_name="County Durham",
        period_start=date(2018, 4, 1),
        period_end=date(2019, 3, 31),
        period="2018/19",
        numerator=11,
        denominator=840,
        value=1.3095,
        value_high=None,
        unit="percent",
        low=0.7326,
        high=2.3302,
        interval="Wilson 95%",
        comparator="",
        better=Better.NEITHER,
        breaks=False,
        subject="children in care identified as at risk",
        numerator_means="children in care identified as at risk",
        denominator_means="children in care",
        note="",
        source=f"{REPORT}, D.2 para 6",
    )
    return replace(plain, **changes)


LATER = figure(
    period_start=date(2019, 4, 1),
    period_end=date(2020, 3, 31),
    period="2019/20",
    numerator=C,
    denominator=850,
    value=None,
    low=None,
    high=None,
    interval="",
    breaks=True,
    note="Recording change: a new form was used.",
)


def area(code: str, name: str, **changes: Any) -> PublishedArea:
    """A local authority in England without anything known of it, but for the changes."""
    plain = PublishedArea(
        code=code,
        name=name,
        name_welsh=None,
        kind="Local authority",
        nation="England",
        region_code=None,
        region_name=None,
        force_code=None,
        force_name=None,
        started_on=None,
        ended_on=None,
        predecessors=(),
        successors=(),
        invented=False,
        inspections=(),
        recommendations=(),
        figures=(),
    )
    return replace(plain, **changes)


AREAS = (
    area(
        "E06000047",
        "County Durham",
        force_code="E23000008",
        force_name="Durham",
        started_on=date(2009, 4, 1),
        predecessors=("E10000010",),
        inspections=("HMICFRS-2020-03-E23000008", OFSTED.code, SILENT.code),
        recommendations=("HMICFRS-2020-R1",),
        figures=(figure(), LATER),
    ),
    area("E23000001", "Metropolitan Police", kind="Police force area", inspections=(MET.code,)),
    area("E23000008", "Durham", kind="Police force area", inspections=(HMICFRS.code,)),
    area(
        "X06000001",
        "Aldermere",
        invented=True,
        inspections=(INVENTED.code,),
        recommendations=("ALD-2025-R1",),
        figures=(figure(area_code="X06000001", area_name="Aldermere (invented)"),),
    ),
)

PRACTICE = PublishedRecommendation(
    code="HMICFRS-2020-R1",
    title="Practice in cases of children who go missing from home",
    text='"immediately improves practice in cases of children who go missing from home"',
    kind="Immediate recommendation",
    inspection=HMICFRS.code,
    area_code="E23000008",
    themes=("T4",),
    made_on=date(2020, 3, 31),
    response_due_on=None,
    findings=0,
    source=REPORT,
    paragraph="K.3 para 12",
    repeats=(),
    owners=(
        OwnerStanding("Durham Constabulary", "The response has not been recorded.", "Dim ymateb."),
    ),
    invented=False,
)
HARM = PublishedRecommendation(
    code="ALD-2025-R1",
    title="Say in every assessment whether a child has been harmed",
    text="The council should make sure that each assessment says so.",
    kind="Recommendation",
    inspection=INVENTED.code,
    area_code="X06000001",
    themes=("T4",),
    made_on=date(2025, 5, 15),
    response_due_on=date(2025, 11, 15),
    findings=C,
    source="Recorded in this product",
    paragraph=None,
    repeats=("HMICFRS-2020-R1",),
    owners=(
        OwnerStanding(
            "Aldermere Council",
            "Council says complete, 28 January 2026. Its evidence was found insufficient.",
            "Y Cyngor yn dweud: wedi'i gwblhau, 28 Ionawr 2026.",
            "Accepted",
            "Claimed complete",
            "Evidence insufficient",
            date(2026, 1, 31),
            2,
            date(2026, 1, 28),
        ),
        OwnerStanding("Aldermere Police", "Police rejects it.", "Gwrthodwyd.", "Rejected"),
    ),
    invented=True,
)


def content(**changes: Any) -> ReleaseContent:
    """The whole small release, but for the changes."""
    plain = ReleaseContent(
        scope="all",
        areas=AREAS,
        inspections=(HMICFRS, INVENTED, MET, OFSTED, SILENT),
        recommendations=(HARM, PRACTICE),
        themes=THEMES,
        protection="Counts of 1 and 2 are withheld.",
        attributions=(f"{REPORT}.",),
    )
    return replace(plain, **changes)


def mark(of: ReleaseContent, number: int = 3) -> ReleaseMark:
    """The mark of a release of this content, made on 22 November 2026."""
    made_on, said = date(2026, 11, 22), content_hash(of)
    return ReleaseMark(number, made_on, said, "a" * 64, "b" * 64, covers=of.scope)
