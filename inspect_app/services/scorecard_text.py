"""A scorecard as text: what a board reads, in its order; and its indicators as CSV."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from textwrap import wrap

from data_model.vocabulary import Verdict
from inspect_app.publishing.words import day
from inspect_app.services import board_words
from inspect_app.services.board_reading import READ_ME, BoardReading, Entry
from inspect_app.services.checks import Question
from inspect_app.services.scorecard_json import as_json
from inspect_app.services.scorecard_rows import HEADINGS, rows
from metrics.indicator import Group
from metrics.outcome import in_words

WIDTH = 100


def as_table(held: BoardReading) -> str:
    """Return the sections below each other, each under its heading, at most 100 wide."""
    area = held.card.area
    lines = [f"{area.label} ({area.code}), {held.when}", f"As things stood on {day(held.as_of)}."]
    for heading, said in zip(board_words.SECTIONS, _sections(held), strict=True):
        lines += ["", heading.upper(), *said]
    return "\n".join(lines)


def _sections(held: BoardReading) -> tuple[list[str], ...]:
    return (
        list(_changed(held)),
        list(_missing(held)),
        list(_contradicted(held)),
        list(_overdue(held)),
        list(_questions(held)),
        list(_decided(held)),
        list(_entries(held)),
    )


def _changed(held: BoardReading) -> Iterator[str]:
    for change in held.changed.found:
        yield from _item(f"{change.name}: {change.says}")
    yield from _text(held.changed.said)


def _missing(held: BoardReading) -> Iterator[str]:
    for gap in held.missing.found:
        yield from _item(f"{gap.says}; {gap.about}")
    yield from _text(held.missing.said)
    if held.missing.marks:
        yield from _item(f"{board_words.marked(held)}: named at the end.")
    if held.missing.no_figure:
        yield from _item(f"{board_words.no_figure(held)}: named at the end.")


def _contradicted(held: BoardReading) -> Iterator[str]:
    for each in held.contradicted.found:
        yield from _item(each.found.says)
        yield from _text(f"Inspections: {', '.join(each.found.inspections)}", "  ")
        yield from _text(f"Ask: {each.question.asks}", "  ")
        if each.answer:
            yield from _text(board_words.answer(each.answer), "  ")
    yield from _text(held.contradicted.said)
    for question in held.contradicted.looked:
        yield from _item(f"{question.title}. {question.in_words}")


def _overdue(held: BoardReading) -> Iterator[str]:
    for late in held.overdue.late:
        yield from _item(board_words.late(late, held.overdue.listed))
        for said in board_words.late_answers(late):
            yield from _text(said, "  ")
    for said in board_words.late_actions(held.overdue):
        yield from _item(said)
    yield from _text(held.overdue.said)


def _questions(held: BoardReading) -> Iterator[str]:
    for question in held.asked.of(Verdict.FOUND):
        yield from _item(f"{question.asks} ({question.severity.english})")
        if question in held.contradicted.looked:
            yield from _text(board_words.SAID_ABOVE, "  ")
        else:
            yield from _found(question, held)
    yield from _text(held.asked.said)
    for question in (*held.asked.of(Verdict.NOT_CHECKED), *held.asked.of(Verdict.NOTHING)):
        yield from _item(f"{question.title}. {question.in_words}")


def _found(question: Question, held: BoardReading) -> Iterator[str]:
    for found in question.found:
        yield from _text(found.says, "  ")
        if found.key in held.asked.answers:
            yield from _text(board_words.answer(held.asked.answers[found.key]), "    ")


def _decided(held: BoardReading) -> Iterator[str]:
    for each in (*held.decided.shown, *held.decided.older):
        parts = (each.title, each.text, board_words.action(each), board_words.outcome(each))
        yield from _item(f"{board_words.about(each)} {' '.join(part for part in parts if part)}")
    yield from _text(held.decided.said)


def _entries(held: BoardReading) -> Iterator[str]:
    yield from _text(READ_ME if held.entries else "There are no figures for this area and time.")
    for note in held.notes:
        yield from _text(note)
    for group in Group:
        of_group = [each for each in held.entries if each.line.group is group]
        if of_group:
            yield from ("", f"{group.english}:")
        for each in of_group:
            yield from _item(f"{each.name}: {in_words(each.line.outcome)} [{each.line.period}]")
            yield from _text(" ".join(_beneath(each)), "  ")
    for heading, said in (
        (board_words.marked(held), held.missing.marks),
        (board_words.no_figure(held), held.missing.no_figure),
    ):
        if said:
            yield from ("", *_text(f"{heading}: {'; '.join(said)}."))


def _beneath(entry: Entry) -> tuple[str, ...]:
    marks = tuple(f"({mark})" for mark in entry.marks)
    return (entry.says, *entry.breaks, entry.neighbours, *marks)


def _item(said: str) -> list[str]:
    return wrap(said, WIDTH, break_on_hyphens=False, initial_indent="- ", subsequent_indent="  ")


def _text(said: str, indent: str = "") -> list[str]:
    return wrap(
        said, WIDTH, break_on_hyphens=False, initial_indent=indent, subsequent_indent=indent
    )


def as_csv(held: BoardReading) -> str:
    """Return a header and a row for each indicator."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADINGS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(held))
    return out.getvalue().rstrip("\n")


FORMATS: Mapping[str, Callable[[BoardReading], str]] = {
    "table": as_table,
    "csv": as_csv,
    "json": as_json,
}
