"""The open data files of a release: CSV that a person, a program and a spreadsheet can read.

UTF-8, LF, one header row. Where there is no number a mark stands, where there is no text
`z`; only a date may be empty. Lists are joined with `; `. Each cell is one line: runs of
white space in a text are one space; `release.json` has every text exactly.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import Enum

from data_model.vocabulary import Symbol
from inspect_app.publishing import data_columns, release_json, schema
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
from inspect_app.publishing.words import exact

RUNS = tuple("=+-@＝＋－＠")  # noqa: RUF001 - full-width signs run too
"""What a spreadsheet takes for the start of something to run."""

MEASURES = ("value", "value_high", "low", "high")
DATES = frozenset(
    {"period_start", "period_end", "made_on", "response_due_on", "original_due_on"}
    | {"claimed_on", "shown_on", "closed_on", "started_on", "ended_on"}
)

NOBODY = OwnerStanding("", "", "")
"""Stands where a recommendation is addressed to nobody, so that its row is not lost."""

Record = dict[str, object]


@dataclass(frozen=True)
class DataFile:
    """One CSV: its name, what one row of it is, its columns, and how it gets its rows."""

    name: str
    one_row_is: str
    columns: data_columns.Columns
    records: Callable[[ReleaseContent], Iterable[Record]]

    @property
    def path(self) -> str:
        """Where it stands in the release."""
        return f"data/{self.name}.csv"


def data_files(content: ReleaseContent, mark: ReleaseMark) -> dict[str, bytes]:
    """Return every file of the `data` folder: path to bytes."""
    tables = {each.path: _csv(each, content) for each in DATA_FILES}
    return {
        **tables,
        release_json.PATH: release_json.document(content, mark),
        schema.PATH: schema.schema_file(),
    }


def cell(column: str, value: object) -> str:
    """Return a value as it stands in a CSV; text that a spreadsheet would run gets a `'`."""
    if value is None and column in DATES:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return exact(value)
    return str(value) if isinstance(value, int | date) else _text(value)


def _text(value: object) -> str:
    joined = "; ".join(value) if isinstance(value, tuple) else value
    text = " ".join(str(joined.value if isinstance(joined, Enum) else joined or "").split())
    if not text:
        return Symbol.NOT_APPLICABLE.value
    return f"'{text}" if text.startswith(RUNS) else text


def _csv(file: DataFile, content: ReleaseContent) -> bytes:
    names = [name for name, _ in file.columns]
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(names)
    for record in file.records(content):
        writer.writerow([cell(name, record[name]) for name in names])
    return target.getvalue().encode()


def _values(of: EvidenceRow | PublishedFigure | OwnerStanding) -> Record:
    return {field.name: getattr(of, field.name) for field in fields(of)}


def _evidence(content: ReleaseContent) -> Iterator[Record]:
    for inspection in _inspections(content):
        yield from (_values(row) for row in inspection.evidence)


def _judgements(content: ReleaseContent) -> Iterator[Record]:
    for inspection in _inspections(content):
        about = {
            **asdict(inspection),
            "inspection": inspection.code,
            "inspecting_body": inspection.inspecting,
            "inspected_body": inspection.inspected,
        }
        yield from ({**about, **asdict(each)} for each in inspection.judgements)


def _recommendations(content: ReleaseContent) -> Iterator[Record]:
    for each in sorted(content.recommendations, key=_code):
        about = {**asdict(each), "recommendation": each.code}
        for owner in each.owners or (NOBODY,):
            yield {**about, **_values(owner)}


def _figures(content: ReleaseContent) -> Iterator[Record]:
    for area in sorted(content.areas, key=_code):
        yield from (_figure(figure) for figure in area.figures)


def _figure(figure: PublishedFigure) -> Record:
    """Return a figure whose missing measures say why: what follows from a count shares its fate."""
    record = _values(figure)
    missing = no_value(figure)
    withheld = missing if missing is Symbol.WITHHELD else Symbol.NOT_APPLICABLE
    marks = {name: missing if name == "value" else withheld for name in MEASURES}
    return {**record, **{name: marks[name] for name in MEASURES if record[name] is None}}


def _areas(content: ReleaseContent) -> Iterator[Record]:
    for area in sorted(content.areas, key=_code):
        yield {field.name: getattr(area, field.name) for field in fields(area)}


def _inspections(content: ReleaseContent) -> list[PublishedInspection]:
    return sorted(content.inspections, key=_code)


def _code(of: PublishedArea | PublishedInspection | PublishedRecommendation) -> str:
    return of.code


DATA_FILES = (
    DataFile(
        "evidence_base",
        "one count of cases: an inspection, a kind of case, a theme and a grade",
        data_columns.EVIDENCE_BASE,
        _evidence,
    ),
    DataFile(
        "judgements",
        "one judgement on a whole service, on its own scale",
        data_columns.JUDGEMENTS,
        _judgements,
    ),
    DataFile(
        "recommendations",
        "one recommendation and one body it is addressed to",
        data_columns.RECOMMENDATIONS,
        _recommendations,
    ),
    DataFile(
        "indicators",
        "one figure: an indicator, a place and a period",
        data_columns.INDICATORS,
        _figures,
    ),
    DataFile("areas", "one place", data_columns.AREAS, _areas),
)
