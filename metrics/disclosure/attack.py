"""Attack what is published: how closely anybody can know a withheld cell.

Three attackers read every published number, total, percentage and earlier release. The linear one
takes counts for real numbers; the whole-number one knows that children come whole; the informed
one knows the policy too: where every zero is shown, a withheld cell is 1 or more. A fourth is the
child who is a count of 1 and knows it. Each must be left a range at least as wide as the policy
says, the fourth at least one that is not a single number.

Nothing here is shared with the protection but the solver, so that it can find it wrong.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from math import inf

from metrics.disclosure.model import Group, Key, Relation, adds_up
from metrics.disclosure.policy import POLICY, Policy
from metrics.disclosure.programme import Answer
from metrics.disclosure.proving import Proof
from metrics.disclosure.published import Published
from metrics.disclosure.system import Contradiction, Unknowns, unknowns


class Attacker(Enum):
    """Who attacks, from the least to the best informed."""

    LINEAR = "somebody who adds and subtracts"
    WHOLE = "somebody who knows that counts are whole"
    INFORMED = "somebody who knows the policy"
    INSIDER = "the child who is a count of 1"


@dataclass(frozen=True)
class Exposed:
    """A withheld cell that somebody can know too closely: between two ends, by these equations."""

    key: Key
    low: float
    high: float
    attacker: Attacker
    says: tuple[str, ...]


@dataclass(frozen=True)
class Attempt:
    """What an attack tried and found: how many cells, and those it came too close to."""

    cells: int
    exposed: tuple[Exposed, ...]


@dataclass(frozen=True)
class _Rest:
    """Those of a group who are not under one of its headings."""

    heading: Key
    whole: Key


def attack(
    published: Published,
    policy: Policy = POLICY,
    *,
    singles: Iterable[Key] = (),
    start: Mapping[Key, int] | None = None,
) -> Attempt:
    """Return every withheld cell that an attacker can know more closely than the policy allows.

    `singles` are withheld cells that are 1 in truth: the child who is the count knows it. `start`
    is one table that agrees with everything, such as the true one, to begin a large search from;
    a cell is safe only by tables that were found and checked. Raises Contradiction where no table
    agrees with what is published.
    """
    if not policy.groups:
        published = replace(published, groups=())
    whole = _with_rests(published)
    ones = frozenset(singles)
    components = _unknowns(whole, policy, Attacker.INFORMED)
    shared = [each for group in published.groups for each in _all_alike(group, published)]
    found = [e for component in components for e in _of(component, whole, policy, ones, start)]
    return Attempt(len(published.withheld), (*shared, *found))


def _with_rests(published: Published) -> Published:
    """Add what an attacker of groups looks for: whether nobody is outside a heading."""
    rests = [
        (_Rest(part, group.whole), group)
        for group in published.groups
        for part in group.sensitive
        if not {part, group.whole} <= published.known.keys()
    ]
    relations = tuple(
        adds_up(group.whole, (rest.heading, rest), f"{group.whole} beside {rest.heading}")
        for rest, group in rests
    )
    derived = Published({}, frozenset(), relations, derived=frozenset(r for r, _ in rests))
    return published + derived


def _all_alike(group: Group, published: Published) -> Iterator[Exposed]:
    """Yield the headings that everyone in a group is published to be under."""
    whole = published.known.get(group.whole, (0, None))
    for part in group.sensitive:
        if whole[0] > 0 and whole == published.known.get(part):
            says = (f"all of {group.whole} are {part}",)
            yield Exposed(part, whole[0], whole[0], Attacker.LINEAR, says)


def _unknowns(published: Published, policy: Policy, attacker: Attacker) -> list[Unknowns]:
    least = int(policy.zeros_shown and attacker is Attacker.INFORMED)
    lows = dict.fromkeys(sorted(published.withheld, key=repr), least)
    lows |= dict.fromkeys(sorted(published.derived - published.known.keys(), key=repr), 0)
    return unknowns(published.relations, published.known, lows)


def _of(
    component: Unknowns,
    published: Published,
    policy: Policy,
    singles: frozenset[Key],
    start: Mapping[Key, int] | None,
) -> Iterator[Exposed]:
    blocks = [published.blocks.get(key, ()) for key in component.keys]
    proof = Proof(component, blocks, start)
    targets = [at for at, key in enumerate(component.keys) if key in published.withheld]
    rests = [at for at, key in enumerate(component.keys) if isinstance(key, _Rest)]
    for at in proof.narrow([*targets, *rests], policy.width):
        low, high = proof.ends(at)
        if component.keys[at] in published.withheld:
            yield _named(component, at, low, high, published, policy)
        elif low == 0 and _anybody(proof, component, published, at):
            yield _shared(component, at, high)
    for known in (at for at in targets if component.keys[at] in singles):
        yield from _inside(component, proof, known, targets)


def _anybody(proof: Proof, component: Unknowns, published: Published, rest: int) -> bool:
    """Return whether there is a group at all: a whole that is nobody shares nothing."""
    key = component.keys[rest]
    assert isinstance(key, _Rest)  # noqa: S101 - only these are asked for
    known = published.known.get(key.whole)
    if known is None:
        return proof.ends(component.place[key.whole])[1] > 0
    return known[1] != 0


def _shared(component: Unknowns, at: int, high: float) -> Exposed:
    key = component.keys[at]
    assert isinstance(key, _Rest)  # noqa: S101 - only these are asked for
    says = (f"nobody, or fewer than would hide it, of {key.whole} is not {key.heading}",)
    return Exposed(key.heading, 0, high, Attacker.INFORMED, (*says, *_touching(component, at)))


def _inside(
    component: Unknowns, proof: Proof, known: int, targets: Sequence[int]
) -> Iterator[Exposed]:
    """Yield what the child who is one count can tell exactly; in its relations, if many."""
    others = [at for at in proof.near(known, targets) if at != known]
    for at, value in proof.exact_beside(known, others):
        says = (f"{component.keys[known]} is 1", *_touching(component, at))
        yield Exposed(component.keys[at], value, value, Attacker.INSIDER, says)


def _touching(component: Unknowns, at: int) -> tuple[str, ...]:
    return tuple(component.says[row] for row in component.rows_of[at])


def _named(
    component: Unknowns, at: int, low: float, high: float, published: Published, policy: Policy
) -> Exposed:
    """Return who gets too close to a cell first, and the equations that take them there."""
    key = component.keys[at]
    for attacker in (Attacker.LINEAR, Attacker.WHOLE):
        simple = next(u for u in _unknowns(published, policy, attacker) if key in u.place)
        answers = _range(simple, simple.place[key], whole=attacker is Attacker.WHOLE)
        ends = answers[0].value, -answers[1].value
        if ends[1] - ends[0] < policy.width:
            return Exposed(key, *ends, attacker, _used(simple, simple.place[key], answers))
    return Exposed(key, low, high, Attacker.INFORMED, _touching(component, at))


def _range(component: Unknowns, at: int, *, whole: bool) -> list[Answer]:
    programme = component.programme()
    columns = range(len(component.keys)) if whole else ()
    found = [programme.least({at: sign}, whole=columns) for sign in (1.0, -1.0)]
    if None in found:
        raise Contradiction(component.says)
    return [each for each in found if each is not None]


def _used(component: Unknowns, at: int, answers: Sequence[Answer]) -> tuple[str, ...]:
    """Return the equations whose change would change an end, or all that the cell stands in."""
    rows = [row for each in answers for row, price in enumerate(each.prices) if abs(price) > 0]
    used = dict.fromkeys(component.says[row] for row in sorted(set(rows)))
    return tuple(used) or _touching(component, at)


def ranges(
    published: Published, policy: Policy = POLICY, attacker: Attacker = Attacker.INFORMED
) -> dict[Key, tuple[float, float]]:
    """Return the exact range that an attacker can give each withheld cell; inf for no end."""
    found: dict[Key, tuple[float, float]] = {}
    for component in _unknowns(published, policy, attacker):
        for at, key in enumerate(component.keys):
            if key in published.withheld:
                answers = _range(component, at, whole=attacker is not Attacker.LINEAR)
                high = -answers[1].value
                found[key] = answers[0].value, inf if component.no_end(high) else high
    return found


__all__ = ["Attacker", "Attempt", "Contradiction", "Exposed", "Relation", "attack", "ranges"]
