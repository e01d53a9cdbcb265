"""What changed from release to release is counted, row by row and file by file."""

from dataclasses import replace

from inspect_app.publishing.changes import changes
from inspect_app.publishing.content import FileChange
from tests.inspect_app.publishing.builders import HMICFRS, MET, OFSTED, SILENT, content

EVIDENCE, RECORDS = "data/evidence_base.csv", "data/release.json"


def test_the_same_content_has_no_change() -> None:
    assert changes(content(), content()) == ()


def test_a_changed_count_is_one_changed_row() -> None:
    first, *rest = HMICFRS.evidence
    mended = replace(HMICFRS, evidence=(replace(first, cases=2), *rest))
    after = content(inspections=(mended, MET, OFSTED, SILENT))
    before = content(inspections=(HMICFRS, MET, OFSTED, SILENT))
    assert changes(before, after) == (
        FileChange(EVIDENCE, 0, 0, 1),
        FileChange(RECORDS, 0, 0, 1),
    )


def test_an_inspection_more_is_rows_added_and_one_less_is_rows_removed() -> None:
    fewer, more = content(inspections=(MET,)), content(inspections=(MET, HMICFRS))
    assert FileChange(EVIDENCE, 3, 0, 0) in changes(fewer, more)
    assert FileChange(EVIDENCE, 0, 3, 0) in changes(more, fewer)


def test_words_that_no_table_holds_are_counted_too() -> None:
    reworded = replace(OFSTED, summary="Other words.")
    after = content(inspections=(reworded,))
    assert changes(content(inspections=(OFSTED,)), after) == (FileChange(RECORDS, 0, 0, 1),)
