"""Comparing on the screen: areas, inspections and periods, with what chance alone could do."""

import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from inspect_app.services import (
    comparing,
    comparing_inspections,
    comparing_over_time,
    comparing_periods,
)
from inspect_app.services.comparing_areas import AreasCompared
from inspect_app.ui import charts_funnel, charts_panels, charts_sides
from metrics.funnel import Funnel, in_words
from metrics.outcome import Share
from tests.support.cast import ADMINISTRATOR, EVERYONE_ELSE
from tests.support.comparing import (
    ALDERMERE,
    BRISTOL,
    DURHAM,
    FACTOR,
    INCIDENTS,
    MISSING,
    REPEAT,
    TAMESIDE,
    WARWICKSHIRE,
    measure,
    side_by_side,
)
from tests.support.screen import Opener, SignIn, labelled, links
from tests.support.whole_page import everything

JTAI, REAUDIT, AUDIT = "ALD-2025-JTAI", "ALD-2026-REAUDIT", "BRK-2025-AUDIT"
DURHAM_2020, OFSTED_2019 = "HMICFRS-2020-03-E23000008", "OFSTED-2019-09-E06000047"
METROPOLITAN = "HMIC-2016-E23000001"
BOARD = "patrick-board"


@pytest.fixture
def funnel(signed_in: SignIn) -> AreasCompared:
    """Every authority of the year to March 2025, with County Durham among them."""
    return side_by_side(DURHAM, FACTOR, 2025, signed_in(BOARD))


def asked(app: AppTest) -> dict[str, str]:
    """Return what the page's address says."""
    held = dict(app.query_params).items()
    return {name: said if isinstance(said, str) else said[-1] for name, said in held}


@pytest.mark.parametrize("person", EVERYONE_ELSE)
def test_comparing_opens_for_everyone_who_may_read_scorecards(
    open_page: Opener, person: str
) -> None:
    text = everything(open_page("compare", person, area=DURHAM, indicator=FACTOR))
    assert "County Durham: 122 of 100,432 (12.1 per 10,000) is within the 95% limits" in text


def test_comparing_opens_for_nobody_else(open_page: Opener) -> None:
    text = everything(open_page("compare", ADMINISTRATOR, area=DURHAM))
    assert "does not allow you to read scorecards" in text
    assert "County Durham:" not in text


@pytest.mark.parametrize("area", [DURHAM, BRISTOL, WARWICKSHIRE, TAMESIDE])
def test_an_authority_stands_among_all_with_its_source_and_n(open_page: Opener, area: str) -> None:
    text = everything(open_page("compare", BOARD, area=area, indicator=FACTOR))
    assert "Every authority, by name (153)" in text
    assert "n: 153 of 153 authorities have a number that can be compared." in text
    assert "Source: Department for Education, Children in need 2025, table C3" in text
    assert "up to 7.7 of these 153 would lie outside the 95% limits and up to 0.31" in text
    assert "Areas differ far more than chance alone would have it (φ = 16.6" in text
    assert "The table under the chart has every authority." in text


def test_nothing_on_the_page_is_a_rank_an_arrow_or_a_traffic_light(open_page: Opener) -> None:
    for way in ("areas", "inspections", "periods"):
        text = everything(open_page("compare", BOARD, way=way, area=DURHAM))
        assert not re.search(r"[\u2190-\u21ff\u25b2\u25bc\U0001f534\U0001f7e0\U0001f7e2]", text)
        assert not re.search(r"\branked\b|\b(red|amber|green|RAG|best|worst)\b", text)


def test_what_is_withheld_is_counted_in_the_caption(open_page: Opener) -> None:
    text = everything(open_page("compare", BOARD, area=BRISTOL, indicator=REPEAT))
    assert "n: 148 of 153 authorities have a number" in text
    assert "withheld to protect children: 2" in text
    assert "not applicable: 1" in text
    assert "City of London" in text


def test_the_address_holds_the_choice_and_a_new_choice_changes_it(open_page: Opener) -> None:
    app = open_page("compare", BOARD, area=DURHAM, indicator=FACTOR)
    assert asked(app) == {
        "way": "areas",
        "area": DURHAM,
        "indicator": FACTOR,
        "period": "2024-04-01_2025-03-31",
        "among": "nation",
        "trace": DURHAM,
    }
    app = labelled(app.selectbox, "Compared with").select("region").run()
    assert asked(app)["among"] == "region"
    assert "Its region: North East. n: 12 of 12" in everything(app)


def test_what_the_address_asks_for_and_is_not_there_is_said(open_page: Opener) -> None:
    app = open_page("compare", BOARD, area=DURHAM, indicator=FACTOR, period="1999")
    text = everything(app)
    assert "The address asks for “1999”, which is not offered here" in text
    assert "Year to 31 March 2025" in text


def test_a_number_leads_to_the_scorecard_that_has_it(open_page: Opener) -> None:
    app = open_page("compare", BOARD, area=DURHAM, indicator=FACTOR, trace=TAMESIDE)
    led = links(app)["Scorecard of Tameside with the figures to March 2025"]
    assert led.startswith("scorecard")
    assert f"area={TAMESIDE}" in led
    assert "quarter=2025-Q1" in led


def test_neighbours_are_pooled_with_an_interval_and_what_it_leaves_out(open_page: Opener) -> None:
    app = open_page("compare", BOARD, area=DURHAM, indicator=FACTOR, among="neighbours")
    text = everything(app)
    assert "Its statistical neighbours (model of 2025). n: 11 of 11 authorities" in text
    assert "pooled from 10 of 10 statistical neighbours" in text
    assert "The interval of this difference is of chance alone" in text


def test_regions_are_pooled_beside_what_was_published(open_page: Opener) -> None:
    text = everything(open_page("compare", BOARD, area=DURHAM, indicator=FACTOR))
    assert "North East (its own) 624 in 542,710 (12 authorities) 11.5 per 10,000" in text
    assert "620 in 542,710 · 11.4 per 10,000" in text
    repeat = everything(open_page("compare", BOARD, area=DURHAM, indicator=REPEAT))
    assert "Not added up: without a number 1 of 33: City of London (withheld" in repeat


def test_a_count_by_itself_has_a_table_and_no_funnel(open_page: Opener) -> None:
    app = open_page("compare", BOARD, area=TAMESIDE, indicator=INCIDENTS)
    assert "A count by itself is not compared" in everything(app)
    assert not app.get("plotly_chart")


def test_small_charts_are_only_made_when_they_are_opened(open_page: Opener) -> None:
    app = open_page("compare", BOARD, area=DURHAM, indicator=FACTOR)
    assert "a small chart each on one axis" not in everything(app)
    app.session_state[f"panels-{DURHAM}-{FACTOR}"] = True
    text = everything(app.run())
    assert "a small chart each on one axis" in text
    assert "Rate per 10,000. n: 11 of 11 areas have two figures or more." in text
    assert "Why lines are broken Child criminal exploitation is a factor of its own" in text
    assert "Barnsley has another code since 1 May 2025" in text


def test_an_unpublished_return_is_not_shown_to_another_area(open_page: Opener) -> None:
    for person, shown in (("samira-publisher", True), ("harpreet-director", False)):
        text = everything(open_page("compare", person, area=ALDERMERE))
        assert ("Aldermere (invented) (chosen)" in text) is shown, person
    text = everything(open_page("compare", BOARD, area=ALDERMERE))
    assert "so there is nothing to compare Aldermere (invented) with" in text


def test_a_reorganised_authority_says_so_before_anything_is_compared(open_page: Opener) -> None:
    text = everything(open_page("compare", BOARD, area="E06000063", indicator=FACTOR))
    assert "Before you compare Cumberland took over from Cumbria on 1 April 2023" in text


def test_a_police_force_area_is_refused_in_words(open_page: Opener) -> None:
    text = everything(open_page("compare", BOARD, area="E23000008"))
    assert "Durham (police force area) is no local authority." in text


def test_inspections_that_can_be_compared_are_named_before_two_are_chosen(
    open_page: Opener,
) -> None:
    text = everything(open_page("compare", BOARD, way="inspections"))
    assert "Choose two inspections." in text
    assert "Inspections whose cases have grades (5 of 285)" in text


def test_two_readings_stand_side_by_side_with_a_verdict_a_board_understands(
    open_page: Opener,
) -> None:
    app = open_page("compare", BOARD, way="inspections", first=JTAI, second=REAUDIT)
    text = everything(app)
    assert "No detectable change" in text
    assert "would have shown an improvement" in text
    assert "the second is graded better in 59 of 100 such pairs" in text
    assert "Good 4 of 16 (25%); 13% to 45% (exact for a frame of 38, 95%)" in text
    assert links(app)[f"Inspection {JTAI}"] == f"inspections?inspection={JTAI}"
    changed = labelled(app.selectbox, "Topic").select("all:T4").run()
    assert asked(changed)["topic"] == "all:T4"
    assert "Missing and in care" in everything(changed)


def test_refusals_say_why_and_both_sides_are_still_drawn(open_page: Opener) -> None:
    app = open_page("compare", BOARD, way="inspections", first=OFSTED_2019, second=DURHAM_2020)
    text = everything(app)
    assert "They are not compared" in text
    assert "No published map says how one goes over into the other" in text
    assert "Grades not published 18 none" in text
    assert "Inadequate not published 6" in text
    assert app.get("plotly_chart")
    unsplit = everything(
        open_page("compare", BOARD, way="inspections", first=METROPOLITAN, second=DURHAM_2020)
    )
    assert "no split is invented" in unsplit


def test_an_inspection_that_one_may_not_see_is_not_offered(open_page: Opener) -> None:
    app = open_page("compare", BOARD, way="inspections", first=JTAI, second=AUDIT)
    text = everything(app)
    assert f"The address asks for “{AUDIT}”, which is not offered here" in text
    assert "Brackenshire" not in text.replace(AUDIT, "")


def test_inspections_are_narrowed_to_a_place_and_its_police_force(open_page: Opener) -> None:
    app = open_page("compare", BOARD, way="inspections", where=DURHAM)
    offered = labelled(app.selectbox, "One inspection").options
    assert any(DURHAM_2020 in each for each in offered)
    assert any(OFSTED_2019 in each for each in offered)
    assert not any(JTAI in each for each in offered)


def test_two_periods_are_compared_with_an_interval(open_page: Opener) -> None:
    series = f"{MISSING}~{DURHAM}~year~3~share"
    text = everything(open_page("compare", BOARD, way="periods", area=DURHAM, series=series))
    assert "Not shown: chance alone could have made this difference, or hidden another." in text
    assert "+0.7 points (-1.5 to +2.9), Newcombe 95%." in text
    assert "143 of 1,427 10.0% 8.6% to 11.7% (Wilson 95%)" in text
    assert "Two of 5 years are held against each other here." in text


def test_across_a_break_both_periods_are_shown_and_not_compared(open_page: Opener) -> None:
    app = open_page(
        "compare", BOARD, way="periods", area=DURHAM, before="2018-03-31", after="2025-03-31"
    )
    text = everything(app)
    assert "Refused: recording or the definition changed between the two" in text
    assert "Child criminal exploitation is a factor of its own" in text
    assert "112 in 98,870 11.3 per 10,000" in text
    assert "122 in 100,432 12.1 per 10,000" in text
    assert "times as high" not in text


def test_one_period_beside_itself_is_refused(open_page: Opener) -> None:
    app = open_page(
        "compare", BOARD, way="periods", area=DURHAM, before="2025-03-31", after="2025-03-31"
    )
    assert "Both periods are the same." in everything(app)


def test_an_area_without_two_periods_says_so(open_page: Opener) -> None:
    text = everything(open_page("compare", BOARD, way="periods", area="W06000001"))
    assert "so no two can be compared" in text


def test_the_funnel_names_the_chosen_authority_and_those_outside(funnel: AreasCompared) -> None:
    assert isinstance(funnel.funnel, Funnel)
    drawn = charts_funnel.chart(funnel, funnel.funnel)
    said = [note.text for note in drawn.layout.annotations]
    assert "<b>County Durham</b>" in said
    assert {each.area.label for each in funnel.outside} <= set(said)
    assert {"95% limit", "99.8% limit"} <= set(said)
    assert any(each.startswith("<b>All: 10.2") for each in said)


def test_where_an_authority_lies_is_more_than_a_colour(funnel: AreasCompared) -> None:
    assert isinstance(funnel.funnel, Funnel)
    drawn = {trace.name: trace for trace in charts_funnel.chart(funnel, funnel.funnel).data}
    symbols = {name: drawn[name].marker.symbol for name in drawn if "limits" in name}
    assert symbols == {
        "Inside the limits": "circle-open",
        "Outside the 95% limits": "diamond",
        "Outside the 99.8% limits": "square",
    }
    assert sum(len(drawn[name].x) for name in symbols) == 153
    assert len(drawn["The chosen authority"].x) == 1


def test_the_funnels_labels_do_not_lie_on_one_another(funnel: AreasCompared) -> None:
    rows = [each for each in funnel.rows if each.place]
    top = 53.0
    boxes = []
    for note, row in zip(
        charts_funnel._names(rows, [340_000], top),
        sorted((r for r in rows if r.own or r.outside), key=charts_funnel._first),
        strict=True,
    ):
        x, y = charts_funnel._pixel(row, [340_000], top)
        width = charts_funnel.LETTER * len(row.area.label)
        boxes.append(charts_funnel.Box(x + note["ax"], y + note["ay"], width, charts_funnel.LINE))
    assert len(boxes) == 19
    meeting = [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if a.meets(b)]
    assert meeting == []


def test_the_funnels_words_stand_in_for_it(funnel: AreasCompared) -> None:
    said = charts_funnel.in_text(funnel, in_words(funnel.funnel))
    assert "Of 153 areas, 10.2 per 10,000 over all" in said
    assert "Blackpool" in said


def test_small_charts_share_one_axis_and_join_nothing_across_a_break(signed_in: SignIn) -> None:
    me = signed_in(BOARD)
    held = comparing.material(DURHAM, by=me)
    panels = comparing_over_time.panels(held, measure(held, FACTOR), by=me)
    drawn = charts_panels.chart(panels)
    ranges = {drawn.layout[axis].range for axis in drawn.layout if axis.startswith("yaxis")}
    assert len(ranges) == 1
    durham = [trace for trace in drawn.data if trace.name == "County Durham"]
    assert [list(trace.x) for trace in durham] == [[0, 1, 2, 3], [4, 5, 6, 7]]
    assert len(drawn.layout.shapes) == len(panels) == 11
    assert "<b>County Durham</b>" in {note.text for note in drawn.layout.annotations}


def test_what_has_no_single_grade_is_drawn_hatched_and_named(signed_in: SignIn) -> None:
    me = signed_in(BOARD)
    found = comparing_inspections.compared(METROPOLITAN, DURHAM_2020, by=me)
    drawn = charts_sides.grades([("first", found.first), ("second", found.second)])
    looks = {trace.name: trace.marker.pattern.shape for trace in drawn.data}
    assert looks == {
        "Requires improvement or inadequate, not split": "x",
        "Grade not stated": "x",
        "Good": None,
        "Requires improvement": "/",
        "Inadequate": ".",
    }
    said = [trace.text[0] for trace in drawn.data] + [n.text for n in drawn.layout.annotations]
    assert {"Grade not stated: 2", "Good: 1", "Inadequate: 6"} <= set(said)


def test_a_break_between_two_periods_is_a_rule_and_each_has_its_interval(
    signed_in: SignIn,
) -> None:
    offered = comparing_periods.offered(DURHAM, by=signed_in(BOARD))
    held = next(each for each in offered if each.key.indicator == FACTOR)
    drawn = charts_sides.periods(comparing_periods.compared(held, "2021-03-31", "2022-03-31"))
    assert [shape.x0 for shape in drawn.layout.shapes] == [0.5]
    assert drawn.layout.annotations[0].text == "Break: not compared"
    assert all(trace.error_y.array[0] > 0 for trace in drawn.data)
    assert [len(trace.x) for trace in drawn.data] == [1, 1]


def test_an_axis_of_shares_names_nothing_above_the_whole(signed_in: SignIn) -> None:
    offered = comparing_periods.offered(DURHAM, by=signed_in(BOARD))
    held = next(each for each in offered if each.key.indicator == REPEAT)
    high = tuple(replace(each, outcome=Share(99, 100, None)) for each in held.points)
    found = comparing_periods.compared(replace(held, points=high), "2023-03-31", "2024-03-31")
    assert charts_sides.periods(found).layout.yaxis.range == (0, charts_sides.WHOLE)
    assert charts_sides.WHOLE < 1.2
