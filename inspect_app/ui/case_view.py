"""A case as it stands: read only, for its inspection's readers and once it is submitted."""

from collections.abc import Mapping, Sequence

import streamlit as st

from data_model.forms import CaseForm, FindingForm, Form
from data_model.protocols import FIELDS, Section
from data_model.vocabulary import CaseStatus
from inspect_app.services import cases
from inspect_app.services.case_sheet import (
    NONE_ENTERED,
    NOT_ENTERED,
    Sheet,
    case_in_words,
    finding_in_words,
    in_words,
)
from inspect_app.services.cases import CaseLine, CaseValue
from inspect_app.services.reference import ThemeValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import session, tables
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, show, table, tag
from inspect_app.ui.page import refusals

TABLES = {
    "episodes": "Missing episodes",
    "perpetrators": "Perpetrators",
    "disruptions": "Disruption",
}

NOT_A_FACT = (*TABLES, "answers", "summary")


def heading(case: CaseValue, sheet: Sheet) -> None:
    """Draw whose case it is, of which inspection, and where it stands."""
    whose = "you" if case.mine else case.reader
    show(
        tag("h2", f"Case {case.form.reference} "),
        tag("p", tag("span", case.status.english, css="mark"), f" Read by {whose}. ", sheet.title),
    )


def blind(case: CaseValue, sheet: Sheet) -> None:
    """Draw what a reader after the first is told of a case, and that it is all."""
    said = case_in_words(case.form, sheet)
    names = ("kind", "lead_agency", "practice_from", "practice_to")
    show(
        tag(
            "p",
            "You read this case without seeing what its first reader found. "
            "Read the file itself, and judge it as if nobody had.",
        ),
        tables.facts([(title, said[title]) for title in (_title(CaseForm, n) for n in names)]),
    )


def read_only(case: CaseValue, sheet: Sheet) -> None:
    """Draw everything a case says, in the order of the sheet."""
    said = case_in_words(case.form, sheet)
    parts = [section for section in case.protocol.sections if section is not Section.FINDINGS]
    show(*(_section(section, said, case) for section in parts))
    if case.protocol.graded:
        given = {finding.theme: finding for finding in case.form.findings}
        show(tag("h3", "Findings"), *(_finding(theme, given, sheet) for theme in sheet.themes))


def _section(section: Section, said: Mapping[str, str], case: CaseValue) -> Markup | None:
    """Draw what one section says; lines as a table; nothing where nothing is said."""
    names = FIELDS[section]
    titles = [_title(CaseForm, name) for name in names if name not in NOT_A_FACT]
    facts = [(title, said[title]) for title in titles if _to_show(said[title], case, section)]
    tables_of = [_table(name, getattr(case.form, name)) for name in names if name in TABLES]
    answers = _answers(case) if "answers" in names else None
    summary = case.form.summary if "summary" in names else None
    told = tag("p", summary, css="asis") if summary else None
    plain = tables.facts(facts) if facts else None
    inside = [part for part in (plain, told, *tables_of, answers) if part]
    return tag("div", tag("h4", section.english), *inside, css="boxed") if inside else None


def _table(name: str, lines: Sequence[Form]) -> Markup | None:
    """Draw the lines of a list as a table, one row a line."""
    lines = [line for line in lines if any(value is not None for _name, value in line)]
    if not lines:
        return None
    form = type(lines[0])
    heads = ("", *(_title(form, field) for field in form.model_fields))
    rows = [
        (str(number), *(in_words(value) for value in dict(line).values()))
        for number, line in enumerate(lines, start=1)
    ]
    return tag("div", table(TABLES[name], heads, rows), css="wide")


def _answers(case: CaseValue) -> Markup | None:
    given = {answer.question: answer.answer for answer in case.form.answers}
    facts = [(q.text, in_words(given.get(q.code))) for q in case.protocol.questions]
    return tables.facts(facts) if facts else None


def _title(form: type[Form], name: str) -> str:
    return form.model_fields[name].title or name


def _to_show(words: str, case: CaseValue, section: Section) -> bool:
    """A draft shows the gaps of what its kind needs; what else is empty was not needed."""
    gap = case.status is CaseStatus.DRAFT and section in case.sections
    return gap or words not in {NOT_ENTERED, NONE_ENTERED}


def _finding(theme: ThemeValue, given: dict[str, FindingForm], sheet: Sheet) -> Markup:
    finding = given.get(theme.code)
    code = (finding.grade or finding.not_graded) if finding else None
    cell = tables.grade(code, sheet.scale)
    said = finding_in_words(finding, sheet) if finding else {}
    texts = [
        tag("p", tag("strong", f"{title}. "), words, css="asis")
        for title, words in said.items()
        if title not in {"Grade", "Why not graded"} and words not in {NOT_ENTERED, NONE_ENTERED}
    ]
    return tag("div", tag("h4", f"{theme.code} {theme.name}"), cell, *texts, css="finding")


def take_back(case: CaseValue, me: SignedIn) -> None:
    """Draw how a reader takes a submitted case back."""
    with st.form(f"take-back-{case.id}", border=True):
        st.markdown("**Take it back**")
        reason = st.text_area("Why you take it back", key=f"take-back-reason-{case.id}")
        if st.form_submit_button("Take the case back"):
            with refusals():
                cases.take_back(case.id, reason, by=me)
                session.say(f"Case {case.form.reference} is a draft again.")
                st.rerun()


def listing(lines: list[CaseLine], empty: str) -> None:
    """Draw links to cases of the person's, each with where it stands."""
    if not lines:
        st.info(empty)
    for line in lines:
        whose = f" ({line.purpose.english.lower()})" if line.purpose else ""
        link(
            f"{line.reference}: {line.kind}, {line.inspection}. {line.status.english}{whose}",
            "case-review",
            icon="task" if line.done else "edit_note",
            case=str(line.id),
        )
