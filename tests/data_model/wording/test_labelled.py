"""What is pointed out agrees with what a reader marked in seven hundred sentences.

A sentence is marked with every kind that stands in it. Blaming words are marked wherever they
stand, denied or reported as well, because quotation marks say that they are the file's; the same
words about adults, agencies and the law are not marked. The sentences were divided by lot before
any pattern was written: those called tuned were looked at while patterns were made, those called
held out were only counted.
"""

from collections import Counter

import pytest

from data_model.wording import Kind, concerns
from tests.data_model.wording.marking import PARTS, Agreement, by_kind, sentences

LEAST = 0.9
MARKED = sentences()
FEWEST, FEWEST_OF_A_KIND = 480, 3
EVERY_PART = pytest.mark.parametrize("part", PARTS)


def _together(part: str) -> Agreement:
    kinds = by_kind(each for each in MARKED if each.part == part)
    return sum(kinds.values(), Agreement())


@EVERY_PART
def test_nine_in_ten_things_pointed_out_are_rightly_pointed_out(part: str) -> None:
    agreement = _together(part)
    assert agreement.right / agreement.pointed_out >= LEAST


@EVERY_PART
def test_nine_in_ten_things_that_stand_there_are_pointed_out(part: str) -> None:
    agreement = _together(part)
    assert agreement.right / agreement.standing >= LEAST


@EVERY_PART
def test_blaming_words_and_names_reach_both_by_themselves(part: str) -> None:
    kinds = by_kind(each for each in MARKED if each.part == part)
    for kind in (Kind.BLAMING, Kind.NAME):
        assert kinds[kind].right / kinds[kind].pointed_out >= LEAST
        assert kinds[kind].right / kinds[kind].standing >= LEAST


@EVERY_PART
def test_quotation_marks_are_seen_where_a_reader_sees_them(part: str) -> None:
    wrong = [
        each.written
        for each in MARKED
        if each.part == part and Kind.BLAMING in each.marked
        for found in concerns(each.written)
        if found.kind is Kind.BLAMING and found.quoted is not each.quoted
    ]
    assert wrong == []


def test_there_are_enough_sentences_half_of_them_clean_and_several_of_each_kind() -> None:
    clean = sum(not each.marked for each in MARKED)
    assert len(MARKED) >= FEWEST
    assert abs(clean / len(MARKED) - 0.5) < 0.02
    kinds = Counter(kind for each in MARKED for kind in each.marked)
    assert min(kinds[kind] for kind in Kind) >= FEWEST_OF_A_KIND


def test_no_sentence_stands_in_the_set_twice() -> None:
    assert len({each.written for each in MARKED}) == len({each.number for each in MARKED})
    assert len({each.number for each in MARKED}) == len(MARKED)
