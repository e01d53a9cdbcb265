"""National publications: declared once, and each year's file read by the same declaration."""

from inspect_app.workbooks.national.publications import (
    CHILD_POPULATION,
    POPULATION,
    PUBLICATIONS,
    Counted,
    Publication,
)
from inspect_app.workbooks.national.reading import (
    NationalFile,
    NationalRow,
    Said,
    is_national,
    read_national,
)

__all__ = [
    "CHILD_POPULATION",
    "POPULATION",
    "PUBLICATIONS",
    "Counted",
    "NationalFile",
    "NationalRow",
    "Publication",
    "Said",
    "is_national",
    "read_national",
]
