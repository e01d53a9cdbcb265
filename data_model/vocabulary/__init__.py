"""The inspectorates' words, written once: every closed list, in English and Welsh.

Lists that change with a year or a framework (scales, themes, criteria, areas) are
reference data instead. Terms follow the Inquiry's report (IICSA, CSE by organised
networks, February 2022); the part and paragraph stand beside those that come from it.
"""

from data_model.vocabulary.cases import (
    AgeBand,
    AgencyRisk,
    Answer,
    CaseKind,
    CaseStatus,
    DisabilityKind,
    Ethnicity,
    HarmCategory,
    HarmIndicator,
    Network,
    Placement,
    ReadingPurpose,
    Sex,
)
from data_model.vocabulary.checks import (
    ClaimDirection,
    ClaimStanding,
    Severity,
    Verdict,
)
from data_model.vocabulary.exercises import (
    AreaKind,
    Basis,
    BodyRole,
    Division,
    DrawPlace,
    FrameKind,
    InspectionKind,
    InspectionStatus,
    Nation,
    OrganisationKind,
    SamplingMethod,
)
from data_model.vocabulary.figures import (
    Better,
    Breakdown,
    Part,
    Symbol,
)
from data_model.vocabulary.findings import (
    DocumentKind,
    NotGraded,
    WordingReply,
)
from data_model.vocabulary.improvement import (
    Assurance,
    Change,
    Closing,
    Delivery,
    Evidence,
    NoteKind,
    RecommendationKind,
    Response,
    Wording,
)
from data_model.vocabulary.people import (
    Role,
)
from data_model.vocabulary.practice import (
    AimedAt,
    BlamingTerm,
    Interviewer,
    Perpetrators,
    PoliceGrade,
    Tactic,
    TacticOutcome,
    Timing,
)
from data_model.vocabulary.releases import ChangeKind, ChecklistItem, ReleaseStatus
from data_model.vocabulary.returns import ReturnStatus, Stage
from data_model.vocabulary.word import (
    Word,
)

__all__ = [
    "AgeBand",
    "AgencyRisk",
    "AimedAt",
    "Answer",
    "AreaKind",
    "Assurance",
    "Basis",
    "Better",
    "BlamingTerm",
    "BodyRole",
    "Breakdown",
    "CaseKind",
    "CaseStatus",
    "Change",
    "ChangeKind",
    "ChecklistItem",
    "ClaimDirection",
    "ClaimStanding",
    "Closing",
    "Delivery",
    "DisabilityKind",
    "Division",
    "DocumentKind",
    "DrawPlace",
    "Ethnicity",
    "Evidence",
    "FrameKind",
    "HarmCategory",
    "HarmIndicator",
    "InspectionKind",
    "InspectionStatus",
    "Interviewer",
    "Nation",
    "Network",
    "NotGraded",
    "NoteKind",
    "OrganisationKind",
    "Part",
    "Perpetrators",
    "Placement",
    "PoliceGrade",
    "ReadingPurpose",
    "RecommendationKind",
    "ReleaseStatus",
    "Response",
    "ReturnStatus",
    "Role",
    "SamplingMethod",
    "Severity",
    "Sex",
    "Stage",
    "Symbol",
    "Tactic",
    "TacticOutcome",
    "Timing",
    "Verdict",
    "Word",
    "Wording",
    "WordingReply",
]
