"""The Welsh of words and names that the vocabulary and the reference data hold already.

What stands in brackets after a name is no part of it: a name without Welsh stays as it is, and
what kind of place it is of is said in the language of the page.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
from inspect_app.publishing.marking import later

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

POLICE_FORCE_AREA = later("police force area")
INVENTED = later("invented")
UNTIL = later("until %(day)s")
CODE_UNTIL = later("area code used until %(day)s")
KIND = re.compile(r" \((police force area|invented|(area code used )?until ([^()]+))\)$")


@dataclass(frozen=True)
class Kind:
    """What stands in brackets after a name: a sentence, and the day or month in it if any."""

    message: str
    day: str = ""


@cache
def parted(label: str) -> tuple[str, tuple[Kind, ...]]:
    """Return a name, and what is said in brackets after it: `Cumbria`, until 31 March 2023."""
    found = KIND.search(label)
    if not found:
        return label, ()
    name, before = parted(label[: found.start()])
    said, code, day = found.groups()
    last = Kind(CODE_UNTIL if code else UNTIL, day) if day else Kind(said)
    return name, (*before, last)


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
