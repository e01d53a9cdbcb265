"""What nobody has approved says so on every page, paper and workbook, in both languages."""

import re
from dataclasses import replace

from markupsafe import Markup

from inspect_app.publishing.language import LANGUAGES
from inspect_app.publishing.marking import later
from inspect_app.publishing.paper import Paper, Paragraph

BODY = re.compile(rb"<body[^>]*>")
SAYS = later("DRAFT. Not approved and not published: it may change, and may not be passed on.")
LINE = Markup('<p lang="{}">{}</p>')
STAMP = (
    '\n<aside aria-label="Draft" class="stamp">'
    f"{''.join(LINE.format(each.code, each.gettext(SAYS)) for each in LANGUAGES)}</aside>"
).encode()


def stamped(page: bytes) -> bytes:
    """Return a page with the stamp of a draft at its top."""
    return BODY.sub(lambda found: found[0] + STAMP, page, count=1)


def draft_of(paper: Paper) -> Paper:
    """Return a paper that says under its title that it is a draft."""
    title, *rest = paper.blocks
    said = Paragraph(paper.language.gettext(SAYS), "label")
    return replace(paper, blocks=(title, said, *rest))
