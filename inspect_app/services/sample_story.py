"""The invented inspections, walked through the real services in the order they happened.

So the samples obey every rule, and their trail is true to life.
"""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from data_model.database import Database
from data_model.forms import InspectionForm, checked
from data_model.shipped import Row, several
from data_model.vocabulary import InspectionStatus
from inspect_app.services import inspections, moderation
from inspect_app.services.sample_boards import decided
from inspect_app.services.sample_cases import CaseStory
from inspect_app.services.sample_claims import ClaimStory
from inspect_app.services.sample_frames import sampling_deeds
from inspect_app.services.sample_improvement import ImprovementStory
from inspect_app.services.sample_recommendations import RecommendationStory
from inspect_app.services.sample_releases import released
from inspect_app.services.sample_returns import returned
from inspect_app.services.sample_rows import (
    LEAD,
    Deed,
    Turn,
    acting,
    given,
    grouped,
    invented,
    noon,
)


def tell(database: Database) -> None:
    """Do everything the story says, in the order it is said to have happened."""
    for deed in sorted(_deeds(database), key=lambda deed: (deed.at, deed.turn)):
        deed.do(deed.at)


def _deeds(database: Database) -> Iterator[Deed]:
    cases = CaseStory(database)
    recommended = RecommendationStory(database, cases)
    improvement = ImprovementStory(database)
    yield from _inspections(database)
    yield from sampling_deeds(database)
    yield from cases.first_readings()
    yield from cases.second_readings()
    yield from cases.decisions()
    yield from recommended.written()
    yield from recommended.entered()
    yield from recommended.tests()
    yield from recommended.linked()
    yield from improvement.answered()
    yield from improvement.planned()
    yield from returned(database)
    yield from decided(database)
    yield from ClaimStory(database, recommended).told()
    yield from released(database)


def _inspections(database: Database) -> Iterator[Deed]:
    """Each inspection is started by its lead, and agreed two weeks after it ended."""
    readers = grouped("readers", "inspection")
    for row in invented("inspections"):
        team = readers[row["code"],]
        lead = next(entry["person"] for entry in team if entry["role"] == LEAD)
        others = tuple(entry["person"] for entry in team if entry["role"] != LEAD)
        # The moment decides which cases without the lowest grade are read twice as well.
        started = noon(row["started_on"], hour=8) + timedelta(minutes=18)
        yield Deed(started, Turn.START, _start(row, lead, others, database))
        if row["status"] == InspectionStatus.AGREED:
            agreed = noon(row["ended_on"]) + timedelta(days=14)
            yield Deed(agreed, Turn.AGREE, _agree(row["code"], lead, database))


def _start(
    row: Row, lead: str, others: tuple[str, ...], database: Database
) -> Callable[[datetime], None]:
    lists = {name: several(row[name]) for name in ("areas", "inspecting", "inspected", "themes")}
    sent = {**given(row, drop=("status",)), **lists, "readers": others}
    form = checked(InspectionForm, sent)

    def do(at: datetime) -> None:
        inspections.start(form, by=acting(lead, database, at))

    return do


def _agree(code: str, lead: str, database: Database) -> Callable[[datetime], None]:
    def do(at: datetime) -> None:
        by = acting(lead, database, at)
        moderation.lock_ready(code, by=by)
        inspections.agree(code, by=by)

    return do
