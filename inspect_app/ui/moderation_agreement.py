"""How far readers agree, on the screen: by theme, and by pair where there are cases enough."""

import streamlit as st

from inspect_app.services import agreement
from inspect_app.services.agreement import AgreementTable, OnePair
from inspect_app.signed_in import SignedIn
from inspect_app.ui.markup import Markup, show, table, tag
from inspect_app.ui.moderation_words import WHAT_THEY_ARE, coefficient, meaning, percent
from metrics.agreement import PAIRS_NEEDED, Agreement
from metrics.outcome import TooFew

NUMBERS = ("Cases both graded", "Same grade", "Percent", "Alpha", "Kappa", "AC1", "What it means")
NOTHING = "No case has been read twice yet, so nothing can be said about agreement."


def of_inspection(code: str, me: SignedIn) -> None:
    """Draw the agreement of one inspection's readers."""
    held = agreement.of_inspection(code, by=me)
    if held is None:
        st.info(NOTHING)
        return
    _draw(held)


def across(me: SignedIn) -> None:
    """Draw the agreement over every inspection the person may see it of."""
    tables = agreement.across(by=me)
    if not tables:
        st.info(
            "Agreement is shown here for inspections you lead, and for those you read in once "
            "their findings are agreed. No case of these has been read twice."
        )
        return
    for held in tables:
        _draw(held)
    show(tag("p", WHAT_THEY_ARE, css="small"))


def _draw(held: AgreementTable) -> None:
    again = f" {_opened(held.opened_again)}" if held.opened_again else ""
    show(
        tag("p", tag("strong", _counted(held)), again, f" Scale: {held.scale.name}."),
        table(
            "By theme",
            ("Theme", *NUMBERS),
            [(one.name, *_numbers(one.agreement)) for one in held.themes],
        ),
        _pairs(held.pairs) if held.pairs is not None else None,
    )


def _counted(held: AgreementTable) -> str:
    cases = "1 case was" if held.cases == 1 else f"{held.cases} cases were"
    return f"{cases} read twice; in {held.alike} both readers gave the same on every theme."


def _opened(number: int) -> str:
    cases = "1 more was" if number == 1 else f"{number} more were"
    return (
        f"{cases} opened again later and left out: the first reader had seen the second's grades."
    )


def _numbers(held: Agreement) -> tuple[str, ...]:
    return (
        str(held.pairs),
        str(held.agreed),
        percent(held),
        coefficient(held.alpha),
        coefficient(held.kappa),
        coefficient(held.ac1),
        meaning(held),
    )


def _pairs(pairs: tuple[OnePair, ...]) -> Markup | None:
    if not pairs:
        return None
    enough = [
        (_named(pair), *_numbers(pair.agreement))
        for pair in pairs
        if not isinstance(pair.agreement, TooFew)
    ]
    few = [
        f"{_named(pair)} ({pair.agreement.cases})"
        for pair in pairs
        if isinstance(pair.agreement, TooFew)
    ]
    said = (
        f"Nothing is said about two readers below {PAIRS_NEEDED} cases that both graded. "
        f"So far: {', '.join(few)}."
    )
    return tag(
        "div",
        table("By pair of readers, all themes together", ("Readers", *NUMBERS), enough)
        if enough
        else None,
        tag("p", said, css="small") if few else None,
    )


def _named(pair: OnePair) -> str:
    return " and ".join(pair.names)
