"""What every record shares: its naming, its kinds of column, and its times in UTC."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, MetaData, String, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from data_model.vocabulary import Word

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Record(DeclarativeBase):
    """The base of everything that is kept."""

    metadata = MetaData(naming_convention=NAMES)


class WordColumn(TypeDecorator[Word]):
    """One member of a closed list, stored as its code."""

    impl = String(40)
    cache_ok = True

    def __init__(self, words: type[Word]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Word | str | None, dialect: Dialect) -> str | None:
        """Store the code; a code that is not on the list raises ValueError."""
        return None if value is None else str(self.words(value))

    def process_result_value(self, value: Any, dialect: Dialect) -> Word | None:
        """Give back the member."""
        return None if value is None else self.words(value)


class WordsColumn(TypeDecorator[tuple[Word, ...]]):
    """Several members of a closed list, stored as codes with semicolons between them."""

    impl = Text()
    cache_ok = True

    def __init__(self, words: type[Word]) -> None:
        super().__init__()
        self.words = words

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """Store the codes in the list's own order, each once."""
        chosen = {self.words(item) for item in value or ()}
        return ";".join(str(word) for word in self.words if word in chosen)

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[Word, ...]:
        """Give back the members."""
        return tuple(self.words(code) for code in (value or "").split(";") if code)


class Instant(TypeDecorator[datetime]):
    """A moment, kept in UTC; a time without a zone is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store the moment in UTC; raises ValueError when it has no time zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"a time without a zone cannot be kept: {value.isoformat()}"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give back the moment in UTC, also where the database forgets the zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
