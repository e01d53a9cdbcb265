"""What areas are compared by: figures of a nation's authorities, their regions and neighbours.

Read once and handed on, so that choosing and comparing ask for nothing twice. Real and invented
places are never together, nor are those of England and of Wales, whose rules differ. An authority
that a reorganisation ended is another than the one that came after, unless the area stayed the
same; either way it is said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model import counted
from data_model.records import Area, AreaNeighbour, AreaSuccession
from data_model.vocabulary import AreaKind, Symbol
from inspect_app.access import Permission, sees_returns
from inspect_app.errors import Refusal
from inspect_app.services.national_places import SAME_PLACE, other_codes
from inspect_app.services.reference import AreaValue, area_value, find_area, newest_model
from inspect_app.signed_in import SignedIn
from metrics import BY_CODE, INDICATORS
from metrics.indicator import Reported, quarter_of
from metrics.outcome import NoNumber, Outcome
from metrics.stated import outcome

SEVERAL = 2
COMPARED = (AreaKind.LOCAL_AUTHORITY, AreaKind.REGION)
APART = "~"
NO_FIGURE = NoNumber(Symbol.NOT_AVAILABLE)


@dataclass(frozen=True)
class Takeover:
    """That one authority took over from another on a day, wholly or in part."""

    predecessor: str
    successor: str
    on: date
    kind: str
    note: str | None


@dataclass(frozen=True)
class Period:
    """A period in which authorities have a figure; `counted` is how many have a number."""

    start: date
    end: date
    label: str
    counted: int

    @property
    def key(self) -> str:
        """How the period is written in an address."""
        return f"{self.start}_{self.end}"

    @property
    def quarter(self) -> str:
        """The quarter whose scorecard has its figures."""
        return str(quarter_of(self.end))


@dataclass(frozen=True)
class Measure:
    """An indicator of one population that several authorities have, newest period first."""

    indicator: str
    subject: str | None
    title: str
    periods: tuple[Period, ...]

    @property
    def key(self) -> str:
        """How the measure is written in an address."""
        return f"{self.indicator}{APART}{self.subject}" if self.subject else self.indicator

    @property
    def declared(self) -> Reported:
        """How it is counted."""
        held = BY_CODE[self.indicator]
        assert isinstance(held, Reported)  # noqa: S101 - only reported indicators have figures
        return held


@dataclass(frozen=True)
class Material:
    """Everything that the areas of one nation are compared by, as one person may see it.

    `figures` has the columns of `data_model.frames.FIGURES`; `neighbours` are the codes of the
    area's own in the model of the year `model`; `takeovers` are all that are known.
    """

    area: AreaValue
    places: Mapping[str, AreaValue]
    takeovers: tuple[Takeover, ...]
    neighbours: tuple[str, ...]
    model: str
    figures: pl.DataFrame

    def of(self, measure: Measure, period: Period) -> dict[str, dict[str, object]]:
        """Return the newest figure of each area that has one, as rows by its code."""
        rows = self.figures.filter(
            (pl.col("indicator") == measure.indicator)
            & pl.col("subject").eq_missing(pl.lit(measure.subject, pl.String))
            & (pl.col("period_start") == period.start)
            & (pl.col("period_end") == period.end)
        )
        return {row["area"]: row for row in rows.sort("id").iter_rows(named=True)}


def material(area: str, *, by: SignedIn) -> Material:
    """Return what an authority is compared by; raises NotFound, and Refusal for no authority."""
    by.need(Permission.READ_SCORECARDS)
    with by.reading() as session:
        held = find_area(session, area)
        if held.kind is not AreaKind.LOCAL_AUTHORITY:
            raise Refusal(
                f"{area_value(held).label} is no local authority.",
                "Local authorities are compared; choose one of them.",
            )
        places = _places(session, held)
        snapshot = counted.snapshot(session, by.database.snapshots)
        return Material(
            places[held.code],
            places,
            _takeovers(session),
            _neighbours(session, held.code),
            newest_model(session),
            _in_sight(snapshot.frame("figures", list(places)), by),
        )


def _places(session: Session, held: Area) -> dict[str, AreaValue]:
    query = select(Area).where(Area.nation == held.nation, Area.kind.in_(COMPARED))
    found = session.scalars(query.order_by(Area.name, Area.code))
    return {area.code: area_value(area) for area in found if area.invented == held.invented}


def _takeovers(session: Session) -> tuple[Takeover, ...]:
    found = session.scalars(select(AreaSuccession).order_by(AreaSuccession.changed_on))
    return tuple(
        Takeover(held.predecessor, held.successor, held.changed_on, held.kind, held.note)
        for held in found
    )


def _neighbours(session: Session, area: str) -> tuple[str, ...]:
    mine = (AreaNeighbour.model == newest_model(session)) & (AreaNeighbour.area_code == area)
    return tuple(session.scalars(select(AreaNeighbour.neighbour).where(mine)))


def _in_sight(frame: pl.DataFrame, by: SignedIn) -> pl.DataFrame:
    """Keep figures of the areas themselves: the published, and returns of areas the person sees."""
    codes = frame.get_column("area").unique().to_list()
    own = [code for code in codes if sees_returns(by.standing, code)]
    seen = pl.col("published") | pl.col("area").is_in(own)
    return frame.filter(seen & ~pl.col("whole_force").fill_null(value=False))


def measures(held: Material) -> tuple[Measure, ...]:
    """Return what several authorities have a figure of for one period, in the indicators' order."""
    places = [code for code, area in held.places.items() if area.kind is AreaKind.LOCAL_AUTHORITY]
    of_one = ["indicator", "subject", "period_start", "period_end"]
    periods = (
        held.figures.filter(pl.col("area").is_in(places))
        .drop_nulls(["period_start", "period_end"])
        .group_by(of_one, maintain_order=True)
        .agg(
            pl.col("period_label").last(),
            areas=pl.col("area").n_unique(),
            counted=pl.col("area").filter(pl.col("symbol").is_null()).n_unique(),
        )
        .filter(pl.col("areas") >= SEVERAL)
        .sort("period_end", "period_start", descending=True)
    )
    return _in_order(periods.iter_rows(named=True))


def _in_order(rows: Iterable[Mapping[str, object]]) -> tuple[Measure, ...]:
    found: dict[tuple[str, str | None], list[Period]] = {}
    for row in rows:
        subject = row["subject"]
        key = (str(row["indicator"]), None if subject is None else str(subject))
        found.setdefault(key, []).append(_period(row))
    order = {indicator.code: place for place, indicator in enumerate(INDICATORS)}
    keys = sorted(found, key=lambda key: (order[key[0]], key[1] or ""))
    return tuple(
        Measure(code, subject, BY_CODE[code].title, tuple(found[code, subject]))
        for code, subject in keys
    )


def _period(row: Mapping[str, object]) -> Period:
    start, end = row["period_start"], row["period_end"]
    assert isinstance(start, date) and isinstance(end, date)  # noqa: S101, PT018 - nulls were dropped
    return Period(start, end, str(row["period_label"]), int(str(row["counted"])))


def in_being(area: AreaValue, on: date) -> bool:
    """Return whether an area was there on a day."""
    begun = area.started_on is None or area.started_on <= on
    return begun and (area.ended_on is None or area.ended_on >= on)


def members(held: Material, measure: Measure, period: Period) -> dict[str, Outcome]:
    """Return what each authority of the period came to, by code, with what stands where none did.

    An authority belongs to it that has a number, or that was there when it ended; not one whose
    number stands under the code of the authority that has the same area today.
    """
    rows = held.of(measure, period)
    said = {code: outcome(row) for code, row in rows.items()}
    numbered = {code for code, found in said.items() if not isinstance(found, NoNumber)}
    return {
        code: said.get(code, NO_FIGURE)
        for code, area in held.places.items()
        if area.kind is AreaKind.LOCAL_AUTHORITY
        and (
            code in numbered
            or (in_being(area, period.end) and not numbered & same_place(held.takeovers, code))
        )
    }


def same_place(takeovers: Sequence[Takeover], code: str) -> set[str]:
    """Return the codes of the authorities before and after that had the same area."""
    return set(_nearest_first(takeovers, code))


def _nearest_first(takeovers: Sequence[Takeover], code: str) -> list[str]:
    return other_codes([(each.predecessor, each.successor, each.kind) for each in takeovers], code)


def standing_for(held: Material, code: str, codes: Iterable[str]) -> str | None:
    """Return the code among these that an area's figures stand under: its own, else the nearest."""
    there = set(codes)
    every = (code, *_nearest_first(held.takeovers, code))
    return next((each for each in every if each in there), None)


def reorganised(held: Material, code: str, since: date) -> tuple[str, ...]:
    """Return what is to be said of an area's reorganisations after a day, a sentence each."""
    mine = [e for e in held.takeovers if code in (e.predecessor, e.successor) and e.on > since]
    return tuple(_takeover(held, each) for each in mine)


def _takeover(held: Material, each: Takeover) -> str:
    before, after = (held.places[code].name for code in (each.predecessor, each.successor))
    day = f"{each.on.day} {each.on:%B %Y}"
    note = f" {each.note}" if each.note else ""
    if before == after:
        return f"{after} has another code since {day}.{note}"
    if each.kind in SAME_PLACE:
        return f"{after} stands in the place of {before} since {day}, for the same area.{note}"
    return (
        f"{after} took over from {before} on {day}, for another area.{note} The figures of one are "
        "not compared with those of the other."
    )
