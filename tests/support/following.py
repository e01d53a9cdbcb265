"""Six answers of one invented council with their history, worked by hand for figures and board.

As things stand on 30 September 2026. A was claimed, shown and closed; B was claimed late and
waits; C has not responded; D is past its date; E was implemented once and lost again; F was
closed with nothing tested.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from data_model.records import (
    EvidenceItem,
    Organisation,
    Recommendation,
    RecommendationOwner,
    RecommendationStep,
    RecommendationTheme,
)
from data_model.vocabulary import (
    Assurance,
    Closing,
    Delivery,
    Evidence,
    OrganisationKind,
    RecommendationKind,
    Response,
)
from inspect_app.services import trail
from inspect_app.signed_in import SignedIn

BODY, ON = "example-council", "2026-09-30"
ALDERMERE, BRACKENSHIRE = "X06000001", "X06000002"
INSPECTIONS = {ALDERMERE: "ALD-2025-JTAI", BRACKENSHIRE: "BRK-2025-AUDIT"}
PUBLISHED, DUE = "2025-05-01", "2025-11-01"


@dataclass(frozen=True)
class Made:
    """What became of one recommendation: when it first came to each status, and where it is."""

    code: str
    themes: tuple[str, ...]
    area: str
    steps: tuple[tuple[str, str, str], ...]
    published_on: str = PUBLISHED
    due_on: str = DUE
    restarted_on: str | None = None
    original_due_on: str | None = None
    slips: int = 0
    claimed_on: str | None = None
    shown_on: str | None = None
    closed_on: str | None = None
    rung: Evidence | None = None


RESPONDED = ("response", "accepted", "2025-10-01")
EXAMPLE = (
    Made(
        "EX-A",
        ("T3",),
        ALDERMERE,
        (
            RESPONDED,
            ("delivery", "claimed", "2026-01-31"),
            ("assurance", "implemented", "2026-03-02"),
            ("assurance", "effect_shown", "2026-05-11"),
            ("closing", "closed", "2026-06-01"),
        ),
        original_due_on="2026-01-31",
        claimed_on="2026-01-31",
        shown_on="2026-05-11",
        closed_on="2026-06-01",
        rung=Evidence.E3,
    ),
    Made(
        "EX-B",
        ("T3", "T4"),
        ALDERMERE,
        (("response", "accepted", "2025-12-01"), ("delivery", "claimed", "2026-06-22")),
        original_due_on="2026-03-31",
        slips=2,
        claimed_on="2026-06-22",
        rung=Evidence.E1,
    ),
    Made("EX-C", ("T4",), BRACKENSHIRE, (), published_on="2026-04-01", due_on="2026-09-01"),
    Made(
        "EX-D",
        ("T4",),
        BRACKENSHIRE,
        (RESPONDED, ("delivery", "in_progress", "2025-11-01")),
        original_due_on="2026-06-30",
        slips=1,
    ),
    Made(
        "EX-E",
        ("T3",),
        ALDERMERE,
        (
            ("response", "accepted", "2024-10-01"),
            ("delivery", "claimed", "2025-01-01"),
            ("assurance", "implemented", "2025-04-10"),
            ("assurance", "regressed", "2026-04-10"),
            ("response", "awaiting", "2026-04-10"),
            ("delivery", "not_started", "2026-04-10"),
        ),
        published_on="2024-05-01",
        due_on="2024-11-01",
        restarted_on="2026-04-10",
        original_due_on="2025-01-31",
    ),
    Made(
        "EX-F",
        ("T4",),
        ALDERMERE,
        (RESPONDED, ("closing", "closed", "2026-02-01")),
        original_due_on="2025-12-31",
        closed_on="2026-02-01",
    ),
)
FIRST = {"response": "awaiting", "delivery": "not_started", "assurance": "untested"}


def add_example(by: SignedIn) -> None:
    """Add the council and its six answers, as one recorded transaction."""
    with by.recording() as session:
        name = "Example Council (invented)"
        session.add(Organisation(code=BODY, name=name, kind=OrganisationKind.COUNCIL))
        session.flush()
        for made in EXAMPLE:
            _add(session, made, by)
        trail.note(session, by, "example.added", BODY)


def _add(session: Session, made: Made, by: SignedIn) -> None:
    published = date.fromisoformat(made.published_on)
    session.add(
        Recommendation(
            code=made.code,
            title=f"Do better, {made.code}",
            text="The council should do better and show that children notice.",
            kind=RecommendationKind.RECOMMENDATION,
            inspection=INSPECTIONS[made.area],
            made_on=published,
            published_on=published,
            published_at=_noon(made.published_on),
            published_by=by.person,
            response_due_on=date.fromisoformat(made.due_on),
            themes=[RecommendationTheme(theme=theme) for theme in made.themes],
            owners=[_answer(made, by)],
        )
    )


def _answer(made: Made, by: SignedIn) -> RecommendationOwner:
    stands = {**FIRST, "closing": "open"}
    history = []
    for axis, to, on in made.steps:
        history.append(_step(axis, stands[axis], to, on, by))
        stands[axis] = to
    return RecommendationOwner(
        organisation=BODY,
        response=Response(stands["response"]),
        delivery=Delivery(stands["delivery"]),
        assurance=Assurance(stands["assurance"]),
        closing=Closing(stands["closing"]),
        response_due_on=date(2026, 10, 10) if made.restarted_on else _day(made.due_on),
        restarted_on=_day(made.restarted_on),
        original_due_on=_day(made.original_due_on),
        due_on=_day(made.original_due_on),
        slips=made.slips,
        claimed_on=_day(made.claimed_on),
        shown_on=_day(made.shown_on),
        closed_at=_noon(made.closed_on) if made.closed_on else None,
        closed_by=by.person if made.closed_on else None,
        closing_reason="Decided so." if made.closed_on else None,
        history=history,
        evidence=[_evidence(made.rung, by)] if made.rung else [],
    )


def _step(axis: str, before: str, after: str, on: str, by: SignedIn) -> RecommendationStep:
    return RecommendationStep(
        axis=axis, before=before, after=after, taken_at=_noon(on), taken_by=by.person
    )


def _evidence(rung: Evidence, by: SignedIn) -> EvidenceItem:
    return EvidenceItem(
        rung=rung,
        description="What was done.",
        dated_on=date(2026, 1, 5),
        submitted_at=_noon("2026-01-06"),
        submitted_by=by.person,
    )


def _day(on: str | None) -> date | None:
    return date.fromisoformat(on) if on else None


def _noon(on: str) -> datetime:
    return datetime.fromisoformat(f"{on}T12:00:00").replace(tzinfo=UTC)
