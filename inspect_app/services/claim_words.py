"""How a claim stands, put in words in both languages with the counts that may be shown.

The counts are those of the rows that are handed in and never others: in a release, of its
protected rows, so that a line that is withheld there is withheld here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from data_model.vocabulary import ClaimStanding, Symbol
from inspect_app.publishing.content import Number
from metrics.checks.subjects import EXPLOITATION, OF_KIND, OTHER
from metrics.claims import Found
from metrics.comparison import MINIMUM
from metrics.counts import ALL, NOT_GRADED, NOT_PUBLISHED, NOT_STATED

UNGRADED = frozenset({NOT_GRADED, NOT_PUBLISHED, NOT_STATED})


class Row(Protocol):
    """A count of an evidence base that may be shown, as `EvidenceRow` holds one."""

    @property
    def theme(self) -> str: ...
    @property
    def case_kind(self) -> str: ...
    @property
    def grade(self) -> str: ...
    @property
    def cases(self) -> Number: ...
    @property
    def cases_read(self) -> Number: ...


@dataclass(frozen=True)
class Said:
    """The same words in English and in Welsh."""

    english: str
    welsh: str

    def filled(self, **values: object) -> "Said":
        """Return both with these values in their braces; a Said fills each with its own."""
        own = [
            {k: getattr(v, side) if isinstance(v, Said) else v for k, v in values.items()}
            for side in ("english", "welsh")
        ]
        return Said(self.english.format(**own[0]), self.welsh.format(**own[1]))


ONE_CASE = Said("1 case: {split}", "1 achos: {split}")
CASES = Said("{total:,} cases: {split}", "{total:,} achos: {split}")
TOO_FEW = Said("{counts}, too few to say", "{counts}, rhy ychydig i ddweud")
NONE_GRADED = Said("no graded case", "dim achos wedi'i raddio")
WITHHELD = Said(
    "{read:,} cases read; how they were graded is withheld",
    "{read:,} achos a ddarllenwyd; mae'r graddau wedi'u hatal",
)
ALL_WITHHELD = Said(
    "how many cases were read and how they were graded is withheld",
    "mae nifer yr achosion a ddarllenwyd a'u graddau wedi'u hatal",
)
NOT_SAID = Said(
    "{read:,} cases read; how they were graded is not published",
    "{read:,} achos a ddarllenwyd; ni chyhoeddwyd y graddau",
)
NOTHING_SAID = Said(
    "neither the number of cases read nor their grades are published",
    "ni chyhoeddwyd nifer yr achosion a ddarllenwyd na'u graddau",
)
NO_LINK = Said("linked to no evidence", "heb ei gysylltu ag unrhyw dystiolaeth")
NAMES_NOTHING = Said(
    "the sentence names nothing that cases were read for",
    "nid yw'r frawddeg yn enwi dim y darllenwyd achosion yn ei gylch",
)
NOT_AGREED = Said(
    "nothing counts before the findings are agreed",
    "nid oes dim yn cyfrif cyn cytuno ar y canfyddiadau",
)
CHOSEN = Said(
    "findings that the writer chose from {line}",
    "canfyddiadau a ddewisodd yr awdur o blith {line}",
)
NAMED = Said("{name}: {line}", "{name}: {line}")
STANDS = Said("{standing} ({why})", "{standing} ({why})")
OTHER_NAMES = {
    EXPLOITATION: Said("Child sexual exploitation", "Camfanteisio'n rhywiol ar blant"),
    OTHER: Said("Other cases", "Achosion eraill"),
}
SERIES = {
    Found.GOOD: Said(
        "its published figures changed for the better beyond chance, or reliably reach a target "
        "that a source states",
        "newidiodd y ffigurau a gyhoeddwyd er gwell y tu hwnt i siawns, neu maent yn cyrraedd "
        "targed a nodir mewn ffynhonnell",
    ),
    Found.NOT_GOOD: Said(
        "its published figures changed for the worse beyond chance, or reliably miss a target "
        "that a source states",
        "newidiodd y ffigurau a gyhoeddwyd er gwaeth y tu hwnt i siawns, neu maent yn methu "
        "targed a nodir mewn ffynhonnell",
    ),
    Found.DIFFERS: Said(
        "its published figures changed one way and stand the other way against a stated target",
        "newidiodd y ffigurau a gyhoeddwyd un ffordd a safant y ffordd arall yn erbyn targed",
    ),
    Found.NOTHING: Said(
        "nothing can be told from its published figures",
        "ni ellir dweud dim o'r ffigurau a gyhoeddwyd",
    ),
}


@dataclass(frozen=True)
class Line:
    """What may be shown of one subject: cases read, and counts by grade as they were given."""

    read: Number
    grades: tuple[tuple[str, Number], ...]


Names = Mapping[str, Said]
Lines = Mapping[str, Line]


def lines(rows: Iterable[Row]) -> dict[str, Line]:
    """Return what may be shown by subject: a theme, or what published cases were read for.

    How many cases of each kind were read here is about no subject.
    """
    read: dict[str, dict[str, Number]] = {}
    given: dict[str, dict[str, Number]] = {}
    for row in (row for row in rows if row.grade != ALL):
        subject = row.theme if row.theme != ALL else OF_KIND[row.case_kind]
        read.setdefault(subject, {})[row.case_kind] = row.cases_read
        grades = given.setdefault(subject, {})
        if row.grade not in UNGRADED:
            held = grades.get(row.grade)
            grades[row.grade] = row.cases if held is None else _sum([held, row.cases])
    return {
        subject: Line(_sum(list(read[subject].values())), tuple(given[subject].items()))
        for subject in read
    }


def _sum(numbers: Sequence[Number]) -> Number:
    """Add up numbers; where one of them is a mark, so is the sum."""
    marks = [number for number in numbers if isinstance(number, Symbol)]
    return marks[0] if marks else sum(int(number) for number in numbers)


def of_line(line: Line | None, grades: Mapping[str, Said]) -> Said:
    """Return what may be said of the cases under a subject; `grades` are all of the scale's."""
    if line is None:
        return NONE_GRADED
    if any(cases is Symbol.WITHHELD for _grade, cases in line.grades):
        held = isinstance(line.read, Symbol)
        return ALL_WITHHELD if held else WITHHELD.filled(read=line.read)
    if not line.grades:
        return NOTHING_SAID if isinstance(line.read, Symbol) else NOT_SAID.filled(read=line.read)
    counts = {grade: int(cases) for grade, cases in line.grades if isinstance(cases, int)}
    return _counts(counts, grades)


def _counts(counts: Mapping[str, int], grades: Mapping[str, Said]) -> Said:
    total = sum(counts.values())
    if not total:
        return NONE_GRADED
    form = ONE_CASE if total == 1 else CASES
    said = form.filled(total=total, split=_split(counts, grades))
    return said if total >= MINIMUM else TOO_FEW.filled(counts=said)


def _split(counts: Mapping[str, int], grades: Mapping[str, Said]) -> Said:
    """Return counts as 1/2/6 where every grade has one, else by the names they were given."""
    if set(counts) == set(grades):
        split = "/".join(str(counts[grade]) for grade in grades)
        return Said(split, split)
    parts = [(number, [grades[one] for one in code.split("|")]) for code, number in counts.items()]
    return Said(
        ", ".join(f"{n} {' or '.join(g.english.lower() for g in each)}" for n, each in parts),
        ", ".join(f"{n} {' neu '.join(g.welsh.lower() for g in each)}" for n, each in parts),
    )


def joined(parts: Sequence[tuple[Said, Said]]) -> Said:
    """Return named words one after the other; the name of a single one is not said."""
    if len(parts) == 1:
        return parts[0][1]
    said = [NAMED.filled(name=name, line=line) for name, line in parts]
    return Said("; ".join(s.english for s in said), "; ".join(s.welsh for s in said))


def stands(standing: ClaimStanding, why: Said) -> Said:
    """Return a standing with what it rests on: “supported (9 cases: 1/2/6)”."""
    word = Said(standing.english.lower(), standing.welsh.lower())
    return STANDS.filled(standing=word, why=why)
