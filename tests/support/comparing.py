"""The samples as they are compared: read only, on each kind of database, by whoever asks."""

from collections.abc import Callable

from inspect_app.services import comparing, comparing_areas
from inspect_app.services.comparing import Material, Measure, Period
from inspect_app.services.comparing_areas import Among, AreasCompared, Row
from inspect_app.signed_in import SignedIn

Told = Callable[[str], SignedIn]

DURHAM, BRISTOL, WARWICKSHIRE, TAMESIDE = "E06000047", "E06000023", "E10000031", "E08000008"
ALDERMERE, BRACKENSHIRE = "X06000001", "X06000002"
FACTOR, INCIDENTS = "cse-assessments-dfe", "looked-after-missing-incidents-dfe"
MISSING, REPEAT = "looked-after-missing-dfe", "looked-after-missing-repeat-dfe"


def measure(held: Material, key: str) -> Measure:
    """Return what is compared, by how an address writes it."""
    return next(each for each in comparing.measures(held) if each.key == key)


def to_march(held: Measure, year: int) -> Period:
    """Return the year to March of this year."""
    return next(each for each in held.periods if (each.end.year, each.end.month) == (year, 3))


def side_by_side(
    area: str, key: str, year: int, by: SignedIn, among: Among = Among.NATION
) -> AreasCompared:
    """Return the authorities of a year to March side by side."""
    held = comparing.material(area, by=by)
    asked = measure(held, key)
    return comparing_areas.compared(held, asked, to_march(asked, year), among)


def row(found: AreasCompared, code: str) -> Row:
    """Return one authority's row."""
    return next(each for each in found.rows if each.area.code == code)
