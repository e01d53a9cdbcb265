"""Two inspections side by side: tested where both publish grades on one scale, else refused."""

from collections.abc import Iterator

import pytest

from data_model.database import Database, open_database
from data_model.records import Inspection
from data_model.vocabulary import Change
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import comparing_inspections, people, reaudits
from inspect_app.services.comparing_inspections import InspectionsCompared, Part
from metrics.comparison import Graded, compare
from tests.support.cast import ADMINISTRATOR
from tests.support.comparing import Told

DURHAM_2020, MERSEYSIDE = "HMICFRS-2020-03-E23000008", "HMICFRS-2018-E23000004"
METROPOLITAN, OFSTED_2019 = "HMIC-2016-E23000001", "OFSTED-2019-09-E06000047"
JTAI, REAUDIT, AUDIT = "ALD-2025-JTAI", "ALD-2026-REAUDIT", "BRK-2025-AUDIT"
BEING_READ = "CWM-2026-NCPI"


@pytest.fixture(scope="module", params=["sqlite_samples", "postgres_samples"])
def held(request: pytest.FixtureRequest) -> Iterator[Database]:
    """The samples themselves, to be read only, on each kind of database that we support."""
    database = open_database(request.getfixturevalue(request.param).url)
    yield database
    database.close()


@pytest.fixture
def told(held: Database) -> Told:
    """Sign a person of the samples in."""
    return lambda code: people.sign_in(code, held)


def beside(
    told: Told, first: str, second: str, topic: str | None = None, by: str = "samira-publisher"
) -> InspectionsCompared:
    """Return two inspections side by side."""
    return comparing_inspections.compared(first, second, topic, by=told(by))


def test_a_reaudit_is_compared_as_the_recommendations_page_does_it(told: Told) -> None:
    found = beside(told, REAUDIT, JTAI, "all:T3")
    assert (found.first.inspection.code, found.second.inspection.code) == (JTAI, REAUDIT)
    assert found.comparison == compare(found.first.graded, found.second.graded)
    assert found.comparison is not None
    assert found.comparison.verdict is Change.NONE_SHOWN
    assert found.verdict == "No detectable change"
    assert found.says.startswith("4 of 16 good, then 5 of 14: 11 points more (14 fewer to 33")
    assert "9 or more of 14 good, the others spread as before, would have shown" in found.says
    assert found.pairs.startswith("Take one case of each at random: the second is graded better")


def test_the_grades_are_those_that_a_reaudit_counts(told: Told) -> None:
    me = told("samira-publisher")
    found = beside(told, JTAI, REAUDIT, "all:T4")
    with me.reading() as session:
        record = session.get_one(Inspection, JTAI)
        assert found.first.graded == reaudits.graded_on(session, record, ["T4"])["T4"]


def test_topics_are_those_that_both_have_and_the_first_is_shown_for_none(told: Told) -> None:
    found = beside(told, JTAI, REAUDIT)
    assert dict(found.topics) == {
        "all:T3": "Risk, harm and outcomes",
        "all:T4": "Missing and in care",
        "all:T8": "Audit and improvement",
    }
    assert found.topic == "all:T3"
    assert beside(told, JTAI, REAUDIT, "all:T1").topic == "all:T3"


def test_what_was_not_graded_is_a_part_like_others(told: Told) -> None:
    found = beside(told, JTAI, AUDIT, "all:T1")
    assert found.first.parts[-1] == Part("Not graded", 3, graded=False)
    assert found.first.graded is not None
    assert found.first.graded.total == sum(part.cases or 0 for part in found.first.parts[:-1])


def test_two_places_do_not_improve_and_what_else_may_be_why_stands_beside(told: Told) -> None:
    found = beside(told, JTAI, AUDIT, "all:T1")
    assert found.verdict == "The two cannot be told apart"
    assert "improve" not in found.says
    assert found.beside == (
        f"Cases were chosen differently ({JTAI}: drawn at random; {AUDIT}: every eligible case): "
        "a difference may come from that.",
        "They are of two places: a difference is between places, not over time.",
        "Different bodies read: what one calls good, the other may not.",
    )


def test_published_grades_are_drawn_as_published(told: Told) -> None:
    found = beside(told, MERSEYSIDE, DURHAM_2020)
    assert found.second.parts == (
        Part("Good", 1, graded=True),
        Part("Requires improvement", 2, graded=True),
        Part("Inadequate", 6, graded=True),
    )
    assert isinstance(found.second.graded, Graded)
    assert found.second.graded.counts == (1, 2, 6)
    assert found.first.graded is not None
    assert found.first.graded.counts == (6, 8, 5)


def test_grades_of_two_topics_are_refused_and_both_are_shown(told: Told) -> None:
    found = beside(told, MERSEYSIDE, DURHAM_2020)
    assert found.comparison is None
    assert found.refused == (comparing_inspections.NOTHING_SHARED,)
    assert (found.first.topic, found.second.topic) == (
        "Child sexual exploitation cases",
        "Missing child cases",
    )


def test_a_total_of_several_grades_is_never_split(told: Told) -> None:
    found = beside(told, METROPOLITAN, DURHAM_2020)
    assert found.first.parts == (
        Part("Requires improvement or inadequate, not split", 36, graded=False),
        Part("Grade not stated", 2, graded=False),
    )
    assert (found.first.graded, found.comparison) == (None, None)
    assert found.refused == (
        f"{METROPOLITAN} publishes a total of several grades and not each: no split is invented.",
    )


def test_two_scales_are_refused_and_so_are_grades_that_nobody_published(told: Told) -> None:
    found = beside(told, OFSTED_2019, DURHAM_2020)
    assert found.comparison is None
    assert any("No published map says how one goes over" in reason for reason in found.refused)
    assert found.refused[-1] == (f"{OFSTED_2019} publishes no grades of the cases that were read.")
    assert found.first.parts == (Part("Grades not published", 18, graded=False),)
    assert found.beside[0] == "One is of the whole police force area in which the other lies."


def test_judgements_stand_beside_and_are_not_tested(told: Told) -> None:
    found = beside(told, "OFSTED-2018-07-E06000001", "OFSTED-2024-03-E06000001")
    assert found.comparison is None
    assert found.first.judgements
    assert found.second.judgements
    assert found.first.parts == (Part("Grades not published", None, graded=False),)


def test_what_is_being_read_counts_for_nobody_yet(told: Told) -> None:
    found = beside(told, JTAI, BEING_READ, by="priya-lead")
    assert found.comparison is None
    assert any("still being read" in reason for reason in found.refused)
    assert found.second.parts == ()


def test_nobody_compares_an_inspection_that_they_may_not_see(told: Told) -> None:
    seen = {each.code for each in comparing_inspections.listed(by=told("patrick-board"))}
    assert JTAI in seen
    assert not seen & {AUDIT, BEING_READ}
    with pytest.raises(NotFound, match=AUDIT):
        beside(told, JTAI, AUDIT, by="patrick-board")
    with pytest.raises(NotAllowed):
        comparing_inspections.listed(by=told(ADMINISTRATOR))


def test_an_inspection_is_not_held_against_itself(told: Told) -> None:
    with pytest.raises(Refusal, match="on both sides"):
        beside(told, JTAI, JTAI)


def test_inspections_whose_cases_have_grades_are_offered_first(told: Told) -> None:
    listed = comparing_inspections.listed(by=told("patrick-board"))
    graded = [each.graded for each in listed]
    assert graded == sorted(graded, reverse=True)
    first = {each.code for each in listed if each.graded}
    assert first >= {JTAI, REAUDIT, DURHAM_2020, MERSEYSIDE, METROPOLITAN}
    assert OFSTED_2019 not in first
