"""The demonstration: people of the samples sign in without a password, beside samples alone.

What a database holds decides it, because a database can be put behind any address: one that
holds a person of flesh and blood, or cases of a real place, is never open to it.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import AuditEvent, Inspection, InspectionArea, Person
from data_model.records.places import INVENTED_PREFIX
from data_model.sight import Task, widened
from data_model.vocabulary import InspectionStatus
from inspect_app.errors import NotAllowed

LOADED, SAMPLES = "samples.loaded", "samples"
ADVICE = (
    "Set up sign-in with your organisation's provider (docs/sign-in.md); the demonstration "
    "needs a database with the samples and nothing else: `inspect-app samples` makes one."
)


def check(session: Session) -> None:
    """Raise NotAllowed unless the database holds the samples and nothing real beside them.

    It is asked when somebody signs in; `check_people` each time they do something.
    """
    _refuse(_samples(session) or _people(session) or _places(session))


def check_people(session: Session) -> None:
    """Raise NotAllowed where the database has people of flesh and blood."""
    _refuse(_people(session))


def _refuse(wrong: str | None) -> None:
    if wrong:
        raise NotAllowed(f"There is no demonstration sign-in here: {wrong}.", ADVICE)


def _samples(session: Session) -> str | None:
    loaded = select(AuditEvent.number).where(
        AuditEvent.subject == SAMPLES, AuditEvent.action == LOADED
    )
    with widened(session, Task.CHAINING):
        found = session.scalars(loaded.limit(1)).first()
    return "the samples are not loaded" if found is None else None


def _people(session: Session) -> str | None:
    real = select(Person.code).where(~Person.demonstration).limit(1)
    found = session.scalars(real).first()
    return "this database has people who are not of the samples" if found else None


def _places(session: Session) -> str | None:
    recorded = (
        select(Inspection.code)
        .join(InspectionArea, InspectionArea.inspection == Inspection.code)
        .where(Inspection.status != InspectionStatus.PUBLISHED_ELSEWHERE)
        .where(~InspectionArea.area_code.startswith(INVENTED_PREFIX))
    )
    found = session.scalars(recorded.limit(1)).first()
    return f"inspection {found} records cases of a real place" if found else None
