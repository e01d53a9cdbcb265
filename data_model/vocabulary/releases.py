"""Words for releases: where one stands, what is looked at before it, and why it is corrected."""

from data_model.vocabulary.word import Word


class ReleaseStatus(Word):
    """Where a release stands, from the draft that freezes its content to what became of it."""

    DRAFT = "draft", "Draft", "Drafft"
    CHECKS = "checks", "Being checked", "Yn cael ei wirio"
    SECOND_APPROVER = (
        "second_approver",
        "With the second approver",
        "Gyda'r ail gymeradwywr",
    )
    APPROVED = "approved", "Approved, not published", "Wedi'i gymeradwyo, heb ei gyhoeddi"
    PRE_RELEASE = (
        "pre_release",
        "Open to named people before publication",
        "Ar agor i bobl a enwir cyn cyhoeddi",
    )
    PUBLISHED = "published", "Published", "Cyhoeddwyd"
    CORRECTED = "corrected", "Corrected by a later release", "Cywirwyd gan ddatganiad diweddarach"
    WITHDRAWN = "withdrawn", "Withdrawn", "Tynnwyd yn ôl"


class ChecklistItem(Word):
    """What is looked at before a release goes on; some stop it, others must be acknowledged."""

    DISPUTES = "disputes", "Findings that do not stand", "Canfyddiadau nad ydynt yn sefyll"
    SMALL_CELLS = "small_cells", "Small cells", "Celloedd bach"
    CLAIMS = (
        "claims",
        "Claims that nothing supports",
        "Honiadau nad oes dim yn eu cefnogi",
    )
    MISSING_WELSH = (
        "missing_welsh",
        "Missing Welsh for a Welsh body",
        "Cymraeg ar goll i gorff Cymreig",
    )
    UNREAD_TEXTS = "unread_texts", "Texts nobody has read", "Testunau nad oes neb wedi'u darllen"
    FEW_CASES = "few_cases", "Few cases", "Ychydig o achosion"
    EMPTY_THEMES = (
        "empty_themes",
        "A theme in scope with no case graded",
        "Thema o fewn cwmpas heb achos wedi'i raddio",
    )


class ChangeKind(Word):
    """Why a later release takes the place of an earlier one (Code of Practice for Statistics)."""

    REVISION = (
        "revision",
        "Revision: more is known than when it was published",
        "Diwygiad: mae mwy yn hysbys na phan gafodd ei gyhoeddi",
    )
    CORRECTION = (
        "correction",
        "Correction: something in it was wrong",
        "Cywiriad: roedd rhywbeth ynddo yn anghywir",
    )
