"""Checking a release: whatever was done to it, the file is named."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from inspect_app.errors import Refusal
from inspect_app.publishing.folder import put
from inspect_app.publishing.manifest import (
    MANIFEST,
    SUMS,
    manifest_file,
    manifest_of,
    read_manifest,
    sums_file,
)
from inspect_app.publishing.planned import Planned
from inspect_app.publishing.verification import first_difference, verify
from tests.inspect_app.publishing.builders import content, mark

EVIDENCE = "data/evidence_base.csv"
PAGE = "areas/E06000047.html"


def edit(path: Path, old: bytes, new: bytes) -> None:
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new, 1))


def reseal(folder: Path, change: Callable[[dict[str, bytes]], object]) -> None:
    """Change files, then write a manifest and sums that agree with the change."""
    planned = Planned(content(), mark(content()), {})
    files = planned.draw()
    change(files)
    known = {path: planned.known.get(path, planned.known["index.html"]) for path in files}
    sealed = manifest_of(files, mark(content()), known)
    put({**files, MANIFEST: manifest_file(sealed), SUMS: sums_file(sealed)}, folder, {})


def test_a_release_as_it_was_made_passes(released: Path) -> None:
    checked = verify(released)
    assert checked.content == content()
    assert checked.manifest.release == 3
    assert checked.pages_redrawn
    assert checked.files == sum(path.is_file() for path in released.rglob("*"))


@pytest.mark.parametrize("path", [EVIDENCE, PAGE, "style.css", "data/release.schema.json"])
def test_a_changed_byte_is_found_and_its_place_named(released: Path, path: str) -> None:
    data = bytearray((released / path).read_bytes())
    data[40] ^= 1
    (released / path).write_bytes(data)
    with pytest.raises(Refusal, match=f"{path} .* first differs at byte 40") as refused:
        verify(released)
    assert refused.value.facts == {"file": path, "offset": 40}


def test_a_good_grade_slipped_into_the_content_is_found(released: Path) -> None:
    edit(released / "data/release.json", b'"cases":6', b'"cases":1')
    with pytest.raises(Refusal, match=r"data/release\.json is not the file that was released"):
        verify(released)


def test_a_cut_file_is_found_at_its_end(released: Path) -> None:
    whole = (released / EVIDENCE).read_bytes()
    (released / EVIDENCE).write_bytes(whole[:-5])
    with pytest.raises(Refusal, match=f"byte {len(whole) - 5}"):
        verify(released)


@pytest.mark.parametrize("path", [EVIDENCE, PAGE, SUMS, "data/release.json"])
def test_a_missing_file_is_named(released: Path, path: str) -> None:
    (released / path).unlink()
    with pytest.raises(Refusal, match=f"{path} is missing"):
        verify(released)


def test_an_extra_file_is_named(released: Path) -> None:
    (released / "areas" / "E99.html").write_text("<h1>Outstanding</h1>")
    with pytest.raises(Refusal, match=r"areas/E99\.html does not belong"):
        verify(released)


def test_a_link_in_place_of_a_file_is_named(released: Path, tmp_path: Path) -> None:
    (released / PAGE).rename(tmp_path / "elsewhere.html")
    (released / PAGE).symlink_to(tmp_path / "elsewhere.html")
    with pytest.raises(Refusal, match=f"{PAGE} is a link"):
        verify(released)


@pytest.mark.parametrize("path", [MANIFEST, SUMS])
def test_the_lists_of_hashes_are_checked_too(released: Path, path: str) -> None:
    data = (released / path).read_bytes()
    (released / path).write_bytes(data + b"\n")
    with pytest.raises(Refusal, match=f"{path} .* byte {len(data)}"):
        verify(released)


@pytest.mark.parametrize("said", ["drawn_from", "since"])
def test_a_manifest_that_says_otherwise_when_a_page_changed_is_refused(
    released: Path, said: str
) -> None:
    held = json.loads((released / MANIFEST).read_text())
    entry = held["files"][PAGE]
    entry[said] = {"drawn_from": "f" * 64, "since": {"release": 2, "made_on": "2026-10-01"}}[said]
    rewrite_manifest(released, {"files": held["files"]})
    with pytest.raises(Refusal, match=f"{PAGE} .*differs|says of {PAGE}"):
        verify(released)


@pytest.mark.parametrize(
    ("name", "value"), [("release", 4), ("made_on", "2026-11-23"), ("trail_head", "c" * 64)]
)
def test_a_manifest_that_names_another_release_is_refused(
    released: Path, name: str, value: object
) -> None:
    rewrite_manifest(released, {name: value})
    with pytest.raises(Refusal, match="name different releases"):
        verify(released)


def test_a_manifest_with_another_content_hash_is_refused(released: Path) -> None:
    rewrite_manifest(released, {"content_hash": "d" * 64})
    with pytest.raises(Refusal, match="the content hash differs"):
        verify(released)


def rewrite_manifest(folder: Path, changes: dict[str, object]) -> None:
    held = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps(held | changes, indent=2, ensure_ascii=False) + "\n")
    (folder / SUMS).write_bytes(sums_file(read_manifest(folder)))


def test_a_table_changed_with_its_hashes_is_found_against_the_content(released: Path) -> None:
    def forge(files: dict[str, bytes]) -> None:
        files[EVIDENCE] = files[EVIDENCE].replace(b",inadequate,6,9,", b",inadequate,0,9,")

    reseal(released, forge)
    with pytest.raises(Refusal, match=f"{EVIDENCE} .* first differs at byte"):
        verify(released)


def test_a_page_taken_out_with_its_hash_is_missed(released: Path) -> None:
    reseal(released, lambda files: files.pop(PAGE))
    with pytest.raises(Refusal, match=f"{PAGE} is missing"):
        verify(released)


def test_a_page_put_in_with_its_hash_is_found(released: Path) -> None:
    reseal(released, lambda files: files.update({"areas/E99.html": b"<h1>Outstanding</h1>"}))
    with pytest.raises(Refusal, match=r"areas/E99\.html does not belong"):
        verify(released)


def test_pages_of_another_version_are_checked_by_hash_and_it_says_so(released: Path) -> None:
    rewrite_manifest(released, {"made_with": "e" * 64})
    assert not verify(released).pages_redrawn
    edit(released / PAGE, b"County", b"Bounty")
    with pytest.raises(Refusal, match=f"{PAGE} .* its hash differs"):
        verify(released)


def test_a_folder_that_is_no_release_says_so(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("hello")
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(Refusal, match="is not a release of Inspection Evidence"):
            verify(folder)


def test_a_release_in_a_later_format_is_not_guessed_at(released: Path) -> None:
    edit(released / MANIFEST, b'"version": 2', b'"version": 3')
    with pytest.raises(Refusal, match="in version 3 of its format"):
        verify(released)


def test_the_first_difference_counts_from_nought() -> None:
    assert first_difference(b"abc", b"abd") == 2
    assert first_difference(b"abc", b"ab") == 2
    assert first_difference(b"", b"x") == 0
