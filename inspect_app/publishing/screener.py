"""Is this file one that the standard's screener would take? Each rule is one function.

Our own reading of the rules that the Department for Education's screener publishes, and of what
a spreadsheet would make of a cell. A file that is not there has failed every rule.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from inspect_app.errors import Refusal
from inspect_app.publishing import screener_rules as rules
from inspect_app.publishing.described import NUMBERS, Holds, Table
from inspect_app.publishing.screened import Screened, read

Rule = Callable[[Screened], str]


@dataclass(frozen=True)
class Checked:
    """One rule and one file: whether it passed, and if not, what is wrong and where."""

    rule: str
    file: str
    passed: bool
    says: str


def screen(name: str, data: bytes | None, meta: bytes | None) -> tuple[Checked, ...]:
    """Return every rule of the standard, in order, with what it found in a file."""
    if data is None or meta is None:
        missing = "the file is not there" if data is None else "its metadata is not there"
        return _failed(name, rules.RULES, missing)
    screened = read(name, data, meta)
    shape = tuple(_checked(rule, screened) for rule in rules.SHAPE)
    if all(each.passed for each in shape):
        return (*shape, *(_checked(rule, screened) for rule in rules.CELLS))
    return (*shape, *_failed(name, rules.CELLS, "not looked at: the file has no such shape"))


def _failed(name: str, of: Iterable[Rule], says: str) -> tuple[Checked, ...]:
    return tuple(Checked(rule.__name__, name, passed=False, says=says) for rule in of)


def _checked(rule: Rule, screened: Screened) -> Checked:
    says = rule(screened)
    return Checked(rule.__name__, screened.name, passed=not says, says=says)


def refuse_bad_file(name: str, data: bytes | None, meta: bytes | None) -> None:
    """Refuse a file of the open data standard that its screener would not take."""
    _refuse(screen(name, data, meta))


def refuse_bad_table(table: Table, data: bytes) -> None:
    """Refuse a table of ours with a cell that is not what its column holds, or that would run."""
    _refuse(screen_table(table, data))


def screen_table(table: Table, data: bytes | None) -> tuple[Checked, ...]:
    """Return what a table of ours is found to be: its columns, and every cell."""
    if data is None:
        return (Checked("is_there", table.name, passed=False, says="the file is not there"),)
    head, *rows = csv.reader(io.StringIO(data.decode(), newline=""))
    expected = [column.name for column in table.fields]
    found = "" if head == expected else f"its columns are {head}, not {expected}"
    cells = next(_bad_cells(table, rows), "") if not found else ""
    return (
        Checked("has_its_columns", table.name, passed=not found, says=found),
        Checked("has_good_cells", table.name, passed=not cells, says=cells),
    )


def _bad_cells(table: Table, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for place, column in enumerate(table.fields):
        good = CELLS.get(column.holds, rules.TEXT)
        for line, row in enumerate(rows, start=2):
            if not good.fullmatch(row[place]):
                yield f"line {line}, {column.name}: {row[place]!r}"


CELLS: dict[Holds, re.Pattern[str]] = {
    **dict.fromkeys(NUMBERS, rules.NUMBER),
    Holds.DATE: re.compile(r"|\d{4}-\d{2}-\d{2}"),
    Holds.YES_NO: re.compile("yes|no"),
}


def _refuse(checked: Iterable[Checked]) -> None:
    for each in checked:
        if not each.passed:
            raise Refusal(
                f"The release was not written: {each.file}.csv would not pass the check "
                f"“{each.rule.replace('_', ' ')}”: {each.says}.",
                "Correct the record or the figure that the row comes from, then try again.",
                file=each.file,
                check=each.rule,
            )
