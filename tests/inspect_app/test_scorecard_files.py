"""A scorecard as a board paper and a workbook: as its page says it, readable aloud, no secret."""

import io
import re
from collections.abc import Callable, Iterator
from itertools import pairwise

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from sqlalchemy import select

from data_model.forms import BoardDecisionForm, checked
from data_model.records import CaseFile
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.publishing.paper import (
    Block,
    Heading,
    Items,
    Paper,
    Paragraph,
    Picture,
    Table,
    plain,
    words_in,
)
from inspect_app.services import board_words, boards, people, scorecard_files
from inspect_app.services.board_periods import point_period
from inspect_app.services.board_reading import BoardReading, reading
from inspect_app.services.scorecard_annex import ABOUT, ANNEX, DRAWN
from inspect_app.services.scorecard_paper import NEWEST
from inspect_app.signed_in import SignedIn
from metrics.indicator import Group
from metrics.outcome import in_words
from tests.inspect_app.test_board_papers import streams, texts
from tests.support.cast import ADMINISTRATOR
from tests.support.looking import every_row_of
from tests.support.samples import Template

SignIn = Callable[[str], SignedIn]
Make = Callable[..., bytes]
BOARD, PUBLISHER, ELSEWHERE = "patrick-board", "samira-publisher", "harpreet-director"
DURHAM, ALDERMERE, CWM_HELYG = "E06000047", "X06000001", "X06000003"
PERIOD = "2026-Q3"
UNPUBLISHED = "45 of 93"
RISKY = "=HYPERLINK(1) \u0007and <b>more</b>, to be read by the board"
MAKES = (scorecard_files.word, scorecard_files.pdf, scorecard_files.excel)
every_kind = pytest.mark.parametrize("make", MAKES)


@pytest.fixture(scope="module")
def here(sqlite_samples: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignIn]:
    """Sign people in where a decision holds what a program would run."""
    file = tmp_path_factory.mktemp("scorecards") / "scorecards.db"
    with sqlite_samples.copied(f"sqlite:///{file.as_posix()}") as database:
        form = checked(BoardDecisionForm, {"text": RISKY})
        board = people.sign_in(BOARD, database)
        boards.decide(ALDERMERE, PERIOD, "rhi-offered", form, by=board)
        yield lambda code: people.sign_in(code, database)


@pytest.fixture(scope="module")
def held(here: SignIn) -> BoardReading:
    """What the papers are of."""
    return reading(ALDERMERE, PERIOD, by=here(BOARD))


@pytest.fixture(scope="module")
def paper(here: SignIn) -> Paper:
    """The paper as it is drawn."""
    return scorecard_files.paper(ALDERMERE, PERIOD, by=here(BOARD))


@pytest.fixture(scope="module")
def document(here: SignIn) -> WordDocument:
    """The paper as Word opens it."""
    return Document(io.BytesIO(scorecard_files.word(ALDERMERE, PERIOD, by=here(BOARD))))


@pytest.fixture(scope="module")
def drawn(here: SignIn) -> str:
    """Everything that the PDF holds."""
    return streams(scorecard_files.pdf(ALDERMERE, PERIOD, by=here(BOARD)))


@pytest.fixture(scope="module")
def book(here: SignIn) -> Workbook:
    """The workbook as it is opened again."""
    data = scorecard_files.excel(ALDERMERE, PERIOD, by=here(BOARD))
    return load_workbook(io.BytesIO(data))


def cells(book: Workbook) -> set[str]:
    """Return every text of a workbook."""
    return {
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
    }


def test_a_paper_has_the_pages_sections_in_its_order(document: WordDocument) -> None:
    headings = [
        paragraph.text
        for paragraph in document.paragraphs
        if paragraph.style is not None and paragraph.style.name == "Heading 1"
    ]
    assert tuple(headings) == (*board_words.SECTIONS[:-1], NEWEST, ANNEX)


def test_the_annex_begins_on_a_new_page_and_says_what_it_is(
    paper: Paper, document: WordDocument
) -> None:
    at = next(i for i, b in enumerate(paper.blocks) if isinstance(b, Heading) and b.new_page)
    assert paper.blocks[at] == Heading(1, ANNEX, new_page=True)
    assert paper.blocks[at + 1] == Paragraph(ABOUT)
    new = [p.text for p in document.paragraphs if p.paragraph_format.page_break_before]
    assert new == [ANNEX]


def summary(paper: Paper) -> tuple[Block, ...]:
    """Return the blocks before the annex."""
    at = next(i for i, b in enumerate(paper.blocks) if isinstance(b, Heading) and b.new_page)
    return paper.blocks[:at]


def test_what_a_board_reads_before_the_annex_is_read_in_five_minutes(
    paper: Paper, held: BoardReading
) -> None:
    first = summary(paper)
    said = " ".join(text for block in first for text in words_in(block))
    prose = [text for b in first if not isinstance(b, Table) for text in words_in(b)]
    assert len(" ".join(prose).split()) < 1_700
    tables = [block for block in first if isinstance(block, Table)]
    assert [table.caption for table in tables] == [board_words.DECIDED, NEWEST]
    assert len(tables[1].rows) == len(held.newest)
    assert "too few points to say whether" in said
    assert said.count("too few points") <= 3
    assert said.count("not published yet") == 1
    assert said.count("As things stand on") == 2


def test_lines_with_only_a_mark_are_a_sentence_and_never_rows(
    paper: Paper, held: BoardReading
) -> None:
    marked = [each for each in held.entries if each not in held.figures]
    assert len(marked) > 10
    cells = {
        cell for b in paper.blocks if isinstance(b, Table) for row in b.rows for cell in row[:1]
    }
    for each in marked:
        assert each.signed not in cells
        assert f"{each.name}, {each.period}: Not available" in paper.said


def test_the_annex_has_at_most_one_table_of_figures_a_group(paper: Paper) -> None:
    tables = [b.caption for b in paper.blocks[len(summary(paper)) :] if isinstance(b, Table)]
    assert len(tables) == len(set(tables)) <= len(Group) + 1


def test_figures_in_parts_stand_in_the_annex_and_in_the_workbook(
    paper: Paper, book: Workbook, held: BoardReading
) -> None:
    for each in held.apart:
        assert each.says in paper.said
    head, *rows = book["Parts"].iter_rows(values_only=True)
    assert len(rows) == sum(len(each.parts) for each in held.apart)
    first = [
        dict(zip(head, row, strict=True)) for row in rows if str(row[4]).startswith("Ethnicity")
    ]
    unknown = next(row for row in first if row["Part"] == "Not recorded")
    assert (unknown["Indicator"], unknown["Count"]) == (held.apart[0].line.title, 15)


def test_a_paper_says_its_title_its_author_and_its_language(document: WordDocument) -> None:
    title = "Scorecard: Aldermere (invented), July to September 2026"
    about = document.core_properties
    assert (about.title, document.paragraphs[0].text, about.language) == (title, title, "en-GB")
    assert "Patrick Doyle" in about.author


def test_every_table_of_a_paper_has_a_name_and_a_header_row_that_repeats(
    document: WordDocument,
) -> None:
    assert len(document.tables) >= 10
    for table in document.tables:
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        first, *rest = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert rest
        assert all(cell.text for cell in first.cells)


def test_a_paper_says_what_was_read(document: WordDocument, held: BoardReading) -> None:
    said = texts(document)
    whole = "\n".join(said)
    for change in held.changed.found:
        assert f"{change.name}: {change.says}" in whole
    for each in held.contradicted.found:
        assert each.found.says in whole
    for late in held.overdue.late:
        assert all(answer in whole for answer in board_words.late_answers(late))
    for entry in held.figures:
        assert entry.signed in said
    for entry in held.entries:
        assert entry.counted in whole
    for question in held.asked.questions:
        assert question.in_words in whole
        assert all(found.says in whole for found in question.found)
    assert "=HYPERLINK(1) and <b>more</b>, to be read by the board" in said


def test_under_every_drawing_stand_its_figures_in_words(paper: Paper, held: BoardReading) -> None:
    pictures = [at for at, block in enumerate(paper.blocks) if isinstance(block, Picture)]
    assert len(pictures) == len(held.series) > 1
    order = [series for group in Group for series in held.series if series.group is group]
    for at, series in zip(pictures, order, strict=True):
        said = paper.blocks[at + 1]
        assert isinstance(said, Paragraph)
        assert all(in_words(point.outcome) in plain(said.text) for point in series.points)


def test_word_draws_what_the_pdf_draws_with_its_text_alternative(
    paper: Paper, document: WordDocument
) -> None:
    pictures = [block for block in paper.blocks if isinstance(block, Picture)]
    drawn = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert drawn == [picture.instead for picture in pictures]
    assert DRAWN in paper.said


def test_a_paper_without_a_drawing_says_nothing_of_drawings(here: SignIn) -> None:
    held = scorecard_files.paper(CWM_HELYG, by=here(BOARD))
    assert not any(isinstance(block, Picture) for block in held.blocks)
    assert DRAWN not in held.said


def test_headings_of_a_paper_leave_out_no_level_and_no_block_is_empty(
    paper: Paper, here: SignIn
) -> None:
    for each in (paper, scorecard_files.paper(CWM_HELYG, by=here(BOARD))):
        levels = [block.level for block in each.blocks if isinstance(block, Heading)]
        assert levels[0] == 0
        assert all(after <= before + 1 for before, after in pairwise(levels))
        assert all(block.rows for block in each.blocks if isinstance(block, Table))
        assert all(block.texts for block in each.blocks if isinstance(block, Items))


def test_a_pdf_is_tagged_with_its_lists_tables_and_what_stands_for_a_drawing(drawn: str) -> None:
    assert "<pdfuaid:part>1</pdfuaid:part>" in drawn
    assert re.search(r"/Lang\s*\(en-GB\)", drawn)
    tags = ("/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/LI", "/Figure", "/Alt")
    assert [tag for tag in tags if tag not in drawn] == []


def test_the_same_scorecard_of_the_same_day_has_the_same_bytes(here: SignIn) -> None:
    by = here(BOARD)
    for make in (scorecard_files.pdf, scorecard_files.word):
        assert make(DURHAM, by=by) == make(DURHAM, by=by)


def test_a_workbook_has_a_cover_and_one_plain_table_on_each_sheet(book: Workbook) -> None:
    assert book.sheetnames == [
        "Start here",
        "Read first",
        "Overdue",
        "Questions",
        "Checks",
        "Decisions",
        "Indicators",
        "Parts",
        "Over time",
    ]
    cover, *sheets = book.worksheets
    said = [str(cell.value) for (cell,) in cover.iter_rows()]
    assert (
        said[0]
        == book.properties.title
        == "Scorecard: Aldermere (invented), July to September 2026"
    )
    assert "Nothing to list, and so without a sheet: Neighbours, Without a figure." in said
    assert [name for name in book.sheetnames[1:] if not any(name + ":" in s for s in said)] == []
    assert book.properties.language == "en-GB"
    for sheet in sheets:
        (table,) = sheet.tables.values()
        assert table.ref == sheet.dimensions
        assert sheet.freeze_panes == "B2"
        assert not sheet.merged_cells.ranges
        assert all(cell.value for cell in sheet[1])


def test_a_workbook_holds_numbers_as_numbers_and_runs_nothing(
    book: Workbook, held: BoardReading
) -> None:
    head, *rows = book["Indicators"].iter_rows(values_only=True)
    found = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert len(rows) == len(held.entries)
    offered = found["Return home interviews offered"]
    assert (offered["Count"], offered["Out of"]) == (93, 103)
    assert offered["Share, rate or stated number"] == pytest.approx(90.29, abs=0.01)
    assert offered["Unit of it"] == "percent"
    entry = next(each for each in held.entries if each.line.indicator == "rhi-offered")
    assert offered["What may be said of its series"] == entry.says
    every = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in every if cell.data_type == "f"] == []
    risky = [cell for cell in every if str(cell.value).startswith("=HYPERLINK")]
    assert len(risky) == 1
    assert risky[0].quotePrefix


def test_over_time_has_every_point_of_every_series(book: Workbook, held: BoardReading) -> None:
    periods = [row[3] for row in book["Over time"].iter_rows(min_row=2, values_only=True)]
    assert periods == [point_period(each, p) for each in held.series for p in each.points]
    assert "April to June 2026 (Quarter 1 of 2026/27)" in periods


def opened(make: Make, data: bytes) -> str:
    """Return every text of a paper or a workbook, opened again."""
    if make is scorecard_files.word:
        return "\n".join(texts(Document(io.BytesIO(data))))
    return "\n".join(cells(load_workbook(io.BytesIO(data))))


@pytest.mark.parametrize("make", [scorecard_files.word, scorecard_files.excel])
def test_figures_and_decisions_that_somebody_may_not_see_are_in_no_file(
    here: SignIn, make: Make
) -> None:
    decided = "to be read by the board"
    for person, figures, decisions in (
        (BOARD, True, True),
        (PUBLISHER, True, False),
        (ELSEWHERE, False, False),
    ):
        said = opened(make, make(ALDERMERE, PERIOD, by=here(person)))
        assert (UNPUBLISHED in said, decided in said) == (figures, decisions), person


def test_the_pdf_is_drawn_from_what_the_person_may_see(here: SignIn) -> None:
    for person, seen in ((BOARD, True), (PUBLISHER, True), (ELSEWHERE, False)):
        content = scorecard_files.paper(ALDERMERE, PERIOD, by=here(person))
        assert (UNPUBLISHED in content.said) is seen
        assert ("to be read by the board" in content.said) is (person == BOARD)


@every_kind
def test_no_file_names_a_case(here: SignIn, make: Make) -> None:
    by = here("priya-lead")
    with by.reading() as session:
        references = set(session.scalars(select(CaseFile.reference)))
    assert references
    data = make(ALDERMERE, PERIOD, by=by)
    said = streams(data) if make is scorecard_files.pdf else opened(make, data)
    assert [each for each in references if each in said] == []


def test_a_text_with_the_reference_of_a_case_keeps_every_file_from_being_written(
    signed_in: SignIn,
) -> None:
    board = signed_in(BOARD)
    with every_row_of(board.database).reading() as session:
        reference = session.scalars(select(CaseFile.reference)).first() or ""
    form = checked(BoardDecisionForm, {"text": f"Look at {reference.lower()} again."})
    boards.decide(ALDERMERE, PERIOD, "rhi-offered", form, by=board)
    for make in MAKES:
        with pytest.raises(Refusal, match="the reference of a child's case") as refused:
            make(ALDERMERE, PERIOD, by=board)
        assert reference.lower() not in str(refused.value.summary).lower()
        assert make(ALDERMERE, PERIOD, by=signed_in(PUBLISHER))


@every_kind
def test_a_file_of_an_area_of_which_nothing_is_kept_says_so(here: SignIn, make: Make) -> None:
    assert make(CWM_HELYG, by=here(BOARD))
    said = scorecard_files.paper(CWM_HELYG, by=here(BOARD)).said
    assert "No figure of this area is kept here by this quarter" in said
    assert "Could not be checked: none of 5 checks had two accounts to compare." in said


@every_kind
def test_a_file_is_refused_where_a_scorecard_is(here: SignIn, make: Make) -> None:
    with pytest.raises(NotAllowed):
        make(DURHAM, by=here(ADMINISTRATOR))
    with pytest.raises(NotFound):
        make("Atlantis", by=here(BOARD))


def test_a_file_is_named_by_its_area_and_its_quarter_or_day(here: SignIn) -> None:
    by = here(BOARD)
    name = scorecard_files.file_name
    assert name(DURHAM, "2020-Q1", "pdf", by=by) == "scorecard-E06000047-2020-Q1.pdf"
    assert name(DURHAM, None, "docx", by=by) == f"scorecard-E06000047-{by.today}.docx"
