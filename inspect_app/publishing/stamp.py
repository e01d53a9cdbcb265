"""What nobody has approved says so on every page, in both languages, whatever the page is."""

import re
from collections.abc import Mapping

from inspect_app.publishing.content import ReleaseMark

BODY = re.compile(rb"<body[^>]*>")
STYLE = (
    "margin:0;padding:.8rem 1rem;border:4px double;background:#fff3bf;color:#0b0c0c;"
    "font:bold 1.1rem/1.4 sans-serif"
)
STAMP = (
    f'\n<aside aria-label="Draft" style="{STYLE}">'
    '<p lang="en" style="margin:0">DRAFT. Not approved and not published: it may change, '
    "and may not be passed on.</p>"
    '<p lang="cy" style="margin:0">DRAFFT. Heb ei gymeradwyo na\'i gyhoeddi: gall newid, '
    "ac ni cheir ei rannu.</p></aside>"
).encode()


def stamped(pages: Mapping[str, bytes], mark: ReleaseMark) -> dict[str, bytes]:
    """Return the pages (path to bytes), each stamped as a draft if the mark is of one."""
    if not mark.draft:
        return dict(pages)
    return {
        path: BODY.sub(lambda found: found[0] + STAMP, data, count=1)
        if path.endswith(".html")
        else data
        for path, data in pages.items()
    }
