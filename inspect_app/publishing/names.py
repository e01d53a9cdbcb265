"""The Welsh of words and names that the vocabulary and the reference data hold already."""

from collections.abc import Iterator, Mapping
from functools import cache

from data_model.shipped import rows
from data_model.vocabulary import (
    AreaKind,
    Assurance,
    Basis,
    Better,
    ChangeKind,
    ClaimStanding,
    Delivery,
    InspectionKind,
    Nation,
    NotGraded,
    RecommendationKind,
    ReleaseStatus,
    Response,
    SamplingMethod,
    Symbol,
    Word,
)

WORDS: tuple[type[Word], ...] = (
    AreaKind,
    Assurance,
    Basis,
    Better,
    ChangeKind,
    ClaimStanding,
    Delivery,
    InspectionKind,
    Nation,
    NotGraded,
    RecommendationKind,
    ReleaseStatus,
    Response,
    SamplingMethod,
    Symbol,
)
"""The lists whose words stand on the pages of a release."""

TABLES = ("areas", "frameworks", "organisations", "scale_grades", "scales", "themes")
"""The tables of reference data that give a Welsh name beside the English one."""


@cache
def welsh_names() -> Mapping[str, str]:
    """Return the Welsh by the English, for every word and name that has both."""
    return dict(pairs())


def pairs() -> Iterator[tuple[str, str]]:
    """Yield each English word or name of the lists and tables, and its Welsh."""
    for words in WORDS:
        yield from ((word.english, word.welsh) for word in words)
    for table in TABLES:
        named = (row for row in rows("data_model", "reference", f"{table}.csv"))
        yield from ((row["name"], row["name_welsh"]) for row in named if row.get("name_welsh"))
