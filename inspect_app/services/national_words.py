"""What is said of a national publication taken in: how many figures, and which are revised."""

from collections import Counter
from collections.abc import Iterator, Sequence

from inspect_app.services.national_values import Became, Line, NationalReport

MOST = 20
NAMED = (Became.REVISED, Became.OLDER)


def lines(report: NationalReport, *, only_looked: bool = False) -> Iterator[str]:
    """Yield a report line by line, as the command line prints it."""
    yield f"{report.file}: {report.publication}, {report.release}"
    yield f"  {headline(report, only_looked=only_looked)}"
    for became in Became:
        if report.total(became):
            yield f"  {report.total(became):,} {became}"
    if report.left_out:
        yield f"  {report.left_out:,} of {report.read:,} rows are about something not asked for"
    for became in NAMED:
        yield from some([in_words(each) for each in report.lines if each.became is became])
    elsewhere = Counter(each.says for each in report.lines if each.became is Became.NOT_HERE)
    yield from some([f"{says} ({total:,} figures)" for says, total in elsewhere.items()])
    yield from some([f"Row {each.row}: {each.in_words}" for each in report.problems])


def headline(report: NationalReport, *, only_looked: bool = False) -> str:
    """Return in a sentence what became of a file."""
    new, revised = report.total(Became.NEW), report.total(Became.REVISED)
    if not new + revised:
        return "This file changes nothing here."
    brings = f"{new:,} new figures and {revised:,} revised, of {len(report.areas):,} areas"
    if only_looked or not report.taken:
        return f"Would be taken in: {brings}. Nothing was kept."
    return f"Taken in: {brings}. What was revised is kept."


def in_words(line: Line) -> str:
    """Return what became of one figure."""
    about = f"Row {line.row}: {line.place or line.area}, {line.period}, {line.indicator}"
    change = f" {line.before} → {line.after}" if line.before else ""
    return f"{about}: {line.became}{change}.{f' {line.says}' if line.says else ''}"


def some(said: Sequence[str]) -> Iterator[str]:
    """Yield the first lines of a list, and how many more there are."""
    yield from (f"  {each}" for each in said[:MOST])
    if len(said) > MOST:
        yield f"  … and {len(said) - MOST:,} more"
