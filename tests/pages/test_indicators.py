"""The data dictionary on the screen: every indicator, found by its words."""

import pytest

from metrics import INDICATORS
from tests.support.cast import ADMINISTRATOR, EVERYONE_ELSE
from tests.support.screen import Opener, labelled
from tests.support.whole_page import everything


@pytest.mark.parametrize("person", EVERYONE_ELSE)
def test_everybody_who_reads_scorecards_reads_the_dictionary(
    open_page: Opener, person: str
) -> None:
    text = everything(open_page("indicators", person))
    assert f"{len(INDICATORS)} of {len(INDICATORS)} indicators." in text
    assert all(each.code in text for each in INDICATORS)
    assert text.count("Worked examples") + text.count("An example, with made-up rows") >= len(
        INDICATORS
    )


def test_it_opens_for_nobody_else(open_page: Opener) -> None:
    assert "does not allow you to read scorecards" in everything(
        open_page("indicators", ADMINISTRATOR)
    )


def test_words_narrow_it(open_page: Opener) -> None:
    app = open_page("indicators", "patrick-board")
    text = everything(labelled(app.text_input, "Search").set_value("return home ACCEPTED").run())
    assert "rhi-accepted" in text
    assert "cse-flags" not in text
