"""The tables of a release: what each is, and how it gets its rows from the content."""

from collections.abc import Iterator
from dataclasses import asdict, fields

from data_model.vocabulary import Symbol
from inspect_app.publishing import data_columns, data_columns_places
from inspect_app.publishing.area_view import no_value
from inspect_app.publishing.content import (
    EvidenceRow,
    OwnerStanding,
    PublishedArea,
    PublishedFigure,
    PublishedInspection,
    PublishedRecommendation,
    ReleaseContent,
    ReleaseMark,
)
from inspect_app.publishing.described import Record, Said, Table

MEASURES = ("value", "value_high", "low", "high")

NOBODY = OwnerStanding("", "", "")
"""Stands where a recommendation is addressed to nobody, so that its row is not lost."""


def _values(of: EvidenceRow | PublishedFigure | OwnerStanding | PublishedArea) -> dict[str, object]:
    return {field.name: getattr(of, field.name) for field in fields(of)}


def _evidence(content: ReleaseContent, _mark: ReleaseMark) -> Iterator[Record]:
    for inspection in _inspections(content):
        yield from (_values(row) for row in inspection.evidence)


def _judgements(content: ReleaseContent, _mark: ReleaseMark) -> Iterator[Record]:
    for inspection in _inspections(content):
        about = _about(inspection) | {"scale": inspection.scale, "source": inspection.source}
        yield from ({**about, **asdict(each)} for each in inspection.judgements)


def _claims(content: ReleaseContent, _mark: ReleaseMark) -> Iterator[Record]:
    for inspection in _inspections(content):
        for claim in inspection.claims:
            yield {**_about(inspection), **asdict(claim), "claim": claim.code}


def _about(inspection: PublishedInspection) -> dict[str, object]:
    return {
        "inspection": inspection.code,
        "inspecting_body": inspection.inspecting,
        "inspected_body": inspection.inspected,
        "area_code": inspection.area_code,
        "area_name": inspection.area_name,
        "period_start": inspection.period_start,
        "period_end": inspection.period_end,
        "invented": inspection.invented,
    }


def _recommendations(content: ReleaseContent, _mark: ReleaseMark) -> Iterator[Record]:
    for each in sorted(content.recommendations, key=_code):
        about = {**asdict(each), "recommendation": each.code}
        for owner in each.owners or (NOBODY,):
            yield {**about, **_values(owner)}


def _figures(content: ReleaseContent, _mark: ReleaseMark) -> Iterator[Record]:
    for area in sorted(content.areas, key=_code):
        yield from (figure_record(figure) for figure in area.figures)


def figure_record(figure: PublishedFigure) -> Record:
    """Return a figure whose missing measures say why: what follows from a count shares its fate."""
    record = _values(figure)
    missing = no_value(figure)
    withheld = missing if missing is Symbol.WITHHELD else Symbol.NOT_APPLICABLE
    marks = {name: missing if name == "value" else withheld for name in MEASURES}
    return {**record, **{name: marks[name] for name in MEASURES if record[name] is None}}


def _areas(content: ReleaseContent, _mark: ReleaseMark) -> Iterator[Record]:
    return (_values(area) for area in sorted(content.areas, key=_code))


def _release(content: ReleaseContent, mark: ReleaseMark) -> Iterator[Record]:
    yield {**asdict(mark), "release": mark.number, "scope": content.scope}


def _inspections(content: ReleaseContent) -> list[PublishedInspection]:
    return sorted(content.inspections, key=_code)


def _code(of: PublishedArea | PublishedInspection | PublishedRecommendation) -> str:
    return of.code


MARKS_ARE_NO_NUMBERS = Said(
    "A mark stands where there is no number. It is never zero, and never added up.",
    "Saif marc lle nad oes rhif. Nid yw byth yn sero, ac nid yw byth yn cael ei adio.",
)
NEVER_ADD = Said(
    "Counts of different kinds of evidence base are never added together.",
    "Nid yw cyfrifon o wahanol fathau o sylfaen dystiolaeth byth yn cael eu hadio at ei gilydd.",
)
SCALES_APART = Said(
    "Grades of different scales are not comparable.",
    "Nid oes modd cymharu graddau o wahanol raddfeydd.",
)
THREE_STATUSES = Said(
    "What a body answers, what it claims and what was found are three separate questions.",
    "Mae'r hyn y mae corff yn ei ateb, yr hyn y mae'n ei honni a'r hyn a ganfuwyd yn dri "
    "chwestiwn ar wahân.",
)
NO_TREND = Said(
    "Nothing compares across a break, and a fall is not good news by itself.",
    "Nid oes dim yn cymharu ar draws toriad, ac nid yw gostyngiad yn newyddion da ynddo'i hun.",
)

TABLES = (
    Table(
        "evidence_base",
        Said("Evidence base", "Sylfaen dystiolaeth"),
        Said(
            "Evidence base: cases by theme and grade",
            "Sylfaen dystiolaeth: achosion fesul thema a gradd",
        ),
        Said(
            "one count of cases: an inspection, a kind of case, a theme and a grade",
            "un cyfrif o achosion: arolygiad, math o achos, thema a gradd",
        ),
        data_columns.EVIDENCE_BASE,
        _evidence,
        ("inspections",),
        (MARKS_ARE_NO_NUMBERS, NEVER_ADD, SCALES_APART),
    ),
    Table(
        "judgements",
        Said("Judgements", "Dyfarniadau"),
        Said("Judgements on whole services", "Dyfarniadau ar wasanaethau cyfan"),
        Said(
            "one judgement on a whole service, on its own scale",
            "un dyfarniad ar wasanaeth cyfan, ar ei raddfa ei hun",
        ),
        data_columns.JUDGEMENTS,
        _judgements,
        ("inspections",),
        (SCALES_APART,),
    ),
    Table(
        "claims",
        Said("Claims", "Honiadau"),
        Said("Claims and what stands behind them", "Honiadau a'r hyn sydd y tu ôl iddynt"),
        Said(
            "one sentence of an inspection's narrative, and its standing",
            "un frawddeg o naratif arolygiad, a'i sail",
        ),
        data_columns.CLAIMS,
        _claims,
        ("inspections",),
    ),
    Table(
        "recommendations",
        Said("Recommendations", "Argymhellion"),
        Said("Recommendations and where they stand", "Argymhellion a lle maent yn sefyll"),
        Said(
            "one recommendation and one body it is addressed to",
            "un argymhelliad ac un corff y'i cyfeirir ato",
        ),
        data_columns_places.RECOMMENDATIONS,
        _recommendations,
        ("recommendations",),
        (MARKS_ARE_NO_NUMBERS, THREE_STATUSES),
    ),
    Table(
        "indicators",
        Said("Figures", "Ffigurau"),
        Said("Figures of indicators", "Ffigurau dangosyddion"),
        Said(
            "one figure: an indicator, a place and a period", "un ffigur: dangosydd, lle a chyfnod"
        ),
        data_columns_places.INDICATORS,
        _figures,
        ("areas",),
        (MARKS_ARE_NO_NUMBERS, NO_TREND),
    ),
    Table(
        "areas",
        Said("Places", "Lleoedd"),
        Said("Places", "Lleoedd"),
        Said("one place", "un lle"),
        data_columns_places.AREAS,
        _areas,
        ("areas",),
    ),
    Table(
        "release",
        Said("This release", "Y datganiad hwn"),
        Said("This release, and what it follows", "Y datganiad hwn, a'r hyn y mae'n ei ddilyn"),
        Said("one release: this one", "un datganiad: hwn"),
        data_columns.RELEASE,
        _release,
        (),
    ),
)
