"""The columns of every open data file, in their order, each with what it means."""

Columns = tuple[tuple[str, str], ...]

PLACE: Columns = (
    ("area_code", "code of the place the row is counted under; begins with X where invented"),
    ("area_name", "name of that place"),
)
PERIOD: Columns = (
    ("period_start", "first day of the period, as far as it is known"),
    ("period_end", "last day of the period; empty where only one date is given"),
)
INVENTED: Columns = (("invented", "yes where the place and all about it is an invented sample"),)

EVIDENCE_BASE: Columns = (
    ("inspection", "code of the inspection"),
    ("inspecting_body", "who read the cases"),
    ("inspected_body", "whose practice was read"),
    *PLACE,
    *PERIOD,
    ("case_kind", "cse, missing, both, other, or all where kinds are not told apart"),
    ("theme", "code of the theme, or all"),
    (
        "grade",
        "code of the grade on the inspection's own scale; several with | between them were not "
        "split in the source; all, not graded, not published or not stated",
    ),
    ("cases", "how many cases were given that grade, or a mark"),
    ("cases_read", "how many cases were read, or a mark"),
    ("basis", "which of the four kinds of evidence base this is; never add across them"),
    ("source", "where the row comes from"),
)

JUDGEMENTS: Columns = (
    ("inspection", "code of the inspection"),
    ("inspecting_body", "who judged"),
    ("inspected_body", "whose service was judged"),
    *PLACE,
    *PERIOD,
    ("scale", "the scale the grade is on; grades of different scales are not comparable"),
    ("topic", "what was judged"),
    ("grade", "code of the grade"),
    ("grade_name", "the grade in the words of its own scale"),
    ("quotation", "the words of the source"),
    ("paragraph", "where in the source they stand"),
    ("source", "where the row comes from"),
    *INVENTED,
)

RECOMMENDATIONS: Columns = (
    ("recommendation", "code of the recommendation; it has one row for each body"),
    ("title", "its title"),
    ("text", "its words"),
    ("kind", "recommendation, area for improvement, cause of concern or immediate recommendation"),
    ("inspection", "code of the inspection it comes from"),
    ("area_code", "code of the place"),
    ("themes", "codes of the themes it is about"),
    ("made_on", "date it was made"),
    ("response_due_on", "date a response is due"),
    ("findings", "how many findings justify it, or a mark"),
    ("repeats", "codes of earlier recommendations that it repeats: found wanting again"),
    ("body", "who it is addressed to"),
    ("response", "what the body says"),
    ("delivery", "what the body claims to have done"),
    ("assurance", "what an independent verifier says"),
    ("original_due_on", "date first promised"),
    ("slips", "how often the date was put back"),
    ("claimed_on", "date the body said it was complete"),
    ("shown_on", "date its effect was found shown"),
    ("closed_on", "date it was closed for the body"),
    ("label", "where it stands, in one line"),
    ("label_welsh", "the same in Welsh"),
    ("source", "where it was published"),
    ("paragraph", "where in the source it stands"),
    *INVENTED,
)

INDICATORS: Columns = (
    ("indicator", "code of the indicator"),
    ("title", "its title"),
    *PLACE,
    *PERIOD,
    ("period", "the period in words"),
    ("numerator", "the count, or a mark"),
    ("denominator", "what the count is out of, or a mark"),
    ("value", "the percentage, rate or number that follows or that the source states"),
    ("value_high", "the upper end where the source states a range"),
    ("unit", "what the value is counted in"),
    ("low", "lower end of the interval"),
    ("high", "upper end of the interval"),
    ("interval", "which interval, or why there is none"),
    ("comparator", "words such as over or at least that the source puts before the value"),
    ("better", "higher, lower, or neither where no direction is good news by itself"),
    ("breaks", "yes where recording or definition changed, so that nothing compares across it"),
    ("subject", "of whom or what the value is said"),
    ("numerator_means", "what is counted"),
    ("denominator_means", "what it is counted out of"),
    ("note", "what to know before using the figure"),
    ("source", "where the figure comes from"),
)

AREAS: Columns = (
    ("code", "code of the place; begins with X where invented"),
    ("name", "its name"),
    ("name_welsh", "its name in Welsh"),
    ("kind", "local authority, police force area, region or nation"),
    ("nation", "England or Wales; their rules differ"),
    ("region_code", "code of its region"),
    ("region_name", "name of its region"),
    ("force_code", "code of its police force area"),
    ("force_name", "name of its police force area"),
    ("started_on", "first day of its code; empty where not known"),
    ("ended_on", "last day of its code; empty where it still stands"),
    ("predecessors", "codes of the places it replaced"),
    ("successors", "codes of the places that replaced it"),
    *INVENTED,
)
