"""Who a scorecard's figures are about: each figure in parts, what nobody recorded among them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from data_model.vocabulary import Breakdown, Symbol
from inspect_app.services import case_parts, scorecards
from inspect_app.services.board_periods import period
from inspect_app.services.case_parts import CasePart
from inspect_app.services.figure_words import counts
from inspect_app.services.scorecards import Line
from inspect_app.signed_in import SignedIn
from metrics.indicator import PERPETRATORS, VICTIMS
from metrics.outcome import Count, NoNumber, Outcome
from metrics.returned import RETURN

NOT_RECORDED = "Not recorded"
NOT_ENTERED = "Not entered by the reader"
RETURNED_APART = frozenset(each.code for each in RETURN if each.apart)
PEOPLE = (*VICTIMS, *PERPETRATORS)
"""The ways of taking a figure apart that say who victims and perpetrators are."""

NOBODY = (
    "No figure returned here by this quarter says who the {who} are, so nobody can say from it "
    "whom the response does not reach."
)


@dataclass(frozen=True)
class Part:
    """One part of a figure, such as its boys, and what it comes to."""

    name: str
    outcome: Outcome

    @property
    def number(self) -> int | None:
        """How many there are, where a plain number is known."""
        return self.outcome.count if isinstance(self.outcome, Count) else None


@dataclass(frozen=True)
class Apart:
    """A line taken apart in one way."""

    line: Line
    breakdown: Breakdown
    parts: tuple[Part, ...]

    @property
    def whole(self) -> int | None:
        """The parts together, where each has a plain number."""
        numbers = [part.number for part in self.parts]
        known = [number for number in numbers if number is not None]
        return sum(known) if len(known) == len(numbers) else None

    @property
    def says(self) -> str:
        """Every part in one sentence, in the order of their list."""
        parts = "; ".join(f"{part.name}: {counts(part.outcome)}" for part in self.parts)
        return f"{self.breakdown.english}. {parts}."

    @property
    def source(self) -> str:
        """Of what the parts are, for when and where from, and how many they are together."""
        together = "" if self.whole is None else f" n = {self.whole:,}."
        return f"{self.line.title}, {period(self.line)}. Source: {self.line.source}.{together}"


def all_of(lines: Iterable[Line], *, by: SignedIn) -> tuple[Apart, ...]:
    """Return every line that has parts, once for each way in which it is taken apart.

    Raises as `scorecards.parts` and `case_parts.of_lines` do.
    """
    held = tuple(lines)
    cases = case_parts.of_lines(held, by=by)
    returned = scorecards.parts(filter(_is_returned, held), by=by)
    return tuple(
        apart
        for line in held
        for apart in (
            _cases(line, cases[line]) if line in cases else _returned(line, returned.get(line, []))
        )
    )


def _is_returned(line: Line) -> bool:
    apart = line.indicator in RETURNED_APART
    return apart and not line.inspection and line.period_start is not None


def _returned(line: Line, held: Sequence[scorecards.Part]) -> Iterator[Apart]:
    for breakdown in dict.fromkeys(part.breakdown for part in held):
        yield Apart(
            line,
            breakdown,
            tuple(
                Part(_name(breakdown, part.category), _outcome(part.number, part.symbol))
                for part in held
                if part.breakdown is breakdown
            ),
        )


def _cases(line: Line, held: Iterable[CasePart]) -> Iterator[Apart]:
    for breakdown, parts in groupby(held, key=lambda part: part.breakdown):
        named = tuple(Part(_name(breakdown, part.category), part.outcome) for part in parts)
        yield Apart(line, breakdown, named)


def _outcome(number: int | None, symbol: str | None) -> Outcome:
    if number is not None:
        return Count(number)
    return NoNumber(Symbol(symbol) if symbol else Symbol.NOT_AVAILABLE)


def _name(breakdown: Breakdown, category: str | None) -> str:
    if category is None:
        return NOT_ENTERED
    if category == "not_recorded":
        return NOT_RECORDED
    return {str(each): each.english for each in breakdown.categories}.get(category, category)


def people(held: Iterable[Apart]) -> tuple[Apart, ...]:
    """Return the sex, ethnicity and disability of victims and perpetrators, as returned.

    Each is of the first figure in the order of a scorecard that is taken apart by it and comes
    to more than nobody.
    """
    returned = [each for each in held if each.line.inspection is None and each.whole]
    first = (next((e for e in returned if e.breakdown is asked), None) for asked in PEOPLE)
    return tuple(each for each in first if each is not None)


def without(held: Iterable[Apart]) -> tuple[str, ...]:
    """Return in a sentence each whose victims or perpetrators no returned figure is taken apart."""
    found = {each.breakdown for each in people(held)}
    asked = (("children", VICTIMS), ("perpetrators", PERPETRATORS))
    return tuple(NOBODY.format(who=who) for who, apart in asked if not found & set(apart))
