"""Words that blame and details that identify are pointed out where they stand, with why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_model.wording import Concern, Kind, concerns
from tests.data_model.wording.marking import sentences

# The words that the Inquiry found in case files, in its own print (E.3 16–20.6, E.3 17).
THE_INQUIRY_QUOTES = [
    "placing herself in danger",
    "placing herself at risk of CSE",
    "continuing to display risk taking behaviours",
    "taking risks by sexualised behaviour",
    "a frequent missing person who appears to willingly expose herself to danger",
    "placing herself at risk",
    "risk-taking behaviour",
    "promiscuous",
    "putting themselves at risk",
    "putting herself at risk",
    "placing herself in situations of vulnerability",
    "sexual partners from the age of 11",
    "children who have engaged in risky behaviour while missing",
    "prostituting herself",
    "consensual sexual acts between young people",
    "inappropriate relationships",
    "a lifestyle choice",
    "I was told by the staff that I was attention seeking",
]
# NHS Data Dictionary, “NHS NUMBER”: 943 476 5919 is its worked example of the check digit.
NHS_EXAMPLE = "943 476 5919"
PIECES = [each.written for each in sentences()]
# Joined pieces of marked sentences meet far more rules than signs drawn at random.
WRITTEN = st.one_of(
    st.text(),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=8)), max_size=6).map(" ".join),
)


def _only(text: str, *known: str) -> Concern:
    found = concerns(text, known=known)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("said", THE_INQUIRY_QUOTES)
def test_the_words_that_the_inquiry_quotes_are_pointed_out(said: str) -> None:
    assert Kind.BLAMING in {each.kind for each in concerns(f"She is described as {said}.")}
    in_marks = concerns(f"The file has “{said}”.")
    assert in_marks
    assert all(each.quoted for each in in_marks)


def test_a_concern_says_why_and_what_to_write_instead_and_where_the_rule_is_from() -> None:
    found = _only("She is placing herself at risk.")
    assert (found.kind, found.said) == (Kind.BLAMING, "placing herself at risk")
    assert "who causes the risk" in found.why
    assert "who is putting the child at risk" in found.instead
    assert found.source == "E.3 20.1–20.6"
    assert not found.quoted


@pytest.mark.parametrize("marks", ["“{}”", '"{}"', "‘{}’", "'{}'"])
def test_a_quotation_is_marked_as_one_and_still_pointed_out(marks: str) -> None:
    assert _only(f"The log has {marks.format('lifestyle choice')} in it.").quoted


@pytest.mark.parametrize(
    "text",
    [
        "The girls’ lifestyle choices and the boys’ letters",
        "“The log has lifestyle choice in it.",
        "“The log”\nlifestyle choice",
        "“The log” has lifestyle choice in “it”",
        "She's made a lifestyle choice and that isn't ours",
    ],
)
def test_words_outside_the_marks_are_no_quotation(text: str) -> None:
    assert [each.quoted for each in concerns(text)] == [False]


def test_a_name_inside_quotation_marks_still_identifies() -> None:
    found = _only("The log says “Chantelle was asleep”.")
    assert (found.kind, found.said, found.quoted) == (Kind.NAME, "Chantelle", True)


def test_names_of_the_inspection_itself_are_no_concern() -> None:
    text = "She told Ravensmere Lodge that she was afraid."
    assert _only(text).kind is Kind.NAMED_PLACE
    assert concerns(text, known=["Ravensmere Lodge"]) == ()


def test_one_known_name_does_not_hide_another() -> None:
    found = _only("Brackenshire told Chantelle at once.", "Brackenshire")
    assert found.said == "Chantelle"


def test_ten_digits_are_an_nhs_number_only_with_the_right_check_digit() -> None:
    assert _only(f"It is {NHS_EXAMPLE}.").kind is Kind.NHS_NUMBER
    for last in "012345678":
        assert Kind.NHS_NUMBER not in {x.kind for x in concerns(f"It is {NHS_EXAMPLE[:-1]}{last}.")}


def test_consent_is_pointed_out_under_13_and_where_it_is_about_sex() -> None:
    assert _only("He is 12. The officer recorded consent.").kind is Kind.BLAMING
    assert concerns("He is 15. The officer recorded consent.") == ()
    assert _only("He is 15. He consented to sex.").kind is Kind.BLAMING


@pytest.mark.parametrize("gap", ["  ", "\n", "\u00a0", "\t"])
def test_a_phrase_is_found_however_its_words_are_parted(gap: str) -> None:
    assert _only(f"placing{gap}herself{gap}at{gap}risk").kind is Kind.BLAMING


def test_letters_that_grow_in_small_do_not_shift_the_words_found() -> None:
    assert _only("İİİİ " * 9 + "placing herself at risk").said == "placing herself at risk"


def test_every_kind_has_words_in_both_languages() -> None:
    assert all(kind.english and kind.welsh for kind in Kind)
    assert [kind for kind in Kind if not kind.identifying] == [Kind.BLAMING]


@given(WRITTEN)
def test_what_is_found_stands_in_the_text_in_order_and_never_overlaps(text: str) -> None:
    end = 0
    for each in concerns(text):
        assert end <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.said
        assert each.why
        assert each.instead
        assert each.source
        end = each.end


@given(WRITTEN)
def test_looking_twice_finds_the_same(text: str) -> None:
    assert concerns(text) == concerns(text)


@given(st.sampled_from(PIECES), st.sampled_from(PIECES))
def test_a_paragraph_more_hides_nothing_of_the_one_before(first: str, second: str) -> None:
    alone = [each.said for each in concerns(first) if each.kind is not Kind.BLAMING]
    together = [each.said for each in concerns(f"{first}\n\n{second}")]
    assert [said for said in alone if said not in together] == []
