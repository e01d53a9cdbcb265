"""Words for places, bodies, inspections and how their cases are chosen."""

from data_model.vocabulary.word import Word


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
    STRATIFIED = (
        "stratified",
        "Drawn at random within groups",
        "Dewiswyd ar hap o fewn grwpiau",
    )
    PURPOSIVE = "purposive", "Chosen by the inspectors", "Dewiswyd gan yr arolygwyr"
    SELF_SELECTED = (
        "self_selected",
        "Chosen by the inspected body",
        "Dewiswyd gan y corff a arolygir",
    )
    NOT_STATED = "not_stated", "Not stated", "Heb ei nodi"


class FrameKind(Word):
    """What a list of cases to choose from was made from."""

    LIST = "list", "A list the inspected body sent", "Rhestr a anfonwyd gan y corff a arolygir"
    ANNEX_A = "annex_a", "Ofsted's Annex A workbook", "Llyfr gwaith Atodiad A Ofsted"
    SAFEGUARDING_DATASET = (
        "safeguarding_dataset",
        "Standard Safeguarding Dataset, missing episodes",
        "Set Data Diogelu Safonol, achosion o fynd ar goll",
    )


class Division(Word):
    """By what a list of cases can be divided, and its coverage shown."""

    SEX = "sex", "Sex", "Rhyw"
    ETHNICITY = "ethnicity", "Ethnicity", "Ethnigrwydd"
    DISABILITY = "disability", "Disability", "Anabledd"
    IN_CARE = "in_care", "Care status", "Statws gofal"


class DrawPlace(Word):
    """Whether a drawn case is read first or kept in reserve."""

    MAIN = "main", "In the sample", "Yn y sampl"
    RESERVE = "reserve", "In reserve", "Wrth gefn"
