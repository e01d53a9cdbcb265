"""Answers as figures need them: the day on which each first came to stand so, and since when."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import polars as pl
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from data_model.records import (
    EvidenceItem,
    Inspection,
    Recommendation,
    RecommendationOwner,
    RecommendationStep,
)
from data_model.vocabulary import Assurance, Delivery, Response
from inspect_app.access import Permission
from inspect_app.services.recommendation_list import Wanted, narrowed
from inspect_app.services.recommendation_stands import EFFECT, FOLLOWED
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis
from metrics.follow_up import ANSWERS

Answer = RecommendationOwner
REACHED = {
    "responded_on": (Axis.RESPONSE, tuple(w for w in Response if w is not Response.AWAITING)),
    "claimed_on": (Axis.DELIVERY, (Delivery.CLAIMED,)),
    "implemented_on": (Axis.ASSURANCE, (Assurance.IMPLEMENTED, *EFFECT)),
    "shown_on": (Axis.ASSURANCE, EFFECT),
    "regressed_on": (Axis.ASSURANCE, (Assurance.REGRESSED,)),
}
"""The days that count for a figure: when an answer first came to stand so."""

HELD = pl.Schema(
    {
        "owner": pl.Int64,
        "organisation": pl.String,
        "kind": pl.String,
        "inspection": pl.String,
        "published_on": pl.Date,
        "response_due_on": pl.Date,
        "original_due_on": pl.Date,
        "slips": pl.Int64,
        "closed_on": pl.Date,
        "closed_tested": pl.Boolean,
        "cohort": pl.String,
    }
)
STEPS = pl.Schema({"owner": pl.Int64, "axis": pl.String, "after": pl.String, "on": pl.Date})
STRONGEST = pl.Schema({"owner": pl.Int64, "strongest": pl.String})
AREAS = pl.Schema({"inspection": pl.String, "area": pl.String})


def answers(wanted: Wanted, *, by: SignedIn) -> pl.DataFrame:
    """Return the answers followed here that are wanted and seen, as `metrics.follow_up.ANSWERS`.

    A response is due on its first date: a clock that restarts does not move that.
    """
    by.need(Permission.READ_RECOMMENDATIONS)
    with by.reading() as session:
        these = narrowed(session, select(Answer.id), wanted, by).where(FOLLOWED)
        held, first = _held(session, these), _first_days(session, these)
        strongest, areas = _strongest(session, these), _areas(session)
    return (
        held.join(first, on="owner", how="left")
        .join(strongest, on="owner", how="left")
        .join(areas, on="inspection", how="left")
        .sort("published_on", "owner")
        .select(*ANSWERS)
    )


def financial_year(day: date) -> str:
    """Return the financial year of a day, April to March: 2025/26."""
    first = day.year if day.month >= 4 else day.year - 1
    return f"{first}/{(first + 1) % 100:02d}"


def _held(session: Session, these: Select[Any]) -> pl.DataFrame:
    query = these.with_only_columns(
        Answer.id,
        Answer.organisation,
        Recommendation.kind,
        Recommendation.inspection,
        Recommendation.published_on,
        Recommendation.response_due_on,
        Answer.original_due_on,
        Answer.slips,
        Answer.closed_at,
        Answer.assurance,
    )
    return _frame(
        (
            (
                *kept,
                closed_at.date() if closed_at else None,
                assurance in EFFECT if closed_at else None,
                financial_year(kept[4]),
            )
            for *kept, closed_at, assurance in session.execute(query)
        ),
        HELD,
    )


def _first_days(session: Session, these: Select[Any]) -> pl.DataFrame:
    """Return the first day of each kind that is `REACHED`, by answer."""
    step = RecommendationStep
    query = (
        select(step.owner, step.axis, step.after, func.min(step.taken_at))
        .where(step.owner.in_(these), step.before != step.after)
        .group_by(step.owner, step.axis, step.after)
    )
    steps = _frame(((*words, at.date()) for *words, at in session.execute(query)), STEPS)
    firsts = [
        pl.col("on").filter(pl.col("axis") == axis, pl.col("after").is_in(words)).min().alias(name)
        for name, (axis, words) in REACHED.items()
    ]
    return steps.group_by("owner").agg(firsts)


def _strongest(session: Session, these: Select[Any]) -> pl.DataFrame:
    query = (
        select(EvidenceItem.owner, func.max(EvidenceItem.rung))
        .where(EvidenceItem.owner.in_(these))
        .group_by(EvidenceItem.owner)
    )
    return _frame(session.execute(query), STRONGEST)


def _areas(session: Session) -> pl.DataFrame:
    return _frame(session.execute(select(Inspection.code, Inspection.area_code)), AREAS)


def _frame(rows: Iterable[Iterable[Any]], schema: pl.Schema) -> pl.DataFrame:
    return pl.DataFrame([tuple(row) for row in rows], schema=schema, orient="row")
