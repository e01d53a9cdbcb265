"""What waits for somebody, as values: things, and piles of things of one kind."""

from dataclasses import dataclass
from enum import StrEnum

SHOWN = 6


class About(StrEnum):
    """What kind of thing waits, so that a screen knows where to send the person."""

    CASE = "case"
    MODERATION = "moderation"
    INSPECTION = "inspection"
    RECOMMENDATION = "recommendation"
    SCORECARD = "scorecard"
    AREA = "area"
    RELEASE = "release"
    APPROVAL = "approval"
    RETURN = "return"
    TRAIL = "trail"


@dataclass(frozen=True)
class Item:
    """One thing: its name, what is to be said of it, and its code."""

    name: str
    says: str
    code: str


@dataclass(frozen=True)
class Pile:
    """Things of one kind that wait; `empty` says what to do next when there is none.

    `total` says how many there are where only the first were fetched.
    """

    title: str
    about: About
    items: tuple[Item, ...]
    empty: str
    counted: bool = True
    total: int | None = None

    @property
    def number(self) -> int:
        """How many wait in all."""
        return len(self.items) if self.total is None else self.total

    @property
    def heading(self) -> str:
        """The title, with how many wait."""
        return f"{self.title} ({self.number})" if self.items and self.counted else self.title

    @property
    def shown(self) -> tuple[Item, ...]:
        """The first few of them."""
        return self.items[:SHOWN]

    @property
    def more(self) -> int:
        """How many stand behind those."""
        return self.number - len(self.shown)
