"""Claims as values: each with how it stands now, in words, and the answer that holds for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

import polars as pl
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import Claim, Inspection, ScaleGrade, Statement, Theme
from data_model.vocabulary import ClaimDirection, ClaimStanding, InspectionStatus
from inspect_app.services import claim_words as words
from inspect_app.services.claim_evidence import Behind
from inspect_app.services.claim_words import Line, Row, Said
from inspect_app.services.reference import person_name
from metrics import BY_CODE, claims
from metrics.checks.subjects import of_sentences


@dataclass(frozen=True)
class Stand:
    """How a sentence stands, and what is printed beside it."""

    standing: ClaimStanding
    says: Said


@dataclass(frozen=True)
class ClaimValue:
    """A claim of an inspection's narrative; `answer` is None where none holds for how it stands.

    `version` is what a change sends back, so that nobody overwrites what they have not seen.
    """

    code: str
    inspection: str
    position: int
    text: str
    text_welsh: str | None
    direction: ClaimDirection
    themes: tuple[str, ...]
    findings: tuple[int, ...]
    indicators: tuple[str, ...]
    standing: ClaimStanding
    says: str
    says_welsh: str
    answer: str | None
    answer_welsh: str | None
    answered_by: str | None
    answered_on: date | None
    version: int

    @property
    def outstanding(self) -> bool:
        """Whether it cannot be released before it is changed or answered."""
        return self.to_answer and self.answer is None

    @property
    def to_answer(self) -> bool:
        """Whether it is published only with an answer in writing."""
        return claims.must_be_answered(self.direction, self.standing)


@dataclass(frozen=True)
class Desk:
    """What is needed to say how the sentences of one inspection stand.

    `lines` are the counts that may be shown; they decide nothing.
    """

    held: Inspection
    behind: Behind
    lines: dict[str, Line] = field(default_factory=dict)
    grades: dict[str, Said] = field(default_factory=dict)
    themes: dict[str, Said] = field(default_factory=dict)

    def of_claim(self, held: Claim) -> Stand:
        """Return how a claim stands."""
        chosen = {theme for claim, theme in self.behind.choices if claim == held.code}
        themes = [entry.theme for entry in held.themes]
        indicators = [entry.indicator for entry in held.indicators]
        linked = [self.behind.of_theme(held.code, theme) for theme in themes]
        series = [self.behind.of_indicator(code) for code in indicators]
        standing = claims.standing(held.direction, [*linked, *series])
        said = [self._theme(theme, chosen=theme in chosen) for theme in themes]
        said += [
            (Said(BY_CODE[code].title, BY_CODE[code].title), words.SERIES[link.found])
            for code, link in zip(indicators, series, strict=True)
        ]
        return self._stand(standing, said, words.NO_LINK)

    def of_sentence(self, direction: ClaimDirection, named: Sequence[str]) -> Stand:
        """Return how a sentence of a published report stands on the subjects that it names.

        Criticism that also names what no case was read for is held against the rest; praise is
        not, as praise of what nobody read is the false reassurance itself (K.3 para 10). One that
        names none is held against all cases of its inspection, which can speak against it and
        never for it: cases of something else bear nothing out.
        """
        read = sorted(self.behind.subjects)
        about = [subject for subject in named if subject in read]
        subjects = (about if direction is ClaimDirection.NEGATIVE else []) or named or read
        standing = claims.standing(direction, [self.behind.of_subject(s) for s in subjects])
        if named or standing is ClaimStanding.CONTRADICTED:
            return self._stand(standing, [self._theme(s) for s in subjects], words.NO_LINK)
        return self._stand(ClaimStanding.UNSUPPORTED, [], words.NAMES_NOTHING)

    def _stand(self, standing: ClaimStanding, said: list[tuple[Said, Said]], none: Said) -> Stand:
        if said and self.held.status is InspectionStatus.READING:
            return Stand(standing, words.stands(standing, words.NOT_AGREED))
        why = words.joined(said) if said else none
        return Stand(standing, words.stands(standing, why))

    def _theme(self, subject: str, *, chosen: bool = False) -> tuple[Said, Said]:
        line = words.of_line(self.lines.get(subject), self.grades)
        return self.themes[subject], words.CHOSEN.filled(line=line) if chosen else line


def desk(session: Session, held: Inspection, behind: Behind, rows: Iterable[Row]) -> Desk:
    """Return what says how an inspection's sentences stand; `rows` are counts that may be shown."""
    scale = select(ScaleGrade).where(ScaleGrade.scale == held.scale).order_by(ScaleGrade.position)
    names = {t.code: Said(t.short_name, t.short_name_welsh) for t in session.scalars(select(Theme))}
    return Desk(
        held,
        behind,
        words.lines(rows),
        {g.grade: Said(g.name, g.name_welsh or g.name) for g in session.scalars(scale)},
        names | words.OTHER_NAMES,
    )


def claims_of(session: Session, inspection: str) -> list[Claim]:
    """Return the claims of an inspection that stand in its narrative, in their order."""
    query = select(Claim).where(Claim.inspection == inspection, Claim.taken_out_at.is_(None))
    return list(session.scalars(query.order_by(Claim.position)))


def answer_holds(held: Claim, stand: Stand) -> bool:
    """Return whether a claim's answer was written for how it stands now."""
    return held.answer is not None and held.answered_to is stand.standing


def claim_value(session: Session, held: Claim, stand: Stand) -> ClaimValue:
    """Return a claim as a value."""
    holds = answer_holds(held, stand)
    return ClaimValue(
        code=held.code,
        inspection=held.inspection,
        position=held.position,
        text=held.text,
        text_welsh=held.text_welsh,
        direction=held.direction,
        themes=tuple(entry.theme for entry in held.themes),
        findings=tuple(entry.finding for entry in held.findings),
        indicators=tuple(entry.indicator for entry in held.indicators),
        standing=stand.standing,
        says=stand.says.english,
        says_welsh=stand.says.welsh,
        answer=held.answer if holds else None,
        answer_welsh=held.answer_welsh if holds else None,
        answered_by=person_name(session, held.answered_by) if holds and held.answered_by else None,
        answered_on=held.answered_at.date() if holds and held.answered_at else None,
        version=held.version,
    )


def subjects_named(statements: Sequence[Statement]) -> dict[int, list[str]]:
    """Return by sentence the subjects that it names, as the checks read them."""
    said = [(each.id, each.statement) for each in statements]
    frame = pl.DataFrame(said, {"statement": pl.Int64, "said": pl.String}, orient="row")
    named: dict[int, list[str]] = {each.id: [] for each in statements}
    for statement, subject in of_sentences(frame).select("statement", "subject").iter_rows():
        named[statement].append(subject)
    return named
