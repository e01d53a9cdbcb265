"""National publications in: shown first, then taken in one transaction, revisions kept.

A figure knows the release that its number comes from and, after a semicolon, the one that what
it is out of comes from. What an earlier release said stays, superseded. Child population is kept
as well, so that figures which come later find it. An empty cell is kept as one where nothing
stands; it takes nothing away that an earlier release said.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from data_model import counted
from data_model.records import Area, ChildPopulation, Figure
from data_model.vocabulary import Nation, Symbol
from inspect_app.access import Permission
from inspect_app.services import trail, upload_limits
from inspect_app.services.national_children import MIDDLE_OF_YEAR, Children
from inspect_app.services.national_places import Places
from inspect_app.services.national_values import (
    BETWEEN,
    Became,
    Line,
    NationalReport,
    check_release,
    published_on,
)
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.national import (
    CHILD_POPULATION,
    POPULATION,
    PUBLICATIONS,
    NationalFile,
    NationalRow,
    Said,
    read_national,
)
from metrics import BY_CODE
from metrics.indicator import Reported
from metrics.known_breaks import applying

TAKEN = "figures.taken"
DECLARED = {each.indicator: each for one in PUBLICATIONS for each in one.counted}
OUT_OF_CHILDREN = tuple(code for code, each in DECLARED.items() if each.denominator == POPULATION)
Kept = Figure | ChildPopulation
Key = tuple[str, str, int]
"""What a figure is: an indicator, an area's code, and the year in whose March it ends."""


def preview(name: str, data: bytes, *, by: SignedIn, release: str) -> NationalReport:
    """Return what taking a publication in would do, figure by figure; nothing is kept.

    `release` names it and says when it was published. Raises Refusal for a release that does
    not, or a file of no declared publication; NotAllowed for whoever enters none.
    """
    file = _read(name, data, by, release)
    with by.reading() as session:
        return _Intake(session, file, release).report(name, data)


def take(
    name: str, data: bytes, *, by: SignedIn, release: str, all_or_nothing: bool = False
) -> NationalReport:
    """Take a publication in, in one transaction, and return what became of every figure.

    Cells that cannot be read stay out and say why; with `all_or_nothing` nothing is kept when
    there is one. Taking the same file again changes nothing, and an older release changes
    nothing that a newer one said. Raises as `preview` does.
    """
    file = _read(name, data, by, release)
    by = by.with_file(data)
    with by.recording() as session:
        intake = _Intake(session, file, release)
        report = intake.report(name, data)
        if not intake.changes or (all_or_nothing and report.problems):
            return report
        for change in intake.changes:
            if change.before is not None:
                change.before.superseded_at = by.clock()
                change.before.superseded_by = by.person
            session.add(change.after)
        event = trail.note(session, by, TAKEN, f"release {release}", after=_counts(report))
        for area in report.areas:
            counted.move(session, area, event)
    return replace(report, taken=True)


def _read(name: str, data: bytes, by: SignedIn, release: str) -> NationalFile:
    by.need(Permission.ENTER_PUBLISHED)
    check_release(release)
    upload_limits.count(data, by=by)
    return read_national(name, data)


def _counts(report: NationalReport) -> dict[str, object]:
    return {
        "file_hash": report.file_hash,
        "publication": report.publication,
        "figures": {str(became): report.total(became) for became in Became},
        "areas": len(report.areas),
    }


@dataclass(frozen=True)
class _Change:
    before: Kept | None
    after: Kept


class _Intake:
    """A file held against the figures that stand; `changes` is what taking it in would do."""

    def __init__(self, session: Session, file: NationalFile, release: str) -> None:
        self.file, self.release = file, release
        self.places = Places(session)
        self.held = _standing(session)
        self.children = Children(session)
        self.in_file = {(row.code, row.year) for row in file.rows}
        self.changes: list[_Change] = []
        publication = file.publication
        self.source = f"{publication.publisher}, {release}, {publication.table}"

    def report(self, name: str, data: bytes) -> NationalReport:
        """Return what becomes of every figure of the file."""
        return NationalReport(
            file=name,
            file_hash=hashlib.sha256(data).hexdigest(),
            publication=self.file.publication.title,
            release=self.release,
            read=self.file.read,
            left_out=self.file.left_out,
            lines=tuple(line for row in self.file.rows for line in self._lines(row)),
            problems=self.file.problems,
        )

    def _lines(self, row: NationalRow) -> list[Line]:
        area = self.places.find(row)
        start = Line(
            row=row.line,
            area=area.code if area else row.code or row.old_code,
            place=area.name if area else row.name,
            period=_label(row.year + self.file.publication.ahead),
            indicator=row.indicator,
            became=Became.NOT_HERE,
        )
        if area is None:
            return [replace(start, says=self.places.unknown(row))]
        if row.indicator == POPULATION:
            return [self._population(row, area, start), *self._out_of(row, area, start)]
        return [self._counted(row, area, start)]

    def _codes(self, area: Area, row: NationalRow) -> list[str]:
        """Return the codes under which a place is looked for, its own first.

        A code that the file itself has for that year is looked for under itself alone.
        """
        others = self.places.also(area.code)
        return [area.code, *(each for each in others if (each, row.year) not in self.in_file)]

    def _held(self, indicator: str, area: Area, row: NationalRow) -> Figure | None:
        """Return what stands for a figure, also under another code of the same place."""
        year = row.year + self.file.publication.ahead
        keys = [(indicator, code, year) for code in self._codes(area, row)]
        return next((self.held[key] for key in keys if key in self.held), None)

    def _population(self, row: NationalRow, area: Area, start: Line) -> Line:
        """Return the line of the population itself."""
        held = self.children.find(self._codes(area, row), row.year)
        made = ChildPopulation(
            area_code=held.area_code if held else area.code,
            year=row.year,
            number=row.numerator.number,
            symbol=row.numerator.symbol,
            source=self.source,
        )
        line = replace(start, period=MIDDLE_OF_YEAR.format(row.year), after=_words(made))
        return self._against(line, held, made, held.source if held else "")

    def _counted(self, row: NationalRow, area: Area, start: Line) -> Line:
        held = self._held(row.indicator, area, row)
        made = self._figure(row, area, held)
        told = [self._where(area, row, held), _alone(made), made.note]
        says = " ".join(each for each in told if each)
        line = replace(start, after=_words(made), says=says)
        return self._against(line, held, made, held.source.split(BETWEEN)[0] if held else "")

    def _against(self, line: Line, held: Kept | None, made: Kept, source: str) -> Line:
        """Return the line of what a row says: new, or held against what stands."""
        if held is None:
            self.changes.append(_Change(None, made))
            return replace(line, became=Became.NEW)
        line = replace(line, area=held.area_code, before=_words(held))
        if _numbers(held) == _numbers(made):
            return replace(line, became=Became.SAME)
        if made.symbol is Symbol.BLANK:
            return replace(line, became=Became.BLANK)
        newest = published_on(source)
        this = published_on(self.release)
        if newest is not None and this is not None and this < newest:
            return replace(line, became=Became.OLDER)
        self.changes.append(_Change(held, made))
        return replace(line, became=Became.REVISED)

    def _where(self, area: Area, row: NationalRow, held: Figure | None) -> str:
        if held is not None and held.area_code != area.code:
            return f"It stands under {held.area_code}, the same place's other code."
        return self.places.afterwards(area, date(row.year, 3, 31))

    def _figure(self, row: NationalRow, area: Area, held: Figure | None) -> Figure:
        out_of, its_source = self._denominator(row, area)
        source = BETWEEN.join(filter(None, [self.source, its_source]))
        number, symbol = row.numerator.number, row.numerator.symbol
        made = Figure(
            indicator=row.indicator,
            area_code=held.area_code if held else area.code,
            period_start=date(row.year - 1, 4, 1),
            period_end=date(row.year, 3, 31),
            period_label=_label(row.year),
            numerator=number,
            denominator=out_of if symbol is None else None,
            symbol=symbol,
            published=True,
            whole_force=False,
            source=source,
        )
        breaks = _breaks(made)
        made.breaks = bool(breaks)
        notes = [*breaks, _not_said(row), _as_published(row, made)]
        made.note = " ".join(filter(None, notes)) or None
        return made

    def _denominator(self, row: NationalRow, area: Area) -> tuple[int | None, str]:
        """Return what a figure is out of, and from where if not from the same publication."""
        if DECLARED[row.indicator].denominator != POPULATION:
            return (row.denominator.number if row.denominator else None), ""
        children = self.children.find(self._codes(area, row), row.year - CHILD_POPULATION.ahead)
        if children is not None:
            return children.number, children.source if children.number is not None else ""
        for indicator in (row.indicator, *OUT_OF_CHILDREN):
            held = self._held(indicator, area, row)
            if held is not None and held.denominator is not None:
                return held.denominator, held.source.partition(BETWEEN)[2]
        return None, ""

    def _out_of(self, row: NationalRow, area: Area, start: Line) -> list[Line]:
        """Return the lines of the figures that are out of a population."""
        if row.numerator.symbol is Symbol.BLANK:
            return []
        figures = [self._held(indicator, area, row) for indicator in OUT_OF_CHILDREN]
        return [
            self._rebased(row.numerator, held, replace(start, indicator=held.indicator))
            for held in figures
            if held is not None and held.numerator is not None
        ]

    def _rebased(self, said: Said, held: Figure, start: Line) -> Line:
        """Return the line of a figure that gets another population; how it was said is kept."""
        counts, _, children = held.source.partition(BETWEEN)
        fields = {name: getattr(held, name) for name in KEPT}
        made = Figure(**fields, denominator=said.number, source=f"{counts}{BETWEEN}{self.source}")
        if held.denominator and said.number != held.denominator:
            before = f"With {children or 'the population before'}: {_rate(held)}."
            made.note = " ".join(filter(None, [held.note, before]))
        line = replace(start, after=_words(made))
        return self._against(line, held, made, children)


KEPT = (
    "indicator", "area_code", "period_start", "period_end", "period_label", "numerator", "symbol",
    "whole_force", "published", "breaks", "note",
)  # fmt: skip


def _standing(session: Session) -> dict[Key, Figure]:
    """Return the figures of publications that stand, by what they are."""
    query = select(Figure).where(
        Figure.indicator.in_(DECLARED),
        Figure.agency_return.is_(None),
        Figure.breakdown.is_(None),
        Figure.superseded_at.is_(None),
        Figure.period_end.is_not(None),
        Figure.subject.is_(None),
        or_(Figure.numerator.is_not(None), Figure.symbol.is_not(None)),
    )
    held = session.scalars(query.order_by(Figure.id))
    return {(f.indicator, f.area_code, f.period_end.year): f for f in held if f.period_end}


def _label(year: int) -> str:
    return f"Year to 31 March {year}"


def _numbers(kept: Kept) -> tuple[int | None, int | None, Symbol | None]:
    if isinstance(kept, ChildPopulation):
        return kept.number, None, kept.symbol
    return kept.numerator, kept.denominator, kept.symbol


def _words(figure: Kept) -> str:
    if figure.symbol is not None:
        return f"{figure.symbol} ({figure.symbol.english.lower()})"
    if isinstance(figure, ChildPopulation):
        return f"{figure.number:,} children"
    out_of = f" of {figure.denominator:,}" if figure.denominator is not None else ""
    return f"{figure.numerator:,}{out_of}"


def _alone(figure: Figure) -> str:
    """Return in words that a figure waits for its population, if it does."""
    by_population = DECLARED[figure.indicator].denominator == POPULATION
    if not by_population or figure.denominator is not None or figure.symbol is not None:
        return ""
    return "There is no population for it yet: take in the mid-year estimates after this file."


def _rate(figure: Figure) -> str:
    declared = BY_CODE[figure.indicator]
    per = (declared.per if isinstance(declared, Reported) else None) or 100
    number, out_of = figure.numerator or 0, figure.denominator or 1
    return f"{per * number / out_of:.1f} per {per:,} ({_words(figure)})"


def _breaks(figure: Figure) -> list[str]:
    """Return why a figure is the first after a declared break, for each there is."""
    declared = BY_CODE[figure.indicator]
    known = declared.breaks if isinstance(declared, Reported) else ()
    start, end = figure.period_start, figure.period_end
    here = applying(known, Nation.ENGLAND, {figure.area_code})
    return [each.why for each in here if start and end and start <= each.on <= end]


def _not_said(row: NationalRow) -> str:
    said = row.denominator
    if said is None or row.numerator.number is None or said.number is not None:
        return ""
    what = said.symbol.english.lower() if said.symbol else "not said"
    return f"What it is out of: {what}."


def _as_published(row: NationalRow, made: Figure) -> str:
    """Return the percentage as it is printed, where ours is not the same to its last digit.

    Nothing where the number itself is withheld: a percentage would give it back.
    """
    if row.percentage is None or made.numerator is None:
        return ""
    printed = f"Published as {row.percentage} percent ({made.source})"
    if not made.denominator:
        return f"{printed}."
    ours = 100 * made.numerator / made.denominator
    last_digit = 10.0 ** -len(row.percentage.partition(".")[2])
    if abs(ours - float(row.percentage)) <= last_digit / 2 + 1e-9:
        return ""
    return f"{printed}; {_words(made)} come to {ours:.1f} percent."
