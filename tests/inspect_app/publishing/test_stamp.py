"""A draft says so on every page and paper; what is published does not."""

from dataclasses import replace

from inspect_app.publishing.planned import Planned
from inspect_app.publishing.release_json import settled
from inspect_app.publishing.stamp import stamped
from tests.inspect_app.publishing.builders import content, mark


def test_a_page_is_stamped_once_in_both_languages() -> None:
    page = stamped(b'<html><body class="x"><p>Hello</p></body></html>').decode()
    assert page.startswith('<html><body class="x">\n<aside')
    assert page.count("DRAFT. Not approved and not published") == 1
    assert page.count("DRAFFT. Heb ei gymeradwyo") == 1


def test_every_page_of_a_draft_is_stamped_and_none_of_a_published_release() -> None:
    for draft in (True, False):
        planned = Planned(settled(content()), replace(mark(content()), draft=draft), {})
        drawings = planned.drawings
        pages = [path for path in drawings if path.endswith(".html")]
        assert len(pages) > 20
        assert {b"DRAFFT." in drawings[path]() for path in pages} == {draft}
        assert b"DRAFFT." not in drawings["style.css"]()


def test_a_draft_and_what_is_published_of_it_are_drawn_from_different_things() -> None:
    same = settled(content())
    draft, published = (
        Planned(same, replace(mark(content()), draft=draft), {}).drawn_from
        for draft in (True, False)
    )
    differing = {path for path in published if draft[path] != published[path]}
    assert {path for path in published if path.endswith((".html", ".pdf"))} <= differing
