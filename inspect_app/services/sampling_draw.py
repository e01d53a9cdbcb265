"""The draw: made once from the register, repeated by anyone, and exchanged case by case."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from data_model.forms import DrawForm, NumberForm
from data_model.forms.sampling import CHOSEN, SEEDED
from data_model.records import Draw, DrawnCase, Frame, FrameEntry, Inspection
from data_model.vocabulary import Division, DrawPlace, SamplingMethod
from inspect_app.errors import Refusal
from inspect_app.services import trail
from inspect_app.services.sampling_access import (
    begun_in,
    check_none_begun,
    draw_of,
    frame_of,
    led,
    read_in,
)
from inspect_app.services.sampling_register import clear_draw
from inspect_app.signed_in import SignedIn
from metrics import sampling as arithmetic
from metrics.sampling import Drawn, Entry

CHANCE = 4
CHANGED = "Drawn again from the list, other cases come out: somebody has changed the records."
UNSAID = "not in the list"


@dataclass(frozen=True)
class Repeat:
    """Whether a draw, made again from the register, comes out the same; and how to do it by hand.

    `same` is None where nothing was drawn by chance.
    """

    same: bool | None
    says: str
    by_hand: str | None


def offered_seed(inspection: str, *, by: SignedIn) -> str:
    """Return a seed to offer: the inspection, today, and a few characters nobody could foresee."""
    return f"{inspection} {by.today.isoformat()} {secrets.token_hex(CHANCE)}"


def draw(inspection: str, form: DrawForm, *, by: SignedIn) -> int:
    """Draw the sample from the register, for the lead; return how many cases are in it.

    The inspection says from then on how its cases were chosen and from how many. Drawing
    again needs a reason, and that no case has been begun; the trail keeps the earlier draw.
    """
    with by.recording() as session:
        held = led(session, inspection, by)
        frame = frame_of(session, inspection)
        before = _earlier(session, held, form)
        drawn = _drawn(frame, form)
        _keep(session, held, form, drawn, by)
        main = [case.number for case in drawn if not case.reserve]
        held.sampling = form.method
        held.cases_available = len(_eligible(frame.entries))
        after = {
            **form.model_dump(exclude={"numbers", "reason"}),
            "drawn": [case.number for case in drawn],
            "cases_available": held.cases_available,
        }
        trail.note(
            session,
            by,
            "sample.drawn",
            held.code,
            before=before,
            after=after | {"size": len(main)},
            reason=form.reason,
        )
        return len(main)


def _earlier(session: Session, held: Inspection, form: DrawForm) -> dict[str, object]:
    """Take an earlier draw away where that may be done, and return what it was."""
    if session.get(Draw, held.code) is None:
        return {}
    check_none_begun(session, held.code)
    if form.too_short:
        raise Refusal(
            f"The sample of inspection {held.code} has been drawn already.",
            "Say why it is drawn again; the trail keeps the earlier draw beside this one.",
        )
    return clear_draw(session, held)


def _keep(
    session: Session, held: Inspection, form: DrawForm, drawn: Sequence[Drawn], by: SignedIn
) -> None:
    draw = Draw(
        inspection=held.code,
        method=form.method,
        divided_by=form.divided_by if form.method is SamplingMethod.STRATIFIED else None,
        seed=form.seed if form.method in SEEDED else None,
        size=sum(not case.reserve for case in drawn),
        reserves=form.reserves if form.method in SEEDED else 0,
        reason=form.reason,
        drawn_at=by.clock(),
        drawn_by=by.person,
    )
    draw.cases = [
        DrawnCase(
            number=case.number,
            position=case.position,
            place=DrawPlace.RESERVE if case.reserve else DrawPlace.MAIN,
            stratum=case.stratum or None,
        )
        for case in drawn
    ]
    session.add(draw)
    session.flush()


def _drawn(frame: Frame, form: DrawForm) -> tuple[Drawn, ...]:
    """Return what is drawn from a register; raises Refusal for more than there is in it."""
    eligible = _eligible(frame.entries)
    if not eligible:
        raise Refusal("Every case of the list is excluded.", "Take an exclusion back first.")
    if form.method in SEEDED:
        _check_size(form.size or 0, len(eligible))
        return _by_chance(
            eligible, form.size or 0, form.reserves, form.seed or "", form.divided_by, form.method
        )
    numbers = form.chosen if form.method in CHOSEN else [entry.number for entry in eligible]
    _check_chosen(numbers, eligible)
    return _in_order(numbers)


def _by_chance(
    eligible: Sequence[FrameEntry],
    size: int,
    reserves: int,
    seed: str,
    divided_by: Division | None,
    method: SamplingMethod,
) -> tuple[Drawn, ...]:
    divided = method is SamplingMethod.STRATIFIED
    by = divided_by if divided else None
    entries = [Entry(entry.number, _stratum(entry, by)) for entry in eligible]
    return arithmetic.draw(entries, size, reserves, seed, stratified=divided)


def _stratum(entry: FrameEntry, division: Division | None) -> str:
    """Return the group of an entry by the code of its characteristic."""
    return "" if division is None else str(getattr(entry, division) or UNSAID)


def _in_order(numbers: Sequence[int]) -> tuple[Drawn, ...]:
    return tuple(
        Drawn(number, place, reserve=False, stratum="")
        for place, number in enumerate(numbers, start=1)
    )


def _eligible(entries: Sequence[FrameEntry]) -> list[FrameEntry]:
    return [entry for entry in entries if entry.excluded_because is None]


def _check_size(size: int, there: int) -> None:
    if size > there:
        raise Refusal(
            f"{size} cases cannot be drawn: the list has {there} that could be chosen.",
            "Draw fewer, or choose every eligible case.",
        )


def _check_chosen(numbers: Sequence[int], eligible: Sequence[FrameEntry]) -> None:
    there = {entry.number for entry in eligible}
    wrong = [str(number) for number in numbers if number not in there]
    if wrong:
        raise Refusal(
            f"These numbers cannot be chosen from the list: {', '.join(wrong)}.",
            "They are not in it, or excluded.",
        )


def replace(inspection: str, form: NumberForm, *, by: SignedIn) -> int | None:
    """Take a case out of the sample for a reason; return the reserve that stands in for it.

    It is the first in reserve that is not used; in a draw by groups, of the same group. None
    where there is no such reserve: the sample is then smaller by one. Raises Refusal for a
    case that is not in the sample, or that somebody has begun.
    """
    with by.recording() as session:
        led(session, inspection, by)
        cases = draw_of(session, inspection).cases
        out = _in_sample(session, inspection, form.number, cases)
        out.replaced_at, out.replaced_by = by.clock(), by.person
        out.replaced_because = form.reason
        spare = next((case for case in cases if _fits(case, out)), None)
        if spare:
            spare.stands_in_for = out.number
        trail.note(
            session,
            by,
            "sample.exchanged",
            inspection,
            after={"out": out.number, "in": spare.number if spare else None},
            reason=form.reason,
        )
        return spare.number if spare else None


def _fits(spare: DrawnCase, out: DrawnCase) -> bool:
    unused = spare.stands_in_for is None and spare.replaced_at is None
    return spare.place is DrawPlace.RESERVE and unused and spare.stratum == out.stratum


def _in_sample(session: Session, code: str, number: int, cases: Sequence[DrawnCase]) -> DrawnCase:
    found = next((case for case in cases if case.number == number and in_force(case)), None)
    if found is None:
        raise Refusal(
            f"Number {number} is not in the sample of inspection {code}.",
            f"In it are {', '.join(str(case.number) for case in cases if in_force(case))}.",
        )
    begun = begun_in(session, code).get(number, ())
    if begun:
        raise Refusal(
            f"Case {begun[0].reference} has been begun from number {number}.",
            "A case that has been begun is read, or says in its findings why it could not be.",
        )
    return found


def in_force(case: DrawnCase) -> bool:
    """Return whether a drawn case is in the sample as it stands."""
    chosen = case.place is DrawPlace.MAIN or case.stands_in_for is not None
    return chosen and case.replaced_at is None


def repeat(inspection: str, *, by: SignedIn) -> Repeat:
    """Make the draw again from the register alone and say whether it comes out the same."""
    with by.reading() as session:
        read_in(session, inspection, by)
        draw = draw_of(session, inspection)
        eligible = _eligible(frame_of(session, inspection).entries)
        kept = [(c.number, c.position, c.place is DrawPlace.RESERVE) for c in draw.cases]
        if draw.method in CHOSEN:
            said = "The cases were chosen and not drawn, so there is nothing to repeat."
            return Repeat(None, said, None)
        again = _again(draw, eligible)
        same = kept == [(case.number, case.position, case.reserve) for case in again]
        says = _says(draw.method) if same else CHANGED
        return Repeat(same, says, _by_hand(draw, eligible))


def _again(draw: Draw, eligible: Sequence[FrameEntry]) -> tuple[Drawn, ...]:
    if draw.method not in SEEDED:
        return _in_order([entry.number for entry in eligible])
    return _by_chance(
        eligible, draw.size, draw.reserves, draw.seed or "", draw.divided_by, draw.method
    )


def _says(method: SamplingMethod) -> str:
    if method in SEEDED:
        return "Drawn again from the list and the seed: the same cases in the same order."
    return "Compared with the list: every eligible case was taken."


def _by_hand(draw: Draw, eligible: Sequence[FrameEntry]) -> str | None:
    """Return commands that repeat the draw without this product; None where nothing is drawn."""
    if draw.method not in SEEDED:
        return None
    groups: dict[str, list[int]] = {}
    for entry in eligible:
        group = _stratum(entry, draw.divided_by)
        groups.setdefault(group, []).append(entry.number)
    sizes = {name: len(numbers) for name, numbers in groups.items()}
    share = arithmetic.allocate(sizes, draw.size)
    left = {name: size - share[name] for name, size in sizes.items() if size > share[name]}
    spare = arithmetic.allocate(left, min(draw.reserves, sum(left.values())))
    return "\n".join(
        _command(draw.seed or "", name, numbers, share[name], spare.get(name, 0))
        for name, numbers in sorted(groups.items())
    )


def _command(seed: str, group: str, numbers: Sequence[int], size: int, spare: int) -> str:
    within = f"{group}: " if group else ""
    listed = " ".join(map(str, numbers))
    return (
        f"# {within}the first {size} are the sample, the next {spare} the reserves\n"
        f"for n in {listed}; do printf '%s %s\\n' "
        f'"$(printf \'%s|%s\' \'{seed}\' "$n" | sha256sum | cut -c1-64)" "$n"; '
        "done | LC_ALL=C sort | cut -d' ' -f2"
    )
