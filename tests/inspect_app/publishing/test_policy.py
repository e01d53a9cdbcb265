"""Every page forbids what it does not need, and needs nothing that it forbids."""

from pathlib import Path

from inspect_app.publishing.policy import POLICY
from inspect_app.publishing.shelf import bring
from tests.inspect_app.publishing.standing import three_releases
from tests.inspect_app.publishing.test_site import pages

FORBIDDEN = {"script-src": "'self'", "default-src": "'none'", "form-action": "'none'"}


def test_every_page_of_the_shelf_and_its_releases_says_its_policy_before_anything_is_loaded(
    tmp_path: Path,
) -> None:
    bring(tmp_path / "shelf", three_releases())
    held = list(pages(tmp_path / "shelf"))
    assert len(held) > 60
    for path, page in held:
        tags = [(tag, at) for tag, at in page.tags if tag not in {"html", "head"}]
        assert tags[0] == ("meta", {"charset": "utf-8"}), path
        assert tags[1] == (
            "meta",
            {"http-equiv": "Content-Security-Policy", "content": str(POLICY)},
        ), path


def test_no_page_has_a_script_a_style_or_a_handler_of_its_own(tmp_path: Path) -> None:
    bring(tmp_path / "shelf", three_releases())
    for path, page in pages(tmp_path / "shelf"):
        for tag, held in page.tags:
            assert tag not in {"style", "iframe", "object", "embed", "form", "base"}, path
            assert tag != "script" or held["src"], path
            assert "style" not in held, (path, tag, held)
            assert not [name for name in held if name.startswith("on")], path
            assert not (held.get("href") or "").lower().startswith("javascript:"), path


def test_the_policy_names_no_way_around_itself() -> None:
    parts = [each.strip().partition(" ") for each in str(POLICY).split(";")]
    said = {name: allows for name, _space, allows in parts}
    assert {name: said[name] for name in FORBIDDEN} == FORBIDDEN
    assert "unsafe" not in POLICY
    assert "*" not in POLICY
