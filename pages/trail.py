"""The audit trail: who changed what and when, and whether anybody has rewritten it since."""

import streamlit as st

from inspect_app.access import Permission
from inspect_app.services import trail as trails
from inspect_app.services.trail import Chain, TrailLine
from inspect_app.signed_in import SignedIn
from inspect_app.ui import markup
from inspect_app.ui.page import page

SHOWN = 100
ACTIONS = {
    "samples.loaded": "Samples loaded",
    "inspection.started": "Inspection started",
    "inspection.entered": "Inspection entered from a publication",
    "inspection.summarised": "Summary of findings written",
    "inspection.agreed": "Findings agreed",
    "inspection.reopened": "Inspection opened again",
    "case.begun": "Case file begun",
    "case.saved": "Case file saved",
    "case.submitted": "Case file submitted",
    "case.taken_back": "Case file taken back",
    "case.second_read": "Every reading of a case file in",
    "case.agreed": "Readings of a case file agree",
    "case.disputed": "Readings of a case file differ",
    "case.decided": "Difference between readings decided",
    "case.moderated": "Case file moderated",
    "case.locked": "Case file locked",
    "case.unlocked": "Case file unlocked",
    "case.reading_withdrawn": "Reading withdrawn",
    "reading.asked": "Reader asked for another reading",
    "reading.saved": "Second reading saved",
    "reading.submitted": "Second reading submitted",
    "wording.answered": "Words pointed out answered",
    "pack.made": "Workbook packed",
    "intake.taken": "Workbook taken in",
    "sample.listed": "List of cases entered",
    "sample.drawn": "Sample drawn",
    "sample.exchanged": "Case of the sample exchanged",
    "inspection.reader_added": "Reader added",
    "recommendation.written": "Recommendation written",
    "recommendation.entered": "Recommendation entered from a publication",
    "recommendation.reworded": "Recommendation reworded",
    "recommendation.published": "Recommendation published",
    "recommendation.response": "Response given",
    "recommendation.delivery": "Delivery changed",
    "recommendation.assurance": "Assurance changed",
    "recommendation.closing": "Closed, or opened again",
    "recommendation.retest": "What would test it said",
    "recommendation.reaudit": "Re-audit named",
    "recommendation.repeats": "Link to an earlier recommendation",
    "action.added": "Action added to a plan",
    "action.progress": "Progress of an action",
    "action.milestone": "Milestone of an action",
    "action.note": "Note on an action",
    "evidence.added": "Evidence added",
    "evidence.attached": "Document attached to evidence",
    "check.answered": "Question of the board answered",
    "board.decided": "Decision of the board",
    "board.finished": "What came of a decision said",
    "return.sent": "Quarterly return sent",
    "return.explained": "Something found in a return explained",
    "return.approved": "Quarterly return approved",
    "return.published": "Quarterly return published",
    "return.entered": "Quarter opened again",
    "register.taken": "Register or plan taken in",
    "figures.taken": "National figures taken in",
    "digest.sent": "Digest sent",
    "release.made": "Release made",
    "person.added": "Person added",
    "person.role_given": "Role given",
    "person.role_taken": "Role taken away",
    "person.moved": "Person moved to another organisation",
    "person.invited": "Person invited to sign in by their address",
    "person.linked": "Identity of a person linked",
    "person.unlinked": "Identity of a person forgotten",
    "person.ended": "Account ended",
    "person.signed_in": "Signed in",
    "person.signed_out": "Signed out",
}


@page("Trail", icon="history", path="trail", needs=Permission.READ_TRAIL)
def trail(me: SignedIn) -> None:
    """Show the newest events and offer to check the chain they form."""
    st.markdown(
        "Every change is an event that carries the hash of the event before it. "
        "What was written in case files is not shown here."
    )
    if st.button("Check the whole chain"):
        _verdict(trails.chain(by=me))
    events = trails.latest(by=me, limit=SHOWN)
    markup.show(
        markup.table(
            f"The newest events, at most {SHOWN}, newest first",
            ["Number", "When", "Who", "What", "About", "Reason given"],
            (_row(event) for event in events),
        )
    )


def _verdict(chain: Chain) -> None:
    if chain.holds:
        st.success(f"The chain holds: {chain.events} events, each fitting the one before it.")
        st.caption(f"Hash of the newest event: {chain.head}")
        return
    st.error(
        f"**The chain is broken at event {chain.first_broken}.** That event, or one before it, was "
        "changed, added or removed outside this product. Compare the database with a backup "
        "and with the hashes printed in earlier releases."
    )


def _row(event: TrailLine) -> list[object]:
    moment = f"{markup.day(event.at.date())}, {event.at:%H:%M} UTC"
    when = markup.tag("span", moment, css="number")
    what = ACTIONS.get(event.action, event.action.replace(".", " "))
    return [event.number, when, event.by, what, event.subject, event.reason or "None shown"]
