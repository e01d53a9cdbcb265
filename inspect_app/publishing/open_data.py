"""The open data files in the Department for Education's standard: what it can hold of a release.

One kind of period to a file; each with its metadata beside it. A figure that the standard has no
words for (another period, an invented place, a range, `over 40`) stands in `indicators.csv` alone,
and so does what two rows say differently of one thing.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from data_model.vocabulary import Symbol
from inspect_app.publishing.content import (
    EvidenceRow,
    PublishedArea,
    PublishedFigure,
    ReleaseContent,
)
from inspect_app.publishing.csv_cells import cell, csv_of, one_line
from inspect_app.publishing.data_tables import figure_record
from inspect_app.publishing.described import Holds, Said
from inspect_app.publishing.standard_periods import KINDS, Period, period_of
from inspect_app.publishing.standard_places import COLUMNS, place_of

TIME = ("time_period", "time_identifier")
META = (
    "col_name",
    "col_type",
    "label",
    "indicator_grouping",
    "indicator_unit",
    "indicator_dp",
    "filter_hint",
    "filter_grouping_column",
)
TOTAL = {"all": "Total"}
PERCENT, RATE = "percent", "per 10,000 children"

Row = Mapping[str, str]
Record = Mapping[str, object]


@dataclass(frozen=True)
class Filter:
    """A column that says what is counted: its name, its label, and where in a record it is."""

    name: str
    label: Said
    of: str
    hint: str = ""


@dataclass(frozen=True)
class Indicator:
    """A column of numbers or marks: its unit, and `dp`, how many places after the point."""

    name: str
    label: Said
    value: Callable[[Record], object]
    unit: str = ""
    dp: int = 0


@dataclass(frozen=True)
class OpenTable:
    """A table of the standard: its columns, and its records with where and when they are of."""

    name: str
    title: Said
    filters: tuple[Filter, ...]
    indicators: tuple[Indicator, ...]
    records: Callable[[ReleaseContent], Iterable[tuple[Period, Row, Record]]]
    draws_on: tuple[str, ...]


@dataclass(frozen=True)
class OpenFile:
    """A table's rows of one kind of period: a CSV and its metadata."""

    name: str
    table: OpenTable
    rows: tuple[Row, ...]

    @property
    def path(self) -> str:
        """Where the CSV stands in the release."""
        return f"data/open/{self.name}.csv"

    @property
    def meta_path(self) -> str:
        """Where its metadata stand."""
        return f"data/open/{self.name}.meta.csv"

    @property
    def draws_on(self) -> tuple[str, ...]:
        """The parts of the content that the rows come from; areas name the places."""
        return self.table.draws_on

    @cached_property
    def filters(self) -> tuple[Filter, ...]:
        """The filters that tell rows apart: one level alone is no filter (it is in the labels)."""
        return tuple(each for each in self.table.filters if len(self._levels(each)) > 1)

    @cached_property
    def data(self) -> bytes:
        """The CSV."""
        numbers = [each.name for each in self.table.indicators]
        head = [*TIME, *COLUMNS, *(each.name for each in self.filters), *numbers]
        return csv_of(head, ([row[name] for name in head] for row in self.rows))

    @cached_property
    def meta(self) -> bytes:
        """The metadata: a row for each filter and each indicator."""
        filters = [
            (each.name, "Filter", each.label.english, "", "", "", each.hint, "")
            for each in self.filters
        ]
        indicators = [
            (each.name, "Indicator", self._label(each), "", each.unit, str(each.dp), "", "")
            for each in self.table.indicators
        ]
        return csv_of(META, [*filters, *indicators])

    def _levels(self, column: Filter) -> set[str]:
        return {row[column.name] for row in self.rows}

    def _label(self, indicator: Indicator) -> str:
        alone = [
            f"{each.label.english.lower()}: {level}"
            for each in self.table.filters
            if each not in self.filters
            for level in self._levels(each)
            if level not in {"Total", Symbol.NOT_APPLICABLE.value}
        ]
        return (
            f"{indicator.label.english} ({'; '.join(alone)})" if alone else indicator.label.english
        )


def files_of(content: ReleaseContent) -> tuple[OpenFile, ...]:
    """Return the files that have a row; a kind of period without one has no file."""
    return tuple(file for table in OPEN_TABLES for file in _files(table, content))


def _files(table: OpenTable, content: ReleaseContent) -> Iterator[OpenFile]:
    rows: dict[str, list[Row]] = {kind: [] for kind in KINDS}
    for period, place, record in table.records(content):
        rows[period.kind].append(_row(table, period, place, record))
    for kind, found in rows.items():
        alone = _said_once(table, found)
        if alone:
            yield OpenFile(f"{table.name}_{kind}", table, alone)


def _row(table: OpenTable, period: Period, place: Row, record: Record) -> Row:
    said = {each.name: _level(record[each.of]) for each in table.filters}
    numbers = {each.name: _number(each.value(record)) for each in table.indicators}
    time = {"time_period": period.time_period, "time_identifier": period.time_identifier}
    return {**time, **place, **said, **numbers}


def _level(value: object) -> str:
    text = one_line(value)
    return cell(TOTAL.get(text, text))


def _number(value: object) -> str:
    """Return a number or the standard's mark; what a source left blank is not available."""
    blank = value is Symbol.BLANK
    return cell(Symbol.NOT_AVAILABLE if blank else value, Holds.COUNT)


def _said_once(table: OpenTable, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return the rows of which no other says something of the same thing, in order."""
    keys = [*TIME, *COLUMNS, *(each.name for each in table.filters)]
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        found.setdefault(tuple(row[name] for name in keys), []).append(row)
    return tuple(found[key][0] for key in sorted(found) if len(found[key]) == 1)


def _evidence(content: ReleaseContent) -> Iterator[tuple[Period, Row, Record]]:
    areas = _by_code(content)
    for inspection in sorted(content.inspections, key=lambda each: each.code):
        for row in inspection.evidence:
            place = place_of(row.area_code, row.area_name, areas.get(row.area_code))
            period = _year_read(row)
            if place and period and not inspection.invented:
                yield period, place, vars(row)


def _year_read(row: EvidenceRow) -> Period | None:
    """Return the calendar year in which the reading of cases ended."""
    ended = row.period_end or row.period_start
    return Period(f"{ended:%Y}", "Calendar year", "calendar_years") if ended else None


def _figures(content: ReleaseContent) -> Iterator[tuple[Period, Row, Record]]:
    areas = _by_code(content)
    for area in content.areas:
        for figure in area.figures:
            place = place_of(figure.area_code, figure.area_name, areas.get(figure.area_code))
            period = period_of(figure.period_start, figure.period_end)
            if place and period and not area.invented and _is_exact(figure):
                yield period, place, figure_record(figure)


def _is_exact(figure: PublishedFigure) -> bool:
    return not figure.comparator and figure.value_high is None


def _by_code(content: ReleaseContent) -> dict[str, PublishedArea]:
    return {area.code: area for area in content.areas}


def _as(unit: str, name: str) -> Callable[[Record], object]:
    """Return how a measure is read from figures in one unit; it does not apply to others."""
    return lambda figure: figure[name] if figure["unit"] == unit else Symbol.NOT_APPLICABLE


def _otherwise(figure: Record) -> object:
    apart = figure["unit"] not in {PERCENT, RATE}
    return figure["value"] if apart else Symbol.NOT_APPLICABLE


CASE_GRADES = OpenTable(
    "case_grades",
    Said("Cases by theme and grade", "Achosion fesul thema a gradd"),
    (
        Filter("inspection", Said("Inspection", "Arolygiad"), "inspection"),
        Filter("inspecting_body", Said("Who read the cases", "Pwy ddarllenodd"), "inspecting_body"),
        Filter("inspected_body", Said("Whose practice was read", "Ymarfer pwy"), "inspected_body"),
        Filter("kind_of_case", Said("Kind of case", "Math o achos"), "case_kind"),
        Filter("theme", Said("Theme", "Thema"), "theme", "Codes; see evidence_base.csv"),
        Filter("grade", Said("Grade", "Gradd"), "grade", "Never add across kinds of evidence"),
        Filter("evidence", Said("Kind of evidence base", "Math o sylfaen dystiolaeth"), "basis"),
    ),
    (
        Indicator("cases", Said("Cases given the grade", "Achosion"), lambda row: row["cases"]),
        Indicator(
            "cases_read",
            Said("Cases read", "Achosion a ddarllenwyd"),
            lambda row: row["cases_read"],
        ),
    ),
    _evidence,
    ("areas", "inspections"),
)
FIGURES = OpenTable(
    "figures",
    Said("Figures of indicators", "Ffigurau dangosyddion"),
    (
        Filter("measure", Said("Measure", "Mesur"), "title"),
        Filter("measure_code", Said("Code of the measure", "Cod y mesur"), "indicator"),
        Filter("counted_in", Said("Counted in", "Wedi'i gyfrif mewn"), "unit"),
        Filter("said_of", Said("Of whom or what", "Am bwy neu beth"), "subject"),
        Filter("source", Said("Source", "Ffynhonnell"), "source"),
    ),
    (
        Indicator("numerator", Said("Count", "Cyfrif"), lambda row: row["numerator"]),
        Indicator("denominator", Said("Out of", "Allan o"), lambda row: row["denominator"]),
        Indicator("percentage", Said("Percentage", "Canran"), _as(PERCENT, "value"), "%", 1),
        Indicator(
            "percentage_low",
            Said("Lower end of the interval", "Pen isaf y cyfwng"),
            _as(PERCENT, "low"),
            "%",
            1,
        ),
        Indicator(
            "percentage_high",
            Said("Upper end of the interval", "Pen uchaf y cyfwng"),
            _as(PERCENT, "high"),
            "%",
            1,
        ),
        Indicator(
            "rate_per_10000",
            Said("Rate per 10,000 children", "Cyfradd fesul 10,000 o blant"),
            _as(RATE, "value"),
            "",
            1,
        ),
        Indicator("stated_number", Said("Number as stated", "Rhif fel y'i nodir"), _otherwise),
    ),
    _figures,
    ("areas",),
)
OPEN_TABLES = (CASE_GRADES, FIGURES)
