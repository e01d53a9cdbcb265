"""An inspection's evidence base is one set of linked tables, whatever the inspection is."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from metrics import evidence_tables as evidence
from metrics.disclosure import Published, attack, exactly, protect, ranges

GRADES = ("good", "requires_improvement", "inadequate", "not graded")
READ = evidence.Read(
    "I-1",
    13,
    {"cse": 9, "missing": 4, "both": 0},
    {"T1": dict(zip(GRADES, (6, 2, 2, 3), strict=True)), "T5": dict.fromkeys(GRADES, 0)},
    {"T1": {"too early": 2, "not enough": 1}},
    {"I-1-R1": 2, "I-1-R2": 7},
    available=20,
)


def released(held: evidence.Read) -> tuple[Published, frozenset[object]]:
    """Return what a stranger sees of an inspection, and what is withheld of it."""
    tables = evidence.tables(held)
    withheld = frozenset(protect(tables, cache={}).withheld)
    shown = {c.key: c.count for c in tables.cells if c.key not in withheld}
    return Published(exactly(shown), withheld, tables.relations, tables.groups), withheld


def read(numbers: list[int]) -> evidence.Read:
    """Return an inspection of as many cases as these grades are of."""
    grades = dict(zip(GRADES, numbers, strict=True))
    whole = sum(numbers)
    return replace(
        READ,
        read=whole,
        kinds={"cse": whole, "missing": 0},
        grades={"T1": grades},
        reasons={"T1": {"too early": grades["not graded"], "not enough": 0}},
        findings={"I-1-R1": min(2, whole)},
        available=whole + 1,
    )


def test_every_theme_shares_the_number_of_cases_read() -> None:
    held = replace(READ, grades={"T1": READ.grades["T1"]})
    tables = evidence.tables(held)
    counts = {cell.key: cell.count for cell in tables.cells}
    exact = [r for r in tables.relations if r.low == r.high]
    assert len(exact) == 3
    assert all(sum(counts[key] * by for key, by in r.terms) == 0 for r in exact)


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4), st.data())
def test_no_evidence_base_gives_a_case_away(numbers: list[int], data: st.DataObject) -> None:
    held = read(numbers)
    if data.draw(st.booleans(), label="every case was read"):
        held = replace(held, available=held.read, all_read=True)
    published, withheld = released(held)
    assert not {n for n, _ in published.known.values()} & {1, 2}
    assert attack(published).exposed == ()
    assert withheld or min([n for n in numbers if n], default=3) > 2


def test_where_every_case_was_read_the_cases_available_are_those_read() -> None:
    held = replace(read([3, 0, 0, 4]), available=7, all_read=True)
    relations = tuple(evidence.relations(held))
    known = exactly({evidence.available_key("I-1"): 7})
    published = Published(known, frozenset({evidence.read_key("I-1")}), relations[-2:])
    assert ranges(published)[evidence.read_key("I-1")] == (7, 7)


def test_a_sentence_about_a_theme_is_a_comparison_of_its_grades() -> None:
    good = evidence.standing_relation("I-1", "T1", GRADES[:1], GRADES[1:3], good=True)
    bad = evidence.standing_relation("I-1", "T1", GRADES[:1], GRADES[1:3], good=False)
    for numbers in ((4, 2, 2), (5, 0, 4), (3, 2, 2), (0, 1, 0)):
        keys = [evidence.grade_key("I-1", "T1", grade) for grade in GRADES[:3]]
        counts = dict(zip(keys, numbers, strict=True))
        sums = [sum(counts[k] * by for k, by in r.terms) >= (r.low or 0) for r in (good, bad)]
        half = 2 * numbers[0] >= sum(numbers)
        assert sums == [half, not half]


def test_tables_change_by_theme() -> None:
    keys = [evidence.grade_key("I-1", "T1", grade) for grade in GRADES]
    assert len({evidence.table_of(key) for key in keys}) == 1
    assert [evidence.shows_a_grade(key) for key in keys] == [True, True, True, False]
    assert not evidence.shows_a_grade(evidence.kind_key("I-1", "cse"))
