"""The release as a paper for a board: what it covers, what stands behind it, what is not known."""

from collections import Counter
from collections.abc import Iterator

from data_model.vocabulary import Symbol
from inspect_app.publishing import release_words as said
from inspect_app.publishing.content import ReleaseContent, ReleaseMark
from inspect_app.publishing.evidence_view import Openness, openness
from inspect_app.publishing.language import Language
from inspect_app.publishing.marking import later
from inspect_app.publishing.paper import Block, Heading, Items, Paper, Paragraph
from inspect_app.publishing.paper_parts import (
    AUTHOR,
    CHOSEN,
    NONE,
    claims_of,
    grades,
    recommended,
    title_of,
)

COVERS = later("What this release covers")
GRADED = later("Inspections with published case grades")
UNKNOWN = later("What is withheld and what is not known")
OPEN = {
    Openness.GRADED: later("Inspections that published case grades"),
    Openness.COUNTED: later("Inspections that published how many cases were read, but no grade"),
    Openness.NEITHER: later("Inspections that published neither the number of cases nor a grade"),
}
AREAS = later("Places with a page")
FIGURES = later("Figures of indicators")
SAMPLES = later("Invented sample inspections, counted in none of these")
HIDDEN = later("Numbers withheld to protect children, each marked [c]")


def summary(content: ReleaseContent, mark: ReleaseMark, language: Language) -> Paper:
    """Return the paper of a whole release."""
    title = said.title(mark, language)
    blocks = (
        Heading(0, title),
        *_covers(content, mark, language),
        *_graded(content, language),
        *claims_of([x for each in content.inspections for x in each.claims], language),
        *recommended(content.recommendations, language),
        *_unknown(content, language),
    )
    return Paper(title, content.scope, AUTHOR, mark.made_on, blocks, language)


def _covers(content: ReleaseContent, mark: ReleaseMark, language: Language) -> Iterator[Block]:
    yield Paragraph((f"{said.made(mark, language)} ", *said.covers(content, language)))
    yield Paragraph(language.gettext(said.NEVER_CHANGED))
    yield Heading(1, language.gettext(COVERS))
    real = [each for each in content.inspections if not each.invented]
    counted = Counter(openness(each) for each in real)
    places = [each for each in content.areas if not each.invented]
    told = (
        *((how, counted[kind]) for kind, how in OPEN.items()),
        (AREAS, len(places)),
        (FIGURES, sum(len(each.figures) for each in places)),
        (SAMPLES, len(content.inspections) - len(real)),
    )
    named = ((language.gettext(what), language.number(count)) for what, count in told)
    yield Items(tuple(f"{what}: {count}" for what, count in named))


def _graded(content: ReleaseContent, language: Language) -> Iterator[Block]:
    yield Heading(1, language.gettext(GRADED))
    graded = [each for each in content.inspections if openness(each) is Openness.GRADED]
    if not graded:
        yield Paragraph(language.gettext(NONE))
        return
    yield Paragraph(language.gettext(said.NEVER_ADDED), "leads")
    for each in sorted(graded, key=lambda x: (x.invented, x.code)):
        how = f". {language.gettext(CHOSEN)}: "
        yield Heading(2, title_of(each, language))
        told = (language.period(each.period), how, language.name(each.sampling), ".")
        yield Paragraph(told, "leads")
        yield from grades(each, language)


def _unknown(content: ReleaseContent, language: Language) -> Iterator[Block]:
    yield Heading(1, language.gettext(UNKNOWN))
    cells = [row.cases for each in content.inspections for row in each.evidence]
    cells += [figure.numerator for area in content.areas for figure in area.figures]
    hidden = language.number(sum(cell is Symbol.WITHHELD for cell in cells))
    yield Paragraph(f"{language.gettext(HIDDEN)}: {hidden}.")
    yield Paragraph(language.text(content.protection))
    yield Paragraph(language.gettext(said.NEVER_ZERO))
    marks = ((said.bracketed(each), language.word(each.english)) for each in Symbol)
    yield Items(tuple(f"{mark} {means}" for mark, means in marks))
    closing = (language.gettext(each) for each in (said.INVENTED, said.LICENCE))
    yield Paragraph("\n".join(closing), "note")
