"""The sheet on which a case is recorded, in the order in which a file is read."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data_model.forms import CaseForm, FindingForm, PointerForm
from data_model.vocabulary import AgencyRisk, Answer, HarmCategory, NotGraded
from inspect_app.services.case_sheet import Sheet
from inspect_app.services.cases import CaseValue
from inspect_app.services.reference import ThemeValue
from inspect_app.ui import drafts
from inspect_app.ui.forms import NOT_ENTERED, Fields
from inspect_app.ui.markup import plain

SECTIONS = ("The file", "The child", "Risk and harm", "Network and flag", "Findings")
NO_GRADE = "not graded"
POINTERS_AT_MOST = 12
EMPTY_FINDING = FindingForm(theme="").model_dump(exclude={"theme"})


def draw(case: CaseValue, sheet: Sheet) -> dict[str, object]:
    """Draw the sheet filled with what is kept or typed, and return what it holds."""
    key = f"case-{case.id}-{drafts.of(case).mark}"
    fields = Fields(CaseForm, key, case.form.model_dump())
    file, child, harm, network, findings = st.tabs(SECTIONS, key=f"{key}-sections")
    held: dict[str, object] = {}
    with file:
        held |= _file(fields, sheet)
    with child:
        held |= _child(fields)
    with harm:
        held |= _harm(fields)
    with network:
        held |= _network(fields)
    with findings:
        held["findings"] = _findings(case, sheet, key)
    return held


def _file(fields: Fields, sheet: Sheet) -> dict[str, object]:
    left, right = st.columns(2)
    with left:
        held = {"reference": fields.ask("reference")}
    with right:
        held["kind"] = fields.ask("kind")
    held["lead_agency"] = fields.ask("lead_agency", sheet.agencies)
    left, right = st.columns(2)
    with left:
        held["practice_from"] = fields.ask("practice_from")
    with right:
        held["practice_to"] = fields.ask("practice_to")
    held["summary"] = fields.ask("summary", long=True)
    return held


def _child(fields: Fields) -> dict[str, object]:
    st.caption(
        "“Not recorded by the agency” is a finding about the agency. “Not entered yet” only "
        "says that you have not come to it."
    )
    held = {name: fields.ask(name) for name in ("age_band", "sex", "ethnicity", "disability")}
    held["disability_kinds"] = (
        fields.ask("disability_kinds") if held["disability"] is Answer.YES else ()
    )
    return held | {name: fields.ask(name) for name in ("in_care", "placement")}


def _harm(fields: Fields) -> dict[str, object]:
    yours, theirs = st.columns([3, 2], gap="large")
    with yours, st.container(border=True):
        st.subheader("What you read in the file", anchor=False)
        held = {name: fields.ask(name) for name in ("harm_indicators", "harm_category")}
        held["harm_confirmed_reason"] = _confirmed(fields, held)
    with theirs, st.container(border=True):
        st.subheader("What the agency wrote", anchor=False)
        st.caption("Kept beside your reading and never used in its place.")
        held["agency_risk"] = fields.ask("agency_risk")
        held["agency_risk_number"] = (
            fields.ask("agency_risk_number") if held["agency_risk"] is AgencyRisk.NUMBER else None
        )
    return held


def _confirmed(fields: Fields, held: Mapping[str, object]) -> object:
    """The reason is asked for only where signs of harm stand beside “at risk”."""
    if not (held["harm_indicators"] and held["harm_category"] is HarmCategory.AT_RISK):
        return None
    st.warning(
        "You ticked signs that harm has happened and chose “at risk”. Signs of harm are never "
        "merely risk (F.3 12 to 14): correct the category, or say why it is right."
    )
    return fields.ask("harm_confirmed_reason", long=True)


def _network(fields: Fields) -> dict[str, object]:
    held = {"network": fields.ask("network")}
    st.divider()
    st.subheader("Flag check", anchor=False)
    st.caption("Whether the flag on the agency's system and the definition agree (H.3 7.4).")
    return held | {name: fields.ask(name) for name in ("flagged", "meets_definition")}


def _findings(case: CaseValue, sheet: Sheet, key: str) -> list[dict[str, object]]:
    kept = {finding.theme: finding for finding in case.form.findings}
    found = [_finding(theme, kept.get(theme.code), sheet, key) for theme in sheet.themes]
    return [finding for finding in found if finding["theme"] in kept or _begun(finding)]


def _begun(finding: dict[str, object]) -> bool:
    return any(finding[name] != empty for name, empty in EMPTY_FINDING.items())


def _finding(
    theme: ThemeValue, kept: FindingForm | None, sheet: Sheet, key: str
) -> dict[str, object]:
    key = f"{key}-{theme.code}"
    held: dict[str, object] = kept.model_dump() if kept else {}
    fields = Fields(FindingForm, key, held)
    name = f"**{theme.code} {plain(theme.name)}**: {_so_far(kept, sheet)}"
    with st.expander(name, key=f"{key}-open"):
        return {
            "theme": theme.code,
            "criterion": _criterion(theme, held, key),
            **_grade(fields, held, sheet, key),
            "reason": fields.ask("reason", long=True),
            "strengths": fields.ask("strengths", long=True),
            "weaknesses": fields.ask("weaknesses", long=True),
            "pointers": _pointers(kept.pointers if kept else (), key),
        }


def _so_far(kept: FindingForm | None, sheet: Sheet) -> str:
    if kept and kept.grade:
        return dict(sheet.scale.grades)[kept.grade].lower()
    return "not graded" if kept and kept.not_graded else NOT_ENTERED.lower()


def _criterion(theme: ThemeValue, held: Mapping[str, Any], key: str) -> str | None:
    """Every criterion stands there in full: a grade is given under a sentence, not a number."""
    texts = {c.code: f"**{c.code}** {plain(c.text)}" for c in theme.criteria}
    codes = list(texts)
    kept = held.get("criterion")
    return st.radio(
        "Criterion it is judged against",
        codes,
        index=codes.index(kept) if kept in texts else None,
        format_func=texts.__getitem__,
        key=f"{key}-criterion",
        persist_state="session",
    )


def _grade(fields: Fields, held: Mapping[str, Any], sheet: Sheet, key: str) -> dict[str, object]:
    words: dict[str | None, str] = {None: NOT_ENTERED, **dict(sheet.scale.grades)}
    words[NO_GRADE] = "Not graded"
    offered = list(words)
    kept = NO_GRADE if held.get("not_graded") else held.get("grade")
    chosen = st.radio(
        "Grade",
        offered,
        index=offered.index(kept),
        format_func=words.__getitem__,
        key=f"{key}-grade",
        horizontal=True,
        persist_state="session",
    )
    if chosen != NO_GRADE:
        return {"grade": chosen, "not_graded": None}
    return {"grade": None, "not_graded": _why_not(fields)}


def _why_not(fields: Fields) -> NotGraded | None:
    why: NotGraded | None = fields.ask("not_graded")
    return why


def _pointers(kept: tuple[PointerForm, ...], key: str) -> tuple[dict[str, object], ...]:
    """The records that support the finding, and always one more empty line."""
    st.markdown("**Evidence pointers**", help="Which record, and where in it; never a name.")
    found: list[dict[str, object]] = []
    for place in range(POINTERS_AT_MOST):
        before = kept[place].model_dump() if place < len(kept) else {}
        pointer = _pointer(Fields(PointerForm, f"{key}-pointer-{place}", before, line=True))
        if any(pointer.values()):
            found.append(pointer)
        elif place >= len(kept):
            break
    return tuple(found)


def _pointer(fields: Fields) -> dict[str, object]:
    document, dated, locator = st.columns([2, 1, 2])
    with document:
        held = {"document": fields.ask("document")}
    with dated:
        held["dated"] = fields.ask("dated")
    with locator:
        held["locator"] = fields.ask("locator")
    return held
