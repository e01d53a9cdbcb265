"""Where a row is counted, in the columns of the Department for Education's standard."""

from collections.abc import Mapping

from inspect_app.publishing.content import PublishedArea

NATIONAL, REGIONAL = "National", "Regional"
AUTHORITY, FORCE = "Local authority", "Police force area"

COUNTRIES: Mapping[str, tuple[str, str]] = {
    "E": ("E92000001", "England"),
    "W": ("W92000004", "Wales"),
    "K": ("K04000001", "England and Wales"),
}
LEVELS: Mapping[str, str] = {
    **dict.fromkeys(("E92", "W92", "K04"), NATIONAL),
    "E12": REGIONAL,
    **dict.fromkeys(("E06", "E08", "E09", "E10", "W06"), AUTHORITY),
    **dict.fromkeys(("E23", "W15"), FORCE),
}
"""The level of a place, by the first three signs of its code (Office for National Statistics)."""

OWN: Mapping[str, tuple[str, ...]] = {
    NATIONAL: ("country_code", "country_name"),
    REGIONAL: ("region_code", "region_name"),
    AUTHORITY: ("old_la_code", "new_la_code", "la_name"),
    FORCE: ("pfa_code", "pfa_name"),
}
"""The columns that a row of each level fills; a row of another level leaves them empty."""

COLUMNS = ("geographic_level", *(column for columns in OWN.values() for column in columns))
NOT_KNOWN = "x"


def place_of(code: str, name: str, area: PublishedArea | None) -> dict[str, str] | None:
    """Return the geographic columns of a row, or None for a place the standard does not know.

    `area` is the place with what else is known of it. An invented place is none of them.
    """
    level = LEVELS.get(code[:3])
    if level is None:
        return None
    country = dict(zip(OWN[NATIONAL], COUNTRIES[code[0]], strict=True))
    called = area.name if area else name
    empty = dict.fromkeys(COLUMNS, "")
    return {**empty, "geographic_level": level, **country, **_own(level, code, called, area)}


def _own(level: str, code: str, name: str, area: PublishedArea | None) -> dict[str, str]:
    if level == FORCE:
        return {"pfa_code": code, "pfa_name": name}
    if level == REGIONAL:
        return {"region_code": code, "region_name": name}
    if level == NATIONAL:
        return {}
    own = {"new_la_code": code, "la_name": name}
    return {**own, "old_la_code": (area and area.old_code) or NOT_KNOWN, **_region(area)}


def _region(area: PublishedArea | None) -> dict[str, str]:
    """Return the region an authority is in; Wales has none, and is not its own region."""
    if area is None or not area.region_code or LEVELS.get(area.region_code[:3]) != REGIONAL:
        return {}
    return {"region_code": area.region_code, "region_name": area.region_name or NOT_KNOWN}
