"""An inspection's claims on the screen: each sentence, how it stands beside it, and its answer."""

from collections.abc import Sequence

import streamlit as st

from data_model.vocabulary import ClaimStanding
from inspect_app.services.claim_values import ClaimValue
from inspect_app.services.claims import Narrative, Told
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, day, show, tag, together
from metrics import BY_CODE

NOT_TRANSLATED = "Not yet translated into Welsh."
RULE = (
    "Each sentence is held against what it is linked to. Praise is supported where at least half "
    "of the graded cases of every linked theme are good, and contradicted where more than half of "
    "them are not; criticism the other way round. Fewer than five graded cases support nothing. "
    "Praise that nothing supports, and whatever is contradicted, is released only with an answer "
    "in writing (K.3 paras 10–14)."
)
NO_CLAIM = (
    "This inspection makes no claim yet. Its lead inspector writes what was found as sentences, "
    "each linked to the themes that it rests on."
)
NOT_AGREED = (
    "The findings are not agreed, so nothing counts yet and nothing is supported. How each "
    "sentence stands is shown here once the lead inspector agrees them."
)


def overview(inspections: Sequence[Told]) -> None:
    """Draw the inspections to choose from, those with something to answer first."""
    if not inspections:
        st.info("No inspection that you may see is recorded here. Claims are of those.")
        return
    for held in sorted(inspections, key=lambda each: -each.outstanding):
        link(held.title, "claims", inspection=held.inspection)
        show(tag("p", _counted(held), css="small"))


def _counted(held: Told) -> str:
    waiting = f"; to be changed or answered: {held.outstanding}" if held.outstanding else ""
    return f"Claims: {held.claims}{waiting}."


def heading(held: Narrative) -> None:
    """Draw whose claims these are, by which rule they stand, and what keeps a release back."""
    show(tag("h2", held.title), tag("p", RULE))
    waiting = [each.code for each in held.claims if each.outstanding]
    if not held.claims:
        st.info(NO_CLAIM)
    elif not held.agreed:
        st.info(NOT_AGREED)
    elif waiting:
        st.warning(f"To be changed or answered before a release: {', '.join(waiting)}.")
    if held.claims and held.agreed:
        show(tag("p", tag("strong", _summary(held.claims))), tag("p", _legend(held), css="small"))


def _summary(claims: Sequence[ClaimValue]) -> str:
    counts = {word: sum(each.standing is word for each in claims) for word in ClaimStanding}
    return "; ".join(f"{word.english.lower()}: {n}" for word, n in counts.items()).capitalize()


def _legend(held: Narrative) -> str:
    names = " / ".join(held.grades).lower()
    return f"Counts are of graded cases, {names}. A release withholds those that are too small."


def claim(held: ClaimValue, themes: dict[str, str], *, agreed: bool) -> None:
    """Draw a sentence, its Welsh, how it stands, what it is linked to, and its answer."""
    says = f"{held.says[:1].upper()}{held.says[1:]}"
    show(
        tag("h3", f"{held.position}. {held.text}"),
        _welsh(held.text_welsh),
        tag(
            "p",
            tag("span", held.direction.english, css="mark"),
            " ",
            tag("strong", says),
            css="loud" if held.outstanding and agreed else "",
        ),
        tag("p", "Linked to: ", _links(held, themes), css="small"),
        _answer(held),
    )


def _links(held: ClaimValue, themes: dict[str, str]) -> str:
    linked = [themes.get(theme, theme) for theme in held.themes]
    linked += [BY_CODE[code].title for code in held.indicators]
    chosen = f" (findings chosen: {len(held.findings)})" if held.findings else ""
    return f"{'; '.join(linked) or 'nothing'}{chosen}. Claim {held.code}."


def _welsh(text: str | None) -> Markup:
    return tag("p", text, lang="cy") if text else tag("p", NOT_TRANSLATED, css="small")


def _answer(held: ClaimValue) -> Markup | None:
    if held.answer is None:
        return None
    return together(
        tag("p", tag("strong", "Answer. "), held.answer),
        _welsh(held.answer_welsh),
        tag("p", f"{held.answered_by}, {day(held.answered_on)}", css="small"),
    )
