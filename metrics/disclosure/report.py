"""What the publisher is told: which cells are withheld, why, and how much a reader loses by it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from metrics.disclosure.model import Key
from metrics.disclosure.primary import Why
from metrics.disclosure.protect import Cost, Protection


@dataclass(frozen=True)
class Withheld:
    """One cell that is withheld, in words, and why. The public reads the same mark for all."""

    cell: str
    why: Why


@dataclass(frozen=True)
class Report:
    """What is withheld from a release and what that costs; for its publisher, never published."""

    withheld: tuple[Withheld, ...]
    cost: Cost

    @property
    def by_reason(self) -> Mapping[Why, int]:
        """How many cells are withheld for each reason."""
        return Counter(each.why for each in self.withheld)


def report(protections: Iterable[Protection], named: Callable[[Key], str]) -> Report:
    """Return one report of several protections, in the order of the cells' names."""
    every = list(protections)
    cells = [Withheld(named(key), why) for each in every for key, why in each.withheld.items()]
    costs = [each.cost for each in every]
    return Report(
        tuple(sorted(cells, key=lambda each: each.cell)),
        Cost(
            cells=sum(cost.cells for cost in costs),
            of_cells=sum(cost.of_cells for cost in costs),
            counts=sum(cost.counts for cost in costs),
            of_counts=sum(cost.of_counts for cost in costs),
            loss=sum(cost.loss for cost in costs),
            bound=sum(cost.bound for cost in costs),
            optimal=all(cost.optimal for cost in costs),
        ),
    )
