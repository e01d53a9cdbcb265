"""What a claim may say and hang on: words fit to publish, and evidence of its own inspection."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.forms import ClaimForm
from data_model.records import CaseFile, Finding, Inspection
from data_model.sight import Task, widened
from inspect_app.access import sees_cases
from inspect_app.errors import NotAllowed, Refusal
from inspect_app.services.wording import check_published
from inspect_app.signed_in import SignedIn
from metrics import BY_CODE


def check_claim(
    session: Session,
    held: Inspection,
    form: ClaimForm,
    linked: Sequence[int],
    by: SignedIn,
) -> None:
    """Raise Refusal unless a claim may say and hang on this; `linked` are findings it has already.

    Raises NotAllowed where findings are chosen by somebody who does not read the cases.
    """
    texts = {"Sentence": form.text, "Sentence in Welsh": form.text_welsh}
    check_published(session, held, texts, form.kept_because)
    outside = sorted(set(form.themes) - {entry.theme for entry in held.themes})
    if outside:
        raise Refusal(
            f"Not in the scope of {held.code}: {', '.join(outside)}.",
            "Link themes that the inspection read.",
        )
    unknown = [code for code in form.indicators if code not in BY_CODE]
    if unknown:
        raise Refusal(
            f"There is no indicator {', '.join(unknown)}.", "Choose indicators from the list."
        )
    _check_findings(session, held, form, linked, by)


def _check_findings(
    session: Session,
    held: Inspection,
    form: ClaimForm,
    linked: Sequence[int],
    by: SignedIn,
) -> None:
    """Chosen findings are of linked themes of this inspection, by somebody who reads its cases."""
    fresh = set(form.findings) - set(linked)
    if fresh and not sees_cases(by.standing, held.code):
        raise NotAllowed(
            "Findings are chosen by those who read the cases.",
            "Leave the chosen findings as they are, or ask the lead inspector.",
        )
    mine = (
        select(Finding.id)
        .join(CaseFile, CaseFile.id == Finding.case_id)
        .where(
            CaseFile.inspection == held.code,
            Finding.reader == CaseFile.read_by,
            Finding.theme.in_(form.themes),
            Finding.id.in_(form.findings),
        )
    )
    with widened(session, Task.COUNTING, Task.WEIGHING):
        unknown = sorted(set(form.findings) - set(session.scalars(mine)))
    if unknown:
        raise Refusal(
            f"{len(unknown)} of the chosen findings are not of the linked themes of {held.code}.",
            "Link their theme too, or leave them out.",
            unknown=unknown,
        )
