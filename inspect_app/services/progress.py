"""Progress as a board asks for it: what bodies claim beside what was shown, and how long it takes.

The numbers of the board are counted by the same conditions as the list of answers, so that each
leads to just the rows it counts. What it counts is published and followed here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Select, func, null, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from data_model.records import (
    Area,
    Inspection,
    Recommendation,
    RecommendationOwner,
    RecommendationTheme,
    Theme,
)
from data_model.vocabulary import Assurance, Evidence
from inspect_app.access import Permission
from inspect_app.services.follow_up import answers
from inspect_app.services.recommendation_list import Wanted, narrowed
from inspect_app.services.recommendation_stands import EFFECT, FOLLOWED, STANDS, Stands
from inspect_app.services.reference import area_value, organisation_name
from inspect_app.signed_in import SignedIn
from metrics import follow_up
from metrics.follow_up import Curve, OriginalDates, Regressions, Responses, Slips
from metrics.outcome import Share, TooFew

PAGE = 15
Answer = RecommendationOwner
Condition = ColumnElement[bool]
Columns = TypeVarTuple("Columns")
Counted = ColumnElement[Any] | InstrumentedAttribute[Any]
Key = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]


class Grouping(StrEnum):
    """What a row of the board is."""

    AREA = "Area"
    THEME = "Theme"


@dataclass(frozen=True)
class Gap:
    """The fewest and the most days between a claim and its effect, or today where none is shown."""

    fewest: int
    most: int


@dataclass(frozen=True)
class Standing:
    """How many answers stand in each way, of those `followed` here; `listed` are all in sight.

    `claimed` are claimed complete with the effect not shown, `moved` had their date put back, so
    many `slips` in all. `not_shown` is how long ago the claims were made whose effect is not
    shown, `shown_after` how long it took where it is; None where there is none.
    """

    listed: int
    followed: int
    claimed: int
    shown: int
    late: int
    overdue: int
    moved: int
    slips: int
    regressed: int
    not_shown: Gap | None
    shown_after: Gap | None


@dataclass(frozen=True)
class BoardRow:
    """A row of the board: an area or a theme by code and name, and how its answers stand."""

    code: str
    name: str
    stands: Standing


@dataclass(frozen=True)
class Board:
    """Rows by name, all their answers together, and how many followed ones stand in no row.

    An answer about two themes stands in both rows and is counted once in `whole`.
    """

    grouping: Grouping
    rows: tuple[BoardRow, ...]
    whole: Standing
    in_no_row: int


@dataclass(frozen=True)
class Claim:
    """One answer that is claimed complete or whose effect is shown; `days` lie between the two.

    Where no effect is shown, `days` are those since the claim. None where nothing was claimed.
    """

    code: str
    title: str
    body: str
    assurance: Assurance
    claimed_on: date | None
    shown_on: date | None
    days: int | None


@dataclass(frozen=True)
class ClaimPage:
    """A page of claims, the longest without an effect first, and how many there are in all."""

    claims: tuple[Claim, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class Figures:
    """Figures on `answers` answers as of a day, open ones included; see `metrics.follow_up`.

    `implemented` and `shown` are curves from publication, one for each financial year in which
    recommendations were published.
    """

    as_of: date
    answers: int
    responses: Responses
    original: OriginalDates
    slips: Slips
    closed_untested: Share | TooFew
    regressions: Regressions | TooFew
    evidence: tuple[tuple[Evidence | None, int], ...]
    implemented: tuple[Curve, ...]
    shown: tuple[Curve, ...]
    verified: Curve | TooFew


def figures(wanted: Wanted, *, by: SignedIn) -> Figures:
    """Return the figures of the answers that are wanted and in the person's sight."""
    held, day = answers(wanted, by=by), by.today
    return Figures(
        as_of=day,
        answers=held.height,
        responses=follow_up.responses(held, day),
        original=follow_up.original_dates(held, day),
        slips=follow_up.slips(held, day),
        closed_untested=follow_up.closed_untested(held, day),
        regressions=follow_up.regressions(held, day),
        evidence=follow_up.evidence_mix(held, day),
        implemented=follow_up.by_cohort(held, "implemented_on", day),
        shown=follow_up.by_cohort(held, "shown_on", day),
        verified=follow_up.claim_to_verification(held, day),
    )


def board(wanted: Wanted, grouping: Grouping, *, by: SignedIn) -> Board:
    """Return how the answers stand that are wanted and in the person's sight, by area or theme."""
    by.need(Permission.READ_RECOMMENDATIONS)
    with by.reading() as session:
        found = _standings(session, wanted, KEYS[grouping], by)
        whole = _standings(session, wanted, None, by)[None]
        codes, names = NAMES[grouping](session, {key for key in found if key})
    groups: dict[str | None, list[Standing]] = {}
    for key, stands in found.items():
        groups.setdefault(codes.get(key or ""), []).append(stands)
    outside = _together(groups.pop(None, []))
    rows = [BoardRow(code, names[code], _together(groups[code])) for code in names]
    return Board(
        grouping,
        tuple(row for row in rows if row.stands.followed and _asked(row, wanted, grouping)),
        whole,
        outside.followed,
    )


def claims(wanted: Wanted, *, by: SignedIn, page: int = 1, size: int = PAGE) -> ClaimPage:
    """Return a page of the answers claimed complete or shown; the last one where there are fewer.

    Those whose effect is not shown come first, the oldest claim before the others.
    """
    by.need(Permission.READ_RECOMMENDATIONS)
    with by.reading() as session:
        total = session.scalar(_claimed(session, select(func.count()), wanted, by)) or 0
        pages = max(1, -(-total // size))
        page = min(max(1, page), pages)
        query = (
            _claimed(session, select(Answer, Recommendation.title), wanted, by)
            .order_by(Answer.assurance.in_(EFFECT), Answer.claimed_on, Answer.id)
            .limit(size)
            .offset((page - 1) * size)
        )
        found = [
            _claim(owner, title, organisation_name(session, owner.organisation), by.today)
            for owner, title in session.execute(query)
        ]
    return ClaimPage(tuple(found), total, page, pages)


def _claimed(
    session: Session, query: Select[*Columns], wanted: Wanted, by: SignedIn
) -> Select[*Columns]:
    return narrowed(session, query, wanted.everything, by).where(_claimed_or_shown(by.today))


def _claimed_or_shown(day: date) -> Condition:
    return or_(STANDS[Stands.CLAIMED](day), STANDS[Stands.SHOWN](day))


def _claim(owner: Answer, title: str, body: str, today: date) -> Claim:
    days = ((owner.shown_on or today) - owner.claimed_on).days if owner.claimed_on else None
    return Claim(
        owner.recommendation,
        title,
        body,
        owner.assurance,
        owner.claimed_on,
        owner.shown_on,
        days,
    )


def _asked(row: BoardRow, wanted: Wanted, grouping: Grouping) -> bool:
    """Return whether a row is of the theme asked for: its answers may be about others besides."""
    return grouping is not Grouping.THEME or wanted.theme in {None, row.code}


KEYS: Mapping[Grouping, Key] = {
    Grouping.AREA: Recommendation.inspection,
    Grouping.THEME: RecommendationTheme.theme,
}
"""What the database groups by: an area has several inspections."""

Names = tuple[Mapping[str, str], Mapping[str, str]]


def _areas(session: Session, inspections: Collection[str]) -> Names:
    """Return the area of each inspection, and the areas by name in the order of their names."""
    held = select(Inspection.code, Inspection.area_code).where(Inspection.code.in_(inspections))
    codes = dict(session.execute(held).all())
    names = {code: area_value(session.get_one(Area, code)).label for code in set(codes.values())}
    return codes, dict(sorted(names.items(), key=lambda named: named[1]))


def _themes(session: Session, themes: Collection[str]) -> Names:
    held = select(Theme).where(Theme.code.in_(themes)).order_by(Theme.code)
    return {code: code for code in themes}, {t.code: t.short_name for t in session.scalars(held)}


NAMES = {Grouping.AREA: _areas, Grouping.THEME: _themes}
"""What a key of the database belongs to, and the names of that, in the order of the rows."""

AS_LISTED: Mapping[str, Stands] = {
    "claimed": Stands.CLAIMED,
    "shown": Stands.SHOWN,
    "late": Stands.LATE,
    "overdue": Stands.OVERDUE,
    "regressed": Stands.REGRESSED,
}
"""The numbers of a row that are counted as the list of answers narrows to them."""


def _standings(
    session: Session, wanted: Wanted, key: Key | None, by: SignedIn
) -> dict[str | None, Standing]:
    """Return how answers stand for each key that the database groups by; None for no grouping."""
    lasted = _lasted(session, wanted, key, by)
    numbers = _numbers(by.today)
    query = _with_key(session, wanted, key, by, *numbers.values())
    if key is not None:
        query = query.group_by(key)
    return {
        one: Standing(
            **dict(zip(numbers, map(int, counted), strict=True)),
            not_shown=_gap(lasted.get((one, False), ())),
            shown_after=_gap(lasted.get((one, True), ())),
        )
        for one, *counted in session.execute(query)
    }


def _numbers(day: date) -> dict[str, ColumnElement[int]]:
    as_listed = {
        name: func.count().filter(STANDS[stands](day)) for name, stands in AS_LISTED.items()
    }
    return as_listed | {
        "listed": func.count(),
        "followed": func.count().filter(FOLLOWED),
        "moved": func.count().filter(STANDS[Stands.PUT_BACK](day)),
        "slips": func.coalesce(func.sum(Answer.slips).filter(FOLLOWED), 0),
    }


def _lasted(
    session: Session, wanted: Wanted, key: Key | None, by: SignedIn
) -> dict[tuple[str | None, bool], list[int]]:
    """Return the days between claim and effect by key, and whether the effect is shown."""
    shown = Answer.assurance.in_(EFFECT)
    query = _with_key(session, wanted, key, by, shown, Answer.claimed_on, Answer.shown_on).where(
        _claimed_or_shown(by.today), Answer.claimed_on.is_not(None)
    )
    found: dict[tuple[str | None, bool], list[int]] = {}
    for one, is_shown, claimed_on, shown_on in session.execute(query.distinct()):
        days = ((shown_on or by.today) - claimed_on).days
        found.setdefault((one, bool(is_shown)), []).append(days)
    return found


def _with_key(
    session: Session, wanted: Wanted, key: Key | None, by: SignedIn, *columns: Counted
) -> Select[*tuple[Any, ...]]:
    """Return a query for the key of each wanted answer, or for no key, and for these columns."""
    first = null() if key is None else key
    query = narrowed(session, select(first, *columns), wanted.everything, by)
    if key is not RecommendationTheme.theme:
        return query
    about = RecommendationTheme.recommendation == Recommendation.code
    return query.outerjoin(RecommendationTheme, about)


def _together(standings: Sequence[Standing]) -> Standing:
    """Return several standings as one."""
    counted = {
        name: sum(getattr(each, name) for each in standings)
        for name in ("listed", "followed", "moved", "slips", *AS_LISTED)
    }
    open_still = [each.not_shown for each in standings if each.not_shown]
    shown = [each.shown_after for each in standings if each.shown_after]
    return Standing(**counted, not_shown=_widest(open_still), shown_after=_widest(shown))


def _gap(days: Iterable[int]) -> Gap | None:
    lasted = sorted(days)
    return Gap(lasted[0], lasted[-1]) if lasted else None


def _widest(gaps: Sequence[Gap]) -> Gap | None:
    return _gap([days for gap in gaps for days in (gap.fewest, gap.most)])
