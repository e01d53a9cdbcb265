"""Whatever small release is written, it verifies, and its JSON is valid by its schema."""

import json
import tempfile
from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from data_model.vocabulary import Symbol
from inspect_app.publishing.content import PublishedInspection, ReleaseContent
from inspect_app.publishing.folder import write
from inspect_app.publishing.schema import schema
from inspect_app.publishing.verification import verify
from tests.inspect_app.publishing.builders import (
    CASE_GRADES,
    area,
    content,
    figure,
    inspection,
    mark,
    with_evidence,
)

CODES = st.from_regex(r"[0-9a-z][0-9a-z._-]{0,8}", fullmatch=True)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=20)
NUMBERS = st.integers(0, 10**6) | st.sampled_from(Symbol)
DATES = st.none() | st.dates(date(2009, 1, 1), date(2030, 1, 1))
ONE_GRADE = ("good", "requires_improvement", "inadequate")
UNSPLIT = ("good|inadequate", "requires_improvement|inadequate")
NO_GRADE = ("not stated", "not graded", "not published", "all")
GRADES = st.sampled_from([*ONE_GRADE, *UNSPLIT, *NO_GRADE])
VALUES = st.none() | st.floats(-1e6, 1e6)
FIGURES = st.builds(
    figure, numerator=NUMBERS, denominator=NUMBERS, value=VALUES, low=VALUES, high=VALUES, note=TEXT
)


@st.composite
def inspections(draw: st.DrawFn) -> PublishedInspection:
    plain = inspection(
        draw(CODES),
        title=draw(TEXT),
        grade_names=CASE_GRADES,
        period_start=draw(DATES),
        summary=draw(st.none() | TEXT),
        invented=draw(st.booleans()),
    )
    kinds, themes = st.sampled_from(["cse", "all"]), st.sampled_from(["T4", "all"])
    rows = st.lists(st.tuples(kinds, themes, GRADES, NUMBERS, NUMBERS), max_size=6)
    return with_evidence(
        plain, draw(st.sampled_from(["recorded here", "published counts"])), draw(rows)
    )


@st.composite
def contents(draw: st.DrawFn) -> ReleaseContent:
    held = draw(st.lists(inspections(), max_size=2, unique_by=lambda each: each.code))
    codes = draw(st.lists(CODES, max_size=2, unique=True))
    about = tuple(each.code for each in held)
    areas = tuple(
        area(code, draw(TEXT), inspections=about, figures=(draw(FIGURES),)) for code in codes
    )
    return content(areas=areas, inspections=tuple(held), recommendations=())


@given(contents())
def test_whatever_is_written_verifies(said: ReleaseContent) -> None:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "release")
        write(said, mark(said), out)
        assert verify(out).content == said
        told = json.loads((out / "data" / "release.json").read_bytes())
        Draft202012Validator(schema()).validate(told)
