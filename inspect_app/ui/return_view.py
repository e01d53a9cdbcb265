"""A quarterly return on the screen: where it stands, what was found stage by stage, what to do."""

from collections import Counter
from collections.abc import Sequence
from functools import partial
from itertools import groupby

import streamlit as st

from data_model.vocabulary import ReturnStatus, Verdict
from inspect_app.access import Permission
from inspect_app.services import return_words, returns, scorecards
from inspect_app.services.returns import ReturnValue
from inspect_app.signed_in import SignedIn
from inspect_app.ui import seen, session
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, day, more, plain, show, table, tag
from inspect_app.ui.page import refusals
from inspect_app.workbooks.limits import LARGEST_FILE, MEGABYTE, check_size
from metrics.return_values import Found

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HOW = (
    "Take the workbook of a quarter, fill it in, and bring it back here. It is taken in whole or "
    "not at all; what does not fit is named by its cell."
)
LOCKED = "Found after its approval. It can be explained once its quarter is opened again."
NEXT = {
    ReturnStatus.ENTERED: "Somebody of the partnership who did not send it approves it.",
    ReturnStatus.APPROVED: "Its figures count and its quarter is locked. A publisher publishes it.",
    ReturnStatus.PUBLISHED: "Anyone may see its figures.",
}


def offer_sending(me: SignedIn) -> None:
    """Offer the workbook of a quarter, and take one that comes back."""
    area = me.standing.area
    with st.expander("Send a return", expanded=False):
        st.markdown(HOW)
        code = st.text_input("Area", area or "", key="return-area").strip()
        ended = scorecards.last_quarters(me.today)
        quarter = st.selectbox("Quarter", ended, format_func=_named, key="return-quarter")
        with refusals():
            if code:
                _offer_pack(code, str(quarter), me)
        file = st.file_uploader(
            "Workbook or CSV of a return",
            key="return-file",
            max_upload_size=LARGEST_FILE // MEGABYTE,
        )
        if file and st.button("Send it", type="primary", key="return-send"):
            check_size(file.name, file.size)
            with refusals():
                _send(file.name, file.getvalue(), me)


def _named(quarter: str) -> str:
    return f"{scorecards.parse_quarter(quarter).label} ({quarter})"


def _offer_pack(area: str, quarter: str, me: SignedIn) -> None:
    st.download_button(
        "Make and download the workbook",
        data=partial(returns.pack, area, quarter, me.standing.organisation, by=me),
        file_name=f"return-{area}-{quarter}.xlsx",
        mime=WORKBOOK,
        key="return-pack",
        on_click="ignore",
        icon=":material/download:",
    )


def _send(name: str, data: bytes, me: SignedIn) -> None:
    came = returns.send(name, data, by=me)
    if came.held is None:
        st.warning("Nothing was kept: some cells cannot be read.")
        rows = [[each.cell, each.in_words] for each in came.problems]
        show(table("Cells that cannot be read", ["Cell", "What is wrong"], rows))
        return
    session.say(f"The return is here: {came.figures} rows, {came.changed} new or different.")
    st.rerun()


def listing(held: Sequence[ReturnValue]) -> None:
    """Draw the returns that wait for somebody and those of the newest quarter, then the others."""
    newest = max((each.quarter for each in held), default=None)
    first = [r for r in held if r.status is ReturnStatus.ENTERED or r.quarter == newest]
    for each in first:
        _card(each)
    rest = [each for each in held if each not in first]
    if rest:
        with st.expander(f"Returns of earlier quarters ({len(rest)})"):
            for each in rest:
                _card(each)


def _card(held: ReturnValue) -> None:
    """Draw a return as one of a list."""
    with st.container(border=True, gap="xsmall"):
        title = f"{held.body}, {held.area_label}, {held.quarter}"
        link(title, "returns", **{"return": str(held.id)})
        show(_standing(held))


def _standing(held: ReturnValue) -> Markup:
    looked = return_words.summary(held) if held.found else ""
    return tag("p", f"{held.status.english}. {held.figures} figures. {looked}".strip())


def draw(held: ReturnValue, me: SignedIn) -> None:
    """Draw a return with everything found in it, and what this person can do."""
    st.header(plain(f"{held.body}: {_named(held.quarter)}"))
    sent = f"Sent by {held.entered_by} on {day(held.entered_at.date())}."
    approved = f" Approved by {held.approved_by}." if held.approved_by else ""
    show(_standing(held), tag("p", f"{sent}{approved} {NEXT[held.status]}"))
    _steps(held, me)
    for stage, looks in groupby(held.found, key=lambda each: each.stage):
        _stage(stage.english, list(looks), held)
    if me.standing.organisation == held.organisation and me.may(Permission.SEND_RETURNS):
        _explain(held, me)


def _stage(title: str, looks: list[Found], held: ReturnValue) -> None:
    st.subheader(title)
    found = [each for each in looks if each.looked is Verdict.FOUND]
    unseen = [each for each in looks if each.looked is Verdict.NOT_CHECKED]
    fine = len(looks) - len(found) - len(unseen)
    explained = sum(each.key in held.explained for each in found)
    show(tag("p", f"Nothing found: {fine}. Found: {len(found)}, of which explained: {explained}. "
                  f"Could not be checked: {len(unseen)}."))  # fmt: skip
    if found:
        rows = [[each.says, _answer(each, held)] for each in found]
        show(table(f"{title}: found", ["What was found", "What its body says"], rows))
    for body, waiting in Counter(each.awaits for each in unseen if each.awaits).items():
        show(tag("p", tag("strong", f"Until the return of {body} is in, {waiting} of these "
                                    "cannot be checked. They are not passed.")))  # fmt: skip
    if unseen:
        show(more(f"Could not be checked ({len(unseen)})", *(tag("p", f.says) for f in unseen)))


def _answer(found: Found, held: ReturnValue) -> str:
    unanswered = "Not explained yet" if held.status is ReturnStatus.ENTERED else LOCKED
    return held.explained.get(found.key, unanswered)


def _steps(held: ReturnValue, me: SignedIn) -> None:
    version = seen.shown(f"return-{held.id}", held.version)
    open_, approves = held.status is ReturnStatus.ENTERED, me.may(Permission.APPROVE_RETURNS)
    if open_ and approves and _pressed("Approve it, which locks its quarter"):
        with refusals():
            returns.approve(held.id, version, by=me)
            _done("The return is approved. Its figures count from now on.")
    ready = held.status is ReturnStatus.APPROVED and me.may(Permission.MAKE_RELEASES)
    if ready and _pressed("Publish it"):
        with refusals():
            returns.publish(held.id, version, by=me)
            _done("The return is published.")
    if approves and not open_:
        _reopen(held, me)


def _pressed(label: str) -> bool:
    return st.button(label, type="primary")


def _reopen(held: ReturnValue, me: SignedIn) -> None:
    with st.expander("Open its quarter again"), st.form("reopen", border=False):
        reason = st.text_area("Reason", key=f"reopen-{held.id}")
        if st.form_submit_button("Open it again"):
            with refusals():
                returns.reopen(held.id, reason.strip(), by=me)
                _done("The quarter is open again; its figures count no longer.")


def _explain(held: ReturnValue, me: SignedIn) -> None:
    if not held.open or held.status is not ReturnStatus.ENTERED:
        return
    says = {each.key: each.says for each in held.open}
    with st.form(f"explain-{held.id}-{len(held.explained)}"):
        key = st.selectbox("What was found", list(says), format_func=lambda each: plain(says[each]))
        text = st.text_area(
            "Why it is so, in a sentence", key=f"why-{held.id}-{len(held.explained)}"
        )
        if st.form_submit_button("Keep the explanation", type="primary"):
            with refusals():
                returns.explain(held.id, key, text, by=me)
                _done("The explanation is kept and stands beside what was found.")


def _done(notice: str) -> None:
    session.say(notice)
    st.rerun()
