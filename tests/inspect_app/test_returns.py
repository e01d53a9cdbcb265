"""Quarterly returns: sent by the body, looked at, explained, approved by another, published."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from data_model.database import Database
from data_model.records import Figure
from data_model.vocabulary import ReturnStatus, Stage, Verdict
from inspect_app.errors import Conflict, NotAllowed, NotFound, Refusal
from inspect_app.services import returns, scorecards
from inspect_app.services.returns import ReturnValue, Sent
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.returns import COLUMNS
from metrics import BY_CODE
from metrics.known_breaks import KnownBreak
from tests.support.looking import every_row_of
from tests.support.recommending import SignIn

AREA, QUARTER, COUNCIL = "X06000001", "2026-Q2", "aldermere-council"
SENDER, APPROVER, PUBLISHER = "joanna-director", "patrick-board", "samira-publisher"
PLACES = {column.field: place for place, column in enumerate(COLUMNS, start=1)}
WHY = "The team that holds these records changed in May; we are putting it right."


def filled(signed_in: SignIn, changes: dict[str, tuple[int, int | None]] | None = None) -> bytes:
    """Return the council's packed return, filled in: x everywhere but where `changes` say."""
    data = returns.pack(AREA, QUARTER, COUNCIL, by=signed_in(SENDER))
    return answered(data, changes or {})


def answered(data: bytes, changes: dict[str, tuple[int, int | None]]) -> bytes:
    """Return a packed return with these wholes filled in, and x everywhere else."""
    book = load_workbook(BytesIO(data))
    sheet = book["Return"]
    for line in range(2, sheet.max_row + 1):
        cell = {name: sheet.cell(line, place) for name, place in PLACES.items()}
        whole = cell["breakdown"].value is None
        said = changes.get(str(cell["indicator"].value)) if whole else None
        if said is None:
            cell["mark"].value = "x"
        else:
            cell["numerator"].value, cell["denominator"].value = said
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sent(signed_in: SignIn, **changes: tuple[int, int | None]) -> Sent:
    """Send the council's return; figures are named with underscores."""
    named = {name.replace("_", "-"): said for name, said in changes.items()}
    return returns.send("return.xlsx", filled(signed_in, named), by=signed_in(SENDER))


def held(signed_in: SignIn, person: str = SENDER) -> ReturnValue:
    """Return the council's return as somebody sees it."""
    found = [r for r in returns.listed(by=signed_in(person)) if r.organisation == COUNCIL]
    return next(each for each in found if each.quarter == QUARTER)


def shown(by: SignedIn, indicator: str) -> list[str]:
    """Return the periods for which a scorecard's series has a figure."""
    return [line.period for line in scorecards.series(AREA, indicator, by=by)]


def test_a_return_is_packed_sent_approved_and_published_and_then_seen_by_everybody(
    signed_in: SignIn,
) -> None:
    came = sent(signed_in, tracker_children=(41, None))
    assert came.held is not None
    assert not came.problems
    board, elsewhere = signed_in(APPROVER), signed_in("harpreet-director")
    assert "April to June 2026" not in shown(board, "tracker-children")
    for each in held(signed_in).open:
        returns.explain(came.held, each.key, WHY, by=signed_in(SENDER))
    returns.approve(came.held, held(signed_in).version, by=board)
    assert "April to June 2026" in shown(board, "tracker-children")
    assert "April to June 2026" not in shown(elsewhere, "tracker-children")
    returns.publish(came.held, by=signed_in(PUBLISHER))
    assert "April to June 2026" in shown(elsewhere, "tracker-children")
    assert held(signed_in).status is ReturnStatus.PUBLISHED


def test_what_is_found_has_to_be_mended_or_explained_before_it_is_approved(
    signed_in: SignIn,
) -> None:
    came = sent(signed_in, rhi_offered=(60, 50), rhi_accepted=(10, 70))
    assert came.held is not None
    found = {each.key: each for each in held(signed_in).open}
    assert "60 is more than the 50 it is out of" in found["rhi-offered part of whole"].says
    assert "They say 70 and 60." in found["rhi-accepted and rhi-offered"].says
    with pytest.raises(Refusal, match="mend what was found in it, or explain it in writing"):
        returns.approve(came.held, by=signed_in(APPROVER))
    with pytest.raises(Refusal, match="Say in a sentence"):
        returns.explain(came.held, "rhi-offered part of whole", "Yes.", by=signed_in(SENDER))
    for key in found:
        returns.explain(came.held, key, WHY, by=signed_in(SENDER))
    assert held(signed_in).explained["rhi-offered part of whole"] == WHY
    returns.approve(came.held, by=signed_in(APPROVER))
    returns.reopen(came.held, "To mend it.", by=signed_in(APPROVER))
    with pytest.raises(Refusal, match="Nothing was found under"):
        returns.explain(came.held, "no such look", WHY, by=signed_in(SENDER))


def test_a_quarter_that_could_not_be_compared_says_so_and_history_is_used_where_it_can(
    signed_in: SignIn,
) -> None:
    sent(signed_in, rhi_offered=(2, 120), tracker_children=(41, None))
    found = {each.key: each for each in held(signed_in).found}
    assert found["tracker-children against its history"].looked is Verdict.NOT_CHECKED
    assert found["tracker-children against its neighbours"].looked is Verdict.NOT_CHECKED
    against = found["rhi-offered against its history"]
    assert (against.stage, against.looked) == (Stage.PLAUSIBLE, Verdict.FOUND)


def test_only_whole_quarters_since_a_declared_change_are_its_history(
    signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent(signed_in, rhi_offered=(2, 120))
    change = KnownBreak(
        on=date(2026, 1, 1), nation=None, why="Another service counts.", source="K.4 25"
    )
    monkeypatch.setitem(BY_CODE, "rhi-offered", replace(BY_CODE["rhi-offered"], breaks=(change,)))
    found = {each.key: each for each in held(signed_in).found}
    against = found["rhi-offered against its history"]
    assert against.looked is Verdict.NOT_CHECKED
    assert "Only 1 earlier quarters are comparable" in against.says


def test_a_second_file_supersedes_what_differs_and_keeps_what_was_said(
    signed_in: SignIn, database: Database
) -> None:
    first = sent(signed_in, tracker_children=(41, None), tracker_added=(3, None))
    assert sent(signed_in, tracker_children=(41, None), tracker_added=(3, None)).changed == 0
    second = sent(signed_in, tracker_children=(44, None), tracker_added=(3, None))
    assert (second.held, second.changed) == (first.held, 1)
    with every_row_of(database).reading() as session:
        said = session.execute(
            select(Figure.numerator, Figure.superseded_at.is_not(None))
            .where(Figure.agency_return == first.held, Figure.indicator == "tracker-children")
            .order_by(Figure.id)
        ).all()
    of_whole = [tuple(row) for row in said if row[0] is not None]
    assert of_whole == [(41, True), (44, False)]


def test_an_approved_quarter_is_locked_until_it_is_opened_again_with_a_reason(
    signed_in: SignIn,
) -> None:
    came = sent(signed_in, tracker_children=(41, None))
    assert came.held is not None
    for each in held(signed_in).open:
        returns.explain(came.held, each.key, WHY, by=signed_in(SENDER))
    returns.approve(came.held, by=signed_in(APPROVER))
    with pytest.raises(Refusal, match="its quarter is locked"):
        sent(signed_in, tracker_children=(44, None))
    with pytest.raises(Refusal, match="say why, in a sentence"):
        returns.reopen(came.held, "", by=signed_in(APPROVER))
    returns.reopen(came.held, "The list was counted twice.", by=signed_in(APPROVER))
    assert "April to June 2026" not in shown(signed_in(APPROVER), "tracker-children")
    assert sent(signed_in, tracker_children=(22, None)).changed == 1


def test_nobody_approves_what_they_sent_and_only_their_own_area(signed_in: SignIn) -> None:
    came = sent(signed_in, tracker_children=(41, None))
    assert came.held is not None
    with pytest.raises(NotAllowed):
        returns.approve(came.held, by=signed_in(SENDER))
    both = signed_in(APPROVER)
    sender = replace(both, standing=replace(both.standing, person=SENDER))
    with pytest.raises(NotAllowed, match="Whoever sent a return cannot approve it"):
        returns.approve(came.held, by=sender)
    for person in ("harpreet-director", "ruth-verifier", "ellen-inspector"):
        with pytest.raises((NotAllowed, NotFound)):
            returns.approve(came.held, by=signed_in(person))
        assert not [r for r in returns.listed(by=signed_in(person)) if r.id == came.held]


def test_a_body_sends_its_own_return_for_an_area_it_serves(signed_in: SignIn) -> None:
    with pytest.raises(NotAllowed, match="is not yours to send"):
        returns.pack(AREA, QUARTER, COUNCIL, by=signed_in("harpreet-director"))
    data = filled(signed_in)
    with pytest.raises(NotAllowed, match="is not yours to send"):
        returns.send("return.xlsx", data, by=signed_in("desmond-director"))
    police = returns.pack(
        AREA, QUARTER, "mere-and-bracken-police", by=signed_in("desmond-director")
    )
    assert police
    with pytest.raises(NotAllowed):
        returns.pack(
            "X06000003", QUARTER, "mere-and-bracken-police", by=signed_in("desmond-director")
        )


def test_a_quarter_that_is_not_over_has_no_return_yet(signed_in: SignIn) -> None:
    data = filled(signed_in)
    may = datetime(2026, 5, 15, 12, tzinfo=UTC)
    early = replace(signed_in(SENDER), clock=lambda: may)
    with pytest.raises(Refusal, match="April to June 2026 is not over"):
        returns.send("return.xlsx", data, by=early)


def test_a_row_that_cannot_be_read_keeps_the_whole_file_out(signed_in: SignIn) -> None:
    book = load_workbook(BytesIO(filled(signed_in)))
    book["Return"].cell(2, PLACES["numerator"]).value = "about 40"
    out = BytesIO()
    book.save(out)
    came = returns.send("return.xlsx", out.getvalue(), by=signed_in(SENDER))
    assert came.held is None
    assert [problem.cell for problem in came.problems] == ["H2", "J2"][: len(came.problems)]
    assert not [r for r in returns.listed(by=signed_in(SENDER)) if r.quarter == QUARTER]


def test_who_approves_has_seen_the_newest(signed_in: SignIn) -> None:
    came = sent(signed_in, tracker_children=(41, None))
    assert came.held is not None
    seen = held(signed_in).version
    sent(signed_in, tracker_children=(44, None))
    with pytest.raises(Conflict, match="changed by somebody else since you looked"):
        returns.approve(came.held, seen, by=signed_in(APPROVER))


def test_a_packed_return_holds_what_was_sent_before(signed_in: SignIn) -> None:
    sent(signed_in, tracker_children=(41, None))
    again = load_workbook(BytesIO(returns.pack(AREA, QUARTER, COUNCIL, by=signed_in(SENDER))))
    rows = again["Return"].iter_rows(min_row=2, values_only=True)
    said = {
        row[PLACES["indicator"] - 1]: row[PLACES["numerator"] - 1]
        for row in rows
        if row[PLACES["breakdown"] - 1] is None
    }
    assert said["tracker-children"] == 41


BETWEEN = "rhi-offered-of-reported and missing-incidents"
FORCE, POLICE = "mere-and-bracken-police", "desmond-director"


def of_force(signed_in: SignIn, **changes: tuple[int, int | None]) -> Sent:
    """Send the police's return for the same area and quarter."""
    named = {name.replace("_", "-"): said for name, said in changes.items()}
    by = signed_in(POLICE)
    data = returns.pack(AREA, QUARTER, FORCE, by=by)
    return returns.send("police.xlsx", answered(data, named), by=by)


def test_what_two_bodies_say_of_one_thing_is_looked_at_on_both_their_returns(
    signed_in: SignIn,
) -> None:
    council = sent(signed_in, rhi_offered_of_reported=(60, 90))
    assert council.held is not None
    alone = {each.key: each for each in held(signed_in).found}[BETWEEN]
    assert alone.looked is Verdict.NOT_CHECKED
    assert "until the return of Mere and Bracken Police (invented) is in" in alone.says
    police = of_force(signed_in, missing_incidents=(95, None))
    assert police.held is not None
    board = signed_in(APPROVER)
    for number in (council.held, police.held):
        both = {each.key: each for each in returns.view(number, by=board).found}[BETWEEN]
        assert both.looked is Verdict.FOUND
        assert both.says.endswith("They say 90 and 95.")
    of_force(signed_in, missing_incidents=(90, None))
    for number in (council.held, police.held):
        both = {each.key: each for each in returns.view(number, by=board).found}[BETWEEN]
        assert both.looked is Verdict.NOTHING
