"""The checklist of a release, as data: what is looked at before anything of it is published.

A blocking item stops every move towards publication while anything is outstanding; a warning
must be acknowledged with a reason. Each item is one function from what the release would say to
what is outstanding.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from data_model.records import CaseFile, Inspection
from data_model.vocabulary import (
    Basis,
    CaseStatus,
    ChecklistItem,
    ClaimDirection,
    ClaimStanding,
    InspectionStatus,
    Symbol,
)
from inspect_app.publishing.content import PublishedInspection, ReleaseContent
from inspect_app.services.release_texts import unread
from inspect_app.services.return_figures import FROM_RETURN
from inspect_app.services.welsh import missing_welsh
from inspect_app.signed_in import SignedIn
from metrics import counts
from metrics.claims import must_be_answered
from metrics.comparison import MINIMUM
from metrics.disclosure import POLICY


@dataclass(frozen=True)
class Outstanding:
    """One thing that is outstanding, in both languages, and the page on which it is mended."""

    about: str
    says: str
    says_welsh: str
    page: str
    asked: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """The SHA-256 of what it says: an acknowledgement holds for these words alone."""
        return hashlib.sha256(f"{self.about}\0{self.says}".encode()).hexdigest()


Look = Callable[[Session, ReleaseContent, SignedIn], Iterable[Outstanding]]


@dataclass(frozen=True)
class Item:
    """An item of the checklist: whether it blocks, what it looks at, why, and its source."""

    code: ChecklistItem
    blocks: bool
    looks_at: str
    looks_at_welsh: str
    why: str
    why_welsh: str
    source: str
    look: Look


@dataclass(frozen=True)
class Looked:
    """What came of one item."""

    item: Item
    outstanding: tuple[Outstanding, ...]


def look(session: Session, content: ReleaseContent, by: SignedIn) -> tuple[Looked, ...]:
    """Return what came of every item of the checklist, those that block first."""
    return tuple(Looked(each, tuple(each.look(session, content, by))) for each in CHECKLIST)


def recorded_here(content: ReleaseContent) -> list[PublishedInspection]:
    """Return the inspections of a release whose cases were recorded here."""
    return [held for held in content.inspections if Basis.RECORDED_HERE in held.basis]


def _inspection(held: str, says: str, says_welsh: str) -> Outstanding:
    return Outstanding(held, says, says_welsh, "inspections", (("inspection", held),))


def _disputes(session: Session, content: ReleaseContent, _by: SignedIn) -> Iterator[Outstanding]:
    codes = [held.code for held in recorded_here(content)]
    for code, status in session.execute(
        select(Inspection.code, Inspection.status)
        .where(Inspection.code.in_(codes), Inspection.status != InspectionStatus.AGREED)
        .order_by(Inspection.code)
    ):
        yield _inspection(
            code,
            f"Inspection {code} was opened again: {status.english.lower()}.",
            f"Ailagorwyd arolygiad {code}: {status.welsh.lower()}.",
        )
    disputed = (
        select(CaseFile.inspection, func.count())
        .where(CaseFile.inspection.in_(codes), CaseFile.status == CaseStatus.DISPUTED)
        .group_by(CaseFile.inspection)
        .order_by(CaseFile.inspection)
    )
    for code, cases in session.execute(disputed):
        yield Outstanding(
            code,
            f"Readers differ on cases of inspection {code}, and nobody has decided: {cases}.",
            f"Mae darllenwyr yn anghytuno ar achosion arolygiad {code}, heb benderfyniad: {cases}.",
            "moderation",
        )


def _small(value: object) -> bool:
    return isinstance(value, int) and 0 < value < POLICY.threshold


def _small_cells(_s: Session, content: ReleaseContent, _by: SignedIn) -> Iterator[Outstanding]:
    """Look through what would be published, not through what the protection says it did."""
    for held in recorded_here(content):
        found = [
            f"{row.theme}, {row.grade}"
            for row in held.evidence
            if row.basis == Basis.RECORDED_HERE and _small(row.cases)
        ]
        found += [f"{each.theme}, {each.reason}" for each in held.not_graded if _small(each.cases)]
        yield from (_small_cell(held.code, cell, "inspections") for cell in found)
    for recommendation in content.recommendations:
        if _small(recommendation.findings):
            cell = "findings that justify it"
            yield _small_cell(recommendation.code, cell, "recommendations")
    for area in content.areas:
        for figure in area.figures:
            if figure.source.startswith(FROM_RETURN) and _small(figure.numerator):
                yield _small_cell(area.code, f"{figure.title}, {figure.period}", "returns")


def _small_cell(about: str, cell: str, page: str) -> Outstanding:
    return Outstanding(
        about,
        f"{about} would show a count below {POLICY.threshold}: {cell}.",
        f"Byddai {about} yn dangos cyfrif o dan {POLICY.threshold}: {cell}.",
        page,
    )


def _claims(_s: Session, content: ReleaseContent, _by: SignedIn) -> Iterator[Outstanding]:
    for held in recorded_here(content):
        for claim in held.claims:
            direction, standing = ClaimDirection(claim.direction), ClaimStanding(claim.standing)
            if claim.answer is None and must_be_answered(direction, standing):
                yield Outstanding(
                    claim.code,
                    f"“{claim.text}” is {claim.says}, and nobody has answered that.",
                    f"Mae “{claim.text_welsh or claim.text}” {claim.says_welsh}, heb ateb.",
                    "claims",
                    (("inspection", held.code),),
                )


def _missing_welsh(
    session: Session, content: ReleaseContent, _by: SignedIn
) -> Iterator[Outstanding]:
    held = [session.get_one(Inspection, each.code) for each in recorded_here(content)]
    for text in missing_welsh(session, held):
        yield Outstanding(
            text.of,
            f"{text.of} is about a Welsh body and has no Welsh for: {text.about}.",
            f"Mae {text.of} yn ymwneud â chorff Cymreig heb Gymraeg ar gyfer: {text.about}.",
            "claims",
            (("inspection", text.of),),
        )


def _unread(session: Session, content: ReleaseContent, _by: SignedIn) -> Iterator[Outstanding]:
    for text in unread(session, content):
        what = text.in_a_sentence
        yield Outstanding(
            text.about,
            f"Nobody has read this text of {text.about} as it stands ({what}).",
            f"Nid oes neb wedi darllen y testun hwn o {text.about} fel y mae ({what}).",
            "releases",
        )


def _few_cases(_s: Session, content: ReleaseContent, _by: SignedIn) -> Iterator[Outstanding]:
    for held in recorded_here(content):
        read = dict(held.cases_read).get(counts.ALL, Symbol.WITHHELD)
        if not isinstance(read, int) or read < MINIMUM:
            yield _inspection(
                held.code,
                f"{held.code} rests on fewer than {MINIMUM} cases.",
                f"Mae {held.code} yn seiliedig ar lai na {MINIMUM} o achosion.",
            )


def _empty_themes(_s: Session, content: ReleaseContent, _by: SignedIn) -> Iterator[Outstanding]:
    names = dict(content.themes)
    for held in recorded_here(content):
        for theme in held.without_a_grade:
            named = names.get(theme, theme)
            yield _inspection(
                held.code,
                f"{held.code} has “{named}” in its scope, and no case was graded under it.",
                f"Mae “{named}” o fewn cwmpas {held.code}, ond ni raddiwyd unrhyw achos.",
            )


CHECKLIST: tuple[Item, ...] = (
    Item(
        ChecklistItem.DISPUTES,
        True,  # noqa: FBT003
        "Every inspection whose cases are recorded here, and its cases.",
        "Pob arolygiad y cofnodir ei achosion yma, a'i achosion.",
        "Findings that readers differ on, or that were opened again, are nobody's word yet.",
        "Nid yw canfyddiadau y mae darllenwyr yn anghytuno arnynt, neu a ailagorwyd, yn air i neb.",
        "K.8; K.28",
        _disputes,
    ),
    Item(
        ChecklistItem.SMALL_CELLS,
        True,  # noqa: FBT003
        "Every count that would be published of cases and returns recorded here.",
        "Pob cyfrif a gyhoeddid o achosion a ffurflenni a gofnodir yma.",
        "A small count can say who a child is.",
        "Gall cyfrif bach ddweud pwy yw plentyn.",
        POLICY.source,
        _small_cells,
    ),
    Item(
        ChecklistItem.CLAIMS,
        True,  # noqa: FBT003
        "Every claim of every inspection recorded here, and what stands behind it.",
        "Pob honiad ym mhob arolygiad a gofnodir yma, a'r hyn sy'n sefyll y tu ôl iddo.",
        "A positive report without an evidence base gives false reassurance.",
        "Mae adroddiad cadarnhaol heb sylfaen dystiolaeth yn rhoi sicrwydd ffug.",
        "K.10",
        _claims,
    ),
    Item(
        ChecklistItem.MISSING_WELSH,
        True,  # noqa: FBT003
        "The texts of inspections about bodies in Wales, and of their recommendations.",
        "Testunau arolygiadau o gyrff yng Nghymru, a'u hargymhellion.",
        "In Wales what is published is published in Welsh as well.",
        "Yng Nghymru cyhoeddir yr hyn a gyhoeddir yn Gymraeg hefyd.",
        "Welsh Language (Wales) Measure 2011",
        _missing_welsh,
    ),
    Item(
        ChecklistItem.UNREAD_TEXTS,
        True,  # noqa: FBT003
        "Every text written here that would be published, at its present wording.",
        "Pob testun a ysgrifennwyd yma ac a gyhoeddid, yn ei eiriad presennol.",
        "A sentence can name a child or blame one; a person has to have read it.",
        "Gall brawddeg enwi plentyn neu feio un; rhaid bod rhywun wedi'i darllen.",
        "E.3",
        _unread,
    ),
    Item(
        ChecklistItem.FEW_CASES,
        False,  # noqa: FBT003
        "How many cases each inspection read.",
        "Faint o achosion a ddarllenodd pob arolygiad.",
        "A handful of cases says little about a service.",
        "Nid yw llond llaw o achosion yn dweud llawer am wasanaeth.",
        "K.8; K.17–K.18",
        _few_cases,
    ),
    Item(
        ChecklistItem.EMPTY_THEMES,
        False,  # noqa: FBT003
        "The themes in each inspection's scope, and the cases graded under them.",
        "Y themâu o fewn cwmpas pob arolygiad, a'r achosion a raddiwyd oddi tanynt.",
        "What was in scope and not looked at must not read as if nothing was wrong.",
        "Ni ddylai'r hyn oedd o fewn cwmpas heb ei ystyried edrych fel petai popeth yn iawn.",
        "K.10",
        _empty_themes,
    ),
)
