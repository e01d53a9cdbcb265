"""The data dictionary has a row an indicator and says the same as CSV and as Markdown."""

import csv
import io
from collections import Counter

from metrics import BY_CODE
from metrics.dictionary import as_csv, as_markdown, entries
from metrics.indicator import Group, Indicator
from metrics.returned import RETURN

SENT = {line.code for line in RETURN}


def test_the_dictionary_has_one_row_an_indicator() -> None:
    assert Counter(entry.code for entry in entries()) == Counter(list(BY_CODE))


def test_every_row_of_the_dictionary_says_what_it_counts_and_where_it_comes_from() -> None:
    for entry in entries():
        held = BY_CODE[entry.code]
        assert entry.counts
        assert bool(entry.out_of) == (isinstance(held, Indicator) or held.denominator is not None)
        assert entry.comes_from == (
            "recorded cases"
            if isinstance(held, Indicator)
            else "the standard return"
            if entry.code in SENT
            else "counted here from when returns came"
            if entry.code == "returns-late"
            else "publications only"
        )
        assert bool(entry.sent_by) == (entry.code in SENT)


def test_the_question_of_an_indicator_from_cases_is_told_as_two_numbers() -> None:
    (entry,) = (entry for entry in entries() if entry.code == "findings-good")
    assert entry.out_of == "findings graded in case files, over all themes"
    assert entry.counts == "how many are good"


def test_the_dictionary_reads_back_from_csv_as_it_was() -> None:
    heading, *read = csv.reader(io.StringIO(as_csv()))
    assert heading[:2] == ["Code", "Title"]
    assert [row[0] for row in read] == [entry.code for entry in entries()]
    assert {len(row) for row in read} == {len(heading)}


def test_the_dictionary_in_markdown_has_a_table_a_group_and_a_row_an_indicator() -> None:
    lines = as_markdown().splitlines()
    assert [line[3:] for line in lines if line.startswith("## ")] == [g.english for g in Group]
    cells = [line.split(" | ") for line in lines if line.startswith("| ")]
    named = [row[0].removeprefix("| ") for row in cells]
    assert [name for name in named if name in BY_CODE] == [entry.code for entry in entries()]
    assert len({len(row) for row in cells}) == 1


def test_the_dictionary_says_by_what_people_are_taken_apart_or_why_not() -> None:
    said = {entry.code: entry.apart for entry in entries()}
    assert said["male-share"] == "Ethnicity of the child; Disability of the child"
    assert said["cse-meetings-held"].startswith("Not taken apart: of meetings, not of children")
    assert said["rhi-offered-of-referred"].startswith("Child in care (by care alone: episodes")
    for entry in entries():
        assert entry.apart.startswith("Not taken apart: ") != bool(BY_CODE[entry.code].apart)
        assert entry.apart.removeprefix("Not taken apart: ")


def test_the_dictionary_says_the_target_and_the_interval_or_why_there_is_none() -> None:
    held = {entry.code: entry for entry in entries()}
    assert held["rhi-offered"].target.startswith("100% (England), set by statutory guidance")
    assert held["rhi-offered"].interval == "Wilson 95%"
    assert held["cse-assessments-dfe"].interval == "exact Poisson 95%"
    assert held["cse-referrals"].interval == "none: a count by itself"
    assert held["audit-cases-good"].interval.startswith("none: how the cases were chosen is not")
    assert held["episode-offered-of-reported"].interval.startswith("none: several rows may stem")
    assert held["case-voice-recorded"].interval.startswith("by how the cases were chosen")
    assert held["cse-referrals"].target == ""
