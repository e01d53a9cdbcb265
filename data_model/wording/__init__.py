"""Words that blame a child, and details that could tell readers who somebody is.

`concerns` points them out in an inspector's own text as it is typed and again at submission,
with why and what to write instead, and it never changes or refuses anything.
"""

from bisect import bisect_left, insort
from collections.abc import Collection, Iterator

from data_model.wording.blaming import blaming_words
from data_model.wording.details import identifying_details
from data_model.wording.kinds import Concern, Found, Kind
from data_model.wording.name_words import Words, no_people, set_aside
from data_model.wording.names import Names
from data_model.wording.places import Places
from data_model.wording.quotation import inside
from data_model.wording.reading import Text

__all__ = ["Concern", "Kind", "concerns"]

RANK = {kind: number for number, kind in enumerate(Kind)}


def concerns(text: str, *, known: Collection[str] = ()) -> tuple[Concern, ...]:
    """Return what to point out in a text, in order and never overlapping.

    `known` are names that identify nobody here: the areas, organisations and agencies of the
    inspection. Blaming words are pointed out even where they are denied or reported (“does not
    call her promiscuous”): quotation marks around them say that they are the file's (E.3 19–21).
    """
    reading = Text(text)
    return tuple(_concern(reading, each) for each in _chosen(_everything(reading, known)))


def _everything(text: Text, known: Collection[str]) -> Iterator[Found]:
    yield from identifying_details(text)
    yield from blaming_words(text)
    named = Words(text)
    aside = set_aside(named, no_people(known))
    yield from Names(text, named, aside)
    yield from Places(text, named, aside)


def _chosen(found: Iterator[Found]) -> list[Found]:
    """Return the finds that stand first by kind and then by length, where several overlap."""
    ordered = sorted(found, key=lambda each: (RANK[each.kind], each.start - each.end, each.start))
    taken: list[tuple[int, int]] = []
    chosen = []
    for each in ordered:
        number = bisect_left(taken, (each.start, each.end))
        free_before = number == 0 or taken[number - 1][1] <= each.start
        if free_before and (number == len(taken) or each.end <= taken[number][0]):
            insort(taken, (each.start, each.end))
            chosen.append(each)
    return sorted(chosen, key=lambda each: each.start)


def _concern(text: Text, each: Found) -> Concern:
    why = each.reason
    said = text.written[each.start : each.end]
    quoted = inside(text.quotations, each.start, each.end)
    return Concern(
        each.kind, each.start, each.end, said, why.why, why.instead, why.source, quoted=quoted
    )
