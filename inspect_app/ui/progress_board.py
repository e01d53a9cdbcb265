"""The board: by area or theme, what bodies claim beside what was shown; each number leads on."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from inspect_app.services import progress, progress_file
from inspect_app.services.progress import Claim, ClaimPage, Gap, Grouping, Standing
from inspect_app.services.recommendation_list import Wanted
from inspect_app.services.recommendation_stands import Order, Stands
from inspect_app.signed_in import SignedIn
from inspect_app.ui.links import link
from inspect_app.ui.markup import day, show, tag
from inspect_app.ui.progress_narrowing import rows_behind

NOTHING = (
    "No recommendation that is published and followed here fits. Press “Show all again”, or "
    "choose another area, body, theme, kind or inspection."
)
READ_ME = (
    "One body's answer to one recommendation counts once, open or closed. *Claimed* is the body's "
    "own word; *shown* is what somebody independent found in children's cases or their accounts. "
    "Each number leads to the answers that it counts."
)
TWICE = " An answer about several themes stands in the row of each."
NO_ROW = {
    Grouping.AREA: "not made in an inspection of an area, and so in no row",
    Grouping.THEME: "about no theme, and so in no row",
}
ALL_TOGETHER = "All together"
CLAIMS_KEY = "progress-claims"
WIDTHS = [1.9, 1.5, 1.5, 1, 1, 1, 1]
CLAIM_WIDTHS = [3, 1.6, 2]


@dataclass(frozen=True)
class Cell:
    """A number of a row in words, what it leads to, and what is said below it."""

    number: int
    words: str
    stands: Stands = Stands.ALL
    order: Order = Order.NEWEST
    more: str | None = None


def draw(wanted: Wanted, me: SignedIn) -> None:
    """Draw the board for what the page is narrowed to, and below it claim by claim."""
    grouping = _grouping()
    held = progress.board(wanted, grouping, by=me)
    if not held.whole.followed:
        st.info(NOTHING)
        return
    st.markdown(READ_ME + (TWICE if grouping is Grouping.THEME else ""))
    with st.container(gap="small"):
        for row in held.rows:
            _row(row.name, row.stands, _of_row(wanted, grouping, row.code))
        if len(held.rows) != 1 or held.in_no_row:
            _row(ALL_TOGETHER, held.whole, wanted)
    if held.in_no_row:
        show(tag("p", f"{_answers(held.in_no_row)} {NO_ROW[grouping]}.", css="small"))
    _download(wanted, grouping, me)
    _claims(wanted, me)


def _grouping() -> Grouping:
    chosen: Grouping = st.segmented_control(
        "A row for each",
        list(Grouping),
        default=Grouping.AREA,
        required=True,
        key="progress-grouping",
        persist_state="session",
    ) or Grouping.AREA  # fmt: skip
    return chosen


def _of_row(wanted: Wanted, grouping: Grouping, code: str) -> Wanted:
    if grouping is Grouping.AREA:
        return replace(wanted, area=code)
    return replace(wanted, theme=code)


def _row(name: str, stands: Standing, wanted: Wanted) -> None:
    with st.container(border=True):
        title, *cells = st.columns(WIDTHS, gap="small")
        with title, st.container(gap="xxsmall"):
            rows_behind(name, wanted)
            show(tag("p", _how_many(stands), css="small"))
        for place, cell in zip(cells, _cells(stands), strict=True):
            with place, st.container(gap="xxsmall"):
                _cell(cell, wanted)


def _cell(cell: Cell, wanted: Wanted) -> None:
    if cell.number:
        label = f"{cell.number:,} {cell.words}"
        rows_behind(label, replace(wanted, stands=cell.stands, order=cell.order))
    else:
        show(tag("p", f"0 {cell.words}", css="small"))
    if cell.more:
        show(tag("p", cell.more, css="small"))


def _cells(held: Standing) -> Iterator[Cell]:
    so_far = _days(held.not_shown, "since the claim")
    after = _days(held.shown_after, "after the claim")
    yield Cell(held.claimed, "claimed, effect not shown", Stands.CLAIMED, more=so_far)
    yield Cell(held.shown, "effect shown", Stands.SHOWN, more=after)
    yield Cell(held.late, _plural(held.late, "response", "late"), Stands.LATE)
    yield Cell(held.overdue, "past original date", Stands.OVERDUE)
    times = f"{held.slips:,} times in all" if held.slips > held.moved else None
    put_back = _plural(held.moved, "date", "put back")
    yield Cell(held.moved, put_back, Stands.PUT_BACK, Order.SLIPS, more=times)
    yield Cell(held.regressed, "found not good again", Stands.REGRESSED)


def _plural(number: int, thing: str, how: str) -> str:
    return f"{thing} {how}" if number == 1 else f"{thing}s {how}"


def _days(gap: Gap | None, since: str) -> str | None:
    if gap is None:
        return None
    if gap.fewest == gap.most:
        return f"{_so_many(gap.most)} {since}"
    return f"{gap.fewest:,} to {gap.most:,} days {since}"


def _so_many(days: int) -> str:
    return "1 day" if days == 1 else f"{days:,} days"


def _how_many(stands: Standing) -> str:
    others = stands.listed - stands.followed
    rest = f"; {others:,} more in the list are not" if others else ""
    return f"{_answers(stands.followed)} followed here{rest}"


def _answers(number: int) -> str:
    return "1 answer" if number == 1 else f"{number:,} answers"


def _download(wanted: Wanted, grouping: Grouping, me: SignedIn) -> None:
    st.download_button(
        "Download the board as CSV",
        data=partial(progress_file.board_csv, wanted, grouping, by=me),
        file_name=f"board-by-{grouping.name.lower()}-{me.today}.csv",
        mime="text/csv",
        key="progress-board-csv",
        on_click="ignore",
        icon=":material/download:",
    )


def _claims(wanted: Wanted, me: SignedIn) -> None:
    st.header("Claim by claim", anchor=False)
    key = f"{CLAIMS_KEY}-{wanted}"
    found = progress.claims(wanted, by=me, page=st.session_state.get(key, 1))
    if not found.claims:
        st.markdown("Nothing is claimed complete yet, and no effect is shown.")
        return
    st.caption(_order(found))
    with st.container(gap="small"):
        for claim in found.claims:
            _claim(claim)
    if found.pages > 1:
        st.pagination(found.pages, key=key, persist_state="session")


def _order(found: ClaimPage) -> str:
    where = f" Page {found.page} of {found.pages}." if found.pages > 1 else ""
    return (
        f"Those not shown come first, the oldest claim at the top. {found.total:,} in all.{where}"
    )


def _claim(claim: Claim) -> None:
    with st.container(border=True):
        what, claimed, shown = st.columns(CLAIM_WIDTHS, gap="small")
        with what, st.container(gap="xxsmall"):
            label = f"{claim.title} ({claim.code})"
            link(label, "recommendations", recommendation=claim.code)
            show(tag("p", claim.body, css="small"))
        with claimed:
            show(tag("p", _claimed(claim)))
        with shown:
            verdict = tag("p", f"Verifier: {claim.assurance.english.lower()}", css="small")
            show(tag("p", tag("strong", _shown(claim))), verdict)


def _claimed(claim: Claim) -> str:
    return f"Claimed {day(claim.claimed_on)}" if claim.claimed_on else "Not claimed complete"


def _shown(claim: Claim) -> str:
    if claim.shown_on is None:
        return f"Not shown, {_so_many(claim.days or 0)} after the claim"
    after = f", {_so_many(claim.days)} after the claim" if claim.days is not None else ""
    return f"Shown {day(claim.shown_on)}{after}"
