"""A sample as tests build it, by the real services: inspections begun, lists sent, cases drawn."""

import csv
import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from data_model.forms import CaseForm, DrawForm, FrameForm, InspectionForm, checked
from data_model.records import CaseFile
from data_model.vocabulary import CaseKind, CaseStatus
from inspect_app.services import cases, inspections, sampling, trail
from inspect_app.signed_in import SignedIn

DIP, QUICK, JOINT = "ALD-2026-DIP", "ALD-2026-TWO", "ALD-2026-JOINT"
KINDS: dict[str, tuple[str, list[str]]] = {
    DIP: ("dip_sample", ["T4"]),
    QUICK: ("two_minute", []),
    JOINT: ("jtai", ["T4"]),
}
STARTED: dict[str, Any] = {
    "framework": "audit",
    "scale": "ncpi-case",
    "areas": ["X06000001"],
    "inspecting": ["invented-joint-inspectorate"],
    "inspected": ["aldermere-council"],
    "started_on": "2026-01-05",
    "readers": ["marcus-inspector"],
}
SOURCE = "List sent by the council"
EXTRACT_LINES = [
    "miss_table_id,miss_person_id,miss_missing_episode_start_date,miss_missing_episode_type,"
    "miss_missing_episode_end_date,miss_missing_rhi_offered,miss_missing_rhi_accepted",
    "r1,90010001,2026-02-03,M,2026-02-04,Y,N",
    "r2,90010002,2026-02-05,M,,N,",
    "r3,90010001,2026-01-05,M,2026-01-05,NA,NA",
    "r4,90010003,2026-03-07,A,2026-03-08,Y,Y",
]
EXTRACT = "\n".join(EXTRACT_LINES).encode()


def start(by: SignedIn) -> None:
    """Begin a dip sample, a two-minute audit and a joint inspection, led by the person."""
    for code, (kind, themes) in KINDS.items():
        about = {"code": code, "title": f"Aldermere: {kind}", "kind": kind, "themes": themes}
        inspections.start(checked(InspectionForm, STARTED | about), by=by)


def at(by: SignedIn, day: str) -> SignedIn:
    """Return the person acting on another day."""
    moment = datetime.fromisoformat(f"{day}T09:00:00").replace(tzinfo=UTC)
    return replace(by, clock=lambda: moment)


def table(boys: int = 4, girls: int = 8) -> bytes:
    """Return a list of so many boys and girls, none of them known to be disabled."""
    rows = [["Sex", "Age", "Ethnicity", "Disability", "In care"]]
    rows += [["M", "15", "WBRI", "No", "Yes"]] * boys
    rows += [["F", "13", "APKN", "", "No"]] * girls
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode()


def send(by: SignedIn, content: bytes, code: str = DIP, **more: Any) -> sampling.FrameReport:
    """Send a list in."""
    about = {"source": SOURCE, "dated_on": "2026-01-05"} | more
    return sampling.list_from(code, content, checked(FrameForm, about), by=by)


def drawn(by: SignedIn, code: str = DIP, **form: Any) -> Sequence[int]:
    """Draw a sample and return its numbers in order."""
    wanted: dict[str, Any] = {"method": "random", "size": 4, "reserves": 2, "seed": "Aldermere 1"}
    sampling.draw(code, checked(DrawForm, wanted | form), by=by)
    held = sampling.view(code, by=by).draw
    assert held is not None
    return [case.number for case in held.cases]


def begun(by: SignedIn, number: int, reference: str, code: str = DIP, *, read: str = "") -> int:
    """Begin a case from a number of the list, submitted on the day `read` where it is given."""
    form = CaseForm(reference=reference, kind=CaseKind.MISSING)
    case_id = cases.begin(code, form, by=by)
    with by.recording() as session:
        case = session.get_one(CaseFile, case_id)
        case.frame_number = number
        if read:
            case.status = CaseStatus.SUBMITTED
            case.submitted_at, case.submitted_by = at(by, read).clock(), by.person
        trail.note(session, by, "case.begun", f"case {case_id}")
    return case_id
