"""The fields of a register or a plan, and how its own headings are matched to them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rapidfuzz import fuzz

from inspect_app.errors import Refusal
from inspect_app.workbooks.cells import day
from inspect_app.workbooks.plain_text import alike

NEAR = 88
"""From here on of 100 a heading that is not declared is taken for one that is."""

NOT_USED = ""
COUNTED = re.compile(r"[+-]?[\d.,]+ ?%?")
NOT_A_WORD = re.compile(r"[^\w%]+|_+")


class Field(StrEnum):
    """What a column of a register or a plan can hold."""

    NUMBER = "number"
    TITLE = "title"
    TEXT = "text"
    BODY = "body"
    THEME = "theme"
    REPORT = "report"
    AREA = "area"
    MADE_ON = "made_on"
    RESPONSE_DUE_ON = "response_due_on"
    STATUS = "status"
    CLOSED_ON = "closed_on"
    REPLY = "reply"
    ACTION = "action"
    ROLE = "role"
    STARTS_ON = "starts_on"
    DUE_ON = "due_on"
    REVISED_ON = "revised_on"
    DONE_ON = "done_on"
    PROGRESS = "progress"
    INDICATOR = "indicator"
    BY_HOW_MUCH = "by_how_much"


@dataclass(frozen=True)
class Heading:
    """A field, what it is called here, and the headings that others give it."""

    field: Field
    title: str
    also: tuple[str, ...]

    @property
    def dated(self) -> bool:
        """Whether days stand under it."""
        return self.field.endswith("_on")


HEADINGS = (
    Heading(
        Field.NUMBER,
        "Recommendation number",
        ("number", "no", "ref", "reference", "rec no", "rec ref", "recommendation ref",
         "recommendation no", "recommendation reference", "code", "id", "rec", "recommendation id"),
    ),
    Heading(
        Field.TITLE,
        "Title",
        ("recommendation title", "short title", "heading", "summary", "headline"),
    ),
    Heading(
        Field.TEXT,
        "Recommendation",
        ("recommendation text", "text", "wording", "recommendation wording", "area for improvement",
         "finding", "full recommendation", "what the report says", "cause of concern",
         "response to issued recs", "status of active recs"),
    ),
    Heading(
        Field.BODY,
        "Addressed to",
        ("recipient", "recipients", "body", "organisation", "agency", "addressee", "sent to",
         "responsible body", "responsible agency", "lead agency", "owner organisation",
         "this report is being sent to"),
    ),
    Heading(
        Field.THEME,
        "Theme",
        ("themes", "subject", "topic", "category", "issue", "safety issue", "priority area"),
    ),
    Heading(
        Field.REPORT,
        "Report",
        ("inquiry", "inspection", "source", "source report", "publication", "review", "audit"),
    ),
    Heading(Field.AREA, "Area", ("corrected area", "place", "local authority area")),
    Heading(
        Field.MADE_ON,
        "Made on",
        ("made", "date made", "date of report", "date issued", "issued", "issued on",
         "report date", "date published", "published", "published on", "date raised", "date time"),
    ),
    Heading(
        Field.RESPONSE_DUE_ON,
        "Response due on",
        ("response due", "response date due", "reply due", "response deadline"),
    ),
    Heading(
        Field.STATUS,
        "Status",
        ("state", "rag", "rag status", "rag rating", "bragg", "brag", "brag rating",
         "current status", "delivery status", "action status", "progress rag"),
    ),
    Heading(Field.CLOSED_ON, "Closed on", ("closed", "date closed", "closing date")),
    Heading(
        Field.REPLY,
        "Reply",
        ("reply text", "response", "response text", "body's response", "management response",
         "agency response", "definition"),
    ),
    Heading(
        Field.ACTION,
        "Action",
        ("actions", "agreed action", "action to be taken", "what we will do", "what will we do",
         "task", "step", "planned action", "action required", "key action", "activity"),
    ),
    Heading(
        Field.ROLE,
        "Responsible role",
        ("lead", "lead officer", "owner", "action owner", "responsible", "responsible officer",
         "who", "by whom", "role", "lead role", "accountable lead", "responsible lead",
         "named role", "job title", "responsible person"),
    ),
    Heading(
        Field.STARTS_ON, "Starts on", ("start", "start date", "begins", "date started", "from")
    ),
    Heading(
        Field.DUE_ON,
        "Date",
        ("due", "due date", "due on", "date due", "deadline", "target date", "by when", "when",
         "timescale", "completion date", "target completion date", "to be completed by",
         "original date", "date due for completion"),
    ),
    Heading(
        Field.REVISED_ON,
        "Latest date",
        ("revised date", "revised due date", "new date", "new due date", "extended to",
         "current due date", "revised target date", "revised completion date"),
    ),
    Heading(
        Field.DONE_ON,
        "Done on",
        ("done", "completed", "completed on", "date completed", "actual completion date",
         "date achieved", "finished on"),
    ),
    Heading(
        Field.PROGRESS,
        "Progress",
        ("progress note", "progress notes", "progress update", "update", "latest update",
         "comments", "commentary", "progress to date", "notes", "narrative"),
    ),
    Heading(
        Field.INDICATOR,
        "Indicator",
        ("measure", "success measure", "kpi", "performance indicator", "indicator it moves"),
    ),
    Heading(
        Field.BY_HOW_MUCH,
        "By how much",
        ("target", "expected impact", "impact", "intended impact", "outcome", "intended outcome",
         "what difference will it make", "what will success look like", "success criteria"),
    ),
)  # fmt: skip
"""Every field, with the headings it has in registers and plans that were looked at."""

BY_FIELD = {each.field: each for each in HEADINGS}


@dataclass(frozen=True)
class Matched:
    """A column of a file: its heading, its place from 0, the field it holds, and how sure.

    `field` is None for a column that has no place here; `score` is 100 for a heading that is
    declared or that a person named, and less for one that is only like it.
    """

    heading: str
    place: int
    field: Field | None
    score: int
    by_person: bool = False


def same_words(heading: str) -> str:
    """Return a heading as it is compared: small letters, words alone."""
    return NOT_A_WORD.sub(" ", alike(heading)).strip()


def known_as(heading: str) -> Field | None:
    """Return the field that a heading is declared for."""
    return DECLARED.get(same_words(heading))


DECLARED = {
    same_words(words): each.field for each in HEADINGS for words in (each.title, *each.also)
}


def match(
    headings: Sequence[str],
    below: Sequence[Sequence[str]],
    named: Mapping[str, str] | None = None,
) -> tuple[Matched, ...]:
    """Return what each column of a table holds; no field is held by two columns.

    `below` are the rows of text under the headings: a heading that is only like a declared one
    is taken for it if what stands under it fits. `named` holds fields by heading, as a person named
    them; an empty field says that the column is not used. Raises Refusal for a name of neither.
    """
    chosen = _named(headings, named or {})
    taken = {field for field in chosen.values() if field}
    free = [place for place in range(len(headings)) if place not in chosen]
    found: dict[int, tuple[Field, int]] = {}
    for score, place, field in sorted(
        _likely(headings, free, below), key=lambda one: (-one[0], one[1])
    ):
        if place not in found and field not in taken:
            found[place] = (field, score)
            taken.add(field)
    return tuple(_matched(headings, place, chosen, found) for place in range(len(headings)))


def _matched(
    headings: Sequence[str],
    place: int,
    chosen: Mapping[int, Field | None],
    found: Mapping[int, tuple[Field, int]],
) -> Matched:
    if place in chosen:
        return Matched(headings[place], place, chosen[place], 100, by_person=True)
    field, score = found.get(place, (None, 0))
    return Matched(headings[place], place, field, score)


def _likely(
    headings: Sequence[str], places: Iterable[int], below: Sequence[Sequence[str]]
) -> Iterable[tuple[int, int, Field]]:
    for place in places:
        said = same_words(headings[place])
        if said in DECLARED:
            yield 100, place, DECLARED[said]
            continue
        for words, field in DECLARED.items():
            score = int(fuzz.token_sort_ratio(said, words))
            if score >= NEAR and _fits(field, below, place):
                yield score, place, field


def _fits(field: Field, below: Sequence[Sequence[str]], place: int) -> bool:
    """Return whether most of what stands in a column is what the field holds: days, or words."""
    said = [row[place] for row in below if place < len(row) and row[place].strip()]
    if BY_FIELD[field].dated:
        return 2 * sum(day(each) is not None for each in said) > len(said)
    numbers = sum(COUNTED.fullmatch(each.strip()) is not None for each in said)
    return field is Field.NUMBER or 2 * numbers <= len(said)


def _named(headings: Sequence[str], named: Mapping[str, str]) -> dict[int, Field | None]:
    known = {same_words(heading): place for place, heading in reversed(list(enumerate(headings)))}
    chosen: dict[int, Field | None] = {}
    for heading, field in named.items():
        if same_words(heading) not in known:
            shown = ", ".join(f"“{each}”" for each in headings if each)
            raise Refusal(f"There is no column “{heading}”.", f"The table has {shown}.")
        if field != NOT_USED and field not in set(Field):
            raise Refusal(
                f"{field!r} is no field that a column can hold.",
                f"Use one of {', '.join(Field)}, or nothing for a column that is not used.",
            )
        chosen[known[same_words(heading)]] = Field(field) if field else None
    twice = [field for field in chosen.values() if field and list(chosen.values()).count(field) > 1]
    if twice:
        raise Refusal(f"Two columns are named {twice[0]!r}.", "Name one of them.")
    return chosen
