"""What a board reads of a scorecard, in headings and sentences for everything that prints it."""

from inspect_app.publishing.words import day
from inspect_app.services.board_concerns import Late, Overdue
from inspect_app.services.board_reading import BoardReading
from inspect_app.services.boards import AnswerValue, DecisionValue

CHANGED = "What changed and is more than noise"
MISSING = "What is missing or not recorded"
CONTRADICTED = "What is contradicted"
OVERDUE = "What is overdue"
QUESTIONS = "Questions the board should ask"
DECIDED = "What the board decided"
EVERY = "Every indicator"
SECTIONS = (CHANGED, MISSING, CONTRADICTED, OVERDUE, QUESTIONS, DECIDED, EVERY)
"""The sections in the order in which a board reads them."""

ABOUT_QUESTIONS = (
    "From checks that look for false reassurance. Each says what it looked at. What could not be "
    "checked is no pass."
)

SAID_ABOVE = f"What was found stands under “{CONTRADICTED}”, with any answer."


def titled(held: BoardReading) -> str:
    """Return what a document of the scorecard is called."""
    quarter = held.card.quarter
    return f"Scorecard: {held.card.area.label}, {quarter.label if quarter else 'latest figures'}"


def late(held: Late, listed: int) -> str:
    """Return how many answers to recommendations wait in one way."""
    return f"{held.stands.value}: {len(held.answers)} of {listed} answers"


def late_answers(held: Late) -> tuple[str, ...]:
    """Return each answer that waits in one way, by its recommendation and its body."""
    return tuple(f"{line.code} {line.title} ({line.body})" for line in held.answers)


def late_actions(held: Overdue) -> tuple[str, ...]:
    """Return the board's own actions past their date."""
    return tuple(f"Decided by the board: {each.text} {action(each)}" for each in held.actions)


def no_figure(held: BoardReading) -> str:
    """Return how many indicators have no figure at all."""
    return f"Indicators with no figure for this area by then ({len(held.missing.no_figure)})"


def marked(held: BoardReading) -> str:
    """Return how many lines have a mark where a number should be."""
    return f"Lines with a mark where a number should be ({len(held.missing.marks)})"


def answer(held: AnswerValue) -> str:
    """Return an answer in writing with who gave it, and when."""
    return f"Answer of {held.by}, {day(held.at.date())}: {held.text}"


def about(held: DecisionValue) -> str:
    """Return on which quarter's figures a decision was made, by whom and when."""
    return f"{held.quarter}. {held.by}, {day(held.at.date())}."


def action(held: DecisionValue) -> str:
    """Return who acts on a decision by when; empty where it is no action."""
    return f"{held.role_named}, by {day(held.due_on)}." if held.due_on else ""


def outcome(held: DecisionValue) -> str:
    """Return what came of a decision; empty where that is not said yet."""
    if held.outcome is None or held.done_on is None:
        return ""
    return f"What came of it, {day(held.done_on)}: {held.outcome}"
