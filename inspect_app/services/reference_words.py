"""What is said of a look-up table taken in: how many rows, what changes, and what is unknown."""

from collections.abc import Iterator

from inspect_app.services.national_words import some
from inspect_app.services.reference_values import Became, LookupLine, LookupReport


def lines(report: LookupReport, *, only_looked: bool = False) -> Iterator[str]:
    """Yield a report line by line, as the command line prints it."""
    yield f"{report.file}: {report.title}, {report.release}"
    yield f"  {headline(report, only_looked=only_looked)}"
    for became in Became:
        if report.total(became):
            yield f"  {report.total(became):,} {became}"
    if report.left_out:
        yield f"  {report.left_out:,} of {report.read:,} rows are remarks without a code"
    yield from some([in_words(each) for each in report.lines if each.became is Became.CHANGED])
    yield from some([in_words(each) for each in report.lines if each.became is Became.LEFT_OUT])
    yield from some([f"Row {each.row}: {each.in_words}" for each in report.problems])


def headline(report: LookupReport, *, only_looked: bool = False) -> str:
    """Return in a sentence what became of a file."""
    if report.problems:
        return "Nothing was taken in: a table with rows that cannot be would be there by half."
    new, changed = report.total(Became.NEW), report.total(Became.CHANGED)
    if not new + changed:
        return "This file changes nothing here."
    brings = f"{report.about}: {new:,} new and {changed:,} changed"
    if only_looked or not report.taken:
        return f"Would be taken in: {brings}. Nothing was kept."
    return f"Taken in: {brings}. What was changed stands on the audit trail."


def in_words(line: LookupLine) -> str:
    """Return what became of one row."""
    change = f": {line.before} → {line.after}" if line.before else ""
    says = f" {line.says}" if line.says else ""
    return f"Row {line.row}: {line.place}, {line.became}{change}.{says}"
