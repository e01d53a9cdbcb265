"""An exported part of the trail, verified by whoever received it, without a database.

Every step carries the hash of what its event says; the hash of the event is the SHA-256 of the
hash before it followed by that one, as text. So the steps lead from the first event of the export
to the head, and each event that is in it whole must be what its step says.
"""

from collections.abc import Mapping
from typing import Any

from data_model.records.trail import PLAIN, digest, linked
from inspect_app.errors import Refusal

LOOK = ("number", "at", "by", "as", "via", "action", "subject", "event")
OLD = ("number", "at", "by", "action", "subject", "before", "after", "reason", "previous")


def verify(exported: Mapping[str, Any]) -> dict[str, str]:
    """Return the head that each chain of an export leads to; raises Refusal where one does not.

    Whoever asks holds the heads against one that a release prints, or `verify --database` gives.
    """
    return {chain: _verify(chain, exported[chain]) for chain in ("changes", "looks")}


def _verify(chain: str, part: Mapping[str, Any]) -> str:
    hashes = _walk(chain, part)
    for event in part["events"]:
        if hashes.get(event["number"]) != (_content(chain, event), event["hash"]):
            raise _differs(chain, event["number"])
    return str(part["head"])


def _walk(chain: str, part: Mapping[str, Any]) -> dict[int, tuple[str | None, str]]:
    """Walk the steps to the head; return each event's two hashes by its number."""
    previous, found = part["from"], dict[int, tuple[str | None, str]]()
    for number, content, hashed in part["steps"]:
        if content is not None and linked(previous, content) != hashed:
            raise _differs(chain, number)
        found[number] = content, hashed
        previous = hashed
    if part["steps"] and previous != part["head"]:
        raise _differs(chain, part["head_number"])
    return found


def _content(chain: str, event: Mapping[str, Any]) -> str | None:
    """Return the hash of what an event says, or None for an old one, whose own hash says it."""
    if chain == "looks":
        return digest({name: event[name] for name in LOOK})
    whole = event["said"] == "whole"
    if event["form"] == PLAIN:
        fits = not whole or digest({name: event[name] for name in OLD}) == event["hash"]
        return None if fits else "altered"
    if whole and _said(event) != event["said_hash"]:
        return "altered"
    names = ("form", "number", "at", "by", "as", "via", "action", "subject", "reads")
    return digest({**{name: event[name] for name in names}, "said": event["said_hash"]})


def _said(event: Mapping[str, Any]) -> str:
    return digest([event[name] for name in ("salt", "before", "after", "reason", "changed")])


def _differs(chain: str, number: int) -> Refusal:
    return Refusal(
        f"Event {number} of the {chain} in this export is not what its chain says.",
        "Ask whoever exported it for another copy, and tell them which event differs.",
        number=number,
    )
