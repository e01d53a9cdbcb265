"""Protect what a release says, attack it as a stranger would, and tell the publisher what it cost.

Every inspection is a set of linked tables of its own, and so are all returns of an area.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from inspect_app.errors import Refusal
from inspect_app.publishing.content import ReleaseContent
from inspect_app.services import release_said
from inspect_app.services.release_keys import named
from metrics import evidence_tables as evidence
from metrics import return_disclosure as returns
from metrics.disclosure import (
    POLICY,
    Exposed,
    Key,
    Policy,
    Protection,
    Published,
    Report,
    Tables,
    Unprotectable,
    Why,
    protect,
    report,
    standing,
)
from metrics.disclosure.differencing import Reader

FIRST_NAMED = 10
OF_INSPECTIONS = Reader(evidence.table_of, evidence.shows_a_grade)
OF_AREAS = Reader(returns.line_of, returns.is_number)

ATTACKED: dict[tuple[object, ...], tuple[Exposed, ...]] = {}
"""What an attack found, by everything it was told: most of a release is as it was."""


@dataclass
class Protector:
    """What is protected while a release is put together, and what it may be held against.

    `earlier` are the contents of every earlier release, oldest first. `truth` is what the cells of
    each inspection and area count: a child who is a count of 1 knows it, and data that have
    changed since an earlier release are not the same cells.
    """

    earlier: Sequence[ReleaseContent] = ()
    policy: Policy = POLICY
    protections: dict[str, Protection] = field(default_factory=dict)
    truth: dict[str, dict[Key, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.inspections = [release_said.inspections(content) for content in self.earlier]
        self.areas = [release_said.areas(content) for content in self.earlier]

    def inspection(self, held: evidence.Read) -> Protection:
        """Return what is withheld of one inspection's evidence base."""
        before = _about(held.inspection, self.inspections)
        return self._protect(held.inspection, evidence.tables(held), before, OF_INSPECTIONS)

    def area(self, code: str, quarters: returns.Quarters) -> Protection:
        """Return what is withheld of the returns of one area."""
        few = returns.small_wholes(code, quarters, self.policy)
        before = _about(code, self.areas)
        return self._protect(code, returns.tables(code, quarters), before, OF_AREAS, few)

    def _protect(
        self,
        name: str,
        tables: Tables,
        before: Sequence[Published],
        reader: Reader,
        also: Mapping[Key, Why] | None = None,
    ) -> Protection:
        said = [each.said for each in before]
        held = standing(tables, said, reader.table_of, self.policy, moved=reader.moved)
        try:
            found = protect(held.tables, self.policy, {**held.also, **(also or {})})
        except Unprotectable as unsafe:
            raise _nothing_left(unsafe) from unsafe
        self.protections[name] = found
        self.truth[name] = {cell.key: cell.count for cell in tables.cells}
        return found

    def report(self) -> Report:
        """Return what the publisher is told of all that was protected."""
        return report(self.protections.values(), named)

    def attack(self, content: ReleaseContent) -> None:
        """Attack a finished release, read back from what it says; raise Refusal where it is unsafe.

        Refused with the cells that can be known and the equations that give them away.
        """
        pieces = (
            (release_said.inspections(content), self.inspections, OF_INSPECTIONS),
            (release_said.areas(content), self.areas, OF_AREAS),
        )
        exposed = [
            each
            for said, before, reader in pieces
            for name, now in said.items()
            for each in self._attacked(name, now, _about(name, before), reader)
        ]
        if exposed:
            raise _unsafe(exposed)

    def _attacked(
        self, name: str, now: Published, before: Sequence[Published], reader: Reader
    ) -> tuple[Exposed, ...]:
        """Return what can be known of one inspection or area; the same said again adds nothing."""
        different = [each for each in before if each != now]
        truth = self.truth[name]
        asked = (
            reader,
            now.content,
            tuple(each.content for each in different),
            frozenset(truth.items()),
        )
        if asked not in ATTACKED:
            ATTACKED[asked] = reader.attack(now, different, truth).exposed
        return ATTACKED[asked]


def _about(name: str, releases: Sequence[Mapping[str, Published]]) -> list[Published]:
    return [each[name] for each in releases if name in each]


def _nothing_left(unsafe: Unprotectable) -> Refusal:
    cells = "; ".join(named(key) for key in unsafe.keys[:FIRST_NAMED])
    return Refusal(
        f"This cannot be released without giving children away: {cells}.",
        "Earlier releases have said too much of it already. Leave the inspection or the area out, "
        "or ask the statistician what may still be published.",
        cells=tuple(map(named, unsafe.keys)),
    )


def _unsafe(exposed: Sequence[Exposed]) -> Refusal:
    said = [
        f"{named(each.key)} is {_between(each)} to {each.attacker.value}: {'; '.join(each.says)}"
        for each in exposed[:FIRST_NAMED]
    ]
    return Refusal(
        f"{len(exposed)} withheld counts could be worked out. " + ". ".join(said) + ".",
        "Nothing was released. Withhold one more number of each equation named, or reword the "
        "claim that compares them.",
        cells=tuple(named(each.key) for each in exposed),
        equations=tuple(says for each in exposed for says in each.says),
    )


def _between(each: Exposed) -> str:
    if each.low == each.high:
        return f"{each.low:g}"
    return f"{each.low:g} to {each.high:g}"
