"""Numbers that are parts of others: they add up, or the return says that they do not."""

from dataclasses import replace

import pytest

from data_model.vocabulary import Breakdown, Part, Verdict
from metrics import BY_CODE
from metrics.indicator import Reported
from metrics.return_checks import look
from metrics.return_part_checks import in_parts
from metrics.return_parts import AMONG, SAME_PARTS, SUMS, SamePart, Sum
from metrics.return_values import Figure, Found
from metrics.returned import RETURN, Side

LINES = {line.code: line for line in RETURN}
KNOWN, HARMED = "cse-children-known", "cse-children-experienced"
AT_RISK, BOTH = "cse-children-at-risk", "cse-children-experienced-at-risk"
SEX, DISABILITY = str(Breakdown.VICTIM_SEX), str(Breakdown.VICTIM_DISABILITY)

every_sum = pytest.mark.parametrize("rule", SUMS, ids=lambda rule: rule.whole.code)
every_same_part = pytest.mark.parametrize("rule", SAME_PARTS, ids=lambda rule: rule.code)


def by_sex(girls: int | None, boys: int | None) -> dict[tuple[str, str], int | None]:
    """Return the parts of a figure by sex, the sex of all recorded."""
    return {(SEX, "female"): girls, (SEX, "male"): boys, (SEX, "not_recorded"): 0}


QUARTER = {
    KNOWN: Figure(92, parts=by_sex(70, 22)),
    AT_RISK: Figure(31, 92, parts=by_sex(25, 6)),
    HARMED: Figure(44, 92, parts=by_sex(32, 12)),
    BOTH: Figure(17, 92, parts=by_sex(13, 4)),
}


def looks(figures: dict[str, Figure]) -> dict[str, Found]:
    """Return every look at parts of parts, by its key."""
    return {each.key: each for each in in_parts(figures, figures)}


def test_the_three_harm_categories_sum_to_the_children_known_and_so_do_their_boys() -> None:
    found = looks(QUARTER)
    assert found[f"{KNOWN} sum of categories"].looked is Verdict.NOTHING
    assert found[f"{KNOWN} sum of categories by {SEX}"].looked is Verdict.NOTHING


def test_a_child_in_no_harm_category_is_found_and_the_return_says_how_many() -> None:
    found = looks({**QUARTER, HARMED: replace(QUARTER[HARMED], numerator=41)})
    whole = found[f"{KNOWN} sum of categories"]
    assert whole.looked is Verdict.FOUND
    assert whole.says.endswith("They sum to 89, the whole is 92.")


def test_boys_who_are_in_no_harm_category_are_found_where_the_totals_agree() -> None:
    found = looks({**QUARTER, HARMED: Figure(44, 92, parts=by_sex(34, 10))})
    assert found[f"{KNOWN} sum of categories"].looked is Verdict.NOTHING
    apart = found[f"{KNOWN} sum of categories by {SEX}"]
    assert apart.looked is Verdict.FOUND
    assert "Sex of the child, female: They sum to 72, the whole is 70." in apart.says


@pytest.mark.parametrize("gap", [Figure(None, mark="x"), Figure(None, mark="c"), None])
def test_a_category_without_a_number_is_no_zero_and_the_sum_is_not_checked(
    gap: Figure | None,
) -> None:
    figures = {code: figure for code, figure in QUARTER.items() if code != BOTH}
    found = looks({**figures, **({BOTH: gap} if gap else {})})
    assert found[f"{KNOWN} sum of categories"].looked is Verdict.NOT_CHECKED


def test_a_withheld_part_of_a_category_is_no_zero_either() -> None:
    found = looks({**QUARTER, BOTH: Figure(17, 92, parts=by_sex(13, None))})
    assert found[f"{KNOWN} sum of categories by {SEX}"].looked is Verdict.NOT_CHECKED
    assert found[f"{BOTH} within {KNOWN} by {SEX}"].looked is Verdict.NOT_CHECKED


@pytest.mark.parametrize(("inadequate", "looked"), [(4, Verdict.NOTHING), (3, Verdict.FOUND)])
def test_the_three_grades_sum_to_the_cases_graded(inadequate: int, looked: Verdict) -> None:
    found = looks(
        {
            "audit-cases-good": Figure(6, 19),
            "audit-cases-requires-improvement": Figure(9, 19),
            "audit-cases-inadequate": Figure(inadequate, 19),
        }
    )
    assert found["audit-cases-good sum of categories"].looked is looked


@pytest.mark.parametrize(
    ("said", "looked"),
    [
        (Figure(24, 92), Verdict.NOTHING),
        (Figure(0, 92), Verdict.FOUND),
        (Figure(None, mark="c"), Verdict.NOT_CHECKED),
    ],
)
def test_what_is_said_twice_is_the_same_by_itself_and_as_a_part(
    said: Figure, looked: Verdict
) -> None:
    known = Figure(92, parts={(DISABILITY, "not_recorded"): 24})
    found = looks({KNOWN: known, "disability-not-recorded-victims": said})
    assert found[f"disability-not-recorded-victims and a part of {KNOWN}"].looked is looked


def test_no_more_boys_accept_an_interview_than_were_offered_one() -> None:
    offered, accepted = Figure(60, 90, parts=by_sex(50, 10)), Figure(40, 60, parts=by_sex(28, 12))
    apart = looks({"rhi-offered": offered, "rhi-accepted": accepted})
    found = apart[f"rhi-accepted within rhi-offered by {SEX}"]
    assert found.looked is Verdict.FOUND
    assert found.says == "Sex of the child, male: 12 are counted of 10 people."
    fewer = looks({"rhi-offered": offered, "rhi-accepted": Figure(38, 60, parts=by_sex(28, 10))})
    assert fewer[f"rhi-accepted within rhi-offered by {SEX}"].looked is Verdict.NOTHING


def test_a_return_that_has_none_of_these_numbers_is_not_asked_about_them() -> None:
    others = QUARTER
    assert list(in_parts({"cawn": Figure(3)}, {**others, "cawn": Figure(3)})) == []


def test_the_looks_at_parts_are_among_those_at_a_whole_return() -> None:
    keys = {each.key for each in look(QUARTER, (), {}, {})}
    assert {f"{KNOWN} sum of categories", f"{AT_RISK} within {KNOWN} by {SEX}"} <= keys


@every_sum
def test_the_worked_examples_of_one_quarter_add_up(rule: Sum) -> None:
    assert example(rule.whole) == sum(example(side) for side in rule.parts)


@every_sum
def test_a_sum_is_of_numbers_that_one_kind_of_body_sends(rule: Sum) -> None:
    sides = (rule.whole, *rule.parts)
    assert {LINES[side.code].sent_by for side in sides} == {LINES[rule.whole.code].sent_by}
    assert rule.says.endswith(".")


@every_same_part
def test_a_figure_given_twice_is_asked_for_both_ways(rule: SamePart) -> None:
    assert rule.breakdown in LINES[rule.of].apart
    assert rule.category in {str(each) for each in rule.breakdown.categories}
    assert LINES[rule.code].sent_by is LINES[rule.of].sent_by


def test_whose_people_are_among_whose_has_no_circle() -> None:
    assert ("rhi-accepted", "rhi-offered") in AMONG
    assert not {(of, code) for code, of in AMONG} & set(AMONG)


def example(side: Side) -> int:
    """Return the number of the worked example of one quarter."""
    declared = BY_CODE[side.code]
    assert isinstance(declared, Reported)
    heading, *lines = [
        [cell.strip() for cell in line.split("|")] for line in declared.example.strip().splitlines()
    ]
    name = {Part.NUMERATOR: "number", Part.DENOMINATOR: "out of"}[side.part]
    rows = [dict(zip(heading, line, strict=True)) for line in lines]
    return next(int(row[name]) for row in rows if row["figure"] in ("A", "A quarter"))
