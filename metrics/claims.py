"""What stands behind a claim: its evidence held against its words, by one rule.

A positive report without its evidence cannot be interrogated and gives false reassurance (IICSA,
Child sexual exploitation by organised networks, 2022, K.3 para 10), so a claim is held against
what it is linked to. Every link is read by itself, and says *good*, *not good*, both, or nothing:

- **A theme**, as the checks of `metrics/checks` read one: nothing below 5 graded cases
  (`comparison.MINIMUM`); *not good* where more than half of them are not; *good* where at least
  half are; between the two, which unsplit grades allow, nothing. Cases without a grade, and numbers
  that nobody published, say nothing.
- **Chosen findings** of a theme, where a claim is about fewer: read in the same way, and then held
  against their whole theme. Where the two differ the link says both. So a choice can weaken a claim
  and never makes it stand better than its theme.
- **An indicator**: a change beyond noise in the better direction is good, in the worse direction
  not good (`metrics.variation`); a level is good or not only against a target that a source states.
  An indicator of which neither direction is better says nothing.

A positive claim is borne out by what is good, a negative one by what is not good, and one that
says both by cases of both kinds. The claim is *supported* where every link bears it out,
*contradicted* where every link speaks against it, *mixed* where some do and others do not, and in
all other cases *unsupported*: no link, or one that says nothing, leaves it so. A claim that says
both is never contradicted: that all cases are alike is nothing to publish about so few.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from data_model.vocabulary import ClaimDirection, ClaimStanding
from metrics.comparison import MINIMUM
from metrics.variation import AgainstTarget, Variation


class Found(Enum):
    """What one link of a claim says of practice."""

    GOOD = "good"
    NOT_GOOD = "not good"
    DIFFERS = "both, in its parts"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Grades:
    """Graded cases of one theme or choice: how many, how many good or better, how many not.

    `graded` is above the sum of the two where grades were published together and might be either.
    """

    graded: int = 0
    good: int = 0
    not_good: int = 0

    def __post_init__(self) -> None:
        """Refuse counts that do not fit; raises ValueError."""
        if min(self.good, self.not_good) < 0 or self.good + self.not_good > self.graded:
            message = f"{self.good} good and {self.not_good} not good do not fit in {self.graded}"
            raise ValueError(message)

    @property
    def enough(self) -> bool:
        """Whether there are enough graded cases for anything to be said."""
        return self.graded >= MINIMUM

    @property
    def found(self) -> Found:
        """What these cases say, good or not good; nothing where they are too few."""
        if self.enough and 2 * self.not_good > self.graded:
            return Found.NOT_GOOD
        if self.enough and 2 * self.good >= self.graded:
            return Found.GOOD
        return Found.NOTHING


@dataclass(frozen=True)
class Link:
    """What one link says; `both_kinds` is whether enough cases hold good and not good ones."""

    found: Found
    both_kinds: bool = False


SILENT = Link(Found.NOTHING)
BORNE_OUT_BY = {ClaimDirection.POSITIVE: Found.GOOD, ClaimDirection.NEGATIVE: Found.NOT_GOOD}
CHANGES = {Variation.IMPROVEMENT: Found.GOOD, Variation.CONCERN: Found.NOT_GOOD}
LEVELS = {AgainstTarget.MEETS: Found.GOOD, AgainstTarget.MISSES: Found.NOT_GOOD}


def of_theme(grades: Grades) -> Link:
    """Return what all graded cases of a theme say."""
    return Link(grades.found, grades.enough and grades.good > 0 and grades.not_good > 0)


def of_choice(chosen: Grades, whole: Grades) -> Link:
    """Return what chosen findings say, held against the whole theme that they are chosen from."""
    if chosen.found is Found.NOTHING:
        return SILENT
    alike = chosen.found is whole.found
    kinds = chosen.good > 0 and chosen.not_good > 0
    return Link(chosen.found if alike else Found.DIFFERS, kinds)


def of_series(variation: Variation | None, against_target: AgainstTarget | None) -> Link:
    """Return what an indicator's series says by its marks, which may be withheld (None)."""
    said = {CHANGES.get(variation), LEVELS.get(against_target)} - {None}  # type: ignore[arg-type]
    if len(said) > 1:
        return Link(Found.DIFFERS)
    return Link(said.pop() or Found.NOTHING) if said else SILENT


class Bearing(Enum):
    """Which way a link bears on a claim."""

    FOR = 1
    AGAINST = -1
    BOTH_WAYS = 2
    NEITHER = 0


def bearing(direction: ClaimDirection, link: Link) -> Bearing:
    """Return which way a link bears on a claim of this direction."""
    if direction is ClaimDirection.MIXED:
        return Bearing.FOR if link.both_kinds else Bearing.NEITHER
    if link.found is Found.NOTHING:
        return Bearing.NEITHER
    if link.found is Found.DIFFERS:
        return Bearing.BOTH_WAYS
    return Bearing.FOR if link.found is BORNE_OUT_BY[direction] else Bearing.AGAINST


def standing(direction: ClaimDirection, links: Collection[Link]) -> ClaimStanding:
    """Return how a claim stands on its links; without one, nothing supports it."""
    return _standing(frozenset(bearing(direction, link) for link in links))


def _standing(bearings: frozenset[Bearing]) -> ClaimStanding:
    if Bearing.BOTH_WAYS in bearings or {Bearing.FOR, Bearing.AGAINST} <= bearings:
        return ClaimStanding.MIXED
    if bearings == {Bearing.FOR}:
        return ClaimStanding.SUPPORTED
    if bearings == {Bearing.AGAINST}:
        return ClaimStanding.CONTRADICTED
    return ClaimStanding.UNSUPPORTED


def must_be_answered(direction: ClaimDirection, stands: ClaimStanding) -> bool:
    """Return whether a claim that stands so is published only with an answer in writing."""
    unsupported = stands is ClaimStanding.UNSUPPORTED and direction is ClaimDirection.POSITIVE
    return unsupported or stands is ClaimStanding.CONTRADICTED


@dataclass(frozen=True)
class Known:
    """What a reader of a standing knows of one theme's grades.

    `good` × cases good or better + `not_good` × cases not good is at least `at_least`. It holds
    where every grade is either, as in cases recorded here.
    """

    good: int
    not_good: int
    at_least: int

    def holds(self, grades: Grades) -> bool:
        """Return whether it is true of these grades."""
        return self.good * grades.good + self.not_good * grades.not_good >= self.at_least


ENOUGH, TOO_FEW = Known(1, 1, MINIMUM), Known(-1, -1, 1 - MINIMUM)
OF_FOUND = {
    Found.GOOD: frozenset({ENOUGH, Known(1, -1, 0)}),
    Found.NOT_GOOD: frozenset({ENOUGH, Known(-1, 1, 1)}),
    Found.DIFFERS: frozenset({ENOUGH}),
}
OF_BOTH_KINDS = frozenset({ENOUGH, Known(1, 0, 1), Known(0, 1, 1)})
KINDS = (False, True)


@dataclass(frozen=True)
class Told:
    """What a reader sees of a linked theme: its grades, or None where they are withheld.

    `chosen` says that the claim is about findings chosen from it.
    """

    grades: Grades | None
    chosen: bool = False

    def possible(self) -> frozenset[Link]:
        """Return what the theme may say for the claim, as far as a reader knows."""
        wholes = {of_theme(self.grades)} if self.grades else ANY_WHOLE
        if not self.chosen:
            return frozenset(wholes)
        founds = {whole.found for whole in wholes} - {Found.NOTHING}
        some = {Link(f, kinds) for f in {*founds, Found.DIFFERS} for kinds in KINDS}
        return frozenset({SILENT, *some})

    def tells(self, link: Link) -> frozenset[Known]:
        """Return what is known of the whole theme once it says this."""
        silent = frozenset[Known]() if self.chosen else frozenset({TOO_FEW})
        return OF_FOUND.get(link.found, silent) | (
            OF_BOTH_KINDS if link.both_kinds else frozenset()
        )


ANY_WHOLE = frozenset({SILENT, *(Link(f, k) for f in BORNE_OUT_BY.values() for k in KINDS)})


def gives_away(
    direction: ClaimDirection,
    stands: ClaimStanding,
    themes: Mapping[str, Told],
    others: Sequence[Link] = (),
) -> dict[str, frozenset[Known]]:
    """Return what a published standing tells of the grades of each theme that is withheld.

    `others` are what the claim's indicators say, which anybody can read from published figures.
    Every inequality is true; where a standing leaves open which of two things holds, what both
    have in common is returned and the choice between them, which is not linear, is not.
    """
    fixed = frozenset(bearing(direction, link) for link in others)
    return {
        theme: known
        for theme, told in themes.items()
        if told.grades is None
        for rest in [[t for name, t in themes.items() if name != theme]]
        if (known := _known(direction, stands, told, _reached(direction, fixed, rest)))
    }


def _reached(
    direction: ClaimDirection, fixed: frozenset[Bearing], rest: Sequence[Told]
) -> set[frozenset[Bearing]]:
    """Return every set of bearings that the other links can come to, as far as a reader knows."""
    reached = {fixed}
    for told in rest:
        ways = {bearing(direction, link) for link in told.possible()}
        reached = {held | {way} for held in reached for way in ways}
    return reached


def _known(
    direction: ClaimDirection,
    stands: ClaimStanding,
    told: Told,
    reached: Collection[frozenset[Bearing]],
) -> frozenset[Known]:
    fitting = [
        told.tells(link)
        for link in told.possible()
        if any(_standing(held | {bearing(direction, link)}) is stands for held in reached)
    ]
    return frozenset.intersection(*fitting) if fitting else frozenset()
