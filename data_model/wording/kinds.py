"""What is pointed out in a person's own words, and why."""

from dataclasses import dataclass

from data_model.vocabulary import Word


class Kind(Word):
    """What is wrong with some words: they blame the child, or could tell readers who it is.

    Where two kinds meet in the same words, the one that stands first here is shown.
    """

    EMAIL = "email", "E-mail address", "Cyfeiriad e-bost"
    BIRTH_DATE = "birth_date", "Date of birth", "Dyddiad geni"
    NHS_NUMBER = "nhs_number", "NHS number", "Rhif GIG"
    TELEPHONE = "telephone", "Telephone number", "Rhif ffôn"
    POLICE_NUMBER = "police_number", "Police reference", "Cyfeirnod heddlu"
    NATIONAL_INSURANCE = "national_insurance", "National Insurance number", "Rhif Yswiriant Gwladol"
    POSTCODE = "postcode", "Postcode", "Cod post"
    VEHICLE = "vehicle", "Vehicle registration", "Cofrestriad cerbyd"
    ADDRESS = "address", "Address", "Cyfeiriad"
    HANDLE = "handle", "Name used online", "Enw a ddefnyddir ar-lein"
    SYSTEM_NUMBER = "system_number", "Number of a record system", "Rhif system gofnodi"
    NAMED_PLACE = "named_place", "Named school, home or hotel", "Ysgol, cartref neu westy a enwir"
    NAME = "name", "Name", "Enw"
    BLAMING = "blaming", "Victim-blaming words", "Geiriau sy'n beio'r dioddefwr"

    @property
    def identifying(self) -> bool:
        """Whether words of this kind could tell readers who somebody is."""
        return self is not Kind.BLAMING


@dataclass(frozen=True)
class Reason:
    """Why some words are pointed out, what to write instead, and the source of the rule."""

    why: str
    instead: str
    source: str


@dataclass(frozen=True)
class Found:
    """Where words of one kind stand in a text, from `start` up to `end`, before choosing."""

    kind: Kind
    start: int
    end: int
    reason: Reason


@dataclass(frozen=True)
class Concern:
    """Words to point out: `text[start:end]` is `said`.

    `quoted` means that they stand inside quotation marks, as words taken from the file.
    """

    kind: Kind
    start: int
    end: int
    said: str
    why: str
    instead: str
    source: str
    quoted: bool
