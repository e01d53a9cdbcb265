"""Claims on screen: each sentence beside how it stands; written, reworded, answered, in Welsh."""

import pytest
from streamlit.testing.v1 import AppTest

from data_model.forms import ClaimForm, checked
from inspect_app.services import claims, release
from inspect_app.services.release import Scope
from tests.support.cast import ADMINISTRATOR, EVERYONE_ELSE
from tests.support.screen import Opener, SignIn, labelled, links, said

LEAD, PUBLISHER = "priya-lead", "samira-publisher"
JTAI, BRACKEN, READING = "ALD-2025-JTAI", "BRK-2025-AUDIT", "CWM-2026-NCPI"
PRAISE = {"text": "Boys are heard as girls are.", "direction": "positive", "themes": ["T5"]}


def _last(app: AppTest, label: str) -> AppTest:
    """Press the last button with this label: the one of the newest claim."""
    [button for button in app.button if button.label == label][-1].click()
    return app.run()


@pytest.mark.parametrize("person", EVERYONE_ELSE)
def test_the_page_opens_for_those_who_read_inspections(open_page: Opener, person: str) -> None:
    app = open_page("claims", person)
    assert not app.exception
    assert not app.error
    assert any("claims?inspection=" in to for to in links(app).values()) or "Claims are" in said(
        app
    )


def test_the_page_does_not_open_for_an_administrator(open_page: Opener) -> None:
    assert "does not allow you to read inspections" in said(open_page("claims", ADMINISTRATOR))


def test_an_inspection_leads_to_its_claims(open_page: Opener) -> None:
    app = open_page("inspections", LEAD, inspection=JTAI)
    assert links(app)["Claims of its narrative, and its Welsh"] == f"claims?inspection={JTAI}"


def test_each_sentence_stands_beside_its_evidence_and_its_answer(open_page: Opener) -> None:
    text = said(open_page("claims", "patrick-board", inspection=JTAI))
    assert "Supported: 3; contradicted: 1; mixed: 1; unsupported: 1" in text
    assert "Criticism Supported (16 cases: 4/5/7)" in text
    assert "Contradicted (16 cases: 6/7/3)" in text
    assert "Answer. That the agencies met is recorded in every file." in text
    assert "Samira Haddad, 12 May 2025" in text
    assert "good / requires improvement / inadequate" in text


@pytest.mark.parametrize(
    ("person", "offered"),
    [
        (LEAD, {"Add the claim", "Save the claim", "Take it out"}),
        (PUBLISHER, {"Answer in writing", "Save the claim"}),
        ("patrick-board", set()),
        ("marcus-inspector", set()),
    ],
)
def test_each_is_offered_what_is_theirs_to_do(
    open_page: Opener, person: str, offered: set[str]
) -> None:
    app = open_page("claims", person, inspection=JTAI)
    assert {button.label for button in app.main.button} == offered


def test_the_lead_writes_a_claim_and_sees_how_it_stands(open_page: Opener) -> None:
    app = open_page("claims", LEAD, inspection=JTAI)
    sentence = [area for area in app.text_area if area.label == "Sentence"][-1]
    sentence.set_value("Children were asked what had happened to them.")
    [each for each in app.radio if each.label == "Says of practice"][-1].set_value("Praise")
    [each for each in app.multiselect if each.label == "Themes"][-1].set_value(["T2"])
    text = said(_last(app, "Add the claim"))
    assert "Claim ALD-2025-JTAI-C7 is added." in text
    assert "Praise Contradicted (16 cases: 5/7/4)" in text
    assert "To be changed or answered before a release: ALD-2025-JTAI-C7." in text


def test_a_form_that_is_not_filled_in_says_what_is_missing(open_page: Opener) -> None:
    app = _last(open_page("claims", LEAD, inspection=JTAI), "Add the claim")
    assert "Sentence: nothing was given, and it is needed." in said(app)


def test_the_publisher_answers_in_writing(open_page: Opener, signed_in: SignIn) -> None:
    code = claims.write(BRACKEN, checked(ClaimForm, PRAISE), by=signed_in(LEAD))
    app = open_page("claims", PUBLISHER, inspection=BRACKEN)
    assert f"To be changed or answered before a release: {code}." in said(app)
    answer = [area for area in app.text_area if area.label == "Answer"][-1]
    answer.set_value("No boy was on the list, and the next audit will look for them.")
    text = said(_last(app, "Answer in writing"))
    assert f"Claim {code} is answered." in text
    assert "Answer. No boy was on the list" in text
    assert "To be changed or answered" not in text


def test_a_claim_is_reworded_and_taken_out(open_page: Opener, signed_in: SignIn) -> None:
    code = claims.write(BRACKEN, checked(ClaimForm, PRAISE), by=signed_in(LEAD))
    app = open_page("claims", LEAD, inspection=BRACKEN)
    sentences = [area for area in app.text_area if area.label == "Sentence"]
    next(area for area in sentences if area.value == PRAISE["text"]).set_value(
        "No case of a boy could be graded."
    )
    app = _last(app, "Save the claim")
    assert f"Claim {code} is changed." in said(app)
    assert "No case of a boy could be graded." in said(app)
    app = _last(app, "Take it out")
    assert f"Claim {code} is taken out." in said(app)
    assert "No case of a boy could be graded." not in said(app)


def test_a_release_that_is_held_up_says_which_claim_and_leads_to_it(
    open_page: Opener, signed_in: SignIn
) -> None:
    code = claims.write(BRACKEN, checked(ClaimForm, PRAISE), by=signed_in(LEAD))
    held = release.draw_up(Scope(area="X06000002"), by=signed_in(PUBLISHER))
    text = said(open_page("releases", PUBLISHER, release=str(held)))
    assert code in text
    assert f"“{PRAISE['text']}” is unsupported (no graded case), and nobody has answered" in text
    assert "Claims that nothing supports" in text


def test_before_the_findings_are_agreed_the_page_says_that_nothing_counts(
    open_page: Opener,
) -> None:
    text = said(open_page("claims", LEAD, inspection=READING))
    assert "The findings are not agreed, so nothing counts yet" in text
    assert "Mae rhywun y mae plant sy'n mynd ar goll yn ymddiried ynddo" in text
    assert "Not yet translated into Welsh." in text


def test_an_inspection_without_a_claim_says_what_to_do(open_page: Opener) -> None:
    app = open_page("claims", "nadia-auditor", inspection="ALD-2026-2MIN")
    assert "This inspection makes no claim yet. Its lead inspector writes" in said(app)


def test_an_inspection_published_elsewhere_has_sentences_and_no_claims(open_page: Opener) -> None:
    text = said(open_page("claims", LEAD, inspection="OFSTED-2019-09-E06000047"))
    assert "its sentences are those it published" in text


def test_a_text_is_put_into_welsh(open_page: Opener, signed_in: SignIn) -> None:
    app = open_page("claims", LEAD, inspection=READING)
    key = "claim CWM-2026-NCPI-C4"
    labelled(app.selectbox, "Text").select(key).run()
    labelled(app.text_area, "In Welsh").set_value("Mae partneriaid yn rhannu gwybodaeth.")
    _last(app, "Save the Welsh")
    held = claims.narrative(READING, by=signed_in(LEAD)).claims[3]
    assert held.text_welsh == "Mae partneriaid yn rhannu gwybodaeth."


def test_who_may_not_write_reads_the_welsh(open_page: Opener) -> None:
    app = open_page("claims", "gwenllian-elsewhere", inspection=READING)
    labelled(app.selectbox, "Text").select("title").run()
    assert "Cwm Helyg: arolygiad amddiffyn plant" in said(app)
    assert "Save the Welsh" not in {button.label for button in app.main.button}
