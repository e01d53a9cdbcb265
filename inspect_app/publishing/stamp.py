"""What nobody has approved says so on every page, paper and workbook, in both languages."""

import re
from dataclasses import replace

from markupsafe import Markup

from inspect_app.publishing.language import ENGLISH, LANGUAGES, WELSH
from inspect_app.publishing.marking import later
from inspect_app.publishing.paper import Paper, Paragraph

BODY = re.compile(rb"<body[^>]*>")
WELSH_PAGE = re.compile(rb'<html[^>]* lang="cy"')
SAYS = later("DRAFT. Not approved and not published: it may change, and may not be passed on.")
LINE = Markup('<p lang="{}">{}</p>')
LABEL = later("Draft")
STAMP = Markup('\n<aside aria-label="{}" class="stamp">{}</aside>')
LINES = Markup().join(LINE.format(each.code, each.gettext(SAYS)) for each in LANGUAGES)


def stamped(page: bytes) -> bytes:
    """Return a page with the stamp of a draft at its top, labelled in the page's language."""
    language = WELSH if WELSH_PAGE.search(page) else ENGLISH
    stamp = STAMP.format(language.gettext(LABEL), LINES).encode()
    return BODY.sub(lambda found: found[0] + stamp, page, count=1)


def draft_of(paper: Paper) -> Paper:
    """Return a paper that says under its title that it is a draft."""
    title, *rest = paper.blocks
    said = Paragraph(paper.language.gettext(SAYS), "label")
    return replace(paper, blocks=(title, said, *rest))
