"""Places and the organisations in them, with their dates, their children and what came before."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from data_model.records.base import Instant, Record, WordColumn
from data_model.vocabulary import AreaKind, Nation, OrganisationKind, Symbol

INVENTED_PREFIX = "X"


class Area(Record):
    """A local authority area, police force area, region or nation, under its ONS code."""

    __tablename__ = "area"
    __table_args__ = (
        CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name="dates_in_order"),
    )

    code: Mapped[str] = mapped_column(String(9), primary_key=True)
    name: Mapped[str]
    name_welsh: Mapped[str | None]
    kind: Mapped[AreaKind] = mapped_column(WordColumn(AreaKind))
    nation: Mapped[Nation | None] = mapped_column(WordColumn(Nation))
    region_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))
    force_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"), index=True)
    old_code: Mapped[str | None]
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]

    @property
    def invented(self) -> bool:
        """Whether this is a place of the samples; no ONS code begins with X."""
        return self.code.startswith(INVENTED_PREFIX)


class AreaSuccession(Record):
    """That one area took over from another, wholly or in part."""

    __tablename__ = "area_succession"

    predecessor: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True)
    successor: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True)
    changed_on: Mapped[date]
    kind: Mapped[str]
    note: Mapped[str | None]


class AreaNeighbour(Record):
    """One of the ten authorities that a model calls statistically nearest to another.

    `place` is 1 for the nearest; the relation is not symmetric. `model` names the year of the
    model: a comparison of a past year says which it uses. `source` is the release that it comes
    from, None in a database that was never brought up to date.
    """

    __tablename__ = "area_neighbour"

    model: Mapped[str] = mapped_column(String(10), primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    neighbour: Mapped[str] = mapped_column(ForeignKey("area.code"))
    closeness: Mapped[str]
    source: Mapped[str | None]


class District(Record):
    """A district below a county: the county it lies in, and its police force area.

    Statistics of the police are looked up by district, those of children by county.
    """

    __tablename__ = "district"

    code: Mapped[str] = mapped_column(String(9), primary_key=True)
    name: Mapped[str]
    authority_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    force_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"))


class ChildPopulation(Record):
    """How many children an area had in the middle of a year, by one release; or why not known.

    What an earlier release said stays, superseded.
    """

    __tablename__ = "child_population"
    __table_args__ = (
        CheckConstraint("(number IS NULL) <> (symbol IS NULL)", name="number_or_symbol"),
        CheckConstraint(
            "(superseded_at IS NULL) = (superseded_by IS NULL)", name="superseded_pair"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_code: Mapped[str] = mapped_column(ForeignKey("area.code"), index=True)
    year: Mapped[int]
    number: Mapped[int | None]
    symbol: Mapped[Symbol | None] = mapped_column(WordColumn(Symbol))
    source: Mapped[str]
    superseded_at: Mapped[datetime | None] = mapped_column(Instant)
    superseded_by: Mapped[str | None]


class Organisation(Record):
    """A body that reads cases, whose practice is read, or that answers a recommendation."""

    __tablename__ = "organisation"

    code: Mapped[str] = mapped_column(String(60), primary_key=True)
    name: Mapped[str]
    name_welsh: Mapped[str | None]
    kind: Mapped[OrganisationKind] = mapped_column(WordColumn(OrganisationKind))
    area_code: Mapped[str | None] = mapped_column(ForeignKey("area.code"), index=True)
