"""What cases are judged against: frameworks, their scales by year, themes and criteria."""

from datetime import date

from sqlalchemy import ForeignKey, ForeignKeyConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from data_model.records.base import Record


class Framework(Record):
    """An inspectorate's programme, such as ILACS or the national child protection inspections."""

    __tablename__ = "framework"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    name: Mapped[str]
    name_welsh: Mapped[str | None]
    organisation: Mapped[str | None] = mapped_column(ForeignKey("organisation.code"))
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    source: Mapped[str | None]


class Scale(Record):
    """A named, ordered and dated scale of grades; one scale is never mapped onto another."""

    __tablename__ = "scale"

    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    framework: Mapped[str] = mapped_column(ForeignKey("framework.code"))
    name: Mapped[str]
    name_welsh: Mapped[str | None]
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    source: Mapped[str | None]


class ScaleGrade(Record):
    """One grade of one scale; position 1 is the best."""

    __tablename__ = "scale_grade"

    scale: Mapped[str] = mapped_column(ForeignKey("scale.code"), primary_key=True)
    grade: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int]
    name: Mapped[str]
    name_welsh: Mapped[str | None]


class Theme(Record):
    """One of the Inquiry's eight themes (A.2 para 12), in one version."""

    __tablename__ = "theme"

    code: Mapped[str] = mapped_column(String(4), primary_key=True)
    version: Mapped[int]
    name: Mapped[str]
    name_welsh: Mapped[str]
    short_name: Mapped[str]
    short_name_welsh: Mapped[str]
    parts: Mapped[str]
    source: Mapped[str]


class Criterion(Record):
    """A sentence under a theme that a case is judged against; a grade is bound to its version."""

    __tablename__ = "criterion"

    code: Mapped[str] = mapped_column(String(8), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    theme: Mapped[str] = mapped_column(ForeignKey("theme.code"), index=True)
    text: Mapped[str] = mapped_column(Text)
    text_welsh: Mapped[str | None] = mapped_column(Text)
    started_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    source: Mapped[str]


def criterion_key() -> ForeignKeyConstraint:
    """Return the constraint that binds a row's criterion and version to the reference."""
    return ForeignKeyConstraint(
        ["criterion", "criterion_version"], ["criterion.code", "criterion.version"]
    )
