"""Every closed list has words in both languages, and codes that can be kept and told apart."""

import pytest

from data_model.records import Record
from data_model.records.base import WordColumn
from data_model.vocabulary import Word
from inspect_app import access, workflow  # noqa: F401 - every closed list is loaded
from metrics import indicator  # noqa: F401

LISTS = sorted(Word.__subclasses__(), key=lambda kind: kind.__name__)
MEMBERS = [member for kind in LISTS for member in kind]
LONGEST = 40
SEPARATORS = set(";|")


def test_there_are_lists_and_none_is_empty() -> None:
    assert len(LISTS) > 20
    assert [kind for kind in LISTS if not list(kind)] == []


@pytest.mark.parametrize("word", MEMBERS, ids=lambda word: f"{type(word).__name__}.{word.name}")
def test_every_word_is_said_in_english_and_in_welsh(word: Word) -> None:
    for said in (word.english, word.welsh):
        assert said == said.strip() != ""
        assert not said[0].islower()
        assert "_" not in said


@pytest.mark.parametrize("words", LISTS, ids=lambda kind: kind.__name__)
def test_no_two_words_of_a_list_share_a_code_or_their_words(words: type[Word]) -> None:
    members = list(words)
    # A second member with the same code would silently become another name for the first.
    assert len(words.__members__) == len(members)
    for faces in ([m.english for m in members], [m.welsh for m in members]):
        assert len({face.casefold() for face in faces}) == len(members)


@pytest.mark.parametrize("words", LISTS, ids=lambda kind: kind.__name__)
def test_every_code_fits_its_column_and_holds_no_separator(words: type[Word]) -> None:
    for member in words:
        assert 0 < len(member.value) <= LONGEST
        assert not SEPARATORS & set(member.value)
        assert member.value == member.value.strip()


@pytest.mark.parametrize("words", LISTS, ids=lambda kind: kind.__name__)
def test_a_code_leads_back_to_its_word(words: type[Word]) -> None:
    assert [words(str(member)) for member in words] == list(words)


@pytest.mark.parametrize("words", LISTS, ids=lambda kind: kind.__name__)
def test_every_list_says_what_it_is(words: type[Word]) -> None:
    said = (words.__doc__ or "").strip()
    assert said.endswith(".")
    assert said != Word.__doc__


def test_the_columns_are_as_wide_as_these_tests_say() -> None:
    widths = {
        column.type.impl_instance.length  # type: ignore[attr-defined]
        for table in Record.metadata.tables.values()
        for column in table.columns
        if isinstance(column.type, WordColumn)
    }
    assert widths == {LONGEST}
