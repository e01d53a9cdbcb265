"""How far two readers of the same cases agree, by theme and by pair of readers.

Only second readings blind to the first are compared: what both gave before either knew the
other's. Grades of different scales are never put together.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from data_model import reading
from data_model.reading import FIRST, SECOND
from data_model.records import CaseFile, Inspection, Person, Reading, Theme
from data_model.sight import Task
from data_model.vocabulary import InspectionStatus
from inspect_app.access import BLIND, Permission, sees_cases
from inspect_app.errors import NotAllowed
from inspect_app.services.inspection_values import seen
from inspect_app.services.reference import ScaleValue, scale_value
from inspect_app.signed_in import SignedIn
from metrics.agreement import Agreement, of_pair
from metrics.agreement import agreement as agreement_of
from metrics.outcome import TooFew


@dataclass(frozen=True)
class OneTheme:
    """How far readers agree on one theme."""

    theme: str
    name: str
    agreement: Agreement


@dataclass(frozen=True)
class OnePair:
    """How far two readers agree with each other, over all themes, or too few cases to say."""

    names: tuple[str, str]
    agreement: Agreement | TooFew


@dataclass(frozen=True)
class AgreementTable:
    """What second readings come to on one scale.

    `cases` were read twice, in `alike` of them every theme got the same from both; both count
    cases. `opened_again` were read twice and are in no number here: their first reader had seen
    the other's grades. `pairs` is None for those who may not see how single people read.
    """

    scale: ScaleValue
    cases: int
    alike: int
    opened_again: int
    themes: tuple[OneTheme, ...]
    pairs: tuple[OnePair, ...] | None


@dataclass(frozen=True)
class ReadTwice:
    """One theme of one case as its first and its second reader gave it.

    `given` holds both grades; `same` also holds why one was not given against why the other.
    """

    scale: str
    inspection: str
    case: int
    theme: str
    first: str
    second: str
    given: tuple[str | None, str | None]
    same: bool


Shown = Callable[[ReadTwice], bool]
"""Whether a case may say something about its two readers to the person who asks."""


def of_inspection(code: str, *, by: SignedIn) -> AgreementTable | None:
    """Return the agreement of an inspection's readers, or None where nothing was read twice.

    Its lead sees it while cases are read; everybody else once its findings are agreed, and the
    pairs of readers only its readers, each their own. A pair is of this inspection's cases
    alone. Raises NotAllowed before.
    """
    with by.reading(Task.MODERATING, Task.COUNTING) as session:
        held = seen(session, code, by)
        leads = code in by.standing.leads
        if not leads and held.status is not InspectionStatus.AGREED:
            raise NotAllowed(
                f"The findings of inspection {code} are not agreed yet.",
                "How far its readers agree is its lead's to see until then.",
            )
        pairs = sees_cases(by.standing, code)
        tables = _tables(session, [code], _of_theirs(by) if pairs else None)
        return tables[0] if tables else None


def across(*, by: SignedIn) -> list[AgreementTable]:
    """Return the agreement over every inspection the person may see it of, a table a scale.

    These are the inspections they lead, and those they read in whose findings are agreed. Of
    the former they see every pair of readers, of the latter those they are one of.
    """
    by.need(Permission.READ_CASES)
    with by.reading(Task.MODERATING, Task.COUNTING) as session:
        query = select(Inspection.code).where(
            Inspection.code.in_(by.standing.reads),
            Inspection.code.in_(by.standing.leads) | (Inspection.status == InspectionStatus.AGREED),
        )
        return _tables(session, session.scalars(query).all(), _of_theirs(by))


def _of_theirs(by: SignedIn) -> Shown:
    """Return whether a case says something about a pair that the person may see."""
    return lambda row: row.inspection in by.standing.leads or by.person in {row.first, row.second}


def _tables(session: Session, codes: Sequence[str], shown: Shown | None) -> list[AgreementTable]:
    names = dict(session.execute(select(Theme.code, Theme.short_name)).all())
    by_scale: dict[str, list[ReadTwice]] = defaultdict(list)
    for row in read_twice(session, codes):
        by_scale[row.scale].append(row)
    again = _opened_again(session, codes)
    scales = [scale_value(session, scale) for scale in sorted({*by_scale, *again})]
    return [
        _table(session, scale, by_scale.get(scale.code, []), names, again.get(scale.code, 0), shown)
        for scale in scales
        if len(scale.codes) > 1
    ]


def read_twice(session: Session, codes: Sequence[str]) -> list[ReadTwice]:
    """Return every theme of every case that was read twice and never opened again."""
    cases = select(
        Inspection.scale,
        CaseFile.inspection,
        CaseFile.id,
        FIRST.theme,
        FIRST.reader,
        SECOND.reader,
        FIRST.grade,
        SECOND.grade,
        FIRST.not_graded,
        SECOND.not_graded,
    ).join_from(CaseFile, Inspection, CaseFile.inspection == Inspection.code)
    rows = session.execute(
        reading.read_twice(cases).where(*_shown(codes)).order_by(CaseFile.id, FIRST.theme)
    )
    return [
        ReadTwice(scale, inspection, case, theme, one, other, (a, b), (a, why) == (b, why_not))
        for scale, inspection, case, theme, one, other, a, b, why, why_not in rows
    ]


def _shown(codes: Sequence[str]) -> tuple[ColumnElement[bool], ...]:
    """Cases of these inspections whose readings are no longer kept apart."""
    return CaseFile.inspection.in_(codes), CaseFile.status.not_in(BLIND)


def _opened_again(session: Session, codes: Sequence[str]) -> dict[str, int]:
    """Return by scale how many cases that were read twice have been opened again since."""
    rows = session.execute(
        select(Inspection.scale, func.count())
        .join_from(CaseFile, Inspection, CaseFile.inspection == Inspection.code)
        .join(Reading, Reading.case_id == CaseFile.id)
        .where(*_shown(codes), reading.is_second(), CaseFile.edition > 1)
        .group_by(Inspection.scale)
    )
    return dict(rows.all())


def _table(
    session: Session,
    scale: ScaleValue,
    rows: Sequence[ReadTwice],
    names: Mapping[str, str],
    opened_again: int,
    shown: Shown | None,
) -> AgreementTable:
    different = {row.case for row in rows if not row.same}
    cases = {row.case for row in rows}
    return AgreementTable(
        scale,
        len(cases),
        len(cases - different),
        opened_again,
        _themes(rows, names, scale.codes),
        None if shown is None else _pairs(session, filter(shown, rows), scale.codes),
    )


def _themes(
    rows: Iterable[ReadTwice], names: Mapping[str, str], grades: Sequence[str]
) -> tuple[OneTheme, ...]:
    by_theme: dict[str, list[tuple[str | None, str | None]]] = defaultdict(list)
    for row in rows:
        by_theme[row.theme].append(row.given)
    return tuple(
        OneTheme(theme, names[theme], agreement_of(given, grades))
        for theme, given in sorted(by_theme.items())
    )


def _pairs(
    session: Session, rows: Iterable[ReadTwice], grades: Sequence[str]
) -> tuple[OnePair, ...]:
    """Return each pair's agreement; whichever of the two read first, grades stand in one order."""
    by_pair: dict[tuple[str, str], list[tuple[int, str | None, str | None]]] = defaultdict(list)
    for row in rows:
        one, other = sorted((row.first, row.second))
        a, b = row.given if row.first == one else reversed(row.given)
        by_pair[one, other].append((row.case, a, b))
    people = select(Person.code, Person.name).where(
        Person.code.in_({c for p in by_pair for c in p})
    )
    names = dict(session.execute(people).all())
    return tuple(
        OnePair((names[pair[0]], names[pair[1]]), of_pair(given, grades))
        for pair, given in sorted(by_pair.items())
    )
