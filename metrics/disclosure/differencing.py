"""Hold a release against every earlier one, as a reader does who kept them all.

Where a table's data are as they were, its cells are the same cells and everything said of them at
any time holds. Where the data have changed its cells are others now, and the reader supposes that
a correction moved few cases: no cell by more than the largest difference that can be seen in its
table, or the threshold where that is more. Which of the two holds the publisher knows, and it is
the worst that a reader can guess: whoever takes changed data for unchanged learns what is false.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from metrics.disclosure.attack import Attacker, Attempt, Exposed, attack
from metrics.disclosure.earlier import TableOf, changed_tables
from metrics.disclosure.model import Group, Key, Relation
from metrics.disclosure.policy import POLICY, Policy
from metrics.disclosure.published import Published
from metrics.disclosure.system import Contradiction


@dataclass(frozen=True)
class Then:
    """A cell as an earlier release had it, which is not the same as now."""

    release: int
    key: Key


@dataclass(frozen=True)
class Reader:
    """Somebody who holds a release against earlier ones: which cells make a table, and which of
    them would show who was moved (`moved`)."""

    table_of: TableOf
    moved: Callable[[Key], bool]
    policy: Policy = POLICY

    def attack(
        self, now: Published, earlier: Sequence[Published], truth: Mapping[Key, int]
    ) -> Attempt:
        """Return the cells that somebody can know too closely who read every release.

        `truth` is what each cell counts: it says which tables have changed since an earlier
        release, and which cells are 1, as the child who is that count knows. Where no table can
        be so near the earlier one as this reader supposes, nothing is supposed.
        """
        singles = [key for key in now.withheld if truth.get(key) == 1]
        everything, near = now, []
        for number, before in enumerate(earlier):
            renamed, differences = self._held_against(now, before, truth, number)
            everything += renamed
            near += differences
        supposed = replace(everything, relations=(*everything.relations, *near))
        try:
            found = attack(supposed, self.policy, singles=singles)
        except Contradiction:
            found = attack(everything, self.policy, singles=singles)
        moved = [e for n, before in enumerate(earlier) for e in self._moved(now, before, n)]
        return Attempt(found.cells, (*moved, *found.exposed))

    def _held_against(
        self, now: Published, before: Published, truth: Mapping[Key, int], number: int
    ) -> tuple[Published, list[Relation]]:
        """Return an earlier release with its changed cells renamed, and how near they must be."""
        changed = changed_tables(truth, before.said, before.relations, self.table_of)
        cells = _every_cell(before)
        names = {key: Then(number, key) for key in cells if self._in(key, changed)}
        shared = [key for key in names if key in now.known or key in now.withheld]
        near = [self._near(key, names[key], now, before) for key in shared]
        return _renamed(before, names), near

    def _in(self, key: Key, changed: set[object]) -> bool:
        return self.table_of(key) in changed

    def _near(self, key: Key, then: Then, now: Published, before: Published) -> Relation:
        table = self.table_of(key)
        seen = [
            abs(now.known[k][0] - before.known[k][0])
            for k in now.known.keys() & before.known.keys()
            if self.table_of(k) == table
        ]
        far = max([self.policy.threshold, *seen])
        says = f"few were moved between release {then.release + 1} and now"
        return Relation(((key, 1), (then, -1)), -far, far, says)

    def _moved(self, now: Published, before: Published, number: int) -> Iterator[Exposed]:
        """Yield the numbers whose difference shows who was moved."""
        for key in sorted(now.known.keys() & before.known.keys(), key=repr):
            (new, _), (old, _) = now.known[key], before.known[key]
            if self.moved(key) and self.policy.is_small(abs(new - old)):
                says = (f"it was {old} in earlier release {number + 1}",)
                yield Exposed(key, new, new, Attacker.LINEAR, says)


def _every_cell(published: Published) -> list[Key]:
    return [*published.known, *published.withheld, *published.derived]


def _renamed(published: Published, names: Mapping[Key, Key]) -> Published:
    def name(key: Key) -> Key:
        return names.get(key, key)

    def group(held: Group) -> Group:
        parts = tuple(map(name, held.parts)), tuple(map(name, held.sensitive))
        return Group(name(held.whole), *parts)

    return Published(
        {name(key): known for key, known in published.known.items()},
        frozenset(map(name, published.withheld)),
        tuple(
            replace(r, terms=tuple((name(key), times) for key, times in r.terms))
            for r in published.relations
        ),
        tuple(map(group, published.groups)),
        frozenset(map(name, published.derived)),
    )
