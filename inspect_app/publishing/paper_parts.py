"""What the paper of a release and that of an inspection have in common: grades, claims, answers."""

from collections import Counter
from collections.abc import Iterator, Sequence

from data_model.vocabulary import ClaimStanding, Symbol
from inspect_app.publishing import release_words as said
from inspect_app.publishing import words
from inspect_app.publishing.content import (
    Number,
    OwnerStanding,
    PublishedClaim,
    PublishedInspection,
    PublishedRecommendation,
)
from inspect_app.publishing.evidence_view import Cell, GradeTable, Row, grade_tables
from inspect_app.publishing.language import WELSH, Language
from inspect_app.publishing.marking import later
from inspect_app.publishing.paper import Block, Heading, Items, Paragraph, Table, Text
from inspect_app.workbooks.plain_text import cleaned
from metrics.counts import ALL

AUTHOR = "Inspection Evidence"
CHOSEN = later("How cases were chosen")
READ = later("Cases read")

CLAIMS = later("Claims and what stands behind them")
CLAIM_HEADS = (later("What was said"), later("What stands behind it"), later("Answer"))
ASKED = later("Recommendations and where they stand")
ASKED_HEADS = (
    later("Body"),
    later("What the body answers"),
    later("What it claims"),
    later("What was found"),
    later("Date first promised"),
)
NONE = later("None in this release.")
NOBODY = later("Addressed to nobody")
NOT_RECORDED = later("not recorded")
NOT_STATED = later("not stated")


def title_of(inspection: PublishedInspection, language: Language) -> Text:
    """Return an inspection's title, or its code where it has none: a paper needs one."""
    if not cleaned(inspection.title):
        return inspection.code
    return language.name(inspection.title, inspection.title_welsh)


def grades(inspection: PublishedInspection, language: Language) -> Iterator[Table]:
    """Yield the counts of each kind of evidence base: themes down, grades across."""
    for held in grade_tables(inspection, language):
        heads = (held.by, *(column.name for column in held.columns), language.gettext(READ))
        widths = (8, *(2 for _ in held.columns), 3)
        rows = tuple(_counts(row, language) for row in held.rows)
        yield Table(_caption(inspection, held, language), heads, rows, widths)


def _caption(inspection: PublishedInspection, held: GradeTable, language: Language) -> str:
    return f"{inspection.code}: {words.basis(held.basis, language).lower()}"


def _counts(row: Row, language: Language) -> tuple[str, ...]:
    """Return a line of counts; one that was not split stands once, with what it is a count of."""
    cells = (text for cell in row.cells for text in _under_each(cell, language))
    return (row.heading, *cells, number(row.cases_read, language))


def _under_each(cell: Cell, language: Language) -> tuple[str, ...]:
    says = f" ({cell.says})" if cell.says else ""
    others = (said.bracketed(Symbol.NOT_APPLICABLE),) * (cell.span - 1)
    return (f"{number(cell.count, language)}{says}", *others)


def read_in(inspection: PublishedInspection, language: Language) -> str:
    """Return how many cases were read in all, or of each kind, or the mark that stands there."""
    found = dict(inspection.cases_read)
    if len(found) < 2 or ALL in found:
        return number(found.get(ALL, next(iter(found.values()), Symbol.NOT_AVAILABLE)), language)
    counted = ((words.case_kind(kind, language), read) for kind, read in found.items())
    return "; ".join(f"{kind}: {number(read, language)}" for kind, read in counted)


def claims_of(claims: Sequence[PublishedClaim], language: Language) -> Iterator[Block]:
    """Yield claims as a table: each sentence beside what stands behind it, and any answer."""
    yield Heading(1, language.gettext(CLAIMS))
    if not claims:
        yield Paragraph(language.gettext(NONE))
        return
    counted = Counter(each.standing for each in claims)
    standings = tuple((language.word(each.english), counted[each]) for each in ClaimStanding)
    yield Items(tuple(f"{word}: {language.number(count)}" for word, count in standings))
    yield _table(CLAIMS, CLAIM_HEADS, [_claim(each, language) for each in claims], language)


def _claim(claim: PublishedClaim, language: Language) -> tuple[Text, ...]:
    answer = claim.answer and language.text(claim.answer, claim.answer_welsh)
    return (
        language.text(claim.text, claim.text_welsh),
        claim.says_welsh if language is WELSH else claim.says,
        answer or said.bracketed(Symbol.NOT_APPLICABLE),
    )


def recommended(held: Sequence[PublishedRecommendation], language: Language) -> Iterator[Block]:
    """Yield recommendations: for each body its three statuses, and its answer in full."""
    yield Heading(1, language.gettext(ASKED))
    if not held:
        yield Paragraph(language.gettext(NONE))
    for each in held:
        yield Heading(2, (f"{each.code}: ", language.name(each.title, each.title_welsh)))
        yield Paragraph(language.quoted(each.text, each.text_welsh), "leads")
        if each.owners:
            rows = [_owner(owner, language) for owner in each.owners]
            yield _table(each.code, ASKED_HEADS, rows, language)
            yield from _answers(each.owners, language)
        else:
            yield Paragraph(language.gettext(NOBODY))


def _owner(owner: OwnerStanding, language: Language) -> tuple[Text, ...]:
    due, label = owner.original_due_on, owner.label_welsh if language is WELSH else owner.label
    three = (owner.response, owner.delivery, owner.assurance)
    return (
        (language.name(owner.body), f"\n{label}"),
        *(language.name(each) if each else language.gettext(NOT_RECORDED) for each in three),
        language.day(due) if due else language.gettext(NOT_STATED),
    )


def _answers(owners: Sequence[OwnerStanding], language: Language) -> Iterator[Block]:
    for owner in owners:
        if owner.response_text:
            on = f", {language.day(owner.responded_on)}" if owner.responded_on else ""
            yield Paragraph((language.name(owner.body), on), "label")
            yield Paragraph(language.text(owner.response_text, owner.response_text_welsh))


def number(value: Number, language: Language) -> str:
    """Return a number, or its mark in square brackets."""
    return said.bracketed(value) if isinstance(value, Symbol) else language.number(value)


def _table(
    caption: str, heads: Sequence[str], rows: Sequence[tuple[Text, ...]], language: Language
) -> Table:
    """Return a table whose first column, which is read, is half as wide again as the others."""
    widths = (3, *(2 for _ in heads[1:]))
    return Table(
        language.gettext(caption), tuple(map(language.gettext, heads)), tuple(rows), widths
    )
