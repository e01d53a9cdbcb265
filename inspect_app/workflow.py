"""What may follow what, and who may never do two things at once: the rules, as data."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data_model.vocabulary import (
    Assurance,
    CaseStatus,
    Delivery,
    Evidence,
    InspectionStatus,
    Response,
    Word,
)
from inspect_app.access import Permission
from inspect_app.errors import Refusal


class Axis(StrEnum):
    """What has a status of its own."""

    CASE = "case"
    INSPECTION = "inspection"
    RESPONSE = "response"
    DELIVERY = "delivery"
    ASSURANCE = "assurance"


class Need(StrEnum):
    """What a move needs; the text is what a person is told when it is not there."""

    REASON = "say why, in a sentence"
    PLAN = "give the steps, the role that is responsible and a date"
    NEW_DATE = "give the new date"
    ACCEPTED = "accept the recommendation first, wholly, in principle or in part"
    LOCKED_CASES = "have every case locked, and at least one"
    NOTHING_OUTSTANDING = "enter what is missing"
    EVERY_READING = "have every reading that was asked for submitted"
    SAME_GRADES = "have the same grade from every reader on every theme"
    GRADES_DIFFER = "have grades that differ on at least one theme"
    DECISIONS = "decide each theme on which the readings differ, with a reason"
    READ_ENOUGH = "have the second reading that this case needs"
    EVIDENCE = "add the evidence first"
    E2 = "add a record that it happened (E2) or stronger evidence"
    E3 = "add practice seen in sampled cases (E3, a re-audit), or an independent outcome (E4)"


@dataclass(frozen=True)
class Move:
    """One change of status that is allowed."""

    axis: Axis
    before: Word
    after: Word
    who: Permission
    needs: tuple[Need, ...] = ()


def _moves(
    axis: Axis, befores: list[Word], after: Word, who: Permission, *needs: Need
) -> tuple[Move, ...]:
    return tuple(Move(axis, before, after, who, needs) for before in befores)


ACCEPTANCES: frozenset[Word] = frozenset(
    {Response.ACCEPTED, Response.IN_PRINCIPLE, Response.PARTLY}
)
UNTIL_ACCEPTED: list[Word] = [
    Response.AWAITING,
    Response.IN_PRINCIPLE,
    Response.PARTLY,
    Response.REJECTED,
    Response.REDIRECTED,
]
TESTED: list[Word] = [Assurance.IMPLEMENTED, Assurance.EFFECT_SHOWN, Assurance.SUSTAINED]

MOVES: tuple[Move, ...] = (
    *_moves(
        Axis.CASE,
        [CaseStatus.DRAFT],
        CaseStatus.SUBMITTED,
        Permission.WRITE_CASES,
        Need.NOTHING_OUTSTANDING,
    ),
    *_moves(
        Axis.CASE, [CaseStatus.SUBMITTED], CaseStatus.DRAFT, Permission.WRITE_CASES, Need.REASON
    ),
    *_moves(
        Axis.CASE,
        [CaseStatus.SUBMITTED],
        CaseStatus.SECOND_READ,
        Permission.WRITE_CASES,
        Need.EVERY_READING,
    ),
    *_moves(
        Axis.CASE,
        [CaseStatus.SECOND_READ],
        CaseStatus.AGREED,
        Permission.WRITE_CASES,
        Need.SAME_GRADES,
    ),
    *_moves(
        Axis.CASE,
        [CaseStatus.SECOND_READ],
        CaseStatus.DISPUTED,
        Permission.WRITE_CASES,
        Need.GRADES_DIFFER,
    ),
    *_moves(
        Axis.CASE,
        [CaseStatus.DISPUTED],
        CaseStatus.MODERATED,
        Permission.AGREE_FINDINGS,
        Need.DECISIONS,
    ),
    *_moves(
        Axis.CASE,
        [CaseStatus.SUBMITTED, CaseStatus.AGREED, CaseStatus.MODERATED],
        CaseStatus.LOCKED,
        Permission.AGREE_FINDINGS,
        Need.READ_ENOUGH,
    ),
    *_moves(
        Axis.CASE,
        [CaseStatus.LOCKED],
        CaseStatus.DRAFT,
        Permission.AGREE_FINDINGS,
        Need.REASON,
    ),
    *_moves(Axis.CASE, [CaseStatus.LOCKED], CaseStatus.COUNTED, Permission.AGREE_FINDINGS),
    *_moves(
        Axis.CASE,
        [CaseStatus.COUNTED],
        CaseStatus.LOCKED,
        Permission.AGREE_FINDINGS,
        Need.REASON,
    ),
    *_moves(
        Axis.INSPECTION,
        [InspectionStatus.READING],
        InspectionStatus.AGREED,
        Permission.AGREE_FINDINGS,
        Need.LOCKED_CASES,
    ),
    *_moves(
        Axis.INSPECTION,
        [InspectionStatus.AGREED],
        InspectionStatus.READING,
        Permission.AGREE_FINDINGS,
        Need.REASON,
    ),
    *_moves(Axis.RESPONSE, UNTIL_ACCEPTED, Response.ACCEPTED, Permission.RESPOND, Need.PLAN),
    *_moves(
        Axis.RESPONSE,
        [Response.AWAITING],
        Response.IN_PRINCIPLE,
        Permission.RESPOND,
        Need.REASON,
    ),
    *_moves(Axis.RESPONSE, [Response.AWAITING], Response.PARTLY, Permission.RESPOND, Need.REASON),
    *_moves(Axis.RESPONSE, [Response.AWAITING], Response.REJECTED, Permission.RESPOND, Need.REASON),
    *_moves(
        Axis.RESPONSE, [Response.AWAITING], Response.REDIRECTED, Permission.RESPOND, Need.REASON
    ),
    *_moves(
        Axis.DELIVERY,
        [Delivery.NOT_STARTED, Delivery.PAUSED],
        Delivery.IN_PROGRESS,
        Permission.RESPOND,
        Need.ACCEPTED,
    ),
    *_moves(
        Axis.DELIVERY,
        [Delivery.IN_PROGRESS],
        Delivery.IN_PROGRESS,
        Permission.RESPOND,
        Need.NEW_DATE,
        Need.REASON,
    ),
    *_moves(Axis.DELIVERY, [Delivery.IN_PROGRESS], Delivery.CLAIMED, Permission.RESPOND),
    *_moves(
        Axis.DELIVERY, [Delivery.CLAIMED], Delivery.IN_PROGRESS, Permission.RESPOND, Need.REASON
    ),
    *_moves(
        Axis.DELIVERY, [Delivery.IN_PROGRESS], Delivery.PAUSED, Permission.RESPOND, Need.REASON
    ),
    *_moves(
        Axis.DELIVERY,
        [Delivery.NOT_STARTED, Delivery.IN_PROGRESS, Delivery.PAUSED],
        Delivery.SUPERSEDED,
        Permission.RESPOND,
        Need.REASON,
    ),
    *_moves(
        Axis.ASSURANCE,
        [Assurance.UNTESTED, Assurance.INSUFFICIENT, Assurance.REGRESSED],
        Assurance.SUBMITTED,
        Permission.RESPOND,
        Need.EVIDENCE,
    ),
    *_moves(
        Axis.ASSURANCE,
        [Assurance.SUBMITTED],
        Assurance.INSUFFICIENT,
        Permission.VERIFY,
        Need.REASON,
    ),
    *_moves(
        Axis.ASSURANCE, [Assurance.SUBMITTED], Assurance.IMPLEMENTED, Permission.VERIFY, Need.E2
    ),
    *_moves(
        Axis.ASSURANCE,
        [Assurance.SUBMITTED, Assurance.IMPLEMENTED],
        Assurance.EFFECT_SHOWN,
        Permission.VERIFY,
        Need.E3,
    ),
    *_moves(
        Axis.ASSURANCE,
        [Assurance.EFFECT_SHOWN],
        Assurance.SUSTAINED,
        Permission.VERIFY,
        Need.E3,
        Need.REASON,
    ),
    *_moves(Axis.ASSURANCE, TESTED, Assurance.REGRESSED, Permission.VERIFY, Need.REASON),
)


@dataclass(frozen=True)
class Offer:
    """What a person brings to a move; `met` are the needs that were looked into and hold."""

    reason: str | None = None
    steps: str | None = None
    role_named: str | None = None
    due_on: date | None = None
    accepted: bool = False
    met: frozenset[Need] = frozenset()
    strongest: Evidence | None = None


def next_moves(axis: Axis, before: Word) -> tuple[Move, ...]:
    """Return the moves that leave a status."""
    return tuple(move for move in MOVES if move.axis is axis and move.before == before)


def check_move(axis: Axis, before: Word, after: Word, offer: Offer, *, thing: str) -> Move:
    """Return the move from one status to another; raises Refusal saying what would work."""
    open_moves = next_moves(axis, before)
    move = next((move for move in open_moves if move.after == after), None)
    if move is None:
        raise _no_such_move(before, after, open_moves, thing)
    lacking = [need for need in move.needs if not _has(offer, need)]
    if lacking:
        raise Refusal(
            f"{thing} cannot become “{after.english}” yet.",
            "To do that, " + "; and ".join(lacking) + ".",
            lacking=lacking,
        )
    return move


def _no_such_move(before: Word, after: Word, open_moves: tuple[Move, ...], thing: str) -> Refusal:
    ways = ", ".join(f"“{move.after.english}”" for move in open_moves)
    return Refusal(
        f"{thing} is “{before.english}”, which cannot become “{after.english}”.",
        f"From here it can become {ways}." if ways else "Nothing follows this status.",
        before=str(before),
        after=str(after),
    )


def _has(offer: Offer, need: Need) -> bool:
    rung = offer.strongest or Evidence.E0
    brought = {
        Need.REASON: bool((offer.reason or "").strip()),
        Need.PLAN: bool(offer.steps and offer.role_named and offer.due_on),
        Need.NEW_DATE: offer.due_on is not None,
        Need.ACCEPTED: offer.accepted,
        Need.EVIDENCE: offer.strongest is not None,
        Need.E2: rung >= Evidence.E2,
        Need.E3: rung >= Evidence.E3,
    }
    return need in offer.met or brought.get(need, False)


class Part(StrEnum):
    """What somebody is to one case, or to one recommendation."""

    FIRST_READER = "its first reader"
    SECOND_READER = "its second reader"
    BODY_READER = "its reader for another body"
    SAME_BODY = "of a body that reads it already"
    LEAD = "the lead of its inspection"
    VERIFIER = "its verifier"
    OWNER = "of a body it is addressed to"
    AUTHOR = "an author of its evidence"


@dataclass(frozen=True)
class Apart:
    """Two parts that nobody plays at once: who is `held` already cannot become `taking`."""

    thing: str
    taking: Part
    held: Part
    why: str


READ_ALREADY = "They read this case already"
LEAD_DECIDES = "The lead sees every reading and decides where they differ, so cannot be one more"
APART: tuple[Apart, ...] = (
    Apart(
        "case",
        Part.SECOND_READER,
        Part.FIRST_READER,
        "Whoever read a case first cannot read it second",
    ),
    Apart("case", Part.SECOND_READER, Part.SECOND_READER, READ_ALREADY),
    Apart("case", Part.SECOND_READER, Part.BODY_READER, READ_ALREADY),
    Apart("case", Part.SECOND_READER, Part.LEAD, LEAD_DECIDES),
    Apart("case", Part.BODY_READER, Part.FIRST_READER, READ_ALREADY),
    Apart("case", Part.BODY_READER, Part.SECOND_READER, READ_ALREADY),
    Apart("case", Part.BODY_READER, Part.BODY_READER, READ_ALREADY),
    Apart("case", Part.BODY_READER, Part.LEAD, LEAD_DECIDES),
    Apart(
        "case",
        Part.BODY_READER,
        Part.SAME_BODY,
        "Somebody of their body reads this case already",
    ),
    Apart(
        "recommendation",
        Part.VERIFIER,
        Part.OWNER,
        "The owner of a recommendation cannot verify it",
    ),
    Apart(
        "recommendation",
        Part.VERIFIER,
        Part.AUTHOR,
        "The author of evidence cannot judge it",
    ),
)
"""Independence, part by part (moderation is blind and nobody marks their own work)."""


def barred(taking: Part, held: Collection[Part]) -> str | None:
    """Return why somebody cannot take a part, given those they have already; None if they can."""
    return next((rule.why for rule in APART if rule.taking is taking and rule.held in held), None)
