"""What the workbook and the paper of a release both say of it, in English and Welsh."""

from datetime import date

from data_model.vocabulary import Symbol
from inspect_app.publishing import words
from inspect_app.publishing.content import ReleaseContent, ReleaseMark
from inspect_app.publishing.described import Said

LANGUAGES = ("en", "cy")
PLACES = {"en": "en-GB", "cy": "cy-GB"}
MONTHS = (
    "Ionawr",
    "Chwefror",
    "Mawrth",
    "Ebrill",
    "Mai",
    "Mehefin",
    "Gorffennaf",
    "Awst",
    "Medi",
    "Hydref",
    "Tachwedd",
    "Rhagfyr",
)
LICENCE = Said(
    "Contains public sector information licensed under the Open Government Licence v3.0.",
    "Yn cynnwys gwybodaeth sector cyhoeddus wedi'i thrwyddedu o dan y Drwydded Llywodraeth Agored "
    "f3.0.",
)
NEVER_ZERO = Said(
    "A mark in square brackets stands where there is no number or text. It is never zero.",
    "Saif marc mewn bachau petryal lle nad oes rhif na thestun. Nid yw byth yn sero.",
)
NEVER_ADDED = Said(
    "Counts of different inspections stand on their own scales and are never added together.",
    "Saif cyfrifon gwahanol arolygiadau ar eu graddfeydd eu hunain ac ni chânt eu hadio at ei "
    "gilydd.",
)
NEVER_CHANGED = Said(
    "A release is never changed. A later release corrects it and says why.",
    "Nid yw datganiad byth yn cael ei newid. "
    "Bydd datganiad diweddarach yn ei gywiro ac yn dweud pam.",
)
INVENTED = Said(
    "Places whose codes begin with X, and everything marked (invented), are samples: they describe "
    "nobody and nowhere.",
    "Samplau yw lleoedd y mae eu codau'n dechrau ag X, a phopeth sydd wedi'i nodi (invented): nid "
    "ydynt yn disgrifio neb nac unman.",
)
AS_PUBLISHED = Said(
    "Words of sources and codes stand as they were published.",
    "Mae geiriau ffynonellau a chodau'n sefyll fel y'u cyhoeddwyd, gan amlaf yn Saesneg.",
)
EVERYTHING = Said("everything agreed or published", "popeth a gytunwyd neu a gyhoeddwyd")


def day(value: date, language: str) -> str:
    """Return a date as it is said: 9 September 2019, 9 Medi 2019."""
    if language == "en":
        return words.day(value)
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def title(mark: ReleaseMark, language: str) -> str:
    """Return what a release is called."""
    said = Said("Inspection evidence: release", "Tystiolaeth arolygu: datganiad")
    return f"{said.to(language)} {mark.number}"


def made(mark: ReleaseMark, language: str) -> str:
    """Return when a release was made."""
    return f"{Said('Made on', 'Gwnaed ar').to(language)} {day(mark.made_on, language)}."


def covers(content: ReleaseContent, language: str) -> str:
    """Return what a release covers."""
    scope = EVERYTHING.to(language) if content.scope == "all" else content.scope
    return f"{Said('It covers', 'Mae’n cwmpasu').to(language)}: {scope}."


def bracketed(symbol: Symbol) -> str:
    """Return a mark as it stands in a table for people: [c]."""
    return f"[{symbol.value}]"
