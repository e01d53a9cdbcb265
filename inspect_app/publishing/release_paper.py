"""The release as a paper for a board: what it covers, what stands behind it, what is not known."""

from collections import Counter
from collections.abc import Iterator, Sequence

from data_model.vocabulary import (
    Assurance,
    ClaimStanding,
    Delivery,
    Response,
    SamplingMethod,
    Symbol,
    Word,
)
from inspect_app.publishing import release_words as said
from inspect_app.publishing import words
from inspect_app.publishing.content import (
    OwnerStanding,
    PublishedClaim,
    PublishedInspection,
    PublishedRecommendation,
    ReleaseContent,
    ReleaseMark,
)
from inspect_app.publishing.described import Said
from inspect_app.publishing.evidence_view import (
    Cell,
    GradeTable,
    Openness,
    Row,
    grade_tables,
    openness,
)
from inspect_app.publishing.paper import Block, Heading, Items, Paper, Paragraph, Table
from inspect_app.workbooks.plain_text import cleaned
from metrics.counts import ALL

AUTHOR = "Inspection Evidence"

COVERS = Said("What this release covers", "Yr hyn y mae'r datganiad hwn yn ei gwmpasu")
GRADED = Said(
    "Inspections with published case grades", "Arolygiadau â graddau achosion cyhoeddedig"
)
CLAIMS = Said("Claims and what stands behind them", "Honiadau a'r hyn sydd y tu ôl iddynt")
ASKED = Said("Recommendations and where they stand", "Argymhellion a lle maent yn sefyll")
UNKNOWN = Said(
    "What is withheld and what is not known", "Yr hyn sydd wedi'i atal a'r hyn nad yw'n hysbys"
)
NONE = Said("None in this release.", "Dim yn y datganiad hwn.")
NOT_TRANSLATED = Said("", " (heb ei gyfieithu eto)")
NOBODY = Said("Addressed to nobody", "Heb ei gyfeirio at neb")
NOT_RECORDED = Said("not recorded", "heb ei gofnodi")
NOT_STATED = Said("not stated", "heb ei nodi")

OPEN = {
    Openness.GRADED: Said(
        "Inspections that published case grades", "Arolygiadau a gyhoeddodd raddau achosion"
    ),
    Openness.COUNTED: Said(
        "Inspections that published how many cases were read, but no grade",
        "Arolygiadau a gyhoeddodd faint o achosion a ddarllenwyd, ond dim gradd",
    ),
    Openness.NEITHER: Said(
        "Inspections that published neither the number of cases nor a grade",
        "Arolygiadau na chyhoeddodd nifer yr achosion na gradd",
    ),
}
AREAS = Said("Places with a page", "Lleoedd â thudalen")
FIGURES = Said("Figures of indicators", "Ffigurau dangosyddion")
SAMPLES = Said(
    "Invented sample inspections, counted in none of these",
    "Arolygiadau sampl dychmygol, heb eu cyfrif yn yr un o'r rhain",
)
HIDDEN = Said(
    "Numbers withheld to protect children, each marked [c]",
    "Rhifau a ataliwyd i ddiogelu plant, pob un wedi'i nodi [c]",
)
THREE = (
    Said("What the body answers", "Ateb y corff"),
    Said("What it claims", "Yr hyn y mae'n ei honni"),
    Said("What was found", "Yr hyn a ganfuwyd"),
)
STATUSES: tuple[type[Word], ...] = (Response, Delivery, Assurance)
CHOSEN = Said("How cases were chosen", "Sut y dewiswyd achosion")
READ = Said("Cases read", "Achosion a ddarllenwyd")
ORIGINAL = Said("Date first promised", "Y dyddiad a addawyd gyntaf")


def summary(content: ReleaseContent, mark: ReleaseMark, language: str) -> Paper:
    """Return the paper of a whole release in a language (`en` or `cy`)."""
    blocks = (
        *_covers(content, mark, language),
        *_graded(content, language),
        *claims_of([x for each in content.inspections for x in each.claims], language),
        *recommended(content.recommendations, language),
        *_unknown(content, language),
    )
    title = said.title(mark, language)
    blocks = (Heading(0, title), *blocks)
    return Paper(title, content.scope, AUTHOR, mark.made_on, blocks, language)


def _covers(content: ReleaseContent, mark: ReleaseMark, language: str) -> Iterator[Block]:
    yield Paragraph(f"{said.made(mark, language)} {said.covers(content, language)}")
    yield Paragraph(said.NEVER_CHANGED.to(language))
    yield Heading(1, COVERS.to(language))
    real = [each for each in content.inspections if not each.invented]
    counted = Counter(openness(each) for each in real)
    places = [each for each in content.areas if not each.invented]
    told = (
        *((how, counted[kind]) for kind, how in OPEN.items()),
        (AREAS, len(places)),
        (FIGURES, sum(len(each.figures) for each in places)),
        (SAMPLES, len(content.inspections) - len(real)),
    )
    yield Items(tuple(f"{what.to(language)}: {count:,}" for what, count in told))


def _graded(content: ReleaseContent, language: str) -> Iterator[Block]:
    yield Heading(1, GRADED.to(language))
    graded = [each for each in content.inspections if openness(each) is Openness.GRADED]
    if not graded:
        yield Paragraph(NONE.to(language))
        return
    yield Paragraph(said.NEVER_ADDED.to(language), "leads")
    for each in sorted(graded, key=lambda x: (x.invented, x.code)):
        yield Heading(2, title_of(each, language))
        how = word_for(each.sampling, SamplingMethod, language)
        yield Paragraph(f"{each.period}. {CHOSEN.to(language)}: {how}.", "leads")
        yield from (grades(each, held, language) for held in grade_tables(each))


def grades(inspection: PublishedInspection, held: GradeTable, language: str) -> Table:
    """Return the counts of one kind of evidence base: themes down, grades across."""
    heads = (held.by, *(column.name for column in held.columns), READ.to(language))
    widths = (4, *(1 for _ in held.columns), 1)
    rows = tuple(_counts(row) for row in held.rows)
    return Table(f"{inspection.code}: {held.basis}", heads, rows, widths)


def _counts(row: Row) -> tuple[str, ...]:
    """Return a line of counts; one that was not split stands once, with what it is a count of."""
    cells = (text for cell in row.cells for text in _under_each(cell))
    return (row.heading, *cells, number(row.cases_read))


def _under_each(cell: Cell) -> tuple[str, ...]:
    says = f" ({cell.says})" if cell.says else ""
    others = (said.bracketed(Symbol.NOT_APPLICABLE),) * (cell.span - 1)
    return (f"{number(cell.count)}{says}", *others)


def title_of(inspection: PublishedInspection, language: str) -> str:
    """Return an inspection's title, or its code where it has none: a paper needs one."""
    title = in_language(inspection.title, inspection.title_welsh, language)
    return title if cleaned(inspection.title) else inspection.code


def read_in(inspection: PublishedInspection) -> str:
    """Return how many cases were read in all, or of each kind, or the mark that stands there."""
    found = dict(inspection.cases_read)
    if len(found) < 2 or ALL in found:
        return number(found.get(ALL, next(iter(found.values()), Symbol.NOT_AVAILABLE)))
    return "; ".join(f"{words.case_kind(kind)}: {number(read)}" for kind, read in found.items())


def claims_of(claims: Sequence[PublishedClaim], language: str) -> Iterator[Block]:
    """Yield claims as a table: each sentence beside what stands behind it, and any answer."""
    yield Heading(1, CLAIMS.to(language))
    if not claims:
        yield Paragraph(NONE.to(language))
        return
    counted = Counter(each.standing for each in claims)
    standings = ((each, Said(each.english, each.welsh)) for each in ClaimStanding)
    yield Items(tuple(f"{word.to(language)}: {counted[each]:,}" for each, word in standings))
    heads = (
        Said("What was said", "Yr hyn a ddywedwyd"),
        Said("What stands behind it", "Yr hyn sydd y tu ôl iddo"),
        Said("Answer", "Ateb"),
    )
    rows = tuple(_claim(each, language) for each in claims)
    yield table(CLAIMS, heads, rows, (3, 2, 2), language)


def _claim(claim: PublishedClaim, language: str) -> tuple[str, ...]:
    answer = claim.answer and in_language(claim.answer, claim.answer_welsh, language)
    return (
        in_language(claim.text, claim.text_welsh, language),
        Said(claim.says, claim.says_welsh).to(language),
        answer or said.bracketed(Symbol.NOT_APPLICABLE),
    )


def recommended(held: Sequence[PublishedRecommendation], language: str) -> Iterator[Block]:
    """Yield recommendations: for each body its three statuses, and its answer in full."""
    yield Heading(1, ASKED.to(language))
    if not held:
        yield Paragraph(NONE.to(language))
    for each in held:
        title = in_language(each.title, each.title_welsh, language)
        yield Heading(2, f"{each.code}: {title}")
        yield Paragraph(in_language(each.text, each.text_welsh, language), "leads")
        if not each.owners:
            yield Paragraph(NOBODY.to(language))
            continue
        heads = (Said("Body", "Corff"), *THREE, ORIGINAL)
        rows = tuple(_owner(owner, language) for owner in each.owners)
        yield table(Said(each.code, each.code), heads, rows, (3, 2, 2, 2, 2), language)
        yield from _answers(each.owners, language)


def _owner(owner: OwnerStanding, language: str) -> tuple[str, ...]:
    due = owner.original_due_on
    three = zip((owner.response, owner.delivery, owner.assurance), STATUSES, strict=True)
    return (
        f"{owner.body}\n{Said(owner.label, owner.label_welsh).to(language)}",
        *(word_for(x, of, language) if x else NOT_RECORDED.to(language) for x, of in three),
        said.day(due, language) if due else NOT_STATED.to(language),
    )


def _answers(owners: Sequence[OwnerStanding], language: str) -> Iterator[Block]:
    for owner in owners:
        if owner.response_text:
            on = f", {said.day(owner.responded_on, language)}" if owner.responded_on else ""
            yield Paragraph(f"{owner.body}{on}", "label")
            yield Paragraph(in_language(owner.response_text, owner.response_text_welsh, language))


def _unknown(content: ReleaseContent, language: str) -> Iterator[Block]:
    yield Heading(1, UNKNOWN.to(language))
    cells = [row.cases for each in content.inspections for row in each.evidence]
    cells += [figure.numerator for area in content.areas for figure in area.figures]
    hidden = sum(cell is Symbol.WITHHELD for cell in cells)
    yield Paragraph(f"{HIDDEN.to(language)}: {hidden:,}.")
    yield Paragraph(in_language(content.protection, None, language))
    yield Paragraph(said.NEVER_ZERO.to(language))
    yield Items(
        tuple(
            f"{said.bracketed(each)} {Said(each.english, each.welsh).to(language)}"
            for each in Symbol
        )
    )
    yield Paragraph("\n".join((said.INVENTED.to(language), said.LICENCE.to(language))), "note")


def in_language(english: str, welsh: str | None, language: str) -> str:
    """Return a text in a language; where it has no Welsh, the English with a note of it."""
    if language == "en":
        return english
    return welsh or f"{english}{NOT_TRANSLATED.to(language)}"


def word_for(english: str, among: type[Word], language: str) -> str:
    """Return a word of a closed list in a language, by its English."""
    found = next((each for each in among if each.english == english), None)
    return found.welsh if found is not None and language == "cy" else english


def number(value: int | Symbol) -> str:
    """Return a number, or its mark in square brackets."""
    return said.bracketed(value) if isinstance(value, Symbol) else f"{value:,}"


def table(
    caption: Said,
    heads: Sequence[Said],
    rows: tuple[tuple[str, ...], ...],
    widths: tuple[int, ...],
    language: str,
) -> Table:
    """Return a table in a language."""
    return Table(caption.to(language), tuple(x.to(language) for x in heads), rows, widths)
