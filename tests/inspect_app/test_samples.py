"""The samples: real places show only published facts, invented places say that they are."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from data_model.database import Database, create_database
from data_model.records import (
    Area,
    AuditEvent,
    CaseFile,
    Figure,
    Inspection,
    Judgement,
    PublishedEvidence,
    RecommendationOwner,
)
from data_model.shipped import rows
from data_model.vocabulary import InspectionStatus, Symbol
from inspect_app.errors import Refusal
from inspect_app.services import sample_story, samples, trail
from inspect_app.signed_in import SignedIn
from tests.support.looking import every_row_of

SignIn = Callable[[str], SignedIn]
INQUIRY_ROWS = {
    ("HMICFRS-2020-03-E23000008", "missing", 9),
    ("HMICFRS-2018-E23000004", "cse", 19),
    ("HMIC-2016-E23000001", "missing", 38),
    ("OFSTED-2019-09-E06000047", "cse", 18),
    ("OFSTED-2019-09-E06000047", "other", 1),
    ("OFSTED-2019-09-E08000013", "cse", 10),
    ("OFSTED-2019-09-E08000013", "other", 2),
    ("OFSTED-2017-2019-E09000030", "cse", 28),
    ("OFSTED-2017-2019-E09000030", "other", 2),
    ("IICSA-2022-CASES", "cse", 33),
    ("MET-2020-06-DIP-SAMPLE", "cse", 8),
    ("STHELENS-2019-10-VIEWS", "cse", 8),
    ("TOWERHAMLETS-2019-RHI", "missing", 40),
    ("BRISTOL-2019-DISABILITY", "cse", 12),
    ("BRISTOL-REFERRALS", "cse", 9),
}


def test_loading_twice_changes_nothing(database: Database) -> None:
    with every_row_of(database).reading() as session:
        before = trail.head(session)
    assert not samples.load(database).changed
    with every_row_of(database).reading() as session:
        assert trail.head(session) == before


def test_every_inspection_of_the_report_that_counts_its_cases_is_there(
    database: Database,
) -> None:
    with every_row_of(database).reading() as session:
        held = session.execute(
            select(
                PublishedEvidence.inspection,
                PublishedEvidence.case_kind,
                PublishedEvidence.cases_read,
            ).where(PublishedEvidence.cases_read.is_not(None))
        )
        assert {(code, str(kind), read) for code, kind, read in held} == INQUIRY_ROWS


def test_every_evidence_row_of_the_report_carries_its_words_and_place() -> None:
    for row in rows("sample_inspections", "real", "published_evidence.csv"):
        assert row["quotation"], row
        assert row["paragraph"], row


def test_the_official_history_is_whole(database: Database) -> None:
    with every_row_of(database).reading() as session:
        history = session.scalars(
            select(Inspection.code).where(Inspection.framework == "ilacs")
        ).all()
        durham = session.execute(
            select(Judgement.topic, Judgement.grade).where(
                Judgement.inspection == "OFSTED-2019-09-E06000047"
            )
        ).all()
    assert len(history) == 271
    assert ("Overall effectiveness", "requires_improvement_to_be_good") in [
        tuple(row) for row in durham
    ]


def test_national_series_reconcile_with_the_report(database: Database) -> None:
    with every_row_of(database).reading() as session:
        found = session.execute(
            select(Figure.area_code, Figure.period_label, Figure.numerator, Figure.denominator)
            .where(Figure.indicator == "cse-assessments-dfe")
            .where(Figure.area_code.in_(["E06000047", "E10000031"]))
        ).all()
    held = {(code, label): (count, of) for code, label, count, of in found}
    durham, population = held["E06000047", "Year to 31 March 2020"]
    assert durham == 263
    assert population is not None
    assert round(263 / population * 10_000, 1) == 26.5
    assert held["E10000031", "Year to 31 March 2020"][0] == 242


def test_a_suppressed_figure_is_a_mark_and_never_zero(database: Database) -> None:
    shipped = list(rows("sample_inspections", "real", "dfe_factors.csv"))
    marked = [row for row in shipped if row["cse_assessments"] == "c"]
    assert marked
    with every_row_of(database).reading() as session:
        held = session.scalars(
            select(Figure).where(
                Figure.indicator == "cse-assessments-dfe", Figure.symbol == Symbol.WITHHELD
            )
        ).all()
        assert len(held) == len(marked)
        assert {(f.numerator, f.value) for f in held} == {(None, None)}


def test_real_places_have_no_case_file_and_invented_ones_an_x_code(database: Database) -> None:
    with every_row_of(database).reading() as session:
        places = session.execute(
            select(Area.code, func.count(CaseFile.id))
            .join(Inspection, Inspection.area_code == Area.code)
            .join(CaseFile, CaseFile.inspection == Inspection.code)
            .group_by(Area.code)
        ).all()
        real = session.scalars(
            select(Inspection.status).where(~Inspection.area_code.startswith("X"))
        ).all()
    assert sum(count for _code, count in places) >= 40
    assert all(code.startswith("X") for code, _count in places)
    assert set(real) == {InspectionStatus.PUBLISHED_ELSEWHERE}


def test_recommendations_of_the_inquiry_name_their_bodies_and_date(database: Database) -> None:
    with every_row_of(database).reading() as session:
        owners = session.execute(
            select(RecommendationOwner.recommendation, RecommendationOwner.organisation).where(
                RecommendationOwner.recommendation.startswith("IICSA")
            )
        ).all()
    held = {tuple(row) for row in owners}
    assert len({code for code, _body in held}) == 6
    assert ("IICSA-CSEN-R4", "welsh-government") in held


def test_the_invented_story_is_on_the_trail_in_order(database: Database) -> None:
    with every_row_of(database).reading() as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.number)).all()
        assert trail.first_broken(session) is None
    times = [event.happened_at for event in events]
    assert times == sorted(times)
    assert {event.action for event in events} >= {"case.submitted", "inspection.agreed"}


def test_a_half_told_story_is_refused_and_not_called_loaded(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = create_database(database_url)

    def interrupted(_database: Database) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sample_story, "tell", interrupted)
    with pytest.raises(KeyboardInterrupt):
        samples.load(fresh)
    with pytest.raises(Refusal, match="was interrupted"):
        samples.load(fresh)
    fresh.close()
