"""From the sample to a case: which numbers are still to be begun, and what is known of each."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.forms import EpisodeForm
from data_model.protocols import FIELDS, protocol
from data_model.records import CaseFile, Draw, FrameEntry, FrameEpisode, Inspection
from data_model.vocabulary import AgeBand, Answer, CaseKind, Ethnicity, Sex
from inspect_app.errors import Refusal
from inspect_app.services.due import next_due
from inspect_app.services.sampling_access import begun_in, entry_of, read_in
from inspect_app.services.sampling_draw import in_force
from inspect_app.services.sampling_values import EntryValue, entry_value
from inspect_app.signed_in import SignedIn

CHARACTERISTICS = ("age_band", "sex", "ethnicity", "disability", "in_care")
NOTHING_KNOWN = frozenset(
    {AgeBand.NOT_RECORDED, Answer.NOT_RECORDED, Ethnicity.NOT_RECORDED, Sex.NOT_RECORDED}
)
"""What a list leaves out, the file may hold: the reader looks, so nothing is filled in."""


def to_begin(inspection: str, *, by: SignedIn) -> tuple[EntryValue, ...]:
    """Return the cases of the sample that nobody has begun, in the order they were drawn.

    In an audit that comes round every few months, a case that is due again is to be begun
    again. Empty before a draw.
    """
    with by.reading() as session:
        return _waiting(session, read_in(session, inspection, by), by)


def _waiting(session: Session, held: Inspection, by: SignedIn) -> tuple[EntryValue, ...]:
    draw = session.get(Draw, held.code)
    begun = begun_in(session, held.code)
    months = protocol(held.kind).every_months
    return tuple(
        entry_value(session.get_one(FrameEntry, (held.code, case.number)))
        for case in (draw.cases if draw else ())
        if in_force(case)
        if case.number not in begun or (months and _due_again(begun[case.number], months, by))
    )


def _due_again(cases: Sequence[CaseFile], months: int, by: SignedIn) -> bool:
    submitted = [case.submitted_at for case in cases if case.submitted_at]
    if len(submitted) < len(cases):
        return False
    return next_due(max(submitted).date(), months) <= by.today


def check_to_begin(session: Session, inspection: str, number: int, by: SignedIn) -> None:
    """Raise Refusal unless this number of the list is one that the person may begin now."""
    numbers = [entry.number for entry in _waiting(session, read_in(session, inspection, by), by)]
    if number not in numbers:
        raise Refusal(
            f"Number {number} is not waiting to be begun in inspection {inspection}.",
            f"Waiting are {', '.join(map(str, numbers))}." if numbers else "None is waiting.",
        )


def prefill(inspection: str, number: int, *, by: SignedIn) -> dict[str, Any]:
    """Return what the list says of a case, by the fields of a case form.

    Only fields that this kind of exercise asks are given, and nothing that the list says is
    not recorded: the file may know. Raises Refusal for a number that is not in the list.
    """
    with by.reading() as session:
        held = read_in(session, inspection, by)
        entry = entry_of(session, inspection, number)
        known = {name: getattr(entry, name) for name in CHARACTERISTICS}
        episodes = _episodes(session, inspection, number)
        if entry.episodes:
            known |= {"kind": CaseKind.MISSING, "went_missing": Answer.YES, "episodes": episodes}
        asked = {name for part in protocol(held.kind).sections for name in FIELDS[part]}
        return {
            name: value
            for name, value in known.items()
            if name in asked and value not in (None, ()) and value not in NOTHING_KNOWN
        }


def episodes_of(inspection: str, number: int, *, by: SignedIn) -> tuple[EpisodeForm, ...]:
    """Return the missing episodes that came with the list for one case, earliest first."""
    with by.reading() as session:
        read_in(session, inspection, by)
        entry_of(session, inspection, number)
        return _episodes(session, inspection, number)


def _episodes(session: Session, inspection: str, number: int) -> tuple[EpisodeForm, ...]:
    query = (
        select(FrameEpisode)
        .where(FrameEpisode.inspection == inspection, FrameEpisode.number == number)
        .order_by(FrameEpisode.position)
    )
    entry = session.get_one(FrameEntry, (inspection, number))
    return tuple(_form(episode, entry) for episode in session.scalars(query))


def _form(episode: FrameEpisode, entry: FrameEntry) -> EpisodeForm:
    offered = episode.interview_offered
    accepted = episode.interview_accepted if offered is Answer.YES else None
    return EpisodeForm(
        reported_on=episode.reported_on,
        returned_on=episode.returned_on,
        from_care=Answer.YES if entry.in_care is Answer.YES else None,
        interview_offered=None if offered in NOTHING_KNOWN else offered,
        interview_accepted=None if accepted in NOTHING_KNOWN else accepted,
    )
