"""Case files: open one, keep it as a draft, submit it; who sees it is decided below."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from data_model import looks
from data_model.forms import CaseForm, reference_problem
from data_model.protocols import Protocol, Section, protocol
from data_model.records import Area, CaseFile, Inspection, Person, Reading, Theme
from data_model.sight import Task, widened
from data_model.vocabulary import CaseStatus, InspectionStatus, Nation, ReadingPurpose
from inspect_app.access import Permission
from inspect_app.errors import Conflict, NotAllowed, Refusal
from inspect_app.services import keeping, receipts, trail, wording
from inspect_app.services.case_access import (
    being_read,
    find,
    own_reading,
    reading_form,
    sees_whole,
    writable,
    writes,
)
from inspect_app.services.case_checks import (
    Outstanding,
    Rules,
    outstanding,
    section_of,
    unsettled,
)
from inspect_app.services.case_filling import differences, fill, fill_findings, flat, form_of
from inspect_app.services.case_sheet import all_in_words, sheet_of
from inspect_app.services.case_tree import Tree, overlaid, without_blanks
from inspect_app.services.keeping import Settled, Typed
from inspect_app.services.readings import change, compare_if_all_in, subject
from inspect_app.services.receipts import ReceiptValue
from inspect_app.services.reference import all_themes
from inspect_app.services.sampling_begin import check_to_begin
from inspect_app.services.wording import PointedOut
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Need, Offer


@dataclass(frozen=True)
class CaseValue:
    """A case as a person opens it: what is kept, what is typed and not saved, what is missing.

    `form` is what the case says; `typed` holds, by field, what its writer has typed since, and
    `problems` why some of that does not fit. A `blind` reader after the first is given the
    case's reference, kind, agency and period, and nothing that the first reader found.
    """

    id: int
    inspection: str
    status: CaseStatus
    version: int
    edition: int
    reader: str
    mine: bool
    writes: bool
    blind: bool
    protocol: Protocol
    nation: Nation
    form: CaseForm
    typed: Mapping[str, Any]
    problems: Mapping[str, str]
    sections: tuple[Section, ...]
    outstanding: tuple[Outstanding, ...]
    pointed_out: tuple[PointedOut, ...]
    submitted_at: datetime | None
    receipts: tuple[ReceiptValue, ...]

    @property
    def now(self) -> Tree:
        """Every field as its writer last typed or saved it, as JSON has it."""
        return overlaid(self.form, self.typed)


@dataclass(frozen=True)
class CaseLine:
    """A case in a list; `purpose` says why somebody after the first reader reads it."""

    id: int
    inspection: str
    reference: str
    status: CaseStatus
    kind: str
    purpose: ReadingPurpose | None = None
    done: bool = False


def mine(*, by: SignedIn) -> list[CaseLine]:
    """Return the cases the person reads, first or second, in inspections being read now."""
    by.need(Permission.READ_CASES)
    with by.reading() as session:
        own = select(Reading.case_id).where(Reading.reader == by.person)
        query = (
            select(CaseFile)
            .join(Inspection, CaseFile.inspection == Inspection.code)
            .where(
                or_(CaseFile.read_by == by.person, CaseFile.id.in_(own)),
                Inspection.status == InspectionStatus.READING,
            )
            .options(selectinload(CaseFile.readings))
            .order_by(CaseFile.inspection, CaseFile.reference)
        )
        return [_line(case, by) for case in session.scalars(query)]


def _line(case: CaseFile, by: SignedIn) -> CaseLine:
    reading = own_reading(case, by)
    return CaseLine(
        case.id,
        case.inspection,
        case.reference,
        case.status,
        case.kind.english,
        reading.purpose if reading else None,
        not writes(case, by),
    )


def view(case_id: int, *, by: SignedIn) -> CaseValue:
    """Return a case; raises NotFound unless the person reads it or may see it."""
    with by.reading() as session:
        return _value(session, find(session, case_id, by), by)


def begin(inspection: str, form: CaseForm, *, by: SignedIn, from_sample: int | None = None) -> int:
    """Keep a new case as a draft of the person's own; return its id.

    `from_sample` is the case's number in the list that the sample was drawn from. Raises
    Refusal for a reference that is taken or could identify a child, and for a number that is
    not waiting to be begun.
    """
    by.need(Permission.WRITE_CASES)
    with by.recording() as session:
        held = being_read(session, inspection, by)
        check_reference(session, held.code, form.reference, own=None)
        case = CaseFile(
            inspection=held.code,
            reference=form.reference,
            read_by=by.person,
            status=CaseStatus.DRAFT,
            kind=form.kind,
            frame_number=from_sample,
        )
        if from_sample is not None:
            check_to_begin(session, held.code, from_sample, by)
        session.add(case)
        session.flush()
        fill(session, case, form, held)
        said = {**flat(form), "number in the list": from_sample}
        trail.note(session, by, "case.begun", subject(case), after=said)
        return case.id


def save(case_id: int, version: int, form: CaseForm, *, by: SignedIn) -> int:
    """Keep a whole case as the reader has it; return the new version.

    `version` is the one the reader started from: if somebody has saved since, nothing is
    overwritten and Conflict is raised with both texts, field by field.
    """
    with by.recording() as session:
        case = writable(session, case_id, by)
        before = reading_form(case, by.person)
        if case.version != version:
            raise _conflict(session, case, before, form)
        return _put(session, case, before, form, by)


def settle(case_id: int, *, by: SignedIn) -> CaseValue:
    """Make what the reader has typed part of the case, as far as it fits, and return the case."""
    with by.recording() as session:
        case = writable(session, case_id, by)
        _settle(session, case, by)
        looks.at_case(session, case.id)
        return _value(session, case, by)


def _settle(session: Session, case: CaseFile, by: SignedIn) -> Mapping[str, str]:
    """Save what is typed; what does not fit stays beside the case. Returns why, by field."""
    typed = keeping.typed_in(session, case.id, by.person)
    before = reading_form(case, by.person)
    settled = _settled(session, case, before, typed)
    _put(session, case, before, settled.form, by)
    left = {field: value for field, value in typed.items() if field in settled.problems}
    keeping.hold(session, case.id, left, by)
    return settled.problems


def _settled(session: Session, case: CaseFile, before: CaseForm, typed: Typed) -> Settled:
    """Return the case with what is typed in it as far as it fits, its reference included."""
    settled = keeping.settle(before, typed)
    try:
        check_reference(session, case.inspection, settled.form.reference, own=case.id)
    except Refusal as refusal:
        form = settled.form.model_copy(update={"reference": before.reference})
        return Settled(form, {**settled.problems, "reference": refusal.summary})
    return settled


def _put(session: Session, case: CaseFile, before: CaseForm, form: CaseForm, by: SignedIn) -> int:
    """Fill the case, or the reader's own findings in it, from a form, on the record."""
    if before == form:
        return case.version
    held = session.get_one(Inspection, case.inspection)
    if case.read_by == by.person:
        check_reference(session, held.code, form.reference, own=case.id)
        fill(session, case, form, held)
    else:
        fill_findings(session, case, by.person, form.findings, held)
        session.flush()
    kept = flat(reading_form(case, by.person))
    said = "case.saved" if case.read_by == by.person else "reading.saved"
    trail.note(session, by, said, subject(case), before=flat(before), after=kept)
    return case.version


def submit(case_id: int, version: int, *, by: SignedIn) -> ReceiptValue:
    """Submit a case; return a receipt of exactly what was submitted.

    Raises Refusal listing everything that still stands in the way.
    """
    with by.recording(Task.MODERATING) as session:
        case = writable(session, case_id, by)
        if case.read_by != by.person:
            raise NotAllowed(
                f"Case {case.reference} is read by somebody else first.",
                "Submit your own reading of it.",
            )
        if case.version != version:
            form = form_of(case)
            raise _conflict(session, case, form, form)
        stands = settle_and_check(session, case, by)
        if stands:
            raise not_yet(case, stands)
        change(session, case, CaseStatus.SUBMITTED, Offer(met=MET), by)
        receipt = receipts.give(session, case, by)
        compare_if_all_in(session, case, by)
        return receipt


def settle_and_check(session: Session, case: CaseFile, by: SignedIn) -> tuple[Outstanding, ...]:
    """Save what the person has typed in a case and return what stands in the way of submitting.

    Lines that were taken out go for good.
    """
    problems = _settle(session, case, by)
    if not problems:
        now = reading_form(case, by.person)
        _put(session, case, now, without_blanks(now), by)
    return _stands(session, case, problems, by.person, reading_form(case, by.person))


MET = frozenset({Need.NOTHING_OUTSTANDING})


def not_yet(case: CaseFile, stands: tuple[Outstanding, ...]) -> Refusal:
    """Return the refusal that says what stands between a reading and its submission."""
    said = tuple(one.says for one in stands)
    return Refusal(
        f"Case {case.reference} cannot be submitted yet: {'; '.join(said)}.",
        "Enter what is missing; where the agency did not record it, say so. "
        "Your draft is kept as it is.",
        outstanding=said,
    )


def take_back(case_id: int, reason: str, *, by: SignedIn) -> None:
    """Make a submitted case a draft again, for a reason, before anybody has read it second."""
    by.need(Permission.WRITE_CASES)
    with by.recording() as session:
        case = find(session, case_id, by)
        if case.read_by != by.person:
            raise NotAllowed(
                f"Case {case.reference} is read by somebody else.",
                "Ask its reader to change it; the lead inspector can see who that is.",
            )
        being_read(session, case.inspection, by)
        if case.status is not CaseStatus.SUBMITTED:
            raise Refusal(
                f"Case {case.reference} is {case.status.english.lower()}.",
                "Only a case that is submitted, and not read second yet, can be taken back; "
                "the lead inspector can open a locked one, with a reason.",
            )
        change(session, case, CaseStatus.DRAFT, Offer(reason=reason), by)


def check_reference(session: Session, inspection: str, reference: str, *, own: int | None) -> None:
    problem = reference_problem(reference, inspection)
    if problem:
        raise Refusal(
            f"The reference {problem}.",
            "A reference must not lead to a child. Keep the key to it outside this product.",
            reference=reference,
        )
    same = select(CaseFile.id).where(
        CaseFile.inspection == inspection, CaseFile.reference == reference
    )
    with widened(session, Task.MODERATING):
        taken = session.scalars(same).first()
    if taken is not None and taken != own:
        raise Refusal(
            f"There is a case {reference} in inspection {inspection} already.",
            "Use the next free number, or open that case.",
            reference=reference,
        )


def _value(session: Session, case: CaseFile, by: SignedIn) -> CaseValue:
    whole = sees_whole(case, by)
    whose = case.read_by if whole else by.person
    typed = keeping.typed_in(session, case.id, by.person)
    settled = _settled(session, case, reading_form(case, whose), typed)
    parts = {section_of(path) for path in settled.problems}
    held = session.get_one(Inspection, case.inspection)
    first = case.read_by == by.person
    kind = protocol(held.kind)
    being_open = held.status is InspectionStatus.READING
    return CaseValue(
        id=case.id,
        inspection=case.inspection,
        status=case.status,
        version=case.version,
        edition=case.edition,
        reader=session.get_one(Person, case.read_by).name,
        mine=first,
        writes=being_open and writes(case, by),
        blind=not whole,
        protocol=kind,
        nation=nation_of(session, held),
        form=reading_form(case, whose),
        typed=typed,
        problems=settled.problems,
        sections=_sections(kind.sections_for(case.kind), parts) if whole else (Section.FINDINGS,),
        outstanding=_stands(session, case, settled.problems, whose, settled.form),
        pointed_out=wording.pointed_out(session, case, settled.form, whose),
        submitted_at=case.submitted_at,
        receipts=receipts.of(session, case, by),
    )


def _sections(needed: tuple[Section, ...], more: set[Section]) -> tuple[Section, ...]:
    """Return the sections to draw: those that are needed, and those with something to mend."""
    return tuple(section for section in Section if section in needed or section in more)


def _stands(
    session: Session,
    case: CaseFile,
    problems: Mapping[str, str],
    reader: str,
    form: CaseForm,
) -> tuple[Outstanding, ...]:
    """Return what stands in the way of one reader's submission, with what is typed in it."""
    held = session.get_one(Inspection, case.inspection)
    themes = {entry.theme: session.get_one(Theme, entry.theme).short_name for entry in held.themes}
    rules = Rules(protocol(held.kind), nation_of(session, held), themes)
    checks = (
        outstanding(form, rules) if reader == case.read_by else unsettled(form.findings, themes)
    )
    wrong = {(section_of(path), said) for path, said in problems.items()}
    words = wording.pointed_out(session, case, form, reader)
    return (
        *(Outstanding(section, said) for section, said in sorted(wrong)),
        *checks,
        *(_unanswered(one) for one in words if not one.answered),
    )


def _unanswered(one: PointedOut) -> Outstanding:
    why = one.concern.why.rstrip(".")
    said = f"“{one.concern.said}” is pointed out and not answered below the sheet: {why}"
    return Outstanding(section_of(one.path), said)


def nation_of(session: Session, held: Inspection) -> Nation:
    """Return the nation whose rules apply to an inspection's cases."""
    return session.get_one(Area, held.area_code).nation or Nation.ENGLAND


def _conflict(session: Session, case: CaseFile, kept: CaseForm, sent: CaseForm) -> Conflict:
    """Return the conflict with both texts: `both` by field, `in_words` as people read them."""
    of = sheet_of(session, session.get_one(Inspection, case.inspection), all_themes(session))
    in_words = differences(all_in_words(kept, of), all_in_words(sent, of))
    fields = ", ".join(title.lower() for title in in_words) or "nothing you changed"
    return Conflict(
        f"Case {case.reference} was saved elsewhere while you were writing. Different: {fields}.",
        "Nothing was overwritten. Compare both texts, put together what you need, and save again.",
        both=differences(flat(kept), flat(sent)),
        in_words=in_words,
        version=case.version,
    )
