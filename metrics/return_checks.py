"""Looking at a quarterly return in stages: complete, consistent in itself, plausible.

What could not be checked is said and is never a pass. A figure is held against the same area's
earlier quarters since the last change of recording, and against the neighbours' of the same
quarter: a share as a share, a count by the children who live there. The tests are exact, at the
level of three standard deviations (0.27 %), the limit that control charts use (Wheeler 2000): a
value beyond it is not wrong, but wants a word.

Counts: given all of them together, one of n + 1 quarters is binomial with share 1/(n + 1)
(Przyborowski and Wilenski 1940, Biometrika 31:313); beside neighbours, the share is the area's
own part of all their children. Shares: Fisher's exact test.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from scipy import stats

from data_model.vocabulary import Stage, Verdict
from metrics.return_part_checks import in_parts
from metrics.return_values import Asked, Figure, Figures, Found, named, number_of
from metrics.returned import SAME, WITHIN, Rule, Side

SURPRISING = 0.0027
QUARTERS = 4
"""Earlier quarters to be there before a figure is held against them."""


def look(
    sent: Figures,
    asked: Sequence[Asked],
    history: Mapping[str, Sequence[Figure]],
    neighbours: Mapping[str, Sequence[Figure]],
    others: Figures | None = None,
    awaited: Mapping[str, str] | None = None,
) -> tuple[Found, ...]:
    """Return every look at a return, in the order of the stages.

    `history` holds each indicator's earlier quarters of this area since its last break, oldest
    first; `neighbours` what its statistical neighbours said of the same quarter; `others` what
    other bodies sent for the same area and quarter, which the rules of `returned` hold it against;
    `awaited` names the body whose return is not in yet, by the indicator that it will bring.
    """
    by_code = {each.indicator: each for each in asked}
    beside = {**(others or {}), **sent}
    waits = awaited or {}
    return (
        *(found for each in asked for found in _complete(each, sent.get(each.indicator))),
        *(found for code in sent for found in _consistent(by_code.get(code), code, sent[code])),
        *(found for rule, same in RULES if (found := _ruled(rule, sent, beside, waits, same=same))),
        *in_parts(sent, beside),
        *(
            replace(found, says=f"{by_code[code].title if code in by_code else code}: {found.says}")
            for code in sent
            for found in _plausible(code, sent[code], history, neighbours)
        ),
    )


UNTIL = "This could not be checked until the return of {} is in."
RULES = (*((rule, False) for rule in WITHIN), *((rule, True) for rule in SAME))
"""The rules of the return, each with whether the two numbers are to be the same."""


def _complete(asked: Asked, sent: Figure | None) -> Iterator[Found]:
    stage, code = Stage.COMPLETE, asked.indicator
    if sent is None or (sent.numerator is None and sent.mark is None):
        says = f"{asked.title}: neither a number nor a mark is given."
        yield Found(stage, Verdict.FOUND, code, f"{code} missing", says)
        return
    if sent.numerator is not None and asked.out_of and sent.denominator is None:
        says = f"{asked.title}: what it is out of is not given."
        yield Found(stage, Verdict.FOUND, code, f"{code} out of", says)
    else:
        yield Found(stage, Verdict.NOTHING, code, f"{code} missing", f"{asked.title}: given.")
    for breakdown, categories in asked.apart.items():
        lacking = [c for c in categories if (breakdown, c) not in sent.parts]
        if sent.numerator and lacking:
            says = f"{asked.title} by {named(breakdown)}: {', '.join(lacking)} not given."
            yield Found(stage, Verdict.FOUND, code, f"{code} by {breakdown}", says)


def _consistent(asked: Asked | None, code: str, sent: Figure) -> Iterator[Found]:
    title = asked.title if asked else code
    if asked and asked.out_of and sent.numerator is not None and sent.denominator is not None:
        yield _whole(code, title, sent.numerator, sent.denominator)
    for breakdown in dict.fromkeys(name for name, _category in sent.parts):
        yield _sums(code, title, breakdown, sent)


def _whole(code: str, title: str, part: int, whole: int) -> Found:
    says = f"{title}: {part:,} of {whole:,}."
    looked = Verdict.FOUND if part > whole else Verdict.NOTHING
    if part > whole:
        says = f"{title}: {part:,} is more than the {whole:,} it is out of."
    return Found(Stage.CONSISTENT, looked, code, f"{code} part of whole", says)


def _sums(code: str, title: str, breakdown: str, sent: Figure) -> Found:
    parts = [number for (name, _category), number in sent.parts.items() if name == breakdown]
    key, by = f"{code} sum by {breakdown}", f"{title} by {named(breakdown)}"
    if sent.numerator is None or None in parts:
        says = f"{by}: a part or the whole has no number, so no sum is checked."
        return Found(Stage.CONSISTENT, Verdict.NOT_CHECKED, code, key, says)
    total = sum(number for number in parts if number is not None)
    if total == sent.numerator:
        says = f"{by}: the parts sum to {total:,}."
        return Found(Stage.CONSISTENT, Verdict.NOTHING, code, key, says)
    says = f"{by}: the parts sum to {total:,}, the whole is {sent.numerator:,}."
    return Found(Stage.CONSISTENT, Verdict.FOUND, code, key, says)


def _ruled(
    rule: Rule, sent: Figures, beside: Figures, awaited: Mapping[str, str], *, same: bool
) -> Found | None:
    """Return how two numbers stand to one another; None where this return has neither."""
    sides = rule.first, rule.second
    if not any(side.code in sent for side in sides):
        return None
    code, key = rule.first.code, f"{rule.first.code} and {rule.second.code}"
    one, other = (number_of(side, beside) for side in sides)
    if one is None or other is None:
        awaits = _awaits(sides, beside, awaited)
        why = UNTIL.format(awaits) if awaits else "One of the two has no number here."
        says = f"{rule.says} {why}"
        return Found(Stage.CONSISTENT, Verdict.NOT_CHECKED, code, key, says, awaits)
    broken = one != other if same else one > other
    says = f"{rule.says} They say {one:,} and {other:,}."
    looked = Verdict.FOUND if broken else Verdict.NOTHING
    return Found(Stage.CONSISTENT, looked, code, key, says)


def _awaits(sides: Sequence[Side], beside: Figures, awaited: Mapping[str, str]) -> str | None:
    """Return the names of the bodies whose returns will bring a number that is not here."""
    bodies = {awaited[s.code] for s in sides if s.code in awaited and s.code not in beside}
    return " and ".join(sorted(bodies)) or None


def _plausible(
    code: str,
    sent: Figure,
    history: Mapping[str, Sequence[Figure]],
    neighbours: Mapping[str, Sequence[Figure]],
) -> Iterator[Found]:
    if sent.numerator is None:
        return
    yield _against_history(code, sent.numerator, sent, _numbers(history.get(code, ())))
    yield _against_neighbours(code, sent.numerator, sent, _numbers(neighbours.get(code, ())))


def _numbers(figures: Iterable[Figure]) -> list[Figure]:
    return [each for each in figures if each.numerator is not None]


def _against_history(code: str, number: int, sent: Figure, before: list[Figure]) -> Found:
    stage, key = Stage.PLAUSIBLE, f"{code} against its history"
    if len(before) < QUARTERS:
        says = f"Only {len(before)} earlier quarters are comparable; it takes {QUARTERS}."
        return Found(stage, Verdict.NOT_CHECKED, code, key, says)
    p_value = _p_value(number, sent, before)
    if p_value is None:
        says = "What it is out of is missing now or before, so its history was not compared."
        return Found(stage, Verdict.NOT_CHECKED, code, key, says)
    looked = Verdict.FOUND if p_value < SURPRISING else Verdict.NOTHING
    return Found(stage, looked, code, key, _beside(number, sent, before))


def _beside(number: int, sent: Figure, before: list[Figure]) -> str:
    """Return a figure beside its earlier quarters in words: counts, or shares in percent."""
    if sent.denominator:
        shares = [100 * (b.numerator or 0) / b.denominator for b in before if b.denominator]
        now = f"{number:,} of {sent.denominator:,} now, {100 * number / sent.denominator:.0f}%"
        was = f"{min(shares):.0f}% to {max(shares):.0f}%"
    else:
        counts = [each.numerator or 0 for each in before]
        now, was = f"{number:,} now", f"{min(counts):,} to {max(counts):,}"
    return f"{now}; {was} in {len(before)} earlier quarters."


def _against_neighbours(code: str, number: int, sent: Figure, others: list[Figure]) -> Found:
    key = f"{code} against its neighbours"
    if not others:
        p_value, says = None, "No neighbour's figure of this quarter is here."
    elif sent.denominator is None:
        p_value, says = _count_beside(number, sent.children, others)
    else:
        p_value, says = _share_beside(number, sent.denominator, others)
    looked = Verdict.NOT_CHECKED
    if p_value is not None:
        looked = Verdict.FOUND if p_value < SURPRISING else Verdict.NOTHING
    return Found(Stage.PLAUSIBLE, looked, code, key, says)


def _share_beside(number: int, out_of: int, others: list[Figure]) -> tuple[float | None, str]:
    """Return how surprising a share is beside the neighbours' together, and both in words."""
    p_value = _share_p(number, out_of, others)
    if p_value is None:
        return None, "What the neighbours' figures are out of is not here."
    pooled = sum(o.numerator or 0 for o in others), sum(o.denominator or 0 for o in others)
    return p_value, f"{number:,} of {out_of:,}; {pooled[0]:,} of {pooled[1]:,} among neighbours."


def _count_beside(
    number: int, children: int | None, others: list[Figure]
) -> tuple[float | None, str]:
    """Return how surprising a count is beside those of the neighbours whose children are known."""
    known = [each for each in others if each.children and each.denominator is None]
    if not children or not known:
        return None, "It could not be checked: no population is kept of it or of its neighbours."
    counted = sum(each.numerator or 0 for each in known)
    living = sum(each.children or 0 for each in known)
    chance = children / (children + living)
    p_value = _one_of_all(number, number + counted, chance)
    says = f"{number:,} among {children:,} children; {counted:,} among the {living:,}"
    return p_value, f"{says} of {_neighbours(len(known))}."


def _neighbours(number: int) -> str:
    return "1 neighbour" if number == 1 else f"{number} neighbours"


def _p_value(number: int, sent: Figure, before: list[Figure]) -> float | None:
    if sent.denominator is not None:
        return _share_p(number, sent.denominator, before)
    if any(each.denominator is not None for each in before):
        return None
    total = number + sum(each.numerator or 0 for each in before)
    return _one_of_all(number, total, 1 / (len(before) + 1))


def _one_of_all(number: int, total: int, chance: float) -> float:
    """Return how surprising one count of a total is, where each falls to it by this chance."""
    return float(stats.binomtest(number, total, chance).pvalue) if total else 1.0


def _share_p(number: int, out_of: int, others: list[Figure]) -> float | None:
    """Return how surprising a share is beside others together; None where it is out of nothing."""
    if any(each.denominator is None for each in others) or number > out_of:
        return None
    yes = sum(each.numerator or 0 for each in others)
    whole = sum(each.denominator or 0 for each in others)
    if not whole or not out_of or yes > whole:
        return None
    return float(stats.fisher_exact([[number, out_of - number], [yes, whole - yes]]).pvalue)
