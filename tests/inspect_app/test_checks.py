"""The checks find in the samples what the report found, and show nobody what is not theirs."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, event, select

from data_model import counted
from data_model.database import Database
from data_model.records import CaseFile, Reading
from data_model.vocabulary import Severity, Verdict
from inspect_app.errors import NotAllowed, NotFound
from inspect_app.services import (
    agreement,
    checks,
    inspections,
    people,
    recommendation_list,
    trail,
)
from inspect_app.services.check_material import Extent, gathered
from inspect_app.services.checks import Found, Question
from inspect_app.services.inspection_values import in_sight
from inspect_app.services.recommendation_list import Wanted
from inspect_app.signed_in import SignedIn
from metrics.checks import CHECKS
from metrics.checks.rows import grades_behind
from metrics.checks.rows import inspections as rows_of_inspections
from tests.support.cast import ADMINISTRATOR, EVERYONE_ELSE

SignIn = Callable[[str], SignedIn]
DURHAM, ST_HELENS, BRISTOL, TOWER_HAMLETS = "E06000047", "E08000013", "E06000023", "E09000030"
ALDERMERE, BRACKENSHIRE, CWM_HELYG = "X06000001", "X06000002", "X06000003"
ENGLAND, AVON_AND_SOMERSET = "E92000001", "E23000036"
OFSTED_DURHAM, OFSTED_ST_HELENS = "OFSTED-2019-09-E06000047", "OFSTED-2019-09-E08000013"
HMICFRS_DURHAM = "HMICFRS-2020-03-E23000008"
OF_THE_REPORT = {
    "claim-without-grades": {
        ("BRISTOL-2019-DISABILITY",),
        ("OFSTED-2017-07-E10000031",),
        ("OFSTED-2019-06-E09000030",),
        (OFSTED_DURHAM,),
        (OFSTED_ST_HELENS,),
    },
    "claim-beside-judgement": {(OFSTED_DURHAM,), (OFSTED_ST_HELENS,)},
    "findings-contradict": {
        (OFSTED_DURHAM, HMICFRS_DURHAM),
        ("HMICFRS-2018-E23000004", OFSTED_ST_HELENS),
        ("TOWERHAMLETS-2019-RHI", "OFSTED-2019-06-E09000030"),
    },
    "cases-not-graded": {
        ("BRISTOL-2019-DISABILITY",),
        ("BRISTOL-REFERRALS",),
        ("IICSA-2022-CASES",),
        ("MET-2020-06-DIP-SAMPLE",),
        ("OFSTED-2017-2019-E09000030",),
        ("STHELENS-2019-10-VIEWS",),
        ("TOWERHAMLETS-2019-RHI",),
        (OFSTED_DURHAM,),
        (OFSTED_ST_HELENS,),
    },
}
"""What is found of the real inspections, by check: the inspections it is about."""

ETHNICITY_GAPS = {
    "mostly-not-recorded": {"E10000031", "E23000001", "W15000003"},
    "often-not-recorded": {BRISTOL, DURHAM, ST_HELENS, "E10000031", "E23000001"},
}
"""Where the report gives a share of victims or suspects without a recorded ethnicity (H.4 8)."""


def of(asked: tuple[Question, ...], check: str) -> Question:
    return next(question for question in asked if question.check == check)


def real(found: tuple[Found, ...]) -> list[Found]:
    """Leave out what is about invented places."""
    return [each for each in found if not (each.area or "X").startswith("X")]


def test_the_real_inspections_are_found_as_the_report_found_them(signed_in: SignIn) -> None:
    asked = checks.everywhere(by=signed_in("samira-publisher"))
    for check, expected in OF_THE_REPORT.items():
        found = {each.inspections for each in real(of(asked, check).found)}
        assert found == expected, check


def test_real_figures_are_found_as_the_report_gives_them(signed_in: SignIn) -> None:
    asked = checks.everywhere(by=signed_in("patrick-board"))
    for check, areas in ETHNICITY_GAPS.items():
        found = real(of(asked, check).found)
        assert {each.area for each in found} == areas
        assert all((each.indicator or "").startswith("ethnicity-not-recorded") for each in found)
    flags = real(of(asked, "flags-do-not-reconcile").found)
    assert {each.area for each in flags} == {AVON_AND_SOMERSET, "W15000004"}
    falls = real(of(asked, "fall-across-change").found)
    assert {each.indicator for each in falls if each.area == ENGLAND} == {"cse-assessments-dfe"}
    rates = real(of(asked, "denominator-changed").found)
    assert {(BRISTOL, "rhi-accepted"), ("W06000011", "male-share")} <= {
        (each.area, each.indicator) for each in rates
    }


def test_durham_and_st_helens_are_praised_without_a_graded_case(signed_in: SignIn) -> None:
    for area, inspection, words in (
        (DURHAM, OFSTED_DURHAM, "Cases read: 18; with a grade anybody can see: 0."),
        (ST_HELENS, OFSTED_ST_HELENS, "Cases read: 10; with a grade anybody can see: 0."),
    ):
        question = of(checks.of_area(area, by=signed_in("patrick-board")), "claim-without-grades")
        (found,) = question.found
        assert (found.area, found.inspections) == (area, (inspection,))
        assert words in found.says
        assert question.severity is Severity.SERIOUS
        assert found.statement is not None


def test_durham_2019_and_2020_contradict_each_other(signed_in: SignIn) -> None:
    asked = checks.of_area(DURHAM, by=signed_in("joanna-director"))
    (found,) = of(asked, "findings-contradict").found
    assert found.inspections == (OFSTED_DURHAM, HMICFRS_DURHAM)
    assert "Missing and in care" in found.says
    assert "good in 1 of 9 graded cases, not good in 8" in found.says
    assert "Days between them: 174." in found.says


def test_the_national_fall_is_said_with_both_numbers_and_the_change(signed_in: SignIn) -> None:
    (found,) = of(
        checks.of_area(ENGLAND, by=signed_in("ruth-verifier")), "fall-across-change"
    ).found
    assert found.indicator == "cse-assessments-dfe"
    for words in ("(20,000 in", "Year to 31 March 2018", "(12,400 in", "Year to 31 March 2025"):
        assert words in found.says
    assert "1 April 2021: Child criminal exploitation is a factor of its own" in found.says


def test_bristols_flags_are_those_of_its_force(signed_in: SignIn) -> None:
    asked = checks.of_area(BRISTOL, by=signed_in("patrick-board"))
    (found,) = of(asked, "flags-do-not-reconcile").found
    assert found.area == AVON_AND_SOMERSET
    assert "flagged 464; of those, meeting the definition: 276" in found.says
    assert "not flagged: 177" in found.says


def test_recommendations_claimed_closed_and_found_wanting_again(signed_in: SignIn) -> None:
    asked = checks.everywhere(by=signed_in("ruth-verifier"))
    expected = {
        "claimed-on-paper": ("ALD-2025-R1", "aldermere-council", ALDERMERE),
        "closed-untested": ("BRK-2025-R1", "brackenshire-council", BRACKENSHIRE),
        "recommended-again": ("ALD-2025-R1", "aldermere-council", ALDERMERE),
    }
    for check, told in expected.items():
        found = [(f.recommendation, f.organisation, f.area) for f in of(asked, check).found]
        assert found == [told], check
    again = [f for f in of(asked, "wanting-again").found if f.area == ALDERMERE]
    assert {each.inspections for each in again} == {("ALD-2025-JTAI", "ALD-2026-REAUDIT")}
    assert len(again) == 2


def test_answers_that_nobody_follows_here_are_not_looked_at(signed_in: SignIn) -> None:
    asked = checks.of_area(DURHAM, by=signed_in("ruth-verifier"))
    assert of(asked, "recommended-again").verdict is Verdict.NOT_CHECKED
    followed = recommendation_list.every(Wanted(), by=signed_in("ruth-verifier"))
    everything = checks.everywhere(by=signed_in("ruth-verifier"))
    expected = sum(line.followed and not line.draft for line in followed)
    assert of(everything, "recommended-again").looked_at == expected


def test_readers_agreement_is_what_the_page_of_agreement_says(database: Database) -> None:
    by = people.sign_in("priya-lead", database)
    with by.recording() as session:
        read_twice = select(CaseFile).join(Reading).where(CaseFile.inspection == "ALD-2025-JTAI")
        opened = session.scalars(read_twice.order_by(CaseFile.id)).first()
        assert opened is not None
        opened.edition = 2
        event = trail.note(session, by, "case.opened", "ALD-2025-JTAI")
        counted.move(session, ALDERMERE, event)
    with by.reading() as session:
        extent = Extent(in_sight(session, by), ())
        snapshot = counted.snapshot(session, database.snapshots)
        held = gathered(session, extent, snapshot, by)
        found = rows_of_inspections(held, grades_behind(held)).drop_nulls("pairs")
    said = {}
    for code in found.get_column("inspection"):
        table = agreement.of_inspection(code, by=by)
        assert table is not None
        graded = [theme.agreement for theme in table.themes]
        said[code] = (sum(a.pairs for a in graded), sum(a.agreed for a in graded), table.cases)
    cases = {"ALD-2025-JTAI": 1}
    assert len(said) == 3
    for code, pairs, agreed, twice in found.select(
        "inspection", "pairs", "agreed", "read_twice"
    ).rows():
        assert (pairs, agreed, twice - cases.get(code, 0)) == said[code]


def test_the_theme_without_a_boy_is_found_in_brackenshire(signed_in: SignIn) -> None:
    asked = checks.of_area(BRACKENSHIRE, by=signed_in("harpreet-director"))
    (found,) = of(asked, "theme-without-grade").found
    assert found.inspections == ("BRK-2025-AUDIT",)
    assert "Male victims" in found.says
    assert of(asked, "sample-leaves-out").verdict is Verdict.NOT_CHECKED


def test_every_check_answers_and_what_is_missing_is_never_a_pass(signed_in: SignIn) -> None:
    for asked in (
        checks.of_area(CWM_HELYG, by=signed_in("samira-publisher")),
        checks.of_area(DURHAM, by=signed_in("patrick-board")),
        checks.everywhere(by=signed_in("samira-publisher")),
    ):
        assert {question.check for question in asked} == {check.code for check in CHECKS}
        for question in asked:
            assert (question.verdict is Verdict.FOUND) == bool(question.found)
            assert (question.verdict is Verdict.NOT_CHECKED) == (question.looked_at == 0)
            assert len(question.found) <= question.looked_at
            assert question.in_words
    empty = checks.of_area(CWM_HELYG, by=signed_in("samira-publisher"))
    judged = of(empty, "judgement-above-grades")
    assert judged.in_words.startswith("Could not be checked: nothing you may see is held here")


def test_what_was_found_comes_first_and_the_gravest_of_it(signed_in: SignIn) -> None:
    asked = checks.of_area(DURHAM, by=signed_in("patrick-board"))
    order = [Verdict.FOUND, Verdict.NOT_CHECKED, Verdict.NOTHING]
    ranks = [(order.index(q.verdict), list(Severity).index(q.severity)) for q in asked]
    assert ranks == sorted(ranks)


def test_an_areas_checks_hold_nothing_of_another_area(signed_in: SignIn) -> None:
    by = signed_in("samira-publisher")
    about = {held.code: {*held.area_codes, held.area.code} for held in inspections.listed(by=by)}
    for area, force in ((DURHAM, "E23000008"), (ALDERMERE, "X23000001"), (BRISTOL, "E23000036")):
        for found in _all(checks.of_area(area, by=by)):
            for code in found.inspections:
                assert about[code] & {area, force}, found
            if not found.inspections:
                assert found.area in {area, force}, found


def _all(asked: tuple[Question, ...]) -> Iterator[Found]:
    for question in asked:
        yield from question.found


def test_an_inspections_checks_are_about_it_and_what_it_faces(signed_in: SignIn) -> None:
    asked = checks.of_inspection(HMICFRS_DURHAM, by=signed_in("patrick-board"))
    (found,) = of(asked, "findings-contradict").found
    assert found.inspections == (OFSTED_DURHAM, HMICFRS_DURHAM)
    assert all(HMICFRS_DURHAM in each.inspections for each in _all(asked))
    assert of(asked, "fall-across-change").verdict is Verdict.NOT_CHECKED


def test_nobody_sees_what_is_found_of_what_they_may_not_see(signed_in: SignIn) -> None:
    for person in EVERYONE_ELSE:
        by = signed_in(person)
        seen = {held.code for held in inspections.listed(by=by)}
        lines = recommendation_list.every(Wanted(), by=by)
        answers = {(line.code, line.organisation) for line in lines}
        for found in _all(checks.everywhere(by=by)):
            if found.recommendation is None:
                assert set(found.inspections) <= seen, found
            else:
                assert (found.recommendation, found.organisation) in answers, found


def test_gaps_in_the_parts_of_a_return_are_found_for_its_own_area(signed_in: SignIn) -> None:
    own = of(checks.of_area(ALDERMERE, by=signed_in("patrick-board")), "often-not-recorded")
    parts = {f.indicator for f in own.found if "“" in f.says}
    assert {"cse-assessments", "cse-referrals", "cse-flags"} <= parts
    stated = [f for f in own.found if f.indicator == "disability-not-recorded-victims"]
    assert [f.says.split(": ")[1] for f in stated] == ["disability of children not recorded"]
    other = of(checks.of_area(ALDERMERE, by=signed_in("harpreet-director")), "often-not-recorded")
    assert not {f.key for f in other.found} >= {f.key for f in stated}


def test_an_unpublished_return_is_its_own_areas(signed_in: SignIn) -> None:
    own = checks.of_area(ALDERMERE, by=signed_in("patrick-board"))
    assert of(own, "fall-across-change").verdict is Verdict.FOUND
    other = checks.of_area(ALDERMERE, by=signed_in("harpreet-director"))
    assert of(other, "fall-across-change").verdict is not Verdict.FOUND
    latest = "July to September 2026"
    assert any(latest in found.says for found in _all(own))
    assert not any(latest in found.says for found in _all(other))
    assert of(other, "claimed-on-paper").verdict is Verdict.NOT_CHECKED


def test_while_cases_are_read_nothing_is_said_of_them_even_to_their_lead(
    signed_in: SignIn,
) -> None:
    asked = checks.of_inspection("CWM-2026-NCPI", by=signed_in("priya-lead"))
    assert {question.verdict for question in asked} == {Verdict.NOT_CHECKED}
    with pytest.raises(NotFound):
        checks.of_inspection("CWM-2026-NCPI", by=signed_in("patrick-board"))


def test_those_who_may_read_neither_inspections_nor_scorecards_get_none(
    signed_in: SignIn,
) -> None:
    by = signed_in(ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        checks.everywhere(by=by)
    with pytest.raises(NotAllowed):
        checks.of_area(DURHAM, by=by)
    with pytest.raises(NotAllowed):
        checks.of_inspection(OFSTED_DURHAM, by=by)


def test_an_unknown_area_is_not_found(signed_in: SignIn) -> None:
    with pytest.raises(NotFound):
        checks.of_area("Nowhere at all", by=signed_in("patrick-board"))


def test_what_is_found_keeps_its_key_and_no_two_share_one(signed_in: SignIn) -> None:
    everything = list(_all(checks.everywhere(by=signed_in("samira-publisher"))))
    keys = [found.key for found in everything]
    assert len(set(keys)) == len(keys)
    durham = {found.key for found in _all(checks.of_area(DURHAM, by=signed_in("patrick-board")))}
    assert durham <= set(keys)


def test_no_case_reference_and_no_reader_is_said(signed_in: SignIn) -> None:
    staff = {"Marcus Adeyemi", "Ellen Hardcastle", "Priya Raman", "marcus-inspector"}
    for found in _all(checks.everywhere(by=signed_in("priya-lead"))):
        assert "ALD-C" not in found.says
        assert not any(name in found.says for name in staff)


def test_as_many_queries_for_everything_as_for_one_area(database: Database) -> None:
    by = people.sign_in("samira-publisher", database)
    one = _queries(database.plain, lambda: checks.of_area(DURHAM, by=by))
    all_of_it = _queries(database.plain, lambda: checks.everywhere(by=by))
    assert all_of_it <= one + 2
    assert one < 30


def _queries(engine: Engine, ask: Callable[[], object]) -> int:
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    ask()
    event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def test_a_past_quarter_is_asked_about_what_had_ended_by_then(signed_in: SignIn) -> None:
    lead = signed_in("priya-lead")
    before = of(checks.of_area(DURHAM, quarter="2019-Q4", by=lead), "findings-contradict")
    then = of(checks.of_area(DURHAM, quarter="2020-Q1", by=lead), "findings-contradict")
    assert (before.verdict is Verdict.FOUND, then.verdict) == (False, Verdict.FOUND)
    for question in checks.of_area(ALDERMERE, quarter="2023-Q1", by=lead):
        for found in question.found:
            assert not {"ALD-2025-JTAI", "ALD-2026-REAUDIT"} & set(found.inspections), found.says
            assert "2025" not in found.says, found.says
            assert "2026" not in found.says, found.says
