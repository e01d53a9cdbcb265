"""The screener: a good file passes every rule, and each fault is found by the rule made for it."""

from collections.abc import Callable

import pytest

from inspect_app.errors import Refusal
from inspect_app.publishing import screener_rules as rules
from inspect_app.publishing.data_files import Data
from inspect_app.publishing.data_tables import TABLES
from inspect_app.publishing.screener import refuse_bad_file, refuse_bad_table, screen, screen_table
from tests.inspect_app.publishing.builders import content, mark

NAME = "children_missing"
DATA = b"""\
time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,\
old_la_code,new_la_code,la_name,measure,numerator,percentage
201920,Financial year,National,E92000001,England,,,,,,Missing,120,12.5
201920,Financial year,Regional,E92000001,England,E12000001,North East,,,,Missing,40,c
201920,Financial year,Local authority,E92000001,England,E12000001,North East,840,E06000047,\
County Durham,Missing,11,low
201920,Financial year,Local authority,E92000001,England,E12000001,North East,840,E06000047,\
County Durham,Repeat,z,x
"""
META = b"""\
col_name,col_type,label,indicator_grouping,indicator_unit,indicator_dp,filter_hint,\
filter_grouping_column
measure,Filter,Measure,,,,,
numerator,Indicator,Count,,,0,,
percentage,Indicator,Percentage,,%,1,,
"""

Edit = tuple[bytes, bytes]


def failed(data: bytes | None = DATA, meta: bytes | None = META, name: str = NAME) -> list[str]:
    return [each.rule for each in screen(name, data, meta) if not each.passed]


def test_a_good_file_passes_every_rule() -> None:
    assert failed() == []
    assert len(screen(NAME, DATA, META)) == len(rules.RULES)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (b"England,", b"Eng\xffland,", rules.is_utf8_with_unix_line_ends),
        (b"time_period,", b"\xef\xbb\xbftime_period,", rules.is_utf8_with_unix_line_ends),
        (b"12.5\n", b"12.5\r\n", rules.is_utf8_with_unix_line_ends),
        (b",Missing,120,12.5", b",Missing,120", rules.has_whole_rows),
        (b"time_period,", b"year,", rules.has_what_every_file_needs),
        (b"measure,num", b"Measure Of,num", rules.names_are_snake_case),
        (b"numerator,percentage", b"numerator,numerator", rules.names_are_given_once),
        (b"percentage\n", b"share\n", rules.metadata_and_file_agree),
        (
            b"201920,Financial year,National",
            b"201921,Financial year,National",
            rules.periods_are_the_standards,
        ),
        (
            b"201920,Financial year,National",
            b"2019,Financial year,National",
            rules.periods_are_the_standards,
        ),
        (
            b"201920,Financial year,National",
            b"2020,Calendar year Q1,National",
            rules.periods_are_the_standards,
        ),
        (
            b"201920,Financial year,National",
            b"2019,Calendar year,National",
            rules.has_one_kind_of_period,
        ),
        (b"National", b"Country", rules.levels_are_known),
        (
            b",840,E06000047,County Durham,Repeat",
            b",,E06000047,County Durham,Repeat",
            rules.places_are_filled_at_their_own_level,
        ),
        (
            b"England,,,,,,Missing",
            b"England,,,840,E06000047,County Durham,Missing",
            rules.places_are_filled_at_their_own_level,
        ),
        (b"County Durham,Repeat", b"Durham,Repeat", rules.a_code_has_one_name),
        (b"E92000001,England,,", b"E92000001,Wales,,", rules.countries_are_known),
        (b"County Durham,Repeat", b"Total,Repeat", rules.places_are_never_totals),
        (b",Repeat,z", b",Missing,z", rules.filters_have_levels),
        (b",Repeat,", b", Repeat,", rules.filters_say_something),
        (b",Repeat,", b",,", rules.filters_say_something),
        (b"Missing,40,", b"Missing,*,", rules.indicators_are_numbers_or_marks),
        (b"Missing,40,", b"Missing,<5,", rules.indicators_are_numbers_or_marks),
        (b"Missing,40,", b"Missing,nan,", rules.indicators_are_numbers_or_marks),
        (b"Missing,40,", b"Missing,,", rules.indicators_are_numbers_or_marks),
        (b"Missing,40,", b"Missing,blank,", rules.indicators_are_numbers_or_marks),
        (b",Repeat,", b",NULL,", rules.nothing_stands_for_nothing),
        (b",Repeat,", b",~,", rules.nothing_stands_for_nothing),
        (b",Repeat,", b",:,", rules.nothing_stands_for_nothing),
        (b",Repeat,", b",n/a,", rules.nothing_stands_for_nothing),
        (b",Repeat,", b",=1+1,", rules.nothing_runs),
        (b",Repeat,", b",@SUM(A1),", rules.nothing_runs),
        (b"County Durham,Repeat,z,x\n", b"County Durham,Missing,z,x\n", rules.rows_are_given_once),
    ],
)
def test_a_fault_in_the_file_is_found_by_its_rule(
    old: bytes, new: bytes, rule: Callable[..., str]
) -> None:
    assert old in DATA
    assert rule.__name__ in failed(data=DATA.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        (b",filter_grouping_column", b"", rules.has_the_columns_of_metadata),
        (b"measure,Filter", b"measure,Dimension", rules.metadata_is_filled_as_its_type_asks),
        (b"Measure,,,,,", b"Measure,,%,,,", rules.metadata_is_filled_as_its_type_asks),
        (b"Count,,,0", b"Count,,children,0", rules.metadata_is_filled_as_its_type_asks),
        (b"Count,,,0", b"Count,,,one", rules.metadata_is_filled_as_its_type_asks),
        (b"Indicator,Count", b"Indicator,", rules.metadata_is_filled_as_its_type_asks),
        (b"Percentage,,%", b"Count,,%", rules.names_are_given_once),
        (b"Indicator", b"Filter", rules.has_an_indicator),
        (b"numerator,Indicator,Count,,,0,,\n", b"", rules.metadata_and_file_agree),
    ],
)
def test_a_fault_in_the_metadata_is_found_by_its_rule(
    old: bytes, new: bytes, rule: Callable[..., str]
) -> None:
    assert old in META
    assert rule.__name__ in failed(meta=META.replace(old, new))


@pytest.mark.parametrize(
    "name",
    [b"ethnicity", b"share_male", b"female_children", b"in_welsh", b"roma", b"la", b"region"],
)
def test_names_that_the_standard_rejects_are_found(name: bytes) -> None:
    data = DATA.replace(b"percentage", name)
    meta = META.replace(b"percentage,", name + b",")
    assert rules.names_are_those_the_standard_takes.__name__ in failed(data, meta)


def test_the_four_names_of_ethnicity_are_taken() -> None:
    data, meta = (each.replace(b"measure,", b"ethnicity_major,") for each in (DATA, META))
    assert failed(data, meta) == []


@pytest.mark.parametrize("name", ["Children missing", "children-missing", "1st"])
def test_a_name_with_signs_in_it_is_found(name: str) -> None:
    assert failed(name=name) == [rules.has_a_plain_name.__name__]


@pytest.mark.parametrize(("data", "meta"), [(None, META), (DATA, None), (None, None)])
def test_a_missing_file_never_looks_like_a_pass(data: bytes | None, meta: bytes | None) -> None:
    assert failed(data, meta) == [rule.__name__ for rule in rules.RULES]
    with pytest.raises(Refusal, match="is not there"):
        refuse_bad_file(NAME, data, meta)


@pytest.mark.parametrize(("data", "meta"), [(b"", META), (DATA, b""), (b"\n", b"\n")])
def test_an_empty_file_fails_and_does_not_stop_the_screener(data: bytes, meta: bytes) -> None:
    assert rules.has_rows.__name__ in failed(data, meta)


def test_a_bad_file_is_refused_by_name_with_its_rule_and_its_place() -> None:
    with pytest.raises(Refusal, match=r"children_missing\.csv .* “nothing runs”: '=1\+1'") as held:
        refuse_bad_file(NAME, DATA.replace(b",Repeat,", b",=1+1,"), META)
    assert held.value.facts == {"file": NAME, "check": "nothing_runs"}


EVIDENCE = next(table for table in TABLES if table.name == "evidence_base")
WRITTEN = Data(content(), mark(content())).plan[EVIDENCE.path]()


def test_our_own_tables_pass_cell_by_cell() -> None:
    plan = Data(content(), mark(content())).plan
    found = [each for table in TABLES for each in screen_table(table, plan[table.path]())]
    assert len(found) == 2 * len(TABLES)
    assert all(each.passed for each in found)


@pytest.mark.parametrize("wrong", [b"*", b"<5", b"nan", b"NA", b"", b"1 of 9", b"=1"])
def test_a_count_that_is_neither_number_nor_mark_is_refused(wrong: bytes) -> None:
    with pytest.raises(Refusal, match=r"line \d+, cases: "):
        refuse_bad_table(EVIDENCE, WRITTEN.replace(b",good,1,9,", b",good," + wrong + b",9,", 1))


@pytest.mark.parametrize("wrong", [b"=cmd", b"@x", b"", b" led by blanks"])
def test_a_text_that_would_run_or_is_blank_is_refused(wrong: bytes) -> None:
    with pytest.raises(Refusal, match=r"line \d+, inspecting_body: "):
        refuse_bad_table(EVIDENCE, WRITTEN.replace(b",HMICFRS,", b"," + wrong + b",", 1))


def test_a_table_of_ours_that_is_missing_or_has_other_columns_fails() -> None:
    assert [each.passed for each in screen_table(EVIDENCE, None)] == [False]
    renamed = WRITTEN.replace(b"case_kind", b"kind", 1)
    assert not screen_table(EVIDENCE, renamed)[0].passed
