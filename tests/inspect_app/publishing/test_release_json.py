"""The release as JSON: read back as it was, hashed alike by anybody, valid by its own schema."""

import hashlib
import json
import subprocess
import sys
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from data_model.vocabulary import Symbol
from inspect_app.errors import Refusal
from inspect_app.publishing.release_json import content_hash, document, parse, read
from inspect_app.publishing.schema import schema
from tests.inspect_app.publishing.builders import AREAS, content, figure, mark

DOCUMENT = document(content(), mark(content()))


def test_content_is_read_back_as_it_was() -> None:
    assert parse(DOCUMENT) == content()
    assert read(DOCUMENT).mark == mark(content())


def test_the_hash_is_that_of_the_content_as_anybody_can_write_it() -> None:
    plain = json.loads(DOCUMENT)["content"]
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == content_hash(content())


def test_the_command_on_the_page_gives_the_hash(released: Path) -> None:
    page = unescape((released / "about.html").read_text())
    command = page.split('python3 -c "')[1].split('"</code>')[0]
    said = subprocess.run(
        [sys.executable, "-c", command], cwd=released, capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == content_hash(content())


def test_equal_content_hashes_alike_and_other_content_does_not() -> None:
    whole, decimal = figure(value=27, low=None), figure(value=27.0, low=None)
    one, other = (content(areas=(replace(AREAS[0], figures=(x,)),)) for x in (whole, decimal))
    assert content_hash(one) == content_hash(other)
    assert content_hash(one) != content_hash(content())


def test_the_document_is_valid_by_its_schema() -> None:
    Draft202012Validator.check_schema(schema())
    checker = Draft202012Validator(schema(), format_checker=FormatChecker())
    checker.validate(json.loads(DOCUMENT))


def test_the_schema_is_closed_at_every_level() -> None:
    checker = Draft202012Validator(schema())
    for step in ([], ["mark"], ["content"], ["content", "areas", 0], ["content", "inspections", 0]):
        told = json.loads(DOCUMENT)
        at = told
        for key in step:
            at = at[key]
        at["child_name"] = "nobody"
        with pytest.raises(ValidationError, match="child_name"):
            checker.validate(told)


def test_the_schema_says_what_each_mark_means_in_both_languages() -> None:
    said = schema()["$defs"]["Symbol"]["description"]
    for symbol in Symbol:
        assert f"{symbol.value}: {symbol.english} / {symbol.welsh}" in said


@pytest.mark.parametrize("wrong", [-1, "*", "<5", None, 1.5, "C"])
def test_the_schema_knows_numbers_and_marks_only(wrong: object) -> None:
    told = json.loads(DOCUMENT)
    told["content"]["inspections"][0]["cases_available"] = wrong
    assert not Draft202012Validator(schema()).is_valid(told)


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", DOCUMENT[:-20], b"\xff\xfe"])
def test_a_damaged_document_is_refused(data: bytes) -> None:
    with pytest.raises(Refusal, match="cannot be read as a release"):
        parse(data)
