"""Every service by its name: the permission it asks for and the place it is called about.

`test_every_service.py` finds the services themselves; one that nobody has put in `DECLARED` fails
it. Arguments are filled in by the name of the parameter and forms by their kind; `HOW` holds what
is special to one service.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from data_model import forms
from data_model.forms import checked
from data_model.vocabulary import ChangeKind, ChecklistItem, ReadingPurpose, Role, WordingReply
from inspect_app import services
from inspect_app.access import Permission, Scope, Standing
from inspect_app.services.digest_round import Sending
from inspect_app.services.progress import Grouping
from inspect_app.services.recommendation_list import Wanted
from inspect_app.services.register_values import AsRegister
from inspect_app.services.release import Correction
from inspect_app.services.release import Scope as Released
from inspect_app.services.steps import Which
from inspect_app.services.trail_export import Asked
from inspect_app.workflow import Axis
from tests.inspect_app.test_inspections import STARTED
from tests.inspect_app.test_recommendations import ENTERED
from tests.support.readings import CASE
from tests.support.recommending import PLAN, WRITTEN

P = Permission
AREA, COUNCIL, JTAI, NCPI, AUDIT = (
    "X06000001",
    "aldermere-council",
    "ALD-2025-JTAI",
    "CWM-2026-NCPI",
    "BRK-2025-AUDIT",
)


@dataclass(frozen=True)
class Place:
    """What a service is called about, as far as it decides who may.

    `only` are the people for whom it is there at all, where a case or a person decides.
    """

    inspection: str | None = None
    agreed: bool = False
    bodies: frozenset[str] = frozenset()
    area: str | None = None
    organisation: str | None = None
    reader: str | None = None
    only: frozenset[str] | None = None


ALL = Place()
"""A list, a document of everything in sight, or what is not about any place."""
INSPECTORATE = "invented-joint-inspectorate"
AGREED = Place(
    JTAI, agreed=True, bodies=frozenset({COUNCIL, INSPECTORATE}), area=AREA, organisation=COUNCIL
)
READ = Place(NCPI)
DRAFT = Place(NCPI, reader="gwenllian-elsewhere")
WHOLE_CASE = Place(only=frozenset({"gwenllian-elsewhere", "priya-lead"}))
SECOND = Place(only=frozenset({"gwenllian-elsewhere", "rhodri-inspector"}))
LET_OFF = Place(only=frozenset({"rhodri-inspector", "priya-lead"}))
THE_RETURN = Place(
    only=frozenset(
        {
            "joanna-director",
            "nadia-auditor",
            "patrick-board",
            "samira-publisher",
            "elsewhere-publisher",
        }
    )
)
NOT_THERE = Place(only=frozenset())
"""What the samples have none of, so that whoever may is told so and nobody gets anything."""


def holds(scope: Scope, standing: Standing, place: Place) -> bool:
    """Say again, in the plainest words, where a scope holds for somebody."""
    if place.only is not None:
        return standing.person in place.only
    reads = place.inspection in standing.reads
    concerned = standing.organisation in place.bodies or standing.area == place.area
    return (
        place == ALL
        or {
            Scope.ANYWHERE: True,
            Scope.AGREED: place.agreed or reads,
            Scope.CONCERNED: reads or (place.agreed and concerned),
            Scope.READ_IN: reads,
            Scope.ASSIGNED: standing.person == place.reader if place.reader else reads,
            Scope.LED: place.inspection in standing.leads,
            Scope.ORGANISATION: standing.organisation == place.organisation,
            Scope.AREA: standing.area == place.area,
            Scope.OTHERS: standing.organisation != place.organisation,
        }[scope]
    )


Declared = tuple[tuple[Permission, ...], Place]
DECLARED: dict[str, Declared] = {}
"""By its name, what a service asks for, any of them, and the place; nothing is asked: anybody."""


def declare(place: Place, *permissions: Permission, **named: str) -> None:
    """Put services of modules into the table."""
    for module, names in named.items():
        DECLARED.update({f"{module}.{name}": (permissions, place) for name in names.split()})


declare(
    ALL,
    reference="areas themes grades choices organisations",
    reference_shipped="bring",
    waiting="piles",
    digest="week",
    recommendation_list="written",
    sampling_draw="offered_seed",
    board_papers="file_name",
    scorecard_files="file_name",
    recommendation_drafts="led",
    release_shelf="all_there",
    return_words="lines",
)
declare(
    ALL,
    P.READ_INSPECTIONS,
    areas="view",
    inspections="listed",
    claims="told",
    comparing_inspections="listed",
    checks="everywhere",
)
declare(
    ALL,
    P.READ_RECOMMENDATIONS,
    answer_dates="coming page_of",
    answers_file="dates_as_csv as_csv",
    board_papers="word pdf paper excel",
    follow_up="answers",
    progress="figures board claims",
    progress_file="board_csv figures_csv",
    recommendation_list="page_of every counts choices",
)
declare(
    ALL,
    P.READ_SCORECARDS,
    board_concerns="overdue",
    board_parts="all_of",
    board_reading="reading",
    boards="answers decisions",
    case_parts="of_lines",
    checks="of_area",
    comparing="material",
    comparing_periods="offered",
    late_returns="due of_area",
    national_children="populations rates_beside",
    neighbour_view="views why_none",
    returns="listed",
    scorecard_files="word pdf paper excel",
    scorecards="scorecard quarters series history",
)
declare(
    ALL,
    P.READ_CASES,
    agreement="across",
    cases="mine",
    moderation_views="desks",
    sampling="listed",
)
declare(
    AGREED,
    P.READ_INSPECTIONS,
    agreement="of_inspection",
    checks="of_inspection",
    claims="narrative",
    comparing_inspections="compared",
    history="of_inspection",
    inspections="workspace",
    welsh="texts",
)
declare(
    AGREED,
    P.READ_RECOMMENDATIONS,
    history="of_recommendation",
    reaudits="offered comparison",
    recommendations="view wordings findings_behind",
    register_intake="entries",
    repeats="suggested earlier found_again",
    welsh="recommendation_texts",
)
declare(AGREED, P.READ_CASES, scorecards="rows_behind")
declare(Place(AUDIT), P.EXPORT_TRAIL, trail_export="export")
declare(Place(AUDIT), P.ERASE_CASES, retention="ask erase")
declare(ALL, P.ERASE_CASES, retention="listed")
declare(
    ALL,
    P.ENTER_PUBLISHED,
    inspections="enter_published",
    recommendations="enter",
    national_intake="preview take",
    reference_intake="preview take",
    register_intake="preview take",
)
declare(ALL, P.START_INSPECTIONS, inspections="start")
declare(
    READ,
    P.READ_CASES,
    case_sheet="sheet",
    sampling="view",
    sampling_begin="to_begin prefill episodes_of",
    sampling_draw="repeat",
)
declare(Place("ALD-2026-2MIN"), P.READ_CASES, due="due_list")
declare(READ, P.WRITE_CASES, cases="begin", intake="pack")
declare(
    DRAFT,
    P.WRITE_CASES,
    cases="save settle submit take_back",
    keeping="keep keep_all",
    wording="answer",
)
declare(WHOLE_CASE, P.READ_CASES, cases="view", editions="editions", history="of_case")
declare(NOT_THERE, P.READ_CASES, receipts="check")
declare(ALL, P.WRITE_CASES, intake="preview take")
declare(READ, P.WRITE_CASES, moderation="take")
declare(LET_OFF, P.WRITE_CASES, moderation="withdraw")
declare(SECOND, P.WRITE_CASES, moderation="submit_reading")
declare(
    READ,
    P.AGREE_FINDINGS,
    moderation="ask decide lock lock_ready unlock",
    moderation_views="dispute",
    inspections="add_reader summarise agree reopen",
    claims="write",
    sampling_draw="draw replace",
    sampling_register="list_from exclude include",
)
declare(AGREED, P.AGREE_FINDINGS, claims="take_out")
declare(Place("ALD-2026-REAUDIT"), P.WRITE_RECOMMENDATIONS, recommendations="reword publish")
declare(
    AGREED,
    P.WRITE_RECOMMENDATIONS,
    recommendations="write",
    recommendation_drafts="draft",
)
declare(AGREED, P.WRITE_RECOMMENDATIONS, P.MAKE_RELEASES, repeats="link unlink")
declare(AGREED, P.WRITE_RECOMMENDATIONS, P.VERIFY, reaudits="plan arrange")
declare(AGREED, P.WRITE_CLAIMS, claims="reword", welsh="write write_recommendation")
declare(AGREED, P.ANSWER_CLAIMS, claims="answer")
declare(
    AGREED,
    P.RESPOND,
    actions="add progress add_milestone reach note",
    evidence="add",
    attached_files="attach",
    steps="step",
)
declare(NOT_THERE, P.RESPOND, P.VERIFY, attached_files="content")
declare(AGREED, P.SEND_RETURNS, returns="pack explain")
declare(ALL, P.SEND_RETURNS, returns="send")
declare(AGREED, P.APPROVE_RETURNS, returns="approve reopen")
declare(THE_RETURN, P.READ_SCORECARDS, history="of_return", returns="view")
declare(AGREED, P.DECIDE, boards="answer decide finish")
declare(
    ALL,
    P.MAKE_RELEASES,
    release="preview draw_up draw_again make",
    release_early="plan open_early",
    release_shelf="bring",
    release_steps="start_checks hand_over acknowledge publish",
    returns="publish",
)
declare(
    ALL,
    P.CHECK_RELEASES,
    history="of_release",
    release="protection",
    release_early="draft_site",
    release_steps="send_back",
    release_texts="listed",
    release_values="view",
)
declare(ALL, P.APPROVE_RELEASES, release_steps="approve")
declare(
    ALL,
    P.READ_RELEASES,
    release_shelf="behind against_trail",
    release_values="listed",
)
declare(NOT_THERE, P.MAKE_RELEASES, release="correct", release_steps="withdraw")
declare(NOT_THERE, P.CHECK_RELEASES, release_texts="mark_read")
declare(NOT_THERE, P.READ_RELEASES, release_early="archive")
declare(ALL, P.READ_TRAIL, trail="latest chain offered")
declare(
    ALL,
    P.MANAGE_PEOPLE,
    people_keeping="listed add give_role take_role move end invite link unlink",
)
declare(ALL, P.WRITE_SNAPSHOTS, national="write")
declare(Place("nowhere"), digest_round="send")


def found() -> Iterator[str]:
    """Yield every service there is: public, with `by` by name, and in a transaction of its own."""
    for module in iter_modules(services.__path__):
        held = import_module(f"{services.__name__}.{module.name}")
        for name, function in vars(held).items():
            own = inspect.isfunction(function) and function.__module__ == held.__name__
            if own and not name.startswith("_") and is_service(function):
                yield f"{module.name}.{name}"


def is_service(function: Callable[..., Any]) -> bool:
    """Whether this is what a page or a command calls, and no part of a transaction under way."""
    asked = inspect.signature(function).parameters
    by = asked.get("by")
    return by is not None and by.kind is inspect.Parameter.KEYWORD_ONLY and "session" not in asked


HANDED_ON = {
    "people_sign_in.sign_out": "what the provider said of whoever is signed in",
    "upload_limits.count": "a file, by each service that takes one, once the person may bring it",
    "steps.open_moves": "an answer as another service handed it over",
    "steps.may_make": "an answer as another service handed it over",
    "steps.step_all": "several answers: says of each why it was refused, as `steps.step` does",
    "case_parts.of_line": "a line of a scorecard, as `case_parts.of_lines` takes several",
    "comparing_over_time.panels": "what `comparing.material` handed over",
    "scorecard_files.printed": "what `board_reading.reading` handed over",
    "scorecards.parts": "a line of a scorecard",
    "sampling_register.list_from_file": "a file, of which it makes `sampling_register.list_from`",
}
"""What is called with something that only another service, which is walked, can have given."""
DRAWN_AT_LENGTH = frozenset(
    {
        "scorecard_files.word",
        "scorecard_files.excel",
        "scorecard_files.pdf",
        "scorecard_files.paper",
        "board_papers.word",
        "board_papers.pdf",
        "board_papers.paper",
        "checks.everywhere",
        "reference_shipped.bring",
        "board_reading.reading",
        "waiting.piles",
        "release.draw_up",
        "release.preview",
        "checks.of_area",
        "checks.of_inspection",
        "release.make",
        "comparing_inspections.listed",
        "release.protection",
    }
)
"""What takes long for whoever may: done as one of them, and refused to all the others."""

FORMS: dict[type[forms.Form], Mapping[str, Any]] = {
    forms.ActionForm: {
        "action": "Do the thing.",
        "owner_role": "Head of service",
        "due_on": "2027-01-01",
    },
    forms.BoardDecisionForm: {"text": "We look at it again."},
    forms.CaseForm: CASE | {"reference": "CWM-C40"},
    forms.ClaimAnswerForm: {"answer": "The meetings were held."},
    forms.ClaimForm: {"text": "Children were heard.", "direction": "negative", "themes": ["T3"]},
    forms.DecisionForm: {
        "theme": "T2",
        "criterion": "T2.1",
        "grade": "good",
        "reason": "The records show it.",
    },
    forms.DrawForm: {"method": "random", "size": 3, "seed": "a seed"},
    forms.EnteredForm: ENTERED,
    forms.EvidenceForm: {
        "rung": "E2",
        "description": "A record that it happened.",
        "dated_on": "2026-01-01",
    },
    forms.FrameForm: {"source": "List sent by the council", "dated_on": "2026-01-05"},
    forms.IdentityForm: {"subject": "a-subject"},
    forms.InspectionForm: STARTED,
    forms.InvitationForm: {"mail": "ruth@verifier.example"},
    forms.MilestoneForm: {"title": "Half of it", "due_on": "2026-12-01"},
    forms.NoteForm: {"kind": "progress", "text": "It goes on."},
    forms.NumberForm: {"number": 1, "reason": "It is of another area."},
    forms.OutcomeForm: {"outcome": "It was done."},
    forms.PersonForm: {
        "code": "somebody-new",
        "name": "Somebody New",
        "organisation": COUNCIL,
        "roles": ["inspector"],
    },
    forms.ProgressForm: {"due_on": "2027-01-01"},
    forms.ReauditForm: {"inspection": "ALD-2026-REAUDIT", "theme": "T3"},
    forms.RecommendationForm: WRITTEN | {"reason": "From the whole."},
    forms.RetestForm: {"theme": "T3", "sample": 10, "sampling": "random", "by": "2027-01-01"},
    forms.StepForm: PLAN,
    forms.WelshForm: {"welsh": "Cyd-arolygiad Aldermere"},
    forms.WordingForm: {"title": "Another title", "text": "Another wording of it."},
}
FILLED: dict[str, Any] = {
    "action_id": 5,
    "area": AREA,
    "case_id": 55,
    "changes": {},
    "check": "no-such-check",
    "code": "ALD-2025-R1",
    "columns": None,
    "content": b"number;age",
    "content_hash": "0" * 64,
    "data": b"nothing",
    "decision": 2,
    "decisions": (),
    "english": "Something else",
    "entries": (),
    "file_id": 1,
    "first": JTAI,
    "found": "nothing",
    "grouping": Grouping.AREA,
    "indicator": "rhi-offered",
    "inspection": NCPI,
    "issuer": "https://login.example",
    "item": ChecklistItem.SMALL_CELLS,
    "item_id": 3,
    "key": "title",
    "line": "rhi-offered",
    "lines": (),
    "milestone_id": 2,
    "name": "file.xlsx",
    "number": 1,
    "on": date(2026, 11, 1),
    "organisation": COUNCIL,
    "page": 1,
    "path": "summary",
    "people": (),
    "person": "ellen-inspector",
    "publish_on": date(2099, 1, 5),
    "published_on": date(2026, 11, 20),
    "purpose": ReadingPurpose.SECOND,
    "quarter": "2026-Q3",
    "reader": "rhodri-inspector",
    "reason": "Because it is so.",
    "release": "2025",
    "release_id": 1,
    "repeat_of": "ALD-2025-R2",
    "role": Role.PUBLISHER,
    "reply": WordingReply.QUOTATION,
    "return_id": 30,
    "said": "risky behaviour",
    "scale": "ncpi-case",
    "second": "ALD-2026-REAUDIT",
    "seen": None,
    "since": date(2026, 11, 1),
    "summary": "What was found, in a few words.",
    "text": "We look at it again.",
    "to": "accepted",
    "value": "What the record says.",
    "version": 1,
    "why": "A figure was wrong.",
    "why_welsh": "Roedd ffigur yn anghywir.",
    "wording": "0" * 64,
}

RETURN = b"area,quarter,body,indicator,number,out_of\nX06000001,2026-Q4,aldermere-council,x,1,1"
REGISTER = AsRegister("A register", "coroner", date(2026, 1, 1), ("T3",))
BY_NAME: dict[str, dict[str, Any]] = {
    "register_intake.preview": {"as_what": REGISTER},
    "register_intake.take": {"as_what": REGISTER},
    "recommendations.reword": {"code": "ALD-2026-R2"},
    "recommendations.publish": {"code": "ALD-2026-R2"},
    "agreement.of_inspection": {"code": JTAI},
    "attached_files.content": {"file_id": 1},
    "attached_files.attach": {"item_id": 3, "name": "record.txt", "content": b"It happened."},
    "checks.of_inspection": {"code": JTAI},
    "claims.answer": {"code": "ALD-2025-JTAI-C5"},
    "claims.narrative": {"inspection": JTAI},
    "claims.reword": {"code": "ALD-2025-JTAI-C1"},
    "digest_round.send": {"post": None, "how": Sending()},
    "due.due_list": {"inspection": "ALD-2026-2MIN"},
    **{
        f"inspections.{each}": {"code": NCPI}
        for each in ["add_reader", "summarise", "agree", "reopen"]
    },
    "answer_dates.page_of": {"page": 1, "size": 10},
    "claims.take_out": {"code": "ALD-2025-JTAI-C6"},
    "history.of_inspection": {"code": JTAI},
    "inspections.workspace": {"code": JTAI},
    **{
        f"people_keeping.{each}": {"code": "ruth-verifier"}
        for each in ["give_role", "take_role", "move", "end", "invite", "link", "unlink"]
    },
    "reaudits.comparison": {"code": "ALD-2025-R1", "inspection": "ALD-2026-REAUDIT"},
    "returns.send": {"name": "return.csv", "data": RETURN},
    "moderation.decide": {"case_id": 60},
    "moderation.take": {"case_id": 62},
    "moderation.withdraw": {"case_id": 62},
    "moderation.submit_reading": {"case_id": 62},
    "moderation_views.dispute": {"case_id": 60},
    "recommendation_drafts.draft": {"inspection": JTAI},
    "scorecards.rows_behind": {"inspection": JTAI, "indicator": "case-network"},
    "retention.ask": {"inspection": AUDIT},
    "retention.erase": {"inspection": AUDIT},
    "welsh.texts": {"inspection": JTAI},
    "welsh.write_recommendation": {
        "code": "ALD-2025-R5",
        "key": "title ALD-2025-R5",
        "english": "Audit what changed for children",
    },
    "welsh.write": {"inspection": JTAI},
}
BY_KIND: dict[str, Any] = {
    "Asked": Asked(inspection=AUDIT),
    "Wanted": Wanted(),
    "Which": Which("ALD-2025-R4", COUNCIL),
    "Sequence[Which]": (Which("ALD-2025-R4", COUNCIL),),
    "Axis": Axis.RESPONSE,
    "Scope": Released(inspections=(JTAI,)),
    "Correction": Correction(1, ChangeKind.CORRECTION, "It was wrong.", "Roedd yn anghywir."),
    "say": print,
}


def arguments(name: str, function: Callable[..., Any], folder: Path) -> dict[str, Any]:
    """Fill in what a service is called with; optional ones are left out unless they are named."""
    special = BY_NAME.get(name, {})
    given: dict[str, Any] = {}
    for each in inspect.signature(function).parameters.values():
        if each.name in special:
            given[each.name] = special[each.name]
        elif each.name != "by" and each.default is inspect.Parameter.empty:
            given[each.name] = _filled(each, folder)
    return given


def _filled(each: inspect.Parameter, folder: Path) -> Any:
    kind = each.annotation
    if isinstance(kind, type) and issubclass(kind, forms.Form):
        return checked(kind, dict(FORMS[kind]))
    said = kind if isinstance(kind, str) else getattr(kind, "__name__", str(kind))
    if said in {"Path"} or each.name in {"folder", "out"}:
        return folder / "out" if said == "Path" else str(folder / "out")
    return BY_KIND.get(said, FILLED.get(each.name))
