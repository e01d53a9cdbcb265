"""One inspection's evidence base as a paper: who read what, how it was chosen, what was found."""

from collections.abc import Iterable, Iterator

from inspect_app.publishing import release_words as said
from inspect_app.publishing.content import (
    PublishedInspection,
    PublishedRecommendation,
    Quotation,
)
from inspect_app.publishing.evidence_view import evidence_lines, theme_name
from inspect_app.publishing.language import Language, Passage
from inspect_app.publishing.manifest import Since
from inspect_app.publishing.marking import later
from inspect_app.publishing.paper import Block, Heading, Items, Paper, Paragraph, Text
from inspect_app.publishing.paper_parts import (
    AUTHOR,
    CHOSEN,
    READ,
    claims_of,
    grades,
    number,
    read_in,
    recommended,
    title_of,
)

CHANGED = later("This paper last changed in release %(number)s, %(day)s.")
INVENTED = later("This inspection is an invented sample: it describes nobody and nowhere.")
HOW = later("Who read what, and how it was chosen")
BEHIND = later("What stands behind it")
WORDS = later("What was published in words")
GAPS = later("Themes under which no case has a grade: %(themes)s.")
FACTS = (
    later("Read by"),
    later("Whose practice"),
    later("When"),
    later("Place"),
    CHOSEN,
    later("Cases to choose from"),
    READ,
    later("Source"),
)


def inspection_paper(
    inspection: PublishedInspection,
    recommendations: tuple[PublishedRecommendation, ...],
    since: Since,
    language: Language,
) -> Paper:
    """Return the paper of an inspection with the recommendations that come from it."""
    title = title_of(inspection, language)
    closing = (language.gettext(each) for each in (said.NEVER_ZERO, said.LICENCE))
    blocks = (
        Heading(0, title),
        *_about(inspection, since, language),
        *_evidence(inspection, language),
        *_in_words(inspection, language),
        *claims_of(inspection.claims, language),
        *recommended(recommendations, language),
        Paragraph("\n".join(closing), "note"),
    )
    return Paper(title, inspection.code, AUTHOR, since.made_on, blocks, language)


def _about(inspection: PublishedInspection, since: Since, language: Language) -> Iterator[Block]:
    on = language.day(since.made_on)
    yield Paragraph(language.say(CHANGED, number=since.number, day=on), "note")
    if inspection.invented:
        yield Paragraph(language.gettext(INVENTED), "label")
    yield Heading(1, language.gettext(HOW))
    facts = zip(FACTS, _facts(inspection, language), strict=True)
    yield Items(tuple((f"{language.gettext(fact)}: ", *value) for fact, value in facts))


def _facts(
    inspection: PublishedInspection, language: Language
) -> Iterator[tuple[str | Passage, ...]]:
    """Yield what is said of each of the facts, in their order."""
    yield _listed(inspection.inspecting, language)
    yield _listed(inspection.inspected, language)
    yield (language.period(inspection.period),)
    yield (language.name(inspection.area_name), f" ({inspection.area_code})")
    yield (language.name(inspection.sampling),)
    yield (number(inspection.cases_available, language),)
    yield (read_in(inspection, language),)
    yield (language.name(inspection.source),)


def _listed(names: Iterable[str], language: Language) -> tuple[str | Passage, ...]:
    parts = [part for name in names for part in ("; ", language.name(name))]
    return tuple(parts[1:])


def _evidence(inspection: PublishedInspection, language: Language) -> Iterator[Block]:
    yield Heading(1, language.gettext(BEHIND))
    yield Paragraph("\n".join(line.text for line in evidence_lines(inspection, language)))
    yield from grades(inspection, language)
    gaps = [theme_name(inspection, code, language) for code in inspection.without_a_grade]
    if gaps:
        yield Paragraph(language.say(GAPS, themes="; ".join(gaps)), "label")


def _in_words(inspection: PublishedInspection, language: Language) -> Iterator[Block]:
    quoted = [_quoted(x, language) for x in (*inspection.statements, *inspection.quotations)]
    if not (inspection.summary or quoted or inspection.judgements):
        return
    yield Heading(1, language.gettext(WORDS))
    if inspection.summary:
        yield Paragraph(language.text(inspection.summary, inspection.summary_welsh))
    judged: list[Text] = [
        (language.name(each.topic), ": ", language.name(each.grade_name))
        for each in inspection.judgements
    ]
    if judged or quoted:
        yield Items((*judged, *quoted))


def _quoted(quotation: Quotation, language: Language) -> Text:
    words = quotation.text.strip('“”"')
    where = f" ({quotation.paragraph})" if quotation.paragraph else ""
    comment = (" ", language.name(quotation.comment)) if quotation.comment else ()
    return (language.name(f"“{words}”"), where, *comment)
