"""Board papers and workbooks: decisions first, claimed beside shown, and no secret in them."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from openpyxl import load_workbook
from sqlalchemy import select

from data_model.forms import ActionForm, NoteForm, StepForm
from data_model.records import CaseFile
from data_model.vocabulary import Closing, Delivery, NoteKind
from inspect_app.errors import NotAllowed, Refusal
from inspect_app.publishing.board_paper import BoardPaper, blocks
from inspect_app.publishing.paper import Heading, Table, words_in
from inspect_app.services import actions, answers_file, board_papers, people, steps
from inspect_app.services.recommendation_list import Wanted, every
from inspect_app.services.recommendation_stands import Stands
from inspect_app.services.steps import Which
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis
from tests.inspect_app.test_plan_intake import BODY, DIRECTOR, R31, R32, THEIRS, WAITING, asked
from tests.support.samples import Template

VERIFIER = "ruth-verifier"
OWN = Wanted(own=True)
SignIn = Callable[[str], SignedIn]
Make = Callable[..., bytes]
AHEAD = date(2030, 1, 1)
RISKY = "=HYPERLINK(1) \u0007and <b>more</b>"


@pytest.fixture(scope="module")
def here(sqlite_samples: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignIn]:
    """Sign people in where one answer is claimed complete, and one action is put back."""
    file = tmp_path_factory.mktemp("papers") / "papers.db"
    with sqlite_samples.copied(f"sqlite:///{file.as_posix()}") as database:
        signed_in = asked(lambda code: people.sign_in(code, database))
        by = signed_in(DIRECTOR)
        form = ActionForm(action=RISKY, owner_role="Head of service", due_on=date(2027, 1, 31))
        actions.add(R31, BODY, form, by=by)
        for to in (Delivery.IN_PROGRESS, Delivery.CLAIMED):
            steps.step(Which(R31, BODY), Axis.DELIVERY, StepForm(to=to), by=by)
        yield signed_in


@pytest.fixture(scope="module")
def paper(here: SignIn) -> BoardPaper:
    """The director's own paper."""
    return board_papers.paper(OWN, by=here(DIRECTOR))


@pytest.fixture(scope="module")
def document(here: SignIn) -> WordDocument:
    """The director's own paper as Word opens it."""
    return Document(io.BytesIO(board_papers.word(OWN, by=here(DIRECTOR))))


@pytest.fixture(scope="module")
def drawn(here: SignIn) -> bytes:
    """The director's own paper as a PDF."""
    return board_papers.pdf(OWN, by=here(DIRECTOR))


def texts(document: WordDocument) -> list[str]:
    """Return every text of a document: its paragraphs, then its cells."""
    cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    return [paragraph.text for paragraph in document.paragraphs] + cells


def streams(drawn: bytes) -> str:
    """Return everything that a PDF holds, with its streams unpacked."""
    found = [drawn]
    for part in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", drawn, re.DOTALL):
        try:
            found.append(zlib.decompress(part))
        except zlib.error:
            continue
    return "\n".join(each.decode("latin-1") for each in found)


def test_decisions_come_first_then_claimed_and_shown_side_by_side(document: WordDocument) -> None:
    headings = [
        paragraph.text
        for paragraph in document.paragraphs
        if paragraph.style is not None and paragraph.style.name == "Heading 1"
    ]
    assert headings == [
        "What needs a decision first",
        "Claimed and shown, side by side",
        "Each recommendation",
        "Actions",
    ]
    title = document.paragraphs[0]
    assert title.style is not None
    assert title.style.name == "Title"
    assert "Aldermere Council" in title.text


def test_what_is_claimed_and_what_is_shown_stand_in_columns_of_their_own(
    paper: BoardPaper, here: SignIn
) -> None:
    table = next(b for b in blocks(paper) if isinstance(b, Table) and "side by side" in b.caption)
    assert table.headings[2:] == ("Claimed complete", "Effect shown", "Days between")
    rows = {row[0]: row for row in table.rows}
    assert rows[R31][2:] == (_day(here(DIRECTOR).today), "Not shown", "0 so far")
    assert rows[R32][2:] == ("Not claimed", "Not shown", "–")


def _day(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def test_every_table_has_a_header_row_that_repeats_a_name_and_no_row_that_breaks(
    document: WordDocument,
) -> None:
    assert document.tables
    for table in document.tables:
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        first, *rest = table.rows
        assert first._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:tblHeader")) is None for row in rest)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        assert all(cell.text for cell in first.cells)


def test_a_document_says_its_title_its_author_and_its_language(
    document: WordDocument, here: SignIn
) -> None:
    about = document.core_properties
    assert about.title == document.paragraphs[0].text
    assert about.language == "en-GB"
    assert here(DIRECTOR).name in about.author
    languages = {each.get(qn("w:val")) for each in document.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_a_paper_says_what_the_list_says(document: WordDocument, here: SignIn) -> None:
    lines = every(OWN, by=here(DIRECTOR))
    whole = "\n".join(texts(document))
    assert len(lines) > 5
    for line in lines:
        assert line.code in whole
        assert line.label in whole
    assert "%" not in whole


def test_no_control_character_and_no_markup_of_a_text_reaches_word(
    document: WordDocument, here: SignIn
) -> None:
    assert "=HYPERLINK(1) and <b>more</b>" in texts(document)
    data = board_papers.word(OWN, by=here(DIRECTOR))
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        body = parts.read("word/document.xml").decode()
    assert "&lt;b&gt;more" in body
    assert "HYPERLINK" not in re.sub(r"<w:t[ >].*?</w:t>", "", body)


def test_a_pdf_is_tagged_and_says_that_it_can_be_read_aloud(drawn: bytes) -> None:
    assert drawn.startswith(b"%PDF-")
    said = streams(drawn)
    assert "/StructTreeRoot" in said
    assert re.search(r"/MarkInfo\s*<<\s*/Marked true", said)
    assert re.search(r"/Lang\s*\(en-GB\)", said)
    assert re.search(r"<pdfuaid:part>1</pdfuaid:part>", said)
    assert {kind for kind in ("/H1", "/H2", "/Table", "/TH", "/TD") if kind not in said} == set()


def test_the_same_paper_of_the_same_day_has_the_same_bytes(here: SignIn, drawn: bytes) -> None:
    by = here(DIRECTOR)
    assert board_papers.pdf(OWN, by=by) == drawn
    later = replace(by, clock=lambda: datetime.now(UTC) + timedelta(seconds=5))
    if later.today == by.today:
        assert board_papers.pdf(OWN, by=later) == drawn
    assert board_papers.word(OWN, by=by) == board_papers.word(OWN, by=by)


def test_a_paper_is_of_its_own_day(here: SignIn, paper: BoardPaper) -> None:
    by = here(DIRECTOR)
    next_year = replace(by, clock=lambda: datetime.now(UTC) + timedelta(days=365))
    later = board_papers.paper(OWN, by=next_year)
    assert later.as_of - paper.as_of == timedelta(days=365)
    waiting = {d.heading: len(d.waiting) for d in later.decisions}
    before = {d.heading: len(d.waiting) for d in paper.decisions}
    assert waiting[Stands.OVERDUE] >= before[Stands.OVERDUE]
    claimed = next(a for x in later.asked if x.code == R31 for a in x.answers)
    assert claimed.days == 365


def test_a_decision_waits_longest_first_and_only_for_what_the_paper_is_about(
    here: SignIn,
) -> None:
    by = here(VERIFIER)
    whole = board_papers.paper(Wanted(), by=by)
    for decision in whole.decisions:
        days = [each.since or date.max for each in decision.waiting]
        assert days == sorted(days)
    late = next(each for each in whole.decisions if each.heading == Stands.LATE)
    assert WAITING in {each.code for each in late.waiting}
    narrow = board_papers.paper(Wanted(stands=Stands.LATE), by=by)
    about = {(asked.code, answer.body) for asked in narrow.asked for answer in asked.answers}
    told = {(one.code, one.body) for each in narrow.decisions for one in each.waiting}
    assert told
    assert told <= about


def test_a_narrowed_paper_says_what_it_was_narrowed_by(here: SignIn) -> None:
    by = here(VERIFIER)
    narrow = board_papers.paper(Wanted(stands=Stands.LATE, theme="T3"), by=by)
    assert f"“{Stands.LATE.value}”" in narrow.about
    assert "the theme “" in narrow.about
    assert "Only" not in board_papers.paper(Wanted(), by=by).about


def test_of_what_is_not_followed_here_nothing_is_said_to_be_missing(here: SignIn) -> None:
    whole = board_papers.paper(Wanted(), by=here(VERIFIER))
    table = next(b for b in blocks(whole) if isinstance(b, Table) and "side by side" in b.caption)
    unknown = {asked.code for asked in whole.asked if not asked.answers[0].followed}
    assert "IICSA-CSEN-R1" in unknown
    said = {cell for row in table.rows if row[0] in unknown for cell in row[2:]}
    assert said == {"Not known", "–"}


def referring(by: SignedIn) -> str:
    """Return the reference of a child's case."""
    with by.reading() as session:
        return session.scalars(select(CaseFile.reference)).first() or ""


@pytest.fixture(scope="module")
def leaking(
    sqlite_samples: Template, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SignedIn]:
    """A director who wrote a case's reference in an action, in small letters, and in a note."""
    file = tmp_path_factory.mktemp("leaking") / "leaking.db"
    with sqlite_samples.copied(f"sqlite:///{file.as_posix()}") as database:
        by = asked(lambda code: people.sign_in(code, database))(DIRECTOR)
        said = referring(by)
        form = ActionForm(action=f"Act on {said.lower()}", owner_role="Head", due_on=AHEAD)
        actions.add(R31, BODY, form, by=by)
        form = ActionForm(action="Act on the notes", owner_role="Head", due_on=AHEAD)
        number = actions.add(R32, BODY, form, by=by)
        actions.note(number, NoteForm(kind=NoteKind.PROGRESS, text=f"As in {said}."), by=by)
        yield by


@pytest.mark.parametrize("make", [board_papers.word, board_papers.pdf, board_papers.excel])
def test_a_paper_with_the_reference_of_a_case_is_refused_and_does_not_repeat_it(
    leaking: SignedIn, make: Make
) -> None:
    with pytest.raises(Refusal, match="the reference of a child's case") as refused:
        make(Wanted(own=True, words=R31), by=leaking)
    said = f"{refused.value.summary} {refused.value.advice}".lower()
    assert referring(leaking).lower() not in said


def test_a_reference_in_a_note_stops_the_workbook_that_would_hold_it_and_no_other(
    leaking: SignedIn,
) -> None:
    with pytest.raises(Refusal, match=r"the sheet (Actions|Notes)"):
        board_papers.excel(Wanted(own=True, words=R32), by=leaking)
    assert board_papers.paper(Wanted(own=True, words=R32), by=leaking).steps


def test_nothing_is_written_about_what_a_person_may_not_see(here: SignIn) -> None:
    seen = {line.code for line in every(Wanted(), by=here("harpreet-director"))}
    whole = {line.code for line in every(Wanted(), by=here(VERIFIER))}
    hidden = whole - seen
    assert hidden
    written = board_papers.paper(Wanted(), by=here("harpreet-director"))
    said = "\n".join(text for block in blocks(written) for text in words_in(block))
    assert [code for code in hidden if code in said] == []
    book = load_workbook(
        io.BytesIO(board_papers.excel(Wanted(), by=here("harpreet-director"))), read_only=True
    )
    cells = {str(c) for s in book for row in s.iter_rows(values_only=True) for c in row}
    assert cells & hidden == set()


def test_a_director_sees_no_answer_that_was_not_asked_for(paper: BoardPaper) -> None:
    assert {answer.body for asked in paper.asked for answer in asked.answers} == {
        "Aldermere Council (invented)"
    }
    assert THEIRS not in {asked.code for asked in paper.asked}


def test_a_paper_about_nothing_is_refused(here: SignIn) -> None:
    with pytest.raises(Refusal, match="no published recommendation"):
        board_papers.word(Wanted(words="no such words anywhere"), by=here(DIRECTOR))


def test_somebody_who_reads_no_recommendations_gets_no_paper(here: SignIn) -> None:
    for make in (board_papers.word, board_papers.pdf, board_papers.excel):
        with pytest.raises(NotAllowed):
            make(Wanted(), by=here("ben-administrator"))


def test_a_workbook_is_plain_tables_and_runs_nothing(here: SignIn) -> None:
    book = load_workbook(io.BytesIO(board_papers.excel(OWN, by=here(DIRECTOR))))
    assert book.sheetnames == [
        "Start here",
        "Recommendations",
        "Actions",
        "Notes",
        "Evidence",
        "History",
    ]
    assert book["Recommendations"].max_row == 1 + len(every(OWN, by=here(DIRECTOR)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    risky = [cell for cell in cells if str(cell.value).startswith("=HYPERLINK")]
    assert risky
    assert all(cell.quotePrefix for cell in risky)
    assert all(not sheet.merged_cells.ranges for sheet in book)


def test_a_list_as_csv_has_every_line_and_runs_nothing(here: SignIn) -> None:
    by = here(VERIFIER)
    said = answers_file.as_csv(Wanted(), by=by).decode("utf-8-sig")
    assert said.count("\r\n") == 1 + len(every(Wanted(), by=by))
    assert said.splitlines()[0].startswith("Code,Title,Kind,Body")
    assert not re.search(r"(^|,)\"?[=+@]", said, re.MULTILINE)


def test_a_closed_answer_is_said_to_be_closed_and_an_unknown_one_is_not_open(
    here: SignIn,
) -> None:
    book = load_workbook(io.BytesIO(board_papers.excel(Wanted(), by=here(VERIFIER))))
    rows = list(book["Recommendations"].iter_rows(values_only=True))
    closing, code = rows[0].index("Closing"), rows[0].index("Recommendation number")
    said = {(row[code], row[2]): row[closing] for row in rows[1:]}
    closed = {
        (line.code, line.body)
        for line in every(Wanted(stands=Stands.CLOSED), by=here(VERIFIER))
        if line.followed
    }
    assert closed
    assert {key for key, word in said.items() if word == Closing.CLOSED.english} == closed
    assert said[("IICSA-CSEN-R1", "UK Government")] == "Not known"


def test_a_paper_is_written_from_either_database(signed_in: SignIn) -> None:
    by = signed_in(VERIFIER)
    written = board_papers.paper(Wanted(), by=by)
    headings = [block.text for block in blocks(written) if isinstance(block, Heading)]
    assert headings[1] == "What needs a decision first"
    assert len(written.asked) == len({line.code for line in every(Wanted(), by=by)})


def test_a_file_is_named_by_whom_it_is_about_and_its_day(here: SignIn) -> None:
    by = here(DIRECTOR)
    assert board_papers.file_name(OWN, "docx", by=by) == f"recommendations-own-{by.today}.docx"
    named = board_papers.file_name(Wanted(body=BODY), "pdf", by=by)
    assert named == f"recommendations-{BODY}-{by.today}.pdf"
