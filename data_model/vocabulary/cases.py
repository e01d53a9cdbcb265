"""Words for one child's file as it is read."""

from data_model.vocabulary.word import Word


class CaseKind(Word):
    """What the case was read for."""

    CSE = "cse", "Child sexual exploitation", "Camfanteisio'n rhywiol ar blant"
    MISSING = "missing", "Missing child", "Plentyn ar goll"
    BOTH = "both", "Child sexual exploitation and missing", "Camfanteisio'n rhywiol ac ar goll"
    OTHER = "other", "Other case mentioning exploitation", "Achos arall sy'n sôn am gamfanteisio"


class CaseStatus(Word):
    """Where a case stands between its reader's own draft and the count."""

    DRAFT = "draft", "Draft", "Drafft"
    SUBMITTED = "submitted", "Submitted", "Wedi'i gyflwyno"
    SECOND_READ = "second_read", "Second read", "Wedi'i ddarllen eilwaith"
    AGREED = "agreed", "Readings agree", "Y darlleniadau'n cytuno"
    DISPUTED = "disputed", "Readings differ", "Y darlleniadau'n wahanol"
    MODERATED = "moderated", "Moderated", "Wedi'i gymedroli"
    LOCKED = "locked", "Locked", "Wedi'i gloi"
    COUNTED = "counted", "Counted", "Wedi'i gyfrif"


class ReadingPurpose(Word):
    """Why somebody beside the first reader reads a case."""

    SECOND = "second", "Second reading, blind to the first", "Ail ddarlleniad, heb weld y cyntaf"
    BODY = "body", "Another body's own reading", "Darlleniad corff arall ei hun"


class AgeBand(Word):
    """Age when the period of practice began."""

    UNDER_10 = "under_10", "Under 10", "O dan 10"
    FROM_10_TO_12 = "10_12", "10 to 12", "10 i 12"
    FROM_13_TO_15 = "13_15", "13 to 15", "13 i 15"
    FROM_16_TO_17 = "16_17", "16 to 17", "16 i 17"
    NOT_RECORDED = "not_recorded", "Not recorded by the agency", "Heb ei gofnodi gan yr asiantaeth"


class Sex(Word):
    """Sex as the agency recorded it (recommendation 5)."""

    FEMALE = "female", "Female", "Benyw"
    MALE = "male", "Male", "Gwryw"
    NOT_RECORDED = "not_recorded", "Not recorded by the agency", "Heb ei gofnodi gan yr asiantaeth"


class Ethnicity(Word):
    """Broad ethnic group as the agency recorded it (H.4, recommendation 5)."""

    ASIAN = "asian", "Asian or Asian British", "Asiaidd neu Asiaidd Prydeinig"
    BLACK = (
        "black",
        "Black, Black British, Caribbean or African",
        "Du, Du Prydeinig neu Affricanaidd",
    )
    MIXED = "mixed", "Mixed or multiple ethnic groups", "Grwpiau ethnig cymysg neu luosog"
    WHITE = "white", "White", "Gwyn"
    OTHER = "other", "Other ethnic group", "Grŵp ethnig arall"
    NOT_RECORDED = "not_recorded", "Not recorded by the agency", "Heb ei gofnodi gan yr asiantaeth"


class Answer(Word):
    """Yes or no, as the file shows it; an empty answer means it is not entered yet."""

    YES = "yes", "Yes", "Ydy"
    NO = "no", "No", "Nac ydy"
    NOT_RECORDED = "not_recorded", "Not recorded by the agency", "Heb ei gofnodi gan yr asiantaeth"


class DisabilityKind(Word):
    """Kinds of disability (D.4)."""

    LEARNING = "learning", "Learning disability", "Anabledd dysgu"
    AUTISM_ADHD = "autism_adhd", "Autism or ADHD", "Awtistiaeth neu ADHD"
    PHYSICAL = "physical", "Physical disability", "Anabledd corfforol"
    SENSORY = "sensory", "Sensory impairment", "Nam synhwyraidd"
    MENTAL_HEALTH = "mental_health", "Mental health condition", "Cyflwr iechyd meddwl"
    OTHER = "other", "Other", "Arall"


class Placement(Word):
    """Where the child lived (D.2)."""

    HOME = "home", "With family", "Gyda theulu"
    IN_AREA = "in_area", "In care, in the area", "Mewn gofal, yn yr ardal"
    OUT_WITHIN_20 = (
        "out_within_20",
        "In care, out of area, within 20 miles",
        "Mewn gofal, y tu allan i'r ardal, o fewn 20 milltir",
    )
    OUT_OVER_20 = (
        "out_over_20",
        "In care, out of area, over 20 miles",
        "Mewn gofal, y tu allan i'r ardal, dros 20 milltir",
    )
    UNREGULATED = "unregulated", "Unregulated placement", "Lleoliad heb ei reoleiddio"
    NOT_RECORDED = "not_recorded", "Not recorded by the agency", "Heb ei gofnodi gan yr asiantaeth"


class HarmCategory(Word):
    """Risk and harm kept apart (recommendation 4)."""

    AT_RISK = "at_risk", "At risk", "Mewn perygl"
    EXPERIENCED = (
        "experienced",
        "Experiencing or has experienced exploitation",
        "Yn profi neu wedi profi camfanteisio",
    )
    EXPERIENCED_AT_RISK = (
        "experienced_at_risk",
        "Has experienced exploitation and is at risk of further abuse",
        "Wedi profi camfanteisio ac mewn perygl o gam-drin pellach",
    )
    NO_SIGN = (
        "no_sign",
        "No sign of exploitation in the file",
        "Dim arwydd o gamfanteisio yn y ffeil",
    )


class HarmIndicator(Word):
    """Signs that harm has already happened, never merely risk (F.3 12–14)."""

    STI = "sti", "Sexually transmitted infection", "Haint a drosglwyddir yn rhywiol"
    PREGNANCY = "pregnancy", "Pregnancy or termination", "Beichiogrwydd neu derfyniad"
    OVERNIGHT = (
        "overnight",
        "Found overnight with unknown adults",
        "Wedi'i ganfod dros nos gydag oedolion anhysbys",
    )
    SUPPLIED = (
        "supplied",
        "Supplied with drugs or alcohol by adults",
        "Oedolion yn cyflenwi cyffuriau neu alcohol",
    )
    IMAGES = (
        "images",
        "Sexual images taken or shared",
        "Delweddau rhywiol wedi'u tynnu neu eu rhannu",
    )
    DISCLOSURE = "disclosure", "The child said so", "Dywedodd y plentyn hynny"
    WITNESSED = (
        "witnessed",
        "Seen or reported by someone else",
        "Wedi'i weld neu ei adrodd gan rywun arall",
    )


class AgencyRisk(Word):
    """What the agency wrote; kept beside the harm category, never instead of it (F.3)."""

    HIGH = "high", "High", "Uchel"
    MEDIUM = "medium", "Medium", "Canolig"
    LOW = "low", "Low", "Isel"
    NUMBER = "number", "A number only", "Rhif yn unig"
    NOTHING = "nothing", "Nothing", "Dim"


class Network(Word):
    """Two or more connected individuals, the Inquiry's definition (C.3 21)."""

    YES = "yes", "Yes", "Ydy"
    SUSPECTED = "suspected", "Suspected", "Amheuir"
    NO = "no", "No", "Nac ydy"
    NOT_RECORDED = "not_recorded", "Not recorded by the agency", "Heb ei gofnodi gan yr asiantaeth"
