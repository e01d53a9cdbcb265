"""When returns were due and when they came: the returns behind the figure of late ones."""

from collections.abc import Iterable, Sequence

from inspect_app.services import late_returns
from inspect_app.services.late_returns import Due, QuarterDue
from inspect_app.services.scorecards import Line
from inspect_app.signed_in import SignedIn
from inspect_app.ui.markup import Markup, day, more, show, table, tag
from metrics.outcome import in_words
from metrics.returned import DUE

RULE = f"{DUE.says} {DUE.source}"
AT_ONCE = 4
"""Quarters that are shown at once; the earlier ones can be opened."""

AREA = "Area"
HEADINGS = ("Quarter", AREA, "Body", "Due on", "First came on", "How it stands")


def draw(me: SignedIn) -> None:
    """Draw the returns that were due in the person's sight, those overdue on top."""
    held = late_returns.due(by=me)
    if not held:
        return
    newest, earlier = _newest(held)
    show(
        tag("h2", "When returns came"),
        tag("p", RULE, css="small"),
        _overdue(held),
        _table("Returns of the newest quarters", newest),
        more("Earlier quarters", _table("Returns of earlier quarters", earlier))
        if earlier
        else None,
    )


def _newest(held: Sequence[QuarterDue]) -> tuple[list[QuarterDue], list[QuarterDue]]:
    ends = sorted({each.quarter.end for each in held}, reverse=True)[:AT_ONCE]
    newest = [each for each in held if each.quarter.end in ends]
    return newest, [each for each in held if each not in newest]


def _overdue(held: Iterable[QuarterDue]) -> Markup | None:
    """Say which returns are missing although the day they were due is over."""
    missing = [
        f"{each.body}: {quarter.quarter.label}"
        for quarter in held
        for each in quarter.returns
        if each.late and each.came_on is None
    ]
    if not missing:
        return None
    return tag("p", tag("strong", "Overdue and not here: "), "; ".join(missing), ".")


def behind(line: Line, me: SignedIn) -> None:
    """Draw the returns that a figure of late returns was counted from."""
    held = late_returns.of_area(line.area.code, by=me)
    mine = [each for each in held if each.quarter.end == line.period_end]
    show(
        tag("h4", "The returns behind it"),
        *(_table(f"Returns due, {each.quarter.label}: {_said(each)}", [each]) for each in mine),
        tag("p", RULE, css="small"),
    )


def _said(held: QuarterDue) -> str:
    return f"late {in_words(held.outcome)}" if held.outcome else "not counted yet"


def _table(caption: str, held: Sequence[QuarterDue]) -> Markup:
    """Return what was due as a table, with the area where there are several."""
    several = len({each.area for each in held}) > 1
    headings = [name for name in HEADINGS if several or name != AREA]
    rows = [_row(quarter, each, several=several) for quarter in held for each in quarter.returns]
    return table(caption, headings, rows)


def _row(quarter: QuarterDue, each: Due, *, several: bool) -> list[object]:
    words = each.in_words.capitalize()
    stands = tag("strong", words) if each.late else words
    came = day(each.came_on) if each.came_on else "Not here"
    area = [quarter.area_label] if several else []
    return [quarter.quarter.label, *area, each.body, day(each.due_on), came, stands]
