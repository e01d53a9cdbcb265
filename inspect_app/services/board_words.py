"""What a board reads of a scorecard, in headings and sentences for everything that prints it."""

from collections.abc import Iterable, Sized

from data_model.vocabulary import Verdict
from inspect_app.publishing.words import day
from inspect_app.services.board_concerns import Late, Overdue
from inspect_app.services.board_parts import Apart
from inspect_app.services.board_periods import period
from inspect_app.services.board_reading import BoardReading, Entry
from inspect_app.services.boards import AnswerValue, DecisionValue
from inspect_app.services.checks import Found
from inspect_app.services.figure_words import NOTHING, WHOLE
from metrics import INDICATORS

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

DASH = "–"
WHATEVER = "whatever the quarter of the figures"
SAID_ABOVE = f"What was found stands under “{CONTRADICTED}”, with any answer."


def titled(held: BoardReading) -> str:
    """Return what a document of the scorecard is called."""
    quarter = held.card.quarter
    return f"Scorecard: {held.card.area.label}, {quarter.label if quarter else 'latest figures'}"


def about_paper(held: BoardReading) -> str:
    """Return what a paper is about."""
    return f"What the board of {held.card.area.label} reads, {held.when}."


def changes(held: BoardReading) -> tuple[str, ...]:
    """Return each change in a sentence or several, the gravest first."""
    return tuple(f"{each.name}: {each.says}" for each in held.changed.found)


def gaps(held: BoardReading) -> tuple[str, ...]:
    """Return each share that was not recorded, the largest first."""
    return tuple(f"{each.says}; {each.about}" for each in held.missing.found)


def named(held: BoardReading) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what is counted where a board reads first and named further down, with its names."""
    both = ((marked(held), held.missing.marks), (no_figure(held), held.missing.no_figure))
    return tuple((heading, said) for heading, said in both if said)


def inspections(held: Found) -> str:
    """Return the inspections in which something was found, to end a text; empty where none is."""
    return f" Inspections: {', '.join(held.inspections)}." if held.inspections else ""


def came_out(verdict: Verdict, held: Sized) -> str:
    """Return how many checks came out in a way that found nothing."""
    unseen = verdict is Verdict.NOT_CHECKED
    how = "Could not be checked, which is no pass" if unseen else "Looked and found nothing"
    return f"{how} ({len(held)})"


def beneath(entry: Entry) -> tuple[str, ...]:
    """Return what is said of a figure: of its series, its neighbours, and what it is not."""
    said = (entry.compared, *entry.breaks, *beside(entry))
    return tuple(each for each in said if each)


def beside(entry: Entry) -> tuple[str, ...]:
    """Return what is said of a figure but for its series: its neighbours, and what it is not."""
    said = (entry.neighbours, *(f"{mark.rstrip('.')}." for mark in entry.warns))
    return tuple(each for each in said if each)


def interval_shown(said: str) -> str:
    """Return an interval, or why there is none but for what is said once of all counts."""
    return DASH if said in (WHOLE, NOTHING) else said


def in_parts(held: Iterable[Apart]) -> tuple[str, ...]:
    """Return each figure with its parts in words, in every way in which it is taken apart."""
    lines: dict[str, list[str]] = {}
    for each in held:
        lines.setdefault(f"{each.line.title}, {period(each.line)}.", []).append(each.says)
    return tuple(f"{name} {' '.join(said)}" for name, said in lines.items())


def lines(held: BoardReading) -> dict[str, str]:
    """Return what a decision can be about, by code: figures, questions, what is overdue.

    Where there is no figure, every declared indicator: what is missing can be decided on too.
    """
    declared = {indicator.code: indicator.title for indicator in INDICATORS}
    figures = {entry.line.indicator: entry.title for entry in held.entries} or declared
    asked = {each.checks[0].check: f"Question: {each.asks}" for each in held.asked.raised}
    late = {
        line.code: f"Recommendation: {line.code} {line.title}"
        for each in held.overdue.late
        for line in each.answers
    }
    return {**figures, **asked, **late}


def stands(held: BoardReading) -> str:
    """Return of which day answers, decisions and what is overdue are."""
    return f"As things stand on {day(held.as_of)}, {WHATEVER}."


def looked_until(held: BoardReading) -> str:
    """Return up to which day checks looked, and of which day answers and recommendations are."""
    quarter = held.card.quarter
    until = f"Looked at: what had ended by {day(quarter.end)}. " if quarter else ""
    return f"{until}Recommendations and answers in writing: as things stand on {day(held.as_of)}."


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
    """Return how many indicators that are asked for have no figure at all."""
    return f"Asked for, and no figure of this area by then ({len(held.missing.no_figure)})"


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
