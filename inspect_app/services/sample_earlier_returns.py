"""The invented bodies' earlier quarters, kept as a table with a column for each quarter.

What the standard return asks for and the table does not give was not collected then: it has the
mark for *not available*.
"""

from collections.abc import Collection, Iterator, Mapping

from data_model.shipped import Row
from data_model.vocabulary import Nation, OrganisationKind, Symbol
from inspect_app.services.sample_rows import invented
from metrics.returned import asked

AREA = "X06000001"
ABOUT = ("body", "indicator", "breakdown", "category")
OUT_OF = " of "
Part = tuple[str, str, str]


def earlier() -> dict[tuple[str, ...], list[Row]]:
    """Return the rows of each earlier return, by its quarter and body."""
    kinds = {row["code"]: OrganisationKind(row["kind"]) for row in invented("organisations")}
    table = list(invented("earlier_returns"))
    notes = {(row["quarter"], row["body"], row["indicator"]): row for row in _notes()}
    return {
        (quarter, body): [
            _row(part, row[quarter] if (row := given.get(part)) else "", quarter, body, notes)
            for part in _asked(kinds[body], {indicator for indicator, *_ in given})
        ]
        for body in dict.fromkeys(row["body"] for row in table)
        for given in [{_part(row): row for row in table if row["body"] == body}]
        for quarter in table[0]
        if quarter not in ABOUT
    }


def _notes() -> Iterator[Row]:
    return invented("earlier_return_notes")


def _part(row: Row) -> Part:
    return row["indicator"], row["breakdown"], row["category"]


def _asked(kind: OrganisationKind, given: Collection[str]) -> Iterator[Part]:
    """Yield the rows of the standard return in England; parts only of what is given."""
    for line in asked(Nation.ENGLAND, kind):
        yield line.code, "", ""
        for breakdown in line.apart if line.code in given else ():
            yield from ((line.code, str(breakdown), str(each)) for each in breakdown.categories)


def _row(
    part: Part,
    said: str,
    quarter: str,
    body: str,
    notes: Mapping[tuple[str, str, str], Row],
) -> Row:
    indicator, breakdown, category = part
    number, _, out_of = said.partition(OUT_OF)
    noted = notes.get((quarter, body, indicator), {}) if not breakdown else {}
    return {
        "area": AREA,
        "quarter": quarter,
        "body": body,
        "indicator": indicator,
        "breakdown": breakdown,
        "category": category,
        "numerator": number,
        "denominator": out_of,
        "mark": "" if said else str(Symbol.NOT_AVAILABLE),
        "changed": noted.get("changed", ""),
        "note": noted.get("note", ""),
    }
