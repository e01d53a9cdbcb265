"""Which recommendation a row of a body's plan belongs to: by its code, or clearly by its words."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from data_model.records import Recommendation, RecommendationOwner
from inspect_app.workbooks.plain_text import alike
from inspect_app.workbooks.problem import shortened
from inspect_app.workbooks.registers import Field

SAME_TITLE, CLEAR_BY, NEAREST = 90, 3, 55
"""How like a title must be, of 100; by how much more than the next; what is worth showing."""

ASKED = (Field.NUMBER, Field.TITLE, Field.TEXT)
"""The fields in which a row says which recommendation it belongs to."""

SHORT = re.compile(r"(?:recommendation|rec|r|no)?[ .]*(\d{1,3}[a-z]?)")
Asked = dict[Field, str]
Held = tuple[RecommendationOwner, Recommendation]


def answer_to(asked: Asked, held: Sequence[Held]) -> Held | None:
    """Return the one answer that a row belongs to by what it says, or None."""
    return _by_code(asked, held) or _by_words(asked, held)


def _by_code(asked: Asked, held: Sequence[Held]) -> Held | None:
    """Return the one recommendation whose code stands in what a row says, or that a number ends.

    A number alone counts only where nothing else is said: plans have numbers of their own.
    """
    words = alike(" ".join(asked.values()))
    named = [one for one in held if _stands_in(alike(one[1].code), words)]
    if not named and len(asked) == 1:
        short = SHORT.fullmatch(words)
        ends = (f"-r{short[1]}", f"-{short[1]}") if short else ()
        named = [one for one in held if alike(one[1].code).endswith(ends)] if ends else []
    return named[0] if len(named) == 1 else None


def _stands_in(code: str, words: str) -> bool:
    return code in words and re.search(rf"(?<![\w-]){re.escape(code)}(?![\w-])", words) is not None


def _by_words(asked: Asked, held: Sequence[Held]) -> Held | None:
    """Return the recommendation whose title or wording a row repeats, if it is clearly one."""
    scored = sorted(_scored(asked, held), key=lambda one: -one[0])
    if not scored or scored[0][0] < SAME_TITLE:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < CLEAR_BY:
        return None
    return scored[0][1]


def _scored(asked: Asked, held: Sequence[Held]) -> list[tuple[float, Held]]:
    said = [alike(asked[each]) for each in (Field.TITLE, Field.TEXT) if each in asked]
    return [
        (max(fuzz.token_sort_ratio(w, alike(t)) for w in said for t in (one[1].title, one[1].text)),
         one)
        for one in held
        if said
    ]  # fmt: skip


def said_of(asked: Asked) -> str:
    """Return, in a sentence, what a row says of its recommendation."""
    said = "; ".join(shortened(text) for text in asked.values())
    return f"“{said}”" if said else "named in the row or above it"


def nearest(asked: Asked, held: Sequence[Held]) -> str:
    """Return advice that names the recommendations nearest to what a row says."""
    scored = sorted(_scored(asked, held), key=lambda one: -one[0])
    near = [one for score, one in scored[:3] if score >= NEAREST] or list(held[:3])
    shown = "; ".join(f"{asks.code} ({shortened(asks.title, 60)})" for _owner, asks in near)
    return f"Give its code or its title. {f'Such as: {shown}.' if shown else ''}".strip()
