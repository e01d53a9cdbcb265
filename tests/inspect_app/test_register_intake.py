"""Published registers taken in: every row accounted for, one event, and nothing said too much."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select

from data_model.database import Database
from data_model.forms import StepForm
from data_model.records import AuditEvent, Recommendation, RecommendationOwner, RegisterEntry
from data_model.vocabulary import Delivery
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import people, recommendations, register_intake, steps
from inspect_app.services.register_values import (
    AsPlan,
    AsRegister,
    AsWhat,
    Became,
    RegisterReport,
)
from inspect_app.services.steps import Which
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.registers import meaning
from inspect_app.workflow import Axis
from tests.inspect_app.workbooks.test_registers import PFD, TAIC, plainly, table
from tests.support.looking import every_row_of
from tests.support.samples import Template

PUBLISHER = "samira-publisher"
SHEET = "Recommendations 2024-04-04"
STANDS_FOR = "department-for-education"
COMMISSION = AsRegister(
    register="TAIC register, April 2024",
    source="TAIC safety recommendations, as at 4 April 2024",
    dated_on=date(2024, 4, 4),
    themes=("T7",),
)
SMALL = AsRegister("Small register", "A small register of 2025", date(2025, 6, 30), ("T3",))
HEADINGS = ("Number", "Addressed to", "Made", "Closed", "Status", "Recommendation")
WORDS = "That every child who goes missing is spoken to alone."
SignIn = Callable[[str], SignedIn]


def small(*rows: Sequence[Any], headings: Sequence[str] = HEADINGS) -> bytes:
    """Return a small register."""
    return table(headings, *rows)


def row(number: str, body: str = "Ofsted", **said: Any) -> list[Any]:
    """Return a row of a small register; `made`, `closed`, `status` and `asks` differ if given."""
    return [
        number,
        body,
        said.get("made", date(2025, 3, 3)),
        said.get("closed"),
        said.get("status", "Open"),
        said.get("asks", f"{WORDS} {number}"),
    ]


def take(data: bytes, told: AsWhat, by: SignedIn, **how: Any) -> RegisterReport:
    """Take a small register in."""
    return register_intake.take("small.xlsx", data, told, by=by, **how)


def became(report: RegisterReport) -> list[Became]:
    """Return what became of each row."""
    return [each.became for each in report.rows]


def counted(database: Database) -> tuple[int, int, int]:
    """Return how many recommendations, rows of registers and audit events there are."""
    with every_row_of(database).reading() as session:
        held = [
            session.scalar(select(func.count()).select_from(kind))
            for kind in (Recommendation, RegisterEntry, AuditEvent)
        ]
    return held[0] or 0, held[1] or 0, held[2] or 0


@pytest.fixture(scope="module")
def library(sqlite_samples: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignIn]:
    """Sign people in to one database that the large registers are taken into."""
    file = tmp_path_factory.mktemp("registers") / "registers.db"
    with sqlite_samples.copied(f"sqlite:///{file.as_posix()}") as database:
        yield lambda code: people.sign_in(code, database)


@pytest.fixture(scope="module")
def commission(library: SignIn) -> RegisterReport:
    """The Commission's register taken in, every body in it declared as one of ours."""
    by = library(PUBLISHER)
    first = register_intake.preview(TAIC.name, TAIC.read_bytes(), COMMISSION, by=by)
    declared = {unknown.name: STANDS_FOR for unknown in first.unknown_bodies}
    told = replace(COMMISSION, bodies=declared)
    return register_intake.take(TAIC.name, TAIC.read_bytes(), told, by=by)


def expected() -> list[Became]:
    """Return what should become of each row of the Commission's register, counted by openpyxl."""
    found: list[Became] = []
    seen: set[tuple[Any, ...]] = set()
    for there in plainly(SHEET)[1:]:
        if not (there[7] or "").strip() or not (there[1] or "").strip():
            found.append(Became.REFUSED)
            continue
        found.append(Became.REPEATED if there in seen else Became.NEW)
        seen.add(there)
    return found


def test_every_row_of_a_real_register_is_new_repeated_or_refused_with_its_cell(
    commission: RegisterReport,
) -> None:
    there = expected()
    assert len(commission.rows) == len(there) == 2192
    assert Counter(became(commission)) == Counter(there)
    assert became(commission) == there
    assert {each.why for each in commission.refused} == {
        "It has no wording.",
        "It is addressed to nobody.",
    }
    assert all(each.cell == f"{each.cell[0]}{each.line}" for each in commission.refused)


def test_every_cell_of_a_real_register_is_kept(commission: RegisterReport, library: SignIn) -> None:
    with library(PUBLISHER).reading() as session:
        kept = session.scalars(
            select(RegisterEntry).where(RegisterEntry.register == COMMISSION.register)
        ).all()
    plain = plainly(SHEET)
    taken = [each for each in commission.rows if each.became in {Became.NEW, Became.REPEATED}]
    assert [entry.line for entry in kept] == [each.line for each in taken]
    for entry in kept:
        there = plain[entry.line - 1]
        assert list(entry.said) == list(plain[0])
        assert entry.said["Number"] == (there[0] or "")
        assert entry.said["Status"] == there[4]
        assert entry.said["Made"] == (there[5].date().isoformat() if there[5] else "")
        assert _words(entry.said["Recommendation"]) == _words(there[7])
        assert _words(entry.said["Reply Text"]) == _words(there[8])


def _words(said: str | None) -> list[str]:
    """Return a text's words; how a program ends its lines is its own affair."""
    return (said or "").replace("_x000D_", " ").split()


def test_every_status_of_a_real_register_is_counted_and_what_cannot_be_mapped_is_said(
    commission: RegisterReport,
) -> None:
    there = Counter(line[4] for line in plainly(SHEET)[1:])
    assert {each.said: each.rows for each in commission.statuses} == there
    mapped = {each.said: each.mapped for each in commission.statuses}
    assert [said for said, sure in mapped.items() if not sure] == ["Unconfirmed"]
    assert any("“Unconfirmed” cannot be mapped" in note for note in commission.notes)
    for each in commission.rows:
        assert each.meaning == meaning(COMMISSION.register, each.status)


def test_nobody_is_said_to_have_answered_because_a_register_says_closed(
    commission: RegisterReport, library: SignIn
) -> None:
    by = library(PUBLISHER)
    closed = next(each for each in commission.rows if each.status == "Closed acceptable")
    assert closed.code is not None
    held = recommendations.view(closed.code, by=by)
    assert not held.followed_here
    assert [owner.delivery for owner in held.owners] == [Delivery.NOT_STARTED]
    assert held.owners[0].history == ()
    entry = register_intake.entries(closed.code, by=by)[0]
    assert entry.status == "Closed acceptable"
    assert entry.meaning is not None
    assert entry.meaning.delivery is Delivery.CLAIMED
    assert "no evidence of effect" in (entry.unmapped or "")


def test_a_real_register_taken_twice_changes_nothing(
    commission: RegisterReport, library: SignIn
) -> None:
    by = library(PUBLISHER)
    before = counted(by.database)
    again = register_intake.take(
        TAIC.name,
        TAIC.read_bytes(),
        replace(COMMISSION, bodies=dict.fromkeys(_recipients(), STANDS_FOR)),
        by=by,
    )
    assert not again.taken
    assert again.total(Became.ALREADY) == sum(
        each.became in {Became.NEW, Became.REPEATED} for each in commission.rows
    )
    assert again.total(Became.ALREADY) + again.total(Became.REFUSED) == 2192
    assert counted(by.database) == before


def _recipients() -> set[str]:
    return {line[1].strip() for line in plainly(SHEET)[1:] if line[1] and line[1].strip()}


def test_no_code_of_a_real_register_stands_twice(commission: RegisterReport) -> None:
    codes = [each.code for each in commission.rows if each.became is Became.NEW]
    assert len(set(codes)) == len(codes)
    assert max(len(code or "") for code in codes) <= 60


@pytest.fixture(scope="module")
def coroners(library: SignIn) -> tuple[AsRegister, RegisterReport]:
    """The coroners' reports on children who died, taken in with their duty of 56 days."""
    told = AsRegister(
        register="Prevention of future deaths, 2022",
        source="Reports to prevent future deaths, judiciary.uk",
        dated_on=date(2022, 8, 2),
        themes=("T8",),
        days_to_answer=56,
        wording="Say what action will be taken to prevent future deaths, or why none will be.",
    )
    by = library(PUBLISHER)
    unknown = register_intake.preview(PFD.name, PFD.read_bytes(), told, by=by).unknown_bodies
    told = replace(told, bodies={each.name: STANDS_FOR for each in unknown})
    return told, register_intake.take(PFD.name, PFD.read_bytes(), told, by=by)


def reports() -> list[dict[str, str]]:
    """Return the coroners' reports as another program reads them."""
    return list(csv.DictReader(io.StringIO(PFD.read_text(encoding="utf-8"))))


def test_a_coroners_report_is_due_56_days_after_its_own_day(
    coroners: tuple[AsRegister, RegisterReport], library: SignIn
) -> None:
    _told, report = coroners
    there = reports()
    assert len(report.rows) == len(there)
    with library(PUBLISHER).reading() as session:
        owners = session.scalars(select(RecommendationOwner)).all()
        due = {owner.recommendation: owner.response_due_on for owner in owners}
    checked = 0
    for each, line in zip(report.rows, there, strict=True):
        made_on = date.fromisoformat(line["date_time"])
        assert each.made_on == made_on
        assert each.response_due_on == made_on + timedelta(days=56)
        if each.became is Became.NEW:
            assert due[each.code or ""] == made_on + timedelta(days=56)
            checked += 1
    assert checked > len(there) // 2


def test_a_flag_that_was_copied_into_a_register_decides_nothing(
    coroners: tuple[AsRegister, RegisterReport], library: SignIn
) -> None:
    told, report = coroners
    assert {"late", "late_time"} <= {c.heading for c in report.columns if c.field is None}
    first = next(each for each in report.rows if each.became is Became.NEW)
    entry = register_intake.entries(first.code or "", by=library(PUBLISHER))[0]
    assert dict(entry.said) == reports()[first.line - 2]
    assert entry.register == told.register


def test_what_every_row_asks_is_said_where_a_register_has_no_wording(
    coroners: tuple[AsRegister, RegisterReport], library: SignIn
) -> None:
    told, report = coroners
    first = next(each for each in report.rows if each.became is Became.NEW)
    held = recommendations.view(first.code or "", by=library(PUBLISHER))
    assert held.text == told.wording
    assert reports()[first.line - 2]["ref"] in (held.quotation or "")
    assert any("said at the intake" in left for left in first.left)


def test_a_register_of_the_same_day_is_taken_in_with_one_event(
    signed_in: SignIn, database: Database
) -> None:
    by = signed_in(PUBLISHER)
    before = counted(database)
    data = small(row("1"), row("2", "Department for Education"), row("1"), row("3", "Nobody Ltd"))
    report = take(data, SMALL, by)
    assert report.taken
    assert became(report) == [Became.NEW, Became.NEW, Became.REPEATED, Became.REFUSED]
    after = counted(database)
    assert [b - a for a, b in zip(before, after, strict=True)] == [2, 3, 1]
    with every_row_of(database).reading() as session:
        event = session.scalars(select(AuditEvent).order_by(AuditEvent.number.desc())).first()
        assert event is not None
        assert event.action == register_intake.TAKEN
        assert (event.after or {})["file_hash"] == report.file_hash
        assert (event.after or {})["rows"]["new"] == 2


def test_a_small_register_taken_twice_changes_nothing_on_either_database(
    signed_in: SignIn, database: Database
) -> None:
    by = signed_in(PUBLISHER)
    data = small(row("1"), row("1"), row("2"))
    take(data, SMALL, by)
    before = counted(database)
    assert became(take(data, SMALL, by)) == [Became.ALREADY] * 3
    turned = small(row("2"), row("1"), row("1"))
    assert became(take(turned, SMALL, by)) == [Became.ALREADY] * 3
    assert counted(database) == before


def test_a_look_keeps_nothing(signed_in: SignIn, database: Database) -> None:
    before = counted(database)
    seen = register_intake.preview("s.xlsx", small(row("1")), SMALL, by=signed_in(PUBLISHER))
    assert (seen.brings, seen.taken) == (True, False)
    assert counted(database) == before


def test_all_or_nothing_keeps_nothing_where_a_row_is_refused(
    signed_in: SignIn, database: Database
) -> None:
    by = signed_in(PUBLISHER)
    before = counted(database)
    data = small(row("1"), row("2", asks=None))
    held_back = take(data, SMALL, by, all_or_nothing=True)
    assert (held_back.held_back, held_back.taken) == (True, False)
    assert counted(database) == before
    assert take(small(row("1")), SMALL, by, all_or_nothing=True).taken


@pytest.fixture(scope="module")
def reader(sqlite_samples: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignIn]:
    """Sign people in to one database for what is only looked at."""
    file = tmp_path_factory.mktemp("looked") / "looked.db"
    with sqlite_samples.copied(f"sqlite:///{file.as_posix()}") as database:
        yield lambda code: people.sign_in(code, database)


def looked(reader: SignIn, data: bytes, told: AsRegister = SMALL) -> RegisterReport:
    """Return what would become of a small register."""
    return register_intake.preview("small.xlsx", data, told, by=reader(PUBLISHER))


@pytest.mark.parametrize(
    ("said", "cell", "why"),
    [
        ({"closed": date(2025, 1, 1)}, "D2", "before it was made, 2025-03-03"),
        ({"made": date(2025, 7, 1)}, "C2", "after the day of the register, 2025-06-30"),
        ({"closed": date(2025, 7, 1)}, "D2", "after the day of the register, 2025-06-30"),
        ({"made": "last spring"}, "C2", "expected a date"),
        ({"asks": "Do it"}, "F2", "Wording"),
        ({"asks": " "}, "F2", "no wording"),
        ({"body": "Aldermere Council; Ofsted"}, "B2", "real and invented"),
        ({"body": None}, "B2", "addressed to nobody"),
        ({"body": "Ofsted of Mars"}, "B2", "No body of ours"),
    ],
)
def test_a_row_that_cannot_be_entered_is_refused_naming_its_cell(
    reader: SignIn, said: Mapping[str, Any], cell: str, why: str
) -> None:
    (report,) = looked(reader, small(row("1", **said))).rows
    assert report.became is Became.REFUSED
    assert report.cell == cell
    assert why in report.why


def test_a_response_due_before_its_recommendation_is_refused(reader: SignIn) -> None:
    headings = ("Number", "Addressed to", "Made", "Response due", "Recommendation")
    data = small(["1", "Ofsted", date(2025, 3, 3), date(2025, 3, 2), WORDS], headings=headings)
    (report,) = looked(reader, data).rows
    assert (report.became, report.cell) == (Became.REFUSED, "D2")


def test_a_row_without_a_day_says_whose_day_stands_for_it(reader: SignIn) -> None:
    (report,) = looked(reader, small(row("1", made=None))).rows
    assert report.became is Became.NEW
    assert report.made_on is None
    assert report.response_due_on is None
    assert any("2025-06-30" in left for left in report.left)


def test_a_body_is_declared_by_a_person_and_never_guessed(reader: SignIn) -> None:
    data = small(row("1", "Dept for Education"), row("2", "DfE"), row("3", "Zzz"))
    report = looked(reader, data)
    assert became(report) == [Became.REFUSED] * 3
    named = {each.name: each for each in report.unknown_bodies}
    assert set(named) == {"Dept for Education", "DfE", "Zzz"}
    assert any("Department for Education" in near for near in named["Dept for Education"].nearest)
    assert named["Zzz"].nearest == ()
    told = replace(SMALL, bodies={"dept for education": "dfe-test", "DfE": "dfe-test"})
    with pytest.raises(Refusal, match="dfe-test"):
        looked(reader, data, told)


def test_declared_bodies_are_taken_for_ours(reader: SignIn) -> None:
    data = small(row("1", "The inspectorate | Another one"), row("2", "THE INSPECTORATE"))
    report = looked(reader, data, replace(SMALL, bodies={"The inspectorate": "ofsted"}))
    assert became(report) == [Became.NEW, Became.NEW]
    assert "Also addressed to Another one, not known here." in report.rows[0].left
    assert [each.name for each in report.unknown_bodies] == ["Another one"]


def test_one_recommendation_to_several_bodies_is_answered_by_each(
    signed_in: SignIn,
) -> None:
    by = signed_in(PUBLISHER)
    (report,) = take(small(row("1", "Ofsted | Care Quality Commission")), SMALL, by).rows
    held = recommendations.view(report.code or "", by=by)
    assert sorted(owner.organisation for owner in held.owners) == ["cqc", "ofsted"]


def test_a_row_that_changed_meanwhile_is_refused_and_what_was_entered_stays(
    signed_in: SignIn, database: Database
) -> None:
    by = signed_in(PUBLISHER)
    (first,) = take(small(row("7")), SMALL, by).rows
    before = counted(database)
    report = take(small(row("7", status="Closed")), SMALL, by)
    assert became(report) == [Became.REFUSED]
    assert "differs in Status" in report.rows[0].why
    assert first.code is not None
    assert first.code in report.rows[0].why
    assert counted(database) == before


def test_a_number_that_stands_twice_gets_two_codes(reader: SignIn) -> None:
    data = small(*(row("1", asks=f"{WORDS} {n}") for n in range(3)))
    codes = [each.code for each in looked(reader, data).rows]
    assert codes == ["Small-register-1", "Small-register-1-2", "Small-register-1-3"]


def test_a_long_name_of_a_register_leaves_the_number_whole(reader: SignIn) -> None:
    told = replace(SMALL, register="The register of all recommendations ever made by anybody")
    codes = [each.code for each in looked(reader, small(row("2024/17"), row("x")), told).rows]
    assert (codes[0] or "").endswith("-2024-17")
    assert all(len(code or "") <= 60 for code in codes)


def test_a_register_of_days_to_come_or_of_unknown_themes_is_refused(reader: SignIn) -> None:
    by = reader(PUBLISHER)
    tomorrow = replace(SMALL, dated_on=by.today + timedelta(days=1))
    for told in (tomorrow, replace(SMALL, themes=("T99",)), replace(SMALL, register=" ")):
        with pytest.raises(Refusal):
            looked(reader, small(row("1")), told)


@pytest.mark.parametrize("person", ["joanna-director", "patrick-board", "ruth-verifier"])
def test_a_register_is_entered_by_those_who_enter_publications(reader: SignIn, person: str) -> None:
    with pytest.raises(NotAllowed):
        register_intake.take("s.xlsx", small(row("1")), SMALL, by=reader(person))


@pytest.mark.parametrize("person", [PUBLISHER, "patrick-board", "ruth-verifier"])
def test_a_plan_is_entered_by_a_director(reader: SignIn, person: str) -> None:
    with pytest.raises(NotAllowed):
        register_intake.take("s.xlsx", small(row("1")), AsPlan("Plan"), by=reader(person))


def test_no_step_is_taken_on_what_came_from_a_register(signed_in: SignIn) -> None:
    by = signed_in(PUBLISHER)
    data = small(row("1", "Aldermere Council", status="Implemented"))
    (report,) = take(data, SMALL, by).rows
    director = signed_in("joanna-director")
    which = Which(report.code or "", director.standing.organisation, 1)
    form = StepForm(to=Delivery.IN_PROGRESS)
    with pytest.raises(Refusal, match="not followed here"):
        steps.step(which, Axis.DELIVERY, form, by=director)


def test_rows_behind_a_recommendation_are_for_those_who_may_see_it(reader: SignIn) -> None:
    with pytest.raises(NotFound):
        register_intake.entries("NONE-1", by=reader(PUBLISHER))


def test_a_sheet_that_was_not_read_is_named(reader: SignIn) -> None:
    report = register_intake.preview(TAIC.name, TAIC.read_bytes(), COMMISSION, by=reader(PUBLISHER))
    others = [name for name in load_workbook(TAIC, read_only=True).sheetnames if name != SHEET]
    assert others
    assert all(name in report.notes[0] for name in others)


def test_few_numbers_through_a_long_register_make_a_code_for_every_row(reader: SignIn) -> None:
    out = io.StringIO(newline="")
    lines = ((n % 7, "Ofsted", "2025-03-03", "Open", f"{WORDS} {n}") for n in range(5000))
    csv.writer(out).writerows([("Number", "Addressed to", "Made", "Status", "Text"), *lines])
    report = register_intake.preview(
        "long.csv", out.getvalue().encode(), SMALL, by=reader(PUBLISHER)
    )
    assert Counter(became(report)) == {Became.NEW: 5000}
    assert len({each.code for each in report.rows}) == 5000
