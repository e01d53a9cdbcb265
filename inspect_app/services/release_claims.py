"""Claims and sentences of an inspection in a release, each with how it stands beside it.

How one stands follows from all evidence that counts; the numbers printed beside it are those of
the release's own rows, so that nothing withheld there is said here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from data_model.counted import Snapshot
from data_model.records import Claim, Inspection, Statement, Theme
from data_model.vocabulary import ClaimDirection, Symbol
from inspect_app.publishing.content import EvidenceRow, PublishedClaim, ReleaseContent
from inspect_app.services.claim_evidence import Behind, behind
from inspect_app.services.claim_values import (
    Desk,
    Stand,
    answer_holds,
    claims_of,
    desk,
    subjects_named,
)
from inspect_app.services.claim_words import Line, lines
from inspect_app.signed_in import SignedIn
from metrics.claims import Known, Told, gives_away


@dataclass
class Narrative:
    """What the inspections of one release say in sentences, and what stands behind these."""

    session: Session
    claims: dict[str, list[Claim]] = field(default_factory=dict)
    behind: dict[str, Behind] = field(default_factory=dict)

    def of(self, held: Inspection, evidence: Sequence[EvidenceRow]) -> tuple[PublishedClaim, ...]:
        """Return the claims of an inspection, or the sentences it published elsewhere."""
        if held.code not in self.behind:
            return ()
        at = desk(self.session, held, self.behind[held.code], evidence)
        own = [_claim(claim, at.of_claim(claim)) for claim in self.claims[held.code]]
        return (*own, *_sentences(self.session, held, at))

    def gives_away(
        self, held: Inspection, evidence: Sequence[EvidenceRow]
    ) -> dict[str, frozenset[Known]]:
        """Return what the claims of an inspection tell of the grades of its withheld themes.

        For whoever attacks the release: what readers know beside its numbers.
        """
        known: dict[str, frozenset[Known]] = {}
        for claim in self.claims[held.code]:
            for theme, told in self._given_away(held, claim, lines(evidence)).items():
                known[theme] = known.get(theme, frozenset()) | told
        return known

    def _given_away(
        self, held: Inspection, claim: Claim, shown: dict[str, Line]
    ) -> dict[str, frozenset[Known]]:
        behind = self.behind[held.code]
        told = {
            entry.theme: Told(
                None if _withheld(shown[entry.theme]) else behind.subjects.get(entry.theme),
                chosen=(claim.code, entry.theme) in behind.choices,
            )
            for entry in claim.themes
        }
        stand = desk(self.session, held, behind, ()).of_claim(claim)
        series = [behind.of_indicator(entry.indicator) for entry in claim.indicators]
        return gives_away(claim.direction, stand.standing, told, series)


def _withheld(line: Line) -> bool:
    return any(cases is Symbol.WITHHELD for _grade, cases in line.grades)


def narrative(
    session: Session,
    inspections: Sequence[Inspection],
    snapshot: Snapshot,
    by: SignedIn,
    earlier: Sequence[ReleaseContent] = (),
) -> Narrative:
    """Return what says, for every inspection of a release, which claims it makes."""
    claims = {held.code: claims_of(session, held.code) for held in inspections}
    telling = [held for held in inspections if claims[held.code] or held.statements]
    found = behind(session, telling, snapshot, by, earlier) if telling else {}
    return Narrative(session, claims, found)


def _claim(held: Claim, stand: Stand) -> PublishedClaim:
    holds = answer_holds(held, stand)
    return PublishedClaim(
        code=held.code,
        text=held.text,
        text_welsh=held.text_welsh,
        direction=str(held.direction),
        themes=tuple(entry.theme for entry in held.themes),
        indicators=tuple(entry.indicator for entry in held.indicators),
        standing=str(stand.standing),
        says=stand.says.english,
        says_welsh=stand.says.welsh,
        answer=held.answer if holds else None,
        answer_welsh=held.answer_welsh if holds else None,
    )


def _sentences(session: Session, held: Inspection, at: Desk) -> Iterator[PublishedClaim]:
    named = subjects_named(held.statements)
    for number, statement in enumerate(held.statements, start=1):
        subjects = named[statement.id]
        stand = at.of_sentence(ClaimDirection(statement.direction), subjects)
        yield _sentence(session, f"{held.code}-S{number}", statement, subjects, stand)


def _sentence(
    session: Session, code: str, statement: Statement, subjects: Sequence[str], stand: Stand
) -> PublishedClaim:
    return PublishedClaim(
        code=code,
        text=statement.statement,
        text_welsh=None,
        direction=statement.direction,
        themes=tuple(subject for subject in subjects if session.get(Theme, subject)),
        indicators=(),
        standing=str(stand.standing),
        says=stand.says.english,
        says_welsh=stand.says.welsh,
    )
