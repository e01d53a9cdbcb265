"""The register: a body's list becomes the cases that could be chosen, and who is left out of it."""

import hashlib
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.forms import FrameForm, NumberForm
from data_model.records import Draw, Frame, FrameEntry, FrameEpisode, Inspection
from data_model.vocabulary import SamplingMethod
from inspect_app.errors import Refusal
from inspect_app.services import trail, upload_limits
from inspect_app.services.sampling_access import check_none_begun, entry_of, frame_of, led
from inspect_app.services.sampling_values import FrameReport
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks import agency_lists
from inspect_app.workbooks.agency_lists import AgencyList, ListedCase, Outcome

KEPT = (
    "sheet",
    "row",
    "age_band",
    "sex",
    "ethnicity",
    "disability",
    "in_care",
    "episodes",
    "excluded_because",
)
COLUMNS = {
    "reported": "start of the episode",
    "returned": "end of the episode",
    "offered": "return interview offered",
    "accepted": "return interview accepted",
    "birth": "date of birth",
    "in_care": "in care",
    "age_band": "age band",
}


def list_from_file(
    inspection: str, path: Path, *, by: SignedIn, form: FrameForm | None = None
) -> FrameReport:
    """Keep the list in a file as the register of an inspection; see `list_from`.

    Without a form, the list is of today and described by its kind.
    """
    content = agency_lists.read_bytes(path)
    kind = agency_lists.kind_in(content)
    form = form or FrameForm(source=kind.english, dated_on=by.today)
    return list_from(inspection, content, form, by=by)


def list_from(inspection: str, content: bytes, form: FrameForm, *, by: SignedIn) -> FrameReport:
    """Keep a list that was sent as the register of an inspection, for its lead.

    What would identify a child is dropped before anything is kept. The same file again
    changes nothing; another needs a reason, and takes a draw from the earlier list with it.
    Raises Refusal for a file that is no list, and once a case has been begun from the list.
    """
    by = by.with_file(content)
    upload_limits.count(content, by=by)
    with by.recording() as session:
        held = led(session, inspection, by)
        if form.dated_on > by.today:
            raise Refusal(
                f"The list is dated {form.dated_on}, which has not come yet.",
                "Give the day on which it was true.",
            )
        found = agency_lists.read_list(
            content, form.dated_on, lists=form.lists, only_missing=form.only_missing
        )
        digest = hashlib.sha256(content).hexdigest()
        frame = session.get(Frame, inspection)
        same = frame is not None and frame.file_hash == digest and form.reason is None
        if not same:
            _keep(session, held, frame, found, form, digest, by)
        return _report(found, digest, changed=not same)


def _keep(
    session: Session,
    held: Inspection,
    frame: Frame | None,
    found: AgencyList,
    form: FrameForm,
    digest: str,
    by: SignedIn,
) -> None:
    before = _clear(session, held, frame, form) if frame else {}
    if frame is None:
        frame = Frame(inspection=held.code)
        session.add(frame)
    frame.kind, frame.source, frame.dated_on = found.kind, form.source, form.dated_on
    frame.file_hash, frame.dropped = digest, found.dropped or None
    frame.listed_at, frame.listed_by = by.clock(), by.person
    session.flush()
    _fill(session, held.code, found.cases)
    session.expire(frame, ["entries"])
    after = _noted(frame) | {"cases": len(found.cases), "rows": len(found.rows)}
    trail.note(
        session, by, "sample.listed", held.code, before=before, after=after, reason=form.reason
    )


def _noted(frame: Frame) -> dict[str, object]:
    names = ("kind", "source", "dated_on", "file_hash", "dropped")
    return {name: getattr(frame, name) for name in names}


def _clear(session: Session, held: Inspection, frame: Frame, form: FrameForm) -> dict[str, object]:
    """Take an earlier list away, with what was drawn from it; return what it was."""
    check_none_begun(session, held.code)
    if not form.reason:
        raise Refusal(
            f"Inspection {held.code} has a list of cases already: {frame.source}.",
            "Say why it is replaced; a sample drawn from it goes with it.",
        )
    before = _noted(frame) | {"cases": len(frame.entries)} | clear_draw(session, held)
    episodes = select(FrameEpisode).where(FrameEpisode.inspection == held.code)
    for record in [*session.scalars(episodes), *frame.entries]:
        session.delete(record)
    session.flush()
    return before


def clear_draw(session: Session, held: Inspection) -> dict[str, object]:
    """Take a draw away and return what it was, for the trail; nothing where there is none."""
    draw = session.get(Draw, held.code)
    if draw is None:
        return {}
    before: dict[str, object] = {
        "method": draw.method,
        "divided_by": draw.divided_by,
        "seed": draw.seed,
        "size": draw.size,
        "reserves": draw.reserves,
        "drawn": [case.number for case in draw.cases],
    }
    for case in draw.cases:
        session.delete(case)
    session.flush()
    session.expire(draw, ["cases"])
    session.delete(draw)
    session.flush()
    held.sampling, held.cases_available = SamplingMethod.NOT_STATED, None
    return before


def _fill(session: Session, code: str, cases: tuple[ListedCase, ...]) -> None:
    """Number the cases in the order of the list, and keep them with their episodes."""
    for number, case in enumerate(cases, start=1):
        kept = {name: getattr(case, name) for name in KEPT}
        session.add(FrameEntry(inspection=code, number=number, **kept))
    session.flush()
    for number, case in enumerate(cases, start=1):
        for position, episode in enumerate(case.missing, start=1):
            session.add(
                FrameEpisode(inspection=code, number=number, position=position, **asdict(episode))
            )
    session.flush()


def _report(found: AgencyList, digest: str, *, changed: bool) -> FrameReport:
    def of(outcome: Outcome) -> dict[str, int]:
        return dict(Counter(row.why or "" for row in found.rows if row.outcome is outcome))

    return FrameReport(
        changed=changed,
        kind=found.kind,
        names=found.names,
        rows=len(found.rows),
        listed=sum(of(Outcome.LISTED).values()),
        excluded=of(Outcome.EXCLUDED),
        joined=sum(of(Outcome.JOINED).values()),
        refused=of(Outcome.REFUSED),
        dropped=found.dropped,
        unread={COLUMNS.get(name, name): number for name, number in found.unread.items()},
        file_hash=digest,
        outcomes=found.rows,
    )


def exclude(inspection: str, form: NumberForm, *, by: SignedIn) -> None:
    """Leave a case of the list out before the draw, with a reason; for the lead."""
    with by.recording() as session:
        entry = _before_the_draw(session, inspection, form.number, by)
        if entry.excluded_because:
            raise Refusal(
                f"Number {form.number} is excluded already: {entry.excluded_because}.",
                "Choose another number of the list.",
            )
        entry.excluded_because = form.reason
        _note_entry(session, entry, "sample.excluded", form.reason, by)


def include(inspection: str, form: NumberForm, *, by: SignedIn) -> None:
    """Take an exclusion back before the draw, with a reason; for the lead.

    Who was excluded as the list came in stays so: nothing but the reason was kept of them.
    """
    with by.recording() as session:
        entry = _before_the_draw(session, inspection, form.number, by)
        if not entry.excluded_because or entry.excluded_because in agency_lists.BY_THE_LIST:
            raise Refusal(
                f"Number {form.number} was not excluded by hand.",
                "Choose a number that was; send a mended list for any other.",
            )
        entry.excluded_because = None
        _note_entry(session, entry, "sample.included", form.reason, by)


def _before_the_draw(session: Session, code: str, number: int, by: SignedIn) -> FrameEntry:
    held = led(session, code, by)
    frame_of(session, code)
    if session.get(Draw, held.code):
        raise Refusal(
            f"The sample of inspection {code} has been drawn, so its list stands.",
            "Exchange the case instead, with a reason.",
        )
    return entry_of(session, code, number)


def _note_entry(
    session: Session, entry: FrameEntry, action: str, reason: str, by: SignedIn
) -> None:
    trail.note(session, by, action, entry.inspection, after={"number": entry.number}, reason=reason)
