"""A board paper on recommendations: what needs a decision, what is claimed, and what is shown.

The content is plain data. `blocks` says it in headings, paragraphs and tables; no case is named
in it, and no word of a finding stands in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from inspect_app.publishing.paper import Block, Heading, Paper, Paragraph, Table
from inspect_app.publishing.words import day

NONE = "None"
NOT_YET = "Not yet"
NOT_KNOWN = "Not known"
NO_DAYS = "–"


@dataclass(frozen=True)
class Waiting:
    """An answer that needs a decision: since when, or until when it should have been made."""

    code: str
    title: str
    body: str
    since: date | None


@dataclass(frozen=True)
class Decision:
    """What needs a decision: a heading, why it matters, and the answers, the oldest first."""

    heading: str
    why: str
    since: str
    waiting: tuple[Waiting, ...]


@dataclass(frozen=True)
class Answer:
    """One body's answer: what it says, what was shown, and its dates.

    What became of one that is not `followed` here is not known.
    `days` is how long the claim has stood until the effect was shown, or until the day of the
    paper where it is not.
    """

    body: str
    label: str
    followed: bool
    response: str
    delivery: str
    assurance: str
    claimed_on: date | None
    shown_on: date | None
    days: int | None
    original_due_on: date | None
    due_on: date | None
    slips: int


@dataclass(frozen=True)
class Step:
    """An action of a body's plan."""

    code: str
    body: str
    action: str
    role: str
    original_due_on: date
    due_on: date
    slips: int
    done_on: date | None


@dataclass(frozen=True)
class Asked:
    """A recommendation with the answer of each body that the paper is about."""

    code: str
    title: str
    text: str
    kind: str
    themes: tuple[str, ...]
    made_on: date
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class BoardPaper:
    """A paper for one body, one area or another selection, as things stood on a day."""

    title: str
    about: str
    prepared_by: str
    as_of: date
    decisions: tuple[Decision, ...]
    asked: tuple[Asked, ...]
    steps: tuple[Step, ...]


HOW_TO_READ = (
    "A body says that something is complete; somebody independent shows that it had an effect. "
    "The two stand side by side here, with the days between them. A date is always the original "
    "one; a later date is shown beside it, with the number of times it was put back. Nothing is "
    "added up to a percentage complete."
)


def laid_out(paper: BoardPaper) -> Paper:
    """Return the paper as it is drawn."""
    return Paper(paper.title, paper.about, paper.prepared_by, paper.as_of, tuple(blocks(paper)))


def blocks(paper: BoardPaper) -> Iterator[Block]:
    """Yield the paper from its title to its last table."""
    yield Heading(0, paper.title)
    yield Paragraph(
        f"{paper.about} As things stood on {day(paper.as_of)}. Prepared by {paper.prepared_by}."
    )
    yield Paragraph(_counted(paper))
    yield Paragraph(HOW_TO_READ, "note")
    yield from _decisions(paper)
    yield from _side_by_side(paper)
    yield Heading(1, "Each recommendation")
    for asked in paper.asked:
        yield from _asked(asked)
    yield from _steps(paper)


def _counted(paper: BoardPaper) -> str:
    answers = [answer for asked in paper.asked for answer in asked.answers]
    claimed = [answer for answer in answers if answer.claimed_on]
    shown = [answer for answer in claimed if answer.shown_on]
    unknown = sum(not answer.followed for answer in answers)
    return (
        f"{_many(len(paper.asked), 'recommendation')}, {_many(len(answers), 'answer')}"
        f"{f', of which {unknown} not followed here' if unknown else ''}. "
        f"Claimed complete: {len(claimed)}. Effect shown, of these: {len(shown)}."
    )


def _many(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"


def _decisions(paper: BoardPaper) -> Iterator[Block]:
    yield Heading(1, "What needs a decision first")
    needed = [decision for decision in paper.decisions if decision.waiting]
    if not needed:
        said = ", ".join(decision.heading.lower() for decision in paper.decisions)
        yield Paragraph(f"Nothing. Looked for: {said}.")
    for decision in needed:
        yield Heading(2, f"{decision.heading} ({len(decision.waiting)})")
        yield Paragraph(decision.why, "leads")
        yield Table(
            decision.heading,
            ("Recommendation", "Body", decision.since, "Days"),
            tuple(
                (f"{each.code} {each.title}", each.body, _since(each), _days(each, paper))
                for each in decision.waiting
            ),
            (46, 24, 20, 10),
        )


def _since(waiting: Waiting) -> str:
    return _day(waiting.since, "Not claimed")


def _days(waiting: Waiting, paper: BoardPaper) -> str:
    return f"{(paper.as_of - waiting.since).days:,}" if waiting.since else NO_DAYS


def _side_by_side(paper: BoardPaper) -> Iterator[Block]:
    yield Heading(1, "Claimed and shown, side by side")
    rows = tuple(
        (asked.code, answer.body, _claimed(answer), _shown(answer), _gap(answer))
        for asked in paper.asked
        for answer in asked.answers
    )
    yield Table(
        "Claimed and shown, side by side",
        ("Recommendation", "Body", "Claimed complete", "Effect shown", "Days between"),
        rows,
        (20, 26, 20, 18, 16),
    )


def _claimed(answer: Answer) -> str:
    return _day(answer.claimed_on, "Not claimed" if answer.followed else NOT_KNOWN)


def _shown(answer: Answer) -> str:
    return _day(answer.shown_on, "Not shown" if answer.followed else NOT_KNOWN)


def _gap(answer: Answer) -> str:
    if answer.days is None:
        return NO_DAYS
    return f"{answer.days:,}" if answer.shown_on else f"{answer.days:,} so far"


def _asked(asked: Asked) -> Iterator[Block]:
    yield Heading(2, f"{asked.code} {asked.title}")
    about = [asked.kind, *(["about " + ", ".join(asked.themes)] if asked.themes else [])]
    yield Paragraph(f"{', '.join(about)}. Made on {day(asked.made_on)}.", "note")
    yield Paragraph(asked.text)
    for answer in asked.answers:
        yield Paragraph(answer.label, "label")
    yield Table(
        f"Answers to {asked.code}",
        ("Body", "It says", "It claims", "Tested", "Original date", "Latest date"),
        tuple(
            (
                answer.body,
                answer.response,
                answer.delivery,
                answer.assurance,
                _original(answer),
                _latest(answer),
            )
            for answer in asked.answers
        ),
        (24, 15, 15, 15, 15, 16),
    )


def _original(of: Answer) -> str:
    return _day(of.original_due_on, NONE if of.followed else NOT_KNOWN)


def _latest(of: Answer | Step) -> str:
    if isinstance(of, Answer) and not of.followed:
        return NOT_KNOWN
    if not of.slips:
        return _day(of.due_on, NONE)
    return f"{_day(of.due_on, NONE)}, put back {_times(of.slips)}"


def _times(number: int) -> str:
    return {1: "once", 2: "twice"}.get(number, f"{number} times")


def _steps(paper: BoardPaper) -> Iterator[Block]:
    yield Heading(1, "Actions")
    if not paper.steps:
        yield Paragraph("No action of a plan is recorded for these recommendations.")
        return
    yield Paragraph("What is done here is what the body says is done.", "leads")
    yield Table(
        "Actions",
        ("For", "Action", "Responsible role", "Original date", "Latest date", "Done"),
        tuple(
            (
                step.code,
                step.action,
                f"{step.role}, {step.body}",
                _day(step.original_due_on),
                _latest(step),
                _day(step.done_on, NOT_YET),
            )
            for step in paper.steps
        ),
        (14, 24, 20, 14, 14, 14),
    )


def _day(of: date | None, instead: str = NOT_KNOWN) -> str:
    return day(of) if of else instead
