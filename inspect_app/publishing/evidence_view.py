"""An inspection's evidence base as its page shows it: tables of grades, and lines in words.

The four kinds of evidence base never share a table. Grades that a source did not split stay
one cell; a count that no source gives is a mark, never a zero.
"""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from data_model.vocabulary import Basis, Symbol
from inspect_app.publishing import words
from inspect_app.publishing.content import EvidenceRow, Number, PublishedInspection
from inspect_app.publishing.language import ENGLISH, Language
from inspect_app.publishing.marking import later, later_count
from metrics.counts import ALL, NOT_GRADED, NOT_PUBLISHED, NOT_STATED

UNCOUNTED = later("Number of cases not published. No case grades published.")
NO_CASES_GRADED = later("No cases graded under: %(themes)s.")
NOT_SPLIT = later("%(grades)s: not split in the source")
PART = later("%(count)s %(grade)s")
PART_NOT_SPLIT = later("%(count)s %(grade)s (not split in the source)")
READ = later("%(cases)s read")
READ_UNDER = later("%(cases)s read under %(theme)s")
READ_AGAINST = later("%(cases)s read against %(themes)s.")
THEMES = later_count("%(count)s theme", "%(count)s themes")
ALL_WITHHELD = later("%(read)s; grades withheld to protect children.")
UNGRADED = later("%(read)s; grades not published.")
BY = {False: later("Cases"), True: later("Theme")}

WITHOUT_A_GRADE = frozenset({ALL, NOT_PUBLISHED, NOT_GRADED, NOT_STATED})


class Openness(Enum):
    """What an inspection published of the cases it read."""

    GRADED = "grades published"
    COUNTED = "number of cases published, grades not"
    NEITHER = "neither published"


@dataclass(frozen=True)
class Column:
    """A grade at the head of a table; `place` is its place on its scale, 0 where it has none."""

    code: str
    name: str
    place: int


@dataclass(frozen=True)
class Cell:
    """A count under one or more columns; `says` is the sentence an unsplit cell carries."""

    count: Number
    span: int
    place: int
    says: str | None


@dataclass(frozen=True)
class Row:
    """A theme, or a kind of case, its counts, and how many cases were read for it."""

    heading: str
    cells: tuple[Cell, ...]
    cases_read: Number


@dataclass(frozen=True)
class GradeTable:
    """Counts of one kind of evidence base: themes or kinds of case down, grades across."""

    basis: str
    by: str
    themed: bool
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    marks: tuple[Symbol, ...]


@dataclass(frozen=True)
class Line:
    """One sentence about an evidence base; `loud` where a reader might be falsely reassured."""

    text: str
    loud: bool


def grade_tables(
    inspection: PublishedInspection, language: Language = ENGLISH
) -> tuple[GradeTable, ...]:
    """Return one table for each kind of evidence base of which the inspection has graded rows."""
    graded = [row for row in inspection.evidence if row.grade not in {ALL, NOT_PUBLISHED}]
    bases = sorted({row.basis for row in graded})
    return tuple(
        _table(inspection, [row for row in graded if row.basis == basis], language)
        for basis in bases
    )


def evidence_lines(
    inspection: PublishedInspection, language: Language = ENGLISH
) -> tuple[Line, ...]:
    """Return what stands behind the inspection's words, one sentence for each kind of case."""
    found = [row for row in inspection.evidence if row.basis != Basis.RECORDED_HERE]
    published = [_published_line(inspection, line, language) for line in _together(found)]
    here = Basis.RECORDED_HERE in _bases(inspection)
    recorded = _recorded_lines(inspection, language) if here else []
    lines = tuple(dict.fromkeys([*recorded, *published]))
    return lines or (Line(language.gettext(UNCOUNTED), loud=True),)


def lines_by_count(
    inspection: PublishedInspection, language: Language = ENGLISH
) -> tuple[Line, ...]:
    """Return every line of counts as a sentence, those recorded here as well as those published."""
    lines = (_published_line(inspection, line, language) for line in _together(inspection.evidence))
    return tuple(dict.fromkeys(lines)) or (Line(language.gettext(UNCOUNTED), loud=True),)


def openness(inspection: PublishedInspection) -> Openness:
    """Return whether grades, numbers of cases or neither are published."""
    if not nothing_graded(inspection):
        return Openness.GRADED
    counted = any(isinstance(row.cases_read, int) for row in inspection.evidence)
    return Openness.COUNTED if counted else Openness.NEITHER


def nothing_graded(inspection: PublishedInspection) -> bool:
    """Return whether not one case grade of this inspection is published."""
    graded = (row for row in inspection.evidence if row.grade not in WITHOUT_A_GRADE)
    return not any(row.cases not in {0, Symbol.NOT_AVAILABLE} for row in graded)


def _bases(inspection: PublishedInspection) -> set[str]:
    return {row.basis for row in inspection.evidence} | set(inspection.basis)


def _table(
    inspection: PublishedInspection, rows: Sequence[EvidenceRow], language: Language
) -> GradeTable:
    columns = _columns(inspection, rows, language)
    drawn = tuple(_row(inspection, line, columns, language) for line in _together(rows))
    counts = [cell.count for row in drawn for cell in row.cells]
    counts += [row.cases_read for row in drawn]
    themed = any(row.theme != ALL for row in rows)
    by = language.gettext(BY[themed])
    return GradeTable(rows[0].basis, by, themed, columns, drawn, marks_among(counts))


def _together(rows: Iterable[EvidenceRow]) -> list[list[EvidenceRow]]:
    """Return rows that count the same cases as lines; a grade given twice starts another line."""
    lines: list[list[EvidenceRow]] = []
    for row in rows:
        home = next((line for line in lines if _belongs(row, line)), None)
        if home is None:
            lines.append([row])
        else:
            home.append(row)
    return lines


def _belongs(row: EvidenceRow, line: Sequence[EvidenceRow]) -> bool:
    return _counted(row) == _counted(line[0]) and all(row.grade != each.grade for each in line)


def _counted(row: EvidenceRow) -> tuple[object, ...]:
    return row.basis, row.case_kind, row.theme, row.cases_read


def marks_among(numbers: Iterable[Number]) -> tuple[Symbol, ...]:
    """Return each mark that stands among the numbers, once, in the order of the vocabulary."""
    found = {each for each in numbers if isinstance(each, Symbol)}
    return tuple(mark for mark in Symbol if mark in found)


def _columns(
    inspection: PublishedInspection, rows: Sequence[EvidenceRow], language: Language
) -> tuple[Column, ...]:
    scale = [code for code, _ in inspection.grade_names]
    found = list(dict.fromkeys(row.grade for row in rows))
    others = [code for code in found if code not in scale and not _joins(code, scale, rows)]
    return tuple(
        Column(code, words.grade(code, inspection, language), _place(code, scale))
        for code in [*scale, *others]
    )


def _place(code: str, scale: Sequence[str]) -> int:
    return scale.index(code) + 1 if code in scale else 0


def _joins(code: str, scale: Sequence[str], rows: Sequence[EvidenceRow]) -> bool:
    """Return whether grades that were not split can be one cell under neighbouring columns."""
    parts = code.split("|")
    if len(parts) < 2 or not set(parts) <= set(scale):
        return False
    places = sorted(scale.index(part) for part in parts)
    neighbours = places == list(range(places[0], places[0] + len(parts)))
    lines = {(row.case_kind, row.theme) for row in rows if row.grade == code}
    beside = [row for row in rows if (row.case_kind, row.theme) in lines and row.grade != code]
    return neighbours and not any(set(row.grade.split("|")) & set(parts) for row in beside)


def _row(
    inspection: PublishedInspection,
    rows: Sequence[EvidenceRow],
    columns: Sequence[Column],
    language: Language,
) -> Row:
    at = _rows_by_column(rows, {column.code for column in columns})
    cells: list[Cell] = []
    for row, under in groupby(columns, key=lambda column: at.get(column.code)):
        cells += _cells(inspection, row, list(under), language)
    return Row(_heading(inspection, rows[0], language), tuple(cells), rows[0].cases_read)


def _rows_by_column(rows: Sequence[EvidenceRow], own: Set[str]) -> dict[str, EvidenceRow]:
    at: dict[str, EvidenceRow] = {}
    for row in rows:
        codes = [row.grade] if row.grade in own else row.grade.split("|")
        at |= dict.fromkeys(codes, row)
    return at


def _cells(
    inspection: PublishedInspection,
    row: EvidenceRow | None,
    under: Sequence[Column],
    language: Language,
) -> list[Cell]:
    if row is None:
        return [Cell(Symbol.NOT_AVAILABLE, 1, 0, None) for _ in under]
    if "|" not in row.grade:
        return [Cell(row.cases, 1, under[0].place, None)]
    says = language.say(NOT_SPLIT, grades=words.grade(row.grade, inspection, language))
    return [Cell(row.cases, len(under), 0, says)]


def theme_name(inspection: PublishedInspection, code: str, language: Language = ENGLISH) -> str:
    """Return the name of a theme as this inspection had it, or its code."""
    return language.word(dict(inspection.themes).get(code, code))


def _heading(inspection: PublishedInspection, row: EvidenceRow, language: Language) -> str:
    theme = theme_name(inspection, row.theme, language)
    kind = words.case_kind(row.case_kind, language)
    if row.theme == ALL:
        return kind
    return theme if row.case_kind == ALL else f"{theme} ({kind.lower()})"


def _published_line(
    inspection: PublishedInspection, rows: Sequence[EvidenceRow], language: Language
) -> Line:
    ungraded = all(row.grade == NOT_PUBLISHED for row in rows)
    if ungraded and rows[0].cases_read is Symbol.NOT_AVAILABLE:
        return Line(language.gettext(UNCOUNTED), loud=True)
    read = _read(inspection, rows[0], language)
    if ungraded:
        return Line(language.say(UNGRADED, read=read), loud=True)
    if all(row.cases is Symbol.WITHHELD for row in rows):
        return Line(language.say(ALL_WITHHELD, read=read), loud=False)
    parts = [_part(inspection, row, language) for row in rows if row.grade != ALL]
    return Line(f"{': '.join([read, '; '.join(parts)] if parts else [read])}.", loud=False)


def _read(inspection: PublishedInspection, row: EvidenceRow, language: Language) -> str:
    cases = words.sentence(words.cases(row.case_kind, row.cases_read, language))
    if row.theme == ALL:
        return language.say(READ, cases=cases)
    return language.say(READ_UNDER, cases=cases, theme=theme_name(inspection, row.theme, language))


def _part(inspection: PublishedInspection, row: EvidenceRow, language: Language) -> str:
    mark = row.cases if isinstance(row.cases, Symbol) else None
    count = language.gettext(words.INSTEAD[mark]) if mark else words.number(row.cases, language)
    grade = words.grade(row.grade, inspection, language)
    return language.say(PART_NOT_SPLIT if "|" in row.grade else PART, count=count, grade=grade)


def _recorded_lines(inspection: PublishedInspection, language: Language) -> list[Line]:
    rows = [row for row in inspection.evidence if row.basis == Basis.RECORDED_HERE]
    read = rows[0].cases_read if rows else Symbol.NOT_AVAILABLE
    cases = words.sentence(words.cases(ALL, read, language))
    themes = len({row.theme for row in rows} - {ALL})
    against = language.say(READ_AGAINST, cases=cases, themes=language.count(THEMES, themes))
    said = against if themes else f"{language.say(READ, cases=cases)}."
    gaps = [theme_name(inspection, code, language) for code in inspection.without_a_grade]
    loud = Line(language.say(NO_CASES_GRADED, themes="; ".join(gaps)), loud=True)
    return [Line(said, loud=False), *([loud] if gaps else [])]
