"""The inspectorates' words, written once: every closed list, in English and Welsh.

Lists that change with a year or a framework (scales, themes, criteria, areas) are
reference data instead. Terms follow the Inquiry's report (IICSA, CSE by organised
networks, February 2022); the part and paragraph stand beside those that come from it.
"""

from enum import StrEnum
from typing import Self


class Word(StrEnum):
    """A member of a closed list: its value is stored, its words are shown."""

    english: str
    welsh: str

    def __new__(cls, code: str, english: str = "", welsh: str = "") -> Self:
        """Make a member from its stored code and its words in both languages."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.english = english
        member.welsh = welsh
        return member


class Nation(Word):
    """England and Wales differ in rules (G.5 25)."""

    ENGLAND = "england", "England", "Lloegr"
    WALES = "wales", "Wales", "Cymru"


class AreaKind(Word):
    """The levels of place that statistics and inspections are about."""

    LOCAL_AUTHORITY = "local_authority", "Local authority", "Awdurdod lleol"
    POLICE_FORCE_AREA = "police_force_area", "Police force area", "Ardal heddlu"
    REGION = "region", "Region", "Rhanbarth"
    NATION = "nation", "Nation", "Gwlad"


class OrganisationKind(Word):
    """What kind of body reads, is read, or answers a recommendation."""

    INSPECTORATE = "inspectorate", "Inspectorate", "Arolygiaeth"
    INQUIRY = "inquiry", "Public inquiry", "Ymchwiliad cyhoeddus"
    COUNCIL = "council", "Council", "Cyngor"
    POLICE = "police", "Police force", "Heddlu"
    HEALTH = "health", "Health body", "Corff iechyd"
    GOVERNMENT = "government", "Government", "Llywodraeth"
    PARTNERSHIP = "partnership", "Safeguarding partnership", "Partneriaeth ddiogelu"
    SECTOR = "sector", "Group of bodies", "Grŵp o gyrff"


class InspectionKind(Word):
    """Any exercise that reads cases (K.2–K.4), and inspections that say they did not count them."""

    EXTERNAL = "external", "External inspection", "Arolygiad allanol"
    JTAI = "jtai", "Joint targeted area inspection", "Cyd-arolygiad ardal wedi'i dargedu"
    THEMATIC = "thematic", "Thematic inspection", "Arolygiad thematig"
    REVIEW = "review", "Post-inspection review", "Adolygiad ôl-arolygiad"
    REINSPECTION = "reinspection", "Re-inspection", "Ailarolygiad"
    MONITORING = "monitoring", "Monitoring visit", "Ymweliad monitro"
    SINGLE_AUDIT = "single_audit", "Single-agency audit", "Archwiliad un asiantaeth"
    MULTI_AUDIT = "multi_audit", "Multi-agency audit", "Archwiliad aml-asiantaeth"
    DEEP_DIVE = "deep_dive", "Deep dive", "Archwiliad dwfn"
    DIP_SAMPLE = "dip_sample", "Dip sample", "Sampl ar hap"
    TWO_MINUTE = "two_minute", "Two-minute audit", "Archwiliad dau funud"
    LANGUAGE = "language", "Language audit", "Archwiliad iaith"


class BodyRole(Word):
    """Who reads, and whose practice is read."""

    INSPECTING = "inspecting", "Inspecting body", "Corff arolygu"
    INSPECTED = "inspected", "Inspected body", "Corff a arolygir"


class InspectionStatus(Word):
    """Where an inspection's own case reading stands."""

    READING = "reading", "Cases being read", "Achosion yn cael eu darllen"
    AGREED = "agreed", "Findings agreed", "Canfyddiadau wedi'u cytuno"
    PUBLISHED_ELSEWHERE = (
        "published_elsewhere",
        "Entered from a publication",
        "Wedi'i gofnodi o gyhoeddiad",
    )


class Basis(Word):
    """Where an evidence base comes from; the four are never mixed in one count (K.8–K.9)."""

    RECORDED_HERE = "recorded here", "Recorded here", "Wedi'i gofnodi yma"
    PUBLISHED_COUNTS = "published counts", "Published counts", "Cyfrifon cyhoeddedig"
    PUBLISHED_WITHOUT_GRADES = (
        "published without grades",
        "Published without grades",
        "Wedi'i gyhoeddi heb raddau",
    )
    PUBLISHED_UNSPLIT = (
        "published unsplit",
        "Published, grades not split",
        "Wedi'i gyhoeddi, graddau heb eu rhannu",
    )


class SamplingMethod(Word):
    """How the cases read were chosen from those available."""

    ALL_ELIGIBLE = "all_eligible", "Every eligible case", "Pob achos cymwys"
    RANDOM = "random", "Drawn at random", "Dewiswyd ar hap"
    PURPOSIVE = "purposive", "Chosen by the inspectors", "Dewiswyd gan yr arolygwyr"
    SELF_SELECTED = (
        "self_selected",
        "Chosen by the inspected body",
        "Dewiswyd gan y corff a arolygir",
    )
    NOT_STATED = "not_stated", "Not stated", "Heb ei nodi"


class CaseKind(Word):
    """What the case was read for."""

    CSE = "cse", "Child sexual exploitation", "Camfanteisio'n rhywiol ar blant"
    MISSING = "missing", "Missing child", "Plentyn ar goll"
    BOTH = "both", "Child sexual exploitation and missing", "Camfanteisio'n rhywiol ac ar goll"
    OTHER = "other", "Other case mentioning exploitation", "Achos arall sy'n sôn am gamfanteisio"


class CaseStatus(Word):
    """A draft is the reader's own; a submitted case is counted."""

    DRAFT = "draft", "Draft", "Drafft"
    SUBMITTED = "submitted", "Submitted", "Wedi'i gyflwyno"


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


class Symbol(Word):
    """Marks that stand where a number is not; none of them is zero (methods: DfE's symbols)."""

    WITHHELD = "c", "Withheld to protect children", "Wedi'i atal i ddiogelu plant"
    NOT_AVAILABLE = "x", "Not available", "Ddim ar gael"
    NOT_APPLICABLE = "z", "Not applicable", "Amherthnasol"
    UNRELIABLE = "u", "Low reliability", "Dibynadwyedd isel"
    ROUNDS_TO_ZERO = "low", "Rounds to zero, but is not zero", "Yn talgrynnu i sero"


class Better(Word):
    """Which direction is better; counts that follow recording have none (B.4 36–39)."""

    HIGHER = "higher", "Higher is better", "Uwch yw gwell"
    LOWER = "lower", "Lower is better", "Is yw gwell"
    NEITHER = (
        "neither",
        "Neither direction is good news by itself",
        "Nid yw'r naill na'r llall yn well",
    )


class Role(Word):
    """What a person is in this product; what each may do is in `access`."""

    INSPECTOR = "inspector", "Inspector", "Arolygydd"
    LEAD_INSPECTOR = "lead_inspector", "Lead inspector", "Prif arolygydd"
    PUBLISHER = "publisher", "Publisher", "Cyhoeddwr"
    BOARD_MEMBER = "board_member", "Board member", "Aelod o'r bwrdd"
    DIRECTOR = "director", "Director", "Cyfarwyddwr"
    VERIFIER = "verifier", "Verifier", "Gwiriwr"
    ADMINISTRATOR = "administrator", "Administrator", "Gweinyddwr"
