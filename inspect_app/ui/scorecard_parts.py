"""Who the people of a figure are on the screen: each part a bar, what nobody recorded drawn too."""

from collections.abc import Sequence

from inspect_app.services import board_parts
from inspect_app.services.board_parts import NOT_RECORDED, Apart
from inspect_app.services.figure_words import counts
from inspect_app.ui import scorecard_bars
from inspect_app.ui.markup import more, show, table, tag
from inspect_app.ui.scorecard_bars import Bar

WHO = "Who the children and the perpetrators are"


def people(held: Sequence[Apart]) -> None:
    """Draw the sex, ethnicity and disability of victims and perpetrators, or say what is not known.

    `held` are all the figures of a scorecard in parts.
    """
    show(tag("h4", WHO))
    found = board_parts.people(held)
    if found:
        draw(found, "people")
    show(*(tag("p", said, css="small") for said in board_parts.without(held)))


def draw(held: Sequence[Apart], key: str) -> None:
    """Draw figures in parts: bars of those with plain numbers, their source, and all as a table."""
    whole = [each for each in held if each.whole]
    if whole:
        sources = " ".join(dict.fromkeys(each.source for each in whole))
        scorecard_bars.draw([_bar(each) for each in whole], sources, f"parts-{key}")
    rows = (
        [each.breakdown.english, part.name, counts(part.outcome)]
        for each in held
        for part in each.parts
    )
    said = table("The same parts as a table", ["By", "Part", "Number"], rows)
    show(more("The same parts as a table", said))


def _bar(held: Apart) -> Bar:
    numbers = tuple((part.name, part.number or 0) for part in held.parts)
    unknown = dict(numbers).get(NOT_RECORDED, 0)
    name = f"{held.breakdown.english}: {unknown:,} of {held.whole:,} not recorded"
    return Bar(name, numbers)
