"""A draft says so on every page; what is published does not."""

from dataclasses import replace

from inspect_app.publishing.stamp import stamped
from tests.inspect_app.publishing.builders import content, mark

PAGES = {"index.html": b'<html><body class="x"><p>Hello</p></body></html>', "a.css": b"<body>"}


def test_each_page_of_a_draft_is_stamped_once_in_both_languages() -> None:
    drawn = stamped(PAGES, replace(mark(content()), draft=True))
    page = drawn["index.html"].decode()
    assert page.startswith('<html><body class="x">\n<aside')
    assert page.count("DRAFT. Not approved and not published") == 1
    assert page.count("DRAFFT. Heb ei gymeradwyo") == 1
    assert drawn["a.css"] == PAGES["a.css"]


def test_a_published_page_is_left_alone() -> None:
    assert stamped(PAGES, mark(content())) == PAGES
