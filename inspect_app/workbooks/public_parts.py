"""The parts that a workbook's file is made of, but for its cells (Office Open XML, ECMA-376)."""

from collections.abc import Iterable, Sequence
from datetime import date
from xml.sax.saxutils import escape, quoteattr

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"

TEXT, TITLE, LINE, HEAD, WHOLE, DECIMAL, DAY, RUNNING, LINK = range(9)
"""The styles of cells, in the order in which `STYLES` has them."""

_WRAPPED = '<alignment vertical="top" wrapText="1"/>'
_TOP = '<alignment vertical="top"/>'
STYLES = f"""{XML}<styleSheet xmlns="{MAIN}">\
<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>\
<numFmt numFmtId="165" formatCode="#,##0.0"/></numFmts>\
<fonts count="4"><font><sz val="11"/><name val="Arial"/></font>\
<font><b/><sz val="16"/><name val="Arial"/></font>\
<font><b/><sz val="11"/><name val="Arial"/></font>\
<font><u/><sz val="11"/><name val="Arial"/></font></fonts>\
<fills count="2"><fill><patternFill patternType="none"/></fill>\
<fill><patternFill patternType="gray125"/></fill></fills>\
<borders count="2"><border/>\
<border><left/><right/><top/><bottom style="medium"/></border></borders>\
<cellStyleXfs count="1"><xf/></cellStyleXfs>\
<cellXfs count="9"><xf applyAlignment="1">{_WRAPPED}</xf>\
<xf fontId="1" applyFont="1"/><xf/>\
<xf fontId="2" borderId="1" applyFont="1" applyAlignment="1">{_WRAPPED}</xf>\
<xf numFmtId="3" applyNumberFormat="1" applyAlignment="1">{_TOP}</xf>\
<xf numFmtId="165" applyNumberFormat="1" applyAlignment="1">{_TOP}</xf>\
<xf numFmtId="164" applyNumberFormat="1" applyAlignment="1">{_TOP}</xf>\
<xf quotePrefix="1" applyAlignment="1">{_WRAPPED}</xf>\
<xf fontId="3" applyFont="1" applyAlignment="1">{_TOP}</xf></cellXfs>\
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>"""

TOP_RELATIONS = f"""{XML}<Relationships xmlns="{PACKAGE}/relationships">\
<Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/>\
<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" \
Target="docProps/core.xml"/></Relationships>"""

PRINTED = (
    '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
    "<headerFooter><oddFooter>&amp;C&amp;A, &amp;P/&amp;N</oddFooter></headerFooter>"
)
SHEET_TAIL = f'{PRINTED}<tableParts count="1"><tablePart r:id="rId1"/></tableParts></worksheet>'
TEXT_TAIL = f"{PRINTED}</worksheet>"


def content_types(sheets: int, tables: Iterable[int]) -> str:
    """Return what each part of the file is."""
    parts = [
        ("/xl/workbook.xml", f"{KIND}.sheet.main+xml"),
        ("/xl/styles.xml", f"{KIND}.styles+xml"),
        ("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        *((f"/xl/worksheets/sheet{n}.xml", f"{KIND}.worksheet+xml") for n in range(1, sheets + 1)),
        *((f"/xl/tables/table{n}.xml", f"{KIND}.table+xml") for n in tables),
    ]
    overrides = "".join(f'<Override PartName="{x}" ContentType="{kind}"/>' for x, kind in parts)
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def core(title: str, language: str, made_on: date) -> str:
    """Return the document's title, language, author and day."""
    day = f'xsi:type="dcterms:W3CDTF">{made_on.isoformat()}T00:00:00Z'
    return (
        f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>Inspection Evidence</dc:creator>"
        f"<dc:language>{language}</dc:language>"
        f"<dcterms:created {day}</dcterms:created><dcterms:modified {day}</dcterms:modified>"
        "</cp:coreProperties>"
    )


def workbook(names: Sequence[str]) -> str:
    """Return the list of sheets."""
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(names, start=1)
    )
    return (
        f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{sheets}</sheets></workbook>"
    )


def workbook_relations(sheets: int) -> str:
    """Return where each sheet and the styles stand."""
    each = "".join(
        f'<Relationship Id="rId{n}" Type="{LINKS}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, sheets + 1)
    )
    styles = f'<Relationship Id="rIdS" Type="{LINKS}/styles" Target="styles.xml"/>'
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{each}{styles}</Relationships>'


def sheet_head(head_row: int) -> str:
    """Return the beginning of a sheet whose rows down to the headings stay in sight; 0: none."""
    pane = (
        f'<pane ySplit="{head_row}" topLeftCell="A{head_row + 1}" activePane="bottomLeft" '
        'state="frozen"/>'
        if head_row
        else ""
    )
    return (
        f'{XML}<worksheet xmlns="{MAIN}" xmlns:r="{LINKS}">'
        '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        '<sheetFormatPr defaultRowHeight="15"/>'
    )


def sheet_relations(number: int) -> str:
    """Return where a sheet's table stands."""
    return (
        f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{LINKS}/table" Target="../tables/table{number}.xml"/></Relationships>'
    )


def table(number: int, where: str, headings: Sequence[str]) -> str:
    """Return the mark-up of a table: its place and its headings, told apart by no colour."""
    columns = "".join(
        f'<tableColumn id="{n}" name={quoteattr(name)}/>' for n, name in enumerate(headings, 1)
    )
    return (
        f'{XML}<table xmlns="{MAIN}" id="{number}" name="Table{number}" '
        f'displayName="Table{number}" ref="{where}"><autoFilter ref="{where}"/>'
        f'<tableColumns count="{len(headings)}">{columns}</tableColumns>'
        '<tableStyleInfo name="TableStyleLight1" showRowStripes="0"/></table>'
    )
