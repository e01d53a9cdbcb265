"""An intake said in words: what became of a file, for a screen and for a command line."""

from collections.abc import Iterator

from inspect_app.services.intake_values import Became, Change, Report, Words

TITLES = {
    Became.NEW: "New",
    Became.CHANGED: "Changed",
    Became.UNCHANGED: "Unchanged",
    Became.CONFLICT: "Changed on both sides",
    Became.REFUSED: "Refused",
    Became.EMPTY: "Empty",
}
NOTHING = "nothing"
MOST = 50


def headline(report: Report, *, only_looked: bool = False) -> str:
    """Return in a sentence what became of a file."""
    brings = ", ".join(
        (
            counted(len(report.new_cases), "new case"),
            f"{counted(report.total(Became.NEW), 'new row')} in all",
            counted(len(report.changes), "changed field"),
        )
    )
    if report.held_back:
        return "Nothing was taken in: rows are refused, and all or nothing was asked for."
    if not report.brings:
        before = report.taken_before
        said = f" It was taken in on {before:%d %B %Y at %H:%M} UTC." if before else ""
        return f"Nothing to take in: this file changes nothing here.{said}"
    if only_looked:
        return f"Would be taken in: {brings}. Nothing was kept."
    if report.number is None:
        return f"To be taken in: {brings}."
    return f"Taken in as intake {report.number}: {brings}."


def counted(number: int, what: str) -> str:
    """Return a number of things: 1 row, 2 rows."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def lines(report: Report, *, only_looked: bool = False) -> Iterator[str]:
    """Yield a report line by line, as the command line prints it."""
    yield f"{report.file}: {headline(report, only_looked=only_looked)}"
    yield f"  Inspection {report.inspection}, packed for {report.packed_for}"
    for count in report.sheets:
        parts = ", ".join(f"{n} {TITLES[b].lower()}" for b, n in count.rows.items() if n)
        yield f"  {count.sheet}: {counted(count.read, 'row')} read{': ' if parts else ''}{parts}"
    yield from (f"  {note}" for note in report.notes)
    yield from _changes("Changed on both sides; what is here stays", report.conflicts)
    yield from _changes("Changed here only; stays as it is here", report.stays)
    yield from _pointed_out(report.words)
    for problem in report.problems[:MOST]:
        yield f"  Refused: {problem.sheet} {problem.cell}, {problem.in_words}"
    if len(report.problems) > MOST:
        yield f"  and {len(report.problems) - MOST} more problems"


def _pointed_out(words: Words) -> Iterator[str]:
    if words.count or words.left:
        yield f"  {pointed_out(words)}"
    for each in words.listed[:MOST]:
        yield f"    {each.reference}, {each.field}: “{each.said}”. {each.why} {each.instead}"
    if words.count > MOST:
        yield f"    and {words.count - MOST:,} more"


def pointed_out(words: Words) -> str:
    """Return in a sentence how much is pointed out in the texts that a file brings."""
    said = (
        f"{counted(words.count, 'phrase')} in its texts to look at again; nothing is held back "
        "for them."
    )
    left = f" {counted(words.left, 'text')} more were not looked through." if words.left else ""
    return said + left


def _changes(title: str, changes: tuple[Change, ...]) -> Iterator[str]:
    if changes:
        yield f"  {title}:"
    for change in changes[:MOST]:
        yield (
            f"    {where(change)}: here “{change.here or NOTHING}”, "
            f"in the file “{change.file or NOTHING}”"
        )
    if len(changes) > MOST:
        yield f"    and {len(changes) - MOST} more"


def where(change: Change) -> str:
    """Return which field of which line of which case a change is in."""
    return ", ".join(part for part in (change.reference, change.place, change.title) if part)
