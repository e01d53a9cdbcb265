"""What a Welsh page of a release says in English, and what of its content may stay English.

Names stay as they are, and so does what somebody wrote and nobody has put into Welsh. Labels,
dates, numbers, definitions and what stands in brackets after a name do not.
"""

import html
import re
from collections.abc import Iterator
from pathlib import Path

from inspect_app.publishing.content import (
    PublishedInspection,
    PublishedRecommendation,
    ReleaseContent,
)
from inspect_app.publishing.language import ENGLISH
from inspect_app.publishing.names import parted

MARKED = re.compile(r'<(\w+)[^>]* lang="en"[^>]*>(.*?)</\1>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")
THE_REPORT = "Child sexual exploitation by organised networks"


def english(page: Path) -> set[str]:
    """Return what a page marks as English, but for the way to the English page."""
    marked = MARKED.findall(page.read_text(encoding="utf-8"))
    found = (TAG.sub("", said) for _tag, said in marked)
    told = {" ".join(html.unescape(each).split()) for each in found}
    return told - {ENGLISH.title, THE_REPORT}


def may_stay(content: ReleaseContent) -> set[str]:
    """Return every name and every text of a release that may stand in English."""
    said = {*content.attributions, *_names(content), *_texts(content)}
    return {" ".join(each.split()) for each in said if each}


def _names(content: ReleaseContent) -> Iterator[str]:
    for area in content.areas:
        yield from (area.name, area.region_name or "", area.force_name or "")
    for inspection in content.inspections:
        named = (inspection.area_name, *inspection.inspecting, *inspection.inspected)
        yield from (parted(name)[0] for name in named)
    for recommendation in content.recommendations:
        yield from (parted(owner.body)[0] for owner in recommendation.owners)


def _texts(content: ReleaseContent) -> Iterator[str]:
    for area in content.areas:
        yield from (text for figure in area.figures for text in (figure.note, figure.source))
    for inspection in content.inspections:
        yield from (part for text in _of(inspection) for part in (text or "").split("\n\n"))
    for recommendation in content.recommendations:
        yield from (part for text in _asked(recommendation) for part in (text or "").split("\n\n"))


def _of(inspection: PublishedInspection) -> Iterator[str | None]:
    yield from (inspection.summary, inspection.note, inspection.source)
    if not inspection.title_welsh:
        yield inspection.title
    for said in (*inspection.quotations, *inspection.statements):
        yield from (said.text, said.comment)
    yield from (judged.quotation for judged in inspection.judgements)
    yield from (text for claim in inspection.claims for text in (claim.text, claim.answer))


def _asked(recommendation: PublishedRecommendation) -> Iterator[str | None]:
    if not recommendation.title_welsh:
        yield recommendation.title
    yield from (recommendation.text, recommendation.paragraph)
    yield parted(recommendation.source)[0]
    yield from (owner.response_text for owner in recommendation.owners)
