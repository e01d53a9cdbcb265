"""Answers to recommendations as a list: narrowed, ordered and counted in the database.

A line is one body's answer to one recommendation, because each body answers for itself.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Row, Select, exists, func, or_, select
from sqlalchemy.orm import Session

from data_model.records import (
    Area,
    Inspection,
    Organisation,
    Recommendation,
    RecommendationOwner,
    RecommendationTheme,
    Theme,
)
from data_model.vocabulary import (
    Assurance,
    Closing,
    Delivery,
    RecommendationKind,
    Response,
)
from inspect_app.access import Permission
from inspect_app.services.inspection_values import titled
from inspect_app.services.labels import NOT_FOLLOWED, facts_of, label
from inspect_app.services.recommendation_stands import ORDERS, STANDS, Order, Stands
from inspect_app.services.recommendation_values import in_persons_sight, recommended_on
from inspect_app.services.reference import (
    area_value,
    at_once,
    body_name,
    organisation_name,
)
from inspect_app.signed_in import SignedIn

PAGE = 25
AT_ONCE = 1000
"""How many lines are looked up together: a database takes only so many codes in one query."""

DRAFT = "A draft: its words can change, and only its lead sees it."
Answer = RecommendationOwner
Condition = ColumnElement[bool]
Columns = TypeVarTuple("Columns")


@dataclass(frozen=True)
class Wanted:
    """What somebody asks a list for; empty fields narrow nothing. Pages count from 1."""

    stands: Stands = Stands.ALL
    own: bool = False
    others: bool = False
    led: bool = False
    body: str | None = None
    inspection: str | None = None
    area: str | None = None
    theme: str | None = None
    kind: RecommendationKind | None = None
    words: str = ""
    order: Order = Order.NEWEST
    page: int = 1

    @property
    def everything(self) -> "Wanted":
        """The same without the narrowing by how answers stand."""
        return replace(self, stands=Stands.ALL, page=1)


@dataclass(frozen=True)
class AnswerLine:
    """One body's answer as a line of a list, with its honest label.

    `days_to_effect` is how long the claim has stood until the effect was shown, or until today
    where it is not (`claimed_on` is then set and `shown_on` is not).
    """

    code: str
    title: str
    kind: RecommendationKind
    inspection: str | None
    inspection_title: str | None
    area: str | None
    themes: tuple[str, ...]
    made_on: date
    followed: bool
    draft: bool
    organisation: str
    body: str
    version: int
    response: Response
    delivery: Delivery
    assurance: Assurance
    closed: bool
    response_due_on: date | None
    original_due_on: date | None
    due_on: date | None
    slips: int
    claimed_on: date | None
    shown_on: date | None
    restarted_on: date | None
    days_to_effect: int | None
    label: str


@dataclass(frozen=True)
class AnswerPage:
    """A page of answers, how many there are in all, and of how many recommendations."""

    lines: tuple[AnswerLine, ...]
    total: int
    recommendations: int
    page: int
    pages: int


@dataclass(frozen=True)
class Choices:
    """What a list can be narrowed by: words by code."""

    bodies: dict[str, str]
    inspections: dict[str, str]
    areas: dict[str, str]
    themes: dict[str, str]


def page_of(wanted: Wanted, *, by: SignedIn, size: int = PAGE) -> AnswerPage:
    """Return a page of the answers in the person's sight; the last one where there are fewer."""
    by.need(Permission.READ_RECOMMENDATIONS)
    with by.reading() as session:
        how_many = select(func.count(), func.count(Recommendation.code.distinct()))
        where = _where(session, wanted, by)
        total, of = session.execute(_joined(how_many, wanted).where(*where)).one()
        pages = max(1, -(-total // size))
        page = min(max(1, wanted.page), pages)
        query = (
            _joined(select(Answer, Recommendation), wanted)
            .where(*where)
            .order_by(*ORDERS[wanted.order], Recommendation.code, Answer.organisation)
            .limit(size)
            .offset((page - 1) * size)
        )
        rows = session.execute(query).all()
        parts = (rows[first : first + AT_ONCE] for first in range(0, len(rows), AT_ONCE))
        lines = tuple(line for part in parts for line in _lines(session, part, by))
        return AnswerPage(lines, total, of, page, pages)


def every(wanted: Wanted, *, by: SignedIn) -> tuple[AnswerLine, ...]:
    """Return all the answers that a list would show page by page, for a file to keep."""
    return page_of(replace(wanted, page=1), by=by, size=1_000_000).lines


def counts(wanted: Wanted, *, by: SignedIn) -> dict[Stands, int]:
    """Return how many answers stand in each way, of those otherwise wanted."""
    by.need(Permission.READ_RECOMMENDATIONS)
    each = {stands: condition(by.today) for stands, condition in STANDS.items()}
    columns = [func.count().filter(condition) for condition in each.values()]
    with by.reading() as session:
        query = narrowed(session, select(func.count(), *columns), wanted.everything, by)
        row = session.execute(query).one()
        return dict(zip((Stands.ALL, *each), map(int, row), strict=True))


def written(*, by: SignedIn) -> dict[str, int]:
    """Return how many recommendations hang on each inspection the person leads."""
    query = (
        select(Recommendation.inspection, func.count())
        .where(Recommendation.inspection.in_(sorted(by.standing.leads)))
        .group_by(Recommendation.inspection)
    )
    with by.reading() as session:
        return {code: number for code, number in session.execute(query) if code}


def choices(*, by: SignedIn) -> Choices:
    """Return what the person can narrow their list by."""
    by.need(Permission.READ_RECOMMENDATIONS)
    with by.reading() as session:
        held = recommended_on(session, by)
        areas = at_once(session, Area, (one.area_code for one in held))
        asked = exists().where(Answer.organisation == Organisation.code)
        bodies = session.scalars(select(Organisation).where(asked).order_by(Organisation.code))
        return Choices(
            {body.code: body_name(body) for body in bodies},
            {one.code: titled(session, one) for one in held},
            {code: area_value(area).label for code, area in sorted(areas.items())},
            {t.code: t.short_name for t in session.scalars(select(Theme).order_by(Theme.code))},
        )


def narrowed(
    session: Session, query: Select[*Columns], wanted: Wanted, by: SignedIn
) -> Select[*Columns]:
    """Return a query on answers and their recommendations, narrowed to what is wanted and seen."""
    return _joined(query, wanted).where(*_where(session, wanted, by))


def _joined(query: Select[*Columns], wanted: Wanted) -> Select[*Columns]:
    """Return a query with what the narrowing needs and no more: the fewer tables, the cheaper."""
    query = query.select_from(Answer).join(
        Recommendation, Answer.recommendation == Recommendation.code
    )
    if wanted.order is Order.BODY or wanted.words:
        query = query.join(Organisation, Answer.organisation == Organisation.code)
    if wanted.area:
        query = query.join(Inspection, Recommendation.inspection == Inspection.code)
    return query


def _where(session: Session, wanted: Wanted, by: SignedIn) -> list[Condition]:
    found = [*_whose(session, wanted, by)]
    if wanted.stands is not Stands.ALL:
        found.append(STANDS[wanted.stands](by.today))
    if wanted.inspection:
        found.append(Recommendation.inspection == wanted.inspection)
    if wanted.area:
        found.append(Inspection.area_code == wanted.area)
    if wanted.kind:
        found.append(Recommendation.kind == wanted.kind)
    return [*found, *_themed(wanted), *_worded(wanted)]


def _whose(session: Session, wanted: Wanted, by: SignedIn) -> Iterator[Condition]:
    """Yield whose answers are wanted, of those the person may see."""
    if wanted.own:
        yield Recommendation.published_on.is_not(None)
    else:
        yield in_persons_sight(by, {held.code for held in recommended_on(session, by)})
    body = by.standing.organisation if wanted.own else wanted.body
    if body:
        yield Answer.organisation == body
    if wanted.others:
        yield Answer.organisation != by.standing.organisation
    if wanted.led:
        yield Recommendation.inspection.in_(sorted(by.standing.leads))


def _themed(wanted: Wanted) -> list[Condition]:
    if not wanted.theme:
        return []
    about = select(RecommendationTheme.recommendation).where(
        RecommendationTheme.theme == wanted.theme
    )
    return [Recommendation.code.in_(about)]


def _worded(wanted: Wanted) -> list[Condition]:
    columns = (Recommendation.code, Recommendation.title, Organisation.name)
    return [
        or_(*(column.icontains(each, autoescape=True) for column in columns))
        for each in wanted.words.split()
    ]


def _lines(
    session: Session, rows: Sequence[Row[Answer, Recommendation]], by: SignedIn
) -> tuple[AnswerLine, ...]:
    codes = {row.Recommendation.code for row in rows}
    themes: dict[str, list[str]] = {code: [] for code in codes}
    query = (
        select(RecommendationTheme.recommendation, Theme.short_name)
        .join(Theme, RecommendationTheme.theme == Theme.code)
        .where(RecommendationTheme.recommendation.in_(codes))
        .order_by(Theme.code)
    )
    for code, name in session.execute(query):
        themes[code].append(name)
    arisen = {row.Recommendation.inspection for row in rows}
    inspections = at_once(session, Inspection, (code for code in arisen if code))
    bodies = at_once(session, Organisation, (r.RecommendationOwner.organisation for r in rows))
    areas = at_once(session, Area, (each.area_code for each in inspections.values()))
    _held = (inspections, bodies, areas)
    return tuple(
        _line(session, row.Recommendation, row.RecommendationOwner, themes, by) for row in rows
    )


def _line(
    session: Session,
    held: Recommendation,
    owner: Answer,
    themes: Mapping[str, list[str]],
    by: SignedIn,
) -> AnswerLine:
    inspection = session.get_one(Inspection, held.inspection) if held.inspection else None
    return AnswerLine(
        code=held.code,
        title=held.title,
        kind=held.kind,
        inspection=held.inspection,
        inspection_title=titled(session, inspection) if inspection else None,
        area=area_value(session.get_one(Area, inspection.area_code)).label if inspection else None,
        themes=tuple(themes[held.code]),
        made_on=held.made_on,
        followed=held.followed_here,
        draft=held.published_on is None,
        organisation=owner.organisation,
        body=organisation_name(session, owner.organisation),
        **{name: getattr(owner, name) for name in AS_KEPT},
        closed=owner.closing is Closing.CLOSED,
        days_to_effect=_days(owner, by.today),
        label=_label(session, held, owner, by.today),
    )


AS_KEPT = (
    "version",
    "response",
    "delivery",
    "assurance",
    "response_due_on",
    "original_due_on",
    "due_on",
    "slips",
    "claimed_on",
    "shown_on",
    "restarted_on",
)
"""What a line says just as the record of the answer does."""


def _label(session: Session, held: Recommendation, owner: Answer, today: date) -> str:
    if held.published_on is None:
        return DRAFT
    return label(facts_of(session, owner), today) if held.followed_here else NOT_FOLLOWED["en"]


def _days(owner: Answer, today: date) -> int | None:
    if owner.claimed_on is None:
        return None
    return ((owner.shown_on or today) - owner.claimed_on).days
