"""Our own words at intake: phrases pointed out in the texts that a file brings, never blocking."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from sqlalchemy.orm import Session

from data_model.records import Inspection
from data_model.wording import concerns
from inspect_app.services.intake_compare import DraftPlan
from inspect_app.services.intake_new import NewCases
from inspect_app.services.intake_values import Words, WordsAt
from inspect_app.services.wording import FREE_TEXT, IN_A_FINDING, known_names
from inspect_app.workbooks.layout import CASE, THEME, SheetLayout

TEXTS = {"case": FREE_TEXT, "findings": IN_A_FINDING, "pointers": ("locator",)}
LISTED = 200
MOST_CHARACTERS = 1_000_000
"""So much text is looked through, about a third of a second; more than any inspection writes."""


@dataclass(frozen=True)
class Brought:
    """A free text that a file brings: in which case and theme, which field, what it says."""

    reference: str
    theme: str
    layout: SheetLayout
    name: str
    text: str


def words_of(
    session: Session, held: Inspection, drafts: Iterable[DraftPlan], new: NewCases
) -> Words:
    """Return what is pointed out in new and changed texts; words marked as quoted are not.

    The first 200 are listed and all are counted, in the first million characters.
    """
    known = known_names(session, held)
    listed: list[WordsAt] = []
    count = looked = left = 0
    for each in chain(*map(_of_draft, drafts), _of_new(new)):
        if looked >= MOST_CHARACTERS:
            left += 1
            continue
        looked += len(each.text)
        found = [one for one in concerns(each.text, known=known) if not one.quoted]
        count += len(found)
        listed += [
            WordsAt(each.reference, _field(each), one.said, one.why, one.instead)
            for one in found[: LISTED - len(listed)]
        ]
    return Words(tuple(listed), count, left)


def _of_draft(plan: DraftPlan) -> Iterator[Brought]:
    for row in plan.rows:
        layout = row.rows.layout
        theme = row.said.get(THEME, "")
        for name in TEXTS.get(layout.holds, ()):
            if row.takes.get(name):
                yield Brought(plan.reference, theme, layout, name, row.takes[name])


def _of_new(new: NewCases) -> Iterator[Brought]:
    for holds, frame in new.frames.items():
        names = [name for name in TEXTS.get(holds, ()) if name in frame.columns]
        key = [name for name in (CASE, THEME) if name in frame.columns]
        for reference, *rest in frame.select(key + names).iter_rows():
            theme = rest.pop(0) if THEME in key else ""
            for name, text in zip(names, rest, strict=True):
                if text:
                    yield Brought(reference, theme, new.layouts[holds], name, text)


def _field(each: Brought) -> str:
    title = each.layout.column(each.name).title
    if not each.theme:
        return title
    return f"{each.layout.column(THEME).words.get(each.theme, each.theme)}, {title}"
