"""The columns of recommendations, figures and places, in their order, with what each means."""

from inspect_app.publishing.data_columns import INVENTED, PARAGRAPH, PERIOD, PLACE, Columns
from inspect_app.publishing.described import (
    Said,
    code,
    count,
    day,
    measure,
    several,
    text,
    yes_no,
)

SAME_IN_WELSH = "the same in Welsh; z where it is not yet translated"
YN_GYMRAEG = "yr un peth yn Gymraeg; z lle nad yw wedi'i gyfieithu eto"

RECOMMENDATIONS: Columns = (
    code(
        "recommendation",
        "code of the recommendation; it has one row for each body",
        "cod yr argymhelliad; mae ganddo un rhes i bob corff",
    ),
    text("title", "its title", "ei deitl"),
    text("title_welsh", SAME_IN_WELSH, YN_GYMRAEG),
    text("text", "its words", "ei eiriau"),
    text("text_welsh", SAME_IN_WELSH, YN_GYMRAEG),
    text(
        "kind",
        "recommendation, area for improvement, cause of concern or immediate recommendation",
        "argymhelliad, maes i'w wella, achos pryder neu argymhelliad ar unwaith",
    ),
    code(
        "inspection",
        "code of the inspection it comes from",
        "cod yr arolygiad y daw ohono",
    ),
    code("area_code", "code of the place", "cod y lle"),
    several("themes", "codes of the themes it is about", "codau'r themâu y mae'n ymwneud â nhw"),
    day("made_on", "date it was made", "y dyddiad y'i gwnaed"),
    day("response_due_on", "date a response is due", "y dyddiad y disgwylir ymateb"),
    count(
        "findings",
        "how many findings justify it, or a mark",
        "faint o ganfyddiadau sy'n ei gyfiawnhau, neu farc",
        Said("findings", "canfyddiadau"),
    ),
    several(
        "repeats",
        "codes of earlier recommendations that it repeats: found wanting again",
        "codau argymhellion cynharach y mae'n eu hailadrodd: yn ddiffygiol eto",
    ),
    text("body", "who it is addressed to", "i bwy y'i cyfeirir"),
    text("response", "what the body says", "yr hyn y mae'r corff yn ei ddweud"),
    day("responded_on", "date of its response", "dyddiad ei ymateb"),
    text(
        "response_text",
        "its response in full, as it wrote it",
        "ei ymateb yn llawn, fel yr ysgrifennodd ef",
    ),
    text("response_text_welsh", SAME_IN_WELSH, YN_GYMRAEG),
    text(
        "delivery",
        "what the body claims to have done",
        "yr hyn y mae'r corff yn honni iddo ei wneud",
    ),
    text(
        "assurance",
        "what an independent verifier says",
        "yr hyn y mae dilyswr annibynnol yn ei ddweud",
    ),
    day("original_due_on", "date first promised", "y dyddiad a addawyd gyntaf"),
    count(
        "slips",
        "how often the date was put back",
        "pa mor aml y gohiriwyd y dyddiad",
        Said("times", "gwaith"),
    ),
    day(
        "claimed_on",
        "date the body said it was complete",
        "y dyddiad y dywedodd y corff ei fod wedi'i gwblhau",
    ),
    day(
        "shown_on",
        "date its effect was found shown",
        "y dyddiad y canfuwyd bod ei effaith wedi'i dangos",
    ),
    day("closed_on", "date it was closed for the body", "y dyddiad y'i caewyd i'r corff"),
    text("label", "where it stands, in one line", "lle mae'n sefyll, mewn un llinell"),
    text("label_welsh", "the same in Welsh", "yr un peth yn Gymraeg"),
    text("source", "where it was published", "ymhle y'i cyhoeddwyd"),
    PARAGRAPH,
    *INVENTED,
)

INDICATORS: Columns = (
    code("indicator", "code of the indicator", "cod y dangosydd"),
    text("title", "its title", "ei deitl"),
    *PLACE,
    *PERIOD,
    text("period", "the period in words", "y cyfnod mewn geiriau"),
    count("numerator", "the count, or a mark", "y cyfrif, neu farc"),
    count(
        "denominator",
        "what the count is out of, or a mark",
        "yr hyn y mae'r cyfrif allan ohono, neu farc",
    ),
    measure(
        "value",
        "the percentage, rate or number that follows or that the source states",
        "y ganran, y gyfradd neu'r rhif sy'n dilyn neu a nodir gan y ffynhonnell",
    ),
    measure(
        "value_high",
        "the upper end where the source states a range",
        "y pen uchaf lle mae'r ffynhonnell yn nodi ystod",
    ),
    text("unit", "what the value is counted in", "yr hyn y cyfrifir y gwerth ynddo"),
    measure("low", "lower end of the interval", "pen isaf y cyfwng"),
    measure("high", "upper end of the interval", "pen uchaf y cyfwng"),
    text(
        "interval",
        "which interval, or why there is none",
        "pa gyfwng, neu pam nad oes un",
    ),
    text(
        "comparator",
        "words such as over or at least that the source puts before the value",
        "geiriau fel over neu at least a rydd y ffynhonnell o flaen y gwerth",
    ),
    code(
        "better",
        "higher, lower, or neither where no direction is good news by itself",
        "higher, lower, neu neither lle nad yw'r naill gyfeiriad na'r llall yn newyddion da",
    ),
    yes_no(
        "breaks",
        "yes where recording or definition changed, so that nothing compares across it",
        "yes lle newidiodd y cofnodi neu'r diffiniad, fel nad oes dim yn cymharu ar ei draws",
    ),
    text("subject", "of whom or what the value is said", "am bwy neu beth y dywedir y gwerth"),
    text("numerator_means", "what is counted", "yr hyn a gyfrifir"),
    text("denominator_means", "what it is counted out of", "allan o beth y'i cyfrifir"),
    text(
        "note",
        "what to know before using the figure",
        "yr hyn i'w wybod cyn defnyddio'r ffigur",
    ),
    text("source", "where the figure comes from", "o ble y daw'r ffigur"),
)

AREAS: Columns = (
    code(
        "code",
        "code of the place; begins with X where invented",
        "cod y lle; yn dechrau ag X lle mae'n ddychmygol",
    ),
    text("name", "its name", "ei enw"),
    text("name_welsh", "its name in Welsh", "ei enw yn Gymraeg"),
    text(
        "kind",
        "local authority, police force area, region or nation",
        "awdurdod lleol, ardal heddlu, rhanbarth neu genedl",
    ),
    text(
        "nation",
        "England or Wales; their rules differ",
        "Lloegr neu Gymru; mae eu rheolau'n wahanol",
    ),
    code("region_code", "code of its region", "cod ei ranbarth"),
    text("region_name", "name of its region", "enw ei ranbarth"),
    code("force_code", "code of its police force area", "cod ei ardal heddlu"),
    text("force_name", "name of its police force area", "enw ei ardal heddlu"),
    code(
        "old_code",
        "its three-digit code at the Department for Education",
        "ei god tri digid yn yr Adran Addysg",
    ),
    day(
        "started_on",
        "first day of its code; empty where not known",
        "diwrnod cyntaf ei god; yn wag lle nad yw'n hysbys",
    ),
    day(
        "ended_on",
        "last day of its code; empty where it still stands",
        "diwrnod olaf ei god; yn wag lle mae'n dal i sefyll",
    ),
    several("predecessors", "codes of the places it replaced", "codau'r lleoedd a ddisodlodd"),
    several(
        "successors",
        "codes of the places that replaced it",
        "codau'r lleoedd a'i disodlodd",
    ),
    *INVENTED,
)
