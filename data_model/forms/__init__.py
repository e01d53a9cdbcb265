"""What a person or a file may send; the help on a field is also its help on the screen."""

from data_model.forms.base import Form, checked
from data_model.forms.cases import CaseForm, FindingForm, PointerForm, reference_problem
from data_model.forms.inspections import (
    InspectionForm,
    PublishedEvidenceForm,
    PublishedGradeForm,
)
from data_model.forms.recommendations import (
    ActionForm,
    EvidenceForm,
    RecommendationForm,
    StepForm,
)

__all__ = [
    "ActionForm",
    "CaseForm",
    "EvidenceForm",
    "FindingForm",
    "Form",
    "InspectionForm",
    "PointerForm",
    "PublishedEvidenceForm",
    "PublishedGradeForm",
    "RecommendationForm",
    "StepForm",
    "checked",
    "reference_problem",
]
