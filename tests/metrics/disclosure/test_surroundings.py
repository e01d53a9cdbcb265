"""Where a movement of counts is looked for: near first, and in the end everywhere."""

from metrics.disclosure.surroundings import around

BLOCKS = [(), *((r,) for r in "ABCD"), *((r, f"{r}{n}") for r in "ABCD" for n in (1, 2))]


def test_an_authority_is_made_up_for_in_its_region_then_with_another_then_anywhere() -> None:
    first, *pairs, last = around(("A", "A1"), BLOCKS)
    assert first == {("A",), ("A", "A1"), ("A", "A2")}
    assert [{block[:1] for block in each} for each in pairs] == [
        {(), ("A",), ("B",)},
        {(), ("A",), ("C",)},
    ]
    assert last == set(BLOCKS)


def test_a_count_of_the_nation_or_of_a_table_without_places_is_made_up_for_anywhere() -> None:
    assert list(around((), BLOCKS)) == [set(BLOCKS)]
    assert list(around((), [()])) == [{()}]
