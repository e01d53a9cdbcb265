"""No reference to a case reaches a release, whatever text it hides in."""

from dataclasses import replace
from pathlib import Path

import pytest

from inspect_app.errors import Refusal
from inspect_app.publishing.folder import write
from inspect_app.publishing.guard import refuse_references
from tests.inspect_app.publishing.builders import INVENTED, content, mark

REFERENCES = [f"ALD-C{number:02}" for number in range(1, 17)]


def test_a_release_without_references_is_written(tmp_path: Path) -> None:
    write(content(), mark(content()), tmp_path / "out", forbidden=REFERENCES)
    assert (tmp_path / "out" / "index.html").exists()


def test_a_reference_in_released_text_stops_the_release(tmp_path: Path) -> None:
    told = replace(INVENTED, summary="In ald-c07 nobody looked for the child at night.")
    leaking = content(inspections=(told,))
    with pytest.raises(Refusal, match=rf"cy/inspections/{INVENTED.code}\.html") as refused:
        write(leaking, mark(leaking), tmp_path / "out", forbidden=REFERENCES)
    assert "c07" not in str(refused.value).lower()
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("reference", "text"),
    [
        ("DUR/19&4", "seen in DUR/19&amp;4 too"),
        ("case.1+2", "(case.1+2)"),
        ("ALD-C012", "xALD-C012x"),
        ("C07", "about C07."),
        ("Plentyn-Ŵ", "plentyn-ŵ"),
    ],
)
def test_a_reference_is_found_in_any_disguise(reference: str, text: str) -> None:
    with pytest.raises(Refusal, match=r"page\.html"):
        refuse_references({"page.html": text.encode()}, [reference, "other-reference"])


@pytest.mark.parametrize("text", ["1c07f3", "C071", "caseX1+2"])
def test_a_short_reference_inside_another_word_is_not_one(text: str) -> None:
    refuse_references({"page.html": text.encode()}, ["C07", "", " ", "case.1+2"])


def test_a_reference_in_the_name_of_a_file_is_found() -> None:
    with pytest.raises(Refusal, match="inspections/ALD-C07"):
        refuse_references({"inspections/ALD-C07.html": b""}, REFERENCES)


def test_thousands_of_references_are_looked_for() -> None:
    many = [f"REF-{number:06}" for number in range(20_000)]
    refuse_references({"a.csv": b"REF-020000 and REF-99999\n" * 10_000}, many)
    with pytest.raises(Refusal, match=r"a\.csv"):
        refuse_references({"a.csv": b"REF-99999 " * 1000 + b"REF-019999"}, many)
