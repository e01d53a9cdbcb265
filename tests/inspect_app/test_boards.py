"""What a board writes: answers to what was found, decisions that show next quarter."""

from datetime import date

import pytest

from data_model.forms import BoardDecisionForm, OutcomeForm, checked
from inspect_app.errors import Conflict, NotAllowed, NotFound, Refusal
from inspect_app.services import boards, checks
from inspect_app.services.recommendation_list import Wanted, every
from tests.support.recommending import SignIn

AREA, BOARD = "X06000001", "patrick-board"
ACTION = {
    "text": "Ask each team to complete its open cases before the next return.",
    "role_named": "Head of exploitation service",
    "due_on": "2097-01-15",
}


def found(signed_in: SignIn) -> tuple[str, str]:
    """Return a check and the key of the first thing it found in the area."""
    questions = checks.of_area(AREA, by=signed_in(BOARD))
    question = next(each for each in questions if each.found)
    return question.check, question.found[0].key


def test_an_answer_stands_beside_what_was_found_for_everybody_who_sees_it(
    signed_in: SignIn,
) -> None:
    check, key = found(signed_in)
    board = signed_in(BOARD)
    boards.answer(AREA, check, key, "We looked into it: the list was counted twice.", by=board)
    boards.answer(AREA, check, key, "It was counted twice; it is mended now.", by=board)
    for person in (BOARD, "joanna-director", "samira-publisher"):
        held = boards.answers(AREA, by=signed_in(person))[key]
        assert held.text == "It was counted twice; it is mended now."
        assert held.by == board.name


def test_only_the_board_of_the_area_answers_and_only_what_is_found_there(
    signed_in: SignIn,
) -> None:
    check, key = found(signed_in)
    text = "We looked into it and mended it."
    for person in ("joanna-director", "priya-lead", "ruth-verifier"):
        with pytest.raises(NotAllowed):
            boards.answer(AREA, check, key, text, by=signed_in(person))
    with pytest.raises(NotAllowed, match="Only the board of an area"):
        boards.answer("X06000002", check, key, text, by=signed_in(BOARD))
    with pytest.raises(Refusal, match="finds nothing of this kind"):
        boards.answer(AREA, check, "no such key", text, by=signed_in(BOARD))
    with pytest.raises(Refusal, match="says too little"):
        boards.answer(AREA, check, key, "Yes.", by=signed_in(BOARD))


def test_a_decision_shows_with_what_came_of_it(signed_in: SignIn) -> None:
    board = signed_in(BOARD)
    form = checked(BoardDecisionForm, ACTION)
    made = boards.decide(AREA, "2026-Q3", "rhi-offered", form, by=board)
    held = next(each for each in boards.decisions(AREA, by=board) if each.id == made)
    assert (held.title, held.quarter) == ("Return home interviews offered", "2026-Q3")
    assert held.overdue_on(date(2097, 1, 16))
    assert not held.overdue_on(date(2097, 1, 15))
    outcome = checked(OutcomeForm, {"outcome": "Every open case is complete."})
    boards.finish(made, outcome, held.version, by=board)
    with pytest.raises(Conflict, match="Somebody else said what came of this"):
        boards.finish(made, outcome, held.version, by=board)
    after = next(each for each in boards.decisions(AREA, by=board) if each.id == made)
    assert (after.outcome, after.done_on) == ("Every open case is complete.", board.today)
    assert not after.overdue_on(date(2097, 1, 16))


def test_a_decision_is_the_boards_own(signed_in: SignIn) -> None:
    form = checked(BoardDecisionForm, ACTION)
    for area, person in ((AREA, "joanna-director"), ("X06000002", BOARD)):
        with pytest.raises(NotAllowed):
            boards.decide(area, "2026-Q3", "rhi-offered", form, by=signed_in(person))
    assert boards.decisions(AREA, by=signed_in("harpreet-director")) == ()
    (newest, *_rest) = boards.decisions(AREA, by=signed_in(BOARD))
    with pytest.raises(NotFound):
        boards.finish(
            newest.id,
            checked(OutcomeForm, {"outcome": "Done."}),
            by=signed_in("harpreet-director"),
        )


def test_what_is_no_indicator_no_quarter_or_past_is_refused(signed_in: SignIn) -> None:
    board = signed_in(BOARD)
    form = checked(BoardDecisionForm, ACTION)
    with pytest.raises(NotFound, match="no line"):
        boards.decide(AREA, "2026-Q3", "no-such", form, by=board)
    with pytest.raises(Refusal, match="is not a quarter"):
        boards.decide(AREA, "autumn", "rhi-offered", form, by=board)
    past = checked(BoardDecisionForm, {**ACTION, "due_on": "2020-01-01"})
    with pytest.raises(Refusal, match="has passed already"):
        boards.decide(AREA, "2026-Q3", "rhi-offered", past, by=board)
    with pytest.raises(Refusal, match="an action has a responsible role and a date"):
        checked(BoardDecisionForm, {"text": ACTION["text"], "due_on": "2097-01-01"})


def test_a_decision_can_be_about_a_question_or_a_recommendation(signed_in: SignIn) -> None:
    board = signed_in(BOARD)
    form = checked(BoardDecisionForm, ACTION)
    for line, title in (
        ("flags-do-not-reconcile", "Which children do our figures leave out"),
        ("ALD-2025-R1", "ALD-2025-R1 Say in every assessment"),
    ):
        made = boards.decide(AREA, "2026-Q3", line, form, by=board)
        held = next(each for each in boards.decisions(AREA, by=board) if each.id == made)
        assert held.line == line
        assert held.title.startswith(title)


def test_a_decision_about_another_areas_recommendation_is_refused(signed_in: SignIn) -> None:
    board = signed_in(BOARD)
    form = checked(BoardDecisionForm, ACTION)
    elsewhere = next(
        each.code for each in every(Wanted(), by=board) if not each.code.startswith("ALD")
    )
    with pytest.raises(NotFound, match="no line"):
        boards.decide(AREA, "2026-Q3", elsewhere, form, by=board)


def test_what_is_found_of_a_past_quarter_is_answered_of_that_quarter(signed_in: SignIn) -> None:
    board = signed_in(BOARD)
    now = {each.key for q in checks.of_area(AREA, by=board) for each in q.found}
    past = checks.of_area(AREA, quarter="2026-Q1", by=board)
    check, key = next((q.check, f.key) for q in past for f in q.found if f.key not in now)
    text = "We asked each team what it counted then."
    with pytest.raises(Refusal, match="finds nothing of this kind"):
        boards.answer(AREA, check, key, text, by=board)
    boards.answer(AREA, check, key, text, quarter="2026-Q1", by=board)
    assert boards.answers(AREA, by=board)[key].text == text
