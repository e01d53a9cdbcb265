"""The workbook of a release: a cover, contents, notes, marks and columns, then a table a sheet."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date

from data_model.vocabulary import Symbol
from inspect_app.publishing import release_words as said
from inspect_app.publishing.content import ReleaseContent, ReleaseMark
from inspect_app.publishing.csv_cells import one_line
from inspect_app.publishing.data_tables import TABLES
from inspect_app.publishing.described import Column, Holds, Said, Table, heading
from inspect_app.publishing.language import LANGUAGES, Language
from inspect_app.publishing.marking import later
from inspect_app.publishing.paper import plain
from inspect_app.publishing.stamp import SAYS
from inspect_app.workbooks.public_book import Book, Heading, Sheet, Value, book_bytes

PATHS = {each: f"data/workbook.{each.code}.xlsx" for each in LANGUAGES}
WIDTHS = {
    Holds.TEXT: 44,
    Holds.CODE: 22,
    Holds.LIST: 24,
    Holds.DATE: 14,
    Holds.COUNT: 14,
    Holds.MEASURE: 14,
    Holds.YES_NO: 12,
}
WORDED = frozenset({Holds.TEXT, Holds.LIST})
PERIOD = "period"
JOINED = frozenset({"inspecting_body", "inspected_body"})
SEPARATOR = "; "
"""What stands between the bodies of a joint inspection."""
COVER = later("Cover")
CONTENTS = later("Contents")
NOTES = later("Notes")
MARKS = later("Marks")
COLUMNS = later("Columns")
ONE_TABLE = later("This sheet holds one table.")
EMPTY = later("This release holds no row of it.")
ROW_IS = later("One row is:")
WHAT_IT_IS = later(
    "Every table of the release, to read and to compute with. The same rows stand as CSV beside it."
)
NOTE = later("note")
YES_NO = {True: later("yes"), False: later("no")}
SHEET, HOLDS, COLUMN = later("Sheet"), later("What it holds"), later("Column")


def workbook(content: ReleaseContent, mark: ReleaseMark, language: Language) -> bytes:
    """Return the workbook of a release in a language."""
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
    return book_bytes(Book(title, language.tag, mark.made_on, (*front, *tables)))


def _cover(content: ReleaseContent, mark: ReleaseMark, language: Language) -> Sheet:
    lines = (
        *([language.gettext(SAYS)] if mark.draft else []),
        said.made(mark, language),
        plain(said.covers(content, language)),
        language.gettext(WHAT_IT_IS),
        language.gettext(said.NEVER_ZERO),
        language.gettext(said.AS_PUBLISHED),
        language.gettext(said.INVENTED),
        language.gettext(said.NEVER_CHANGED),
        f"SHA-256: {mark.content_hash}",
        language.gettext(said.LICENCE),
        *content.attributions,
    )
    return Sheet(language.gettext(COVER), said.title(mark, language), lines)


def _contents(tables: Sequence[Sheet], language: Language) -> Sheet:
    fixed = (
        (NOTES, later("Notes on the tables")),
        (MARKS, later("What each mark means")),
        (COLUMNS, later("What each column holds")),
    )
    rows = [
        *((language.gettext(name), language.gettext(about)) for name, about in fixed),
        *((sheet.name, sheet.title) for sheet in tables),
    ]
    heads = (SHEET, HOLDS)
    return _listed(CONTENTS, heads, rows, language, link_column=0)


def _notes(content: ReleaseContent, language: Language) -> Sheet:
    texts = [
        *(each.to(language) for each in _all_notes()),
        plain(language.text(content.protection)),
    ]
    rows = [(_note(number, language), text) for number, text in enumerate(texts, start=1)]
    return _listed(NOTES, (later("Note"), later("Text")), rows, language)


def _marks(language: Language) -> Sheet:
    rows = [(said.bracketed(each), language.word(each.english)) for each in Symbol]
    heads = (later("Mark"), later("What it means"))
    return _listed(MARKS, heads, rows, language)


def _columns(language: Language) -> Sheet:
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
        SHEET,
        COLUMN,
        later("Its name in the CSV"),
        HOLDS,
        later("Unit"),
    )
    return _listed(COLUMNS, heads, rows, language)


def _listed(
    name: str,
    heads: Iterable[str],
    rows: Sequence[Sequence[Value]],
    language: Language,
    link_column: int | None = None,
) -> Sheet:
    headings = tuple(
        Heading(language.gettext(each), _width(str(row[place]) for row in rows))
        for place, each in enumerate(heads)
    )
    title, lines = language.gettext(name), (language.gettext(ONE_TABLE),)
    return Sheet(title, title, lines, headings, rows, link_column)


def _width(texts: Iterable[str]) -> int:
    return min(max(20, *(len(text) * 6 // 5 for text in texts)), 100)


def _table(table: Table, content: ReleaseContent, mark: ReleaseMark, language: Language) -> Sheet:
    spoken = [(each, _spoken(each, table, language)) for each in table.fields]
    rows = [
        tuple(_value(said(row[each.name]), language) for each, said in spoken)
        for row in table.records(content, mark)
    ]
    name, title = table.short.to(language), table.title.to(language)
    row_is = f"{language.gettext(ROW_IS)} {table.row.to(language)}."
    if not rows:
        return Sheet(name, title, (row_is, language.gettext(EMPTY)))
    notes = " ".join(_note(_all_notes().index(each) + 1, language) for each in table.notes)
    lines = (f"{language.gettext(ONE_TABLE)} {row_is}", f"{language.gettext(NOTES)}: {notes}")
    headings = tuple(
        Heading(heading(each, table.fields, language), WIDTHS[each.holds]) for each in table.fields
    )
    return Sheet(name, title, lines if notes else lines[:1], headings, rows)


def _spoken(column: Column, table: Table, language: Language) -> Callable[[object], object]:
    """Return what a language makes of the words of a column; its codes and quotations stay.

    A column that has its Welsh in a column beside it stays in the language it was written in.
    """
    beside = {each.name for each in table.fields}
    if column.holds not in WORDED or f"{column.name}_welsh" in beside:
        return lambda value: value
    say = language.period_text if column.name == PERIOD else language.word
    return lambda value: _in_words(value, say, column.name in JOINED)


def _in_words(value: object, say: Callable[[str], str], joined: bool) -> object:  # noqa: FBT001
    if isinstance(value, Symbol) or not isinstance(value, str | tuple):
        return value
    if isinstance(value, tuple):
        return tuple(say(each) for each in value)
    return SEPARATOR.join(map(say, value.split(SEPARATOR))) if joined else say(value)


def _value(value: object, language: Language) -> Value:
    """Return a value as a cell holds it; a mark stands in square brackets."""
    if isinstance(value, bool):
        return language.gettext(YES_NO[value])
    if isinstance(value, int | float | date):
        return value
    if value is None or isinstance(value, Symbol):
        return said.bracketed(value or Symbol.NOT_APPLICABLE)
    text = one_line(value)
    return text if text != Symbol.NOT_APPLICABLE.value else f"[{text}]"


def _note(number: int, language: Language) -> str:
    return f"[{language.gettext(NOTE)} {number}]"


def _all_notes() -> list[Said]:
    return list(dict.fromkeys(_notes_of_tables()))


def _notes_of_tables() -> Iterator[Said]:
    for table in TABLES:
        yield from table.notes
