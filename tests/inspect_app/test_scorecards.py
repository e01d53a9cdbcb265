"""Scorecards: counts beside shares, intervals where they are meant, marks that are no numbers."""

from collections.abc import Callable

import pytest

from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.services import scorecards
from inspect_app.services.scorecards import Line
from inspect_app.signed_in import SignedIn
from metrics import BY_CODE
from metrics.outcome import Count, NoNumber, Share, Stated, in_words

SignIn = Callable[[str], SignedIn]


def line(card: scorecards.Scorecard, indicator: str) -> Line:
    """Return the scorecard's line of an indicator."""
    return next(line for line in card.lines if line.indicator == indicator)


def test_the_reports_figures_stand_on_durhams_scorecard(signed_in: SignIn) -> None:
    card = scorecards.scorecard("E06000047", "2020-Q1", by=signed_in("patrick-board"))
    assert line(card, "looked-after").outcome == Count(914)
    assert line(card, "looked-after").in_quarter
    care = line(card, "care-at-risk")
    assert isinstance(care.outcome, Share)
    assert (care.outcome.count, care.outcome.out_of) == (11, 840)
    assert not care.in_quarter
    stated = line(card, "ethnicity-not-recorded-victims").outcome
    assert isinstance(stated, Stated)
    assert (stated.value, stated.out_of) == (14, 1138)


def test_a_scorecard_of_a_quarter_holds_nothing_from_after_it(signed_in: SignIn) -> None:
    card = scorecards.scorecard("E06000047", "2020-Q1", by=signed_in("patrick-board"))
    assert card.quarter is not None
    assert all(entry.period_end <= card.quarter.end for entry in card.lines if entry.period_end)
    later = scorecards.scorecard("E06000047", by=signed_in("patrick-board"))
    assert line(later, "cse-assessments-dfe").period == "Year to 31 March 2025"


def test_a_percentage_is_never_turned_back_into_a_count(signed_in: SignIn) -> None:
    card = scorecards.scorecard("E06000023", by=signed_in("patrick-board"))
    offered = line(card, "rhi-offered").outcome
    assert offered == Stated(92, None, "percent", None, 114)
    assert "counts not published" in in_words(offered)


def test_counted_cases_match_the_rows_behind_them(signed_in: SignIn) -> None:
    lead = signed_in("priya-lead")
    card = scorecards.scorecard("X06000001", by=lead)
    from_cases = [entry for entry in card.lines if entry.inspection]
    assert from_cases
    for entry in from_cases:
        assert entry.inspection is not None
        rows = scorecards.rows_behind(entry.inspection, entry.indicator, by=lead)
        counted = rows.get_column("counted").to_list()
        assert isinstance(entry.outcome, Share)
        assert counted.count("yes") == entry.outcome.count
        assert counted.count("yes") + counted.count("no") == entry.outcome.out_of
        assert set(rows.get_column("reference").str.slice(0, 4)) == {"ALD-"}


def test_rows_behind_a_number_are_for_the_readers(signed_in: SignIn) -> None:
    for person in ("patrick-board", "joanna-director", "samira-publisher"):
        with pytest.raises(NotAllowed, match="case files"):
            scorecards.rows_behind("ALD-2025-JTAI", "case-network", by=signed_in(person))


def test_every_share_has_an_interval_or_says_why_not(signed_in: SignIn) -> None:
    for area in ("X06000001", "X06000002", "E06000047", "E09000030"):
        for entry in scorecards.scorecard(area, by=signed_in("priya-lead")).lines:
            if isinstance(entry.outcome, Share):
                assert bool(entry.outcome.interval) != bool(entry.outcome.why_no_interval)


def test_a_census_of_cases_gets_no_interval(signed_in: SignIn) -> None:
    card = scorecards.scorecard("X06000002", by=signed_in("priya-lead"))
    share = line(card, "case-male-share").outcome
    assert isinstance(share, Share)
    assert share.interval is None
    assert "every eligible case was read" in (share.why_no_interval or "")


def test_a_suppressed_figure_is_shown_as_withheld(signed_in: SignIn) -> None:
    everyone = signed_in("patrick-board")
    series = scorecards.series("E06000017", "cse-assessments-dfe", by=everyone)
    marks = [entry.outcome for entry in series if isinstance(entry.outcome, NoNumber)]
    assert marks
    assert {in_words(mark) for mark in marks} == {"Withheld to protect children"}


def test_a_recording_change_breaks_the_series(signed_in: SignIn) -> None:
    board = signed_in("patrick-board")
    breaks = [
        entry.period_start
        for entry in scorecards.series("X06000001", "cse-flags", by=board)
        if entry.breaks
    ]
    assert [str(day) for day in breaks] == ["2025-10-01"]
    national = scorecards.series("E06000047", "cse-assessments-dfe", by=board)
    assert [entry.period for entry in national if entry.breaks] == ["Year to 31 March 2022"]


def test_returns_that_are_not_published_are_for_the_area_and_inspectors(
    signed_in: SignIn,
) -> None:
    assert scorecards.series("X06000001", "rhi-offered", by=signed_in("patrick-board"))
    assert scorecards.series("X06000001", "rhi-offered", by=signed_in("marcus-inspector"))
    elsewhere = scorecards.series("X06000001", "rhi-offered", by=signed_in("harpreet-director"))
    assert all(line.published for line in elsewhere)
    assert not all(
        line.published
        for line in scorecards.series("X06000001", "rhi-offered", by=signed_in("patrick-board"))
    )


def test_an_unknown_area_is_refused_with_those_near_to_it(signed_in: SignIn) -> None:
    with pytest.raises(NotFound, match="no area 'Durhan'") as refusal:
        scorecards.scorecard("Durhan", by=signed_in("patrick-board"))
    assert "County Durham (E06000047)" in refusal.value.advice


@pytest.mark.parametrize("text", ["2020", "2020-Q5", "Q1 2020", ""])
def test_what_is_not_a_quarter_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match="is not a quarter"):
        scorecards.parse_quarter(text)


def test_a_figure_traces_to_its_source(signed_in: SignIn) -> None:
    for entry in scorecards.scorecard("E06000023", by=signed_in("patrick-board")).lines:
        assert entry.figure is not None
        assert entry.source
        assert entry.indicator in BY_CODE
