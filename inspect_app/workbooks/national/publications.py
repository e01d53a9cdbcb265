"""The publications that are read: how each is known, which rows count, what is out of what.

All three are laid out by the Department's rules for open data: a row has a year, a level of place
and a code for each level. A publication with `measure` is long: what a number counts stands in
that column and the number in `number`. Otherwise each measure has a column of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from data_model.vocabulary import Symbol

YEAR, LEVEL, KIND_OF_YEAR = "time_period", "geographic_level", "time_identifier"
OLD_CODE = "old_la_code"
LEVELS: Mapping[str, tuple[str, str]] = {
    "National": ("country_code", "country_name"),
    "Regional": ("region_code", "region_name"),
    "Local authority": ("new_la_code", "la_name"),
}
PLACES = (LEVEL, OLD_CODE, *(heading for pair in LEVELS.values() for heading in pair))
SYMBOLS: Mapping[str, Symbol] = {
    **{str(symbol): symbol for symbol in Symbol if symbol is not Symbol.BLANK},
    "k": Symbol.ROUNDS_TO_ZERO,
}
"""The Department wrote k until 2023, and low since, for a number that rounds to zero and is not."""

POPULATION = "child-population"
"""Stands for what a rate is out of where that comes from another publication."""


@dataclass(frozen=True, kw_only=True)
class Counted:
    """What makes one indicator: its measure, the measure it is out of, the percentage printed."""

    indicator: str
    numerator: str
    denominator: str | None = None
    percentage: str | None = None

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures of the publication that it is made of."""
        asked = (self.numerator, self.denominator, self.percentage)
        return tuple(each for each in asked if each and each != POPULATION)


@dataclass(frozen=True, kw_only=True)
class Publication:
    """A publication: known by its headings and the rows asked for (`only`).

    `ahead` is how many years before the year that its numbers are used for they are dated.
    """

    title: str
    publisher: str
    table: str
    counted: tuple[Counted, ...]
    only: Mapping[str, str] = field(default_factory=dict)
    measure: str | None = None
    number: str | None = None
    ahead: int = 0

    @property
    def measures(self) -> frozenset[str]:
        """Every measure that one of its indicators is made of."""
        return frozenset(each for counted in self.counted for each in counted.measures)

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that its table has to have."""
        numbers = (self.measure, self.number) if self.measure else tuple(sorted(self.measures))
        return (YEAR, KIND_OF_YEAR, *PLACES, *self.only, *(each for each in numbers if each))


FACTORS = Publication(
    title="Factors identified at the end of assessment",
    publisher="Department for Education",
    table="table C3",
    only={"category": "Factors identified at the end of assessment"},
    counted=(
        Counted(
            indicator="cse-assessments-dfe",
            numerator="Child_sexual_exploitation",
            denominator=POPULATION,
        ),
        Counted(
            indicator="missing-assessments-dfe", numerator="Going_missing", denominator=POPULATION
        ),
    ),
)

LOOKED_AFTER_MISSING = Publication(
    title="Looked-after children who were missing or away from placement",
    publisher="Department for Education",
    table="children missing or away from placement, by local authority",
    measure="CLA_group",
    number="number",
    counted=(
        Counted(
            indicator="looked-after-missing-dfe",
            numerator="Children who had a missing incident during the year",
            denominator="Children looked after during the year",
            percentage="Percentage of children who had a missing incident during the year",
        ),
        Counted(
            indicator="looked-after-missing-incidents-dfe",
            numerator="Number of missing incidents during the year",
        ),
        Counted(
            indicator="looked-after-missing-repeat-dfe",
            numerator="Children who went missing more than once during the year",
            denominator="Children who had a missing incident during the year",
        ),
    ),
)

CHILD_POPULATION = Publication(
    title="Mid-year estimates of children aged 0 to 17",
    publisher="Office for National Statistics",
    table="mid-year estimates",
    only={"age_group": "Children aged 0 to 17 years"},
    counted=(Counted(indicator=POPULATION, numerator="population_estimate"),),
    ahead=1,
)

PUBLICATIONS = (FACTORS, LOOKED_AFTER_MISSING, CHILD_POPULATION)
