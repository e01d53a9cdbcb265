"""The sheets of a scorecard's workbook: what a board reads first, then every table behind it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from data_model.vocabulary import Symbol, Verdict
from inspect_app.services import board_words
from inspect_app.services.board_periods import period, point_period
from inspect_app.services.board_reading import READ_ME, BoardReading, Entry
from inspect_app.services.boards import AnswerValue
from inspect_app.services.checks import Found, Question
from inspect_app.services.figure_words import interval
from inspect_app.services.series import Series
from inspect_app.workbooks.board_plan import PlanSheet, dated, number, text
from metrics.outcome import Count, NoNumber, Outcome, Rate, Share, Stated, in_words

Row = Mapping[str, Any]
Rows = Callable[[BoardReading], Iterator[Row]]

NOTES = (
    READ_ME,
    "An empty cell is one that does not apply. Where there is no number, the column “In words” "
    f"says why: “{Symbol.WITHHELD.english}”, for one, is not nought.",
    board_words.ABOUT_QUESTIONS,
    "Every sheet that follows is one table, and sections stand in the order in which a board "
    "reads them.",
)


def sheets(held: BoardReading) -> tuple[PlanSheet, ...]:
    """Return every sheet of the workbook with its rows."""
    return tuple(
        PlanSheet(name, about, columns, list(rows(held))) for name, about, columns, rows in SHEETS
    )


def _first(held: BoardReading) -> Iterator[Row]:
    for section, said in _sections(held):
        for each in said:
            yield {"section": section, "says": each}


def _sections(held: BoardReading) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield board_words.CHANGED, (*board_words.changes(held), held.changed.said)
    none = (f"{board_words.no_figure(held)}.",) if held.missing.no_figure else ()
    said = (held.missing.said,) if held.missing.said else ()
    marks, others = held.missing.marks, held.missing.others
    yield board_words.MISSING, (*board_words.gaps(held), *said, *marks, *none, *others)
    found = tuple(each.found.says for each in held.contradicted.found)
    yield board_words.CONTRADICTED, (*found, held.contradicted.said)
    late = (board_words.late(each, held.overdue.listed) for each in held.overdue.late)
    actions = board_words.late_actions(held.overdue)
    yield board_words.OVERDUE, (*late, *actions, held.overdue.said, board_words.stands(held))
    yield board_words.QUESTIONS, (board_words.looked_until(held),)
    yield board_words.EVERY, held.notes


def _overdue(held: BoardReading) -> Iterator[Row]:
    for late in held.overdue.late:
        for line in late.answers:
            yield {
                "stands": late.stands.value,
                "code": line.code,
                "title": line.title,
                "body": line.body,
                "response_due_on": line.response_due_on,
                "original_due_on": line.original_due_on,
            }


def _questions(held: BoardReading) -> Iterator[Row]:
    for question in held.asked.of(Verdict.FOUND):
        for found in question.found:
            yield _asked(question, found, held.asked.answers.get(found.key))


def _asked(question: Question, found: Found, answer: AnswerValue | None) -> Row:
    return {
        "asks": question.asks,
        "severity": question.severity.english,
        "says": found.says,
        "inspections": "; ".join(found.inspections),
        "why": f"{question.why} ({question.source})",
        "answer": answer.text if answer else None,
        "by": answer.by if answer else None,
        "at": answer.at.date() if answer else None,
    }


def _checks(held: BoardReading) -> Iterator[Row]:
    contradictions = {question.check for question in held.contradicted.looked}
    for question in held.asked.questions:
        yield {
            "title": question.title,
            "contradiction": "Yes" if question.check in contradictions else "No",
            "verdict": question.verdict.english,
            "looked_at": question.looked_at,
            "not_checked": question.not_checked,
            "says": question.in_words,
        }


def _decided(held: BoardReading) -> Iterator[Row]:
    for each in (*held.decided.shown, *held.decided.older):
        yield {
            "quarter": each.quarter,
            "title": each.title,
            "text": each.text,
            "owner_role": each.role_named,
            "due_on": each.due_on,
            "by": each.by,
            "at": each.at.date(),
            "outcome": each.outcome,
            "done_on": each.done_on,
        }


def _entries(held: BoardReading) -> Iterator[Row]:
    for entry in held.entries:
        yield {**_entry(entry), **_numbers(entry.line.outcome)}


def _entry(entry: Entry) -> Row:
    line = entry.line
    return {
        "group": line.group.english,
        "title": line.title,
        "area": line.area.label,
        "subject": line.subject,
        "period": entry.period,
        "series": entry.says,
        "breaks": " ".join(entry.breaks) or None,
        "neighbours": entry.neighbours or None,
        "marks": "; ".join(entry.marks) or None,
        "better": line.better.english,
        "counted": entry.counted,
        "source": line.source,
        "note": line.note,
    }


def _numbers(outcome: Outcome) -> Row:
    """Return a figure as numbers where it has any, its unit, its interval, and it in words."""
    said: dict[str, Any] = {"says": in_words(outcome), "interval": interval(outcome)}
    match outcome:
        case Share():
            said |= {"count": outcome.count, "out_of": outcome.out_of}
            said |= {"value": 100 * outcome.share, "unit": "percent"}
        case Rate():
            said |= {"count": outcome.count, "out_of": outcome.out_of}
            said |= {"value": outcome.rate, "unit": f"per {outcome.per:,}"}
        case Count():
            said |= {"count": outcome.count}
        case Stated(comparator=None, high=None):
            said |= {"value": outcome.value, "out_of": outcome.out_of, "unit": outcome.unit}
        case _:
            pass
    return said


def _parts(held: BoardReading) -> Iterator[Row]:
    for each in held.apart:
        for part in each.parts:
            yield {
                "title": each.line.title,
                "area": each.line.area.label,
                "subject": each.line.subject,
                "period": period(each.line),
                "axis": each.breakdown.english,
                "part": part.name,
                **_numbers(part.outcome),
                "source": each.line.source,
            }


def _over_time(held: BoardReading) -> Iterator[Row]:
    for series in held.series:
        yield from _points(series)


def _points(held: Series) -> Iterator[Row]:
    whys = dict(zip((each.at for each in held.breaks), held.broken, strict=True))
    for at, point in enumerate(held.points):
        yield {
            "title": held.title,
            "area": held.area.label,
            "subject": held.key.subject,
            "period": point_period(held, point),
            "ends": point.end,
            "breaks": whys.get(at),
            "note": point.note,
            **_numbers(point.outcome),
        }


def _neighbours(held: BoardReading) -> Iterator[Row]:
    for view in held.beside:
        for each in view.areas:
            yield {
                "title": view.title,
                "subject": view.subject,
                "period": view.period,
                "area": each.name,
                "own": "Yes" if each.own else "No",
                **_numbers(each.outcome),
                "compared": view.said if each.own else None,
            }


def _without(held: BoardReading) -> Iterator[Row]:
    for title in held.missing.no_figure:
        yield {"title": title, "says": NoNumber(Symbol.NOT_AVAILABLE).symbol.english}


FIGURE = (
    number("count", "Count"),
    number("out_of", "Out of"),
    number("value", "Share, rate or stated number"),
    text("unit", "Unit of it"),
    text("interval", "Interval, or why none"),
    text("says", "In words"),
)
SHEETS: tuple[tuple[str, str, tuple[Any, ...], Rows], ...] = (
    (
        "Read first",
        "what changed and is more than noise, what is missing, contradicted and overdue.",
        (text("section", "Section"), text("says", "What is said")),
        _first,
    ),
    (
        "Overdue",
        "the answers to recommendations that wait, one row each, as things stand on the day above.",
        (
            text("stands", "How it stands"),
            text("code", "Recommendation number"),
            text("title", "Title"),
            text("body", "Addressed to"),
            dated("response_due_on", "Response due on"),
            dated("original_due_on", "Original date"),
        ),
        _overdue,
    ),
    (
        "Questions",
        "what checks found, one row each, with the answer in writing.",
        (
            text("asks", "The board should ask"),
            text("severity", "Severity"),
            text("says", "What was found"),
            text("inspections", "Inspections"),
            text("why", "Why it matters"),
            text("answer", "Answer"),
            text("by", "Answered by"),
            dated("at", "Answered on"),
        ),
        _questions,
    ),
    (
        "Checks",
        "every check as it came out, also those that found nothing or could not be made.",
        (
            text("title", "Check"),
            text("contradiction", "Looks for contradictions"),
            text("verdict", "How it came out"),
            number("looked_at", "Looked at"),
            number("not_checked", "Could not be checked"),
            text("says", "In words"),
        ),
        _checks,
    ),
    (
        "Decisions",
        "what the board decided, and what came of it, as things stand on the day above.",
        (
            text("quarter", "Quarter"),
            text("title", "On what"),
            text("text", "Decision or action"),
            text("owner_role", "Responsible role"),
            dated("due_on", "By when"),
            text("by", "Recorded by"),
            dated("at", "Recorded on"),
            text("outcome", "What came of it"),
            dated("done_on", "Said on"),
        ),
        _decided,
    ),
    (
        "Indicators",
        "every indicator: its figure, what may be said of its series, how it is counted.",
        (
            text("title", "Indicator"),
            text("group", "Group"),
            text("area", "Area"),
            text("subject", "Of whom"),
            text("period", "Period"),
            *FIGURE,
            text("series", "What may be said of its series"),
            text("breaks", "Breaks"),
            text("neighbours", "Beside its statistical neighbours"),
            text("marks", "Not to be overlooked"),
            text("better", "Polarity"),
            text("counted", "How it is counted"),
            text("source", "Source of the figure"),
            text("note", "Note"),
        ),
        _entries,
    ),
    (
        "Parts",
        "figures in parts: who children and perpetrators are, what nobody recorded among them.",
        (
            text("title", "Indicator"),
            text("area", "Area"),
            text("subject", "Of whom"),
            text("period", "Period"),
            text("axis", "By"),
            text("part", "Part"),
            *FIGURE,
            text("source", "Source of the figure"),
        ),
        _parts,
    ),
    (
        "Over time",
        "the figures behind every series, oldest first; nothing is comparable across a break.",
        (
            text("title", "Indicator"),
            text("area", "Area"),
            text("subject", "Of whom"),
            text("period", "Period"),
            dated("ends", "Ends on"),
            *FIGURE,
            text("breaks", "A new series begins"),
            text("note", "Note"),
        ),
        _over_time,
    ),
    (
        "Neighbours",
        "the area and its statistical neighbours, by name; this is no order.",
        (
            text("title", "Indicator"),
            text("subject", "Of whom"),
            text("period", "Period"),
            text("area", "Area"),
            text("own", "This area"),
            *FIGURE,
            text("compared", "What may be said"),
        ),
        _neighbours,
    ),
    (
        "Without a figure",
        "indicators that are asked for and of which nothing is kept of this area by then.",
        (text("title", "Indicator"), text("says", "In words")),
        _without,
    ),
)
"""The sheets: name, what it holds, columns, and what makes its rows."""
