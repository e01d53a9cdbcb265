"""Look-up tables taken in: shown first, whole or not at all, one event, and once."""

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from data_model.database import Database
from data_model.records import Area, AreaNeighbour, CountedVersion, District
from inspect_app.errors import NotAllowed, Refusal
from inspect_app.services import neighbour_view, people, reference_intake, scorecards, trail
from inspect_app.services.reference_values import Became, edition
from tests.support.commands import Command
from tests.support.looking import every_row_of
from tests.support.lookups import (
    CODES,
    DURHAM,
    NEXT,
    NOW,
    PUBLISHED,
    PUBLISHER,
    edited,
    events,
    forget,
    lines,
    model,
    take,
    with_cell,
)
from tests.support.national import (
    COUNTIES,
    FORCES,
    GROUPINGS,
    NEIGHBOURS,
    REGIONS,
    THE_FORCES,
    extract,
)
from tests.support.recommending import SignIn

on_one_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@on_one_database
def test_every_published_table_says_what_the_product_ships(
    database: Database, signed_in: SignIn
) -> None:
    by = signed_in(PUBLISHER)
    for name, release in PUBLISHED.items():
        report = take(extract(name), release, by)
        assert report.problems == (), name
        assert report.brings == (), name
        assert not report.taken
        assert len(report.lines) == report.read - report.left_out
    assert events(database) == []


def test_both_forms_of_a_model_give_what_the_product_ships(
    database: Database, signed_in: SignIn
) -> None:
    shipped = {year: model(database, year) for year in ("2021", "2025")}
    forget(database, AreaNeighbour)
    by = signed_in(PUBLISHER)
    for name in (GROUPINGS, NEIGHBOURS):
        report = take(extract(name), PUBLISHED[name], by)
        assert report.total(Became.NEW) == len(report.lines)
    assert {year: model(database, year) for year in ("2021", "2025")} == shipped
    with every_row_of(database).reading() as session:
        sources = session.scalars(select(AreaNeighbour.source).distinct()).all()
    assert set(sources) == {
        f"Department for Education, {PUBLISHED[name]}" for name in (GROUPINGS, NEIGHBOURS)
    }


def test_next_years_model_is_kept_beside_the_earlier_in_one_event_and_once(
    database: Database, signed_in: SignIn
) -> None:
    by, before = signed_in(PUBLISHER), model(database, "2025")
    data = with_cell(extract(NEIGHBOURS), "840", "SN_1P", "Not close")
    looked = reference_intake.preview("sn.csv", data, by=by, release=NEXT)
    assert model(database, "2026") == {}
    report = take(data, NEXT, by)
    assert replace(report, taken=False) == replace(looked, file=report.file)
    assert (report.about, report.total(Became.NEW)) == ("statistical neighbours 2026", 153)
    (event,) = events(database)
    assert event.subject == f"statistical neighbours 2026, release {NEXT}"
    with every_row_of(database).reading() as session:
        moved = session.get_one(CountedVersion, DURHAM).version
        assert trail.first_broken(session) is None
    assert moved == event.hash
    assert model(database, "2025") == before
    assert model(database, "2026")[DURHAM, 1][1] == "not_close"
    again = take(data, NEXT, by)
    assert (again.total(Became.SAME), again.taken, len(events(database))) == (153, False, 1)


@on_one_database
def test_the_newest_model_is_the_one_an_area_is_held_against(
    database: Database, signed_in: SignIn
) -> None:
    by = signed_in(PUBLISHER)
    take(extract(NEIGHBOURS), NEXT, by)
    views = neighbour_view.views(DURHAM, scorecards.history(DURHAM, by=by), by=by)
    assert {view.model for view in views} == {"2026"}


def test_a_later_release_of_a_model_is_a_change_and_the_trail_keeps_what_stood(
    database: Database, signed_in: SignIn
) -> None:
    by, before = signed_in(PUBLISHER), model(database, "2025")[DURHAM, 1]
    corrected = "Statistical neighbours 2025, corrected, published 4 May 2026"
    data = with_cell(extract(NEIGHBOURS), "840", "SN_1P", "Not close")
    report = take(data, corrected, by)
    (line,) = report.brings
    assert (line.area, line.became) == (DURHAM, Became.CHANGED)
    assert line.after.endswith("not close")
    (event,) = events(database)
    assert event.before == {f"2025 {DURHAM} 1": " ".join(before)}
    assert event.after[f"2025 {DURHAM} 1"] == f"{before[0]} not_close"
    assert model(database, "2025")[DURHAM, 1] == (before[0], "not_close")
    older = take(extract(NEIGHBOURS), NOW, by)
    assert [line.area for line in lines(older, Became.OLDER)] == [DURHAM]
    assert not older.taken


@pytest.mark.parametrize(
    ("column", "said", "expected"),
    [
        ("SN_4", "999", "expected the old code of three digits"),
        ("SN_4", "840", "expected another authority than County Durham"),
        ("old_la_code", "999", "expected the old code of three digits"),
        ("SN_4P", "Nearby", "expected one of extremely close"),
    ],
)
def test_one_unknown_place_keeps_the_whole_model_out_and_says_where(
    database: Database, signed_in: SignIn, column: str, said: str, expected: str
) -> None:
    data = with_cell(extract(NEIGHBOURS), "840", column, said)
    report = take(data, NEXT, signed_in(PUBLISHER))
    (problem,) = report.problems
    assert problem.column == column
    assert expected in problem.expected
    assert problem.said.startswith(said)
    rows = extract(NEIGHBOURS).decode("utf-8-sig").splitlines()
    assert rows[problem.row - 1].startswith("840,")
    assert not report.taken
    assert model(database, "2026") == {}
    assert events(database) == []


@on_one_database
def test_an_authority_that_stands_twice_is_a_problem(database: Database, signed_in: SignIn) -> None:
    data = with_cell(extract(NEIGHBOURS), "840", "old_la_code", "301")
    (problem,) = take(data, NEXT, signed_in(PUBLISHER)).problems
    assert problem.expected == "expected each authority once, and row 2 has it"


def test_a_place_that_lies_in_another_force_or_region_is_a_change(
    database: Database, signed_in: SignIn
) -> None:
    by = signed_in(PUBLISHER)
    data = with_cell(extract(FORCES), DURHAM, "PFA23CD", "E23000013")
    report = take(data, PUBLISHED[FORCES], by)
    (line,) = report.brings
    assert (line.before, line.after) == ("Durham (E23000008)", "Cleveland (E23000013)")
    take(with_cell(extract(REGIONS), DURHAM, "region_code", "E12000002"), CODES, by)
    with every_row_of(database).reading() as session:
        held = session.get_one(Area, DURHAM)
    assert (held.force_code, held.region_code) == ("E23000013", "E12000002")
    first, second = events(database)
    assert first.before == {f"{DURHAM} force_code": "E23000008"}
    assert second.before == {f"{DURHAM} region_code": "E12000001"}


def test_districts_come_with_their_county_and_a_county_with_its_districts_force(
    database: Database, signed_in: SignIn
) -> None:
    by = signed_in(PUBLISHER)
    forget(database, District)
    early = take(extract(FORCES), PUBLISHED[FORCES], by)
    assert len({problem.said for problem in early.problems}) == 164
    assert "take in the lower-tier to upper-tier table" in early.problems[0].expected
    counties = take(extract(COUNTIES), PUBLISHED[COUNTIES], by)
    assert (counties.total(Became.NEW), counties.total(Became.SAME)) == (164, 154)
    report = take(extract(FORCES), PUBLISHED[FORCES], by)
    assert report.total(Became.CHANGED) == 164
    assert report.brings[0].before == "not said"
    with every_row_of(database).reading() as session:
        assert session.scalar(select(func.count()).select_from(District)) == 164
        rugby = session.get_one(District, "E07000220")
    assert (rugby.authority_code, rugby.force_code) == ("E10000031", "E23000017")


@on_one_database
def test_a_county_moves_only_with_all_its_districts(database: Database, signed_in: SignIn) -> None:
    by = signed_in(PUBLISHER)
    with every_row_of(database).reading() as session:
        query = select(District.code).where(District.authority_code == "E10000031")
        warwickshire = session.scalars(query).all()
    one = with_cell(extract(FORCES), warwickshire[0], "PFA23CD", "E23000014")
    (problem,) = take(one, PUBLISHED[FORCES], by).problems
    assert problem.expected == "expected one police force area for the districts of Warwickshire"
    data = extract(FORCES)
    for code in warwickshire:
        data = with_cell(data, code, "PFA23CD", "E23000014")
    report = take(data, PUBLISHED[FORCES], by)
    assert "Warwickshire" in [line.place for line in report.brings]
    with every_row_of(database).reading() as session:
        assert session.get_one(Area, "E10000031").force_code == "E23000014"


@on_one_database
@pytest.mark.parametrize(
    ("name", "column", "said", "expected"),
    [
        (FORCES, "LAD23CD", "E06000999", "expected an authority, or a district"),
        (FORCES, "PFA23CD", "E23000999", "expected a police force area"),
        (COUNTIES, "UTLA23CD", "E10000999", "expected an upper-tier authority"),
        (REGIONS, "new_la_code", "E06000999", "expected an authority of England or Wales"),
        (REGIONS, "region_code", "E12000999", "expected a region"),
    ],
)
def test_an_unknown_place_keeps_any_table_out(
    database: Database, signed_in: SignIn, name: str, column: str, said: str, expected: str
) -> None:
    report = take(with_cell(extract(name), DURHAM, column, said), CODES, signed_in(PUBLISHER))
    (problem,) = report.problems
    assert problem.expected.startswith(expected)
    assert problem.column == column
    assert problem.said.startswith(said)
    assert (report.taken, events(database)) == (False, [])


@on_one_database
def test_two_rows_that_say_otherwise_of_one_place_are_a_problem(
    database: Database, signed_in: SignIn
) -> None:
    data = with_cell(extract(FORCES), "E06000063", "PFA23CD", "E23000003")
    report = take(data, PUBLISHED[FORCES], signed_in(PUBLISHER))
    assert report.problems[0].expected.startswith("expected Lancashire (E23000003)")


@on_one_database
def test_a_new_or_renamed_force_area_comes_in_and_those_of_other_nations_stay_out(
    database: Database, signed_in: SignIn
) -> None:
    data = with_cell(extract(THE_FORCES), "E23000008", "pfa_name", "Durham and Darlington")
    data = edited(data, lambda rows: [*rows, ["E23000099", "Newshire", "active", "", ""]])
    report = take(data, CODES, signed_in(PUBLISHER))
    assert [(line.became, line.after) for line in report.brings] == [
        (Became.CHANGED, "Durham and Darlington"),
        (Became.NEW, "Newshire"),
    ]
    assert len(lines(report, Became.LEFT_OUT)) == 4
    with every_row_of(database).reading() as session:
        assert session.get_one(Area, "E23000099").nation == "england"


@on_one_database
def test_only_who_enters_what_is_published_takes_a_table_in_and_says_which_release_it_is(
    database: Database, signed_in: SignIn
) -> None:
    with pytest.raises(NotAllowed):
        take(extract(NEIGHBOURS), NEXT, signed_in("joanna-director"))
    with pytest.raises(Refusal, match="does not say what it is and when"):
        take(extract(NEIGHBOURS), "Neighbours", signed_in(PUBLISHER))
    assert events(database) == []


@pytest.mark.parametrize(
    ("release", "year"),
    [(NEXT, "2026"), (PUBLISHED[GROUPINGS], "2021"), ("Neighbours 2026, May 2027", "2026")],
)
def test_a_model_is_called_by_the_year_of_its_name(release: str, year: str) -> None:
    assert edition(release) == year


@on_one_database
def test_the_command_line_takes_a_table_in(
    database: Database, command: Command, tmp_path: Path
) -> None:
    file = tmp_path / "neighbours.csv"
    file.write_bytes(extract(NEIGHBOURS))

    def run(*more: str) -> subprocess.CompletedProcess[str]:
        return command("take", str(file), *more)

    assert "not said which release" in run().stderr
    looked = run("--release", NEXT, "--dry-run")
    assert "Would be taken in: statistical neighbours 2026: 153 new" in looked.stdout
    assert model(database, "2026") == {}
    done = run("--release", NEXT)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Taken in: statistical neighbours 2026: 153 new and 0 changed." in done.stdout
    file.write_bytes(with_cell(extract(NEIGHBOURS), "840", "SN_4", "999"))
    wrong = run("--release", NEXT)
    assert wrong.returncode == 1
    assert "It says “999”." in wrong.stdout
    assert people.operator(database).person in {event.happened_by for event in events(database)}
