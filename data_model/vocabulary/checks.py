"""Words for the checks against false reassurance: how grave, and what each came to."""

from data_model.vocabulary.word import Word


class Severity(Word):
    """How much a board should make of it, gravest first."""

    SERIOUS = "serious", "Serious: can hide harm to children", "Difrifol: gall guddio niwed i blant"
    CONCERN = (
        "concern",
        "Concern: weakens what can be said",
        "Pryder: gwanhau'r hyn y gellir ei ddweud",
    )
    NOTE = "note", "To note: limits what is known", "I'w nodi: cyfyngu ar yr hyn sy'n hysbys"


class Verdict(Word):
    """What a check came to; that it could not be made is never a pass."""

    FOUND = "found", "Found", "Canfuwyd"
    NOTHING = "nothing", "Looked and found nothing", "Edrychwyd heb ganfod dim"
    NOT_CHECKED = "not_checked", "Could not be checked", "Ni ellid gwirio"


class ClaimStanding(Word):
    """What the findings and figures a claim is linked to come to, held against its words (K.10)."""

    SUPPORTED = "supported", "Supported", "Wedi'i gefnogi"
    CONTRADICTED = "contradicted", "Contradicted", "Wedi'i wrth-ddweud"
    MIXED = "mixed", "Mixed", "Cymysg"
    UNSUPPORTED = "unsupported", "Unsupported", "Heb ei gefnogi"


class ClaimDirection(Word):
    """What a sentence says of practice: praise, criticism, or both at once."""

    POSITIVE = "positive", "Praise", "Canmoliaeth"
    NEGATIVE = "negative", "Criticism", "Beirniadaeth"
    MIXED = "mixed", "Both", "Y ddau"
