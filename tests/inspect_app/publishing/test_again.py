"""A release written beside the one before it: only what changed is drawn, and nobody can tell."""

import errno
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspect_app.errors import Refusal
from inspect_app.publishing.content import ReleaseContent, ReleaseMark
from inspect_app.publishing.folder import write
from inspect_app.publishing.manifest import MANIFEST, SUMS, Since, read_manifest
from inspect_app.publishing.planned import Planned, known_to
from inspect_app.publishing.verification import verify
from tests.inspect_app.publishing.builders import (
    AREAS,
    HARM,
    INVENTED,
    MET,
    OFSTED,
    content,
    figure,
    mark,
)

DURHAM, LONDON = "areas/E06000047.html", "areas/E23000001.html"
INSPECTED = f"inspections/{MET.code}.html"


def next_mark(of: ReleaseContent) -> ReleaseMark:
    return replace(mark(of, number=4), made_on=date(2026, 12, 1))


def with_a_new_title() -> ReleaseContent:
    others = [each for each in content().inspections if each.code != MET.code]
    return content(inspections=(*others, replace(MET, title="A better title")))


def held(where: Path) -> dict[str, bytes]:
    files = [path for path in where.rglob("*") if path.is_file()]
    return {path.relative_to(where).as_posix(): path.read_bytes() for path in files}


def test_what_did_not_change_is_the_same_file(released: Path, tmp_path: Path) -> None:
    changed = with_a_new_title()
    write(changed, next_mark(changed), tmp_path / "next", previous=released)
    for path in (DURHAM, "data/indicators.csv", "data/recommendations.csv", "style.css"):
        assert (tmp_path / "next" / path).samefile(released / path), path
    for path in (LONDON, INSPECTED, "index.html", "data/release.json"):
        assert not (tmp_path / "next" / path).samefile(released / path), path


def test_a_page_says_in_which_release_it_last_changed(released: Path, tmp_path: Path) -> None:
    changed = with_a_new_title()
    write(changed, next_mark(changed), tmp_path / "next", previous=released)
    old, new = ((tmp_path / "next" / path).read_text() for path in (DURHAM, LONDON))
    assert "This page last changed in release 3, 22 November 2026" in old
    assert "This page last changed in release 4, 1 December 2026" in new
    entries = read_manifest(tmp_path / "next").files
    assert entries[DURHAM].since == Since(3, date(2026, 11, 22))
    assert entries[LONDON].since == Since(4, date(2026, 12, 1))


def test_of_the_pages_only_those_that_say_something_new_are_new(
    released: Path, tmp_path: Path
) -> None:
    changed = with_a_new_title()
    write(changed, next_mark(changed), tmp_path / "next", previous=released)
    below = [
        path for path in held(tmp_path / "next") if path.startswith(("areas/", "inspections/"))
    ]
    assert {x for x in below if not (tmp_path / "next" / x).samefile(released / x)} == {
        LONDON,
        INSPECTED,
    }


CHANGES = st.sets(
    st.sampled_from(["title", "figure", "area gone", "recommendation", "claim", "scope"])
)


def changed_by(changes: set[str]) -> ReleaseContent:
    of = content(scope="area E06000047") if "scope" in changes else content()
    if "title" in changes:
        of = replace(of, inspections=(replace(MET, title="Other"), *of.inspections[:2], OFSTED))
    if "figure" in changes:
        of = replace(of, areas=(replace(AREAS[0], figures=(figure(numerator=12),)), *of.areas[1:]))
    if "area gone" in changes:
        of = replace(of, areas=of.areas[:-1])
    if "recommendation" in changes:
        of = replace(of, recommendations=(replace(HARM, title="Otherwise"),))
    if "claim" in changes:
        of = replace(of, inspections=(replace(INVENTED, summary="New words."),))
    return of


@given(CHANGES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=12)
def test_written_beside_its_predecessor_or_from_nothing_it_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, changes: set[str]
) -> None:
    where = tmp_path_factory.mktemp("pair")
    write(content(), mark(content()), where / "before")
    of = changed_by(changes)
    write(of, next_mark(of), where / "next", previous=where / "before")
    from_nothing = Planned(of, next_mark(of), known_to(read_manifest(where / "before"))).draw()
    found = held(where / "next")
    assert {path: found[path] for path in found if path not in {MANIFEST, SUMS}} == from_nothing
    assert verify(where / "next").pages_redrawn
    verify(where / "before")


def test_the_same_release_again_beside_itself_is_the_same(released: Path, tmp_path: Path) -> None:
    write(content(), mark(content()), tmp_path / "again", previous=released)
    assert held(tmp_path / "again") == held(released)


def test_a_release_can_take_the_place_of_the_one_it_follows(released: Path) -> None:
    changed = with_a_new_title()
    write(changed, next_mark(changed), released, previous=released)
    assert verify(released).manifest.release == 4


def test_what_was_tampered_with_is_drawn_again(released: Path, tmp_path: Path) -> None:
    (released / DURHAM).write_text("<h1>Outstanding</h1>")
    changed = with_a_new_title()
    write(changed, next_mark(changed), tmp_path / "next", previous=released)
    assert verify(tmp_path / "next").manifest.files[DURHAM].since.release == 3


def test_a_link_is_never_followed_into_a_release(released: Path, tmp_path: Path) -> None:
    (released / DURHAM).rename(tmp_path / "elsewhere.html")
    (released / DURHAM).symlink_to(tmp_path / "elsewhere.html")
    changed = with_a_new_title()
    write(changed, next_mark(changed), tmp_path / "next", previous=released)
    assert not (tmp_path / "next" / DURHAM).samefile(tmp_path / "elsewhere.html")


def test_files_are_copied_where_the_disk_cannot_name_them_twice(
    released: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cannot(*_: object) -> None:
        raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))

    monkeypatch.setattr("os.link", cannot)
    changed = with_a_new_title()
    write(changed, next_mark(changed), tmp_path / "next", previous=released)
    assert not (tmp_path / "next" / DURHAM).samefile(released / DURHAM)
    verify(tmp_path / "next")


def test_a_later_release_is_no_predecessor(released: Path, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="holds release 3, which came after release 2"):
        write(content(), mark(content(), number=2), tmp_path / "out", previous=released)
    assert not (tmp_path / "out").exists()


def test_a_reference_to_a_case_is_found_in_a_file_that_did_not_change(
    released: Path, tmp_path: Path
) -> None:
    changed = with_a_new_title()
    with pytest.raises(Refusal, match="would hold the reference"):
        write(changed, next_mark(changed), tmp_path / "out", {"County Durham"}, previous=released)
    assert not (tmp_path / "out").exists()
