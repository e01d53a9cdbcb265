"""A scorecard as text: what a board reads, in its order; and its indicators as CSV."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from textwrap import wrap

from data_model.vocabulary import Verdict
from inspect_app.publishing.words import day
from inspect_app.services import board_words
from inspect_app.services.board_concerns import Raised
from inspect_app.services.board_reading import NO_LINES, READ_ME, BoardReading
from inspect_app.services.scorecard_json import as_json
from inspect_app.services.scorecard_rows import HEADINGS, rows
from metrics.indicator import Group
from metrics.outcome import in_words

WIDTH = 100


def as_table(held: BoardReading) -> str:
    """Return the sections below each other, each under its heading, at most 100 wide."""
    area = held.card.area
    stood = f"As things stood on {day(held.as_of)}, and as {held.reader}, may see them."
    lines = [f"{area.label} ({area.code}), {held.when}", *_text(stood)]
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
    for change in board_words.changes(held):
        yield from _item(change)
    yield from _text(held.changed.said)


def _missing(held: BoardReading) -> Iterator[str]:
    for gap in board_words.gaps(held):
        yield from _item(gap)
    yield from _text(held.missing.said)
    for heading, _said in board_words.named(held):
        yield from _item(f"{heading}: named at the end.")
    for other in held.missing.others:
        yield from _item(other)


def _contradicted(held: BoardReading) -> Iterator[str]:
    for each in held.contradicted.found:
        yield from _item(each.found.says)
        yield from _text(board_words.inspections(each.found).strip(), "  ")
        yield from _text(f"Ask: {each.question.asks}", "  ")
        if each.answer:
            yield from _text(board_words.answer(each.answer), "  ")
    yield from _text(held.contradicted.said)


def _overdue(held: BoardReading) -> Iterator[str]:
    yield from _text(board_words.stands(held))
    for late in held.overdue.late:
        yield from _item(board_words.late(late, held.overdue.listed))
        for said in board_words.late_answers(late):
            yield from _text(said, "  ")
    for said in board_words.late_actions(held.overdue):
        yield from _item(said)
    yield from _text(held.overdue.said)


def _questions(held: BoardReading) -> Iterator[str]:
    yield from _text(board_words.looked_until(held))
    for raised in held.asked.raised:
        yield from _item(f"{raised.asks} ({raised.severity.english})")
        if raised.checks[0] in held.contradicted.looked:
            yield from _text(board_words.SAID_ABOVE, "  ")
        else:
            yield from _found(raised, held)
    yield from _text(held.asked.said)
    for question in (*held.asked.of(Verdict.NOT_CHECKED), *held.asked.of(Verdict.NOTHING)):
        yield from _item(f"{question.title}. {question.in_words}")


def _found(raised: Raised, held: BoardReading) -> Iterator[str]:
    for found in raised.found:
        yield from _text(found.says, "  ")
        if found.key in held.asked.answers:
            yield from _text(board_words.answer(held.asked.answers[found.key]), "    ")


def _decided(held: BoardReading) -> Iterator[str]:
    yield from _text(board_words.stands(held))
    for each in (*held.decided.shown, *held.decided.older):
        parts = (each.title, each.text, board_words.action(each), board_words.outcome(each))
        yield from _item(f"{board_words.about(each)} {' '.join(part for part in parts if part)}")
    yield from _text(held.decided.said)


def _entries(held: BoardReading) -> Iterator[str]:
    yield from _text(f"{READ_ME} {held.signs}" if held.entries else NO_LINES)
    for note in held.notes:
        yield from _text(note)
    for group in Group:
        yield from _group(group, held)
    for heading, said in board_words.named(held):
        yield from ("", *_text(f"{heading}: {'; '.join(said)}."))


def _group(group: Group, held: BoardReading) -> Iterator[str]:
    of_group = [each for each in held.figures if each.line.group is group]
    if of_group:
        yield from ("", f"{group.english}:")
    for each in of_group:
        yield from _item(f"{each.signed}: {in_words(each.line.outcome)} [{each.period}]")
        yield from _text(" ".join(board_words.beneath(each)), "  ")
    parts = board_words.in_parts(each for each in held.apart if each.line.group is group)
    if parts:
        yield from ("", f"{group.english}, in parts:")
    for said in parts:
        yield from _item(said)


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
