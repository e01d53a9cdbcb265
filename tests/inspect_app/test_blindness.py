"""A reader who may still read a case second learns nothing of the first reading, by any service.

Every public function of the services that acts for a person is called with everything that
leads to the case, and whatever comes back, or is refused, is searched.
"""

import dataclasses
import importlib
import inspect
import io
import pkgutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from data_model.records import CaseFile
from inspect_app import services
from inspect_app.errors import Refusal
from inspect_app.services import cases, inspections, moderation, moderation_views, recommendations
from inspect_app.signed_in import SignedIn
from tests.support.readings import CODE, FIRST, LEAD, SECOND, started, written

SignIn = Callable[[str], SignedIn]
SECRET = "Zwetschge"
"""A word that stands in every text of the first reader, and nowhere else."""

NOT_CALLED = {"people.sign_in", "samples.load"}


@pytest.fixture
def case(signed_in: SignIn) -> int:
    """A case that its first reader found inadequate and wrote much about."""
    started(signed_in)
    by = signed_in(FIRST)
    form = written("inadequate", "ALD-C01", summary=f"{SECRET} in the summary.")
    said = {name: f"{SECRET} in the {name}." for name in ("reason", "strengths", "weaknesses")}
    found = tuple(finding.model_copy(update=said) for finding in form.findings)
    number = cases.begin(CODE, form.model_copy(update={"findings": found}), by=by)
    cases.submit(number, cases.view(number, by=by).version, by=by)
    return number


def functions() -> Iterator[tuple[str, Callable[..., object]]]:
    """Yield every public function of the services that acts for a person."""
    for found in pkgutil.iter_modules(services.__path__):
        module = importlib.import_module(f"{services.__name__}.{found.name}")
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__ and not name.startswith("_")
            by = inspect.signature(function).parameters.get("by")
            acts = by is not None and by.kind is by.KEYWORD_ONLY
            if own and acts and f"{found.name}.{name}" not in NOT_CALLED:
                yield f"{found.name}.{name}", function


def fitting(function: Callable[..., object], known: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return what a function can be called with, or None where it needs what is not known."""
    parameters = inspect.signature(function).parameters.values()
    needed = [p for p in parameters if p.default is p.empty and p.name != "by"]
    if any(p.name not in known or p.annotation is Path for p in needed):
        return None
    return {p.name: known[p.name] for p in needed}


def words(value: object) -> Iterator[str]:
    """Yield every text in what a service gave back."""
    if isinstance(value, bytes):
        yield from _unpacked(value)
        return
    parts = list(_parts(value))
    if not parts:
        yield str(value)
    for part in parts:
        yield from words(part)


def _parts(value: object) -> Iterator[object]:
    if isinstance(value, pl.DataFrame):
        yield from value.to_dicts()
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        yield from (getattr(value, field.name) for field in dataclasses.fields(value))
    elif isinstance(value, Mapping):
        yield from (*value.keys(), *value.values())
    elif isinstance(value, list | tuple | set | frozenset):
        yield from value


def _unpacked(file: bytes) -> Iterator[str]:
    """Yield what stands in a file: plain text, or a workbook, a folded-up folder of texts."""
    if not zipfile.is_zipfile(io.BytesIO(file)):
        yield file.decode("utf-8", errors="replace")
        return
    with zipfile.ZipFile(io.BytesIO(file)) as folder:
        for name in folder.namelist():
            yield folder.read(name).decode("utf-8", errors="replace")


def told(function: Callable[..., object], sent: dict[str, Any], by: SignedIn) -> str:
    """Return everything a call says, its refusal included."""
    try:
        given = function(**sent, by=by)
    except Refusal as refusal:
        given = (refusal.summary, refusal.advice, refusal.facts)
    if inspect.isgenerator(given):
        given = list(given)
    return " ".join(words(given))


def whole_hash(case: int, signed_in: SignIn) -> str:
    """Return the receipt's hash, as somebody might have found it lying about."""
    return cases.view(case, by=signed_in(FIRST)).receipts[0].content_hash


def everything(case: int, person: str, signed_in: SignIn) -> dict[str, str]:
    """Return, by service, what each of them told somebody who asked about the case."""
    known: dict[str, Any] = {
        "case_id": case,
        "case": case,
        "inspection": CODE,
        "code": CODE,
        "content_hash": whole_hash(case, signed_in),
        "area": "X06000001",
        "indicator": "cases-graded-good",
        "reference": "ALD-C01",
        "version": 2,
        "reason": "To see what is said.",
        "path": "summary",
        "value": "x",
        "seen": None,
        "reader": FIRST,
    }
    said: dict[str, str] = {}
    for name, function in functions():
        sent = fitting(function, known)
        if sent is not None:
            said[name] = told(function, sent, signed_in(person))
    return said


def test_the_search_finds_the_first_readers_words_where_they_may_be_seen(
    case: int, signed_in: SignIn
) -> None:
    said = everything(case, LEAD, signed_in)
    assert SECRET in said["cases.view"]
    assert "inadequate" in said["inspections.workspace"]
    assert len(said) > 20


@pytest.mark.parametrize("readers", ["who could take it", "who took it"])
def test_no_service_tells_a_reader_who_may_still_read_second(
    case: int, signed_in: SignIn, readers: str
) -> None:
    if readers == "who took it":
        moderation.take(case, by=signed_in(SECOND))
    said = everything(case, SECOND, signed_in)
    assert [name for name, text in said.items() if SECRET in text] == []
    place = inspections.workspace(CODE, by=signed_in(SECOND))
    row = next(row for row in place.matrix or () if row.case_id == case)
    assert row.hidden
    assert set(row.cells.values()) == {None}
    assert row.before_lock is None
    assert place.share is None
    assert place.before_agreeing == {}
    desk = next(d for d in moderation_views.desks(by=signed_in(SECOND)) if d.inspection == CODE)
    assert desk.leading is None


def test_the_list_of_waiting_cases_does_not_say_why(case: int, signed_in: SignIn) -> None:
    desk = next(d for d in moderation_views.desks(by=signed_in(SECOND)) if d.inspection == CODE)
    assert {f.name for f in dataclasses.fields(desk.takeable[0])} == {
        "id",
        "reference",
        "kind",
        "edition",
    }


def test_a_case_opened_again_says_nothing_of_its_grades_through_its_recommendation(
    signed_in: SignIn,
) -> None:
    lead, code = signed_in("priya-lead"), "ALD-2025-R1"
    behind = recommendations.findings_behind(code, by=lead)
    inspections.reopen("ALD-2025-JTAI", "A file was missed.", by=lead)
    for number in {finding.case_id for finding in behind if finding.case_id}:
        moderation.unlock(number, "A page was missed.", by=lead)
    with lead.reading() as session:
        opened = {f.case_id: session.get_one(CaseFile, f.case_id).read_by for f in behind}
    for person in ("marcus-inspector", "ellen-inspector"):
        by = signed_in(person)
        for finding in recommendations.findings_behind(code, by=by):
            blind = finding.grade == "Not counted while its case is open again"
            assert blind is (finding.case_id is None)
            assert blind or opened[finding.case_id] == person
        view = recommendations.view(code, by=by)
        assert view.grades == {}
        assert view.findings_behind == len(behind)
