"""Changes of definition or recording after which a figure is no longer the same figure.

No line is drawn across one. Only what the Inquiry's report or a statistic's own notes support
is here; what an agency says of its own recording comes with its return.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from data_model.vocabulary import Nation

DURHAM, TOWER_HAMLETS, METROPOLITAN_POLICE = "E06000047", "E09000030", "E23000001"


@dataclass(frozen=True, kw_only=True)
class KnownBreak:
    """A change on a day: in one nation or both (None), in one `area` by its code or all (None)."""

    on: date
    nation: Nation | None
    why: str
    source: str
    area: str | None = None


def applying(
    breaks: Iterable[KnownBreak], nation: Nation, areas: Collection[str]
) -> tuple[KnownBreak, ...]:
    """Return the breaks that concern a place, earliest first.

    `areas` are the codes of the place and of what it lies in, such as its police force area.
    """
    here = [
        each
        for each in breaks
        if each.nation in (None, nation) and (each.area is None or each.area in areas)
    ]
    return tuple(sorted(here, key=lambda each: each.on))


FLAG_REQUIRED = KnownBreak(
    on=date(2016, 4, 1),
    nation=None,
    why="Flagging offences became a formal requirement of the Home Office.",
    source="B.4 para 18",
)

DEFINITION_ENGLAND = KnownBreak(
    on=date(2017, 2, 1),
    nation=Nation.ENGLAND,
    why="The guidance of February 2017 gives the statutory definition in use since.",
    source="C.2 para 6; F.3 para 10",
)

PRACTICE_GUIDE_WALES = KnownBreak(
    on=date(2019, 11, 1),
    nation=Nation.WALES,
    why=(
        "The All Wales Practice Guide put prompts in the place of the risk assessment form "
        "(SERAF), which some areas went on using."
    ),
    source="C.2 para 7; F.3 para 18",
)

CRIMINAL_EXPLOITATION_SPLIT = KnownBreak(
    on=date(2021, 4, 1),
    nation=Nation.ENGLAND,
    why=(
        "Child criminal exploitation is a factor of its own from the year ending March 2022; "
        "the sexual exploitation factor narrowed in practice."
    ),
    source="DfE, Factors identified at the end of assessment 2018 to 2025 (table C3)",
)

UNREGULATED_UNDER_16 = KnownBreak(
    on=date(2021, 9, 1),
    nation=Nation.ENGLAND,
    why="Children under 16 can no longer be placed in unregulated accommodation.",
    source="D.2 para 31",
)

LONDON_CRIMINAL_FLAG = KnownBreak(
    on=date(2019, 7, 1),
    nation=Nation.ENGLAND,
    area=METROPOLITAN_POLICE,
    why=(
        "The Metropolitan Police has a flag for child criminal exploitation; until then some "
        "officers had used the one for sexual exploitation."
    ),
    source="H.3 para 7.3",
)

DURHAM_HIGH_RISK_ONLY = KnownBreak(
    on=date(2018, 10, 1),
    nation=Nation.ENGLAND,
    area=DURHAM,
    why=(
        "County Durham took all but a small number of high-risk cases off multi-agency monitoring."
    ),
    source="F.4 para 25",
)

DURHAM_TRACKER = KnownBreak(
    on=date(2019, 11, 1),
    nation=Nation.ENGLAND,
    area=DURHAM,
    why=(
        "The Child Exploitation Vulnerability Tracker of County Durham began; only high-risk "
        "cases are on it."
    ),
    source="F.4 paras 26 and 27",
)

DURHAM_EVERY_EPISODE = KnownBreak(
    on=date(2019, 11, 1),
    nation=Nation.ENGLAND,
    area=DURHAM,
    why="County Durham offers an interview after every episode only from then on.",
    source="G.5 para 31.1",
)

DURHAM_DISABILITY = KnownBreak(
    on=date(2019, 11, 1),
    nation=Nation.ENGLAND,
    area=DURHAM,
    why="The form of County Durham asks about disability; it could not be tracked before.",
    source="D.4 para 56",
)

TOWER_HAMLETS_DISABILITY = KnownBreak(
    on=date(2019, 7, 1),
    nation=Nation.ENGLAND,
    area=TOWER_HAMLETS,
    why="A new screening tool of Tower Hamlets captures disability; nothing systematic did before.",
    source="D.4 para 60",
)

DEFINITIONS = (DEFINITION_ENGLAND, PRACTICE_GUIDE_WALES)
FLAGGING = (FLAG_REQUIRED, DEFINITION_ENGLAND, LONDON_CRIMINAL_FLAG)
TRACKING = (DURHAM_HIGH_RISK_ONLY, DURHAM_TRACKER)
DISABILITY = (DURHAM_DISABILITY, TOWER_HAMLETS_DISABILITY)
