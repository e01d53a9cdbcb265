"""The evidence base of one inspection as linked tables: what adds up, and what is sensitive.

Every theme takes the same cases apart by grade, and so does the line by kind of case: they share
the number of cases read. Why cases were not graded takes *not graded* apart.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from metrics.counts import NOT_GRADED
from metrics.disclosure import Cell, Group, Key, Relation, Tables, adds_up, at_least

ABOUT_A_GROUP = frozenset({"T5", "T6"})
"""Male victims and disabled children: why such a theme was not graded says who the children are."""


@dataclass(frozen=True)
class Read:
    """The counts of one inspection before anything is withheld.

    `kinds` by kind of case, `grades` by theme and grade with *not graded* last, `reasons` by theme
    and reason, `findings` behind each recommendation; `available` are the cases that could be
    chosen, None where it is not known, and `all_read` says that every one of them was read.
    """

    inspection: str
    read: int
    kinds: Mapping[str, int]
    grades: Mapping[str, Mapping[str, int]]
    reasons: Mapping[str, Mapping[str, int]]
    findings: Mapping[str, int]
    available: int | None = None
    all_read: bool = False


def read_key(inspection: str) -> Key:
    return ("cases read", inspection)


def kind_key(inspection: str, kind: str) -> Key:
    return ("kind", inspection, kind)


def grade_key(inspection: str, theme: str, grade: str) -> Key:
    return ("grade", inspection, theme, grade)


def reason_key(inspection: str, theme: str, reason: str) -> Key:
    return ("why not graded", inspection, theme, reason)


def findings_key(inspection: str, recommendation: str) -> Key:
    return ("findings", inspection, recommendation)


def available_key(inspection: str) -> Key:
    return ("cases available", inspection)


def table_of(key: Key) -> Hashable:
    """Return the table that a cell of an evidence base belongs to: its theme's, or its own."""
    assert isinstance(key, tuple)  # noqa: S101 - all keys here are
    return key[:3] if key[0] in ("grade", "why not graded", "findings") else key[:2]


def shows_a_grade(key: Key) -> bool:
    """Return whether a cell says how a case was graded; the others say nothing of a child."""
    return isinstance(key, tuple) and key[0] == "grade" and key[3] != NOT_GRADED


def tables(held: Read) -> Tables:
    """Return everything that is counted of one inspection."""
    return Tables(tuple(_cells(held)), tuple(relations(held)), tuple(_groups(held)))


def _cells(held: Read) -> Iterator[Cell]:
    name = held.inspection
    # A reader loses the total of every line with this one.
    yield Cell(read_key(name), held.read, worth=1 + len(held.grades))
    yield from (Cell(kind_key(name, kind), n) for kind, n in held.kinds.items())
    for theme, line in held.grades.items():
        yield from (Cell(grade_key(name, theme, grade), n) for grade, n in line.items())
    for theme, why in held.reasons.items():
        yield from (Cell(reason_key(name, theme, reason), n) for reason, n in why.items())
    yield from (Cell(findings_key(name, code), n) for code, n in held.findings.items())
    if held.available is not None:
        yield Cell(available_key(name), held.available)


def relations(held: Read) -> Iterator[Relation]:
    """Yield how the counts of one inspection hang together, as every reader can see."""
    name, read = held.inspection, read_key(held.inspection)
    if held.kinds:
        kinds = [kind_key(name, kind) for kind in held.kinds]
        yield adds_up(read, kinds, f"{name}: the kinds of case are all cases read")
    for theme, line in held.grades.items():
        grades = [grade_key(name, theme, grade) for grade in line]
        yield adds_up(read, grades, f"{name}, {theme}: the grades are those of all cases read")
    for theme, why in held.reasons.items():
        reasons = [reason_key(name, theme, reason) for reason in why]
        whole = grade_key(name, theme, NOT_GRADED)
        yield adds_up(whole, reasons, f"{name}, {theme}: every case not graded has one reason")
    yield from _limits(held)


def _limits(held: Read) -> Iterator[Relation]:
    name, read = held.inspection, read_key(held.inspection)
    for code in held.findings:
        times = ((read, len(held.grades)), (findings_key(name, code), -1))
        yield Relation(times, 0, None, f"{code} rests on findings of {name}, one a case and theme")
    if held.available is not None:
        chosen = available_key(name)
        yield at_least([chosen], [read], f"{name}: cases read are among those available")
        if held.all_read:
            yield at_least([read], [chosen], f"{name}: every case available was read")


def _groups(held: Read) -> Iterator[Group]:
    for theme, line in held.grades.items():
        keys = {grade: grade_key(held.inspection, theme, grade) for grade in line}
        sensitive = tuple(key for grade, key in keys.items() if grade != NOT_GRADED)
        yield Group(read_key(held.inspection), tuple(keys.values()), sensitive)


def standing_relation(
    inspection: str, theme: str, above: Sequence[str], below: Sequence[str], *, good: bool
) -> Relation:
    """Return what a published sentence says of a theme's grades: good or better, and below (K.10).

    Good: at least half of the graded cases are; not good: more than half are not.
    """
    better = [grade_key(inspection, theme, grade) for grade in above]
    worse = [grade_key(inspection, theme, grade) for grade in below]
    if good:
        return at_least(better, worse, f"{inspection}, {theme} is said to be good")
    return at_least(worse, better, f"{inspection}, {theme} is said not to be good", by=1)
