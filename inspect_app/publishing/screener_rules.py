"""The rules of the open data standard: each takes a file and says what is wrong, or nothing."""

import re
from collections import Counter
from collections.abc import Callable, Iterable

from data_model.vocabulary import Symbol
from inspect_app.publishing.open_data import META, TIME
from inspect_app.publishing.screened import Screened
from inspect_app.publishing.standard_periods import FOUR_DIGITS, KINDS, SIX_DIGITS
from inspect_app.publishing.standard_places import COUNTRIES, LEVELS, OWN, REGIONAL

NEEDED = (*TIME, "geographic_level", "country_code", "country_name")
MARKS = frozenset(symbol.value for symbol in Symbol) - {Symbol.BLANK.value}
PLAIN = r"-?\d+(?:\.\d+)?(?:e-?\d+)?"
NUMBER = re.compile("|".join([PLAIN, *(symbol.value for symbol in Symbol)]))
TEXT = re.compile(r"(?![=+\-@＝＋－＠\s])[^\r\n\t]+")  # noqa: RUF001 - full-width signs run too
NOTHING = frozenset({"null", "na", "n/a", "nan", "none", "~", ":", ".", "..", "-", "*", "<5"})
NAME = re.compile(r"[a-z][a-z0-9_]*")
UNITS = frozenset({"", "%", "pp", "£", "£m", "numberstring"})
ETHNIC = frozenset({"ethnicity_major", "ethnicity_minor", "ethnicity_detailed", "minority_ethnic"})
SMUSHED = ("male", "female", "welsh", "roma")
UNIT_NAMES = re.compile(
    r"(?:country|sch|prov|inst|estab|reg|la|local|rsc|pfa|pcon|lep|mca|oa|ward|mat)"
    r".*(?:name|code|urn|ukprn|number|upin|id)"
    r"|(?:laestab|estab|sch|schools?|prov|providers?|inst|institutions?|name|code|urn|ukprn"
    r"|number|upin|id|region|la|lad|rsc|pcon|lep|mca|oa|ward|mat)"
)
BELOW_REGION = frozenset({REGIONAL, "Local authority", "Police force area"})
PLACES = frozenset(column for columns in OWN.values() for column in columns)

Rule = Callable[[Screened], str]


def _first(found: Iterable[object]) -> str:
    return next((str(each) for each in found), "")


def is_utf8_with_unix_line_ends(file: Screened) -> str:
    """Bytes are UTF-8 without a mark at the front, and lines end with LF."""
    try:
        text = file.raw.decode()
    except UnicodeDecodeError as problem:
        return f"byte {problem.start} is not UTF-8"
    if text.startswith("\ufeff"):
        return "it begins with a byte order mark"
    return "a line ends with CR" if "\r" in text else ""


def has_a_plain_name(file: Screened) -> str:
    """The name is small letters, digits and underscores."""
    return "" if NAME.fullmatch(file.name) else f"its name is {file.name!r}"


def has_rows(file: Screened) -> str:
    """A table without a row is no table."""
    return "" if file.rows and file.meta_rows else "it or its metadata has no row"


def has_whole_rows(file: Screened) -> str:
    """Every row has as many cells as there are columns."""
    wrong = (n for n, row in enumerate(file.rows, start=2) if len(row) != len(file.head))
    wrong_meta = (
        f"metadata {n}" for n, row in enumerate(file.meta_rows, 2) if len(row) != len(META)
    )
    line = _first([*wrong, *wrong_meta])
    return f"line {line} has another number of cells" if line else ""


def has_what_every_file_needs(file: Screened) -> str:
    """The five columns that say when and where."""
    return _first(f"there is no column {name}" for name in NEEDED if name not in file.head)


def has_the_columns_of_metadata(file: Screened) -> str:
    """The eight columns of metadata, and no other."""
    return "" if tuple(file.meta_head) == META else f"its metadata has {list(file.meta_head)}"


def names_are_snake_case(file: Screened) -> str:
    """Names of columns begin with a letter and hold small letters, digits and underscores."""
    return _first(f"a column is called {x!r}" for x in file.head if not NAME.fullmatch(x))


def names_are_given_once(file: Screened) -> str:
    """No two columns, and no two rows of metadata, have one name or one label."""
    labels = Counter(row.get("label", "") for row in file.meta)
    names = Counter(row.get("col_name", "") for row in file.meta) + labels
    twice = [
        *(Counter(file.head) - Counter(set(file.head))),
        *(x for x, n in names.items() if n > 1),
    ]
    return _first(f"{name!r} is given twice" for name in twice)


def metadata_and_file_agree(file: Screened) -> str:
    """What the metadata names is in the file, and the file has nothing else."""
    named = {row.get("col_name", "") for row in file.meta}
    known = named | {*TIME, "geographic_level"} | PLACES
    absent = [f"{name!r} is in the metadata only" for name in sorted(named - set(file.head))]
    return _first(
        [*absent, *(f"{x!r} is not in the metadata" for x in file.head if x not in known)]
    )


def metadata_is_filled_as_its_type_asks(file: Screened) -> str:
    """A filter or an indicator, with a label; units and decimal places on indicators only."""
    return _first(said for row in file.meta if (said := _bad_meta(row)))


def _bad_meta(row: dict[str, str]) -> str:
    name = row.get("col_name", "")
    numeric = (row.get("indicator_unit", ""), row.get("indicator_dp", ""))
    if row.get("col_type") not in {"Filter", "Indicator"} or not row.get("label", "").strip():
        return f"{name!r} has no type or no label"
    if row["col_type"] == "Filter":
        return f"the filter {name!r} has a unit" if any(numeric) else ""
    good = numeric[0] in UNITS and re.fullmatch(r"\d*", numeric[1])
    return "" if good and not row.get("filter_hint") else f"the indicator {name!r} has {numeric}"


def has_an_indicator(file: Screened) -> str:
    """A file without a number to read is none."""
    return "" if file.indicators else "it has no indicator"


def names_are_those_the_standard_takes(file: Screened) -> str:
    """Names the standard keeps for itself, or takes for a level put into a column's name."""
    ethnic = [x for x in file.head if "ethnic" in x and x not in ETHNIC]
    smushed = [x for x in file.indicators if any(part in x for part in SMUSHED)]
    units = [x for x in (*file.filters, *file.indicators) if UNIT_NAMES.fullmatch(x)]
    return _first(f"a column may not be called {x!r}" for x in (*ethnic, *smushed, *units))


def periods_are_the_standards(file: Screened) -> str:
    """A known identifier, with four digits or six; six are two years that follow each other."""
    pairs = sorted(set(zip(file.column(TIME[0]), file.column(TIME[1]), strict=True)))
    return _first(
        f"{period} {kind!r} is no period" for period, kind in pairs if not _is_period(period, kind)
    )


def _is_period(period: str, identifier: str) -> bool:
    if identifier in FOUR_DIGITS:
        return re.fullmatch(r"\d{4}", period) is not None
    if identifier not in SIX_DIGITS or not re.fullmatch(r"\d{6}", period):
        return False
    return (int(period[2:4]) + 1) % 100 == int(period[4:])


def has_one_kind_of_period(file: Screened) -> str:
    """Years do not stand with quarters or months."""
    found = set(file.column(TIME[1]))
    alone = any(found <= set(kind) for kind in KINDS.values())
    return "" if alone else f"it mixes {sorted(found)}"


def levels_are_known(file: Screened) -> str:
    """The levels of place of the standard that we publish."""
    known = set(LEVELS.values())
    return _first(f"{x!r} is no level" for x in file.column("geographic_level") if x not in known)


def places_are_filled_at_their_own_level(file: Screened) -> str:
    """A row fills the columns of its level and leaves those of a lower one empty."""
    return _first(said for row in _places(file) if (said := _bad_place(row)))


def _bad_place(row: dict[str, str]) -> str:
    level = row["geographic_level"]
    for other, columns in OWN.items():
        filled = [name for name in columns if row.get(name)]
        missing = set(columns) - set(filled)
        if other in {level, "National"} and missing:
            return f"a row of level {level!r} has no {min(missing)}"
        if filled and other not in {level, "National"} and not _may_carry(level, other):
            return f"a row of level {level!r} fills {filled[0]}"
    return ""


def _may_carry(level: str, other: str) -> bool:
    return other == REGIONAL and level in BELOW_REGION


def a_code_has_one_name(file: Screened) -> str:
    """One code is one place; a name may outlive a code, as Dorset's did."""
    for *_, code, name in OWN.values():
        pairs = {(row.get(code, ""), row.get(name, "")) for row in _places(file)}
        twice = [x for x, n in Counter(each for each, _ in pairs).items() if n > 1]
        if twice:
            return f"{twice[0]!r} has two names"
    return ""


def countries_are_known(file: Screened) -> str:
    """A country's code goes with its name."""
    pairs = set(zip(file.column("country_code"), file.column("country_name"), strict=True))
    return _first(f"{pair} is no country" for pair in sorted(pairs - set(COUNTRIES.values())))


def places_are_never_totals(file: Screened) -> str:
    """A total belongs in a filter, not in a column that says when or where."""
    cells = ((name, x) for name in (*TIME, *PLACES) for x in file.column(name))
    return _first(f"{name} says {x!r}" for name, x in cells if x.lower() in {"total", "all"})


def filters_have_levels(file: Screened) -> str:
    """A filter with one level tells nothing apart."""
    return _first(f"{x!r} has one level" for x in file.filters if len(set(file.column(x))) < 2)


def filters_say_something(file: Screened) -> str:
    """No filter is blank, or has blanks around what it says."""
    cells = ((name, x) for name in file.filters for x in file.column(name))
    return _first(f"{name} says {x!r}" for name, x in cells if not x.strip() or x != x.strip())


def indicators_are_numbers_or_marks(file: Screened) -> str:
    """A number, or one of the standard's marks; never blank and never a star."""
    cells = ((name, x) for name in file.indicators for x in file.column(name))
    bad = ((name, x) for name, x in cells if x not in MARKS and not re.fullmatch(PLAIN, x))
    return _first(f"{name} says {x!r}" for name, x in bad)


def nothing_stands_for_nothing(file: Screened) -> str:
    """NULL, NA, stars and dashes that programs read as what nobody meant."""
    cells = (x for row in (*file.rows, *file.meta_rows) for x in row)
    return _first(f"a cell says {x!r}" for x in cells if x.strip().lower() in NOTHING)


def nothing_runs(file: Screened) -> str:
    """A spreadsheet finds nothing to run."""
    cells = (x for row in (*file.rows, *file.meta_rows) for x in row if x)
    return _first(
        f"{x!r} would run" for x in cells if not (NUMBER.fullmatch(x) or TEXT.fullmatch(x))
    )


def rows_are_given_once(file: Screened) -> str:
    """No two rows are of one time, one place and one level of every filter."""
    numbers = {file.head.index(name) for name in file.indicators}
    keys = Counter(
        tuple(x for place, x in enumerate(row) if place not in numbers) for row in file.rows
    )
    return _first(f"{key} is given {n} times" for key, n in keys.items() if n > 1)


def _places(file: Screened) -> list[dict[str, str]]:
    """Return what the rows say of where they are, each once."""
    wanted = [name for name in ("geographic_level", *sorted(PLACES)) if name in file.head]
    cells = zip(*(file.column(name) for name in wanted), strict=True)
    return [dict(zip(wanted, each, strict=True)) for each in sorted(set(cells))]


SHAPE: tuple[Rule, ...] = (
    is_utf8_with_unix_line_ends,
    has_rows,
    has_whole_rows,
    has_what_every_file_needs,
    has_the_columns_of_metadata,
    names_are_given_once,
)
"""What a file must be before any of its cells can be looked at."""

CELLS: tuple[Rule, ...] = (
    has_a_plain_name,
    names_are_snake_case,
    metadata_and_file_agree,
    metadata_is_filled_as_its_type_asks,
    has_an_indicator,
    names_are_those_the_standard_takes,
    periods_are_the_standards,
    has_one_kind_of_period,
    levels_are_known,
    places_are_filled_at_their_own_level,
    a_code_has_one_name,
    countries_are_known,
    places_are_never_totals,
    filters_have_levels,
    filters_say_something,
    indicators_are_numbers_or_marks,
    nothing_stands_for_nothing,
    nothing_runs,
    rows_are_given_once,
)
RULES = (*SHAPE, *CELLS)
"""Every rule, in order."""
