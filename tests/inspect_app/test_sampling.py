"""The sample: a register that identifies nobody, a draw anyone can repeat, what it leaves out."""

import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from data_model.database import Database
from data_model.forms import NumberForm
from data_model.records import AuditEvent, FrameEntry, Record
from data_model.vocabulary import (
    Division,
    FrameKind,
    SamplingMethod,
    Sex,
)
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import inspections, sampling, trail
from inspect_app.signed_in import SignedIn
from tests.support.looking import every_row_of
from tests.support.sampling import DIP, EXTRACT, QUICK, begun, drawn, send, start, table

SignIn = Callable[[str], SignedIn]

ANNEX_A = Path(__file__).parents[1] / "data" / "annex_a" / "Annex_A.xlsx"
WHY = "The file is held by another council"


@pytest.fixture
def lead(signed_in: SignIn) -> SignedIn:
    """The lead of a dip sample, a two-minute audit and a joint inspection, all just begun."""
    start(signed_in("priya-lead"))
    return signed_in("priya-lead")


def by_number(seed: str, numbers: Sequence[int]) -> list[int]:
    """Return numbers in the order of a draw, worked out here and not by the product."""
    return sorted(numbers, key=lambda n: sha256(f"{seed}|{n}".encode()).hexdigest())


def everything_in(database: Database) -> bytes:
    """Return every value of every table, and of SQLite the bytes of its files as they lie there."""
    with every_row_of(database).reading() as session:
        held = [
            repr(session.execute(select(kept)).all()).encode()
            for kept in Record.metadata.sorted_tables
        ]
    if database.url.get_backend_name() == "sqlite":
        file = Path(database.url.database or "")
        held += [each.read_bytes() for each in file.parent.glob(f"{file.name}*") if each.is_file()]
    return b"".join(held)


def test_no_identifier_name_or_birth_date_of_a_list_is_anywhere_in_the_database(
    database: Database, lead: SignedIn
) -> None:
    lists = [str(number) for number in range(1, 11)]
    report = send(lead, ANNEX_A.read_bytes(), lists=lists, dated_on="2021-03-16")
    assert (report.rows, report.listed, report.joined) == (54, 36, 6)
    assert sum(report.excluded.values()) == 12
    send(lead, EXTRACT, QUICK)
    kept = everything_in(database)
    assert report.file_hash.encode() in kept
    secrets = {"90010001", "90010002", "90010003"}
    for sheet in openpyxl.load_workbook(ANNEX_A).worksheets[:10]:
        headings = [cell.value for cell in sheet[1]]
        for row in sheet.iter_rows(min_row=2, values_only=True):
            held = dict(zip(headings, row, strict=True))
            secrets |= {str(held["Child Unique ID"]), str(held.get("Allocated Worker") or "")}
            secrets |= {str(held.get("Placement postcode") or "")} - {"nope"}
            born = held["Date of Birth"]
            if isinstance(born, datetime):
                secrets |= {f"{born:%Y-%m-%d}", f"{born:%d/%m/%Y}"}
    # A short run of digits may stand in a hash by chance.
    found = [one for one in secrets if len(one) > 6 and one.encode() in kept]
    assert len(secrets) > 100
    assert found == []


def test_the_register_says_what_it_is_from_and_what_was_left_out(lead: SignedIn) -> None:
    report = send(lead, ANNEX_A.read_bytes(), lists=["8"], dated_on="2021-03-16")
    assert "1 case excluded: 18 or older." in report.lines
    frame = sampling.view(DIP, by=lead).frame
    assert frame is not None
    assert frame.kind is FrameKind.ANNEX_A
    assert frame.file_hash == sha256(ANNEX_A.read_bytes()).hexdigest()
    assert "date of birth" in (frame.dropped or "")
    assert [(entry.number, entry.where) for entry in frame.excluded] == [(1, "List 8, row 2")]
    assert len(frame.eligible) == 4


def test_the_same_file_again_changes_nothing_and_another_needs_a_reason(
    lead: SignedIn, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(table())
    assert sampling.list_from_file(DIP, file, by=lead).changed
    again = sampling.list_from_file(DIP, file, by=lead)
    assert not again.changed
    assert "nothing was changed" in again.lines[-1]
    drawn(lead)
    file.write_bytes(table(boys=5))
    with pytest.raises(Refusal, match="has a list of cases already"):
        sampling.list_from_file(DIP, file, by=lead)
    assert send(lead, table(boys=5), reason="The first list left a boy out").changed
    held = sampling.view(DIP, by=lead)
    assert held.draw is None
    assert held.frame is not None
    assert len(held.frame.entries) == 13


def test_only_the_lead_changes_a_sample_and_only_readers_see_it(
    lead: SignedIn, signed_in: SignIn
) -> None:
    send(lead, table())
    marcus = signed_in("marcus-inspector")
    assert sampling.view(DIP, by=marcus).leads is False
    for act in (
        lambda: send(marcus, table()),
        lambda: drawn(marcus),
        lambda: sampling.exclude(DIP, NumberForm(number=1, reason=WHY), by=marcus),
        lambda: sampling.replace(DIP, NumberForm(number=1, reason=WHY), by=marcus),
    ):
        with pytest.raises(NotAllowed):
            act()
    for person in ("ellen-inspector", "gwenllian-elsewhere", "samira-publisher", "joanna-director"):
        with pytest.raises((NotAllowed, NotFound)):
            sampling.view(DIP, by=signed_in(person))


@settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_a_draw_follows_from_the_register_and_the_seed_alone(
    lead: SignedIn, data: st.DataObject
) -> None:
    if sampling.view(DIP, by=lead).frame is None:
        send(lead, table())
        sampling.exclude(DIP, NumberForm(number=7, reason=WHY), by=lead)
    seed = data.draw(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9 .:/-]{4,20}", fullmatch=True)).strip()
    size = data.draw(st.integers(1, 11))
    reserves = data.draw(st.integers(0, 4))
    numbers = drawn(lead, seed=seed, size=size, reserves=reserves, reason="Looked at once more")
    eligible = [number for number in range(1, 13) if number != 7]
    assert numbers == by_number(seed, eligible)[: size + reserves]
    assert sampling.repeat(DIP, by=lead).same is True
    groups = drawn(
        lead, method="stratified", divided_by="sex", seed=seed, size=size, reason="By groups now"
    )
    boys = [number for number in by_number(seed, eligible) if number <= 4]
    assert [n for n in groups[:size] if n <= 4] == boys[: sum(n <= 4 for n in groups[:size])]
    assert sampling.repeat(DIP, by=lead).same is True


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="repeats a draw with sha256sum")
def test_the_commands_that_are_shown_repeat_the_draw_without_the_product(lead: SignedIn) -> None:
    send(lead, table())
    numbers = drawn(lead, method="stratified", divided_by="sex", seed="Al: 2026-01", size=5)
    shown = sampling.repeat(DIP, by=lead).by_hand
    assert shown is not None
    groups = [line for line in shown.splitlines() if not line.startswith("#")]
    firsts: list[int] = []
    for group, size in zip(groups, (3, 2), strict=True):
        done = subprocess.run(["bash", "-c", group], capture_output=True, text=True, check=True)
        firsts += [int(number) for number in done.stdout.split()][:size]
    assert "# female: the first 3 are the sample" in shown
    assert firsts == numbers[:5]


def test_a_changed_register_shows_when_the_draw_is_repeated(lead: SignedIn) -> None:
    send(lead, table())
    numbers = drawn(lead)
    with lead.recording() as session:
        session.get_one(FrameEntry, (DIP, numbers[0])).excluded_because = "quietly"
        trail.note(session, lead, "sample.excluded", DIP)
    assert sampling.repeat(DIP, by=lead).same is False


def test_the_inspection_says_how_its_cases_were_drawn_and_the_trail_keeps_both_draws(
    lead: SignedIn,
) -> None:
    send(lead, table())
    first = drawn(lead)
    held = inspections.workspace(DIP, by=lead).inspection
    assert (held.sampling, held.cases_available) == (SamplingMethod.RANDOM, 12)
    with pytest.raises(Refusal, match="has been drawn already"):
        drawn(lead, seed="Another seed")
    second = drawn(lead, seed="Another seed", reason="The seed was known to the council")
    with lead.reading() as session:
        event = session.scalars(
            select(AuditEvent).where(AuditEvent.action == "sample.drawn")
        ).all()[-1]
    assert (event.before["drawn"], event.after["drawn"]) == (first, second)
    assert event.before["seed"] == "Aldermere 1"
    assert event.reason == "The seed was known to the council"


def test_once_a_case_is_begun_the_list_and_the_draw_stand(lead: SignedIn) -> None:
    send(lead, table())
    number = drawn(lead)[0]
    begun(lead, number, "ALD-C01")
    with pytest.raises(Refusal, match="ALD-C01"):
        drawn(lead, seed="Another seed", reason="We would rather have others")
    with pytest.raises(Refusal, match="ALD-C01"):
        send(lead, table(boys=9), reason="We would rather have others")
    with pytest.raises(Refusal, match="ALD-C01 has been begun"):
        sampling.replace(DIP, NumberForm(number=number, reason=WHY), by=lead)


def test_every_case_or_chosen_ones_are_drawn_without_chance(lead: SignedIn) -> None:
    send(lead, table())
    sampling.exclude(DIP, NumberForm(number=2, reason=WHY), by=lead)
    assert drawn(lead, method="all_eligible") == [n for n in range(1, 13) if n != 2]
    assert sampling.repeat(DIP, by=lead).same is True
    chosen = "The two longest episodes"
    assert drawn(lead, method="purposive", numbers="9, 3", reason=chosen) == [9, 3]
    assert sampling.repeat(DIP, by=lead).same is None
    for numbers in ("2", "99"):
        with pytest.raises(Refusal, match="cannot be chosen"):
            drawn(lead, method="purposive", numbers=numbers, reason=chosen)
    with pytest.raises(Refusal, match="12 cases cannot be drawn: the list has 11"):
        drawn(lead, size=12, reason=chosen)


def test_an_exclusion_has_a_reason_can_be_taken_back_and_ends_with_the_draw(lead: SignedIn) -> None:
    send(lead, table())
    sampling.exclude(DIP, NumberForm(number=3, reason=WHY), by=lead)
    with pytest.raises(Refusal, match="excluded already"):
        sampling.exclude(DIP, NumberForm(number=3, reason=WHY), by=lead)
    sampling.include(DIP, NumberForm(number=3, reason="The file is here after all"), by=lead)
    with pytest.raises(Refusal, match="no number 40"):
        sampling.exclude(DIP, NumberForm(number=40, reason=WHY), by=lead)
    drawn(lead)
    with pytest.raises(Refusal, match="its list stands"):
        sampling.exclude(DIP, NumberForm(number=3, reason=WHY), by=lead)


def test_a_case_that_cannot_be_read_is_exchanged_for_the_next_in_reserve(lead: SignedIn) -> None:
    send(lead, table())
    numbers = drawn(lead)
    exchange = NumberForm(number=numbers[1], reason=WHY)
    assert sampling.replace(DIP, exchange, by=lead) == numbers[4]
    assert sampling.replace(DIP, NumberForm(number=numbers[4], reason=WHY), by=lead) == numbers[5]
    assert sampling.replace(DIP, NumberForm(number=numbers[0], reason=WHY), by=lead) is None
    with pytest.raises(Refusal, match="is not in the sample"):
        sampling.replace(DIP, exchange, by=lead)
    held = sampling.view(DIP, by=lead).draw
    assert held is not None
    assert {case.number for case in held.sample} == {numbers[2], numbers[3], numbers[5]}
    assert [case.replaced_because for case in held.exchanged] == [WHY] * 3
    assert sampling.repeat(DIP, by=lead).same is True


def test_in_a_draw_by_groups_a_reserve_of_the_same_group_stands_in(lead: SignedIn) -> None:
    send(lead, table())
    numbers = drawn(lead, method="stratified", divided_by="sex", size=6, reserves=4)
    boy = next(number for number in numbers[:6] if number <= 4)
    spare = sampling.replace(DIP, NumberForm(number=boy, reason=WHY), by=lead)
    assert spare == next(number for number in numbers[6:] if number <= 4)


def test_whom_the_sample_leaves_out_is_said_while_there_is_time(lead: SignedIn) -> None:
    send(lead, table())
    drawn(lead, method="purposive", numbers="5, 6", reason="The two longest episodes")
    held = sampling.view(DIP, by=lead)
    assert "The list has 4 boys; none is in the sample." in held.warnings
    assert "The list has 4 children in care; none is in the sample." in held.warnings
    assert any("disability of 4 of 12 children" in said for said in held.warnings)
    girls = next(line for line in held.coverage if line.value is Sex.FEMALE)
    assert (girls.division, girls.listed, girls.drawn, girls.read) == (Division.SEX, 8, 2, 0)
    begun(lead, 5, "ALD-C01", read="2026-02-01")
    girls = next(n for n in sampling.view(DIP, by=lead).coverage if n.value is Sex.FEMALE)
    assert girls.read == 1
    said = "The sample has 1 boy, whose case has not been read yet."
    send(lead, table(boys=1, girls=1), QUICK)
    drawn(lead, QUICK, method="all_eligible")
    assert said not in sampling.view(QUICK, by=lead).warnings
    begun(lead, 2, "ALD-C02", QUICK, read="2026-02-01")
    assert said in sampling.view(QUICK, by=lead).warnings
