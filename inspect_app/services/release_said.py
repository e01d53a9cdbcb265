"""What a release says of each cell, read back from its content alone, as a stranger reads it."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import date

from data_model.vocabulary import Basis, ClaimStanding, SamplingMethod, Symbol
from inspect_app.publishing.content import (
    EvidenceRow,
    Number,
    PublishedArea,
    PublishedClaim,
    PublishedFigure,
    PublishedInspection,
    PublishedRecommendation,
    ReleaseContent,
)
from inspect_app.services.return_figures import FROM_RETURN
from metrics import counts
from metrics import evidence_tables as evidence
from metrics import return_disclosure as returns
from metrics.disclosure import Group, Key, Published, Relation, percentage

PLACES = 4
"""Decimal places of a published percentage (`release_figures`)."""
GOOD_GRADE = "good"


def inspections(content: ReleaseContent) -> dict[str, Published]:
    """Return what a release says of every inspection that was recorded here."""
    behind: dict[str | None, list[PublishedRecommendation]] = {}
    for each in content.recommendations:
        behind.setdefault(each.inspection, []).append(each)
    recorded = [i for i in content.inspections if Basis.RECORDED_HERE in i.basis]
    return {i.code: _inspection(i, behind.get(i.code, [])) for i in recorded}


def areas(content: ReleaseContent) -> dict[str, Published]:
    """Return what a release says of every area that returns were published of."""
    found = {area.code: _area(area) for area in content.areas}
    return {code: said for code, said in found.items() if said.known or said.withheld}


def _inspection(held: PublishedInspection, behind: Sequence[PublishedRecommendation]) -> Published:
    numbers = dict(_numbers(held, behind))
    shape = _shape(held, behind)
    facts = [fact for claim in held.claims for fact in _facts(held, claim)]
    groups = evidence.tables(shape).groups
    return _published(numbers, (*evidence.relations(shape), *facts), groups)


def _shape(held: PublishedInspection, behind: Sequence[PublishedRecommendation]) -> evidence.Read:
    """Return which counts there are, as nought each: relations need no numbers."""
    rows = [row for row in held.evidence if row.basis == Basis.RECORDED_HERE]
    grades: dict[str, dict[str, int]] = {}
    reasons: dict[str, dict[str, int]] = {}
    for row in rows:
        if row.theme != counts.ALL:
            grades.setdefault(row.theme, {})[row.grade] = 0
    for why in held.not_graded:
        reasons.setdefault(why.theme, {})[why.reason] = 0
    return evidence.Read(
        held.code,
        0,
        {row.case_kind: 0 for row in rows if row.theme == counts.ALL},
        grades,
        reasons,
        {each.code: 0 for each in behind},
        None if held.cases_available is Symbol.NOT_AVAILABLE else 0,
        held.sampling == SamplingMethod.ALL_ELIGIBLE.english,
    )


def _numbers(
    held: PublishedInspection, behind: Sequence[PublishedRecommendation]
) -> Iterator[tuple[Key, Number]]:
    """Yield every number or mark; one that stands in several places is yielded from each."""
    for row in held.evidence:
        if row.basis == Basis.RECORDED_HERE:
            yield evidence.read_key(held.code), row.cases_read
            yield _row_key(row), row.cases
    for why in held.not_graded:
        yield evidence.reason_key(held.code, why.theme, why.reason), why.cases
    for each in behind:
        yield evidence.findings_key(held.code, each.code), each.findings
    if held.cases_available is not Symbol.NOT_AVAILABLE:
        yield evidence.available_key(held.code), held.cases_available


def _row_key(row: EvidenceRow) -> Key:
    if row.theme == counts.ALL:
        return evidence.kind_key(row.inspection, row.case_kind)
    return evidence.grade_key(row.inspection, row.theme, row.grade)


def _facts(held: PublishedInspection, claim: PublishedClaim) -> Iterator[Relation]:
    """Yield what a claim's published standing says of the grades of every theme that it is about.

    Supported and contradicted are said where all that a claim is linked to says so. Mixed and
    unsupported can have several reasons, so nobody learns a number from them.
    """
    says_good = {
        ("positive", ClaimStanding.SUPPORTED): True,
        ("negative", ClaimStanding.CONTRADICTED): True,
        ("positive", ClaimStanding.CONTRADICTED): False,
        ("negative", ClaimStanding.SUPPORTED): False,
    }
    good = says_good.get((claim.direction, ClaimStanding(claim.standing)))
    for theme in claim.themes if good is not None else ():
        grades = [row.grade for row in held.evidence if row.theme == theme]
        if GOOD_GRADE in grades:
            cut = grades.index(GOOD_GRADE) + 1
            worse = [grade for grade in grades[cut:] if grade != counts.NOT_GRADED]
            yield evidence.standing_relation(held.code, theme, grades[:cut], worse, good=bool(good))


def _area(area: PublishedArea) -> Published:
    lines = sorted(
        (f for f in area.figures if f.source.startswith(FROM_RETURN)),
        key=lambda f: (f.period_end or date.min, f.indicator),
    )
    shape: dict[Hashable, dict[str, bool]] = {}
    for line in lines:
        if line.numerator is Symbol.WITHHELD or isinstance(line.numerator, int):
            shape.setdefault(line.period_end, {})[line.indicator] = _is_share(line)
    numbers = {
        key: each for line in lines for key, each in _figure(area.code, line) if key is not None
    }
    facts = [fact for line in lines for fact in _percentage(area.code, line)]
    tied = [*returns.relations(area.code, shape), *facts]
    groups = tuple(returns.groups(area.code, shape))
    return _published(numbers, _about(tied, numbers, area.code, shape), groups)


def _is_share(line: PublishedFigure) -> bool:
    """Return whether a line has something it is out of, as its own words say."""
    if isinstance(line.numerator, int) and isinstance(line.denominator, int):
        return line.numerator <= line.denominator
    return bool(line.denominator_means)


def _figure(area: str, line: PublishedFigure) -> Iterator[tuple[Key, Number]]:
    if line.numerator is Symbol.WITHHELD or isinstance(line.numerator, int):
        yield returns.number(area, line.period_end, line.indicator), line.numerator
    if isinstance(line.denominator, int):
        yield returns.out_of(area, line.period_end, line.indicator), line.denominator


def _percentage(area: str, line: PublishedFigure) -> Sequence[Relation]:
    """Return what a percentage says whose number is withheld beside it."""
    if line.value is None or line.numerator is not Symbol.WITHHELD:
        return ()
    part = returns.number(area, line.period_end, line.indicator)
    whole = returns.out_of(area, line.period_end, line.indicator)
    return percentage(part, whole, line.value, PLACES, f"{line.title}: {line.value} %")


def _about(
    relations: Sequence[Relation],
    numbers: Mapping[Key, Number],
    area: str,
    shape: Mapping[Hashable, Mapping[str, bool]],
) -> tuple[Relation, ...]:
    """Return the relations of which the release has every cell, shown or withheld."""
    there = set(numbers)
    for quarter, lines in shape.items():
        for code in (code for code, share in lines.items() if share):
            there |= {returns.out_of(area, quarter, code), returns.rest(area, quarter, code)}
    return tuple(r for r in relations if all(key in there for key, _ in r.terms))


def _published(
    numbers: Mapping[Key, Number], relations: Sequence[Relation], groups: Sequence[Group]
) -> Published:
    known = {key: (each, each) for key, each in numbers.items() if isinstance(each, int)}
    withheld = frozenset(numbers).difference(known)
    tied = {key for relation in relations for key, _ in relation.terms}
    return Published(
        known, withheld, tuple(relations), tuple(groups), frozenset(tied - set(numbers))
    )
