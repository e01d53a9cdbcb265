"""A board paper as a Word document with real headings, header rows, a title and a language."""

import zipfile
from datetime import datetime, time
from functools import singledispatch
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Cell
from docx.text.paragraph import Paragraph as WordParagraph

from inspect_app.publishing.board_pdf import png
from inspect_app.publishing.paper import (
    Heading,
    Items,
    Paper,
    Paragraph,
    Picture,
    Table,
    Text,
    plain,
)
from inspect_app.workbooks.plain_text import cleaned

LANGUAGE = "en-GB"
FONT, SIZE, SMALL = "Arial", 10.5, 9
INK, HEAD, RULE = RGBColor(0x1D, 0x35, 0x57), "1D3557", "9AA3AF"
SIZES = {"Title": 22, "Heading 1": 15, "Heading 2": 12}
WIDTH = 17.0
"""The width between the margins of an A4 page, in centimetres."""

FIRST_DAY = (1980, 1, 1, 0, 0, 0)


def word(paper: Paper) -> bytes:
    """Return the paper as a .docx file; the same paper gives the same bytes."""
    document = Document()
    _prepare(document, paper)
    for block in paper.blocks:
        _draw(block, document)
    out = BytesIO()
    document.save(out)
    return _without_times(out.getvalue())


def _without_times(data: bytes) -> bytes:
    """Return a file whose parts do not say when they were written."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as held, zipfile.ZipFile(out, "w") as written:
        for name in held.namelist():
            part = zipfile.ZipInfo(name, FIRST_DAY)
            written.writestr(part, held.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _prepare(document: WordDocument, paper: Paper) -> None:
    about = document.core_properties
    about.title, about.author, about.language = (
        cleaned(plain(paper.title)),
        paper.prepared_by,
        LANGUAGE,
    )
    about.subject, about.comments = cleaned(paper.about), ""
    about.created = about.modified = datetime.combine(paper.as_of, time.min)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    _styles(document)
    _footer(section.footer.paragraphs[0], paper)


def _styles(document: WordDocument) -> None:
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)  # noqa: S101 - Word's own template has it
    normal.font.name, normal.font.size = FONT, Pt(SIZE)
    normal.paragraph_format.space_after = Pt(6)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    for name, size in SIZES.items():
        style = document.styles[name]
        assert isinstance(style, ParagraphStyle)  # noqa: S101 - Word's own template has it
        style.font.name, style.font.size, style.font.bold = FONT, Pt(size), True
        style.font.color.rgb = INK
        _one_font(style)
        style.paragraph_format.space_before = Pt(0 if name == "Title" else size)
        style.paragraph_format.space_after = Pt(6)
        style.paragraph_format.keep_with_next = True


def _one_font(style: ParagraphStyle) -> None:
    """Take the theme's font out of a heading: it would win over the one that is set."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _footer(footer: WordParagraph, paper: Paper) -> None:
    footer.add_run(f"{cleaned(plain(paper.title))}, page ").font.size = Pt(SMALL)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = footer.add_run()
        run.font.size = Pt(SMALL)
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)  # noqa: SLF001 - a field has no other way in


@singledispatch
def _draw(block: object, _document: WordDocument) -> None:
    raise TypeError(block)


@_draw.register
def _heading(block: Heading, document: WordDocument) -> None:
    heading = document.add_heading(cleaned(plain(block.text)), block.level)
    heading.paragraph_format.page_break_before = block.new_page


@_draw.register
def _paragraph(block: Paragraph, document: WordDocument) -> None:
    for text in cleaned(plain(block.text)).split("\n"):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = block.kind in {"label", "leads"}
        run = paragraph.add_run(text)
        run.bold = block.kind == "label"
        if block.kind == "note":
            run.font.size = Pt(SMALL)


@_draw.register
def _items(block: Items, document: WordDocument) -> None:
    for text in block.texts:
        document.add_paragraph(cleaned(plain(text)), style="List Bullet")


@_draw.register
def _picture(block: Picture, document: WordDocument) -> None:
    """Draw a picture with what stands for it where it is not seen."""
    document.add_picture(BytesIO(png(block.svg)), width=Cm(WIDTH))
    drawn = document.inline_shapes[-1]._inline.docPr  # noqa: SLF001 - no other way to its text
    drawn.set("descr", cleaned(block.instead))
    document.paragraphs[-1].paragraph_format.keep_with_next = True


@_draw.register
def _table(block: Table, document: WordDocument) -> None:
    table = document.add_table(1 + len(block.rows), len(block.headings))
    table.style = document.styles["Table Grid"]
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    _describe(table, block.caption)
    for at, (row, said) in enumerate(zip(table.rows, (block.headings, *block.rows), strict=True)):
        for cell, text in zip(row.cells, said, strict=True):
            _fill(cell, text, heading=at == 0)
    for column, share in zip(table.columns, block.widths, strict=True):
        column.width = Cm(WIDTH * share / sum(block.widths))
        for cell in column.cells:
            cell.width = column.width
    _repeat(table)
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _describe(table: WordTable, caption: str) -> None:
    """Give a table its name for those who do not see it, quiet lines, and a header row."""
    properties = table._tbl.tblPr  # noqa: SLF001 - python-docx has no other way to them
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "nil" if side in {"left", "right", "insideV"} else "single")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), RULE)
        borders.append(line)
    properties.append(borders)
    look = properties.find(qn("w:tblLook"))
    if look is not None:
        properties.remove(look)
        properties.append(look)
        look.set(qn("w:firstRow"), "1")
        look.set(qn("w:firstColumn"), "0")
    named = OxmlElement("w:tblCaption")
    named.set(qn("w:val"), cleaned(caption))
    properties.append(named)


def _repeat(table: WordTable) -> None:
    """Let the header row stand on each page, and no row break across two."""
    for number, row in enumerate(table.rows):
        properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - as above
        properties.append(OxmlElement("w:cantSplit"))
        if number == 0:
            properties.append(OxmlElement("w:tblHeader"))


def _fill(cell: _Cell, text: Text, *, heading: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.keep_with_next = heading
    run = paragraph.add_run(cleaned(plain(text)))
    run.font.size, run.bold = Pt(SMALL), heading
    if heading:
        run.font.color.rgb = RGBColor(0xFF, 0xFF, 0xFF)
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), HEAD)
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - as above
