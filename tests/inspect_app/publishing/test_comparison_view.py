"""Two inspections side by side: which two, on what scale, and what is not known of each."""

from dataclasses import replace
from datetime import date

from data_model.vocabulary import SamplingMethod
from inspect_app.publishing.comparison_view import MANY, Pair, pairs, unknowns
from inspect_app.publishing.language import ENGLISH, WELSH
from tests.inspect_app.publishing.builders import (
    HMICFRS,
    INVENTED,
    MET,
    OFSTED,
    SILENT,
    THEMES,
)


def named(*held: Pair) -> list[tuple[str, str]]:
    return [(pair.first.code, pair.second.code) for pair in held]


def test_any_two_stand_side_by_side_the_earlier_first() -> None:
    assert named(*pairs([SILENT, HMICFRS, OFSTED])) == [
        (OFSTED.code, HMICFRS.code),
        (OFSTED.code, SILENT.code),
        (HMICFRS.code, SILENT.code),
    ]


def test_two_that_published_nothing_are_not_compared() -> None:
    assert named(*pairs([SILENT, replace(SILENT, code="ALSO")])) == []


def test_of_many_only_those_near_in_time_or_on_one_theme_are_compared() -> None:
    years = range(2010, 2010 + 2 * (MANY + 1), 2)
    far = [
        replace(HMICFRS, code=str(year), period_start=date(year, 1, 1), themes=()) for year in years
    ]
    assert named(*pairs(far)) == []
    assert len(named(*pairs(far[:MANY]))) == MANY * (MANY - 1) / 2
    first, last = (replace(far[at], themes=THEMES[:1]) for at in (0, -1))
    assert named(*pairs([first, *far[1:-1], last])) == [("2010", str(years[-1]))]
    near = replace(far[1], code="near", period_start=date(2011, 6, 1))
    assert named(*pairs([*far, near])) == [("2010", "near"), ("near", "2012")]


def test_one_scale_is_one_by_its_name() -> None:
    assert Pair(HMICFRS, MET).one_scale
    assert not Pair(OFSTED, HMICFRS).one_scale


def test_what_is_not_known_is_said() -> None:
    assert unknowns(OFSTED, ENGLISH) == (
        "How the cases were chosen is not stated.",
        "How many cases there were to choose from is not published.",
        "How the cases were graded is not published.",
        "Which of the Inquiry’s eight themes it covered is not stated.",
    )
    assert "How many cases were read is not published." in unknowns(SILENT, ENGLISH)
    assert "Some grades are published together and were not split." in unknowns(MET, ENGLISH)
    assert unknowns(replace(INVENTED, sampling="Not stated"), WELSH)[0].startswith("Ni nodir sut")


def test_what_is_withheld_and_what_was_not_graded_is_said_of_cases_recorded_here() -> None:
    assert unknowns(INVENTED, ENGLISH) == (
        "Some counts are withheld to protect children.",
        "No case was graded under: Children with disabilities.",
    )


def test_nothing_is_unknown_of_an_inspection_that_published_everything() -> None:
    whole = replace(
        HMICFRS,
        sampling=SamplingMethod.RANDOM.english,
        cases_available=40,
        themes=THEMES,
    )
    assert unknowns(whole, ENGLISH) == ()
    undated = replace(whole, period_start=None)
    assert unknowns(undated, ENGLISH) == ("When it took place is not stated.",)
