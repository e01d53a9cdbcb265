"""Progress: six answers worked by hand, numbers that lead to their rows, and who sees what."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date

import pytest

from data_model.vocabulary import Evidence, RecommendationKind
from inspect_app.errors import NotAllowed
from inspect_app.services import follow_up, progress, progress_file, recommendation_list
from inspect_app.services.progress import AS_LISTED, Board, Gap, Grouping, Standing
from inspect_app.services.recommendation_list import Wanted
from inspect_app.services.recommendation_stands import Stands
from inspect_app.signed_in import SignedIn
from metrics.follow_up import Curve, OriginalDates, Regressions, Responses, Slips
from metrics.intervals import wilson
from metrics.outcome import Share
from tests.support.cast import ADMINISTRATOR
from tests.support.following import ALDERMERE, BODY, BRACKENSHIRE, ON, add_example
from tests.support.sampling import at

SignIn = Callable[[str], SignedIn]
EXAMPLE = Wanted(body=BODY)
IN_ALDERMERE = Standing(4, 4, 1, 1, 0, 1, 1, 2, 1, Gap(100, 100), Gap(100, 100))
IN_BRACKENSHIRE = Standing(2, 2, 0, 0, 1, 1, 1, 1, 0, None, None)
TOGETHER = Standing(6, 6, 1, 1, 1, 2, 2, 3, 1, Gap(100, 100), Gap(100, 100))
ON_RISK = Standing(3, 3, 1, 1, 0, 1, 1, 2, 1, Gap(100, 100), Gap(100, 100))
ON_MISSING = Standing(4, 4, 1, 0, 1, 1, 2, 3, 0, Gap(100, 100), None)


@pytest.fixture
def publisher(signed_in: SignIn) -> SignedIn:
    """Somebody who sees every agreed inspection, on the day of the example, which is there."""
    add_example(signed_in("priya-lead"))
    return at(signed_in("samira-publisher"), ON)


def _by_code(held: Board) -> dict[str, Standing]:
    return {row.code: row.stands for row in held.rows}


def test_the_board_counts_what_is_claimed_beside_what_is_shown(publisher: SignedIn) -> None:
    areas = progress.board(EXAMPLE, Grouping.AREA, by=publisher)
    assert _by_code(areas) == {ALDERMERE: IN_ALDERMERE, BRACKENSHIRE: IN_BRACKENSHIRE}
    assert (areas.whole, areas.in_no_row) == (TOGETHER, 0)
    themes = progress.board(EXAMPLE, Grouping.THEME, by=publisher)
    assert _by_code(themes) == {"T3": ON_RISK, "T4": ON_MISSING}
    assert themes.whole == TOGETHER


def test_a_board_of_one_theme_has_no_row_of_another(publisher: SignedIn) -> None:
    risk = progress.board(replace(EXAMPLE, theme="T3"), Grouping.THEME, by=publisher)
    assert _by_code(risk) == {"T3": ON_RISK}
    other = replace(EXAMPLE, kind=RecommendationKind.CONCERN)
    assert progress.board(other, Grouping.THEME, by=publisher).rows == ()
    one = replace(EXAMPLE, inspection="BRK-2025-AUDIT")
    assert _by_code(progress.board(one, Grouping.AREA, by=publisher)).keys() == {BRACKENSHIRE}


@pytest.mark.parametrize("person", ["samira-publisher", "patrick-board", "priya-lead"])
@pytest.mark.parametrize("grouping", Grouping)
def test_every_number_of_the_board_is_the_length_of_the_list_it_leads_to(
    publisher: SignedIn, signed_in: SignIn, person: str, grouping: Grouping
) -> None:
    by = at(signed_in(person), ON)
    held = progress.board(Wanted(), grouping, by=by)
    assert held.rows
    for row in held.rows:
        area = grouping is Grouping.AREA
        there = Wanted(area=row.code) if area else Wanted(theme=row.code)
        counted = recommendation_list.counts(there, by=by)
        assert row.stands.listed == counted[Stands.ALL]
        for name, stands in AS_LISTED.items():
            assert getattr(row.stands, name) == counted[stands], (row.name, name)
    counted = recommendation_list.counts(Wanted(), by=by)
    assert [getattr(held.whole, name) for name in AS_LISTED] == [
        counted[stands] for stands in AS_LISTED.values()
    ]


def test_claims_without_an_effect_come_first_with_the_days_they_wait(publisher: SignedIn) -> None:
    found = progress.claims(EXAMPLE, by=publisher)
    said = [(one.code, one.claimed_on, one.shown_on, one.days) for one in found.claims]
    assert said == [
        ("EX-B", date(2026, 6, 22), None, 100),
        ("EX-A", date(2026, 1, 31), date(2026, 5, 11), 100),
    ]
    assert (found.total, found.page, found.pages) == (2, 1, 1)
    last = progress.claims(EXAMPLE, by=publisher, page=9, size=1)
    assert ([one.code for one in last.claims], last.page, last.pages) == (["EX-A"], 2, 2)


def test_the_figures_of_the_example_are_those_worked_by_hand(publisher: SignedIn) -> None:
    held = progress.figures(EXAMPLE, by=publisher)
    assert (held.as_of, held.answers) == (date(2026, 9, 30), 6)
    assert held.responses == Responses(4, 1, 1, 0, 0, 0, Share(4, 6, wilson(4, 6)))
    assert held.original == OriginalDates(2, 1, 2, 0, 0, Share(3, 5, wilson(3, 5)))
    assert held.slips == Slips(never=3, once=1, twice=1, three_or_more=0)
    assert held.closed_untested == Share(1, 2, wilson(1, 2))
    assert isinstance(held.regressions, Regressions)
    assert (held.regressions.events, held.regressions.answers) == (1, 2)
    assert held.regressions.years == pytest.approx((212 + 365) / 365.25)
    assert dict(held.evidence) == dict.fromkeys(Evidence, 0) | {
        Evidence.E1: 1,
        Evidence.E3: 1,
        None: 4,
    }


def _counts(curves: tuple[Curve, ...]) -> dict[str | None, tuple[int, int, int]]:
    return {one.cohort: (one.answers, one.events, one.closed_without) for one in curves}


def test_curves_are_by_the_year_of_publication_and_keep_the_open_ones(publisher: SignedIn) -> None:
    held = progress.figures(EXAMPLE, by=publisher)
    assert _counts(held.implemented) == {
        "2024/25": (1, 1, 0),
        "2025/26": (4, 1, 1),
        "2026/27": (1, 0, 0),
    }
    assert _counts(held.shown) == {
        "2024/25": (1, 0, 0),
        "2025/26": (4, 1, 1),
        "2026/27": (1, 0, 0),
    }
    assert isinstance(held.verified, Curve)
    assert (held.verified.answers, held.verified.events, held.verified.median) == (3, 2, 99)


def test_a_restarted_clock_does_not_make_a_first_response_late(publisher: SignedIn) -> None:
    held = follow_up.answers(replace(EXAMPLE, theme="T3"), by=publisher)
    lost = held.row(0, named=True)
    assert (lost["cohort"], lost["regressed_on"]) == ("2024/25", date(2026, 4, 10))
    assert (lost["response_due_on"], lost["responded_on"]) == (date(2024, 11, 1), date(2024, 10, 1))
    assert lost["claimed_on"] == date(2025, 1, 1)


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 3, 31), "2025/26"), (date(2026, 4, 1), "2026/27"), (date(1999, 4, 1), "1999/00")],
)
def test_a_financial_year_begins_in_april(day: date, year: str) -> None:
    assert follow_up.financial_year(day) == year


def test_somebody_of_another_area_sees_only_what_concerns_them(
    publisher: SignedIn, signed_in: SignIn
) -> None:
    elsewhere = at(signed_in("harpreet-director"), ON)
    held = progress.board(Wanted(), Grouping.AREA, by=elsewhere)
    assert ALDERMERE not in _by_code(held)
    assert progress.board(EXAMPLE, Grouping.AREA, by=elsewhere).whole == IN_BRACKENSHIRE
    assert progress.figures(EXAMPLE, by=elsewhere).answers == 2
    assert progress.claims(EXAMPLE, by=elsewhere).claims == ()
    asked = progress.figures(Wanted(area=ALDERMERE), by=elsewhere)
    assert (
        asked.answers
        == progress.board(Wanted(area=ALDERMERE), Grouping.AREA, by=elsewhere).whole.followed
    )
    assert b"EX-" not in progress_file.board_csv(EXAMPLE, Grouping.AREA, by=elsewhere)


def test_who_may_not_read_recommendations_gets_no_figure(signed_in: SignIn) -> None:
    nobody = signed_in(ADMINISTRATOR)
    asked: list[Callable[[], object]] = [
        lambda: progress.board(Wanted(), Grouping.AREA, by=nobody),
        lambda: progress.claims(Wanted(), by=nobody),
        lambda: progress.figures(Wanted(), by=nobody),
        lambda: progress_file.figures_csv(Wanted(), by=nobody),
    ]
    for ask in asked:
        with pytest.raises(NotAllowed, match="read recommendations"):
            ask()


def _rows(file: bytes) -> Iterator[Mapping[str, str]]:
    yield from csv.DictReader(io.StringIO(file.decode("utf-8-sig")))


def test_the_file_of_the_board_says_what_the_board_says(publisher: SignedIn) -> None:
    file = progress_file.board_csv(EXAMPLE, Grouping.AREA, by=publisher)
    rows = {row["Area code"]: row for row in _rows(file)}
    assert list(rows) == [ALDERMERE, BRACKENSHIRE, ""]
    here = rows[ALDERMERE]
    assert (here["As of"], here["Narrowed to"]) == (ON, "Example Council (invented)")
    assert (here["Claimed, effect not shown"], here["Effect shown"]) == ("1", "1")
    assert here["Most days since those claims"] == "100"
    assert here["Found not good again"] == "1"
    assert rows[BRACKENSHIRE]["Most days since those claims"] == ""
    assert rows[""]["Followed here"] == "6"


def test_the_file_of_figures_gives_each_what_it_is_out_of(publisher: SignedIn) -> None:
    rows = list(_rows(progress_file.figures_csv(EXAMPLE, by=publisher)))
    shares = {row["Figure"]: (row["Number"], row["Out of"]) for row in rows if row["Unit"]}
    assert shares["Response within time"] == ("4", "6")
    assert shares["Past the original date"] == ("3", "5")
    assert shares["Closed with the effect not tested"] == ("1", "2")
    assert shares["Found not good again"] == ("1", "1.5797")
    closed = [
        row["Number"]
        for row in rows
        if row["Part"] == "Closed without it" and row["Published in"] == "2025/26"
    ]
    assert closed == ["1", "1"]
    assert {row["Interval"] for row in rows if row["Unit"] and not row["Low"]} == {
        "none: the share is 1 or 0"
    }
    assert all(row["What counts"] for row in rows)


def test_what_a_body_names_itself_runs_in_no_spreadsheet(publisher: SignedIn) -> None:
    by = replace(publisher, name="=HYPERLINK(1)")
    rows = _rows(progress_file.board_csv(Wanted(), Grouping.THEME, by=by))
    assert all(not cell.startswith("=") for row in rows for cell in row.values())
