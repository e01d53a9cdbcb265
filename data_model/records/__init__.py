"""What the product keeps, by the noun a reader would look up."""

from data_model.records.base import Record
from data_model.records.cases import CaseFile
from data_model.records.findings import EvidencePointer, Finding
from data_model.records.frameworks import Criterion, Framework, Scale, ScaleGrade, Theme
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
from data_model.records.people import Person, PersonRole
from data_model.records.places import Area, AreaSuccession, Organisation
from data_model.records.recommendations import (
    Action,
    EvidenceItem,
    Recommendation,
    RecommendationFinding,
    RecommendationOwner,
    RecommendationStep,
    RecommendationTheme,
)
from data_model.records.releases import Release
from data_model.records.returns import Figure
from data_model.records.trail import AuditEvent, CountedVersion

__all__ = [
    "Action",
    "Area",
    "AreaSuccession",
    "AuditEvent",
    "CaseFile",
    "CountedVersion",
    "Criterion",
    "EvidenceItem",
    "EvidencePointer",
    "Figure",
    "Finding",
    "Framework",
    "Inspection",
    "InspectionArea",
    "InspectionBody",
    "InspectionReader",
    "InspectionTheme",
    "Judgement",
    "Organisation",
    "Person",
    "PersonRole",
    "PublishedEvidence",
    "PublishedGrade",
    "Recommendation",
    "RecommendationFinding",
    "RecommendationOwner",
    "RecommendationStep",
    "RecommendationTheme",
    "Record",
    "Release",
    "Scale",
    "ScaleGrade",
    "Statement",
    "Theme",
]
