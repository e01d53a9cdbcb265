"""A problem: what is wrong in one row of a file, what was expected there, and how to mend it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """Why a row is refused; `column` is its heading, and `cell` its place such as C7.

    `said` is what stands in the cell as a person reads it.
    """

    sheet: str
    row: int
    column: str
    cell: str
    said: str
    expected: str
    mend: str

    @property
    def in_words(self) -> str:
        """The problem as one sentence or two."""
        said = f" It says “{shortened(self.said)}”." if self.said else ""
        return f"{self.column}: {self.expected}.{said} {self.mend}"


def shortened(said: str, most: int = 80) -> str:
    """Return what was said, cut where it is long."""
    return said if len(said) <= most else f"{said[: most - 1]}…"
