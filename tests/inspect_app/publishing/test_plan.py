"""Pages one at a time: drawn from the same, a page is the same, whatever else was released."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from inspect_app.errors import Refusal
from inspect_app.publishing.content import ReleaseContent
from inspect_app.publishing.manifest import Since
from inspect_app.publishing.page import Sheet
from inspect_app.publishing.plan import Plan, plan
from inspect_app.publishing.site import Site
from tests.inspect_app.publishing.builders import (
    AREAS,
    HARM,
    HMICFRS,
    INVENTED,
    LATER,
    MET,
    OFSTED,
    PRACTICE,
    SILENT,
    content,
    inspection,
    mark,
)

NAMING = {"index.html", "data.html", "about.html"}


def planned(of: ReleaseContent, number: int = 3) -> Plan:
    return plan(Site(of, mark(of, number)))


def place(path: str) -> str:
    return path.removeprefix("cy/")


def _another_summary(of: ReleaseContent) -> ReleaseContent:
    told = replace(INVENTED, summary="Nobody asked.")
    return replace(of, inspections=(HMICFRS, told, MET, OFSTED, SILENT))


def _another_figure(of: ReleaseContent) -> ReleaseContent:
    durham = replace(of.areas[0], figures=(LATER,))
    return replace(of, areas=(durham, *of.areas[1:]))


def _another_area(of: ReleaseContent) -> ReleaseContent:
    return replace(of, areas=AREAS[:3])


def _another_standing(of: ReleaseContent) -> ReleaseContent:
    owner = replace(HARM.owners[0], delivery="In progress")
    return replace(of, recommendations=(replace(HARM, owners=(owner,)), PRACTICE))


def _another_name(of: ReleaseContent) -> ReleaseContent:
    return replace(of, areas=(*of.areas[:2], replace(of.areas[2], name="Dur"), of.areas[3]))


@pytest.mark.parametrize(
    ("change", "also"),
    [
        (_another_summary, {f"inspections/{INVENTED.code}.html", "areas/X06000001.html"}),
        (_another_figure, {"areas/E06000047.html", "indicators.html"}),
        (_another_area, {"areas/X06000001.html"}),
        (_another_standing, {"recommendations.html", "areas/X06000001.html"}),
        (_another_name, {"areas/E23000008.html", f"inspections/{HMICFRS.code}.html"}),
    ],
)
def test_a_page_drawn_from_the_same_is_the_same_byte_for_byte(
    change: Callable[[ReleaseContent], ReleaseContent], also: set[str]
) -> None:
    before, after = planned(content()), planned(change(content()))
    stayed = {p for p in before if p in after and before[p].drawn_from == after[p].drawn_from}
    assert {path for path in stayed if before[path]() != after[path]()} == set()
    redrawn = {place(path) for path in {*before, *after} - stayed}
    assert NAMING | also <= redrawn
    assert f"inspections/{MET.code}.html" not in redrawn
    assert "areas/E23000001.html" not in redrawn


def changed_themes(of: ReleaseContent) -> set[str]:
    before, after = planned(content()), planned(of)
    changed = {place(p) for p in before if before[p].drawn_from != after[p].drawn_from}
    return {path for path in changed if path.startswith("themes/")}


def test_other_words_of_an_inspection_draw_no_theme_again() -> None:
    assert changed_themes(_another_summary(content())) == set()


def test_a_theme_is_drawn_again_where_a_count_of_it_changed_and_no_other_theme_is() -> None:
    first, *others = INVENTED.evidence
    told = replace(INVENTED, evidence=(replace(first, source="Another source"), *others))
    of = content(inspections=(HMICFRS, told, MET, OFSTED, SILENT))
    assert changed_themes(of) == {f"themes/{first.theme}.html"}


def test_a_later_release_of_the_same_changes_only_the_pages_that_name_it() -> None:
    of = content()
    first, later = planned(of), planned(of, number=4)
    changed = {place(path) for path in first if first[path].drawn_from != later[path].drawn_from}
    assert changed == NAMING


def test_a_page_says_the_release_in_which_it_last_changed_and_is_then_the_same() -> None:
    of = content()
    first = mark(of)
    later = replace(first, number=4, made_on=date(2027, 1, 4))
    before, after = plan(Site(of, first)), plan(Site(of, later))
    now = after["indicators.html"]
    assert isinstance(now, Sheet)
    assert b"in release 4, 4 January 2027" in now()
    kept = replace(now, changed=Since(first.number, first.made_on))
    assert kept() == before["indicators.html"]()


def test_a_page_can_be_drawn_alone() -> None:
    of = content()
    place = "areas/E06000047.html"
    whole = {path: drawn() for path, drawn in planned(of).items()}
    assert planned(of)[place]() == whole[place]


def test_two_pages_at_one_address_are_refused() -> None:
    said = OFSTED.statements
    codes = ("a", "b--c", "a--b", "c")
    held = tuple(inspection(code, statements=said) for code in codes)
    areas = (
        replace(AREAS[0], inspections=("a", "b--c")),
        replace(AREAS[1], inspections=("a--b", "c")),
    )
    with pytest.raises(Refusal, match="would have one address") as refused:
        planned(content(areas=areas, inspections=held))
    assert "compare/a--b--c" in str(refused.value)
