"""The checklist of a release on the screen: what was looked at, why, and what stands in the way."""

from collections.abc import Sequence

import streamlit as st

from inspect_app.access import Permission
from inspect_app.services import release_steps
from inspect_app.services.release_values import CheckedItem, ReleaseView, Warned
from inspect_app.signed_in import SignedIn
from inspect_app.ui import session
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, items, more, plain, show, tag
from inspect_app.ui.page import refusals

FEW = 3


def draw(held: ReleaseView, me: SignedIn) -> None:
    """Draw what stands in the way first, then what was acknowledged, then what is in order."""
    st.subheader("Checklist")
    found = [each for each in held.checklist if each.found]
    for checked in sorted(found, key=lambda each: (each.settled, not each.item.blocks)):
        _item(checked, held, me)
    _in_order([each for each in held.checklist if not each.found])


def _in_order(clear: Sequence[CheckedItem]) -> None:
    """Draw the items under which nothing is outstanding, each with what was looked at and why."""
    if not clear:
        return
    lines = [tag("li", tag("strong", each.item.code.english), ". ", _why(each)) for each in clear]
    names = ", ".join(_in_a_sentence(each.item.code.english) for each in clear)
    with st.container(border=True, gap="xsmall"):
        show(
            tag("p", tag("strong", "Looked at, and nothing outstanding: "), f"{names}."),
            more("What was looked at, and why", tag("ul", *lines)),
        )


def _in_a_sentence(name: str) -> str:
    """Return a name as it stands inside a sentence; Welsh keeps its capital."""
    return name[:1].lower() + name[1:]


def _why(checked: CheckedItem) -> str:
    item = checked.item
    return f"{item.looks_at} {item.why} ({item.source})"


def _item(checked: CheckedItem, held: ReleaseView, me: SignedIn) -> None:
    item = checked.item
    with st.container(border=True, gap="xsmall"):
        show(
            tag("h4", item.code.english, " ", tag("span", _mark(checked), css="mark")),
            tag("p", _why(checked), css="small"),
            _found(checked),
        )
        _mend(checked)
        if not item.blocks and me.may(Permission.MAKE_RELEASES):
            for each in checked.found:
                if each.reason is None:
                    _acknowledge(checked, each, held, me)


def _mark(checked: CheckedItem) -> str:
    if checked.item.blocks:
        return f"Stands in the way: {len(checked.found)}"
    return "Acknowledged" if checked.settled else "To acknowledge"


def _found(checked: CheckedItem) -> Markup | None:
    lines = [_line(each) for each in checked.found]
    if len(lines) > FEW:
        return more(f"Show all {len(lines)}", items(*lines))
    return items(*lines)


def _line(each: Warned) -> str:
    if each.reason is None:
        return each.outstanding.says
    return f"{each.outstanding.says} {each.acknowledged_by}: {each.reason}"


def _mend(checked: CheckedItem) -> None:
    """Link to where it is mended: one link for each place, however much is to be done there."""
    if checked.settled:
        return
    places = dict.fromkeys(
        (each.outstanding.page, each.outstanding.asked, each.outstanding.about)
        for each in checked.found
        if each.outstanding.page != "releases"
    )
    for page, asked, about in list(places)[:FEW]:
        link(f"Mend it: {about}", page, **dict(asked))


def _acknowledge(checked: CheckedItem, each: Warned, held: ReleaseView, me: SignedIn) -> None:
    key = f"acknowledge-{held.line.id}-{each.outstanding.key}"
    with st.form(key, border=False):
        reason = st.text_input(
            plain(f"Why it may stand ({each.outstanding.about})"), key=f"{key}-reason"
        )
        if st.form_submit_button("Acknowledge it"):
            with refusals():
                release_steps.acknowledge(
                    held.line.id, checked.item.code, each.outstanding.key, reason, by=me
                )
                session.say("The warning is acknowledged, and the reason stands beside it.")
                st.rerun()
