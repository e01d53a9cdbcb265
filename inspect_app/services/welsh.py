"""Texts in Welsh: what an inspection or a recommendation publishes, what has none, writing one.

A text without Welsh is *not yet translated*, and is marked so where it is published. Whoever
changes an English text takes its Welsh away with it, so that no Welsh says something else.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.forms import WelshForm
from data_model.records import Area, Inspection, Organisation, Recommendation, Record
from data_model.vocabulary import InspectionStatus, Nation
from inspect_app.access import Permission
from inspect_app.errors import Conflict, NotAllowed, NotFound
from inspect_app.services import trail
from inspect_app.services.answers import find_recommendation
from inspect_app.services.claim_values import claims_of
from inspect_app.services.inspection_values import seen
from inspect_app.services.reference import organisation_name
from inspect_app.services.release_recommendations import latest_response, response_text
from inspect_app.services.wording import check_published
from inspect_app.signed_in import SignedIn


@dataclass(frozen=True)
class TextValue:
    """A text that is published; `welsh` of None is not yet translated.

    `of` is the code of the inspection or of the recommendation that it was asked for by.
    """

    of: str
    key: str
    about: str
    english: str
    welsh: str | None


@dataclass(frozen=True)
class _Held:
    """Where the Welsh of a text is kept."""

    key: str
    about: str
    english: str
    record: Record
    column: str

    def value(self, of: str) -> TextValue:
        welsh = getattr(self.record, self.column)
        return TextValue(of, self.key, self.about, self.english, welsh)


def texts(inspection: str, *, by: SignedIn) -> list[TextValue]:
    """Return the texts of an inspection that are published, with their Welsh, for who sees it."""
    with by.reading() as session:
        held = seen(session, inspection, by)
        return [each.value(held.code) for each in _texts(session, held)]


def write(inspection: str, key: str, form: WelshForm, english: str, *, by: SignedIn) -> None:
    """Write the Welsh of a text, for the inspection's lead and for publishers.

    `english` is what the writer had before them: raises Conflict where it says something else
    by now, and NotFound for a text that the inspection does not have.
    """
    by.need(Permission.WRITE_CLAIMS)
    with by.recording() as session:
        held = seen(session, inspection, by)
        _check_writer(inspection, by)
        found = _find(inspection, _texts(session, held), key)
        _put(session, found, form, english, held, by)


def recommendation_texts(code: str, *, by: SignedIn) -> list[TextValue]:
    """Return what a published recommendation says and its bodies answered; a draft has none.

    A recommendation of a whole inquiry belongs to no inspection, and is reached only here.
    """
    with by.reading() as session:
        held = find_recommendation(session, code, by)
        return [each.value(code) for each in _texts_of(session, held)]


def write_recommendation(
    code: str, key: str, form: WelshForm, english: str, *, by: SignedIn
) -> None:
    """Write the Welsh of a text of a recommendation, for publishers and its inspection's lead.

    What its author published in Welsh goes here; the product's own translation does not, and
    says of itself that it is ours. Raises Conflict and NotFound as `write` does.
    """
    by.need(Permission.WRITE_CLAIMS)
    with by.recording() as session:
        held = find_recommendation(session, code, by)
        _check_writer(held.inspection, by)
        found = _find(code, _texts_of(session, held), key)
        _put(session, found, form, english, held, by)


def _put(
    session: Session,
    found: _Held,
    form: WelshForm,
    english: str,
    of: Inspection | Recommendation,
    by: SignedIn,
) -> None:
    _check_seen(found, english)
    check_published(session, of, {found.about: form.welsh}, form.kept_because)
    before = getattr(found.record, found.column)
    setattr(found.record, found.column, form.welsh)
    after = {"welsh": form.welsh, "kept_because": form.kept_because}
    about = f"{of.code} {found.key}"
    trail.note(session, by, "welsh.written", about, before={"welsh": before}, after=after)


def missing_welsh(session: Session, inspections: Sequence[Inspection]) -> tuple[TextValue, ...]:
    """Return, within a session, the texts without Welsh of inspections of Welsh bodies or areas.

    Of inspections whose texts are written here: what was published elsewhere is its publisher's.
    """
    return tuple(
        each.value(held.code)
        for held in inspections
        if held.status is not InspectionStatus.PUBLISHED_ELSEWHERE and _is_welsh(session, held)
        for each in _texts(session, held)
        if getattr(each.record, each.column) is None
    )


def _is_welsh(session: Session, held: Inspection) -> bool:
    bodies = [session.get_one(Organisation, entry.organisation) for entry in held.bodies]
    codes = {entry.area_code for entry in held.areas}
    codes |= {body.area_code for body in bodies if body.area_code}
    return any(session.get_one(Area, code).nation is Nation.WALES for code in codes)


def _texts(session: Session, held: Inspection) -> Iterator[_Held]:
    yield _Held("title", "Title", held.title, held, "title_welsh")
    if held.summary:
        yield _Held("summary", "Summary of findings", held.summary, held, "summary_welsh")
    for claim in claims_of(session, held.code):
        yield _Held(f"claim {claim.code}", f"Claim {claim.code}", claim.text, claim, "text_welsh")
        if claim.answer:
            about = f"Answer to claim {claim.code}"
            yield _Held(f"answer {claim.code}", about, claim.answer, claim, "answer_welsh")
    yield from _recommended(session, held)


def _recommended(session: Session, held: Inspection) -> Iterator[_Held]:
    of_this = Recommendation.inspection == held.code
    published = Recommendation.published_on.is_not(None)
    query = select(Recommendation).where(of_this, published).order_by(Recommendation.code)
    for each in session.scalars(query):
        yield from _texts_of(session, each)


def _texts_of(session: Session, held: Recommendation) -> Iterator[_Held]:
    if held.published_on is None:
        return
    about = f"Recommendation {held.code}"
    yield _Held(f"title {held.code}", f"{about}, title", held.title, held, "title_welsh")
    yield _Held(f"text {held.code}", about, held.text, held, "text_welsh")
    yield from _responses(session, held)


def _responses(session: Session, held: Recommendation) -> Iterator[_Held]:
    for owner in held.owners:
        step = latest_response(owner.history)
        said = response_text(step, owner.steps_planned) if step else None
        if step and said:
            key = f"response {held.code} {owner.organisation}"
            body = organisation_name(session, owner.organisation)
            yield _Held(key, f"Response of {body} to {held.code}", said, step, "text_welsh")


def _check_writer(inspection: str | None, by: SignedIn) -> None:
    if inspection in by.standing.leads or by.may(Permission.ANSWER_CLAIMS):
        return
    raise NotAllowed(
        f"You do not lead inspection {inspection}." if inspection else "It is of no inspection.",
        "Its lead inspector or a publisher writes its texts in Welsh.",
    )


def _find(of: str, texts: Iterator[_Held], key: str) -> _Held:
    found = next((each for each in texts if each.key == key), None)
    if found is None:
        raise NotFound(
            f"{of} publishes no text {key!r}.",
            "Choose one from the list of its texts.",
            key=key,
        )
    return found


def _check_seen(found: _Held, english: str) -> None:
    if english != found.english:
        raise Conflict(
            f"{found.about} says something else by now.",
            "Nothing was overwritten. Read the text as it stands, and put that into Welsh.",
            both={found.about: {"kept": found.english, "yours": english}},
        )
