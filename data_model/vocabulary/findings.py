"""Words for what a reader finds and for the records that support it."""

from data_model.vocabulary.word import Word


class NotGraded(Word):
    """Why a theme of a case has no grade; never left out silently."""

    NOT_APPLICABLE = (
        "not_applicable",
        "Does not apply to this child",
        "Nid yw'n berthnasol i'r plentyn hwn",
    )
    NOT_ENOUGH = (
        "not_enough",
        "The file does not show enough to judge",
        "Nid yw'r ffeil yn dangos digon i farnu",
    )
    TOO_EARLY = "too_early", "Too early to judge", "Yn rhy gynnar i farnu"


class DocumentKind(Word):
    """The kind of record an evidence pointer points at."""

    ASSESSMENT = "assessment", "Assessment", "Asesiad"
    CHRONOLOGY = "chronology", "Chronology", "Cronoleg"
    STRATEGY = "strategy", "Strategy meeting minutes", "Cofnodion cyfarfod strategaeth"
    PLAN = "plan", "Plan", "Cynllun"
    CASE_NOTE = "case_note", "Case note", "Nodyn achos"
    SUPERVISION = "supervision", "Supervision note", "Nodyn goruchwylio"
    INTERVIEW = "interview", "Return home interview record", "Cofnod cyfweliad dychwelyd adref"
    POLICE = "police", "Police report", "Adroddiad heddlu"
    HEALTH = "health", "Health record", "Cofnod iechyd"
    EDUCATION = "education", "School record", "Cofnod ysgol"
    OTHER = "other", "Other record", "Cofnod arall"


class WordingReply(Word):
    """What a writer answers when a phrase of theirs is pointed out."""

    QUOTATION = "quotation", "It is a quotation from the file", "Dyfyniad o'r ffeil ydyw"
    NOT_ABOUT_CHILD = "not_about_child", "It is not about the child", "Nid yw am y plentyn"
    NO_PERSON = "no_person", "It does not lead to a person", "Nid yw'n arwain at berson"
    KEPT = "kept", "I keep it, for the reason given", "Rwy'n ei gadw, am y rheswm a roddwyd"
