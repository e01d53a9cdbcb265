"""One recommendation on the screen: what it says, what justifies and tests it, who answers."""

import streamlit as st

from inspect_app.access import Permission
from inspect_app.services import history as told
from inspect_app.services import recommendations
from inspect_app.services.recommendation_findings import FindingValue
from inspect_app.services.recommendation_values import RecommendationValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import answer, history, recommendation_draft, recommendation_links, welsh
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, day, plain, show, table, tag

NOT_FOLLOWED = (
    "Entered from the publication. Whether and how its owners responded has not been recorded here."
)
IN_ITS_SOURCE = "The findings behind it stand in its source, not in case files read here."
NO_RETEST = "Nobody has said yet what would test it."


def card(held: RecommendationValue) -> None:
    """Draw a recommendation as one of a list."""
    with st.container(border=True):
        link(held.title, "recommendations", recommendation=held.code)
        where = held.area_label or "National"
        made = tag("p", f"{held.kind.english} {held.code}. {where}. Made on {day(held.made_on)}.")
        show(made, *_standing(held))


def _standing(held: RecommendationValue) -> list[Markup]:
    if not held.followed_here:
        names = ", ".join(owner.name for owner in held.owners)
        return [tag("p", f"Addressed to {names}."), *_not_followed(held)]
    return [tag("p", tag("strong", f"{owner.name}. "), owner.label) for owner in held.owners]


def _not_followed(held: RecommendationValue) -> list[Markup]:
    due = held.response_due_on
    when = f" A response was due by {day(due)}." if due else " No date for a response was given."
    return [tag("p", NOT_FOLLOWED + when, css="small")]


def draw(held: RecommendationValue, me: SignedIn) -> None:
    """Draw one recommendation with everything that hangs on it."""
    st.header(plain(held.title))
    show(tag("p", held.text, css="asis"))
    if held.draft:
        recommendation_draft.draw(held, me)
    show(_facts(held))
    if held.inspection:
        link(f"Inspection {held.inspection}", "inspections", inspection=held.inspection)
    _justification(held, me)
    recommendation_links.draw(held, me)
    _answers(held, me)
    history.draw(told.of_recommendation, held.code, me)
    _in_welsh(held, me)


def _in_welsh(held: RecommendationValue, me: SignedIn) -> None:
    """Draw the Welsh of one of no inspection, for publishers: no page of claims has its texts."""
    if held.inspection is None and me.may(Permission.ANSWER_CLAIMS):
        welsh.of_recommendation(held.code, me, may_write=True)


def _answers(held: RecommendationValue, me: SignedIn) -> None:
    if held.draft:
        return
    if not held.followed_here:
        st.subheader("What became of it")
        show(*_not_followed(held))
        return
    for owner in held.owners:
        answer.draw(held, owner, me)


def _facts(held: RecommendationValue) -> Markup:
    source = ", ".join(part for part in (held.source, held.paragraph) if part)
    facts = {
        "Kind": f"{held.kind.english} {held.code}",
        "Addressed to": ", ".join(owner.name for owner in held.owners),
        "Themes": "; ".join(held.theme_names),
        "Arises from": held.inspection_title or "No single inspection",
        "Area": held.area_label or "No single area",
        "Source": source or "Recorded in this product",
        "Its own words": held.quotation if held.quotation != held.text else None,
        "Made on": day(held.made_on),
        "Published on": day(held.published_on) if held.published_on else "Not published yet",
        "Response due by": day(held.response_due_on) if held.response_due_on else "Not given",
        "What would test it": _retest(held),
    }
    rows = [(name, said) for name, said in facts.items() if said]
    return table("About this recommendation", ["What", "Answer"], rows)


def _retest(held: RecommendationValue) -> str:
    test = held.retest
    if test is None:
        return NO_RETEST
    criterion = f", criterion {test.criterion}" if test.criterion else ""
    return (
        f"{test.theme}{criterion}: {test.sample} cases, {test.sampling.english.lower()}, "
        f"by {day(test.by)}"
    )


def _justification(held: RecommendationValue, me: SignedIn) -> None:
    st.subheader("What justifies it")
    if not held.findings_behind:
        show(tag("p", "It hangs on no finding recorded here. ", held.reason or IN_ITS_SOURCE))
        return
    by_grade = ", ".join(f"{count} {grade.lower()}" for grade, count in held.graded)
    number = held.findings_behind
    what = "1 finding in a case file" if number == 1 else f"{number} findings in case files"
    show(tag("p", f"It hangs on {what}: {by_grade}."))
    behind = recommendations.findings_behind(held.code, by=me)
    if any(finding.reference for finding in behind):
        with st.expander("The findings, for the readers of this inspection"):
            show(_findings(behind))


def _findings(behind: list[FindingValue]) -> Markup:
    rows = [[f.reference, f.theme, f.grade, f.reason or "No reason written"] for f in behind]
    return table("Findings that justify it", ["Case", "Theme", "Grade", "Reason"], rows)
