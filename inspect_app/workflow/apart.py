"""Who may never do two things at once: the parts that nobody plays together, as data."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from inspect_app.errors import NotAllowed


class Part(StrEnum):
    """What somebody is to one case, recommendation, return, release or account."""

    FIRST_READER = "its first reader"
    SECOND_READER = "its second reader"
    BODY_READER = "its reader for another body"
    SAME_BODY = "of a body that reads it already"
    LEAD = "the lead of its inspection"
    VERIFIER = "its verifier"
    OWNER = "of a body it is addressed to"
    AUTHOR = "an author of its evidence"
    SENDER = "who sent it"
    APPROVER = "its approver"
    SECOND_APPROVER = "its second approver"
    DRAFTER = "who drew it up"
    WRITER = "a writer of what is in it"
    ERASER = "who erases it"
    ASKER = "who asked for it to be erased"
    HOLDER = "whose account it is"
    ROLE_GIVER = "who gives it a role or moves it"
    CASE_READER = "a reader of cases"
    ADMINISTRATOR = "an administrator"


@dataclass(frozen=True)
class Apart:
    """Two parts that nobody plays at once: who is `held` already cannot become `taking`."""

    thing: str
    taking: Part
    held: Part
    why: str


READ_ALREADY = "They read this case already"
ADMINISTRATORS_READ_NO_CASE = "Whoever looks after accounts reads no cases"
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
    Apart(
        "return",
        Part.APPROVER,
        Part.SENDER,
        "Whoever sent a return cannot approve it",
    ),
    Apart(
        "release",
        Part.SECOND_APPROVER,
        Part.DRAFTER,
        "Whoever drew up a release cannot approve it",
    ),
    Apart(
        "release",
        Part.SECOND_APPROVER,
        Part.WRITER,
        "Whoever wrote something in a release cannot approve it",
    ),
    Apart("erasure", Part.ERASER, Part.ASKER, "Whoever asked for an erasure cannot carry it out"),
    Apart(
        "account",
        Part.ROLE_GIVER,
        Part.HOLDER,
        "Nobody gives themselves a role or another organisation",
    ),
    Apart("account", Part.CASE_READER, Part.ADMINISTRATOR, ADMINISTRATORS_READ_NO_CASE),
    Apart("account", Part.ADMINISTRATOR, Part.CASE_READER, ADMINISTRATORS_READ_NO_CASE),
)
"""Independence, part by part (moderation is blind and nobody marks their own work)."""


def barred(taking: Part, held: Collection[Part]) -> str | None:
    """Return why somebody cannot take a part, given those they have already; None if they can."""
    return next((rule.why for rule in APART if rule.taking is taking and rule.held in held), None)


def keep_apart(taking: Part, held: Collection[Part], advice: str) -> None:
    """Raise NotAllowed where somebody cannot take a part for those they have already."""
    why = barred(taking, held)
    if why:
        raise NotAllowed(f"{why}.", advice, taking=taking)
