"""What a board reads of an area: one value, in its order, that page, paper and command say."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from data_model.forms import BoardDecisionForm, OutcomeForm, checked
from data_model.vocabulary import Severity, Symbol, Verdict
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.publishing.words import day
from inspect_app.services import (
    board_concerns,
    board_parts,
    board_words,
    boards,
    checks,
    figure_words,
    inspections,
    people,
    scorecard_rows,
    scorecard_text,
)
from inspect_app.services.board_parts import Part
from inspect_app.services.board_reading import RETURNED, BoardReading, drawn, reading
from inspect_app.services.checks import Question
from inspect_app.services.recommendation_stands import Stands
from inspect_app.services.scorecards import parse_quarter
from inspect_app.signed_in import SignedIn
from metrics import BY_CODE as INDICATORS_BY_CODE
from metrics.checks import BY_CODE
from metrics.indicator import VICTIMS
from metrics.outcome import Count, NoNumber, Share
from metrics.returned import RETURN
from metrics.variation import Variation
from tests.support.cast import ADMINISTRATOR
from tests.support.samples import Template

SignIn = Callable[[str], SignedIn]
BOARD, PUBLISHER, ELSEWHERE = "patrick-board", "samira-publisher", "harpreet-director"
DURHAM, ALDERMERE, CWM_HELYG = "E06000047", "X06000001", "X06000003"
OFSTED_DURHAM, HMICFRS_DURHAM = "OFSTED-2019-09-E06000047", "HMICFRS-2020-03-E23000008"
PERIOD = "2026-Q3"


@pytest.fixture(scope="module")
def here(sqlite_samples: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignIn]:
    """Sign people in on one copy of the samples."""
    file = tmp_path_factory.mktemp("reading") / "reading.db"
    with sqlite_samples.copied(f"sqlite:///{file.as_posix()}") as database:
        yield lambda code: people.sign_in(code, database)


@pytest.fixture(scope="module")
def durham(here: SignIn) -> BoardReading:
    """Durham's scorecard."""
    return reading(DURHAM, by=here(BOARD))


@pytest.fixture(scope="module")
def aldermere(here: SignIn) -> BoardReading:
    """The scorecard of an area with returns, as its own board reads it."""
    return reading(ALDERMERE, PERIOD, by=here(BOARD))


@pytest.fixture(scope="module")
def nothing(here: SignIn) -> BoardReading:
    """The scorecard of an area of which nothing is kept."""
    return reading(CWM_HELYG, by=here(BOARD))


def test_durham_2019_and_2020_contradict_each_other_by_themselves(signed_in: SignIn) -> None:
    held = reading("County Durham", by=signed_in(ELSEWHERE))
    first = held.contradicted.found[0]
    assert first.question.check == "findings-contradict"
    assert first.found.inspections == (OFSTED_DURHAM, HMICFRS_DURHAM)
    assert "good in 1 of 9 graded cases" in first.found.says


def test_contradictions_are_declared_checks_and_praise_without_cases_is_none_of_them(
    durham: BoardReading,
) -> None:
    assert set(board_concerns.CONTRADICTIONS) <= set(BY_CODE)
    found = {each.question.check for each in durham.contradicted.found}
    assert found == {"findings-contradict", "claim-beside-judgement"}
    assert "claim-without-grades" in {each.check for each in durham.asked.of(Verdict.FOUND)}


def question(code: str, verdict: Verdict) -> Question:
    """Return a check that came out in one way, with nothing found."""
    return Question(
        code, code, Severity.NOTE, verdict, 3, 0, "Looked at: 3.", "It does.", "K.3", "Why?", ()
    )


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        (
            [Verdict.NOT_CHECKED] * 5,
            "Could not be checked: none of 5 checks had two accounts to compare.",
        ),
        (
            [Verdict.NOTHING] * 3 + [Verdict.NOT_CHECKED] * 2,
            "Nothing is contradicted in what could be looked at. Of 5 checks, 0 found something "
            "and 3 found nothing; 2 could not be made, which is no pass.",
        ),
        (
            [Verdict.FOUND] + [Verdict.NOTHING] * 4,
            "Of 5 checks, 1 found something and 4 found nothing; 0 could not be made, which is "
            "no pass.",
        ),
    ],
)
def test_what_could_not_be_checked_is_never_a_pass(verdicts: list[Verdict], said: str) -> None:
    codes = board_concerns.CONTRADICTIONS
    asked = [question(code, verdict) for code, verdict in zip(codes, verdicts, strict=True)]
    assert board_concerns.contradictions(asked, {}).said == said


def test_an_area_of_which_nothing_is_kept_still_says_all_that_was_looked_at(
    nothing: BoardReading,
) -> None:
    assert nothing.entries == ()
    assert nothing.changed.said.startswith("Nothing can be said of change")
    assert nothing.missing.said == "How much was not recorded is itself not known: no figure."
    assert nothing.missing.no_figure == ()
    returned, read, once = nothing.missing.others
    assert re.match(r"Of all [0-9]{2} indicators of the standard return no figure ", returned)
    assert read.startswith("No agreed reading of cases is here by then: ")
    assert "of single publications" in once
    assert nothing.contradicted.said.startswith("Could not be checked")
    assert nothing.overdue.said.startswith("Nothing is known to be due")
    assert nothing.asked.said.startswith("None of 21 checks could be made")
    assert nothing.decided.said.startswith("No decision of the board")


def test_where_checks_looked_and_found_nothing_that_is_said_with_those_that_could_not(
    durham: BoardReading,
) -> None:
    quiet = tuple(q for q in durham.asked.questions if q.verdict is not Verdict.FOUND)
    said = board_concerns.asked(quiet, {}).said
    unseen = len(durham.asked.of(Verdict.NOT_CHECKED))
    assert said == (
        "No check found anything in what you may see here. "
        f"Of {len(quiet)}, {unseen} could not be made, which is no pass."
    )


def test_every_entry_says_what_may_be_said_of_its_series_and_how_it_is_counted(
    aldermere: BoardReading, durham: BoardReading
) -> None:
    for held in (aldermere, durham):
        assert [each.line for each in held.entries] == list(held.card.lines)
        for entry in held.entries:
            assert entry.says.endswith(".")
            assert "Source of the definition: " in entry.counted
            assert not entry.line.inspection or entry.says.startswith("One reading of cases")
    broken = next(e for e in durham.entries if e.line.indicator == "cse-assessments-dfe")
    assert broken.breaks[0].startswith("Break before Year to 31 March 2022: Child criminal")
    assert "they cannot be told apart" in broken.neighbours
    assert {each.series.said for each in aldermere.changed.found} <= {
        each.says for each in aldermere.entries
    }


def test_what_a_figure_is_not_is_marked(durham: BoardReading, here: SignIn) -> None:
    force = next(e for e in durham.entries if e.line.area.code != DURHAM)
    assert force.marks[0] == "Durham (police force area). Not this area alone."
    card = reading(DURHAM, "2020-Q1", by=here(BOARD))
    marks = {mark for entry in card.entries for mark in entry.marks}
    assert {"Older figure, from before this quarter", "Longer period, ending in this quarter"} <= (
        marks
    )


def test_a_change_rests_on_all_points_and_never_on_the_first_and_the_last(
    aldermere: BoardReading,
) -> None:
    found = {each.series.key.indicator: each for each in aldermere.changed.found}
    said = found["rhi-offered"].says
    assert said == f"{found['rhi-offered'].series.said} Higher is better."
    assert " quarters, from " not in said
    enough = sum(series.enough for series in aldermere.series)
    assert aldermere.changed.said.startswith(
        f"Long enough to say: {enough} of {len(aldermere.series)} series; in "
        f"{enough - len(found)} of them no change is more than noise."
    )


def test_a_concern_stands_before_a_shift_and_both_before_an_improvement(
    aldermere: BoardReading,
) -> None:
    charts = [each.series.chart for each in aldermere.changed.found]
    marks = [chart.variation if chart else None for chart in charts]
    order = [
        {Variation.CONCERN: 0, Variation.IMPROVEMENT: 2}.get(mark, 1) if mark else 1
        for mark in marks
    ]
    assert order == sorted(order)
    assert {0, 2} <= set(order)


def test_gaps_stand_with_the_largest_share_first_and_reported_ones_before_cases_read(
    aldermere: BoardReading,
) -> None:
    found = aldermere.missing.found
    reported = [each.share.share for each in found if each.share and not each.line.inspection]
    assert reported == sorted(reported, reverse=True)
    assert len(reported) > 2
    without = [each for each in found if isinstance(each.line.outcome, NoNumber)]
    first = sum(each.line.inspection is None for each in found)
    assert list(found[first - len(without) : first]) == without
    from_cases = [each.line.inspection is not None for each in found]
    assert from_cases == sorted(from_cases)


def test_what_is_overdue_is_named_answer_by_answer(aldermere: BoardReading) -> None:
    late = {each.stands: each.answers for each in aldermere.overdue.late}
    assert len(late[Stands.OVERDUE]) == 2
    assert all(answer.code.startswith("ALD-") for answer in late[Stands.OVERDUE])
    assert aldermere.overdue.said == f"Looked at: {aldermere.overdue.listed} answers."


ACTION = {
    "text": "Ask each team to complete its open cases.",
    "role_named": "Head of service",
    "due_on": "2097-01-15",
}


def test_a_decision_shows_again_next_quarter_and_until_its_outcome_is_said(
    signed_in: SignIn,
) -> None:
    board = signed_in(BOARD)
    form = checked(BoardDecisionForm, ACTION)
    made = boards.decide(ALDERMERE, "2026-Q1", "rhi-offered", form, by=board)
    for quarter in ("2026-Q1", "2026-Q2", "2026-Q3", None):
        shown = reading(ALDERMERE, quarter, by=board).decided.shown
        assert made in {each.id for each in shown}
    before = reading(ALDERMERE, "2025-Q4", by=board).decided
    assert made not in {each.id for each in (*before.shown, *before.older)}
    assert before.said.startswith("On figures of later quarters: ")
    boards.finish(made, checked(OutcomeForm, {"outcome": "All is complete."}), by=board)
    assert made in {each.id for each in reading(ALDERMERE, "2026-Q2", by=board).decided.shown}
    later = reading(ALDERMERE, "2026-Q3", by=board).decided
    assert made in {each.id for each in later.older}
    assert made not in {each.id for each in later.shown}


def test_an_action_of_the_board_past_its_day_is_overdue(here: SignIn) -> None:
    board = here(BOARD)
    later = replace(board, clock=lambda: board.clock().replace(year=2098))
    held = reading(ALDERMERE, PERIOD, by=later)
    assert held.overdue.actions
    assert all(each.due_on and each.due_on < later.today for each in held.overdue.actions)
    assert "Head of exploitation service" in "".join(board_words.late_actions(held.overdue))


def test_an_answer_in_writing_stands_beside_what_is_contradicted(signed_in: SignIn) -> None:
    board = signed_in(BOARD)
    first = reading(ALDERMERE, by=board).contradicted.found[0]
    assert first.answer is None
    text = "We read the four cases again and flagged them."
    boards.answer(ALDERMERE, first.question.check, first.found.key, text, by=board)
    again = reading(ALDERMERE, by=board).contradicted.found[0]
    assert again.answer is not None
    assert text in board_words.answer(again.answer)


def test_nobody_reads_what_is_not_theirs(here: SignIn) -> None:
    for person, own in ((BOARD, True), (PUBLISHER, True), (ELSEWHERE, False)):
        held = reading(ALDERMERE, PERIOD, by=here(person))
        unpublished = [each for each in held.entries if not each.line.published]
        stated = [each for each in unpublished if not each.line.inspection]
        assert bool(stated) is own, person
        decided = bool(held.decided.shown or held.overdue.actions)
        assert decided is (person == BOARD), person


def test_a_reading_is_refused_where_a_scorecard_is(here: SignIn) -> None:
    with pytest.raises(NotAllowed):
        reading(DURHAM, by=here(ADMINISTRATOR))
    with pytest.raises(NotFound):
        reading("Atlantis", by=here(BOARD))
    with pytest.raises(Refusal, match="is not a quarter"):
        reading(DURHAM, "spring", by=here(BOARD))


def test_text_has_the_sections_in_the_order_in_which_a_board_reads(
    aldermere: BoardReading, durham: BoardReading, nothing: BoardReading
) -> None:
    for held in (aldermere, durham, nothing):
        said = scorecard_text.as_table(held)
        headings = [line for line in said.splitlines() if line.isupper()]
        assert headings == [section.upper() for section in board_words.SECTIONS]
        assert max(len(line) for line in said.splitlines()) <= scorecard_text.WIDTH
    assert "Inspections: OFSTED-2019-09-E06000047, HMICFRS-2020-03-E23000008" in (
        scorecard_text.as_table(durham)
    )


def test_json_has_every_section_and_what_stands_behind_it(aldermere: BoardReading) -> None:
    held = json.loads(scorecard_text.FORMATS["json"](aldermere))
    assert list(held)[4:] == [
        "read_by",
        "changed",
        "missing",
        "contradicted",
        "overdue",
        "questions",
        "decisions",
        "notes",
        "indicators",
        "parts",
        "over_time",
        "neighbours",
    ]
    assert [each["check"] for each in held["questions"]["checks"]] == [
        each.check for each in aldermere.asked.questions
    ]
    assert len(held["over_time"]) == len(aldermere.series)
    assert held["decisions"]["shown"][0]["text"] == aldermere.decided.shown[0].text
    assert len(held["indicators"]) == len(aldermere.entries)

    assert held["read_by"] == aldermere.reader
    assert held["overdue"]["as_things_stand"] == held["decisions"]["as_things_stand"]
    assert held["overdue"]["as_things_stand"] == board_words.stands(aldermere)
    assert held["questions"]["as_things_stand"] == board_words.looked_until(aldermere)
    apart = held["parts"][0]
    assert (apart["indicator"], apart["by"]) == ("cse-children-known", "victim_sex")
    assert [each["part"] for each in apart["parts"]][-1] == "Not recorded"


def test_what_is_overdue_and_decided_says_of_which_day_it_is(
    aldermere: BoardReading, durham: BoardReading
) -> None:
    today = day(aldermere.as_of)
    assert board_words.stands(aldermere) == (
        f"As things stand on {today}, whatever the quarter of the figures."
    )
    assert board_words.looked_until(aldermere).startswith(
        "Looked at: what had ended by 30 September 2026. Recommendations and answers"
    )
    assert board_words.looked_until(durham).startswith("Recommendations and answers in writing: as")
    said = " ".join(scorecard_text.as_table(aldermere).split())
    assert said.count(board_words.stands(aldermere)) == 2
    assert board_words.looked_until(aldermere) in said


@pytest.mark.parametrize(
    ("area", "quarter", "later"),
    [(ALDERMERE, "2023-Q1", "2026"), ("E06000023", "2020-Q1", "2023")],
)
def test_a_past_quarter_holds_no_inspection_and_no_figure_that_ended_later(
    here: SignIn, area: str, quarter: str, later: str
) -> None:
    by = here(BOARD)
    held = reading(area, quarter, by=by)
    end = parse_quarter(quarter).end
    ended = {each.code: each.ended_on for each in inspections.listed(by=by)}
    named = {code for q in held.asked.questions for found in q.found for code in found.inspections}
    assert [code for code in named if (ended[code] or end) > end] == []
    assert [line for line in held.history if line.period_end and line.period_end > end] == []
    told = [f.says for q in held.asked.questions for f in q.found if not f.recommendation]
    assert [said for said in told if later in said] == []
    assert held.entries


def test_a_question_that_two_checks_raise_is_asked_once(aldermere: BoardReading) -> None:
    asks = [each.asks for each in aldermere.asked.raised]
    assert len(asks) == len(set(asks))
    whom = next(each for each in aldermere.asked.raised if each.asks.startswith("Whom does our"))
    assert [check.check for check in whom.checks] == ["mostly-not-recorded", "often-not-recorded"]
    assert len(whom.found) == sum(len(check.found) for check in whom.checks)
    raised = [check for each in aldermere.asked.raised for check in each.checks]
    assert set(raised) == set(aldermere.asked.of(Verdict.FOUND))


def test_only_what_is_asked_for_and_missing_is_named_and_the_rest_is_counted(
    aldermere: BoardReading, durham: BoardReading
) -> None:
    assert aldermere.missing.no_figure == ()
    assert any("of single publications" in said for said in aldermere.missing.others)
    assert any("from before this quarter" in said for said in aldermere.missing.others)
    asked_for = {INDICATORS_BY_CODE[each.code].title for each in RETURN}
    assert set(durham.missing.no_figure) <= asked_for
    assert any("No agreed reading of cases" in said for said in durham.missing.others)


def test_what_is_counted_here_is_not_said_to_be_from_a_return(aldermere: BoardReading) -> None:
    late = next(e for e in aldermere.entries if e.line.indicator == "returns-late")
    assert RETURNED not in late.marks
    assert "†" not in late.signed
    known = next(e for e in aldermere.entries if e.line.indicator == "cse-children-known")
    assert RETURNED in known.marks
    assert known.signed.endswith(" †")
    assert "† From a return that is not published yet." in aldermere.signs


def test_a_financial_quarter_stands_by_its_months_first(aldermere: BoardReading) -> None:
    flags = next(e for e in aldermere.entries if e.line.indicator == "cse-flags")
    assert flags.line.period == "Quarter 1 of 2026/27"
    assert flags.period == "April to June 2026 (Quarter 1 of 2026/27)"
    years = [e for e in aldermere.entries if e.line.period == e.period]
    assert len(years) > 10


def test_figures_in_parts_hold_what_nobody_recorded(aldermere: BoardReading) -> None:
    found = board_parts.people(aldermere.apart)
    assert [each.breakdown for each in found] == list(VICTIMS)
    ethnicity = found[1]
    assert (ethnicity.whole, ethnicity.parts[-1]) == (62, Part("Not recorded", Count(15)))
    assert "Not recorded: 15." in ethnicity.says
    assert ethnicity.source.endswith("n = 62.")
    (without,) = board_parts.without(aldermere.apart)
    assert "who the perpetrators are" in without
    assert {each.line.inspection is None for each in aldermere.apart} == {True, False}


def test_a_part_that_is_withheld_is_no_nought_and_leaves_the_whole_unknown(
    aldermere: BoardReading,
) -> None:
    known = aldermere.apart[0]
    withheld = Part("Male", NoNumber(Symbol.WITHHELD))
    held = replace(known, parts=(*known.parts[:-1], withheld))
    assert held.whole is None
    assert "Male: Withheld to protect children" in held.says
    assert held not in board_parts.people([held])


def test_nobody_reads_parts_of_a_return_that_is_not_theirs(here: SignIn) -> None:
    held = reading(ALDERMERE, PERIOD, by=here(ELSEWHERE))
    known = [e for e in held.apart if e.line.inspection is None and not e.line.published]
    assert known == []


def test_rows_have_plain_numbers_beside_the_words(aldermere: BoardReading) -> None:
    rows = scorecard_rows.rows(aldermere)
    assert all(tuple(row) == scorecard_rows.HEADINGS for row in rows)
    offered = next(row for row in rows if row["indicator"] == "rhi-offered")
    assert (offered["numerator"], offered["denominator"]) == (93, 103)
    assert offered["low"] == pytest.approx(0.830, abs=0.001)
    assert offered["high"] == pytest.approx(0.946, abs=0.001)
    count = next(row for row in rows if row["indicator"] == "cse-children-known")
    assert [count[name] for name in ("numerator", "denominator", "low", "high")] == [
        62, None, None, None,
    ]  # fmt: skip


def test_where_a_question_names_no_inspection_nothing_is_said_of_one(
    aldermere: BoardReading, nothing: BoardReading
) -> None:
    for held in (aldermere, nothing):
        assert not re.search(r"Inspections:\s*$", scorecard_text.as_table(held), re.MULTILINE)


def test_a_share_in_a_sentence_stands_beside_its_count() -> None:
    assert figure_words.counts(Share(1, 9, None, "chosen")) == "1 of 9 (11.1%)"


def test_a_small_drawing_crosses_no_break(durham: BoardReading) -> None:
    held = next(e for e in durham.entries if e.line.indicator == "cse-assessments-dfe").series
    assert held is not None
    svg = drawn(held)
    assert (svg.count("<polyline"), svg.count("stroke-dasharray")) == (2, 1)
    assert svg.count("<circle") == held.figures
    assert re.search(r">[^<]+<", svg) is None


def test_every_check_of_an_area_is_among_its_questions(durham: BoardReading, here: SignIn) -> None:
    assert durham.asked.questions == checks.of_area(DURHAM, by=here(BOARD))
