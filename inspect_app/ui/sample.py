"""A sample as its readers see it: the list, what was drawn from it, and whom it leaves out."""

from collections.abc import Iterable, Sequence

import streamlit as st

from data_model.vocabulary import Answer, Division, DrawPlace, Word
from inspect_app.services import due as due_service
from inspect_app.services import sampling
from inspect_app.services.sampling_values import (
    BegunCase,
    CoverageLine,
    DrawnValue,
    DrawValue,
    EntryValue,
    FrameValue,
    SampleValue,
)
from inspect_app.signed_in import SignedIn
from inspect_app.ui.links import link
from inspect_app.ui.markup import Markup, day, items, plain, show, table, tag, together
from inspect_app.ui.tables import facts

NOTHING = "Not in the list"
ONE_LINE = 16
WITHOUT_LIST = (
    "No list has been sent in. Once there is one, it stands here how many cases there were to "
    "choose from, and anybody can draw the same sample from it again."
)
BY_HAND = (
    "Anybody with the list and the seed can draw the same cases without this product, in any "
    "terminal that has `sha256sum`:"
)
SHORT = "Not recorded"
KNOWN = {
    "age_band": "Age",
    "sex": "Sex",
    "ethnicity": "Ethnicity",
    "disability": "Disabled",
    "in_care": "In care",
    "episodes": "Missing episodes",
}
DIVISIONS = {
    Division.SEX: "Sex",
    Division.DISABILITY: "Disabled",
    Division.ETHNICITY: "Ethnicity",
    Division.IN_CARE: "In care",
}


def heading(held: SampleValue) -> None:
    """Draw whose sample it is, and whom it leaves out, above everything else."""
    show(tag("h2", held.title), tag("p", tag("span", held.inspection, css="small")))
    if held.draw and held.warnings:
        said = "\n\n".join(map(plain, held.warnings))
        st.warning(f"**Whom the sample leaves out**\n\n{said}")


def register(held: SampleValue) -> None:
    """Draw what the list is, and the list itself folded away."""
    frame = held.frame
    if frame is None:
        st.info(WITHOUT_LIST)
        return
    show(facts(_about(frame)))
    # Hundreds of rows are sent to the browser only when somebody asks for them.
    if st.toggle(f"Show the whole list, {len(frame.entries)} numbers", key="whole-list"):
        show(_entries(frame.entries))


def _about(frame: FrameValue) -> Iterable[tuple[str, object]]:
    yield "Cases to choose from", len(frame.eligible)
    yield "Excluded", _excluded(frame)
    yield "Made from", frame.kind.english
    yield "Source", frame.source
    yield "The list is of", day(frame.dated_on)
    yield "Sent in", f"{day(frame.listed_at.date())}, by {frame.listed_by}"
    yield "Columns not kept", _begins_large(frame.dropped or "none")
    if frame.file_hash:
        yield "SHA-256 of the file", tag("code", frame.file_hash, css="small")


def _begins_large(words: str) -> str:
    return words[0].upper() + words[1:]


def _excluded(frame: FrameValue) -> object:
    reasons = [entry.excluded_because for entry in frame.excluded]
    counts = (f"{reasons.count(why)}: {why}" for why in dict.fromkeys(reasons))
    return together(*(tag("div", said) for said in counts)) if reasons else "None"


def _entries(entries: Sequence[EntryValue]) -> Markup:
    told = _told(entries)
    headings = ("Number", "In the body's list", *told.values(), "Excluded")
    rows = [
        (entry.number, _line(entry.where), *_known(entry, told), entry.excluded_because or "")
        for entry in entries
    ]
    return table("Every case of the list", headings, rows)


def _told(entries: Iterable[EntryValue]) -> dict[str, str]:
    """Return the characteristics that the list tells of at all, by their headings."""
    held = tuple(entries)
    return {
        name: title
        for name, title in KNOWN.items()
        if any(getattr(entry, name) is not None for entry in held)
    }


def _known(entry: EntryValue, told: Iterable[str]) -> tuple[object, ...]:
    """Return what is known of a case; of one that is excluded nothing is."""
    if not entry.eligible:
        return tuple("" for _name in told)
    return tuple(_said(getattr(entry, name)) for name in told)


def _said(held: Word | int | None) -> object:
    if held is None:
        return NOTHING
    if isinstance(held, Word):
        return SHORT if held == Answer.NOT_RECORDED else _line(held.english)
    return held


def _line(words: str) -> object:
    """Keep a few words in one line; a long name may break."""
    return tag("span", words, css="number") if len(words) < ONE_LINE else words


def drawn(held: SampleValue, me: SignedIn) -> None:
    """Draw the sample as it stands, how it was drawn, and whether that can be repeated."""
    if held.draw is None:
        st.info("Nothing has been drawn from the list.")
        return
    show(facts(_how(held.draw)), _sample(held.draw))
    if held.draw.exchanged:
        show(_exchanges(held.draw))
    _repeat(held, me)
    if held.open and sampling.to_begin(held.inspection, by=me):
        link("Begin a case of the sample", "case-review", icon="rate_review")


def _how(draw: DrawValue) -> Iterable[tuple[str, object]]:
    yield "How the cases were chosen", draw.method.english
    if draw.divided_by:
        yield "Divided by", DIVISIONS[draw.divided_by]
    yield "Cases in the sample", len(draw.sample)
    yield "Still in reserve", sum(case.waits for case in draw.cases)
    if draw.seed:
        yield "Seed", tag("code", draw.seed, css="small")
    yield "Drawn", f"{day(draw.drawn_at.date())}, by {draw.drawn_by}"
    if draw.reason:
        yield "Why", draw.reason


def _sample(draw: DrawValue) -> Markup:
    held = [case for case in draw.cases if case.replaced_at is None]
    told = _told(case.entry for case in held)
    headings = ("Drawn as", "Number", "In the body's list", *told.values(), "Stands", "Case")
    rows = [
        (
            case.position,
            case.number,
            _line(case.entry.where),
            *_known(case.entry, told),
            _stands(case),
            _begun(case.cases),
        )
        for case in held
    ]
    return table("Cases of the sample and in reserve", headings, rows)


def _stands(case: DrawnValue) -> str:
    if case.stands_in_for is not None:
        return f"In the sample, in place of number {case.stands_in_for}"
    return DrawPlace.MAIN.english if case.in_sample else DrawPlace.RESERVE.english


def _begun(cases: Sequence[BegunCase]) -> object:
    said = (
        tag("div", f"{case.reference or 'Begun'}: {case.status.english.lower()}, {case.reader}")
        for case in cases
    )
    return together(*said) if cases else "Not begun"


def _exchanges(draw: DrawValue) -> Markup:
    rows = [
        (
            case.number,
            case.entry.where,
            draw.stand_in(case.number) or "None was left in reserve",
            case.replaced_because,
            f"{day(case.replaced_at.date()) if case.replaced_at else ''}, {case.replaced_by}",
        )
        for case in draw.exchanged
    ]
    headings = ("Taken out", "In the body's list", "In its place", "Why", "When, and by whom")
    return table("Cases that were exchanged", headings, rows)


def _repeat(held: SampleValue, me: SignedIn) -> None:
    again = sampling.repeat(held.inspection, by=me)
    if again.same is False:
        st.error(plain(again.says))
        return
    show(tag("p", again.says))
    if again.by_hand:
        with st.expander("How to repeat the draw by hand"):
            st.markdown(BY_HAND)
            st.code(again.by_hand, language="bash", wrap_lines=True)


def coverage(held: SampleValue) -> None:
    """Draw how the list, the sample and what was read divide by who the children are."""
    st.subheader("Whom the sample covers", anchor=False)
    headings: tuple[str, ...] = ("Who", "In the list", "In the sample", "Read")
    rows = [_covers(line) for line in held.coverage]
    if held.draw is None:
        show(items(*held.warnings))
        headings, rows = headings[:2], [row[:2] for row in rows]
    show(table("Cases by who the children are", headings, rows))


def _covers(line: CoverageLine) -> tuple[object, ...]:
    who = together(DIVISIONS[line.division], ": ", line.words)
    missed = line.drawn == 0 and line.value is not None
    return who, line.listed, tag("strong", "None") if missed else line.drawn, line.read


def due(held: SampleValue, me: SignedIn) -> None:
    """Draw each open case of an audit that comes round, and when it is due."""
    st.subheader("Due list", anchor=False)
    lines = due_service.due_list(held.inspection, by=me)
    late = sum(line.overdue for line in lines)
    show(
        tag("p", f"Every open case is audited every {held.every_months} calendar months (K.4)."),
        tag("p", tag("strong", f"{late} of {len(lines)} overdue.")) if lines else None,
    )
    if not lines:
        st.info("No case is known to be open: send the list of open cases in.")
        return
    rows = [
        (
            line.number or line.where,
            line.where if line.number else "",
            day(line.last_on) if line.last_on else "Never",
            day(line.due_on),
            _standing(overdue=line.overdue, audited=line.being_audited),
        )
        for line in lines
    ]
    headings = ("Case", "In the body's list", "Last audited", "Due", "Stands")
    show(table("Open cases, the one due first on top", headings, rows))


def _standing(*, overdue: bool, audited: bool) -> object:
    if audited:
        return "Being audited"
    return tag("strong", "Overdue") if overdue else "Not due yet"
