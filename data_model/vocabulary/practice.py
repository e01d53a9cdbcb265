"""Words for what the agencies did and wrote, as the file shows it."""

from data_model.vocabulary.word import Word


class Perpetrators(Word):
    """Whether the file says who exploited the child (recommendation 5)."""

    KNOWN = "known", "One or more known or suspected", "Un neu ragor yn hysbys neu'n cael eu hamau"
    NOT_IDENTIFIED = "not_identified", "Looked for and not identified", "Wedi chwilio heb eu canfod"
    NOT_RECORDED = "not_recorded", "Not recorded by the agency", "Heb ei gofnodi gan yr asiantaeth"


class PoliceGrade(Word):
    """How the police graded a missing episode (G.4)."""

    HIGH = "high", "High risk", "Risg uchel"
    MEDIUM = "medium", "Medium risk", "Risg ganolig"
    LOW = "low", "Low risk", "Risg isel"
    NO_APPARENT = "no_apparent", "No apparent risk (absent)", "Dim risg amlwg (absennol)"
    NOT_RECORDED = "not_recorded", "Not recorded by the agency", "Heb ei gofnodi gan yr asiantaeth"


class Interviewer(Word):
    """Who held a return home interview (G.5)."""

    INDEPENDENT = "independent", "An independent provider", "Darparwr annibynnol"
    COUNCIL = (
        "council",
        "Council staff who do not know the child",
        "Staff cyngor nad ydynt yn adnabod y plentyn",
    )
    SOCIAL_WORKER = (
        "social_worker",
        "The child's own social worker",
        "Gweithiwr cymdeithasol y plentyn",
    )
    PLACEMENT = "placement", "Staff where the child lives", "Staff lle mae'r plentyn yn byw"
    POLICE = "police", "The police", "Yr heddlu"
    OTHER = "other", "Somebody else", "Rhywun arall"
    NOT_RECORDED = "not_recorded", "Not recorded by the agency", "Heb ei gofnodi gan yr asiantaeth"


class Timing(Word):
    """Whether an interview was held in the 72 hours that England expects (G.5 25)."""

    WITHIN = "within", "Within 72 hours", "O fewn 72 awr"
    LATER = "later", "Later than 72 hours", "Yn hwyrach na 72 awr"
    NOT_RECORDED = "not_recorded", "Not recorded by the agency", "Heb ei gofnodi gan yr asiantaeth"


class Tactic(Word):
    """Ways of disrupting exploitation (I.1 2)."""

    CAWN = "cawn", "Child abduction warning notice", "Hysbysiad rhybudd cipio plentyn"
    SRO = "sro", "Sexual risk order", "Gorchymyn risg rhywiol"
    SHPO = "shpo", "Sexual harm prevention order", "Gorchymyn atal niwed rhywiol"
    RECOVERY = "recovery", "Recovery order", "Gorchymyn adfer"
    SECTION_49 = "section_49", "Prosecution under section 49", "Erlyniad o dan adran 49"
    WARNING_LETTER = "warning_letter", "Warning letter", "Llythyr rhybudd"
    HOTEL_NOTICE = "hotel_notice", "Hotel notice", "Hysbysiad gwesty"
    LICENSING = "licensing", "Licensing action", "Camau trwyddedu"
    TENANCY = "tenancy", "Action on a tenancy", "Camau ar denantiaeth"
    OTHER_ARREST = "other_arrest", "Arrest for another offence", "Arestio am drosedd arall"
    OUTREACH = "outreach", "Outreach where exploitation happens", "Gwaith allgymorth"
    PREMISES = "premises", "Closure or visits of premises", "Cau neu ymweld â safleoedd"
    OTHER = "other", "Another tactic", "Tacteg arall"


class AimedAt(Word):
    """Whom or what a tactic was aimed at; a victim is never one of them (I.2 25)."""

    SUSPECT = "suspect", "A suspect", "Person dan amheuaeth"
    ASSOCIATE = "associate", "An associate of a suspect", "Cydymaith i berson dan amheuaeth"
    LOCATION = "location", "A place", "Lleoliad"


class TacticOutcome(Word):
    """What came of a tactic."""

    STOPPED = (
        "stopped",
        "The contact or activity stopped",
        "Daeth y cyswllt neu'r gweithgarwch i ben",
    )
    CONTINUED = "continued", "It continued", "Fe barhaodd"
    BREACHED = "breached", "It was breached", "Fe'i torrwyd"
    PENDING = "pending", "Too early to say", "Yn rhy gynnar i ddweud"
    NOT_RECORDED = "not_recorded", "Not recorded by the agency", "Heb ei gofnodi gan yr asiantaeth"


class BlamingTerm(Word):
    """Terms seen in the file that lay exploitation at the child's door (E.3)."""

    PLACING_AT_RISK = (
        "placing_at_risk",
        "Placing herself or himself at risk",
        "Rhoi ei hun mewn perygl",
    )
    RISKY = "risky", "Risky behaviour", "Ymddygiad peryglus"
    PROMISCUOUS = "promiscuous", "Promiscuous", "Llac ei foesau"
    BOYFRIEND = (
        "boyfriend",
        "Boyfriend, of an adult who exploits",
        "Cariad, am oedolyn sy'n camfanteisio",
    )
    CONSENT = (
        "consent",
        "Consent, of a child who cannot give it",
        "Cydsyniad, am blentyn na all ei roi",
    )
    PROSTITUTION = "prostitution", "Prostitution, or prostituting", "Puteindra, neu buteinio"
    LIFESTYLE = "lifestyle", "Lifestyle choice", "Dewis ffordd o fyw"
    STREETWISE = "streetwise", "Streetwise, or mature for the age", "Hirben, neu aeddfed am ei oed"
    NOT_ENGAGING = "not_engaging", "Refuses to engage, or hard to reach", "Gwrthod ymgysylltu"
    OTHER = "other", "Another blaming term", "Term beio arall"
