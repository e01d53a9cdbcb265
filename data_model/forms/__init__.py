"""What a person or a file may send; the help on a field is also its help on the screen."""

from data_model.forms.base import Form, checked
from data_model.forms.boards import BoardDecisionForm, OutcomeForm
from data_model.forms.cases import (
    CaseForm,
    DecisionForm,
    FindingForm,
    PointerForm,
    reference_problem,
)
from data_model.forms.claims import ClaimAnswerForm, ClaimForm, WelshForm
from data_model.forms.inspections import (
    InspectionForm,
    PublishedEvidenceForm,
    PublishedGradeForm,
)
from data_model.forms.people import IdentityForm, InvitationForm, PersonForm
from data_model.forms.practice import AnswerForm, DisruptionForm, EpisodeForm, PerpetratorForm
from data_model.forms.recommendations import (
    ActionForm,
    EnteredForm,
    EvidenceForm,
    MilestoneForm,
    NoteForm,
    ProgressForm,
    PublishForm,
    ReauditForm,
    RecommendationForm,
    RegisterForm,
    RetestForm,
    StepForm,
    WordingForm,
)
from data_model.forms.sampling import DrawForm, FrameForm, NumberForm

__all__ = [
    "ActionForm",
    "AnswerForm",
    "BoardDecisionForm",
    "CaseForm",
    "ClaimAnswerForm",
    "ClaimForm",
    "DecisionForm",
    "DisruptionForm",
    "DrawForm",
    "EnteredForm",
    "EpisodeForm",
    "EvidenceForm",
    "FindingForm",
    "Form",
    "FrameForm",
    "IdentityForm",
    "InspectionForm",
    "InvitationForm",
    "MilestoneForm",
    "NoteForm",
    "NumberForm",
    "OutcomeForm",
    "PerpetratorForm",
    "PersonForm",
    "PointerForm",
    "ProgressForm",
    "PublishForm",
    "PublishedEvidenceForm",
    "PublishedGradeForm",
    "ReauditForm",
    "RecommendationForm",
    "RegisterForm",
    "RetestForm",
    "StepForm",
    "WelshForm",
    "WordingForm",
    "checked",
    "reference_problem",
]
