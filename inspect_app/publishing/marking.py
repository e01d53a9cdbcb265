"""Sentences marked for the catalogue where they are declared, and said where they are shown."""


def later(message: str) -> str:
    """Return the sentence as it is; marks it for the catalogue."""
    return message


def later_count(one: str, many: str) -> tuple[str, str]:
    """Return the English forms of a counted sentence; marks them for the catalogue."""
    return one, many
