"""Where a case stands: what is in the way, words pointed out, clashes, receipts, submission."""

from textwrap import wrap

import streamlit as st

from data_model.forms import CaseForm
from data_model.vocabulary import WordingReply
from inspect_app.services import cases, moderation, wording
from inspect_app.services import receipts as receipt_service
from inspect_app.services.case_sheet import NOT_ENTERED
from inspect_app.services.cases import CaseValue
from inspect_app.services.receipts import Checked, ReceiptValue
from inspect_app.services.wording import PointedOut
from inspect_app.signed_in import SignedIn
from inspect_app.ui import markup, session
from inspect_app.ui.markup import Markup, show, table, tag
from inspect_app.ui.page import refusals
from inspect_app.ui.writing import Writing

LOOKED_AGAIN = 3
"""Seconds after which what stands in the way is looked at again."""


@st.fragment(run_every=LOOKED_AGAIN)
def standing(case_id: int, drawn: int, me: SignedIn) -> None:
    """Draw, beside the sheet, what is kept, what still stands in the way, and the submission.

    Drawn again by itself, so that it is true while a text is typed; `drawn` is the version of
    the case that the sheet shows.
    """
    with refusals(), st.container(border=True, key="standing"):
        session.still(me)
        case = cases.view(case_id, by=me)
        if not case.writes:
            st.markdown("**This reading is submitted.** Open the case again to see it.")
            return
        st.markdown("**What you enter is kept as you enter it.** There is nothing to save.")
        if st.button("Submit", type="primary", key="submit", width="stretch"):
            with refusals():
                _submit(case, drawn, me)
        _outstanding(case)


def _submit(case: CaseValue, drawn: int, me: SignedIn) -> None:
    if case.mine:
        receipt = cases.submit(case.id, drawn, by=me)
    else:
        receipt = moderation.submit_reading(case.id, by=me)
    session.say(
        f"Case {case.form.reference} is submitted. Receipt {short(receipt)}, "
        f"{receipt.at:%d %B %Y at %H:%M:%S} UTC. You find it below and can check it at any time."
    )
    st.rerun()


def short(receipt: ReceiptValue) -> str:
    """Return a receipt's hash as it is read out: its first sixteen characters, in fours."""
    return " ".join(wrap(receipt.content_hash[:16], 4))


def _outstanding(case: CaseValue) -> None:
    if not case.outstanding:
        show(tag("p", tag("strong", "Nothing stands in the way of submitting.")))
        return
    show(tag("p", tag("strong", "Before you can submit:")))
    parts: list[Markup] = []
    for section in dict.fromkeys(one.section for one in case.outstanding):
        said = [one.says for one in case.outstanding if one.section is section]
        items = (tag("li", _sentence(reason)) for reason in said)
        parts += [tag("p", tag("strong", section.english)), tag("ul", *items)]
    show(*parts)


def _sentence(reason: str) -> str:
    """Return what stands in the way as a sentence; a question keeps its own mark."""
    return f"{reason[0].upper()}{reason[1:]}{'' if reason.endswith('?') else '.'}"


def receipts(case: CaseValue) -> None:
    """Draw the receipts of a case: when what was submitted, and how to check it."""
    if not case.receipts:
        return
    rows = [
        (one.by, f"{one.at:%d %B %Y at %H:%M:%S} UTC", str(one.edition), one.content_hash)
        for one in case.receipts
    ]
    heads = ("Submitted by", "When", "Edition", "SHA-256 of what was submitted")
    show(tag("h3", "Receipts"), tag("div", table("Receipts", heads, rows), css="wide"))


def check_receipt(me: SignedIn) -> None:
    """Draw a field for a receipt's hash, and what came of checking it."""
    with st.form("check-receipt", border=True):
        st.markdown("**Check a receipt**")
        said = st.text_input("Its hash, or the first twelve characters of it")
        if st.form_submit_button("Check it"):
            with refusals():
                _checked(receipt_service.check(said.replace(" ", ""), by=me))


def _checked(found: Checked) -> None:
    of = found.receipt
    when = f"{of.at:%d %B %Y at %H:%M:%S} UTC"
    whole = "is kept to the letter" if found.kept_whole else "IS NOT KEPT AS IT WAS"
    said = f"What {of.by} submitted of case {of.reference} on {when} {whole}."
    st.markdown(markup.plain(said))
    changed = ", ".join(found.changed)
    st.markdown(
        markup.plain(f"Changed since, on the record: {changed}.")
        if changed
        else "Nothing in the case has changed since."
    )


def clashes(writing: Writing) -> None:
    """Draw what was changed here and elsewhere, field by field, and let the person choose."""
    for clash in list(writing.clashes.values()):
        with st.container(border=True):
            st.warning("This was changed elsewhere while you were in the case. Which stays?")
            rows = [("Yours", _said(clash.here)), ("The other", _said(clash.elsewhere))]
            show(table(path_in_words(clash.path), ("", "Says"), rows))
            keep, take = st.columns(2)
            if keep.button("Keep mine", key=writing.key(f"{clash.path}-mine")):
                del writing.clashes[clash.path]
                writing.put(clash.path, clash.here)
                st.rerun()
            if take.button("Take the other", key=writing.key(f"{clash.path}-other")):
                del writing.clashes[clash.path]
                writing.renew()
                st.rerun()


def _said(value: object) -> str:
    return NOT_ENTERED if value in (None, "", []) else str(value)


def pointed_out(case: CaseValue, me: SignedIn) -> None:
    """Draw the words that are pointed out and not answered, with why, and take the answers."""
    to_answer = [one for one in case.pointed_out if not one.concern.quoted]
    if to_answer:
        st.subheader("Words pointed out", anchor=False)
        st.caption("Change them above, or answer. A quotation from the file needs quotation marks.")
    for place, one in enumerate(to_answer):
        with st.expander(
            f"“{markup.plain(one.concern.said)}” in {path_in_words(one.path)}"
            + (f": {one.reply.english.lower()}" if one.reply else ""),
            key=f"words-{case.id}-{one.path}-{place}",
        ):
            st.markdown(markup.plain(f"{one.concern.why} {one.concern.instead}"))
            _answer(case, one, f"answer-{case.id}-{one.path}-{place}", me)


def _answer(case: CaseValue, one: PointedOut, key: str, me: SignedIn) -> None:
    with st.form(key, border=False):
        reply = st.radio(
            "Change the words above, or answer",
            list(WordingReply),
            index=list(WordingReply).index(one.reply) if one.reply else None,
            format_func=lambda word: word.english,
            key=f"{key}-reply",
        )
        reason = st.text_input("Reason", one.reason or "", key=f"{key}-reason")
        if st.form_submit_button("Answer") and reply:
            with refusals():
                wording.answer(case.id, one.path, one.concern.said, reply, reason, by=me)
                st.rerun()


def path_in_words(path: str) -> str:
    """Return the name of a field as people read it: “T3: reason”, “missing episodes, 2: repeat”."""
    first, *rest = path.split(".")
    if first in CaseForm.model_fields:
        first = CaseForm.model_fields[first].title or first
    return f"{first}: {' '.join(rest).replace('_', ' ')}" if rest else first
