"""Agencies' lists: every row accounted for, faults of real files read, nobody identified."""

import csv
import io
from collections.abc import Sequence
from dataclasses import astuple
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_model.vocabulary import AgeBand, Answer, Ethnicity, FrameKind, Sex
from inspect_app.errors import Refusal
from inspect_app.workbooks import agency_lists
from inspect_app.workbooks.agency_lists import AgencyList, Outcome, kind_of, read_list
from inspect_app.workbooks.agency_lists.cells import Unread, age_band, answer, count, day, ethnicity
from inspect_app.workbooks.agency_lists.reading import ADULTS, AWAY_ONLY, NO_PERSON, NOT_MISSING

DAY = date(2021, 3, 16)
ANNEX_A = Path(__file__).parents[3] / "data" / "annex_a" / "Annex_A.xlsx"
EPISODES = [
    "miss_table_id",
    "miss_person_id",
    "miss_missing_episode_start_date",
    "miss_missing_episode_type",
    "miss_missing_episode_end_date",
    "miss_missing_rhi_offered",
    "miss_missing_rhi_accepted",
]
LIST_8 = [
    "Child Unique ID",
    "Gender ",
    "Ethnicity",
    "Date of Birth",
    "Age",
    "Does the Child have a Disability",
    "Date Ceased to be Looked After",
    "Number of Episodes the Child has been ‘Missing’ from their Placement in the last 12 months",
    "Was the child offered a Return Interview after their last missing episode (Y/N)?",
    "Did the child accept a Return Interview after their last missing episode (Y/N)?",
    "Allocated Worker",
]
Table = Sequence[Sequence[object]]


def as_csv(rows: Table, delimiter: str = ",") -> bytes:
    """Return rows as Excel saves them to CSV."""
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter).writerows(rows)
    return written.getvalue().encode("utf-8-sig")


def as_workbook(**sheets: Table) -> bytes:
    """Return a workbook of these sheets; an underscore in a name stands for a space."""
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(list(row))
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def outcomes(found: AgencyList) -> list[tuple[int, str, str | None]]:
    """Return what became of each row."""
    return [(row.row, str(row.outcome), row.why) for row in found.rows]


def annex(**wanted: object) -> AgencyList:
    """Return lists of the published sample."""
    return read_list(ANNEX_A.read_bytes(), DAY, **wanted)  # type: ignore[arg-type]


def test_the_published_sample_is_an_annex_a_workbook_with_ten_lists_of_children() -> None:
    assert kind_of(ANNEX_A) is FrameKind.ANNEX_A
    offered = agency_lists.offered(ANNEX_A.read_bytes())
    assert [int(offer.listing) for offer in offered] == list(range(1, 11))
    assert offered[7].label == "List 8: children looked after (5 rows)"


def test_looked_after_children_are_read_with_what_is_recorded_and_what_is_not() -> None:
    found = annex(lists=["8"])
    adult, *children = found.cases
    assert (adult.row, adult.excluded_because, adult.sex) == (2, ADULTS, None)
    assert [(c.row, c.age_band, c.sex, c.ethnicity, c.disability, c.in_care) for c in children] == [
        (3, AgeBand.FROM_16_TO_17, Sex.FEMALE, Ethnicity.WHITE, Answer.NO, Answer.YES),
        (4, AgeBand.FROM_13_TO_15, Sex.FEMALE, Ethnicity.NOT_RECORDED, Answer.YES, Answer.YES),
        (5, AgeBand.UNDER_10, Sex.MALE, Ethnicity.ASIAN, Answer.NO, Answer.YES),
        (6, AgeBand.FROM_16_TO_17, Sex.MALE, Ethnicity.WHITE, Answer.YES, Answer.NO),
    ]
    for words in ("the child's identifier", "date of birth", "allocated worker", "19 other"):
        assert words in found.dropped


def test_a_list_that_has_no_such_column_says_nothing_of_it() -> None:
    first = annex(lists=["1"]).cases[0]
    assert (first.disability, first.in_care, first.episodes) == (None, None, None)


def test_the_default_is_children_missing_from_care_and_else_the_lists_are_named() -> None:
    with pytest.raises(
        Refusal, match=r"18 or older: 1; no missing episode in the list: 4"
    ) as refused:
        annex()
    assert "List 4: assessments (5 rows)" in refused.value.advice
    with pytest.raises(Refusal, match="no List 12"):
        annex(lists=["12"])


def test_a_child_of_two_lists_is_one_case_with_what_both_say() -> None:
    both = annex(lists=["3", "5"])
    assert len(both.rows) == 11
    assert len(both.cases) == 10
    assert [row.row for row in both.rows if row.outcome is Outcome.JOINED] == [3]
    shared = next(case for case in both.cases if (case.sheet, case.row) == ("List 3", 2))
    assert shared.disability is Answer.NO


def test_nothing_that_identifies_a_child_leaves_the_reader() -> None:
    kept = annex(lists=[str(number) for number in range(1, 11)])
    said = repr(astuple(kept))
    book = openpyxl.load_workbook(ANNEX_A)
    for sheet in book.worksheets[:10]:
        headings = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2, values_only=True):
            held = dict(zip(headings, row, strict=True))
            for name in ("Child Unique ID", "Family identifier", "Allocated Worker"):
                assert not held.get(name) or str(held[name]) not in said
            born = held["Date of Birth"]
            assert not isinstance(born, datetime) or repr(born.date()) not in said


def test_the_faults_of_real_files_are_read() -> None:
    content = as_workbook(
        List_8=[
            ["Prepared for inspection"],
            LIST_8,
            [1, "b)\u00a0Female", " k)  APKN ", None, 15.99, "b) No", None, 2, "a) Yes", "b) No"],
            [2, "Male", "#N/A", date(2010, 3, 17), None, "Yes", None, "3", None, None],
            [3, "c) Not stated/recorded", "s) NOBT", None, None, "#N/A", None, 1.0, "No", None],
            [4, "d) Neither", "purple", None, "abc", "maybe", None, 1, None, None],
            [5, "a) Male", "a) WBRI", None, 18.0, "b) No", None, 4, None, None],
            [6, "a) Male", "a) WBRI", None, 17.99, "b) No", None, 0, None, None],
            [None] * 11,
        ]
    )
    found = read_list(content, DAY)
    said = [(c.row, c.age_band, c.sex, c.ethnicity, c.disability, c.episodes) for c in found.cases]
    none = (None, None, None, None, None)
    assert said == [
        (3, AgeBand.FROM_13_TO_15, Sex.FEMALE, Ethnicity.ASIAN, Answer.NO, 2),
        (4, AgeBand.FROM_10_TO_12, Sex.MALE, Ethnicity.NOT_RECORDED, Answer.YES, 3),
        (5, AgeBand.NOT_RECORDED, Sex.NOT_RECORDED, Ethnicity.NOT_RECORDED, Answer.NOT_RECORDED, 1),
        (6, AgeBand.NOT_RECORDED, Sex.NOT_RECORDED, Ethnicity.NOT_RECORDED, Answer.NOT_RECORDED, 1),
        (7, *none),
        (8, *none),
    ]
    assert [c.excluded_because for c in found.cases[4:]] == [ADULTS, NOT_MISSING]
    assert found.unread == {"age": 1, "sex": 1, "ethnicity": 1, "disability": 1}
    assert found.cases[0].missing[0].interview_offered is Answer.YES
    assert found.cases[1].missing == ()
    assert "purple" not in repr(found)


def test_episodes_of_an_extract_are_gathered_by_child() -> None:
    content = as_csv(
        [
            EPISODES,
            ["r1", "9001", "2026-02-03 21:15:00", "M", "2026-02-04 06:00:00", "Y", "N"],
            ["r2", "9002", "03/02/2026", "Missing", "", "N", ""],
            ["r3", "9001", "2026-01-05", "M", "2026-01-05", "NA", "NA"],
            ["r4", "9003", "2026-01-07", "A", "2026-01-08", "Y", "Y"],
            ["r5", "", "2026-01-09", "M", "2026-01-10", "Y", "Y"],
            ["r6", "9002", "2026-03-01", "Away", "2026-03-02", "", ""],
            ["r7", "9004", "2026-03-09", "M", "2026-03-01", "", ""],
        ]
    )
    found = read_list(content, date(2026, 4, 1))
    assert found.kind is FrameKind.SAFEGUARDING_DATASET
    assert [(c.row, c.episodes, c.excluded_because) for c in found.cases] == [
        (2, 2, None),
        (3, 1, None),
        (5, None, AWAY_ONLY),
        (8, 1, None),
    ]
    assert [(e.reported_on, e.returned_on) for e in found.cases[0].missing] == [
        (date(2026, 1, 5), date(2026, 1, 5)),
        (date(2026, 2, 3), date(2026, 2, 4)),
    ]
    first, second = found.cases[0].missing
    assert (first.interview_offered, first.interview_accepted) == (None, None)
    assert (second.interview_offered, second.interview_accepted) == (Answer.YES, Answer.NO)
    assert found.cases[1].missing[0].interview_accepted is Answer.NOT_RECORDED
    assert found.cases[3].missing[0].returned_on is None
    assert (6, "refused", NO_PERSON) in outcomes(found)
    assert [row for row, became, _why in outcomes(found) if became == "joined"] == [4, 7]


def test_a_plain_table_is_a_list_whatever_its_order_and_its_extra_columns() -> None:
    rows = [
        ["Looked after", "Name", "Age band", "Sex", "Ethnicity", "Missing episodes"],
        ["Yes", "nobody", "13 to 15", "F", "White and Black Caribbean", "2"],
        ["No", "nobody", "16-17", "boy", "Any other White background", ""],
        ["", "nobody", "18+", "M", "Other", "1"],
    ]
    for content in (as_csv(rows), as_csv(rows, ";"), as_csv(rows, "\t"), as_workbook(Liste=rows)):
        found = read_list(content, DAY)
        assert found.kind is FrameKind.LIST
        first, second, third = found.cases
        assert (first.in_care, first.age_band, first.sex) == (
            Answer.YES,
            AgeBand.FROM_13_TO_15,
            Sex.FEMALE,
        )
        assert (first.ethnicity, first.episodes) == (Ethnicity.MIXED, 2)
        assert (second.ethnicity, second.age_band) == (Ethnicity.WHITE, AgeBand.FROM_16_TO_17)
        assert third.excluded_because == ADULTS
        assert found.dropped == "name"
        assert "nobody" not in repr(found)


def test_a_heading_and_a_sheet_that_are_not_declared_are_never_repeated() -> None:
    content = as_workbook(Zebedee=[["Sex", "Age", "Zebedee's notes"], ["F", 12, "x"]])
    found = read_list(content, DAY)
    assert found.cases[0].sheet == "Sheet 1"
    assert found.dropped == "1 other column"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04 and then nothing",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 an old workbook",
        b"\x00\x01\x02\x03",
        b"a,b,c\n1,2,3\n",
        as_csv([["Sex", "Age"]]),
        as_workbook(Cover=[["How to fill this in"]]),
    ],
)
def test_what_is_no_list_is_refused_and_nothing_breaks(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        read_list(content, DAY)
    file = tmp_path / "sent.xlsx"
    file.write_bytes(content)
    assert kind_of(file) in {None, FrameKind.LIST}


def test_a_cell_in_the_last_corner_is_refused_before_it_takes_the_memory() -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"], sheet["XFD1048576"] = "Sex", "Age", "far"
    saved = io.BytesIO()
    book.save(saved)
    with pytest.raises(Refusal):
        read_list(saved.getvalue(), DAY)


@pytest.mark.parametrize(
    ("said", "group"),
    [
        ("a) WBRI", Ethnicity.WHITE),
        ("WROM", Ethnicity.WHITE),
        ("i) MOTH", Ethnicity.MIXED),
        ("CHNE", Ethnicity.ASIAN),
        ("BOTH", Ethnicity.BLACK),
        ("r) OOTH", Ethnicity.OTHER),
        ("q) REFU", Ethnicity.NOT_RECORDED),
        ("Asian or Asian British", Ethnicity.ASIAN),
        ("Any other ethnic group", Ethnicity.OTHER),
        ("Gypsy/Roma", Ethnicity.WHITE),
        ("not_recorded", Ethnicity.NOT_RECORDED),
    ],
)
def test_ethnic_codes_become_broad_groups(said: str, group: Ethnicity) -> None:
    assert ethnicity(said) is group


@pytest.mark.parametrize(
    "said", ["2026-02-03", "2026-02-03T21:15:00", "03/02/2026", "3 February 2026", 46056, 46056.9]
)
def test_a_day_is_read_in_the_usual_forms(said: object) -> None:
    assert day(said) == date(2026, 2, 3)


@pytest.mark.parametrize(
    ("reads", "said"),
    [(day, "soon"), (day, 12.5), (count, "two"), (count, -1), (count, 2.5), (answer, "perhaps")],
)
def test_what_is_not_understood_is_said_to_be(reads: object, said: object) -> None:
    with pytest.raises(Unread):
        reads(said)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("years", "band"),
    [
        (0, AgeBand.UNDER_10),
        (9, AgeBand.UNDER_10),
        (10, AgeBand.FROM_10_TO_12),
        (13, AgeBand.FROM_13_TO_15),
        (16, AgeBand.FROM_16_TO_17),
        (17, AgeBand.FROM_16_TO_17),
        (None, AgeBand.NOT_RECORDED),
    ],
)
def test_an_age_falls_into_its_band(years: int | None, band: AgeBand) -> None:
    assert age_band(years) is band


CELLS = st.one_of(
    st.none(),
    st.sampled_from(["", "F", "b) Female", "#N/A", "Yes", "12", "17.9", "19", "WBRI", "2"]),
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=8),
)


@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), min_size=1, max_size=12))
def test_every_row_of_any_table_is_accounted_for_once(rows: list[list[str | None]]) -> None:
    heading = ["ID", "Sex", "Age", "Ethnicity", "Missing episodes"]
    filled = [
        place
        for place, row in enumerate(rows, start=2)
        if any((cell or "").strip() for cell in row)
    ]
    try:
        found = read_list(as_csv([heading, *rows]), DAY)
        told = found.rows
    except Refusal as refusal:
        told = refusal.facts["rows"]  # type: ignore[assignment]
    assert [row.row for row in told] == filled
    listed = sum(row.outcome in {Outcome.LISTED, Outcome.EXCLUDED} for row in told)
    others = sum(row.outcome in {Outcome.JOINED, Outcome.REFUSED} for row in told)
    assert listed + others == len(filled)
