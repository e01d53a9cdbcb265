"""Two inspections side by side, and what is not known of each: no sums, no ranks, no scores."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from data_model.vocabulary import SamplingMethod, Symbol
from inspect_app.publishing.area_view import EIGHTEEN_MONTHS, began, in_order
from inspect_app.publishing.content import PublishedInspection
from inspect_app.publishing.evidence_view import Openness, nothing_graded, openness, theme_name
from inspect_app.publishing.language import Language
from inspect_app.publishing.marking import later

MANY = 6
"""More inspections of one area than this are not compared each with every other."""

UNDATED = later("When it took place is not stated.")
CHOICE_UNKNOWN = later("How the cases were chosen is not stated.")
AVAILABLE_UNKNOWN = later("How many cases there were to choose from is not published.")
READ_UNKNOWN = later("How many cases were read is not published.")
GRADES_UNKNOWN = later("How the cases were graded is not published.")
NOT_SPLIT = later("Some grades are published together and were not split.")
THEMES_UNKNOWN = later("Which of the Inquiry’s eight themes it covered is not stated.")
NONE_GRADED = later("No case was graded under: %(themes)s.")
WITHHELD = later("Some counts are withheld to protect children.")


@dataclass(frozen=True)
class Pair:
    """Two inspections of one area, the earlier first."""

    first: PublishedInspection
    second: PublishedInspection

    @property
    def name(self) -> str:
        """The name of the page on which they stand side by side."""
        return f"{self.first.code}--{self.second.code}"

    @property
    def both(self) -> tuple[PublishedInspection, PublishedInspection]:
        """The two, the earlier first."""
        return self.first, self.second

    @property
    def one_scale(self) -> bool:
        """Whether both grade on one named scale, so that a count of one means what it says."""
        return self.first.scale == self.second.scale

    @property
    def days(self) -> int:
        """Days between the beginnings of the two."""
        return (began(self.second) - began(self.first)).days

    @property
    def near(self) -> bool:
        """Whether they began within eighteen months of each other."""
        return self.days <= EIGHTEEN_MONTHS

    @property
    def shares_theme(self) -> bool:
        """Whether one theme is in the scope of both."""
        return bool(set(self.first.themes) & set(self.second.themes))


def pairs(inspections: Iterable[PublishedInspection]) -> Iterator[Pair]:
    """Yield the inspections of one area two by two, the earlier first in each.

    At least one of two has published evidence or statements. Where an area has more than
    `MANY` inspections, two are compared only within eighteen months, or where they share a theme.
    """
    ordered = in_order(inspections)
    for first, second in combinations(ordered, 2):
        pair = Pair(first, second)
        few = len(ordered) <= MANY or pair.near or pair.shares_theme
        if few and (says_something(first) or says_something(second)):
            yield pair


def says_something(inspection: PublishedInspection) -> bool:
    """Return whether an inspection published evidence, or words that stand in a release."""
    said = inspection.statements or inspection.claims
    return bool(said) or openness(inspection) is not Openness.NEITHER


def unknowns(inspection: PublishedInspection, language: Language) -> tuple[str, ...]:
    """Return what a reader cannot know of an inspection, one sentence each."""
    found = [language.gettext(says) for says, missing in _gaps(inspection) if missing]
    gaps = [theme_name(inspection, code, language) for code in inspection.without_a_grade]
    return (*found, *([language.say(NONE_GRADED, themes="; ".join(gaps))] if gaps else []))


def _gaps(inspection: PublishedInspection) -> Sequence[tuple[str, bool]]:
    counts = [row.cases for row in inspection.evidence]
    return (
        (UNDATED, inspection.period_start is None),
        (CHOICE_UNKNOWN, inspection.sampling == SamplingMethod.NOT_STATED.english),
        (AVAILABLE_UNKNOWN, inspection.cases_available is Symbol.NOT_AVAILABLE),
        (READ_UNKNOWN, not any(isinstance(read, int) for _, read in inspection.cases_read)),
        (GRADES_UNKNOWN, nothing_graded(inspection)),
        (NOT_SPLIT, any("|" in row.grade for row in inspection.evidence)),
        (THEMES_UNKNOWN, not inspection.themes),
        (WITHHELD, Symbol.WITHHELD in counts),
    )
