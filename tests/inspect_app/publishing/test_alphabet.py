"""Names in the order of an alphabet: Welsh letters of two signs for Welsh names, and no others."""

import pytest

from inspect_app.publishing.alphabet import ELSEWHERE, initial, order


def test_a_welsh_name_is_sorted_by_the_letters_of_welsh() -> None:
    names = [
        "Rhondda Cynon Taf",
        "Reading",
        "Rutland",
        "Ynys Môn",
        "Llundain",
        "Luton",
        "Casnewydd",
    ]
    welsh = {"Rhondda Cynon Taf", "Ynys Môn", "Llundain", "Casnewydd"}
    assert sorted(names, key=lambda name: order(name, welsh=name in welsh)) == [
        "Casnewydd",
        "Luton",
        "Llundain",
        "Reading",
        "Rutland",
        "Rhondda Cynon Taf",
        "Ynys Môn",
    ]


@pytest.mark.parametrize(
    ("name", "welsh", "letter"),
    [
        ("Rhondda Cynon Taf", True, "Rh"),
        ("Llundain", True, "Ll"),
        ("Cheshire", False, "C"),
        ("Thurrock", False, "T"),
        ("Ôl-ogof", True, "O"),
        ("1 Heol y Bont", True, ELSEWHERE),
        ("", False, ELSEWHERE),
    ],
)
def test_a_name_stands_under_its_first_letter(name: str, welsh: bool, letter: str) -> None:  # noqa: FBT001
    assert initial(name, welsh=welsh) == letter


def test_a_space_comes_before_a_letter_in_english_too() -> None:
    names = ["Northumberland", "North Tyneside", "North East Lincolnshire"]
    assert sorted(names, key=lambda name: order(name, welsh=False)) == [
        "North East Lincolnshire",
        "North Tyneside",
        "Northumberland",
    ]
