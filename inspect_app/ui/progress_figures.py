"""Figures on progress, open ones included: each with what it is out of and what it leaves out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

import streamlit as st

from inspect_app.services import progress, progress_file
from inspect_app.services import progress_measures as measures
from inspect_app.services.progress import Figures
from inspect_app.services.progress_measures import Measure
from inspect_app.services.recommendation_list import Wanted
from inspect_app.services.recommendation_stands import Order, Stands
from inspect_app.signed_in import SignedIn
from inspect_app.ui import progress_curves
from inspect_app.ui.figures import figure, interval
from inspect_app.ui.markup import Markup, day, show, table, tag, together
from inspect_app.ui.progress_board import NOTHING
from inspect_app.ui.progress_narrowing import rows_behind
from metrics.follow_up import FEW, Curve, Regressions
from metrics.outcome import Share, TooFew

READ_ME = (
    "Open answers count in every figure, so that leaving the hard ones open makes nothing look "
    "better. There is no mean of closed ones here, and no percentage complete."
)
NONE_COUNTS = "No answer counts yet"
TOO_FEW = f"Fewer than {FEW}, so the count and no percentage"
FEW_LASTED = f"Fewer than {FEW} answers, so the count and no rate."


@dataclass(frozen=True)
class Card:
    """A figure with its parts and, where there are any, a link to the answers behind it."""

    measure: Measure
    said: Markup
    parts: Markup | None
    behind: int
    leads: str
    stands: Stands = Stands.ALL
    order: Order = Order.NEWEST


def draw(wanted: Wanted, me: SignedIn) -> None:
    """Draw every figure of what the page is narrowed to."""
    held = progress.figures(wanted, by=me)
    if not held.answers:
        st.info(NOTHING)
        return
    counted = "1 answer counts" if held.answers == 1 else f"{held.answers:,} answers count"
    st.markdown(f"{READ_ME} As of {day(held.as_of)}; {counted}.")
    _download(wanted, me)
    cards = tuple(_cards(held))
    for first, second in zip(cards[::2], cards[1::2], strict=True):
        for place, card in zip(st.columns(2), (first, second), strict=True):
            with place:
                _card(card, wanted)
    _curves(held)


def _card(card: Card, wanted: Wanted) -> None:
    with st.container(border=True, height="stretch", gap="small"):
        counts = tag("p", card.measure.counts, css="small")
        show(tag("h2", card.measure.title, css="box"), card.said, counts, card.parts)
        if card.behind:
            rows_behind(card.leads, replace(wanted, stands=card.stands, order=card.order))


def _cards(held: Figures) -> Iterator[Card]:
    said = held.responses
    yield Card(
        measures.RESPONSE,
        _share(said.in_time),
        _parts("Answers by their response", measures.parts(said, measures.RESPONSES)),
        said.overdue,
        "See the answers whose response is late",
        Stands.LATE,
    )
    yield Card(
        measures.ORIGINAL,
        _share(held.original.past),
        _parts("Answers by their date", measures.parts(held.original, measures.ORIGINAL_DATES)),
        held.original.unclaimed,
        "See the answers past their original date now",
        Stands.OVERDUE,
    )
    moved = dict(measures.parts(held.slips, measures.MOVED))
    put_back = sum(moved.values()) - held.slips.never
    yield Card(
        measures.SLIPS,
        _counted(put_back, sum(moved.values()), "put back at least once"),
        _parts("How often the date was put back", moved.items()),
        put_back,
        "See the answers, those put back most often first",
        order=Order.SLIPS,
    )
    yield Card(
        measures.EVIDENCE,
        _counted(sum(n for rung, n in held.evidence if rung), held.answers, "with evidence"),
        _parts("Answers by their strongest evidence", measures.rungs(held.evidence)),
        held.answers,
        "See the answers",
    )
    yield Card(
        measures.UNTESTED,
        _share(held.closed_untested),
        None,
        _count_of(held.closed_untested),
        "See the answers closed with the effect not tested",
        Stands.UNTESTED_CLOSED,
    )
    yield Card(
        measures.REGRESSION,
        _rate(held.regressions),
        None,
        held.regressions.events if isinstance(held.regressions, Regressions) else 0,
        "See the answers that stand as found not good again",
        Stands.REGRESSED,
    )


def _count_of(share: Share | TooFew) -> int:
    return share.count if isinstance(share, Share) else 0


def _share(share: Share | TooFew) -> Markup:
    """Return the count and what it is out of, a percentage where there are enough, the interval."""
    if isinstance(share, TooFew):
        return tag("p", NONE_COUNTS, css="status")
    counted, percentage = figure(share)
    said = percentage if share.out_of >= FEW else TOO_FEW
    return together(
        tag("p", counted, css="status"),
        tag("p", f"{said}. Interval: {interval(share)}."),
    )


def _counted(number: int, out_of: int, words: str) -> Markup:
    if not out_of:
        return tag("p", NONE_COUNTS, css="status")
    why = tag("p", "Interval: none, a count of what was recorded.")
    return together(tag("p", f"{number:,} of {out_of:,} {words}", css="status"), why)


def _rate(held: Regressions | TooFew) -> Markup:
    if isinstance(held, TooFew):
        return tag("p", NONE_COUNTS, css="status")
    lasted = f"{held.events:,} in {held.years:,.1f} years that {held.answers:,} answers lasted"
    if held.answers < FEW:
        return together(tag("p", lasted, css="status"), tag("p", FEW_LASTED))
    bounds = f"{held.low:,.1f} to {held.high:,.1f} ({progress_file.GARWOOD})"
    return together(
        tag("p", lasted, css="status"),
        tag("p", f"{held.per_100:,.1f} for every 100 years. Interval: {bounds}."),
    )


def _parts(caption: str, parts: Iterable[tuple[str, int]]) -> Markup:
    return table(caption, ("How", "Answers"), ((words, f"{number:,}") for words, number in parts))


def _curves(held: Figures) -> None:
    verified = (held.verified,) if isinstance(held.verified, Curve) else ()
    _curve(measures.IMPLEMENTED, held.implemented, "not yet found implemented", "publication")
    _curve(measures.SHOWN, held.shown, "without an effect shown", "publication")
    _curve(measures.VERIFIED, verified, "not yet verified", "the claim")


def _curve(measure: Measure, curves: tuple[Curve, ...], not_yet: str, since: str) -> None:
    with st.container(border=True):
        show(tag("h2", measure.title, css="box"), tag("p", measure.counts, css="small"))
        if curves:
            progress_curves.draw(measure, curves, not_yet, since)
        else:
            show(tag("p", NONE_COUNTS, css="status"))


def _download(wanted: Wanted, me: SignedIn) -> None:
    st.download_button(
        "Download the figures as CSV",
        data=partial(progress_file.figures_csv, wanted, by=me),
        file_name=f"progress-figures-{me.today}.csv",
        mime="text/csv",
        key="progress-figures-csv",
        on_click="ignore",
        icon=":material/download:",
    )
