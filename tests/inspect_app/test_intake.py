"""Packs: what is taken in, what is refused, and that nothing happens twice or by half."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import func, select

from data_model.database import Database
from data_model.records import AuditEvent, Finding, Intake
from data_model.vocabulary import Answer, CaseStatus, DocumentKind, HarmIndicator
from inspect_app.errors import NotAllowed, Refusal
from inspect_app.services import cases, intake
from inspect_app.services.cases import CaseValue
from inspect_app.services.intake_values import Became, Report
from inspect_app.signed_in import SignedIn
from tests.support.looking import every_row_of
from tests.support.packs import INSPECTION, READER, opened, row_of, saved, write

SignIn = Callable[[str], SignedIn]


@pytest.fixture
def by(signed_in: SignIn) -> SignedIn:
    """The reader."""
    return signed_in(READER)


def case(reference: str, by: SignedIn) -> CaseValue:
    """Return the reader's case with this reference."""
    number = next(line.id for line in cases.mine(by=by) if line.reference == reference)
    return cases.view(number, by=by)


def draft(by: SignedIn) -> str:
    """Return the reference of a draft of the reader's."""
    return next(c.reference for c in cases.mine(by=by) if c.status is CaseStatus.DRAFT)


def whole_case(book: Any, reference: str = "CWM-X1") -> None:
    """Write a new case on every sheet, in several people's ways of writing."""
    write(book, "Cases", None, Reference=reference.lower(), Kind_of_case="cse", Sex="Benyw",
          Practice_read_from="3 February 2026", Practice_read_to="30/06/2026", In_care=True,
          Signs_in_the_file_that_harm_has_happened="the child SAID so; Pregnancy or termination",
          How_many_are_known_or_suspected="2",
          Summary_of_the_case="=cmd|' /c calc'!A1")  # fmt: skip
    write(book, "Findings", None, Case=reference, Theme="T3", Criterion="T3.1", Grade="Good",
          Reason="Seen in the plan.")  # fmt: skip
    write(book, "Evidence", None, Case=reference, Theme="Risk, harm and outcomes",
          Kind_of_record="Plan", Its_date=46054, Where_in_it="page 2")  # fmt: skip
    write(book, "Episodes", None, Case=reference, Reported_missing_on="2026-02-03")
    write(book, "Episodes", None, Case=reference, Reported_missing_on="5 Chwefror 2026")
    write(book, "Perpetrators", None, Case=reference, Number=1.0, Sex="male")
    write(book, "Disruption", None, Case=reference, Tactic="sexual risk order")


def take(book: Any, by: SignedIn, **how: Any) -> Report:
    """Save a workbook and take it in."""
    return intake.take("pack.xlsx", saved(book), by=by, **how)


def test_a_new_case_comes_in_whole_as_a_draft_of_the_person_s_own(by: SignedIn) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    whole_case(book)
    report = take(book, by)
    assert report.problems == ()
    assert report.new_cases == ("CWM-X1",)
    held = case("CWM-X1", by)
    form = held.form
    assert (held.status, held.mine) == (CaseStatus.DRAFT, True)
    assert form.in_care is Answer.YES
    assert set(form.harm_indicators) == {HarmIndicator.DISCLOSURE, HarmIndicator.PREGNANCY}
    assert (str(form.practice_from), str(form.practice_to)) == ("2026-02-03", "2026-06-30")
    assert form.summary == "=cmd|' /c calc'!A1"
    assert [str(e.reported_on) for e in form.episodes] == ["2026-02-03", "2026-02-05"]
    assert (len(form.perpetrators), len(form.disruptions)) == (1, 1)
    (finding,) = form.findings
    assert (finding.theme, finding.criterion, finding.grade) == ("T3", "T3.1", "good")
    assert finding.pointers[0].document is DocumentKind.PLAN
    assert str(finding.pointers[0].dated) == "2026-02-01"


def test_a_pack_that_nobody_wrote_in_changes_nothing(by: SignedIn, database: Database) -> None:
    data = intake.pack(INSPECTION, by=by)
    report = intake.take("pack.xlsx", data, by=by)
    assert not report.brings
    assert (report.problems, report.notes, report.conflicts) == ((), (), ())
    assert report.total(Became.UNCHANGED) == sum(count.read for count in report.sheets)
    with every_row_of(database).reading() as session:
        assert session.scalar(select(func.count()).select_from(Intake)) == 0


def test_taking_the_same_file_twice_changes_nothing_and_says_so(by: SignedIn) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    whole_case(book)
    row = row_of(book, "Cases", draft(by))
    write(book, "Cases", row, Summary_of_the_case="Written on the train.")
    data = saved(book)
    first = intake.take("pack.xlsx", data, by=by)
    before = (case("CWM-X1", by).version, case(draft(by), by).version)
    again = intake.take("pack.xlsx", data, by=by)
    assert first.brings
    assert not again.brings
    assert again.taken_before is not None
    assert again.total(Became.UNCHANGED) == first.total(Became.NEW) + first.total(
        Became.CHANGED
    ) + first.total(Became.UNCHANGED)
    assert (case("CWM-X1", by).version, case(draft(by), by).version) == before


def test_a_file_leaves_one_event_of_its_own_and_one_for_each_draft_it_changed(
    by: SignedIn, database: Database
) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    whole_case(book)
    write(book, "Cases", row_of(book, "Cases", draft(by)), Summary_of_the_case="On the train.")
    with every_row_of(database).reading() as session:
        before = session.scalar(select(func.max(AuditEvent.number))) or 0
    report = take(book, by)
    with every_row_of(database).reading() as session:
        events = session.scalars(
            select(AuditEvent).where(AuditEvent.number > before).order_by(AuditEvent.number)
        ).all()
        assert [event.action for event in events] == ["case.saved", "intake.taken"]
        assert set(events[-1].after["cases"]) == {"CWM-X1", draft(by)}
        kept = session.scalars(select(Intake)).one()
        assert (kept.number, kept.file_hash) == (report.number, report.file_hash)
        assert sum(sheet["read"] for sheet in kept.report["sheets"]) == sum(
            count.read for count in report.sheets
        )
        assert "train" not in str(kept.report)
        version = select(Finding.criterion_version).where(Finding.criterion == "T3.1")
        assert None not in session.scalars(version).all()


def test_refused_rows_come_back_in_their_place_and_are_taken_once_mended(by: SignedIn) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    whole_case(book)
    bad = write(book, "Episodes", None, Case="CWM-X1", Reported_missing_on="31/02/2026")
    write(book, "Episodes", None, Case="CWM-X1", Reported_missing_on="1 March 2026")
    report = take(book, by)
    assert [(p.sheet, p.row, p.said) for p in report.problems] == [("Episodes", bad, "31/02/2026")]
    assert len(case("CWM-X1", by).form.episodes) == 3
    assert report.problems_file is not None
    back = opened(report.problems_file())
    cell = back["Episodes"].cell(bad, 3)
    assert cell.value == "31/02/2026"
    assert cell.comment is not None
    assert "four digits" in cell.comment.text
    assert [v.value for v in back["Problems"][2]][:3] == ["Episodes", bad, f"C{bad}"]
    cell.value = "28/02/2026"
    mended = take(back, by)
    assert (mended.problems, mended.total(Became.NEW)) == ((), 1)
    on = sorted(str(e.reported_on) for e in case("CWM-X1", by).form.episodes)
    assert on == ["2026-02-03", "2026-02-05", "2026-02-28", "2026-03-01"]
    assert not take(back, by).brings


def test_with_all_or_nothing_one_refused_row_holds_everything_back(by: SignedIn) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    whole_case(book)
    write(book, "Cases", None, Reference="CWM-X2", Kind_of_case="no such kind")
    report = take(book, by, all_or_nothing=True)
    assert report.held_back
    assert report.number is None
    assert "CWM-X1" not in [line.reference for line in cases.mine(by=by)]
    assert take(book, by).number is not None


def test_rows_of_a_refused_case_are_refused_with_that_reason(by: SignedIn) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    row = write(book, "Cases", None, Reference="CWM-X3", Kind_of_case="cse", Sex="neither")
    write(book, "Findings", None, Case="CWM-X3", Theme="T3", Reason="Seen.")
    report = take(book, by)
    assert {p.sheet for p in report.problems} == {"Cases", "Findings"}
    assert f"row {row} of the sheet Cases" in report.problems[-1].expected


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("CWM-C01", "has been submitted"),
        ("NOPE-1", "made up for this inspection"),
        ("Ann Other", "looks like a name"),
        ("12/03/2011", "date of birth"),
    ],
)
def test_rows_of_other_cases_and_of_no_case_are_refused_helpfully(
    by: SignedIn, said: str, why: str
) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    write(book, "Cases", None, Reference=said, Kind_of_case="cse")
    (problem,) = take(book, by).problems
    assert why in problem.expected


def test_two_rows_of_one_case_are_both_refused_until_one_goes(by: SignedIn) -> None:
    book = opened(intake.pack(INSPECTION, by=by))
    whole_case(book)
    write(book, "Cases", None, Reference="CWM-X1", Kind_of_case="missing")
    report = take(book, by)
    assert [p.sheet for p in report.problems].count("Cases") == 2
    assert not report.brings


def test_a_pack_is_for_readers_of_the_inspection_only(signed_in: SignIn, by: SignedIn) -> None:
    data = intake.pack(INSPECTION, by=by)
    for person in ("marcus-inspector", "samira-publisher"):
        with pytest.raises(Refusal):
            intake.pack(INSPECTION, by=signed_in(person))
        with pytest.raises(Refusal):
            intake.take("pack.xlsx", data, by=signed_in(person))
    with pytest.raises(NotAllowed):
        intake.preview("pack.xlsx", data, by=signed_in("samira-publisher"))
