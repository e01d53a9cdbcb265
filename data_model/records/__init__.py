"""What the product keeps, by the noun a reader would look up."""

from data_model.records.base import Record
from data_model.records.boards import BoardDecision, CheckAnswer
from data_model.records.cases import CaseFile
from data_model.records.claims import (
    Claim,
    ClaimFinding,
    ClaimIndicator,
    ClaimTheme,
    ClaimWording,
)
from data_model.records.findings import EvidencePointer, Finding
from data_model.records.frameworks import Criterion, Framework, Scale, ScaleGrade, Theme
from data_model.records.improvement import (
    Action,
    ActionNote,
    EvidenceFile,
    EvidenceItem,
    Milestone,
    Reaudit,
    RegisterEntry,
)
from data_model.records.inspections import (
    Inspection,
    InspectionArea,
    InspectionBody,
    InspectionReader,
    InspectionTheme,
    Judgement,
    PublishedEvidence,
    PublishedGrade,
    Statement,
)
from data_model.records.keeping import (
    CaseReceipt,
    Intake,
    Pack,
    Upload,
    WordingAnswer,
    WorkingCopy,
)
from data_model.records.moderation import Moderation, Reading
from data_model.records.people import Person, PersonIdentity, PersonRole, SignInAttempt
from data_model.records.places import (
    Area,
    AreaNeighbour,
    AreaSuccession,
    ChildPopulation,
    District,
    Organisation,
)
from data_model.records.practice import CaseAnswer, Disruption, MissingEpisode, Perpetrator
from data_model.records.recommendations import (
    Recommendation,
    RecommendationFinding,
    RecommendationOwner,
    RecommendationRepeat,
    RecommendationStep,
    RecommendationTheme,
    RecommendationWording,
)
from data_model.records.releases import (
    Release,
    ReleaseAcknowledgement,
    ReleaseEarlyReader,
    TextRead,
)
from data_model.records.returns import Figure, Return, ReturnExplanation
from data_model.records.sampling import Draw, DrawnCase, Frame, FrameEntry, FrameEpisode
from data_model.records.trail import AuditEvent, CaseRead, CountedVersion, Erasure, TrailHead

__all__ = [
    "Action",
    "ActionNote",
    "Area",
    "AreaNeighbour",
    "AreaSuccession",
    "AuditEvent",
    "BoardDecision",
    "CaseAnswer",
    "CaseFile",
    "CaseRead",
    "CaseReceipt",
    "CheckAnswer",
    "ChildPopulation",
    "Claim",
    "ClaimFinding",
    "ClaimIndicator",
    "ClaimTheme",
    "ClaimWording",
    "CountedVersion",
    "Criterion",
    "Disruption",
    "District",
    "Draw",
    "DrawnCase",
    "Erasure",
    "EvidenceFile",
    "EvidenceItem",
    "EvidencePointer",
    "Figure",
    "Finding",
    "Frame",
    "FrameEntry",
    "FrameEpisode",
    "Framework",
    "Inspection",
    "InspectionArea",
    "InspectionBody",
    "InspectionReader",
    "InspectionTheme",
    "Intake",
    "Judgement",
    "Milestone",
    "MissingEpisode",
    "Moderation",
    "Organisation",
    "Pack",
    "Perpetrator",
    "Person",
    "PersonIdentity",
    "PersonRole",
    "PublishedEvidence",
    "PublishedGrade",
    "Reading",
    "Reaudit",
    "Recommendation",
    "RecommendationFinding",
    "RecommendationOwner",
    "RecommendationRepeat",
    "RecommendationStep",
    "RecommendationTheme",
    "RecommendationWording",
    "Record",
    "RegisterEntry",
    "Release",
    "ReleaseAcknowledgement",
    "ReleaseEarlyReader",
    "Return",
    "ReturnExplanation",
    "Scale",
    "ScaleGrade",
    "SignInAttempt",
    "Statement",
    "TextRead",
    "Theme",
    "TrailHead",
    "Upload",
    "WordingAnswer",
    "WorkingCopy",
]
