"""Areas: inspectorates facing each other, and what came before and after a place."""

from collections.abc import Callable

import pytest

from inspect_app.errors import NotFound
from inspect_app.services import areas
from inspect_app.signed_in import SignedIn

SignIn = Callable[[str], SignedIn]


def test_durham_shows_ofsted_2019_and_hmicfrs_2020_facing_each_other(signed_in: SignIn) -> None:
    view = areas.view("E06000047", by=signed_in("patrick-board"))
    entries = {entry.inspection.code: entry for entry in view.timeline}
    ofsted, police = entries["OFSTED-2019-09-E06000047"], entries["HMICFRS-2020-03-E23000008"]
    assert "The strength of the local authority's" in ofsted.statements[0].statement
    assert ofsted.statements[0].direction == "positive"
    assert ofsted.graded_cases == 0
    assert police.graded_cases == 9
    assert police.inspection.whole_force


def test_the_newest_inspection_stands_first(signed_in: SignIn) -> None:
    for area in ("E06000047", "E09000030", "E06000023"):
        view = areas.view(area, by=signed_in("patrick-board"))
        dates = [e.inspection.started_on for e in view.timeline if e.inspection.started_on]
        assert dates == sorted(dates, reverse=True)
        undated = [entry.inspection.started_on is None for entry in view.timeline]
        assert undated == sorted(undated)


def test_an_inspection_of_a_whole_force_stands_in_each_of_its_areas(signed_in: SignIn) -> None:
    for area in ("E06000047", "E06000005"):
        codes = [
            e.inspection.code for e in areas.view(area, by=signed_in("ruth-verifier")).timeline
        ]
        assert "HMICFRS-2020-03-E23000008" in codes


@pytest.mark.parametrize(
    ("area", "before", "after"),
    [
        ("E06000063", {"E10000006"}, set()),
        ("E10000006", set(), {"E06000063", "E06000064"}),
        ("E06000066", {"E10000027"}, set()),
        ("E06000065", {"E10000023"}, set()),
    ],
)
def test_the_reorganisations_of_2023_are_known(
    signed_in: SignIn, area: str, before: set[str], after: set[str]
) -> None:
    view = areas.view(area, by=signed_in("patrick-board"))
    assert {place.code for place in view.predecessors} == before
    assert {place.code for place in view.successors} == after


def test_a_name_shared_with_a_past_area_means_the_one_of_today(signed_in: SignIn) -> None:
    view = areas.view("Somerset", by=signed_in("patrick-board"))
    assert view.area.code == "E06000066"
    assert view.area.ended_on is None


def test_an_unknown_area_is_not_found(signed_in: SignIn) -> None:
    with pytest.raises(NotFound):
        areas.view("Nowhere at all", by=signed_in("patrick-board"))


def test_an_invented_area_says_so(signed_in: SignIn) -> None:
    view = areas.view("X06000001", by=signed_in("patrick-board"))
    assert view.area.label == "Aldermere (invented)"
    assert all("(invented)" in body for e in view.timeline for body in e.inspection.inspecting)
