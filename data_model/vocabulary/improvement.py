"""Words for recommendations: response, delivery, assurance and evidence."""

from data_model.vocabulary.word import Word


class RecommendationKind(Word):
    """What the publication calls it."""

    RECOMMENDATION = "recommendation", "Recommendation", "Argymhelliad"
    IMPROVEMENT = "improvement", "Area for improvement", "Maes i'w wella"
    CONCERN = "concern", "Cause of concern", "Achos pryder"
    IMMEDIATE = "immediate", "Immediate recommendation", "Argymhelliad uniongyrchol"


class Response(Word):
    """What the owner says (L.2)."""

    AWAITING = "awaiting", "Awaiting a response", "Yn aros am ymateb"
    ACCEPTED = "accepted", "Accepted", "Derbyniwyd"
    IN_PRINCIPLE = "in_principle", "Accepted in principle", "Derbyniwyd mewn egwyddor"
    PARTLY = "partly", "Partly accepted", "Derbyniwyd yn rhannol"
    REJECTED = "rejected", "Rejected", "Gwrthodwyd"
    REDIRECTED = "redirected", "Redirected", "Ailgyfeiriwyd"


class Delivery(Word):
    """What the owner claims."""

    NOT_STARTED = "not_started", "Not started", "Heb ddechrau"
    IN_PROGRESS = "in_progress", "In progress", "Ar y gweill"
    CLAIMED = "claimed", "Claimed complete", "Honnir ei fod wedi'i gwblhau"
    PAUSED = "paused", "Paused", "Wedi'i oedi"
    SUPERSEDED = "superseded", "Superseded", "Wedi'i ddisodli"


class Assurance(Word):
    """What an independent verifier says."""

    UNTESTED = "untested", "Not tested", "Heb ei brofi"
    SUBMITTED = "submitted", "Evidence submitted", "Tystiolaeth wedi'i chyflwyno"
    INSUFFICIENT = "insufficient", "Evidence insufficient", "Tystiolaeth annigonol"
    IMPLEMENTED = "implemented", "Implemented", "Wedi'i weithredu"
    EFFECT_SHOWN = "effect_shown", "Effect shown", "Effaith wedi'i dangos"
    SUSTAINED = "sustained", "Sustained", "Wedi'i gynnal"
    REGRESSED = "regressed", "Regressed", "Wedi dirywio"


class Evidence(Word):
    """The evidence ladder, weakest first."""

    E0 = "E0", "E0 Assertion", "E0 Honiad"
    E1 = "E1", "E1 Policy or plan", "E1 Polisi neu gynllun"
    E2 = "E2", "E2 Record that it happened", "E2 Cofnod iddo ddigwydd"
    E3 = "E3", "E3 Practice seen in sampled cases", "E3 Ymarfer a welwyd mewn achosion sampl"
    E4 = (
        "E4",
        "E4 Outcome, or children's and families' account",
        "E4 Canlyniad, neu dystiolaeth plant",
    )
