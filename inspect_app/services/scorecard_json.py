"""A scorecard as JSON: every section in the order in which a board reads it, and what is behind."""

import json
from collections.abc import Mapping
from typing import Any

from inspect_app.services import board_words
from inspect_app.services.board_concerns import Late
from inspect_app.services.board_parts import Apart
from inspect_app.services.board_periods import period, point_period
from inspect_app.services.board_reading import BoardReading
from inspect_app.services.boards import AnswerValue, DecisionValue
from inspect_app.services.checks import Found, Question
from inspect_app.services.neighbour_view import NeighbourView
from inspect_app.services.scorecard_rows import numbers, rows
from inspect_app.services.series import Series
from metrics.outcome import in_words

Answers = Mapping[str, AnswerValue]


def as_json(held: BoardReading) -> str:
    """Return every section as one object, its keys in the order in which a board reads them."""
    card = held.card
    said = {
        "area_code": card.area.code,
        "area_name": card.area.label,
        "quarter": str(card.quarter) if card.quarter else None,
        "as_of": held.as_of.isoformat(),
        "read_by": held.reader,
        "changed": _changed_json(held),
        "missing": _missing_json(held),
        "contradicted": _contradicted_json(held),
        "overdue": _overdue_json(held),
        "questions": {
            "said": held.asked.said,
            "as_things_stand": board_words.looked_until(held),
            "checks": [_check(each, held.asked.answers) for each in held.asked.questions],
        },
        "decisions": {
            "said": held.decided.said,
            "as_things_stand": board_words.stands(held),
            "shown": [_decision(each) for each in held.decided.shown],
            "older": [_decision(each) for each in held.decided.older],
        },
        "notes": list(held.notes),
        "indicators": rows(held),
        "parts": [_apart(each) for each in held.apart],
        "over_time": [_series(each) for each in held.series],
        "neighbours": [_beside(each) for each in held.beside],
    }
    return json.dumps(said, ensure_ascii=False, indent=2)


def _changed_json(held: BoardReading) -> dict[str, Any]:
    found = [
        {"indicator": each.series.key.indicator, "name": each.name, "says": each.says}
        for each in held.changed.found
    ]
    return {"said": held.changed.said, "found": found}


def _missing_json(held: BoardReading) -> dict[str, Any]:
    found = [
        {"indicator": each.line.indicator, "says": each.says, "about": each.about}
        for each in held.missing.found
    ]
    return {
        "said": held.missing.said,
        "found": found,
        "marks": held.missing.marks,
        "no_figure": held.missing.no_figure,
        "others_without_figure": held.missing.others,
    }


def _contradicted_json(held: BoardReading) -> dict[str, Any]:
    answers = held.asked.answers
    return {
        "said": held.contradicted.said,
        "found": [_found(each.found, answers) for each in held.contradicted.found],
        "looked": [
            {"check": each.check, "verdict": str(each.verdict), "in_words": each.in_words}
            for each in held.contradicted.looked
        ],
    }


def _overdue_json(held: BoardReading) -> dict[str, Any]:
    return {
        "said": held.overdue.said,
        "as_things_stand": board_words.stands(held),
        "answers": [_late(each) for each in held.overdue.late],
        "actions": [_decision(each) for each in held.overdue.actions],
    }


def _late(held: Late) -> dict[str, Any]:
    return {"stands": held.stands.value, "answers": board_words.late_answers(held)}


def _check(held: Question, answers: Answers) -> dict[str, Any]:
    words = ("check", "title", "asks", "why", "source", "in_words", "looked_at", "not_checked")
    return {
        **{word: getattr(held, word) for word in words},
        "severity": str(held.severity),
        "verdict": str(held.verdict),
        "found": [_found(each, answers) for each in held.found],
    }


def _found(held: Found, answers: Answers) -> dict[str, Any]:
    answer: AnswerValue | None = answers.get(held.key)
    said = {"text": answer.text, "by": answer.by, "at": answer.at.isoformat()} if answer else None
    return {"key": held.key, "says": held.says, "inspections": held.inspections, "answer": said}


def _decision(held: DecisionValue) -> dict[str, Any]:
    words = ("quarter", "line", "title", "text", "role_named", "by", "outcome")
    days = {"due_on": held.due_on, "decided_on": held.at.date(), "done_on": held.done_on}
    dated = {name: on.isoformat() if on else None for name, on in days.items()}
    return {**{word: getattr(held, word) for word in words}, **dated}


def _apart(held: Apart) -> dict[str, Any]:
    line = held.line
    return {
        "indicator": line.indicator,
        "area": line.area.label,
        "subject": line.subject,
        "period": period(line),
        "by": str(held.breakdown),
        "parts": [
            {"part": part.name, "says": in_words(part.outcome), **numbers(part.outcome)}
            for part in held.parts
        ],
    }


def _series(held: Series) -> dict[str, Any]:
    points = [
        {
            "period": point_period(held, p),
            "end": p.end.isoformat(),
            "says": in_words(p.outcome),
            "note": p.note,
        }
        for p in held.points
    ]
    return {
        "indicator": held.key.indicator,
        "area": held.area.label,
        "subject": held.key.subject,
        "says": held.said,
        "breaks": held.broken,
        "points": points,
    }


def _beside(held: NeighbourView) -> dict[str, Any]:
    areas = [{"area": each.name, "says": in_words(each.outcome)} for each in held.areas]
    said = {word: getattr(held, word) for word in ("indicator", "subject", "period", "model")}
    return {**said, "says": held.said, "areas": areas}
