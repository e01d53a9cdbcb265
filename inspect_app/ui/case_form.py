"""The sheet on which a case is recorded: only what its kind needs, as a file is read."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from data_model.forms import (
    AnswerForm,
    CaseForm,
    FindingForm,
    Form,
)
from data_model.protocols import FIELDS, Section, asked
from data_model.vocabulary import AgencyRisk, Answer, HarmCategory, NotGraded
from inspect_app.services.case_checks import entered, interview_expected
from inspect_app.services.case_sheet import Sheet
from inspect_app.services.case_tree import LINES, blank
from inspect_app.services.reference import ThemeValue
from inspect_app.ui.case_fields import Lines, still_offered
from inspect_app.ui.forms import NOT_ENTERED
from inspect_app.ui.markup import plain
from inspect_app.ui.writing import Writing

LONG = frozenset({"summary", "harm_confirmed_reason", "reason", "strengths", "weaknesses"})
SIDE_BY_SIDE = {
    "reference": "kind",
    "practice_from": "practice_to",
    "age_band": "sex",
    "disability": "in_care",
}
LINE = {
    "episodes": "Missing episode",
    "perpetrators": "Perpetrator",
    "disruptions": "Tactic",
    "pointers": "Record",
}
MORE = {
    "episodes": "Add a missing episode",
    "perpetrators": "Add a perpetrator",
    "disruptions": "Add a tactic",
    "pointers": "Add a record",
}
NO_GRADE = "no grade: "
ABREAST = 3


def draw(writing: Writing, sheet: Sheet) -> None:
    """Draw the part of the sheet that is open; what stands in it is kept as it is entered."""
    sections = writing.case.sections
    if len(sections) == 1:
        DRAWN.get(sections[0], _plain)(writing, sheet, sections[0])
        return
    names = [section.english for section in sections]
    tabs = st.tabs(names, key=f"case-{writing.case.id}-sections", on_change="rerun")
    for section, tab in zip(sections, tabs, strict=True):
        if tab.open:
            with tab:
                DRAWN.get(section, _plain)(writing, sheet, section)


def _plain(writing: Writing, sheet: Sheet, section: Section) -> None:
    """Draw the fields of a section in order, each once what it hangs on is answered."""
    lines = Lines(CaseForm, "", writing, sheet.known)
    names = list(FIELDS[section])
    held: dict[str, Any] = dict(writing.case.now)
    while names:
        name = names.pop(0)
        if not (_asked(name, held) or writing.wrong(name) or entered(held.get(name))):
            continue
        if name in LINE:
            _lines(writing, sheet, name, name)
            continue
        beside = SIDE_BY_SIDE.get(name)
        if beside in names:
            names.remove(beside)
            left, right = st.columns(2)
            with left:
                held[name] = _field(lines, name, sheet)
            with right:
                held[beside] = _field(lines, beside, sheet)
        else:
            held[name] = _field(lines, name, sheet)


def _asked(name: str, held: Mapping[str, Any]) -> bool:
    """Whether a field hangs on nothing, or on an answer that was given; as JSON has both."""
    return asked(name, {key: value or None for key, value in held.items()})


def _field(lines: Lines, name: str, sheet: Sheet) -> Any:
    choices = sheet.agencies if name == "lead_agency" else None
    return lines.ask(name, choices, long=name in LONG)


def _child(writing: Writing, sheet: Sheet, section: Section) -> None:
    st.caption(
        "“Not recorded by the agency” is a finding about the agency. “Not entered yet” only "
        "says that you have not come to it."
    )
    _plain(writing, sheet, section)


def _harm(writing: Writing, sheet: Sheet, _section: Section) -> None:
    fields = Lines(CaseForm, "", writing, sheet.known)
    yours, theirs = st.columns([3, 2], gap="large")
    with yours, st.container(border=True):
        st.subheader("What you read in the file", anchor=False)
        signs, category = fields.ask("harm_indicators"), fields.ask("harm_category")
        if signs and category == HarmCategory.AT_RISK:
            st.warning(
                "You ticked signs that harm has happened and chose “at risk”. Signs of harm are "
                "never merely risk (F.3 12 to 14): correct the category, or say why it is right."
            )
            fields.ask("harm_confirmed_reason", long=True)
    with theirs, st.container(border=True):
        st.subheader("What the agency wrote", anchor=False)
        st.caption("Kept beside your reading and never used in its place.")
        number = fields.ask("agency_risk") == AgencyRisk.NUMBER
        if number or writing.value("agency_risk_number") is not None:
            fields.ask("agency_risk_number")


def _network(writing: Writing, sheet: Sheet, section: Section) -> None:
    _plain(writing, sheet, section)
    st.caption("Whether the flag on the agency's system and the definition agree (H.3 7.4).")


def _missing(writing: Writing, sheet: Sheet, section: Section) -> None:
    nation = writing.case.nation
    rule = (
        "England: an interview is offered after every episode, within 72 hours of the return."
        if interview_expected(nation, 1)
        else "Wales: an interview is expected once a child has been missing three times."
    )
    st.caption(f"{rule} (G.5 25)")
    _plain(writing, sheet, section)


def _lines(writing: Writing, sheet: Sheet, path: str, name: str) -> None:
    """Draw the lines of a list, with a way to add one and to take one out."""
    form, title = LINES[name], LINE[name]
    held = writing.value(path) or []
    more = f"case-{writing.case.id}-{path}-more"
    entered = [number for number, line in enumerate(held, start=1) if not blank(line)]
    added = range(len(held) + 1, st.session_state.get(more, 0) + 1)
    shown = [*entered, *added] or [len(held) + 1]
    for place, number in enumerate(shown, start=1):
        with st.container(border=True):
            _line(writing, sheet, form, f"{path}.{number}.", f"{title} {place}")
            key = writing.key(f"{path}.{number}-out")
            if number in entered and st.button(f"Take {title.lower()} {place} out", key=key):
                st.session_state[more] = 0
                writing.put(f"{path}.{number}", dict.fromkeys(form.model_fields))
                st.rerun()
    if st.button(MORE[name], key=writing.key(f"{path}-more"), icon=":material/add:"):
        st.session_state[more] = shown[-1] + 1
        st.rerun()


def _line(writing: Writing, sheet: Sheet, form: type[Form], at: str, title: str) -> None:
    st.markdown(f"**{title}**")
    fields = Lines(form, at, writing, sheet.known, narrow=True)
    held: dict[str, Any] = {name: writing.value(at + name) for name in form.model_fields}
    names = [
        name
        for name, value in held.items()
        if asked(name, held) or writing.wrong(at + name) or entered(value)
    ]
    for first in range(0, len(names), ABREAST):
        columns = st.columns(ABREAST)
        for name, column in zip(names[first : first + ABREAST], columns, strict=False):
            with column:
                held[name] = fields.ask(name)


def _questions(writing: Writing, _sheet: Sheet, _section: Section) -> None:
    """Draw the questions of a short form; yes, no, or not recorded."""
    kept = {line["question"]: line["answer"] for line in writing.value("answers") or []}
    questions = writing.case.protocol.questions
    keys = {question.code: writing.key(f"answers-{question.code}") for question in questions}

    def read() -> dict[str, Any]:
        given = {code: st.session_state.get(key, kept.get(code)) for code, key in keys.items()}
        said = [AnswerForm(question=c, answer=a) for c, a in given.items() if a is not None]
        return {"answers": [line.model_dump(mode="json") for line in said]}

    writing.watch(("answers",), read)
    words = {str(answer): answer.english for answer in Answer}
    for question in questions:
        offered = [None, *words]
        st.radio(
            plain(question.text),
            offered,
            index=offered.index(kept.get(question.code)),
            format_func=lambda code: words[code] if code else NOT_ENTERED,
            key=keys[question.code],
            horizontal=True,
            persist_state="session",
        )


def _findings(writing: Writing, sheet: Sheet, _section: Section) -> None:
    """Draw the theme that is open: its criteria in full, the grade, why, and the records."""
    names = [f"{theme.code} {plain(theme.short_name)}" for theme in sheet.themes]
    if not names:
        st.info("No theme is in the scope of this inspection.")
        return
    tabs = st.tabs(names, key=f"case-{writing.case.id}-themes", on_change="rerun")
    for theme, tab in zip(sheet.themes, tabs, strict=True):
        if tab.open:
            with tab:
                _finding(writing, sheet, theme)


def _finding(writing: Writing, sheet: Sheet, theme: ThemeValue) -> None:
    at = f"{theme.code}."
    st.subheader(f"{theme.code} {plain(theme.name)}", anchor=False)
    _criterion(writing, theme)
    _grade(writing, sheet, at)
    fields = Lines(FindingForm, at, writing, sheet.known)
    fields.ask("reason", long=True)
    left, right = st.columns(2)
    with left:
        fields.ask("strengths", long=True)
    with right:
        fields.ask("weaknesses", long=True)
    st.markdown("**Evidence pointers**", help="Which record, and where in it; never a name.")
    _lines(writing, sheet, f"{at}pointers", "pointers")


def _criterion(writing: Writing, theme: ThemeValue) -> None:
    """Every criterion stands there in full: a grade is given under a sentence, not a number."""
    path = f"{theme.code}.criterion"
    kept, key = writing.value(path), writing.key(path)
    in_force = {c.code: f"**{c.code}** {plain(c.text)}" for c in theme.criteria}
    texts = still_offered(in_force, kept)
    codes = list(texts)
    writing.watch((path,), lambda: {path: st.session_state.get(key, kept)})
    st.radio(
        "Criterion it is judged against",
        codes,
        index=codes.index(kept) if kept in texts else None,
        format_func=texts.__getitem__,
        key=key,
        persist_state="session",
    )


def _grade(writing: Writing, sheet: Sheet, at: str) -> None:
    """A grade, or why there is none: one choice, so that neither can stand half chosen."""
    why: dict[str | None, str] = {
        f"{NO_GRADE}{reason}": f"Not graded: {reason.english.lower()}" for reason in NotGraded
    }
    words: dict[str | None, str] = {None: NOT_ENTERED}
    words.update(sheet.scale.grades)
    words.update(why)
    grade, no_grade = writing.value(f"{at}grade"), writing.value(f"{at}not_graded")
    kept = f"{NO_GRADE}{no_grade}" if no_grade else grade
    offered, key = list(words), writing.key(f"{at}grade")

    def read() -> dict[str, Any]:
        chosen = st.session_state.get(key, kept)
        none = chosen is not None and chosen.startswith(NO_GRADE)
        return {
            f"{at}grade": None if none else chosen,
            f"{at}not_graded": chosen.removeprefix(NO_GRADE) if none else None,
        }

    writing.watch((f"{at}grade", f"{at}not_graded"), read)
    st.radio(
        "Grade",
        offered,
        index=offered.index(kept) if kept in offered else 0,
        format_func=words.__getitem__,
        key=key,
        persist_state="session",
    )


Draw = Callable[[Writing, Sheet, Section], None]
DRAWN: dict[Section, Draw] = {
    Section.CHILD: _child,
    Section.HARM: _harm,
    Section.NETWORK: _network,
    Section.MISSING: _missing,
    Section.QUESTIONS: _questions,
    Section.FINDINGS: _findings,
}
