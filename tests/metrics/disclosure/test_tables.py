"""A table that is declared has all its margins, places and groups, and is protected whole."""

from collections.abc import Mapping

from metrics.disclosure import POLICY, attack, protect
from metrics.disclosure.tables import ALL, Dimension, frequency
from tests.metrics.disclosure.tables import ZEROS_SHOWN, publish, singles

AREA = Dimension(
    "area",
    ("Durham", "Darlington", "Leeds", "York"),
    {
        "North East": ("Durham", "Darlington"),
        "Yorkshire": ("Leeds", "York"),
        ALL: ("North East", "Yorkshire"),
    },
    places=True,
)
GRADE = Dimension(
    "grade",
    ("good", "requires improvement", "inadequate", "not graded"),
    sensitive=frozenset({"good", "requires improvement", "inadequate"}),
)
QUARTER = Dimension("quarter", ("Q1", "Q2"), {"year": ("Q1", "Q2")})
COUNTS: dict[tuple[str, ...], int] = {
    ("Durham", "good"): 1,
    ("Durham", "inadequate"): 8,
    ("Darlington", "good"): 6,
    ("Darlington", "inadequate"): 5,
    ("Leeds", "requires improvement"): 7,
    ("York", "good"): 4,
    ("York", "not graded"): 2,
}


def cells(counts: Mapping[tuple[str, ...], int], *dimensions: Dimension) -> dict[object, int]:
    """Return the counts of a table by what each is of."""
    held = frequency("cases", dimensions, counts)
    return {frozenset(cell.key[1:]): cell.count for cell in held.cells}  # type: ignore[index]


def test_wholes_are_counted_at_every_level() -> None:
    held = cells(COUNTS, AREA, GRADE)
    assert len(held) == 7 * 5
    assert held[frozenset()] == 33
    assert held[frozenset({("area", "North East")})] == 20
    assert held[frozenset({("area", "North East"), ("grade", "inadequate")})] == 13
    assert held[frozenset({("area", "Leeds"), ("grade", "good")})] == 0


def test_every_relation_holds_and_names_what_it_adds_up() -> None:
    held = frequency("cases", (AREA, GRADE), COUNTS)
    counts = {cell.key: cell.count for cell in held.cells}
    assert len(held.relations) == 3 * 5 + 7
    for relation in held.relations:
        assert sum(counts[key] * times for key, times in relation.terms) == 0
    assert "cases: North East, good is the sum of its parts" in {r.says for r in held.relations}


def test_places_are_blocks_the_widest_first() -> None:
    held = frequency("cases", (AREA, GRADE), COUNTS)
    blocks = {cell.block for cell in held.cells}
    assert blocks == {
        (),
        ("North East",),
        ("North East", "Durham"),
        ("North East", "Darlington"),
        ("Yorkshire",),
        ("Yorkshire", "Leeds"),
        ("Yorkshire", "York"),
    }


def test_two_tables_of_one_thing_share_their_totals() -> None:
    quarters: dict[tuple[str, ...], int] = {
        ("Durham", "Q1"): 4,
        ("Durham", "Q2"): 5,
        ("Leeds", "Q2"): 7,
    }
    graded: dict[tuple[str, ...], int] = {("Durham", "good"): 9, ("Leeds", "good"): 7}
    by_quarter = frequency("cases", (AREA, QUARTER), quarters)
    by_grade = frequency("cases", (AREA, GRADE), graded)
    shared = {c.key for c in by_grade.cells} & {c.key for c in by_quarter.cells}
    assert len(shared) == 0
    plain = frequency("cases", (AREA,), {("Durham",): 9, ("Leeds",): 7})
    assert {c.key for c in plain.cells} <= {c.key for c in by_grade.cells}
    assert len((plain + by_grade).cells) == len(by_grade.cells)


def test_areas_in_regions_in_a_nation_survive_the_attack() -> None:
    held = frequency("cases", (AREA, GRADE), COUNTS)
    for policy in (POLICY, ZEROS_SHOWN):
        found = protect(held, policy, cache={})
        own = singles(held)
        assert attack(publish(held, found.withheld), policy, singles=own).exposed == ()


def test_what_cannot_be_anything_but_nought_is_never_withheld() -> None:
    nought = frozenset({("Leeds", "good")})
    held = frequency("cases", (AREA, GRADE), COUNTS, impossible=nought)
    (cell,) = (c for c in held.cells if c.stands)
    assert cell.count == 0
    assert cell.key not in protect(held, cache={}).withheld


def test_a_whole_is_one_child_who_cannot_be_hidden_below_it() -> None:
    one: dict[tuple[str, ...], int] = {
        ("Durham", "good"): 1,
        ("Darlington", "good"): 9,
        ("Leeds", "inadequate"): 9,
    }
    held = frequency("cases", (AREA, GRADE), one)
    found = protect(held, ZEROS_SHOWN, cache={})
    assert ("cases", ("area", "Durham")) in found.withheld
    attempt = attack(publish(held, found.withheld), ZEROS_SHOWN, singles=singles(held))
    assert attempt.exposed == ()
