"""An area on the screen: what different bodies said of the same children's cases, face to face."""

from dataclasses import replace
from datetime import date

import pytest

from data_model.database import open_database
from inspect_app.services import areas, people
from inspect_app.services.areas import Entry
from inspect_app.ui import timeline
from tests.support.cast import ADMINISTRATOR, EVERYONE_ELSE
from tests.support.screen import Opener, labelled
from tests.support.whole_page import everything

DURHAM = "E06000047"


@pytest.fixture
def durham(sample_address: str) -> tuple[Entry, ...]:
    """Everything inspected in County Durham, newest first."""
    me = people.sign_in("patrick-board", open_database(sample_address))
    return areas.view(DURHAM, by=me).timeline


@pytest.mark.parametrize("person", EVERYONE_ELSE)
def test_an_area_opens_for_everyone_who_may_read_inspections(
    open_page: Opener, person: str
) -> None:
    assert "Everything inspected here" in everything(open_page("area", person, area=DURHAM))


def test_an_area_opens_for_nobody_else(open_page: Opener) -> None:
    text = everything(open_page("area", ADMINISTRATOR, area=DURHAM))
    assert "does not allow you to read inspections" in text
    assert "Ofsted, September 2019" not in text


def test_durham_in_september_2019_faces_march_2020(durham: tuple[Entry, ...]) -> None:
    facing = [row for row in timeline.rows(durham) if len(row.entries) > 1]
    bodies = [{timeline.short(timeline.body(entry)) for entry in row.entries} for row in facing]
    assert [row.when for row in facing] == ["September 2019 · March 2020"]
    assert bodies == [{"Ofsted", "HMICFRS"}]


def test_a_praise_without_graded_cases_stands_beside_nine_graded_cases(open_page: Opener) -> None:
    text = everything(open_page("area", "patrick-board", area=DURHAM))
    assert "18 child sexual exploitation cases read; grades not published." in text
    assert "No graded case stands behind what it says." in text
    assert "9 missing child cases: 1 good, 2 requires improvement, 6 inadequate." in text
    assert "The strength of the local authority's and partners' response" in text
    assert "The evidence for this finding was not set out in the report" in text
    assert "K.3 para 11" in text
    assert "Of the whole police force area, not this area alone" in text


def test_a_number_that_nobody_published_is_said_to_be_missing(open_page: Opener) -> None:
    text = everything(open_page("area", "patrick-board", area=DURHAM))
    assert "Number of child sexual exploitation cases read: not published." in text


def test_grades_that_were_not_split_are_not_split_here(open_page: Opener) -> None:
    text = everything(open_page("area", "patrick-board", area="E09000030"))
    assert "36 requires improvement or inadequate, not split" in text


@pytest.mark.parametrize("area", [DURHAM, "X06000001", "E09000030"])
def test_grades_are_in_words_and_never_in_codes(open_page: Opener, area: str) -> None:
    text = everything(open_page("area", "patrick-board", area=area))
    assert "requires_improvement" not in text
    assert "not_graded" not in text


def test_an_invented_place_says_so_and_shows_its_grades_by_theme(open_page: Opener) -> None:
    text = everything(open_page("area", "patrick-board", area="X06000001"))
    assert "everything inspected in it are invented" in text
    assert "16 cases read: 8 cases of exploitation and going missing" in text
    assert "Missing and in care" in text


def test_a_place_says_what_was_there_before_it(open_page: Opener) -> None:
    text = everything(open_page("area", "patrick-board", area=DURHAM))
    assert "Before it: Durham (until 31 March 2009) E10000010." in text


def test_an_unknown_area_is_not_found_and_near_names_are_given(open_page: Opener) -> None:
    text = everything(open_page("area", "patrick-board", area="Durhamshire"))
    assert "There is no area 'Durhamshire'." in text
    assert "County Durham (E06000047)" in text


def test_without_an_area_it_asks_for_one(open_page: Opener) -> None:
    assert "Choose an area" in everything(open_page("area", "samira-publisher"))


def test_a_text_that_brings_markup_is_shown_as_text(durham: tuple[Entry, ...]) -> None:
    held = durham[-1]
    bad = replace(held, inspection=replace(held.inspection, title="<script>alert(1)</script>"))
    drawn = "".join(str(part) for part in timeline.at_length(bad, {}))
    assert "<script>" not in drawn
    assert "&lt;script&gt;" in drawn


def _on(entry: Entry, body: str, day: date | None) -> Entry:
    return replace(entry, inspection=replace(entry.inspection, inspecting=(body,), started_on=day))


@pytest.mark.parametrize(
    ("earlier", "rows"),
    [(date(2018, 9, 1), 1), (date(2018, 8, 31), 2), (None, 2)],
)
def test_inspections_face_each_other_within_eighteen_months(
    durham: tuple[Entry, ...], earlier: date | None, rows: int
) -> None:
    newest, other = _on(durham[0], "One", date(2020, 3, 1)), _on(durham[0], "Another", earlier)
    assert len(timeline.rows([newest, other])) == rows


def test_two_inspections_of_one_body_never_share_a_row(durham: tuple[Entry, ...]) -> None:
    march, april = date(2020, 3, 1), date(2020, 4, 1)
    same = [_on(durham[0], "One", april), _on(durham[0], "One", march)]
    assert len(timeline.rows(same)) == 2


def test_more_bodies_than_fit_share_the_last_column(durham: tuple[Entry, ...]) -> None:
    day = date(2020, 3, 1)
    many = [_on(durham[0], name, day) for name in ("One", "Two", "Three", "Four")]
    assert len(timeline.columns(many)) == timeline.ABREAST
    assert timeline.columns(many)[-1] == timeline.OTHERS


@pytest.mark.parametrize("page", ["area", "scorecard"])
def test_areas_are_chosen_one_after_another(open_page: Opener, page: str) -> None:
    app = open_page(page, "patrick-board")
    for code, name in ((DURHAM, "County Durham"), ("E09000030", "Tower Hamlets")):
        labelled(app.selectbox, "Area").set_value(code).run()
        assert app.query_params["area"] in (code, [code])
        assert name in [header.value for header in app.header]
