"""One recommendation on the screen: what it says, what justifies it, and three separate answers."""

import streamlit as st

from data_model.vocabulary import Assurance, Delivery
from inspect_app.services import recommendations
from inspect_app.services.recommendation_values import FindingValue, OwnerValue, RecommendationValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import recommendation_forms
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, day, items, plain, show, table, tag, together

NOT_FOLLOWED = (
    "Entered from the publication. Whether and how its owners responded has not been recorded here."
)
IN_ITS_SOURCE = "The findings behind it stand in its source, not in case files read here."
CLAIMED_BUT = {
    Assurance.UNTESTED: "The owner says that it is done. Nobody independent has tested that.",
    Assurance.SUBMITTED: "The owner says that it is done. Nobody independent has tested that yet.",
    Assurance.INSUFFICIENT: "The owner says that it is done. The evidence so far does not show it.",
    Assurance.REGRESSED: "The owner says that it is done. A later inspection found otherwise.",
}
TESTED = {
    Assurance.UNTESTED: "No evidence has been put forward.",
    Assurance.SUBMITTED: "Evidence has been put forward and is waiting to be tested.",
    Assurance.INSUFFICIENT: "The evidence did not show that it happened. See the history for why.",
    Assurance.IMPLEMENTED: "It happened. Whether it changed anything for children is not shown.",
    Assurance.EFFECT_SHOWN: "A later reading of cases, or an independent outcome, shows an effect.",
    Assurance.SUSTAINED: "The effect was seen again.",
    Assurance.REGRESSED: "A later inspection found the theme not good again.",
}


def card(held: RecommendationValue, me: SignedIn) -> None:
    """Draw a recommendation as one of a list."""
    with st.container(border=True):
        link(plain(held.title), "recommendations", recommendation=held.code)
        where = held.area_label or "National"
        show(
            tag("p", f"{held.kind.english} {held.code}. {where}. Made on {day(held.made_on)}."),
            *_standing(held, me),
        )


def _standing(held: RecommendationValue, me: SignedIn) -> list[Markup]:
    if not held.followed_here:
        names = ", ".join(owner.name for owner in held.owners)
        return [tag("p", f"Addressed to {names}."), *_not_followed(held)]
    return [
        tag(
            "p",
            tag("strong", owner.name),
            f". Response: {owner.response.english.lower()}. "
            f"Delivery: {owner.delivery.english.lower()}. "
            f"Assurance: {owner.assurance.english.lower()}. ",
            *_marks(held, owner, me),
        )
        for owner in held.owners
    ]


def _not_followed(held: RecommendationValue) -> list[Markup]:
    due = held.response_due_on
    when = f" A response was due by {day(due)}." if due else " No date for a response was given."
    return [tag("p", NOT_FOLLOWED + when, css="small")]


def _marks(held: RecommendationValue, owner: OwnerValue, me: SignedIn) -> list[Markup]:
    said = []
    if held.response_late_on(me.today, owner):
        said.append(f"Response late: it was due by {day(held.response_due_on)}")
    if owner.overdue_on(me.today):
        said.append(f"Overdue since {day(owner.original_due_on)}, its original date")
    return [together(tag("span", text, css="mark"), " ") for text in said]


def draw(held: RecommendationValue, me: SignedIn) -> None:
    """Draw one recommendation with everything that hangs on it."""
    st.header(plain(held.title))
    show(tag("p", held.text, css="asis"), _facts(held))
    if held.inspection:
        link(f"Inspection {held.inspection}", "inspections", inspection=held.inspection)
    _justification(held, me)
    if not held.followed_here:
        st.subheader("What became of it")
        show(*_not_followed(held))
        return
    for owner in held.owners:
        _owner(held, owner, me)


def _facts(held: RecommendationValue) -> Markup:
    source = ", ".join(part for part in (held.source, held.paragraph) if part)
    facts = {
        "Kind": f"{held.kind.english} {held.code}",
        "Addressed to": ", ".join(owner.name for owner in held.owners),
        "Themes": "; ".join(held.theme_names),
        "Arises from": held.inspection_title or "No single inspection",
        "Area": held.area_label or "No single area",
        "Source": source or "Recorded in this product",
        "Made on": day(held.made_on),
        "Response due by": day(held.response_due_on),
    }
    return table("About this recommendation", ["What", "Answer"], list(facts.items()))


def _justification(held: RecommendationValue, me: SignedIn) -> None:
    st.subheader("What justifies it")
    if not held.findings_behind:
        show(tag("p", "It hangs on no finding recorded here. ", held.reason or IN_ITS_SOURCE))
        return
    by_grade = ", ".join(f"{count} {grade.lower()}" for grade, count in held.graded)
    show(tag("p", f"It hangs on {held.findings_behind} findings in case files: {by_grade}."))
    behind = recommendations.findings_behind(held.code, by=me)
    if any(finding.reference for finding in behind):
        with st.expander("The findings, for the readers of this inspection"):
            show(_findings(behind))


def _findings(behind: list[FindingValue]) -> Markup:
    rows = [[f.reference, f.theme, f.grade, f.reason or "No reason written"] for f in behind]
    return table("Findings that justify it", ["Case", "Theme", "Grade", "Reason"], rows)


def _owner(held: RecommendationValue, owner: OwnerValue, me: SignedIn) -> None:
    st.subheader(plain(owner.name))
    panels = (_response(held, owner, me), _delivery(owner, me), _assurance(owner))
    for column, panel in zip(st.columns(3), panels, strict=True):
        with column.container(border=True, height="stretch"):
            show(panel)
    recommendation_forms.offered(held, owner, me)
    _shown(owner)


def _panel(question: str, who: str, status: str, *rest: object) -> Markup:
    said = tag("p", status, css="status")
    return together(tag("h4", question), tag("p", who, css="small"), said, *rest)


def _response(held: RecommendationValue, owner: OwnerValue, me: SignedIn) -> Markup:
    late = held.response_late_on(me.today, owner)
    words = "Late: the response was due by" if late else "The response is due by"
    due = tag("p", f"{words} {day(held.response_due_on)}.", css="loud" if late else "")
    return _panel(
        "Response",
        "The owner says",
        owner.response.english,
        due if not owner.history else None,
        _said("Responsible role", owner.role_named),
        _said("Steps", owner.steps_planned),
    )


def _said(title: str, text: str | None) -> Markup | None:
    return tag("p", tag("strong", f"{title}: "), text, css="asis") if text else None


def _delivery(owner: OwnerValue, me: SignedIn) -> Markup:
    overdue = owner.overdue_on(me.today)
    original, latest = day(owner.original_due_on), day(owner.due_on)
    late = f"Overdue since {original}, its original date."
    return _panel(
        "Delivery",
        "The owner claims",
        owner.delivery.english,
        tag("p", late, css="loud") if overdue else None,
        tag("p", f"Original date: {original}. Latest date: {latest}.")
        if owner.original_due_on
        else tag("p", "No date has been given."),
        tag("p", f"Times the date was put back: {owner.slips}."),
    )


def _assurance(owner: OwnerValue) -> Markup:
    strongest = max((item.rung for item in owner.evidence), default=None)
    return _panel(
        "Assurance",
        "An independent verifier says",
        owner.assurance.english,
        tag("p", TESTED[owner.assurance]),
        _against_the_claim(owner),
        _said("Strongest evidence so far", strongest.english if strongest else None),
    )


def _against_the_claim(owner: OwnerValue) -> Markup | None:
    said = CLAIMED_BUT.get(owner.assurance)
    return tag("p", said, css="loud") if said and owner.delivery is Delivery.CLAIMED else None


def _shown(owner: OwnerValue) -> None:
    if owner.actions:
        show(_actions(owner))
    if owner.evidence:
        show(_evidence(owner))
    if owner.history:
        show(_history(owner))
    missing = [
        f"No {name} recorded."
        for name, held in (
            ("actions are", owner.actions),
            ("evidence is", owner.evidence),
            ("change of status is", owner.history),
        )
        if not held
    ]
    if missing:
        show(items(*missing))


def _actions(owner: OwnerValue) -> Markup:
    rows = [
        [a.action, a.owner_role, day(a.due_on), day(a.done_on) if a.done_on else "Not yet"]
        for a in owner.actions
    ]
    return table("Actions", ["Action", "Responsible role", "Date", "Done on, the owner says"], rows)


def _evidence(owner: OwnerValue) -> Markup:
    rows = [
        [e.rung.english, tag("span", e.description, css="asis"), day(e.dated_on), e.author]
        for e in owner.evidence
    ]
    return table("Evidence", ["Kind of evidence", "What it is", "Its date", "Put forward by"], rows)


def _history(owner: OwnerValue) -> Markup:
    rows = [
        [
            day(s.at.date()),
            s.axis.capitalize(),
            f"{s.before} → {s.after}" if s.before != s.after else f"{s.after}, with a new date",
            s.by,
            tag("span", s.reason or "None needed", css="asis"),
            day(s.due_on) if s.due_on else "None given",
        ]
        for s in owner.history
    ]
    headings = ["When", "Question", "Change", "Who", "Reason or steps", "Date given"]
    return table("History", headings, rows)
