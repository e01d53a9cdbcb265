"""Reference data as people choose from it: areas, bodies, scales, themes and their criteria."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_model.records import (
    Area,
    AreaNeighbour,
    Criterion,
    Framework,
    Inspection,
    Organisation,
    Person,
    Record,
    Scale,
    ScaleGrade,
    Theme,
)
from data_model.records.places import INVENTED_PREFIX
from data_model.vocabulary import AreaKind, Nation, Role
from inspect_app.errors import NotFound, Refusal
from inspect_app.signed_in import SignedIn

Named = TypeVar("Named", Area, Inspection, Organisation)


@dataclass(frozen=True)
class AreaValue:
    """An area, with the places it lies in and its dates."""

    code: str
    name: str
    name_welsh: str | None
    kind: AreaKind
    nation: Nation | None
    region_code: str | None
    force_code: str | None
    started_on: date | None
    ended_on: date | None
    invented: bool

    @property
    def label(self) -> str:
        """The name as it is shown: an invented place says so, a past one says until when."""
        force = " (police force area)" if self.kind is AreaKind.POLICE_FORCE_AREA else ""
        end = self.ended_on
        past = f" (until {end.day} {end:%B %Y})" if end else ""
        return f"{self.name}{force}{past}{' (invented)' if self.invented else ''}"


@dataclass(frozen=True)
class CriterionValue:
    """A criterion in one version."""

    code: str
    version: int
    text: str
    source: str


@dataclass(frozen=True)
class ThemeValue:
    """A theme with the criteria in force."""

    code: str
    name: str
    short_name: str
    criteria: tuple[CriterionValue, ...]


def areas(*, by: SignedIn) -> list[AreaValue]:
    """Return every area, by name; invented ones last."""
    with by.reading() as session:
        return all_areas(session)


def all_areas(session: Session) -> list[AreaValue]:
    """Return every area within a session, by name; invented ones last."""
    found = session.scalars(select(Area).order_by(Area.name, Area.code))
    values = [area_value(area) for area in found]
    return sorted(values, key=lambda area: area.invented)


def area_value(area: Area) -> AreaValue:
    """Return an area record as a value."""
    return AreaValue(
        area.code,
        area.name,
        area.name_welsh,
        area.kind,
        area.nation,
        area.region_code,
        area.force_code,
        area.started_on,
        area.ended_on,
        area.invented,
    )


def find_area(session: Session, wanted: str) -> Area:
    """Return the area with this code or name.

    A name that a current and a past area of one kind share means the current one. Raises Refusal
    naming each where a name fits several, and NotFound with the nearest names.
    """
    area = session.get(Area, wanted.strip().upper())
    if area is not None:
        return area
    fitting = _fitting(session, wanted)
    if not fitting:
        raise NotFound(
            f"There is no area {wanted!r}.",
            _nearest(session, wanted),
            area=wanted,
        )
    if len(fitting) > 1:
        raise _several(wanted, fitting)
    return fitting[0]


def newest_model(session: Session) -> str:
    """Return the year of the newest model of statistical neighbours; empty where none is kept."""
    return session.scalar(select(func.max(AreaNeighbour.model))) or ""


def _fitting(session: Session, wanted: str) -> list[Area]:
    """Return the areas of this very name; without a council among them, also those that have it.

    None where no area has the very name: Durham is a police force area, and in County Durham.
    """
    words = _words(wanted)
    every = session.scalars(select(Area).order_by(Area.name, Area.code)).all()
    exact = [area for area in every if words and _words(area.name) == words]
    current = {area.kind for area in exact if area.ended_on is None}
    named = [area for area in exact if area.ended_on is None or area.kind not in current]
    if not named or any(_is_council(area) for area in named):
        return named
    having = [area for area in every if _is_council(area) and _holds(_words(area.name), words)]
    return [*named, *having]


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.casefold())


def _holds(name: list[str], words: list[str]) -> bool:
    """Return whether these words stand in a name one after the other."""
    return any(name[at : at + len(words)] == words for at in range(len(name)))


def _is_council(area: Area) -> bool:
    return area.kind is AreaKind.LOCAL_AUTHORITY and area.ended_on is None


def _several(wanted: str, fitting: Sequence[Area]) -> Refusal:
    each = "; ".join(_which(area) for area in fitting)
    return Refusal(
        f"The name {wanted!r} fits {len(fitting)} areas: {each}.",
        "Give the code of the one that is meant.",
        area=wanted,
        fits=[area.code for area in fitting],
    )


def _which(area: Area) -> str:
    end = area.ended_on
    until = f" until {end.day} {end:%B %Y}" if end else ""
    return f"{area.name} ({area.code}, {area.kind.english.lower()}{until})"


def _nearest(session: Session, wanted: str) -> str:
    part = wanted.strip()[:4].replace("%", "").replace("_", "") or " "
    pattern = f"%{part}%"
    rows = session.scalars(
        select(Area).where(Area.name.ilike(pattern)).order_by(Area.name).limit(5)
    )
    near = ", ".join(f"{area.name} ({area.code})" for area in rows)
    expected = "Give an ONS code such as E06000047, or a name such as County Durham."
    return f"{expected} Near to it: {near}." if near else expected


def themes(*, by: SignedIn) -> list[ThemeValue]:
    """Return the eight themes with the criteria in force today."""
    with by.reading() as session:
        return all_themes(session)


def all_themes(session: Session) -> list[ThemeValue]:
    """Return the eight themes within a session, with the criteria in force today."""
    held = session.scalars(select(Theme).order_by(Theme.code)).all()
    criteria = session.scalars(
        select(Criterion)
        .where(Criterion.ended_on.is_(None))
        .order_by(Criterion.code, Criterion.version.desc())
    ).all()
    return [
        ThemeValue(theme.code, theme.name, theme.short_name, _criteria(criteria, theme.code))
        for theme in held
    ]


def _criteria(criteria: Sequence[Criterion], theme: str) -> tuple[CriterionValue, ...]:
    return tuple(
        CriterionValue(c.code, c.version, c.text, c.source) for c in criteria if c.theme == theme
    )


@dataclass(frozen=True)
class ScaleValue:
    """A scale with its grades, best first."""

    code: str
    name: str
    grades: tuple[tuple[str, str], ...]

    @property
    def codes(self) -> list[str]:
        """The grade codes, best first."""
        return [code for code, _name in self.grades]


def scale_value(session: Session, code: str) -> ScaleValue:
    """Return a scale; raises NotFound with those there are."""
    scale = session.get(Scale, code)
    if scale is None:
        known = ", ".join(session.scalars(select(Scale.code).order_by(Scale.code)))
        raise NotFound(f"There is no scale {code!r}.", f"Use one of {known}.", scale=code)
    rows = session.execute(
        select(ScaleGrade.grade, ScaleGrade.name)
        .where(ScaleGrade.scale == code)
        .order_by(ScaleGrade.position)
    )
    return ScaleValue(scale.code, scale.name, tuple((grade, name) for grade, name in rows))


def grades(scale: str, *, by: SignedIn) -> dict[str, str]:
    """Return the grades of a scale, best first; none where there is no such scale."""
    with by.reading() as session:
        held = session.get(Scale, scale)
        return dict(scale_value(session, scale).grades) if held else {}


@dataclass(frozen=True)
class Choices:
    """What somebody starting an inspection chooses from: code and name pairs."""

    frameworks: dict[str, str]
    scales: dict[str, str]
    areas: dict[str, str]
    organisations: dict[str, str]
    themes: dict[str, str]
    readers: dict[str, str]


def choices(*, by: SignedIn) -> Choices:
    """Return what the form for a new inspection offers."""
    with by.reading() as session:
        inspectors = session.scalars(select(Person).order_by(Person.name)).all()
        return Choices(
            _names(session, Framework),
            _names(session, Scale),
            {area.code: area.label for area in all_areas(session)},
            {body.code: body_name(body) for body in _by_name(session)},
            _names(session, Theme),
            {p.code: p.name for p in inspectors if reads_cases(p) and p.code != by.person},
        )


def organisations(*, by: SignedIn) -> dict[str, str]:
    """Return every body: its name by its code."""
    with by.reading() as session:
        return {body.code: body_name(body) for body in _by_name(session)}


def at_once(session: Session, kind: type[Named], codes: Iterable[str]) -> dict[str, Named]:
    """Return records by their codes with one query; while they are held, none is asked for again.

    A session forgets what nobody holds, so keep the answer as long as the records are used.
    """
    found = session.scalars(select(kind).where(kind.code.in_(sorted(set(codes)))))
    return {each.code: each for each in found}


def organisation_name(session: Session, code: str) -> str:
    """Return a body's name as it is shown; one of the samples says that it is invented."""
    body = session.get(Organisation, code)
    if body is None:
        raise NotFound(f"There is no organisation {code!r}.", "Choose one from the list.")
    return body_name(body)


def body_name(body: Organisation) -> str:
    """Return the name of a body record as it is shown; one of the samples says so."""
    return f"{body.name} (invented)" if is_invented(body) else body.name


def _by_name(session: Session) -> Sequence[Organisation]:
    return session.scalars(select(Organisation).order_by(Organisation.name)).all()


def check_known(session: Session, kind: type[Record], codes: Iterable[str], what: str) -> None:
    """Raise Refusal naming the codes of a kind that are not known."""
    unknown = [code for code in codes if session.get(kind, code) is None]
    if unknown:
        raise Refusal(
            f"{what} {', '.join(map(repr, unknown))} is not known.",
            "Choose from the list; nothing was saved.",
            unknown=unknown,
        )


def reads_cases(person: Person) -> bool:
    """Return whether somebody holds a role that reads cases, and has not left."""
    here = person.ended_at is None
    return here and any(role.role in {Role.INSPECTOR, Role.LEAD_INSPECTOR} for role in person.roles)


def _names(session: Session, kind: type[Framework] | type[Scale] | type[Theme]) -> dict[str, str]:
    rows = session.execute(select(kind.code, kind.name).order_by(kind.name))
    return {code: name for code, name in rows}  # noqa: C416 - rows are not pairs to mypy


def check_one_world(
    session: Session, thing: str, areas: Iterable[str], bodies: Iterable[str]
) -> None:
    """Raise Refusal where real and invented places or bodies would stand in one thing."""
    invented = {session.get_one(Area, code).invented for code in areas}
    invented |= {is_invented(session.get_one(Organisation, code)) for code in bodies}
    if len(invented) > 1:
        raise Refusal(
            f"{thing} names real and invented areas or bodies together.", "Keep them apart."
        )


def is_invented(body: Organisation) -> bool:
    """Return whether a body is one of the samples' own."""
    return (body.area_code or "").startswith(INVENTED_PREFIX) or body.code.startswith("invented")


def person_name(session: Session, code: str) -> str:
    """Return somebody's name; the code of whoever is no person of ours, such as the set-up."""
    person = session.get(Person, code)
    return person.name if person else code


def check_grade(grade: str, scale: ScaleValue) -> None:
    """Raise Refusal if a grade is not on a scale; one scale is never mapped onto another."""
    if grade not in scale.codes:
        words = ", ".join(scale.codes) or "no grades at all"
        raise Refusal(
            f"The grade {grade!r} is not on the scale “{scale.name}”.",
            f"That scale has {words}. Use one of them, or choose the scale the publication uses.",
            grade=grade,
            scale=scale.code,
        )
