"""What agencies' lists look like: their columns, by heading, and the lists of an Annex A workbook.

A column that is not declared here is not read at all. Columns that identify a child are read
where they are needed to tell rows apart or to work out an age, and are never kept.
"""

import re
from dataclasses import dataclass

from data_model.vocabulary import Word
from inspect_app.workbooks.agency_lists.cells import plain

LIST_NAME = re.compile(r"list[ _-]*0*([0-9]{1,2})\b")
AFTER_A_HEADING = " :*?"
CHARACTERISTICS = ("age_band", "age", "sex", "ethnicity", "disability", "in_care", "episodes")


@dataclass(frozen=True)
class Column:
    """A column by its headings, in small letters; it may also be headed by a beginning."""

    field: str
    headed: tuple[str, ...]
    begins: str | None = None

    def fits(self, heading: str) -> bool:
        """Return whether a heading, as `heading_of` gives it, is this column's."""
        return heading in self.headed or bool(self.begins and heading.startswith(self.begins))


COLUMNS = (
    Column(
        "person",
        ("child unique id", "miss_person_id", "person id", "child id", "unique id", "id"),
    ),
    Column("sex", ("gender", "sex", "pers_sex", "pers_gender")),
    Column("ethnicity", ("ethnicity", "ethnic group", "ethnic origin", "pers_ethnicity")),
    Column("birth", ("date of birth", "dob", "birth date", "pers_dob")),
    Column("age_band", ("age band", "age group")),
    Column("age", ("age", "age of child (years)", "age (years)", "age in years")),
    Column("disability", ("disability", "disabled"), begins="does the child have a disability"),
    Column("in_care", ("in care", "looked after", "looked-after", "care status", "child in care")),
    Column(
        "episodes",
        ("episodes", "missing episodes", "number of missing episodes", "number of episodes"),
        begins="number of episodes the child has been 'missing'",
    ),
    Column("ceased", ("date ceased to be looked after",)),
    Column(
        "offered",
        ("miss_missing_rhi_offered", "rhi offered", "return home interview offered"),
        begins="was the child offered a return interview",
    ),
    Column(
        "accepted",
        ("miss_missing_rhi_accepted", "rhi accepted", "return home interview accepted"),
        begins="did the child accept a return interview",
    ),
    Column("reported", ("miss_missing_episode_start_date", "missing episode start")),
    Column("returned", ("miss_missing_episode_end_date", "missing episode end")),
    Column("type", ("miss_missing_episode_type", "episode type")),
)
NEVER_KEPT = {
    "person": "the child's identifier",
    "birth": "date of birth",
}
"""Columns that are read and never kept, by what they are called in the note."""

IDENTIFYING = {
    "allocated team": "allocated team",
    "allocated worker": "allocated worker",
    "family identifier": "family identifier",
    "individual adopter identifier": "adopter identifier",
    "miss_table_id": "row identifier",
    "placement postcode": "placement postcode",
    "urn of placement": "number of the placement",
    "la of placement": "council of the placement",
    "address": "address",
    "postcode": "postcode",
    "name": "name",
    "child name": "name",
    "child's name": "name",
    "first name": "name",
    "forename": "name",
    "last name": "name",
    "surname": "name",
    "nhs number": "NHS number",
    "upn": "unique pupil number",
    "unique pupil number": "unique pupil number",
    "case number": "case number",
    "reference": "reference",
    "social worker": "social worker",
}
"""Columns that would lead to a child or a worker: not read, and named in the note."""


class AnnexList(Word):
    """The lists of children in an Annex A workbook (Ofsted, inspections under ILACS)."""

    CONTACTS = "1", "List 1: contacts", "Rhestr 1: cysylltiadau"
    EARLY_HELP = "2", "List 2: early help assessments", "Rhestr 2: asesiadau cymorth cynnar"
    REFERRALS = "3", "List 3: referrals", "Rhestr 3: atgyfeiriadau"
    ASSESSMENTS = "4", "List 4: assessments", "Rhestr 4: asesiadau"
    SECTION_47 = "5", "List 5: section 47 enquiries", "Rhestr 5: ymholiadau adran 47"
    IN_NEED = "6", "List 6: children in need", "Rhestr 6: plant mewn angen"
    PROTECTED = "7", "List 7: child protection plans", "Rhestr 7: cynlluniau amddiffyn plant"
    LOOKED_AFTER = "8", "List 8: children looked after", "Rhestr 8: plant sy'n derbyn gofal"
    LEAVERS = "9", "List 9: care leavers", "Rhestr 9: pobl sy'n gadael gofal"
    ADOPTION = "10", "List 10: adoption", "Rhestr 10: mabwysiadu"


def heading_of(cell: object) -> str:
    """Return a heading in small letters, without odd spaces and closing marks."""
    return plain(cell).rstrip(AFTER_A_HEADING)


def column_of(heading: str) -> str | None:
    """Return which declared column a heading is, or None."""
    return next((column.field for column in COLUMNS if column.fits(heading)), None)


def annex_list(sheet_name: str) -> AnnexList | None:
    """Return which list of an Annex A workbook a sheet is by its name, or None."""
    found = LIST_NAME.match(plain(sheet_name))
    number = found[1] if found else ""
    return AnnexList(number) if number in set(AnnexList) else None
