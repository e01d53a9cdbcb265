"""One body's answer on the screen: its honest label, three questions, and what hangs on it."""

import streamlit as st

from data_model.vocabulary import Assurance, Closing
from inspect_app.services.recommendation_values import (
    OwnerValue,
    RecommendationValue,
    StepValue,
)
from inspect_app.signed_in import SignedIn
from inspect_app.ui import answer_evidence, answer_forms, answer_plan, answer_reaudits
from inspect_app.ui.markup import Markup, day, items, plain, show, tag, together

TESTED = {
    Assurance.UNTESTED: "No evidence has been put forward.",
    Assurance.SUBMITTED: "Evidence has been put forward and is waiting to be tested.",
    Assurance.INSUFFICIENT: "The evidence did not show that it happened. See the history for why.",
    Assurance.IMPLEMENTED: "It happened. Whether it changed anything for children is not shown.",
    Assurance.EFFECT_SHOWN: "A later reading of cases, or an independent outcome, shows an effect.",
    Assurance.SUSTAINED: "The effect was seen again.",
    Assurance.REGRESSED: "A later inspection found the theme not good again.",
}


def draw(held: RecommendationValue, owner: OwnerValue, me: SignedIn) -> None:
    """Draw one body's answer, and the forms that this person may send about it."""
    st.subheader(plain(owner.name))
    show(tag("p", owner.label, css="label"))
    panels = (_response(owner, me), _delivery(owner, me), _assurance(owner))
    for column, panel in zip(st.columns(3), panels, strict=True):
        with column.container(border=True, height="stretch"):
            show(panel)
    if owner.closed:
        show(_closed(owner))
    answer_forms.draw(held, owner, me)
    answer_plan.draw(held, owner, me)
    answer_evidence.draw(held, owner, me)
    answer_reaudits.draw(held, owner, me)
    show(_history(owner))


def _panel(question: str, who: str, status: str, *rest: object) -> Markup:
    said = tag("p", status, css="status")
    return together(tag("h4", question), tag("p", who, css="small"), said, *rest)


def _response(owner: OwnerValue, me: SignedIn) -> Markup:
    late = owner.response_late_on(me.today)
    words = "Late: the response was due by" if late else "The response is due by"
    due = tag("p", f"{words} {day(owner.response_due_on)}.", css="loud" if late else "")
    return _panel(
        "Response",
        "The owner says",
        owner.response.english,
        due if owner.awaited else None,
        _said("It should go to", owner.redirected_to),
        _said("Responsible role", owner.role_named),
        _said("Steps", owner.steps_planned),
    )


def _said(title: str, text: str | None) -> Markup | None:
    return tag("p", tag("strong", f"{title}: "), text, css="asis") if text else None


def _delivery(owner: OwnerValue, me: SignedIn) -> Markup:
    original, latest = day(owner.original_due_on), day(owner.due_on)
    late = f"Overdue since {original}, its original date."
    return _panel(
        "Delivery",
        "The owner claims",
        owner.delivery.english,
        tag("p", late, css="loud") if owner.overdue_on(me.today) else None,
        _said("Claimed on", day(owner.claimed_on) if owner.claimed_on else None),
        _said("Its place is taken by", owner.superseded_by),
        tag("p", f"Original date: {original}. Latest date: {latest}.")
        if owner.original_due_on
        else tag("p", "No date has been given."),
        tag("p", f"Times the date was put back: {owner.slips}."),
    )


def _assurance(owner: OwnerValue) -> Markup:
    strongest = max((item.rung for item in owner.evidence), default=None)
    restarted = f"{day(owner.restarted_on)}; the clock began again" if owner.restarted_on else None
    return _panel(
        "Assurance",
        "An independent verifier says",
        owner.assurance.english,
        tag("p", TESTED[owner.assurance]),
        _said("Effect shown on", day(owner.shown_on) if owner.shown_on else None),
        _said("Found not good again on", restarted),
        _said("Strongest evidence so far", strongest.english if strongest else None),
    )


def _closed(owner: OwnerValue) -> Markup:
    return tag(
        "p",
        tag("strong", f"{Closing.CLOSED.english} on {day(owner.closed_on)}. "),
        owner.closing_reason,
        css="asis finding",
    )


def _history(owner: OwnerValue) -> Markup:
    if not owner.history:
        return tag("p", "No change of status is recorded.", css="small")
    return together(tag("h4", "History"), items(*map(_step, owner.history)))


def _step(step: StepValue) -> Markup:
    when = f"{day(step.at.date())}, {step.axis}: "
    return tag(
        "div",
        tag("p", tag("strong", when), _change(step)),
        tag("p", f"{step.by}: {step.reason}" if step.reason else step.by, css="asis"),
    )


def _change(step: StepValue) -> str:
    moved = step.before != step.after
    said = f"{step.before} → {step.after}" if moved else f"{step.after}, with a new date"
    return f"{said}, to be done by {day(step.due_on)}" if step.due_on else said
