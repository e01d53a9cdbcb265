"""Other people's registers of recommendations, and plans of action, read whole from their files."""

from inspect_app.workbooks.registers.fields import (
    BY_FIELD,
    HEADINGS,
    Field,
    Heading,
    Matched,
    known_as,
)
from inspect_app.workbooks.registers.reading import (
    Register,
    RegisterRow,
    plain,
    read_register,
    said_hash,
)
from inspect_app.workbooks.registers.statuses import Meaning, meaning

__all__ = [
    "BY_FIELD",
    "HEADINGS",
    "Field",
    "Heading",
    "Matched",
    "Meaning",
    "Register",
    "RegisterRow",
    "known_as",
    "meaning",
    "plain",
    "read_register",
    "said_hash",
]
