"""The data package: a program that knows Frictionless reads every table of a release by it."""

import json
from pathlib import Path

from frictionless import Package, system, validate

from data_model.vocabulary import Symbol
from inspect_app.publishing.data_files import Data
from inspect_app.publishing.data_package import PATH
from inspect_app.publishing.data_tables import TABLES
from inspect_app.publishing.described import heading
from inspect_app.publishing.language import LANGUAGES
from tests.inspect_app.publishing.builders import content, mark


def test_every_table_is_valid_by_its_description(released: Path) -> None:
    with system.use_context(trusted=True):
        report = validate(str(released / PATH))
    assert report.valid, report.flatten(["type", "message"])
    assert len(report.tasks) == len(TABLES) + len(Data(content(), mark(content())).open_files)


def test_a_mark_is_read_as_no_number_and_a_count_as_a_number(released: Path) -> None:
    with system.use_context(trusted=True):
        rows = Package(str(released / PATH)).get_table_resource("evidence_base").read_rows()
    assert {type(row["cases"]) for row in rows} == {int, type(None)}
    assert [row["cases"] for row in rows if row["theme"] == "T5"] == [None] * 4


def test_a_description_that_lies_is_found(released: Path) -> None:
    table = released / "data" / "evidence_base.csv"
    table.write_text(table.read_text().replace(",good,1,9,", ",good,few,9,"))
    with system.use_context(trusted=True):
        assert not validate(str(released / PATH)).valid


def test_tables_columns_and_marks_are_said_in_both_languages(released: Path) -> None:
    package = json.loads((released / PATH).read_bytes())
    assert {each["symbol"] for each in package["symbols"]} == {each.value for each in Symbol}
    assert all(each["title_welsh"] != each["title"] for each in package["symbols"])
    for resource in package["resources"]:
        assert resource["title_welsh"] != resource["title"]
    for table in TABLES:
        for column in table.fields:
            assert len(column.meaning.english) > 5
            assert column.meaning.welsh
            assert column.meaning.welsh != column.meaning.english, column.name


def test_no_two_columns_of_a_table_have_one_heading() -> None:
    for table in TABLES:
        for language in LANGUAGES:
            headings = [heading(each, table.fields, language) for each in table.fields]
            assert len(set(headings)) == len(headings), (table.name, headings)
