"""The columns of what inspections published, in their order, each with what it means."""

from inspect_app.publishing.described import (
    Column,
    Said,
    code,
    count,
    day,
    several,
    text,
    yes_no,
)

Columns = tuple[Column, ...]
CASES = Said("cases", "achosion")

INSPECTION = code("inspection", "code of the inspection", "cod yr arolygiad")
SOURCE = text("source", "where the row comes from", "o ble y daw'r rhes")
PARAGRAPH = text(
    "paragraph", "where in the source it stands", "ymhle yn y ffynhonnell y mae'n sefyll"
)
PLACE: Columns = (
    code(
        "area_code",
        "code of the place the row is counted under; begins with X where invented",
        "cod y lle y cyfrifir y rhes oddi tano; yn dechrau ag X lle mae'n ddychmygol",
    ),
    text("area_name", "name of that place", "enw'r lle hwnnw"),
)
PERIOD: Columns = (
    day(
        "period_start",
        "first day of the period, as far as it is known",
        "diwrnod cyntaf y cyfnod, hyd y gwyddys",
    ),
    day(
        "period_end",
        "last day of the period; empty where only one date is given",
        "diwrnod olaf y cyfnod; yn wag lle rhoddir un dyddiad yn unig",
    ),
)
INVENTED: Columns = (
    yes_no(
        "invented",
        "yes where the place and all about it is an invented sample",
        "yes lle mae'r lle a phopeth amdano yn sampl ddychmygol",
    ),
)

EVIDENCE_BASE: Columns = (
    INSPECTION,
    text("inspecting_body", "who read the cases", "pwy ddarllenodd yr achosion"),
    text("inspected_body", "whose practice was read", "ymarfer pwy a ddarllenwyd"),
    *PLACE,
    *PERIOD,
    code(
        "case_kind",
        "kind of case; “cse”, “missing”, “both”, “other”, or “all” where kinds are not told apart",
        "math o achos; “cse”, “missing”, “both”, “other”, neu “all” lle na wahaniaethir rhyngddynt",
    ),
    code("theme", "code of the theme, or “all”", "cod y thema, neu “all”"),
    code(
        "grade",
        "code of the grade on the inspection's own scale; several with | between them were not "
        "split in the source; “all”, “not graded”, “not published” or “not stated”",
        "cod y radd ar raddfa'r arolygiad ei hun; ni wahanwyd rhai â | rhyngddynt yn y "
        "ffynhonnell; “all”, “not graded”, “not published” neu “not stated”",
    ),
    count(
        "cases",
        "how many cases were given that grade, or a mark",
        "faint o achosion a gafodd y radd honno, neu farc",
        CASES,
    ),
    count(
        "cases_read",
        "how many cases were read, or a mark",
        "faint o achosion a ddarllenwyd, neu farc",
        CASES,
    ),
    text(
        "basis",
        "which of the four kinds of evidence base this is; never add across them",
        "pa un o'r pedwar math o sylfaen dystiolaeth yw hon; peidiwch byth ag adio ar eu traws",
    ),
    SOURCE,
)

JUDGEMENTS: Columns = (
    INSPECTION,
    text("inspecting_body", "who judged", "pwy a ddyfarnodd"),
    text("inspected_body", "whose service was judged", "gwasanaeth pwy y dyfarnwyd arno"),
    *PLACE,
    *PERIOD,
    text(
        "scale",
        "the scale the grade is on; grades of different scales are not comparable",
        "y raddfa y mae'r radd arni; nid oes modd cymharu graddau o wahanol raddfeydd",
    ),
    text("topic", "what was judged", "yr hyn y dyfarnwyd arno"),
    code("grade", "code of the grade", "cod y radd"),
    text(
        "grade_name",
        "the grade in the words of its own scale",
        "y radd yng ngeiriau ei graddfa ei hun",
    ),
    text("quotation", "the words of the source", "geiriau'r ffynhonnell"),
    PARAGRAPH,
    SOURCE,
    *INVENTED,
)

CLAIMS: Columns = (
    INSPECTION,
    code("claim", "code of the claim", "cod yr honiad"),
    *PLACE,
    text("text", "the sentence as it is published", "y frawddeg fel y'i cyhoeddir"),
    text(
        "text_welsh",
        "the same in Welsh; z where it is not yet translated",
        "yr un peth yn Gymraeg; z lle nad yw wedi'i gyfieithu eto",
    ),
    code("direction", "positive, negative or mixed", "positive, negative neu mixed"),
    several(
        "themes",
        "codes of the themes whose findings it rests on",
        "codau'r themâu y mae'n seiliedig ar eu canfyddiadau",
    ),
    several(
        "indicators",
        "codes of the indicators it rests on",
        "codau'r dangosyddion y mae'n seiliedig arnynt",
    ),
    code(
        "standing",
        "what its evidence makes of it: supported, contradicted, mixed or unsupported",
        "yr hyn a wna ei thystiolaeth ohono: supported, contradicted, mixed neu unsupported",
    ),
    text(
        "says",
        "its standing in words, with the numbers that may be shown",
        "ei sail mewn geiriau, gyda'r rhifau y gellir eu dangos",
    ),
    text("says_welsh", "the same in Welsh", "yr un peth yn Gymraeg"),
    text(
        "answer",
        "what the publisher answers where nothing supports it",
        "yr hyn y mae'r cyhoeddwr yn ei ateb lle nad oes dim yn ei gefnogi",
    ),
    text("answer_welsh", "the same in Welsh", "yr un peth yn Gymraeg"),
    *INVENTED,
)

RELEASE: Columns = (
    count("release", "number of the release", "rhif y datganiad"),
    day("made_on", "day it was made", "y diwrnod y'i gwnaed"),
    text("scope", "what it covers", "yr hyn y mae'n ei gwmpasu"),
    code(
        "content_hash",
        "SHA-256 of its content as canonical JSON",
        "SHA-256 ei gynnwys fel JSON canonaidd",
    ),
    code(
        "previous_hash",
        "content hash of the release before; z for the first",
        "stwnsh cynnwys y datganiad blaenorol; z ar gyfer y cyntaf",
    ),
    code("trail_head", "head of the audit trail", "pen y llwybr archwilio"),
    count(
        "corrects",
        "number of the release whose place it takes; z where it corrects none",
        "rhif y datganiad y mae'n cymryd ei le; z lle nad yw'n cywiro un",
    ),
    text("correction", "what changed, and why", "beth newidiodd, a pham"),
    text("correction_welsh", "the same in Welsh", "yr un peth yn Gymraeg"),
)
