"""One inspection's evidence base as a paper: who read what, how it was chosen, what was found."""

from collections.abc import Iterator

from data_model.vocabulary import SamplingMethod
from inspect_app.publishing import release_words as said
from inspect_app.publishing.content import (
    PublishedInspection,
    PublishedRecommendation,
    Quotation,
)
from inspect_app.publishing.described import Said
from inspect_app.publishing.evidence_view import evidence_lines, grade_tables
from inspect_app.publishing.manifest import Since
from inspect_app.publishing.paper import Block, Heading, Items, Paper, Paragraph
from inspect_app.publishing.release_paper import (
    AUTHOR,
    CHOSEN,
    READ,
    claims_of,
    grades,
    in_language,
    number,
    read_in,
    recommended,
    title_of,
    word_for,
)

CHANGED = Said("This paper last changed in release", "Newidiodd y papur hwn ddiwethaf yn natganiad")
INVENTED = Said(
    "This inspection is an invented sample: it describes nobody and nowhere.",
    "Sampl ddychmygol yw'r arolygiad hwn: nid yw'n disgrifio neb nac unman.",
)
HOW = Said("Who read what, and how it was chosen", "Pwy ddarllenodd beth, a sut y'i dewiswyd")
BEHIND = Said("What stands behind it", "Yr hyn sydd y tu ôl iddo")
WORDS = Said("What was published in words", "Yr hyn a gyhoeddwyd mewn geiriau")
GAPS = Said("Themes under which no case has a grade", "Themâu heb radd i unrhyw achos oddi tanynt")
FACTS = (
    Said("Read by", "Darllenwyd gan"),
    Said("Whose practice", "Ymarfer pwy"),
    Said("When", "Pryd"),
    Said("Place", "Lle"),
    CHOSEN,
    Said("Cases to choose from", "Achosion i ddewis ohonynt"),
    READ,
    Said("Source", "Ffynhonnell"),
)


def inspection_paper(
    inspection: PublishedInspection,
    recommendations: tuple[PublishedRecommendation, ...],
    since: Since,
    language: str,
) -> Paper:
    """Return the paper of an inspection with the recommendations that come from it."""
    blocks = (
        *_about(inspection, since, language),
        *_evidence(inspection, language),
        *_in_words(inspection, language),
        *claims_of(inspection.claims, language),
        *recommended(recommendations, language),
        Paragraph(f"{said.NEVER_ZERO.to(language)}\n{said.LICENCE.to(language)}", "note"),
    )
    title = title_of(inspection, language)
    blocks = (Heading(0, title), *blocks)
    return Paper(title, inspection.code, AUTHOR, since.made_on, blocks, language)


def _about(inspection: PublishedInspection, since: Since, language: str) -> Iterator[Block]:
    changed = f"{CHANGED.to(language)} {since.release}, {said.day(since.made_on, language)}."
    yield Paragraph(changed, "note")
    if inspection.invented:
        yield Paragraph(INVENTED.to(language), "label")
    yield Heading(1, HOW.to(language))
    values = (
        "; ".join(inspection.inspecting),
        "; ".join(inspection.inspected),
        inspection.period,
        f"{inspection.area_name} ({inspection.area_code})",
        word_for(inspection.sampling, SamplingMethod, language),
        number(inspection.cases_available),
        read_in(inspection),
        inspection.source,
    )
    facts = zip(FACTS, values, strict=True)
    yield Items(tuple(f"{fact.to(language)}: {value}" for fact, value in facts))


def _evidence(inspection: PublishedInspection, language: str) -> Iterator[Block]:
    yield Heading(1, BEHIND.to(language))
    yield Paragraph("\n".join(line.text for line in evidence_lines(inspection)))
    for held in grade_tables(inspection):
        yield grades(inspection, held, language)
    names = dict(inspection.themes)
    gaps = [names.get(code, code) for code in inspection.without_a_grade]
    if gaps:
        yield Paragraph(f"{GAPS.to(language)}: {'; '.join(gaps)}.", "label")


def _in_words(inspection: PublishedInspection, language: str) -> Iterator[Block]:
    told = (*inspection.statements, *inspection.quotations)
    if not (inspection.summary or told or inspection.judgements):
        return
    yield Heading(1, WORDS.to(language))
    if inspection.summary:
        yield Paragraph(in_language(inspection.summary, inspection.summary_welsh, language))
    grades = tuple(f"{each.topic}: {each.grade_name}" for each in inspection.judgements)
    quoted = tuple(_quoted(each) for each in told)
    if grades or quoted:
        yield Items((*grades, *quoted))


def _quoted(quotation: Quotation) -> str:
    where = f" ({quotation.paragraph})" if quotation.paragraph else ""
    note = f" {quotation.comment}" if quotation.comment else ""
    words = quotation.text.strip('“”"')
    return f"“{words}”{where}{note}"
