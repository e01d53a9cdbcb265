"""What may follow what, and who may never do two things at once: the rules, as data."""

from inspect_app.workflow.apart import APART, Apart, Part, barred, keep_apart
from inspect_app.workflow.move import Axis, Move, Need
from inspect_app.workflow.moves import (
    ACCEPTANCES,
    FINISHED,
    MOVES,
    TESTED,
    Offer,
    check_move,
    next_moves,
)

__all__ = [
    "ACCEPTANCES",
    "APART",
    "FINISHED",
    "MOVES",
    "TESTED",
    "Apart",
    "Axis",
    "Move",
    "Need",
    "Offer",
    "Part",
    "barred",
    "check_move",
    "keep_apart",
    "next_moves",
]
