"""What the workbook, the papers and the pages of a release all say of it."""

from data_model.vocabulary import Symbol
from inspect_app.publishing.content import ReleaseContent, ReleaseMark
from inspect_app.publishing.language import Language, Passage
from inspect_app.publishing.marking import later

LICENCE = later(
    "Contains public sector information licensed under the Open Government Licence v3.0."
)
NEVER_ZERO = later(
    "A mark in square brackets stands where there is no number or text. It is never zero."
)
NEVER_ADDED = later(
    "Counts of different inspections stand on their own scales and are never added together."
)
NEVER_CHANGED = later("A release is never changed; a later release corrects it and says why.")
INVENTED = later(
    "Places whose codes begin with X, and everything marked (invented), are samples: they describe "
    "nobody and nowhere."
)
AS_PUBLISHED = later("Words of sources and codes stand as they were published.")
EVERYTHING = later("everything agreed or published")
TITLE = later("Inspection evidence: release %(number)s")
MADE = later("Made on %(day)s.")
COVERS = later("It covers: %(scope)s.")


def title(mark: ReleaseMark, language: Language) -> str:
    """Return what a release is called."""
    return language.say(TITLE, number=mark.number)


def made(mark: ReleaseMark, language: Language) -> str:
    """Return when a release was made."""
    return language.say(MADE, day=language.day(mark.made_on))


def covers(content: ReleaseContent, language: Language) -> tuple[str, Passage, str]:
    """Return what a release covers, its name perhaps in the other language."""
    before, after = language.say(COVERS, scope="\0").split("\0")
    return before, scope_of(content.scope, language), after


def scope_of(scope: str, language: Language) -> Passage:
    """Return the scope of a release: everything, or the name of a place or of inspections."""
    return Passage(language.gettext(EVERYTHING)) if scope == "all" else language.name(scope)


def bracketed(symbol: Symbol) -> str:
    """Return a mark as it stands in a table for people: [c]."""
    return f"[{symbol.value}]"
