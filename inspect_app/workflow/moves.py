"""What may follow what: each status, the moves that leave it, and what they need."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from data_model.vocabulary import (
    Assurance,
    CaseStatus,
    Closing,
    Delivery,
    Evidence,
    InspectionStatus,
    Response,
    ReturnStatus,
    Word,
    Wording,
)
from inspect_app.access import Permission
from inspect_app.errors import Refusal


class Axis(StrEnum):
    """What has a status of its own."""

    CASE = "case"
    INSPECTION = "inspection"
    WORDING = "wording"
    RESPONSE = "response"
    DELIVERY = "delivery"
    ASSURANCE = "assurance"
    CLOSING = "closing"
    RETURN = "return"


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
    EFFECT = (
        "put forward a re-audit whose grades show an improvement (E3), or an outcome that "
        "another body gathered (E4)"
    )
    BODY = "name the body that it should go to"
    SUCCESSOR = "name the recommendation that takes its place"
    EXPLAINED = "mend what was found in it, or explain it in writing"
    NOT_GOOD = "have a later inspection of the same body find the theme not good"


@dataclass(frozen=True)
class Move:
    """One change of status that is allowed.

    One that `follows` is made by the product when something else happens; nobody chooses it.
    """

    axis: Axis
    before: Word
    after: Word
    who: Permission
    needs: tuple[Need, ...] = ()
    follows: bool = False


def _moves(
    axis: Axis,
    befores: Iterable[Word],
    after: Word,
    who: Permission,
    *needs: Need,
    follows: bool = False,
) -> tuple[Move, ...]:
    return tuple(Move(axis, before, after, who, needs, follows) for before in befores)


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
TESTED: frozenset[Word] = frozenset(
    {Assurance.IMPLEMENTED, Assurance.EFFECT_SHOWN, Assurance.SUSTAINED}
)
FINISHED: frozenset[Word] = frozenset({Delivery.CLAIMED, Delivery.SUPERSEDED})

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
    *_moves(Axis.WORDING, [Wording.DRAFT], Wording.PUBLISHED, Permission.WRITE_RECOMMENDATIONS),
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
        Axis.RESPONSE,
        [Response.AWAITING],
        Response.REDIRECTED,
        Permission.RESPOND,
        Need.BODY,
        Need.REASON,
    ),
    *_moves(
        Axis.RESPONSE,
        [answer for answer in Response if answer is not Response.AWAITING],
        Response.AWAITING,
        Permission.AGREE_FINDINGS,
        Need.NOT_GOOD,
        follows=True,
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
        Need.SUCCESSOR,
        Need.REASON,
    ),
    *_moves(
        Axis.DELIVERY,
        [status for status in Delivery if status is not Delivery.NOT_STARTED],
        Delivery.NOT_STARTED,
        Permission.AGREE_FINDINGS,
        Need.NOT_GOOD,
        follows=True,
    ),
    *_moves(
        Axis.ASSURANCE,
        [Assurance.UNTESTED, Assurance.INSUFFICIENT, Assurance.REGRESSED],
        Assurance.SUBMITTED,
        Permission.RESPOND,
        Need.EVIDENCE,
        follows=True,
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
        Need.EFFECT,
    ),
    *_moves(
        Axis.ASSURANCE,
        [Assurance.EFFECT_SHOWN],
        Assurance.SUSTAINED,
        Permission.VERIFY,
        Need.EFFECT,
        Need.REASON,
    ),
    *_moves(
        Axis.ASSURANCE,
        [status for status in Assurance if status is not Assurance.REGRESSED],
        Assurance.REGRESSED,
        Permission.AGREE_FINDINGS,
        Need.NOT_GOOD,
        follows=True,
    ),
    *_moves(Axis.CLOSING, [Closing.OPEN], Closing.CLOSED, Permission.VERIFY, Need.REASON),
    *_moves(Axis.CLOSING, [Closing.CLOSED], Closing.OPEN, Permission.VERIFY, Need.REASON),
    *_moves(
        Axis.RETURN,
        [ReturnStatus.ENTERED],
        ReturnStatus.APPROVED,
        Permission.APPROVE_RETURNS,
        Need.EXPLAINED,
    ),
    *_moves(Axis.RETURN, [ReturnStatus.APPROVED], ReturnStatus.PUBLISHED, Permission.MAKE_RELEASES),
    *_moves(
        Axis.RETURN,
        [ReturnStatus.APPROVED, ReturnStatus.PUBLISHED],
        ReturnStatus.ENTERED,
        Permission.APPROVE_RETURNS,
        Need.REASON,
    ),
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
    }
    return need in offer.met or brought.get(need, False)
