"""Who a phrase is about: words that blame a child are plain words about an agency or a suspect.

The nearest person or body before the phrase in its sentence is taken, except one that another
already acts upon (“described by staff”); a verb of reporting between them (“staff wrote that”)
means that the phrase is about somebody else.
"""

import re
from enum import StrEnum

CHILD = (
    "she|he|her|him|his|herself|himself|they|them|their|child|child's|children|girl|girls|boy|boys"
    "|victim|victims|young person|young people|teenager|teenagers|pupil|pupils|sibling|siblings"
    "|daughter|son|cs-[ab]\\d+|\\d+-year-old|hi|ef"
)
PERPETRATOR = (
    "suspects?|perpetrators?|offenders?|abusers?|exploiters?|groomers?|gangs?|defendants?|m[ae]n"
    "|wom[ae]n|males?|females?|adults?|drivers?|owners?|landlords?|traffickers?"
)
PROFESSIONAL = (
    "workers?|teams?|police|forces?|agency|agencies|councils?|officers?|staff|managers?|parents?"
    "|mothers?|mum|mam|fathers?|dad|uncles?|aunts?|grandparents?|grandmother|grandfather|carers?"
    "|schools?|panels?|partnerships?|partners|services?|health|boards?|sector|departments?"
    "|professionals?|practitioners?|authority|authorities|nurses?|teachers?|leaders?|we|i|inspectors?"
    "|reviewers?|chair|providers?|hospital|clinic|gp|cafcass|camhs|stepfather|stepmother|process"
    "|projects?|programmes?|company|companies|hotels?|courts?|prosecutors?|service|inspectorates?"
)
ACTOR = re.compile(
    rf"(?<![\w-])(?:(?P<child>{CHILD})|(?P<perpetrator>{PERPETRATOR})|(?P<professional>{PROFESSIONAL}))"
    r"(?:'s?)?(?![\w-])"
)
ACTED_UPON = re.compile(r"\b(?:with|by|to|from|of|for|about|than|against|at)(?: [\w'-]+){0,2} $")
REPORTING = re.compile(
    r"\b(?:as|that|describ\w+|record\w*|wr[io]t\w+|not(?:e|es|ed|ing)|call\w*|refer\w*|sa(?:y|ys|id|w)"
    r"|seen?|view\w*|consider\w*|label\w*|thought|think\w*|believ\w+|report\w*|regard\w*|felt|blam\w+"
    r"|accus\w+|treat\w*|assess\w*|us(?:es|ed|ing)|terms?|words?|mention\w*|list\w*|address\w*|reduc\w+"
    r"|manag(?:e|es|ed|ing)|concern\w*|quot\w+|state\w*|attribut\w+|because|due|identif\w+|cit(?:e|es|ed))\b"
)
AFTER = re.compile(
    rf" (?:of|by|among)(?: the| those| these| some| several| two| older)*"
    rf" (?:{PERPETRATOR}|{PROFESSIONAL})(?![\w-])"
)


class Subject(StrEnum):
    """Who does what a phrase says."""

    CHILD = "child"
    PERPETRATOR = "perpetrator"
    PROFESSIONAL = "professional"


def subject(before: str, after: str) -> Subject:
    """Return whom a phrase is about, from its sentence before and after it in small letters."""
    if AFTER.match(after):
        return Subject.PERPETRATOR
    actors = list(ACTOR.finditer(before))
    acting = [each for each in actors if not ACTED_UPON.search(before, 0, each.start())]
    nearest = _last(acting) or _beside(actors, before)
    if nearest is None or REPORTING.search(before, nearest.end()):
        return Subject.CHILD
    return Subject(nearest.lastgroup or Subject.CHILD)


def _last(actors: list[re.Match[str]]) -> re.Match[str] | None:
    return actors[-1] if actors else None


def _beside(actors: list[re.Match[str]], before: str) -> re.Match[str] | None:
    """Return the last actor when nothing but a space parts it from the phrase."""
    return actors[-1] if actors and not before[actors[-1].end() :].strip() else None
