"""One inspection's workspace: facts, grades by case, evidence base, what was said, what follows."""

from collections.abc import Sequence

import streamlit as st

from data_model.vocabulary import Basis, InspectionStatus
from inspect_app.services import inspections
from inspect_app.services.inspection_values import InspectionValue
from inspect_app.services.inspections import Workspace
from inspect_app.services.matrix import MatrixRow
from inspect_app.services.recommendation_list import AnswerLine
from inspect_app.signed_in import SignedIn
from inspect_app.ui import session, tables
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, day, items, plain, show, table, tag, together
from inspect_app.ui.moderation_words import share_in_words
from inspect_app.ui.page import refusals

WITHOUT_NUMBER = (
    "The number of cases read is not published. What is said below rests on an evidence base "
    "that nobody outside the inspectorate can see (K.9, K.10)."
)
DIRECTIONS = {"positive": "Praise", "negative": "Criticism", "mixed": "Both"}
WHAT_BASES_ARE = {
    Basis.PUBLISHED_COUNTS: "The publication says how many cases were given each grade.",
    Basis.PUBLISHED_WITHOUT_GRADES: "The publication does not say how cases were graded.",
    Basis.PUBLISHED_UNSPLIT: (
        "The publication gives one number for several grades. It is not split here."
    ),
}


def heading(place: Workspace) -> None:
    """Draw the facts that a reader needs before any grade."""
    held = place.inspection
    invented = tag("span", "Invented", css="mark") if held.invented else None
    status = tag("span", held.status.english, css="mark")
    show(
        tag("h2", held.title),
        tag("p", status, " ", invented, " ", tag("span", held.code, css="small")),
        tables.facts(_facts(place)),
        _aside("About the sample and its limits. ", held.note),
        _aside("Source. ", held.source),
    )


def _aside(title: str, text: str | None) -> Markup | None:
    return tag("p", tag("strong", title), text, css="small") if text else None


def _facts(place: Workspace) -> list[tuple[str, object]]:
    held = place.inspection
    facts: list[tuple[str, object]] = [
        ("Kind", held.kind.english),
        ("Area", held.area.label + (", whole police force area" if held.whole_force else "")),
        ("When", held.period),
        ("Read by", _lines(held.inspecting)),
        ("Practice of", _lines(held.inspected)),
        ("How cases were chosen", held.sampling.english),
        ("Scale of grades", place.scale.name),
    ]
    if held.recorded_here:
        facts += _sample(place)
    if held.published_on:
        facts.append(("Published", day(held.published_on)))
    return facts


def _sample(place: Workspace) -> list[tuple[str, object]]:
    available = place.inspection.cases_available
    read = place.cases_read
    return [
        ("Cases available", "Not stated" if available is None else available),
        ("Cases read and submitted", "For its readers" if read is None else read),
        ("Readers", _lines(place.readers)),
        *((("Read twice", share_in_words(place.share)),) if place.share else ()),
    ]


def _lines(names: Sequence[str]) -> Markup:
    return together(*(tag("div", name) for name in names))


def cases(place: Workspace) -> None:
    """Draw the grades, case by theme, for those who read them."""
    st.subheader("Cases and their grades", anchor=False)
    if place.matrix is None:
        st.info("Case files are for this inspection's readers. The counts below are for you.")
        return
    if not place.matrix:
        st.info("No case has been begun. Begin one in Case review.")
    else:
        tables.matrix(place, _open)
    code = place.inspection.code
    link("The list, the sample and whom it covers", "sample", icon="casino", inspection=code)
    if place.may_record:
        link("Begin or open a case", "case-review", icon="rate_review")


def _open(row: MatrixRow) -> None:
    if not row.opens:
        show(tag("p", row.reference))
        return
    link(row.reference, "case-review", case=str(row.case_id))


def evidence(place: Workspace) -> None:
    """Draw the evidence base: what was counted, on what basis, and what was not looked at."""
    st.subheader("Evidence base", anchor=False)
    _scope(place)
    if not place.inspection.recorded_here:
        _published(place)
    elif place.inspection.status is InspectionStatus.READING:
        st.info("Nothing counts yet: the counts stand here once the lead agrees the findings.")
    else:
        show(tables.grade_counts(place), tables.case_kinds(place))
    uncovered = [place.themes[code] for code in place.uncovered]
    if uncovered:
        st.warning(
            f"In scope, and no case was graded: {plain(', '.join(uncovered).lower())}. "
            "Nothing can be said about this from the cases read."
        )


def _scope(place: Workspace) -> None:
    if place.themes:
        show(tag("p", tag("strong", "Themes in scope: "), ", ".join(place.themes.values()), "."))


def _published(place: Workspace) -> None:
    if any(said.cases_read is None for said in place.quotations):
        st.error(f"**{WITHOUT_NUMBER}**", icon=":material/visibility_off:")
    for basis, what in WHAT_BASES_ARE.items():
        said = [quotation for quotation in place.quotations if quotation.basis is basis]
        if said:
            show(
                tag("h4", basis.english),
                tag("p", what),
                tables.published_counts(place, basis),
                *dict.fromkeys(tables.quotation(quotation) for quotation in said),
                *dict.fromkeys(_aside("Note. ", quotation.note) for quotation in said),
            )


def said(place: Workspace) -> None:
    """Draw the judgements, in their own scale, and the statements of the publication."""
    if place.judgements:
        st.subheader("Judgements on the whole service", anchor=False)
        rows = [
            (
                judgement.topic,
                judgement.grade,
                f"“{judgement.quotation}”" if judgement.quotation else "",
                judgement.paragraph or "",
            )
            for judgement in place.judgements
        ]
        headings = ("Judged", "Judgement", "In its own words", "Paragraph")
        show(table(f"In the words of: {place.scale.name}", headings, rows))
    if place.statements:
        st.subheader("Statements", anchor=False)
        lines = [
            (
                s.paragraph or "Not given",
                f"“{s.statement}”",
                DIRECTIONS[s.direction],
                s.comment or "",
            )
            for s in place.statements
        ]
        headings = ("Paragraph", "Statement", "Says of practice", "What is said of it")
        show(table("Sentences of the publication", headings, lines))


def summary(place: Workspace) -> None:
    """Draw the summary of findings, and the way to what it claims."""
    if place.inspection.summary:
        st.subheader("Summary of findings", anchor=False)
        show(tag("p", place.inspection.summary, css="asis"))
    if place.inspection.recorded_here:
        code = place.inspection.code
        link(
            "Claims of its narrative, and its Welsh", "claims", icon="format_quote", inspection=code
        )


def following(lines: Sequence[AnswerLine]) -> None:
    """Draw the recommendations that hang on this inspection, and where each body stands."""
    if not lines:
        return
    st.subheader("Recommendations", anchor=False)
    for line in lines:
        link(f"{line.code}: {line.title}", "recommendations", recommendation=line.code)
        show(tag("p", tag("strong", f"{line.body}. "), line.label, css="small"))


def leading(place: Workspace, me: SignedIn) -> None:
    """Draw what its lead inspector does with it."""
    st.subheader("For you as its lead inspector", anchor=False)
    if place.inspection.status is InspectionStatus.READING:
        _summarise(place.inspection, me)
        _agree(place, me)
    else:
        _reopen(place.inspection, me)


def _summarise(held: InspectionValue, me: SignedIn) -> None:
    with st.form(f"summary-{held.code}", border=True):
        text = st.text_area(
            "Summary of findings",
            held.summary or "",
            height=160,
            key=f"summary-text-{held.code}",
            help="Published with the counts; say what was found, never about one child.",
            persist_state="session",
        )
        if st.form_submit_button("Save the summary"):
            with refusals():
                inspections.summarise(held.code, text, by=me)
                session.say("The summary is saved.")
                st.rerun()


def _agree(place: Workspace, me: SignedIn) -> None:
    with st.container(border=True):
        st.markdown("**Agree the findings**")
        if place.before_agreeing:
            show(
                tag("p", "Every case has to be locked first. Not locked yet:"),
                items(*(_step(what, cases) for what, cases in place.before_agreeing.items())),
            )
            link("Open Moderation", "moderation", icon="balance", inspection=place.inspection.code)
        else:
            st.markdown("The counts stand from then on, and its cases are closed.")
        if st.button("Agree the findings", type="primary", key="agree"):
            with refusals():
                inspections.agree(place.inspection.code, by=me)
                session.say("The findings are agreed and count from now on.")
                st.rerun()


def _step(what: str, references: Sequence[str]) -> Markup:
    return together(tag("strong", f"{len(references)} {what}"), f": {', '.join(references)}.")


def _reopen(held: InspectionValue, me: SignedIn) -> None:
    with st.form(f"reopen-{held.code}", border=True):
        st.markdown(
            "**Reopen it.** Its findings stop counting until they are agreed again; what is "
            "released already stays as it was released."
        )
        reason = st.text_area("Why it is reopened", key=f"reopen-reason-{held.code}")
        if st.form_submit_button("Reopen"):
            with refusals():
                inspections.reopen(held.code, reason, by=me)
                session.say("The inspection is open again.")
                st.rerun()
