"""The shipped reference data: whole, linked, and the words of their sources."""

from collections import defaultdict
from datetime import date, timedelta

import pytest

from data_model.shipped import Row, rows

ENGLISH_REGIONS = 9
WELSH_AUTHORITIES = 22
# Department for Education, children's services authorities since April 2023.
ENGLISH_AUTHORITIES = 153
ENGLISH_FORCES, WELSH_FORCES = 39, 4
THEMES = 8


def table(name: str) -> list[Row]:
    """Return the rows of one shipped reference table."""
    return list(rows("data_model", "reference", f"{name}.csv"))


AREAS = {row["code"]: row for row in table("areas")}
AUTHORITIES = [row for row in AREAS.values() if row["kind"] == "local_authority"]
SUCCESSIONS = table("area_successions")


def live(nation: str) -> list[Row]:
    """Return the authorities of a nation that have not ended."""
    return [row for row in AUTHORITIES if row["nation"] == nation and not row["ended_on"]]


def test_there_is_one_row_a_place() -> None:
    assert len(AREAS) == len(table("areas"))


def test_every_authority_has_a_nation_a_region_and_a_force() -> None:
    for row in AUTHORITIES:
        assert row["nation"] in {"england", "wales"}, row
        assert AREAS[row["force_code"]]["kind"] == "police_force_area", row
        assert AREAS[row["force_code"]]["nation"] == row["nation"], row
        above = AREAS[row["region_code"]]["kind"]
        assert above == ("region" if row["nation"] == "england" else "nation"), row


@pytest.mark.parametrize(
    ("kind", "nation", "expected"),
    [
        ("region", "england", ENGLISH_REGIONS),
        ("police_force_area", "england", ENGLISH_FORCES),
        ("police_force_area", "wales", WELSH_FORCES),
    ],
)
def test_every_region_and_force_is_there(kind: str, nation: str, expected: int) -> None:
    found = [r for r in AREAS.values() if r["kind"] == kind and r["nation"] == nation]
    assert len(found) == expected


def test_every_authority_that_stands_today_is_there() -> None:
    assert len(live("england")) == ENGLISH_AUTHORITIES
    assert len(live("wales")) == WELSH_AUTHORITIES
    assert {row["code"] for row in live("wales")} == {f"W060000{n:02}" for n in _welsh_numbers()}


def _welsh_numbers() -> list[int]:
    # The Welsh code list runs to 24; 7 and 17 were never authorities, Powys became 23, Merthyr 24.
    return [n for n in range(1, 25) if n not in {7, 17}]


def test_every_authority_lies_in_a_force_that_has_others_or_stands_for_itself() -> None:
    held = {row["force_code"] for row in AUTHORITIES}
    forces = {code for code, row in AREAS.items() if row["kind"] == "police_force_area"}
    assert forces == held


@pytest.mark.parametrize(
    ("authority", "force"),
    [
        ("E06000047", "E23000008"),  # County Durham: Durham
        ("E06000005", "E23000008"),  # Darlington: Durham
        ("W06000011", "W15000003"),  # Swansea: South Wales
        ("E09000030", "E23000001"),  # Tower Hamlets: Metropolitan Police
    ],
)
def test_the_case_study_areas_lie_in_their_forces(authority: str, force: str) -> None:
    assert AREAS[authority]["force_code"] == force


def test_every_district_lies_in_a_county_and_in_the_countys_force() -> None:
    districts = table("districts")
    counties = {code for code in AREAS if code.startswith("E10") and not AREAS[code]["ended_on"]}
    assert {row["authority_code"] for row in districts} == counties
    for row in districts:
        assert row["force_code"] == AREAS[row["authority_code"]]["force_code"], row


def test_welsh_authorities_have_their_welsh_names() -> None:
    assert AREAS["W06000011"]["name_welsh"] == "Abertawe"
    assert [row["name"] for row in live("wales") if not row["name_welsh"]] == []


def test_every_authority_that_ended_has_a_successor_and_nothing_else_has() -> None:
    ended = {row["code"] for row in AUTHORITIES if row["ended_on"]}
    assert {row["predecessor"] for row in SUCCESSIONS} == ended


def test_a_successor_begins_the_day_after_its_predecessor_ended() -> None:
    for row in SUCCESSIONS:
        changed = date.fromisoformat(row["changed_on"])
        before, after = AREAS[row["predecessor"]], AREAS[row["successor"]]
        assert date.fromisoformat(before["ended_on"]) + timedelta(days=1) == changed, row
        assert date.fromisoformat(after["started_on"]) == changed, row


def test_every_authority_that_ended_leads_to_one_that_stands_today() -> None:
    for before in {row["predecessor"] for row in SUCCESSIONS}:
        ends = _ends(before)
        assert ends, before
        assert not [end for end in ends if AREAS[end]["ended_on"]]


def _ends(code: str) -> set[str]:
    """Return where an authority's successions lead in the end."""
    after = [row["successor"] for row in SUCCESSIONS if row["predecessor"] == code]
    return set().union(*(_ends(one) for one in after)) if after else {code}


@pytest.mark.parametrize(
    ("before", "after", "day"),
    [
        # Structural changes orders: Dorset 2019, Buckinghamshire 2020, Northamptonshire 2021,
        # Cumbria, North Yorkshire and Somerset 2023.
        ({"E06000028", "E06000029", "E10000009"}, {"E06000058", "E06000059"}, "2019-04-01"),
        ({"E10000002"}, {"E06000060"}, "2020-04-01"),
        ({"E10000021"}, {"E06000061", "E06000062"}, "2021-04-01"),
        (
            {"E10000006", "E10000023", "E10000027"},
            {"E06000063", "E06000064", "E06000065", "E06000066"},
            "2023-04-01",
        ),
    ],
)
def test_the_reorganisations_of_2019_to_2023_are_there(
    before: set[str], after: set[str], day: str
) -> None:
    that_day = [row for row in SUCCESSIONS if row["changed_on"] == day]
    assert {row["predecessor"] for row in that_day} == before
    assert {row["successor"] for row in that_day} == after


def test_a_split_has_several_successors_and_a_merger_several_predecessors() -> None:
    for row in SUCCESSIONS:
        before = [r for r in SUCCESSIONS if r["successor"] == row["successor"]]
        after = [r for r in SUCCESSIONS if r["predecessor"] == row["predecessor"]]
        expected = {"split": len(after) > 1, "merger": len(before) > 1}
        assert expected.get(row["kind"], len(before) == len(after) == 1), row


def test_every_local_authority_has_a_council() -> None:
    councils = {row["area_code"] for row in table("organisations") if row["kind"] == "council"}
    assert {row["code"] for row in AUTHORITIES} <= councils


def test_every_organisation_stands_in_a_known_place() -> None:
    assert [row for row in table("organisations") if row["area_code"] not in {"", *AREAS}] == []


def test_the_eight_themes_are_there_in_both_languages() -> None:
    themes = table("themes")
    assert [row["code"] for row in themes] == [f"T{n}" for n in range(1, THEMES + 1)]
    faces = ("name", "name_welsh", "short_name", "short_name_welsh", "source")
    assert [row["code"] for row in themes for face in faces if not row[face].strip()] == []


def test_every_criterion_belongs_to_its_theme_and_each_theme_has_three_or_more() -> None:
    held: dict[str, int] = defaultdict(int)
    for row in table("criteria"):
        assert row["code"].split(".")[0] == row["theme"], row
        assert row["text"].endswith("."), row
        assert row["text_welsh"].endswith("."), row
        assert row["source"], row
        held[row["theme"]] += 1
    assert set(held) == {row["code"] for row in table("themes")}
    assert min(held.values()) >= 3


def test_the_grades_of_a_scale_stand_in_one_order_without_a_gap() -> None:
    grades = defaultdict(list)
    for row in table("scale_grades"):
        grades[row["scale"]].append(row)
    for scale, held in grades.items():
        positions = [int(row["position"]) for row in held]
        assert positions == list(range(1, len(held) + 1)), scale
        assert len({row["grade"] for row in held}) == len(held), scale
        assert all(row["name"] and row["name_welsh"] for row in held), scale
    assert {row["code"] for row in table("scales")} - set(grades) == {"narrative"}


@pytest.mark.parametrize(
    ("scale", "grades"),
    [
        ("ncpi-case", ["good", "requires_improvement", "inadequate"]),
        (
            "ilacs",
            ["outstanding", "good", "requires_improvement_to_be_good", "inadequate"],
        ),
        ("peel-5", ["outstanding", "good", "adequate", "requires_improvement", "inadequate"]),
        ("peel-4", ["outstanding", "good", "requires_improvement", "inadequate"]),
        (
            "ciw-2025",
            ["excellent", "good", "requires_improvement", "requires_significant_improvement"],
        ),
        ("narrative", []),
    ],
)
def test_a_scale_has_the_inspectorates_own_words_best_first(scale: str, grades: list[str]) -> None:
    assert [r["grade"] for r in table("scale_grades") if r["scale"] == scale] == grades


def test_every_scale_belongs_to_a_framework_and_says_its_source() -> None:
    frameworks = {row["code"] for row in table("frameworks")}
    for row in table("scales"):
        assert row["framework"] in frameworks
        assert row["source"]
        assert row["name"]
        assert row["name_welsh"]
        assert not row["ended_on"] or row["started_on"] < row["ended_on"]


def test_the_words_of_peel_changed_on_one_day() -> None:
    scales = {row["code"]: row for row in table("scales")}
    ended = date.fromisoformat(scales["peel-4"]["ended_on"])
    assert date.fromisoformat(scales["peel-5"]["started_on"]) == ended + timedelta(days=1)
