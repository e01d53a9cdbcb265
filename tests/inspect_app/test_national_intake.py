"""National statistics taken in: every figure accounted for, revisions kept, nothing mixed up."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from data_model.database import Database
from data_model.records import AuditEvent, ChildPopulation, CountedVersion, Figure
from data_model.vocabulary import Symbol
from inspect_app.access import Permission
from inspect_app.errors import NotAllowed, Refusal
from inspect_app.services import (
    national_children,
    national_intake,
    national_words,
    people,
    scorecards,
    trail,
)
from inspect_app.services.national_values import Became, Line, NationalReport
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.national import POPULATION as CHILDREN
from inspect_app.workbooks.national import PUBLICATIONS
from metrics.outcome import NoNumber
from tests.support.cast import ADMINISTRATOR
from tests.support.commands import Command
from tests.support.looking import every_row_of
from tests.support.national import (
    FACTORS,
    MISSING,
    POPULATION,
    changed,
    extract,
    rows_of,
    whole_factors,
    with_cell,
)
from tests.support.recommending import SignIn

PUBLISHER = "samira-publisher"
NEXT = "Children in need 2026, published 29 October 2026"
LATER = "Children in need 2025, revised, published 12 March 2026"
CSE, MISSED = "cse-assessments-dfe", "missing-assessments-dfe"
DURHAM, BARNSLEY, BARNSLEY_NOW = "E06000047", "E08000016", "E08000038"
INDICATORS = {each.indicator for one in PUBLICATIONS for each in one.counted}
on_one_database = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


def take(data: bytes, release: str, by: SignedIn) -> NationalReport:
    """Take a file in as a release."""
    return national_intake.take("statistics.csv", data, by=by, release=release)


def figures(database: Database, *, standing: bool = True) -> list[Figure]:
    """Return the figures of the publications, those that stand or those that do not."""
    with every_row_of(database).reading() as session:
        held = session.scalars(
            select(Figure).where(Figure.indicator.in_(INDICATORS)).order_by(Figure.id)
        ).all()
        return [each for each in held if (each.superseded_at is None) is standing]


def standing(database: Database, indicator: str, area: str, year: int) -> Figure:
    """Return the one figure that stands."""
    (held,) = [
        each
        for each in figures(database)
        if (each.indicator, each.area_code) == (indicator, area)
        and each.period_label == f"Year to 31 March {year}"
    ]
    return held


def numbers(figure: Figure) -> tuple[object, ...]:
    """Return what a figure says of what."""
    return (
        figure.indicator, figure.area_code, figure.period_start, figure.period_end,
        figure.period_label, figure.numerator, figure.denominator, figure.symbol,
        figure.published, figure.breaks,
    )  # fmt: skip


def taken(database: Database) -> list[AuditEvent]:
    """Return the events of publications taken in."""
    with every_row_of(database).reading() as session:
        query = select(AuditEvent).where(AuditEvent.action == national_intake.TAKEN)
        return list(session.scalars(query))


def versions(database: Database) -> dict[str, str]:
    """Return the version of what counts, by area."""
    with every_row_of(database).reading() as session:
        return {held.area_code: held.version for held in session.scalars(select(CountedVersion))}


def next_year(data: bytes) -> bytes:
    """Return the next release as it might be: the newest year's rows, a year later."""
    newest = max(row["time_period"] for row in rows_of(data))

    def later(row: dict[str, str]) -> dict[str, str] | None:
        there = row["time_period"] == newest
        return {**row, "time_period": str(int(newest) + 1)} if there else None

    return changed(data, later)


def lines(report: NationalReport, became: Became) -> list[Line]:
    """Return the lines of a report of which one thing became."""
    return [line for line in report.lines if line.became is became]


@on_one_database
def test_the_whole_published_file_of_factors_is_what_the_samples_hold(
    database: Database, signed_in: SignIn
) -> None:
    data = whole_factors()
    here = _of_places_here(data)
    report = take(data, NEXT, signed_in(PUBLISHER))
    assert report.read == len(rows_of(data))
    assert report.total(Became.SAME) == 2 * len(here)
    assert report.total(Became.NOT_HERE) == 2 * (len(rows_of(data)) - len(here))
    assert len(report.lines) == 2 * len(rows_of(data))
    assert not report.taken
    assert taken(database) == []


def test_what_is_read_from_published_rows_alone_is_what_the_samples_hold(
    database: Database, signed_in: SignIn
) -> None:
    before = {numbers(each) for each in figures(database)}
    _set_aside(database)
    by = signed_in(PUBLISHER)
    for name in (FACTORS, MISSING, POPULATION):
        take(extract(name), NEXT, by)
    made = figures(database)
    assert {numbers(each) for each in made} <= before
    per_row = 2 * len(_of_places_here(extract(FACTORS)))
    factors = [each for each in made if each.indicator in {CSE, MISSED}]
    assert len(factors) == per_row
    assert {each.symbol for each in made if each.symbol} == set("cxzu")
    durham = standing(database, CSE, DURHAM, 2020)
    assert (durham.numerator, durham.denominator) == (263, 99_092)
    assert durham.source == (
        f"Department for Education, {NEXT}, table C3; "
        f"Office for National Statistics, {NEXT}, mid-year estimates"
    )


def _of_places_here(data: bytes) -> list[dict[str, str]]:
    """Return the rows of a published file but those of Inner and Outer London."""
    return [
        row
        for row in rows_of(data)
        if row["geographic_level"] != "Regional" or not row["region_code"].startswith("E13")
    ]


def _set_aside(database: Database) -> None:
    """Leave a database in which no national release stands."""
    by = people.operator(database)
    with every_row_of(database).recording() as session:
        figures = session.scalars(select(Figure).where(Figure.indicator.in_(INDICATORS)))
        for each in (*figures, *session.scalars(select(ChildPopulation))):
            each.superseded_at, each.superseded_by = by.clock(), by.person
        trail.note(session, by, "figures.set-aside", "national statistics")


def test_next_years_file_brings_new_figures_in_one_event_and_once(
    database: Database, signed_in: SignIn
) -> None:
    by, data = signed_in(PUBLISHER), next_year(extract(FACTORS))
    stood = versions(database)
    looked = national_intake.preview("c3.csv", data, by=by, release=NEXT)
    assert versions(database) == stood
    report = take(data, NEXT, by)
    assert replace(report, taken=False) == replace(looked, file=report.file)
    assert report.total(Became.NEW) == len(lines(report, Became.NEW)) > 0
    assert report.total(Became.REVISED) == 0
    (event,) = taken(database)
    moved = {area for area, version in versions(database).items() if stood.get(area) != version}
    assert moved == set(report.areas)
    assert {versions(database)[area] for area in moved} == {event.hash}
    assert "Year to 31 March 2026" in [
        line.period for line in scorecards.series(DURHAM, CSE, by=by)
    ]
    again = take(data, NEXT, by)
    assert again.total(Became.SAME) == report.total(Became.NEW)
    assert not again.taken
    assert len(taken(database)) == 1


def test_a_year_whose_population_is_not_here_yet_says_so_and_gets_it_later(
    database: Database, signed_in: SignIn
) -> None:
    by = signed_in(PUBLISHER)
    report = take(next_year(extract(FACTORS)), NEXT, by)
    (said,) = [each for each in report.lines if (each.area, each.indicator) == (DURHAM, CSE)]
    assert "no population" in said.says
    assert standing(database, CSE, DURHAM, 2026).denominator is None
    take(next_year(extract(POPULATION)), "Mid-2025 estimates, July 2026", by)
    durham = standing(database, CSE, DURHAM, 2026)
    (newest,) = [
        row["population_estimate"]
        for row in rows_of(extract(POPULATION))
        if row["new_la_code"] == DURHAM and row["time_period"] == "2024"
    ]
    assert durham.denominator == int(newest)
    assert durham.note is None


def test_a_number_that_a_later_release_changes_is_a_revision_and_both_are_kept(
    database: Database, signed_in: SignIn
) -> None:
    stood = versions(database)
    data = with_cell(extract(FACTORS), DURHAM, 2022, Child_sexual_exploitation="211")
    before = standing(database, CSE, DURHAM, 2022)
    report = take(data, LATER, signed_in(PUBLISHER))
    (line,) = report.revisions
    assert line.before == f"{before.numerator} of {before.denominator:,}"
    assert line.after == f"211 of {before.denominator:,}"
    now = standing(database, CSE, DURHAM, 2022)
    assert (now.numerator, now.denominator) == (211, before.denominator)
    assert now.breaks
    assert before.breaks
    assert LATER in now.source
    assert now.source.endswith("; ONS mid-year estimates")
    (kept,) = figures(database, standing=False)
    assert (kept.id, kept.numerator, kept.superseded_by) == (
        before.id,
        before.numerator,
        PUBLISHER,
    )
    moved = [area for area, version in versions(database).items() if stood[area] != version]
    assert moved == [DURHAM]


@pytest.mark.parametrize(("said", "symbol"), [("c", "c"), ("k", "low"), ("u", "u")])
def test_a_number_that_becomes_a_symbol_is_revised_and_is_never_zero(
    database: Database, signed_in: SignIn, said: str, symbol: str
) -> None:
    data = with_cell(extract(FACTORS), DURHAM, 2025, Going_missing=said)
    report = take(data, LATER, signed_in(PUBLISHER))
    assert len(report.revisions) == 1
    now = standing(database, MISSED, DURHAM, 2025)
    assert (now.numerator, now.denominator, now.symbol) == (None, None, Symbol(symbol))


MARKS = {"c": "c", "x": "x", "z": "z", "u": "u", "k": "low", "low": "low", "": "blank"}
"""What may stand in a cell, and the mark that is kept of it."""


def test_each_symbol_and_a_blank_are_kept_as_different_things_and_none_is_a_number(
    database: Database, signed_in: SignIn
) -> None:
    data, by = next_year(extract(FACTORS)), signed_in(PUBLISHER)
    codes = [row["new_la_code"] for row in rows_of(data) if row["new_la_code"]]
    places = dict(zip(codes, MARKS, strict=False))
    for code, said in places.items():
        data = with_cell(data, code, 2026, Going_missing=said)
    data = with_cell(data, codes[len(MARKS)], 2026, Going_missing="0")
    take(data, NEXT, by)
    for code, said in places.items():
        held = standing(database, MISSED, code, 2026)
        assert held.symbol is Symbol(MARKS[said])
        assert (held.numerator, held.denominator, held.value) == (None, None, None)
    blank = next(code for code, said in places.items() if not said)
    line = scorecards.series(blank, MISSED, by=by)[-1]
    assert (line.period, line.outcome) == ("Year to 31 March 2026", NoNumber(Symbol.BLANK))
    nought = standing(database, MISSED, codes[len(MARKS)], 2026)
    assert (nought.numerator, nought.symbol) == (0, None)


@on_one_database
def test_a_number_after_a_blank_is_a_revision_and_the_blank_stays_as_what_was_said(
    database: Database, signed_in: SignIn
) -> None:
    by, data = signed_in(PUBLISHER), next_year(extract(FACTORS))
    take(with_cell(data, DURHAM, 2026, Going_missing=""), NEXT, by)
    (line,) = take(data, "Children in need 2026, revised, November 2026", by).revisions
    assert line.before == "blank (left blank by the source)"
    (before,) = figures(database, standing=False)
    assert before.symbol is Symbol.BLANK
    assert standing(database, MISSED, DURHAM, 2026).numerator is not None


@on_one_database
def test_a_measure_that_a_file_has_no_row_for_says_nothing_of_a_place(
    database: Database, signed_in: SignIn
) -> None:
    def without(row: dict[str, str]) -> dict[str, str] | None:
        here = row["new_la_code"] == DURHAM and row["CLA_group"].startswith("Number of missing")
        return None if here else row

    report = take(changed(extract(MISSING), without), LATER, signed_in(PUBLISHER))
    durham = {line.indicator for line in report.lines if line.area == DURHAM}
    assert durham == {"looked-after-missing-dfe", "looked-after-missing-repeat-dfe"}


@on_one_database
def test_a_later_blank_takes_nothing_away_that_an_earlier_release_said(
    database: Database, signed_in: SignIn
) -> None:
    before = numbers(standing(database, MISSED, DURHAM, 2025))
    data = with_cell(extract(FACTORS), DURHAM, 2025, Going_missing="")
    report = take(data, LATER, signed_in(PUBLISHER))
    (blank,) = lines(report, Became.BLANK)
    assert (blank.area, blank.indicator) == (DURHAM, MISSED)
    assert report.revisions == ()
    assert numbers(standing(database, MISSED, DURHAM, 2025)) == before


@on_one_database
def test_an_older_release_changes_nothing_that_a_newer_one_said(
    database: Database, signed_in: SignIn
) -> None:
    by = signed_in(PUBLISHER)
    data = with_cell(extract(FACTORS), DURHAM, 2020, Child_sexual_exploitation="260")
    report = take(data, "Children in need 2020, published October 2020", by)
    (line,) = lines(report, Became.OLDER)
    assert (line.before, line.after) == ("263 of 99,092", "260 of 99,092")
    assert not report.taken
    take(data, LATER, by)
    back = take(extract(FACTORS), "Children in need 2025, published 30 October 2025", by)
    assert len(lines(back, Became.OLDER)) == 1
    assert standing(database, CSE, DURHAM, 2020).numerator == 260


@on_one_database
def test_a_council_with_a_new_code_is_found_under_the_one_it_stands_under(
    database: Database, signed_in: SignIn
) -> None:
    def recoded(row: dict[str, str]) -> dict[str, str]:
        there = row["new_la_code"] == BARNSLEY
        return {**row, "new_la_code": BARNSLEY_NOW} if there else row

    data = changed(extract(FACTORS), recoded)
    by = signed_in(PUBLISHER)
    same = take(data, LATER, by)
    barnsley = [line for line in same.lines if line.place == "Barnsley"]
    assert {line.became for line in barnsley} == {Became.SAME}
    assert {line.area for line in barnsley} == {BARNSLEY}
    assert BARNSLEY in barnsley[0].says
    revised = with_cell(data, BARNSLEY_NOW, 2025, Going_missing="999")
    assert take(revised, LATER, by).areas == (BARNSLEY,)
    assert standing(database, MISSED, BARNSLEY, 2025).numerator == 999


@on_one_database
def test_a_divided_county_stays_under_its_own_code_and_names_what_followed(
    database: Database, signed_in: SignIn
) -> None:
    report = take(extract(MISSING), LATER, signed_in(PUBLISHER))
    later = [
        line
        for line in report.lines
        if line.area == "E10000021" and line.period == "Year to 31 March 2022"
    ]
    assert {line.after for line in later} == {"z (not applicable)"}
    assert {line.says for line in later} == {
        "Northamptonshire ended on 31 March 2021; North Northamptonshire (E06000061) and "
        "West Northamptonshire (E06000062) took over."
    }
    assert standing(database, CSE, "E10000021", 2020).numerator is not None


@on_one_database
def test_codes_that_are_no_area_here_are_named_with_what_they_cover(
    database: Database, signed_in: SignIn
) -> None:
    data = with_cell(extract(FACTORS), "E06000061", 2022, new_la_code="E06000061 / E06000062")
    data = with_cell(data, "E06000062", 2022, new_la_code="E06999999", la_name="Elsewhere")
    report = take(data, LATER, signed_in(PUBLISHER))
    says = {line.area: line.says for line in lines(report, Became.NOT_HERE)}
    assert says == {
        "E13000001": "Inner London (E13000001) is not an area here; nothing was kept of it.",
        "E06999999": "Elsewhere (E06999999) is not an area here; nothing was kept of it.",
        "E06000061 / E06000062": (
            "E06000061 / E06000062 is North Northamptonshire and West Northamptonshire together, "
            "which took over from Northamptonshire (E10000021); nothing was kept of it."
        ),
    }
    said = "\n".join(national_words.lines(report))
    assert "Elsewhere (E06999999) is not an area here; nothing was kept of it. (2 figures)" in said


@on_one_database
def test_an_old_code_alone_means_the_council_that_had_it_in_that_year(
    database: Database, signed_in: SignIn
) -> None:
    data = extract(FACTORS)
    for code in ("E10000023", "E06000065"):
        for year in (2020, 2024):
            data = with_cell(data, code, year, new_la_code="")
    report = take(data, LATER, signed_in(PUBLISHER))
    named = {(line.period[-4:], line.area) for line in report.lines
             if line.place == "North Yorkshire"}  # fmt: skip
    assert {("2020", "E10000023"), ("2024", "E06000065")} <= named
    assert report.total(Became.NOT_HERE) == 16
    assert report.revisions == ()


def test_a_rebased_population_is_a_revision_that_keeps_the_rate_said_before(
    database: Database, signed_in: SignIn
) -> None:
    data = with_cell(extract(POPULATION), DURHAM, 2019, population_estimate="101544")
    report = take(data, "Mid-year estimates rebased, June 2026", signed_in(PUBLISHER))
    assert {line.indicator for line in report.revisions} == {CSE, MISSED, CHILDREN}
    now = standing(database, CSE, DURHAM, 2020)
    assert (now.numerator, now.denominator) == (263, 101_544)
    assert now.note == "With ONS mid-year estimates: 26.5 per 10,000 (263 of 99,092)."
    assert now.source == (
        "Department for Education, Children in need 2025, table C3; Office for National "
        "Statistics, Mid-year estimates rebased, June 2026, mid-year estimates"
    )


@on_one_database
def test_population_is_kept_by_release_before_any_figure_is_out_of_it(
    database: Database, signed_in: SignIn
) -> None:
    by = signed_in(PUBLISHER)
    _set_aside(database)
    report = take(extract(POPULATION), "Mid-2024 estimates, July 2025", by)
    here = [row for row in rows_of(extract(POPULATION)) if row["new_la_code"] == DURHAM]
    kept = [each for each in national_children.populations(DURHAM, by=by) if each.stands]
    assert {(each.year, each.number) for each in kept} == {
        (int(row["time_period"]), int(row["population_estimate"])) for row in here
    }
    assert {each.source for each in kept} == {
        "Office for National Statistics, Mid-2024 estimates, July 2025, mid-year estimates"
    }
    assert {line.indicator for line in report.lines} == {CHILDREN}
    take(extract(FACTORS), NEXT, by)
    durham = standing(database, CSE, DURHAM, 2020)
    assert (durham.numerator, durham.denominator) == (263, 99_092)
    assert durham.source.endswith("; " + kept[0].source)


@on_one_database
def test_an_earlier_population_stays_beside_the_one_that_was_rebased(
    database: Database, signed_in: SignIn
) -> None:
    by = signed_in(PUBLISHER)
    data = with_cell(extract(POPULATION), DURHAM, 2019, population_estimate="101544")
    take(data, "Mid-year estimates rebased, June 2026", by)
    said = [each for each in national_children.populations(DURHAM, by=by) if each.year == 2019]
    assert [(each.number, each.stands) for each in said] == [(101_544, True), (99_092, False)]
    assert said[1].source == "ONS mid-year estimates"
    with pytest.raises(NotAllowed):
        national_children.populations(DURHAM, by=signed_in(ADMINISTRATOR))


@on_one_database
def test_a_rate_of_the_report_and_the_one_of_todays_population_are_both_said_with_their_source(
    database: Database, signed_in: SignIn
) -> None:
    (durham,) = national_children.rates_beside(DURHAM, by=signed_in(PUBLISHER))
    assert (durham.stated, round(durham.today, 1)) == (25.9, 26.5)
    assert durham.says.startswith(
        "Year to 31 March 2020: 25.9 per 10,000 children (IICSA, Child sexual exploitation by "
        "organised networks, February 2022); 263 of 99,092 children come to 26.5 (Department "
        "for Education, Children in need 2025, table C3; ONS mid-year estimates)."
    )
    assert national_children.rates_beside("E06000017", by=signed_in(PUBLISHER)) == ()


@on_one_database
def test_a_percentage_that_cannot_be_worked_out_again_is_kept_as_published(
    database: Database, signed_in: SignIn
) -> None:
    _set_aside(database)
    take(extract(MISSING), LATER, signed_in(PUBLISHER))
    source = (
        f"Department for Education, {LATER}, children missing or away from placement, by local "
        "authority"
    )
    region = standing(database, "looked-after-missing-dfe", "E12000001", 2021)
    assert region.note == (f"Published as 10 percent ({source}); 740 of 7,820 come to 9.5 percent.")
    bath = standing(database, "looked-after-missing-dfe", "E06000022", 2020)
    assert (bath.numerator, bath.denominator) == (17, None)
    assert bath.note == (
        f"What it is out of: withheld to protect children. Published as 7 percent ({source})."
    )
    slough = standing(database, "looked-after-missing-dfe", "E06000039", 2022)
    assert (slough.symbol, slough.note) == (Symbol.WITHHELD, None)


@on_one_database
def test_a_cell_that_cannot_be_read_holds_back_itself_or_everything(
    database: Database, signed_in: SignIn
) -> None:
    by = signed_in(PUBLISHER)
    data = with_cell(next_year(extract(FACTORS)), DURHAM, 2026, Going_missing="many")
    held = national_intake.take("c3.csv", data, by=by, release=NEXT, all_or_nothing=True)
    assert not held.taken
    assert taken(database) == []
    report = take(data, NEXT, by)
    assert report.total(Became.REFUSED) == 1
    assert report.taken
    assert "Going_missing: expected a whole number" in "\n".join(national_words.lines(report))


@on_one_database
def test_only_who_may_enter_what_is_published_takes_it_in(
    database: Database, signed_in: SignIn
) -> None:
    with pytest.raises(NotAllowed):
        take(extract(FACTORS), NEXT, signed_in("joanna-director"))
    assert people.operator(database).may(Permission.ENTER_PUBLISHED)


@on_one_database
@pytest.mark.parametrize(
    "release",
    ["", "Children in need", "Children in need 2026", "October 2026", "A; B, May 2026",
     "Revised, 31 February 2026", f"{'long ' * 30}, May 2026"],
)  # fmt: skip
def test_a_release_says_what_it_is_and_when_it_was_published(
    database: Database, signed_in: SignIn, release: str
) -> None:
    with pytest.raises(Refusal, match="does not say what it is and when"):
        take(extract(FACTORS), release, signed_in(PUBLISHER))


@on_one_database
def test_the_command_line_knows_a_publication_and_asks_which_release_it_is(
    database: Database, command: Command, tmp_path: Path
) -> None:
    file = tmp_path / "download.csv"
    file.write_bytes(with_cell(extract(FACTORS), DURHAM, 2025, Going_missing="112"))
    assert "not said which release" in command("take", str(file)).stderr
    named = ["take", str(file), "--release", LATER]
    looked = command(*named, "--dry-run")
    assert "Would be taken in: 0 new figures and 1 revised, of 1 areas" in looked.stdout
    assert taken(database) == []
    refused = command(*named, "--as", "joanna-director")
    assert refused.returncode == 1
    assert "does not allow you to enter published evidence" in refused.stderr
    done = command(*named, "--as", PUBLISHER)
    assert (done.returncode, done.stderr) == (0, "")
    assert "County Durham, Year to 31 March 2025, missing-assessments-dfe: revised" in done.stdout
    assert "What was revised is kept." in done.stdout
    assert [event.happened_by for event in taken(database)] == [PUBLISHER]
    assert "This file changes nothing here." in command(*named).stdout


@on_one_database
def test_a_file_with_a_cell_that_cannot_be_read_is_not_a_success_at_the_command_line(
    database: Database, command: Command, tmp_path: Path
) -> None:
    file = tmp_path / "c3.csv"
    file.write_bytes(with_cell(extract(FACTORS), DURHAM, 2025, Going_missing="many"))
    said = command("take", str(file), "--release", LATER)
    assert said.returncode == 1
    assert "It says “many”. Correct the file." in said.stdout


ONE_AFTER_ANOTHER = (
    ("E10000002", "E06000060", 2020),  # Buckinghamshire
    ("E10000023", "E06000065", 2023),  # North Yorkshire
    ("E10000027", "E06000066", 2023),  # Somerset
)
DIVIDED = (
    ("E10000009", "E06000059", 2019),  # Dorset
    ("E06000028", "E06000058", 2019),  # Bournemouth, Christchurch and Poole
    ("E10000021", "E06000061", 2021),  # Northamptonshire
    ("E10000006", "E06000063", 2023),  # Cumbria
)
"""A code, one that came after it, and the last year of the first, in the published factors."""


def reorganised() -> bytes:
    """Return the published rows of the authorities that were reorganised from 2019 to 2023."""
    codes = {code for old, new, _year in (*ONE_AFTER_ANOTHER, *DIVIDED) for code in (old, new)}
    return changed(whole_factors(), lambda row: row if row["new_la_code"] in codes else None)


@on_one_database
def test_a_past_year_under_the_new_code_of_a_reorganised_county_is_the_same_figure(
    database: Database, signed_in: SignIn
) -> None:
    by, data = signed_in(PUBLISHER), reorganised()
    for old, new, year in ONE_AFTER_ANOTHER:
        data = with_cell(data, old, year, new_la_code=new)
    report = take(data, LATER, by)
    for old, new, year in ONE_AFTER_ANOTHER:
        lines = lines_of(report, data, new, year)
        assert {(line.became, line.area) for line in lines} == {(Became.SAME, old)}
        says = f"It stands under {old}, the same place's other code."
        assert all(line.says.startswith(says) for line in lines)
        data = with_cell(data, new, year, Child_sexual_exploitation="7")
    assert take(data, LATER, by).areas == tuple(sorted(old for old, *_ in ONE_AFTER_ANOTHER))
    assert [standing(database, CSE, old, y).numerator for old, _, y in ONE_AFTER_ANOTHER] == [7] * 3


@on_one_database
def test_both_codes_of_a_reorganised_county_keep_the_years_that_were_theirs(
    database: Database, signed_in: SignIn
) -> None:
    _set_aside(database)
    data = reorganised()
    take(data, LATER, signed_in(PUBLISHER))
    published = {
        (row["new_la_code"], int(row["time_period"])): row["Child_sexual_exploitation"]
        for row in rows_of(data)
    }
    held = {
        (each.area_code, each.period_end.year): str(each.symbol or each.numerator)
        for each in figures(database)
        if each.indicator == CSE and each.period_end
    }
    assert held == published
    for old, new, year in (*ONE_AFTER_ANOTHER, *DIVIDED):
        assert max(end for code, end in held if code == old) == year
        assert min(end for code, end in held if code == new) == year + 1


@on_one_database
def test_a_year_before_a_county_was_divided_is_never_mixed_with_what_followed_it(
    database: Database, signed_in: SignIn
) -> None:
    before = [numbers(standing(database, CSE, old, year)) for old, _, year in DIVIDED]
    data = reorganised()
    for old, new, year in DIVIDED:
        data = with_cell(data, old, year, new_la_code=new)
    report = take(data, LATER, signed_in(PUBLISHER))
    for old, new, year in DIVIDED:
        lines = lines_of(report, data, new, year)
        assert {(line.became, line.area) for line in lines} == {(Became.NEW, new)}
        assert all(f"({old})" in line.says and "began on 1 April" in line.says for line in lines)
    assert [numbers(standing(database, CSE, old, year)) for old, _, year in DIVIDED] == before


def lines_of(report: NationalReport, data: bytes, code: str, year: int) -> list[Line]:
    """Return what became of the row of a file in which an authority's year stands."""
    about = code, str(year)
    rows = enumerate(rows_of(data), start=2)
    at = next(n for n, row in rows if (row["new_la_code"], row["time_period"]) == about)
    return [line for line in report.lines if line.row == at]
