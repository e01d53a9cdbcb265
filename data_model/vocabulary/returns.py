"""Words for quarterly returns: where one stands, and what looking at it came to."""

from data_model.vocabulary.word import Word


class ReturnStatus(Word):
    """Where a quarterly return stands; an approved quarter is locked until it is reopened."""

    ENTERED = "entered", "Entered, not approved", "Wedi'i gofnodi, heb ei gymeradwyo"
    APPROVED = "approved", "Approved", "Wedi'i gymeradwyo"
    PUBLISHED = "published", "Published", "Cyhoeddwyd"


class Stage(Word):
    """The stages in which a return is looked at, in their order."""

    COMPLETE = "complete", "Complete", "Cyflawn"
    CONSISTENT = "consistent", "Consistent in itself", "Cyson ynddo'i hun"
    PLAUSIBLE = "plausible", "Plausible against others", "Credadwy o'i gymharu ag eraill"
