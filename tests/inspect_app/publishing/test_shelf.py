"""The shelf: permanent addresses, standing said beside them, and every byte accounted for."""

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as Tree

import pytest

from data_model.vocabulary import ChangeKind, ReleaseStatus
from inspect_app.errors import Refusal
from inspect_app.publishing import folder as writing
from inspect_app.publishing import shelf as putting
from inspect_app.publishing.content import ReleaseContent, ReleaseMark
from inspect_app.publishing.shelf import Due, bring
from inspect_app.publishing.shelf_entries import Withdrawal, read_entries
from inspect_app.publishing.shelf_verification import is_shelf, verify_shelf
from tests.inspect_app.publishing.builders import content, mark

ATOM = "{http://www.w3.org/2005/Atom}"
GONE = Withdrawal(date(2026, 12, 1), "A sentence named a place.", "Roedd brawddeg yn enwi lle.")
FIRST = replace(mark(content(), 1), previous_hash=None)
OTHER = content(protection="Counts of 1 to 4 are withheld.")
SECOND = replace(
    mark(OTHER, 2),
    made_on=date(2026, 11, 30),
    previous_hash=FIRST.content_hash,
    corrects=1,
    change_kind=ChangeKind.CORRECTION,
    correction="The threshold was wrong.",
    correction_welsh="Roedd y trothwy yn anghywir.",
)


def due(which: ReleaseMark, withdrawal: Withdrawal | None = None) -> Due:
    said = content() if which.number == 1 else OTHER
    return Due(which.number, lambda: which, lambda: said, withdrawal)


BOTH = (due(FIRST), due(SECOND))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelf with a release and the one that corrects it, which nobody changes."""
    place = tmp_path_factory.mktemp("whole") / "shelf"
    bring(place, BOTH)
    return place


@pytest.fixture
def shelf(whole: Path, tmp_path: Path) -> Path:
    """A copy of that shelf of this test's own."""
    return Path(shutil.copytree(whole, tmp_path / "shelf"))


def bytes_of(place: Path) -> dict[str, bytes]:
    files = (path for path in place.rglob("*") if path.is_file())
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in files}


def test_a_shelf_as_it_was_published_passes_and_says_how_each_release_stands(
    shelf: Path,
) -> None:
    checked = verify_shelf(shelf)
    standing = [(entry.number, entry.status, entry.corrected_by) for entry in checked.entries]
    assert standing == [
        (1, ReleaseStatus.CORRECTED, 2),
        (2, ReleaseStatus.PUBLISHED, None),
    ]
    assert checked.files == len(bytes_of(shelf))
    assert is_shelf(shelf)
    assert not is_shelf(shelf / "releases" / "0001")


def test_an_old_release_stays_where_it_was_byte_for_byte_and_is_marked_beside(
    tmp_path: Path, shelf: Path
) -> None:
    alone = tmp_path / "alone"
    bring(alone, [due(FIRST)])
    assert bytes_of(alone / "releases" / "0001") == bytes_of(shelf / "releases" / "0001")
    before = (alone / "releases" / "0001.html").read_text("utf-8")
    after = (shelf / "releases" / "0001.html").read_text("utf-8")
    assert "Corrected by a later release" not in before
    assert "Corrected by a later release" in after
    assert '<a href="../releases/0002.html">Release 2</a>' in after
    welsh = (shelf / "cy" / "releases" / "0001.html").read_text("utf-8")
    assert "Cywirwyd gan ddatganiad diweddarach" in welsh
    assert "The threshold was wrong." in (shelf / "releases" / "0002.html").read_text("utf-8")


def test_the_newest_release_has_a_permanent_address_that_needs_no_script(shelf: Path) -> None:
    page = (shelf / "latest" / "index.html").read_text("utf-8")
    assert 'content="0; url=../releases/0002/index.html"' in page
    assert (shelf / "latest" / "../releases/0002/index.html").is_file()
    assert "<script" not in page


def test_every_link_of_the_shelfs_own_pages_leads_somewhere(shelf: Path) -> None:
    bring(shelf, [due(FIRST, GONE), due(SECOND)])
    pages = [path for path in shelf.rglob("*.html") if "releases/0002/" not in path.as_posix()]
    assert len(pages) == 10
    for page in pages:
        for part in page.read_text("utf-8").split('href="')[1:]:
            href = part.split('"')[0]
            if not href.startswith(("#", "data:")):
                assert (page.parent / href).exists(), f"{page}: {href}"


def test_the_feed_is_valid_atom_whose_ids_never_change(shelf: Path, tmp_path: Path) -> None:
    alone = tmp_path / "alone"
    bring(alone, [due(FIRST)])
    before, after = (Tree.fromstring((place / "feed.xml").read_bytes()) for place in (alone, shelf))  # noqa: S314 - drawn here
    assert _text(before, "id") == _text(after, "id")
    entries = {_text(entry, "title"): entry for entry in after.findall(f"{ATOM}entry")}
    newest, first = (
        "Release 2: everything agreed or published (published)",
        "Release 1: everything agreed or published (corrected by a later release)",
    )
    assert list(entries) == [newest, first]
    (old,) = before.findall(f"{ATOM}entry")
    corrected = entries[first]
    assert _text(old, "id") == _text(corrected, "id")
    assert (_text(old, "updated"), _text(corrected, "updated")) == (
        "2026-11-22T00:00:00Z",
        "2026-11-30T00:00:00Z",
    )
    for held in (after, *entries.values()):
        for needed in ("id", "title", "updated", "link"):
            assert held.find(f"{ATOM}{needed}") is not None
    assert after.find(f"{ATOM}author/{ATOM}name") is not None
    assert "The threshold was wrong." in _text(entries[newest], "summary")


def test_the_feed_is_in_welsh_too_at_an_address_of_its_own(shelf: Path) -> None:
    english, welsh = (
        Tree.fromstring((shelf / path).read_bytes())  # noqa: S314 - drawn here
        for path in ("feed.xml", "cy/feed.xml")
    )
    titles = [_text(entry, "title") for entry in welsh.findall(f"{ATOM}entry")]
    assert titles == [
        "Datganiad 2: popeth a gytunwyd neu a gyhoeddwyd (cyhoeddwyd)",
        "Datganiad 1: popeth a gytunwyd neu a gyhoeddwyd (cywirwyd gan ddatganiad diweddarach)",
    ]
    ids = [{held.text for held in feed.iter(f"{ATOM}id")} for feed in (english, welsh)]
    assert [len(each) for each in ids] == [3, 3]
    assert not ids[0] & ids[1]
    for folder, feed in ((shelf, english), (shelf / "cy", welsh)):
        ways = [link.get("href", "") for link in feed.iter(f"{ATOM}link")]
        assert len(ways) == 5
        assert [way for way in ways if not (folder / way).is_file()] == []
    page = (shelf / "cy" / "index.html").read_text("utf-8")
    assert page.count('href="feed.xml"') + page.count('href="../cy/feed.xml"') == 2


def _text(held: Tree.Element, name: str) -> str:
    return held.findtext(f"{ATOM}{name}") or ""


def test_a_withdrawn_release_leaves_its_number_date_hashes_and_the_reason(shelf: Path) -> None:
    manifest = (shelf / "releases" / "0001" / "manifest.json").read_bytes()
    bring(shelf, [due(FIRST, GONE), due(SECOND)])
    place = shelf / "releases" / "0001"
    assert set(bytes_of(place)) == {"index.html", "cy/index.html", "withdrawn.json"}
    left = json.loads((place / "withdrawn.json").read_bytes())
    assert (left["number"], left["made_on"]) == (1, "2026-11-22")
    assert left["content_hash"] == FIRST.content_hash
    assert left["manifest_sha256"] == hashlib.sha256(manifest).hexdigest()
    page = (place / "index.html").read_text("utf-8")
    assert GONE.why in page
    assert str(GONE.why_welsh) in (place / "cy" / "index.html").read_text("utf-8")
    assert verify_shelf(shelf).entries[0].status is ReleaseStatus.WITHDRAWN
    assert "withdrawn" in (shelf / "feed.xml").read_text("utf-8")


def test_the_newest_address_passes_over_a_withdrawn_release(shelf: Path) -> None:
    bring(shelf, [due(FIRST), due(SECOND, GONE)])
    assert "../releases/0001/index.html" in (shelf / "latest" / "index.html").read_text("utf-8")
    bring(shelf, [due(FIRST, GONE), due(SECOND, GONE)])
    assert 'http-equiv="refresh"' not in (shelf / "latest" / "index.html").read_text("utf-8")
    verify_shelf(shelf)


def test_asking_again_changes_nothing(shelf: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in shelf.rglob("*") if path.is_file()}

    def never() -> ReleaseContent:
        raise AssertionError

    bring(shelf, [replace(each, content=never) for each in BOTH])
    assert before == {path: path.stat().st_mtime_ns for path in shelf.rglob("*") if path.is_file()}


STEPS: dict[str, tuple[object, str]] = {
    "before the release is in its place": (writing, "_swap"),
    "after its files are there and before the list is drawn": (putting, "_redraw"),
    "before the first page is in its place": (putting, "_replace"),
}


class Killed(BaseException):
    """The process dies here."""


def _dies(*_given: object) -> None:
    raise Killed


@pytest.mark.parametrize("step", STEPS)
def test_what_a_kill_interrupts_is_finished_by_asking_again(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    shelf = tmp_path / "shelf"
    bring(shelf, [due(FIRST)])
    where, name = STEPS[step]
    with monkeypatch.context() as dying:
        dying.setattr(where, name, _dies)
        with pytest.raises(Killed):
            bring(shelf, BOTH)
    bring(shelf, BOTH)
    verify_shelf(shelf)
    assert bytes_of(shelf) == bytes_of(whole)


def test_a_kill_between_two_pages_is_finished_by_asking_again(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf = tmp_path / "shelf"
    bring(shelf, [due(FIRST)])
    real, done = putting._replace, []

    def dies_at_the_third(place: Path, data: bytes) -> None:
        done.append(place)
        if len(done) > 2:
            place.with_name(f"{place.name}{putting.BESIDE}").write_bytes(data[:9])
            raise Killed
        real(place, data)

    with monkeypatch.context() as dying:
        dying.setattr(putting, "_replace", dies_at_the_third)
        with pytest.raises(Killed):
            bring(shelf, BOTH)
    (shelf / "releases" / ".0003-left").mkdir()
    bring(shelf, BOTH)
    assert bytes_of(shelf) == bytes_of(whole)
    verify_shelf(shelf)


def test_a_release_that_vanished_while_it_was_withdrawn_keeps_its_hash(shelf: Path) -> None:
    shutil.rmtree(shelf / "releases" / "0001")
    noted = json.loads((shelf / "shelf.json").read_bytes())["releases"][0]["manifest_sha256"]
    bring(shelf, [due(FIRST, GONE), due(SECOND)])
    assert read_entries(shelf)[0].manifest_sha256 == noted


Tamper = Callable[[Path], object]


def _flip(path: Path, at: int = 40) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(bytes(data))


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("releases/0001/data/evidence_base.csv", "releases/0001/data/evidence_base.csv"),
        ("releases/0002/index.html", "releases/0002/index.html"),
        ("releases/0001.html", "releases/0001.html"),
        ("index.html", "index.html"),
        ("latest/index.html", "latest/index.html"),
        ("feed.xml", "feed.xml"),
        ("cy/feed.xml", "cy/feed.xml"),
        ("style.css", "style.css"),
    ],
)
def test_one_changed_byte_is_found_wherever_it_is_and_its_place_named(
    shelf: Path, path: str, named: str
) -> None:
    _flip(shelf / path)
    with pytest.raises(Refusal, match="first differs at byte 40") as refused:
        verify_shelf(shelf)
    assert refused.value.facts == {"file": named, "offset": 40}


def _state(shelf: Path, change: Callable[[dict[str, object]], object]) -> None:
    path = shelf / "shelf.json"
    held = json.loads(path.read_bytes())
    change(held)
    path.write_text(json.dumps(held, ensure_ascii=False, indent=2, sort_keys=True) + "\n", "utf-8")


TAMPERED: dict[str, tuple[Tamper, str]] = {
    "a release is taken away": (
        lambda shelf: shutil.rmtree(shelf / "releases" / "0001"),
        "does not say what the releases say|missing|does not belong",
    ),
    "a page is taken away": (lambda shelf: (shelf / "feed.xml").unlink(), "feed.xml is missing"),
    "a file is added": (
        lambda shelf: (shelf / "notes.txt").write_text("mine", "utf-8"),
        "notes.txt does not belong",
    ),
    "a file is added to a release": (
        lambda shelf: (shelf / "releases/0001/notes.txt").write_text("mine", "utf-8"),
        "Release 1: notes.txt does not belong",
    ),
    "a corrected release is called published": (
        lambda shelf: _state(shelf, lambda held: held["releases"][0].update(status="published")),  # type: ignore[index]
        "shelf.json does not say what the releases say",
    ),
    "a release is put under another number": (
        lambda shelf: (shelf / "releases/0002").rename(shelf / "releases/0003"),
        "No such file|not a release|folder 0003 holds|cannot",
    ),
    "it is another folder": (
        lambda shelf: (shelf / "shelf.json").write_text("{}", "utf-8"),
        "is not a shelf",
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_a_shelf_that_was_tampered_with_is_refused(shelf: Path, what: str) -> None:
    tamper, says = TAMPERED[what]
    tamper(shelf)
    with pytest.raises(Refusal, match=says):
        verify_shelf(shelf)


def test_a_release_that_does_not_follow_on_from_the_one_before_is_refused(
    tmp_path: Path,
) -> None:
    bring(tmp_path / "shelf", [due(FIRST), due(replace(SECOND, previous_hash="f" * 64))])
    with pytest.raises(Refusal, match="Release 2 does not follow on from release 1"):
        verify_shelf(tmp_path / "shelf")


def test_a_draft_on_the_shelf_is_refused(tmp_path: Path) -> None:
    bring(tmp_path / "shelf", [due(replace(FIRST, draft=True))])
    with pytest.raises(Refusal, match="Release 1 was never approved"):
        verify_shelf(tmp_path / "shelf")


def test_a_tombstone_with_another_reason_or_with_files_left_is_refused(shelf: Path) -> None:
    bring(shelf, [due(FIRST, GONE), due(SECOND)])
    place = shelf / "releases" / "0001"
    (place / "data.csv").write_text("a", "utf-8")
    with pytest.raises(Refusal, match="is still there: its release was withdrawn"):
        verify_shelf(shelf)
    (place / "data.csv").unlink()
    page = place / "index.html"
    page.write_text(page.read_text("utf-8").replace("A sentence named", "A table named"), "utf-8")
    with pytest.raises(Refusal, match=r"releases/0001/index\.html"):
        verify_shelf(shelf)


def test_a_release_withdrawn_before_it_stood_on_the_shelf_is_a_tombstone_without_files(
    tmp_path: Path,
) -> None:
    bring(tmp_path / "shelf", [due(FIRST, GONE)])
    (entry,) = verify_shelf(tmp_path / "shelf").entries
    assert (entry.manifest_sha256, entry.content_hash) == (None, FIRST.content_hash)


def test_somebody_elses_folder_is_never_made_a_shelf(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Mine.", "utf-8")
    with pytest.raises(Refusal, match=r"holds notes\.txt"):
        bring(tmp_path, BOTH)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_two_publishers_do_not_write_one_shelf_at_once(tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"

    def meanwhile(_said: str) -> None:
        with pytest.raises(Refusal, match="Somebody else is publishing"):
            bring(shelf, BOTH)

    bring(shelf, BOTH, say=meanwhile)
    verify_shelf(shelf)


def test_an_empty_shelf_says_what_is_to_come(tmp_path: Path) -> None:
    bring(tmp_path / "shelf", ())
    assert "Nothing has been published yet" in (tmp_path / "shelf/index.html").read_text("utf-8")
    assert verify_shelf(tmp_path / "shelf").entries == ()
