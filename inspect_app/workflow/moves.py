"""What may follow what: each status, the moves that leave it, and what they need."""

from dataclasses import dataclass
from datetime import date

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
from inspect_app.workflow.move import Axis, Move, Need, each_from
from inspect_app.workflow.release_moves import RELEASE_MOVES

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
    *each_from(
        Axis.CASE,
        [CaseStatus.DRAFT],
        CaseStatus.SUBMITTED,
        Permission.WRITE_CASES,
        Need.NOTHING_OUTSTANDING,
    ),
    *each_from(
        Axis.CASE, [CaseStatus.SUBMITTED], CaseStatus.DRAFT, Permission.WRITE_CASES, Need.REASON
    ),
    *each_from(
        Axis.CASE,
        [CaseStatus.SUBMITTED],
        CaseStatus.SECOND_READ,
        Permission.WRITE_CASES,
        Need.EVERY_READING,
    ),
    *each_from(
        Axis.CASE,
        [CaseStatus.SECOND_READ],
        CaseStatus.AGREED,
        Permission.WRITE_CASES,
        Need.SAME_GRADES,
    ),
    *each_from(
        Axis.CASE,
        [CaseStatus.SECOND_READ],
        CaseStatus.DISPUTED,
        Permission.WRITE_CASES,
        Need.GRADES_DIFFER,
    ),
    *each_from(
        Axis.CASE,
        [CaseStatus.DISPUTED],
        CaseStatus.MODERATED,
        Permission.AGREE_FINDINGS,
        Need.DECISIONS,
    ),
    *each_from(
        Axis.CASE,
        [CaseStatus.SUBMITTED, CaseStatus.AGREED, CaseStatus.MODERATED],
        CaseStatus.LOCKED,
        Permission.AGREE_FINDINGS,
        Need.READ_ENOUGH,
    ),
    *each_from(
        Axis.CASE,
        [CaseStatus.LOCKED],
        CaseStatus.DRAFT,
        Permission.AGREE_FINDINGS,
        Need.REASON,
    ),
    *each_from(Axis.CASE, [CaseStatus.LOCKED], CaseStatus.COUNTED, Permission.AGREE_FINDINGS),
    *each_from(
        Axis.CASE,
        [CaseStatus.COUNTED],
        CaseStatus.LOCKED,
        Permission.AGREE_FINDINGS,
        Need.REASON,
    ),
    *each_from(
        Axis.INSPECTION,
        [InspectionStatus.READING],
        InspectionStatus.AGREED,
        Permission.AGREE_FINDINGS,
        Need.LOCKED_CASES,
    ),
    *each_from(
        Axis.INSPECTION,
        [InspectionStatus.AGREED],
        InspectionStatus.READING,
        Permission.AGREE_FINDINGS,
        Need.REASON,
    ),
    *each_from(Axis.WORDING, [Wording.DRAFT], Wording.PUBLISHED, Permission.WRITE_RECOMMENDATIONS),
    *each_from(Axis.RESPONSE, UNTIL_ACCEPTED, Response.ACCEPTED, Permission.RESPOND, Need.PLAN),
    *each_from(
        Axis.RESPONSE,
        [Response.AWAITING],
        Response.IN_PRINCIPLE,
        Permission.RESPOND,
        Need.REASON,
    ),
    *each_from(
        Axis.RESPONSE, [Response.AWAITING], Response.PARTLY, Permission.RESPOND, Need.REASON
    ),
    *each_from(
        Axis.RESPONSE, [Response.AWAITING], Response.REJECTED, Permission.RESPOND, Need.REASON
    ),
    *each_from(
        Axis.RESPONSE,
        [Response.AWAITING],
        Response.REDIRECTED,
        Permission.RESPOND,
        Need.BODY,
        Need.REASON,
    ),
    *each_from(
        Axis.RESPONSE,
        [answer for answer in Response if answer is not Response.AWAITING],
        Response.AWAITING,
        Permission.AGREE_FINDINGS,
        Need.NOT_GOOD,
        follows=True,
    ),
    *each_from(
        Axis.DELIVERY,
        [Delivery.NOT_STARTED, Delivery.PAUSED],
        Delivery.IN_PROGRESS,
        Permission.RESPOND,
        Need.ACCEPTED,
    ),
    *each_from(
        Axis.DELIVERY,
        [Delivery.IN_PROGRESS],
        Delivery.IN_PROGRESS,
        Permission.RESPOND,
        Need.NEW_DATE,
        Need.REASON,
    ),
    *each_from(Axis.DELIVERY, [Delivery.IN_PROGRESS], Delivery.CLAIMED, Permission.RESPOND),
    *each_from(
        Axis.DELIVERY, [Delivery.CLAIMED], Delivery.IN_PROGRESS, Permission.RESPOND, Need.REASON
    ),
    *each_from(
        Axis.DELIVERY, [Delivery.IN_PROGRESS], Delivery.PAUSED, Permission.RESPOND, Need.REASON
    ),
    *each_from(
        Axis.DELIVERY,
        [Delivery.NOT_STARTED, Delivery.IN_PROGRESS, Delivery.PAUSED],
        Delivery.SUPERSEDED,
        Permission.RESPOND,
        Need.SUCCESSOR,
        Need.REASON,
    ),
    *each_from(
        Axis.DELIVERY,
        [status for status in Delivery if status is not Delivery.NOT_STARTED],
        Delivery.NOT_STARTED,
        Permission.AGREE_FINDINGS,
        Need.NOT_GOOD,
        follows=True,
    ),
    *each_from(
        Axis.ASSURANCE,
        [Assurance.UNTESTED, Assurance.INSUFFICIENT, Assurance.REGRESSED],
        Assurance.SUBMITTED,
        Permission.RESPOND,
        Need.EVIDENCE,
        follows=True,
    ),
    *each_from(
        Axis.ASSURANCE,
        [Assurance.SUBMITTED],
        Assurance.INSUFFICIENT,
        Permission.VERIFY,
        Need.REASON,
    ),
    *each_from(
        Axis.ASSURANCE, [Assurance.SUBMITTED], Assurance.IMPLEMENTED, Permission.VERIFY, Need.E2
    ),
    *each_from(
        Axis.ASSURANCE,
        [Assurance.SUBMITTED, Assurance.IMPLEMENTED],
        Assurance.EFFECT_SHOWN,
        Permission.VERIFY,
        Need.EFFECT,
    ),
    *each_from(
        Axis.ASSURANCE,
        [Assurance.EFFECT_SHOWN],
        Assurance.SUSTAINED,
        Permission.VERIFY,
        Need.EFFECT,
        Need.REASON,
    ),
    *each_from(
        Axis.ASSURANCE,
        [status for status in Assurance if status is not Assurance.REGRESSED],
        Assurance.REGRESSED,
        Permission.AGREE_FINDINGS,
        Need.NOT_GOOD,
        follows=True,
    ),
    *each_from(Axis.CLOSING, [Closing.OPEN], Closing.CLOSED, Permission.VERIFY, Need.REASON),
    *each_from(Axis.CLOSING, [Closing.CLOSED], Closing.OPEN, Permission.VERIFY, Need.REASON),
    *each_from(
        Axis.RETURN,
        [ReturnStatus.ENTERED],
        ReturnStatus.APPROVED,
        Permission.APPROVE_RETURNS,
        Need.EXPLAINED,
    ),
    *each_from(
        Axis.RETURN, [ReturnStatus.APPROVED], ReturnStatus.PUBLISHED, Permission.MAKE_RELEASES
    ),
    *each_from(
        Axis.RETURN,
        [ReturnStatus.APPROVED, ReturnStatus.PUBLISHED],
        ReturnStatus.ENTERED,
        Permission.APPROVE_RETURNS,
        Need.REASON,
    ),
    *RELEASE_MOVES,
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
