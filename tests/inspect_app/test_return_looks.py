"""A return is held against its own area's quarters and against its real neighbours' figures."""

import csv
import io

import pytest

from data_model.vocabulary import Nation, OrganisationKind, Stage, Verdict
from inspect_app.services import returns
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.returns import COLUMNS
from metrics.return_values import Found
from metrics.returned import asked
from tests.support.looking import moved_to
from tests.support.recommending import SignIn

DURHAM, QUARTER = "E06000047", "2026-Q2"
NEIGHBOURS = ("E06000006", "E08000015", "E08000037")
A_STRANGER = "E09000030"
REFERRALS, OFFERED, ADDED = "cse-referrals", "rhi-offered", "tracker-added"
Numbers = dict[str, tuple[int, int | None]]
THEIRS: Numbers = {REFERRALS: (20, None), OFFERED: (80, 100), ADDED: (5, None)}
CHILDREN = 100_432


def council(area: str) -> str:
    """Return the code of an area's council."""
    return f"council-{area.lower()}"


def director(signed_in: SignIn, area: str) -> SignedIn:
    """Return the director of an area's council."""
    return moved_to(signed_in("joanna-director"), council(area), area)


def board(signed_in: SignIn, area: str) -> SignedIn:
    """Return somebody of an area's partnership."""
    return moved_to(signed_in("patrick-board"), council(area), area)


def file(area: str, quarter: str, numbers: Numbers) -> bytes:
    """Return a council's return as CSV: these numbers, their parts and all the rest marked x."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(column.title for column in COLUMNS)
    about = (area, quarter, council(area))
    for line in asked(Nation.ENGLAND, OrganisationKind.COUNCIL):
        number, out_of = numbers.get(line.code, (None, None))
        mark = "x" if number is None else ""
        writer.writerow([*about, line.code, "", "", "", number, out_of, mark, "", ""])
        for by in line.apart if number is not None else ():
            parts = ([*about, line.code, "", by, c, "", "", "x", "", ""] for c in by.categories)
            writer.writerows(parts)
    return out.getvalue().encode()


def sent(signed_in: SignIn, area: str, quarter: str, numbers: Numbers) -> int:
    """Send a council's return, and return its number."""
    came = returns.send("return.csv", file(area, quarter, numbers), by=director(signed_in, area))
    assert came.held is not None, came.problems
    return came.held


def approved(signed_in: SignIn, area: str, quarter: str, numbers: Numbers) -> int:
    """Send a council's return and have it approved, all that is found explained."""
    held = sent(signed_in, area, quarter, numbers)
    by = director(signed_in, area)
    for each in returns.view(held, by=by).open:
        returns.explain(held, each.key, "We counted it again and it stands.", by=by)
    returns.approve(held, by=board(signed_in, area))
    return held


def published(signed_in: SignIn, area: str, quarter: str, numbers: Numbers) -> None:
    """Have a council's return approved, and published."""
    held = approved(signed_in, area, quarter, numbers)
    returns.publish(held, by=signed_in("samira-publisher"))


def looks(signed_in: SignIn, held: int, area: str = DURHAM) -> dict[str, Found]:
    """Return every look at a return, by its key."""
    seen = returns.view(held, by=director(signed_in, area))
    return {each.key: each for each in seen.found}


def test_durham_is_held_against_its_neighbours_and_against_nobody_else(signed_in: SignIn) -> None:
    numbers: Numbers = {REFERRALS: (200, None), OFFERED: (79, 100), ADDED: (3, None)}
    held = sent(signed_in, DURHAM, QUARTER, numbers)
    beside = f"{REFERRALS} against its neighbours"
    alone = looks(signed_in, held)[beside]
    assert (alone.looked, alone.stage) == (Verdict.NOT_CHECKED, Stage.PLAUSIBLE)
    published(signed_in, A_STRANGER, QUARTER, THEIRS)
    approved(signed_in, NEIGHBOURS[0], QUARTER, THEIRS)
    published(signed_in, NEIGHBOURS[1], "2026-Q1", THEIRS)
    assert looks(signed_in, held)[beside] == alone
    for area in NEIGHBOURS[1:]:
        published(signed_in, area, QUARTER, THEIRS)
    found = looks(signed_in, held)
    assert found[beside].looked is Verdict.FOUND
    assert f"200 among {CHILDREN:,} children; 40 among the " in found[beside].says
    assert found[beside].says.endswith("of 2 neighbours.")
    share = found[f"{OFFERED} against its neighbours"]
    assert (share.looked, share.says.split(": ")[-1]) == (
        Verdict.NOTHING,
        "79 of 100; 160 of 200 among neighbours.",
    )
    assert found[f"{ADDED} against its neighbours"].looked is Verdict.NOTHING
    unlike = sent(signed_in, DURHAM, QUARTER, {**numbers, OFFERED: (20, 100)})
    assert looks(signed_in, unlike)[f"{OFFERED} against its neighbours"].looked is Verdict.FOUND


@pytest.mark.parametrize(
    ("before", "number", "looked"),
    [(4, 21, Verdict.NOTHING), (4, 90, Verdict.FOUND), (3, 90, Verdict.NOT_CHECKED)],
)
def test_a_count_of_durham_is_held_against_its_own_earlier_quarters(
    signed_in: SignIn, before: int, number: int, looked: Verdict
) -> None:
    for quarter in ("2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1")[:before]:
        approved(signed_in, DURHAM, quarter, THEIRS)
    held = sent(signed_in, DURHAM, QUARTER, {REFERRALS: (number, None)})
    assert looks(signed_in, held)[f"{REFERRALS} against its history"].looked is looked


def test_a_break_without_a_number_is_a_break_all_the_same(signed_in: SignIn) -> None:
    for quarter in ("2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"):
        approved(signed_in, DURHAM, quarter, THEIRS)
    data = file(DURHAM, "2026-Q1", {}).decode()
    about = f"{DURHAM},2026-Q1,{council(DURHAM)},{REFERRALS},,,,,,x,"
    broken = data.replace(f"{about},", f"{about}Yes,A new system counts them.")
    assert broken != data
    by = director(signed_in, DURHAM)
    came = returns.send("return.csv", broken.encode(), by=by)
    assert came.held is not None
    returns.approve(came.held, by=board(signed_in, DURHAM))
    held = sent(signed_in, DURHAM, QUARTER, {REFERRALS: (90, None)})
    against = looks(signed_in, held)[f"{REFERRALS} against its history"]
    assert against.looked is Verdict.NOT_CHECKED
    assert "Only 0 earlier quarters are comparable" in against.says
