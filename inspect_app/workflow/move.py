"""What a move is: a change of status that is allowed, who may make it, and what it needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from data_model.vocabulary import Word
from inspect_app.access import Permission


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
    RELEASE = "release"


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
    CURRENT = "draw it up again: what it is drawn from has changed since"
    NOTHING_BLOCKS = "settle what stands in the way on its checklist"
    ACKNOWLEDGED = "acknowledge each warning of its checklist, with a reason"
    NAMED = "name who may see it before it is published, and its day"
    ITS_TIME = "wait until 9.30 in the morning of its day"
    REPLACED = "publish the release that corrects it"
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


def each_from(
    axis: Axis,
    befores: Iterable[Word],
    after: Word,
    who: Permission,
    *needs: Need,
    follows: bool = False,
) -> tuple[Move, ...]:
    """Return the same move from each of several statuses."""
    return tuple(Move(axis, before, after, who, needs, follows) for before in befores)
