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


class Closing(Word):
    """Whether a recommendation is closed for one body: a decision apart from the three answers."""

    OPEN = "open", "Open", "Ar agor"
    CLOSED = "closed", "Closed", "Wedi'i gau"


class Wording(Word):
    """Whether a recommendation can still be reworded."""

    DRAFT = "draft", "Draft", "Drafft"
    PUBLISHED = "published", "Published", "Cyhoeddwyd"


class NoteKind(Word):
    """What somebody notes about an action."""

    PROGRESS = "progress", "Progress", "Cynnydd"
    BLOCKER = "blocker", "What stands in the way", "Yr hyn sy'n rhwystro"
    LIFTED = "lifted", "No longer in the way", "Nid yw'n rhwystro mwyach"


class Change(Word):
    """What a re-audit shows against the first reading; never more than the samples can carry."""

    IMPROVED = "improved", "Improved", "Wedi gwella"
    NONE_SHOWN = "none_shown", "No detectable change", "Dim newid canfyddadwy"
    WORSE = "worse", "Worse", "Gwaeth"
    TOO_FEW = "too_few", "Too few to say", "Rhy ychydig i ddweud"
