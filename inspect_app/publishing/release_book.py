"""The workbook of a release: a cover, contents, notes, marks and columns, then a table a sheet."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from data_model.vocabulary import Symbol
from inspect_app.publishing import release_words as said
from inspect_app.publishing.content import ReleaseContent, ReleaseMark
from inspect_app.publishing.csv_cells import one_line
from inspect_app.publishing.data_tables import TABLES
from inspect_app.publishing.described import Holds, Said, Table, heading
from inspect_app.publishing.stamp import SAYS
from inspect_app.workbooks.public_book import Book, Heading, Sheet, Value, book_bytes

PATHS = {"en": "data/workbook.en.xlsx", "cy": "data/workbook.cy.xlsx"}
WIDTHS = {
    Holds.TEXT: 44,
    Holds.CODE: 22,
    Holds.LIST: 24,
    Holds.DATE: 14,
    Holds.COUNT: 14,
    Holds.MEASURE: 14,
    Holds.YES_NO: 12,
}
COVER = Said("Cover", "Clawr")
CONTENTS = Said("Contents", "Cynnwys")
NOTES = Said("Notes", "Nodiadau")
MARKS = Said("Marks", "Marciau")
COLUMNS = Said("Columns", "Colofnau")
ONE_TABLE = Said("This sheet holds one table.", "Mae un tabl ar y daflen hon.")
EMPTY = Said("This release holds no row of it.", "Nid oes rhes ohono yn y datganiad hwn.")
ROW_IS = Said("One row is", "Un rhes yw")
WHAT_IT_IS = Said(
    "Every table of the release, to read and to compute with. "
    "The same rows stand as CSV beside it.",
    "Pob tabl yn y datganiad, i'w ddarllen ac i gyfrifo ag ef. "
    "Mae'r un rhesi'n sefyll fel CSV wrth ei ymyl.",
)
NOTE = Said("note", "nodyn")
YES_NO = {True: Said("yes", "ydy"), False: Said("no", "nac ydy")}


def workbook(content: ReleaseContent, mark: ReleaseMark, language: str) -> bytes:
    """Return the workbook of a release in a language (`en` or `cy`)."""
    tables = tuple(_table(table, content, mark, language) for table in TABLES)
    notes = _notes(content, language)
    front = (
        _cover(content, mark, language),
        _contents(tables, language),
        notes,
        _marks(language),
        _columns(language),
    )
    title = said.title(mark, language)
    return book_bytes(Book(title, said.PLACES[language], mark.made_on, (*front, *tables)))


def _cover(content: ReleaseContent, mark: ReleaseMark, language: str) -> Sheet:
    lines = (
        *([SAYS.to(language)] if mark.draft else []),
        said.made(mark, language),
        said.covers(content, language),
        WHAT_IT_IS.to(language),
        said.NEVER_ZERO.to(language),
        said.AS_PUBLISHED.to(language),
        said.INVENTED.to(language),
        said.NEVER_CHANGED.to(language),
        f"SHA-256: {mark.content_hash}",
        said.LICENCE.to(language),
        *content.attributions,
    )
    return Sheet(COVER.to(language), said.title(mark, language), lines)


def _contents(tables: Sequence[Sheet], language: str) -> Sheet:
    fixed = (
        (NOTES, Said("Notes on the tables", "Nodiadau ar y tablau")),
        (MARKS, Said("What each mark means", "Ystyr pob marc")),
        (COLUMNS, Said("What each column holds", "Yr hyn y mae pob colofn yn ei ddal")),
    )
    rows = [
        *((name.to(language), about.to(language)) for name, about in fixed),
        *((sheet.name, sheet.title) for sheet in tables),
    ]
    heads = (Said("Sheet", "Taflen"), Said("What it holds", "Yr hyn y mae'n ei ddal"))
    return _listed(CONTENTS, heads, rows, language, link_column=0)


def _notes(content: ReleaseContent, language: str) -> Sheet:
    texts = [*(each.to(language) for each in _all_notes()), content.protection]
    rows = [(_note(number, language), text) for number, text in enumerate(texts, start=1)]
    return _listed(NOTES, (Said("Note", "Nodyn"), Said("Text", "Testun")), rows, language)


def _marks(language: str) -> Sheet:
    rows = [(said.bracketed(each), Said(each.english, each.welsh).to(language)) for each in Symbol]
    heads = (Said("Mark", "Marc"), Said("What it means", "Ei ystyr"))
    return _listed(MARKS, heads, rows, language)


def _columns(language: str) -> Sheet:
    rows = [
        (
            table.short.to(language),
            heading(each, table.fields, language),
            each.name,
            each.meaning.to(language),
            each.unit.to(language) if each.unit else said.bracketed(Symbol.NOT_APPLICABLE),
        )
        for table in TABLES
        for each in table.fields
    ]
    heads = (
        Said("Sheet", "Taflen"),
        Said("Column", "Colofn"),
        Said("Its name in the CSV", "Ei henw yn y CSV"),
        Said("What it holds", "Yr hyn y mae'n ei ddal"),
        Said("Unit", "Uned"),
    )
    return _listed(COLUMNS, heads, rows, language)


def _listed(
    name: Said,
    heads: Iterable[Said],
    rows: Sequence[Sequence[Value]],
    language: str,
    link_column: int | None = None,
) -> Sheet:
    headings = tuple(
        Heading(each.to(language), _width(str(row[place]) for row in rows))
        for place, each in enumerate(heads)
    )
    title, lines = name.to(language), (ONE_TABLE.to(language),)
    return Sheet(title, title, lines, headings, rows, link_column)


def _width(texts: Iterable[str]) -> int:
    return min(max(20, *(len(text) * 6 // 5 for text in texts)), 100)


def _table(table: Table, content: ReleaseContent, mark: ReleaseMark, language: str) -> Sheet:
    rows = [
        tuple(_value(row[each.name], language) for each in table.fields)
        for row in table.records(content, mark)
    ]
    name, title = table.short.to(language), table.title.to(language)
    row_is = f"{ROW_IS.to(language)} {table.row.to(language)}."
    if not rows:
        return Sheet(name, title, (row_is, EMPTY.to(language)))
    notes = " ".join(_note(_all_notes().index(each) + 1, language) for each in table.notes)
    lines = (f"{ONE_TABLE.to(language)} {row_is}", f"{NOTES.to(language)}: {notes}")
    headings = tuple(
        Heading(heading(each, table.fields, language), WIDTHS[each.holds]) for each in table.fields
    )
    return Sheet(name, title, lines if notes else lines[:1], headings, rows)


def _value(value: object, language: str) -> Value:
    """Return a value as a cell holds it; a mark stands in square brackets."""
    if isinstance(value, bool):
        return YES_NO[value].to(language)
    if isinstance(value, int | float | date):
        return value
    if value is None or isinstance(value, Symbol):
        return said.bracketed(value or Symbol.NOT_APPLICABLE)
    text = one_line(value)
    return text if text != Symbol.NOT_APPLICABLE.value else f"[{text}]"


def _note(number: int, language: str) -> str:
    return f"[{NOTE.to(language)} {number}]"


def _all_notes() -> list[Said]:
    return list(dict.fromkeys(_notes_of_tables()))


def _notes_of_tables() -> Iterator[Said]:
    for table in TABLES:
        yield from table.notes
