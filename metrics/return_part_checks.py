"""Looking at the numbers of a return that are parts of others: sums, and parts within parts."""

from collections.abc import Iterator, Mapping, Sequence

from data_model.vocabulary import Breakdown, Part, Stage, Verdict
from metrics.return_parts import AMONG, SAME_PARTS, SUMS, SamePart, Sum
from metrics.return_values import Figure, Figures, Found, named, number_of
from metrics.returned import Side


def in_parts(sent: Figures, beside: Figures) -> Iterator[Found]:
    """Yield the looks at numbers that are parts of other numbers, where this return has them."""
    for whole in SUMS:
        if any(side.code in sent for side in (whole.whole, *whole.parts)):
            yield _summed(whole, beside)
            yield from _summed_by_part(whole, beside)
    for same in SAME_PARTS:
        if same.code in sent or same.of in sent:
            yield _same_part(same, beside)
    for code, of in AMONG:
        if code in sent or of in sent:
            yield from _among(code, of, beside)


def _summed(rule: Sum, beside: Figures) -> Found:
    whole = number_of(rule.whole, beside)
    parts = [number_of(side, beside) for side in rule.parts]
    return _total(rule, f"{rule.whole.code} sum of categories", whole, parts, "")


def _summed_by_part(rule: Sum, beside: Figures) -> Iterator[Found]:
    """Yield, for each way all of them are taken apart, whether the categories sum in each part."""
    figures = [beside.get(side.code) for side in (rule.whole, *rule.parts)]
    if rule.whole.part is Part.DENOMINATOR or None in figures:
        return
    held = [figure for figure in figures if figure is not None]
    for breakdown in _shared(held):
        key = f"{rule.whole.code} sum of categories by {breakdown}"
        numbers = [_numbers_by(breakdown, figure) for figure in held]
        yield _each_part(rule, key, breakdown, numbers)


def _each_part(
    rule: Sum, key: str, breakdown: str, numbers: Sequence[Mapping[str, int | None]]
) -> Found:
    """Return the first part whose categories do not sum, or could not be summed; else the last."""
    whole, *parts = numbers
    by = [
        _total(
            rule,
            key,
            whole[part],
            [each.get(part) for each in parts],
            f"{_label(breakdown, part)}: ",
        )
        for part in whole
    ]
    order = (Verdict.FOUND, Verdict.NOT_CHECKED, Verdict.NOTHING)
    return min(by, key=lambda found: order.index(found.looked))


def _total(
    rule: Sum, key: str, whole: int | None, parts: Sequence[int | None], where: str
) -> Found:
    code, known = rule.whole.code, [part for part in parts if part is not None]
    if whole is None or len(known) < len(parts):
        says = f"{rule.says} {where}A part or the whole has no number, so no sum is checked."
        return Found(Stage.CONSISTENT, Verdict.NOT_CHECKED, code, key, says)
    looked = Verdict.NOTHING if sum(known) == whole else Verdict.FOUND
    says = f"{rule.says} {where}They sum to {sum(known):,}, the whole is {whole:,}."
    return Found(Stage.CONSISTENT, looked, code, key, says)


def _same_part(rule: SamePart, beside: Figures) -> Found:
    key = f"{rule.code} and a part of {rule.of}"
    one = number_of(Side(rule.code, Part.NUMERATOR), beside)
    held = beside.get(rule.of)
    other = held.parts.get((rule.breakdown, rule.category)) if held else None
    if one is None or other is None:
        says = f"{rule.says} One of the two has no number here."
        return Found(Stage.CONSISTENT, Verdict.NOT_CHECKED, rule.code, key, says)
    looked = Verdict.NOTHING if one == other else Verdict.FOUND
    part = _label(rule.breakdown, rule.category)
    says = f"{rule.says} By itself {one:,}; {part}: {other:,}."
    return Found(Stage.CONSISTENT, looked, rule.code, key, says)


def _among(code: str, of: str, beside: Figures) -> Iterator[Found]:
    """Yield, for each way both are taken apart, whether any part is above that of the whole."""
    figures = [beside[each] for each in (code, of) if each in beside]
    for breakdown in _shared(figures) if len(figures) > 1 else ():
        some, every = (_numbers_by(breakdown, figure) for figure in figures)
        yield _within_parts(code, f"{code} within {of} by {breakdown}", breakdown, some, every)


def _within_parts(
    code: str,
    key: str,
    breakdown: str,
    some: Mapping[str, int | None],
    every: Mapping[str, int | None],
) -> Found:
    pairs = [(part, number, every.get(part)) for part, number in some.items()]
    above = [(part, n, whole) for part, n, whole in pairs if n and whole is not None and n > whole]
    if above:
        part, number, whole = above[0]
        says = f"{_label(breakdown, part)}: {number:,} are counted of {whole:,} people."
        return Found(Stage.CONSISTENT, Verdict.FOUND, code, key, says)
    if any(number is None or whole is None for _part, number, whole in pairs):
        says = f"By {named(breakdown)}: a part has no number, so not every part is checked."
        return Found(Stage.CONSISTENT, Verdict.NOT_CHECKED, code, key, says)
    says = f"By {named(breakdown)}: no part is above that of all."
    return Found(Stage.CONSISTENT, Verdict.NOTHING, code, key, says)


def _shared(figures: Sequence[Figure]) -> list[str]:
    """Return the ways in which all of these figures are taken apart."""
    ways = [dict.fromkeys(name for name, _category in figure.parts) for figure in figures]
    return [name for name in ways[0] if all(name in way for way in ways)]


def _numbers_by(breakdown: str, figure: Figure) -> dict[str, int | None]:
    return {part: number for (by, part), number in figure.parts.items() if by == breakdown}


def _label(breakdown: str, category: str) -> str:
    """Return a part in words, such as *Sex of the child, male*."""
    by = Breakdown(breakdown)
    words = {str(each): each.english for each in by.categories}
    return f"{by.english}, {words.get(category, category).lower()}"
