"""The evidence of one body's answer on the screen: what it is, its files, and how to add more."""

from typing import NoReturn

import streamlit as st

from data_model.forms import EvidenceForm, checked
from inspect_app.access import Permission
from inspect_app.errors import Refusal
from inspect_app.services import attached_files, evidence, reference, steps
from inspect_app.services.attached_files import FileValue
from inspect_app.services.attached_kinds import LARGEST_DOCUMENT
from inspect_app.services.evidence import EvidenceValue
from inspect_app.services.recommendation_values import OwnerValue, RecommendationValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import forms, session
from inspect_app.ui.forms import Fields, given
from inspect_app.ui.markup import Markup, day, plain, show, tag
from inspect_app.ui.page import refusals
from inspect_app.ui.tables import facts
from inspect_app.workbooks.limits import MEGABYTE

NONE = "No evidence has been put forward."
MEGABYTES = LARGEST_DOCUMENT // MEGABYTE
NO_NAMES = "Never a child's name, and nothing by which one child could be known."


def draw(held: RecommendationValue, owner: OwnerValue, me: SignedIn) -> None:
    """Draw the evidence, its files for those who may open them, and for the body the forms."""
    show(tag("h4", "Evidence"), None if owner.evidence else tag("p", NONE))
    for item in owner.evidence:
        with st.container(border=True):
            show(*_item(item))
            for file in item.files:
                _file(file, me)
    answering = not owner.awaited and not owner.closed
    if not (answering and steps.may_make(Permission.RESPOND, owner, by=me)):
        return
    with st.expander("Add evidence"):
        _add(held, owner, me)
    if not all(item.judged for item in owner.evidence):
        with st.expander("Attach a document to evidence"):
            _attach(owner, me)


def _item(item: EvidenceValue) -> list[Markup]:
    pairs = {
        "Its date": day(item.dated_on),
        "Gathered by": item.gathered_by or "Not said",
        "Where it is": _where(item),
    }
    mark = None if item.judged else tag("span", "Waiting to be tested", css="mark")
    return [
        tag("p", tag("strong", f"{item.rung.english}. "), mark),
        tag("p", item.description, css="asis"),
        facts(pairs.items()),
        tag("p", f"Put forward by {item.author}, {day(item.submitted_at.date())}.", css="small"),
    ]


def _where(item: EvidenceValue) -> str:
    files = {0: None, 1: "1 document attached"}.get(
        item.file_count, f"{item.file_count} documents attached"
    )
    reaudit = f"Re-audit {item.reaudit}" if item.reaudit else None
    return "; ".join(part for part in (item.pointer, reaudit, files) if part) or "Not said"


def _files(owner: OwnerValue, me: SignedIn) -> None:
    for item in owner.evidence:
        for file in item.files:
            _file(file, me)


def _file(file: FileValue, me: SignedIn) -> None:
    scanned = f"no virus found by {file.scanned_by}" if file.scanned_by else "not scanned"
    kilobytes = max(1, file.size // 1024)
    st.download_button(
        f"{plain(file.name)}, edition {file.edition}",
        lambda: attached_files.content(file.id, by=me).content,
        file_name=file.name,
        mime=attached_files.DOWNLOAD,
        on_click="ignore",
        icon=":material/download:",
        key=f"file-{file.id}",
        help=f"{kilobytes:,} kB, {scanned}, SHA-256 {file.sha256}",
    )


def _add(held: RecommendationValue, owner: OwnerValue, me: SignedIn) -> None:
    name = f"evidence-{owner.id}"
    key = forms.fresh_key(name)
    fields = Fields(EvidenceForm, key, {})
    with st.form(key, border=False):
        sent = {
            "rung": fields.ask("rung"),
            "description": fields.ask("description", long=True),
            "dated_on": fields.ask("dated_on"),
            "gathered_by": fields.ask("gathered_by", reference.organisations(by=me)),
            "pointer": fields.ask("pointer"),
        }
        if owner.reaudits:
            sent["reaudit"] = fields.ask("reaudit", {code: code for code in owner.reaudits})
        st.caption(NO_NAMES)
        if st.form_submit_button("Add the evidence", type="primary"):
            with refusals():
                form = checked(EvidenceForm, given(sent))
                evidence.add(held.code, owner.organisation, form, by=me)
                _done(name, "The evidence is kept. An independent verifier can now test it.")


def _attach(owner: OwnerValue, me: SignedIn) -> None:
    waiting = (item for item in owner.evidence if not item.judged)
    known = {item.id: f"{item.rung}: {item.description}" for item in waiting}
    name = f"attach-{owner.id}"
    key = forms.fresh_key(name)
    with st.form(key, border=False):
        item = st.selectbox("To which evidence", list(known), format_func=known.__getitem__)
        file = st.file_uploader(
            f"Document: PDF, Word, Excel, CSV, text or picture, at most {MEGABYTES} MB",
            key=f"{key}-file",
            max_upload_size=MEGABYTES,
        )
        st.caption(f"{NO_NAMES} It is kept as it is and only ever downloaded.")
        if st.form_submit_button("Attach it", type="primary"):
            with refusals():
                if file is None:
                    raise Refusal("No document is chosen.", "Choose the one that shows it.")
                kept = attached_files.attach(item, file.name, file.getvalue(), by=me)
                _done(name, f"{kept.name} is attached, edition {kept.edition}.")


def _done(name: str, notice: str) -> NoReturn:
    forms.done(name)
    session.say(notice)
    st.rerun()
