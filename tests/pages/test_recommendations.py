"""Recommendations on the screen: three answers kept apart, forms only for who may send them."""

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea, TextInput

from data_model.database import open_database
from data_model.records import CaseFile
from data_model.vocabulary import Assurance, Delivery, Evidence, Response
from inspect_app.services import people, recommendations
from inspect_app.services.recommendation_values import RecommendationValue
from tests.support.cast import ADMINISTRATOR, EVERYONE_ELSE
from tests.support.screen import Opener
from tests.support.whole_page import everything, labels

IN_PRINCIPLE = "ALD-2025-R4"
CLAIMED = "BRK-2025-R1"
NOT_FOLLOWED = "IICSA-CSEN-R4"


def _press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.main.button if button.label == label).click().run()


def _text(app: AppTest, label: str) -> TextInput | TextArea:
    boxes: list[TextInput | TextArea] = [*app.text_input, *app.text_area]
    return next(box for box in boxes if box.label == label)


def _type(app: AppTest, **texts: str) -> None:
    for label, text in texts.items():
        box = _text(app, label.replace("_", " ").capitalize())
        box.set_value(text)


@pytest.mark.parametrize("person", EVERYONE_ELSE)
def test_the_list_opens_for_everyone_who_may_read_recommendations(
    open_page: Opener, person: str
) -> None:
    assert "Categorisation of risk and harm" in everything(open_page("recommendations", person))


def test_the_list_opens_for_nobody_else(open_page: Opener) -> None:
    text = everything(open_page("recommendations", ADMINISTRATOR))
    assert "does not allow you to read recommendations" in text
    assert "Categorisation" not in text


def test_the_list_can_be_narrowed_to_what_is_late(open_page: Opener) -> None:
    app = open_page("recommendations", "patrick-board")
    unfiltered = everything(app)
    standing = next(box for box in app.selectbox if box.label == "Where it stands")
    text = everything(standing.select("Response late").run())
    assert "Child Exploitation Disruption Toolkit" in unfiltered
    assert "Response late: it was due by 15 November 2025" in text
    assert "Child Exploitation Disruption Toolkit" not in text


def test_overdue_is_said_of_the_original_date(open_page: Opener) -> None:
    text = everything(open_page("recommendations", "patrick-board", recommendation="ALD-2025-R3"))
    assert "Overdue since 28 February 2026, its original date" in text
    assert "Times the date was put back: 1." in text


def test_the_three_answers_stand_apart_and_none_is_a_percentage(open_page: Opener) -> None:
    text = everything(open_page("recommendations", "samira-publisher", recommendation=CLAIMED))
    assert "The owner says" in text
    assert "The owner claims" in text
    assert "An independent verifier says" in text
    assert "Nobody independent has tested that" in text
    assert "%" not in text


def test_what_is_not_followed_here_shows_no_status(open_page: Opener) -> None:
    text = everything(open_page("recommendations", "patrick-board", recommendation=NOT_FOLLOWED))
    assert "Whether and how its owners responded has not been recorded here" in text
    assert "A response was due by 1 August 2022." in text
    shown = [word.english for kind in (Response, Delivery, Assurance) for word in kind]
    assert [word for word in shown if word in text] == []


def test_a_recommendation_nobody_may_see_is_not_found(open_page: Opener) -> None:
    text = everything(
        open_page("recommendations", "harpreet-director", recommendation=IN_PRINCIPLE)
    )
    assert "There is no recommendation 'ALD-2025-R4' that you may see." in text


def test_a_director_accepts_only_with_steps_a_role_and_a_date(open_page: Opener) -> None:
    app = open_page("recommendations", "joanna-director", recommendation=IN_PRINCIPLE)
    _type(app, steps="A worker for boys in each team.", responsible_role="Head of service")
    app = _press(app, "Respond")
    assert "give the steps, the role that is responsible and a date" in everything(app)
    assert _text(app, "Steps").value == "A worker for boys in each team."
    _type(app, date="2097-03-31")
    text = everything(_press(app, "Respond"))
    assert "Response is now “Accepted”." in text
    assert "Original date: 31 March 2097. Latest date: 31 March 2097." in text


def test_a_date_that_is_none_is_refused_and_what_was_typed_stays(open_page: Opener) -> None:
    app = open_page("recommendations", "joanna-director", recommendation=IN_PRINCIPLE)
    _type(app, steps="A worker for boys in each team.", date="next spring")
    app = _press(app, "Respond")
    assert "next spring" in app.error[0].value
    assert _text(app, "Date").value == "next spring"


@pytest.mark.parametrize("person", ["harpreet-director", "desmond-director"])
def test_an_owner_is_never_offered_to_verify(open_page: Opener, person: str) -> None:
    app = open_page("recommendations", person, recommendation=CLAIMED)
    assert "An independent verifier says" in everything(app)
    assert "Verify" not in labels(app)


def test_nobody_is_offered_another_bodys_answer(open_page: Opener) -> None:
    own = labels(open_page("recommendations", "harpreet-director", recommendation=CLAIMED))
    reading = labels(open_page("recommendations", "ruth-verifier", recommendation=CLAIMED))
    nobody = labels(open_page("recommendations", "patrick-board", recommendation=IN_PRINCIPLE))
    assert own.count("Say how delivery stands") == 1
    assert reading == ["Verify"]
    assert nobody == []


def test_a_verifier_says_why_evidence_is_insufficient(open_page: Opener) -> None:
    app = open_page("recommendations", "ruth-verifier", recommendation=CLAIMED)
    assert "say why, in a sentence" in everything(_press(app, "Verify"))
    _type(app, reason="The log covers three weeks of thirteen.")
    text = everything(_press(app, "Verify"))
    assert "Assurance is now “Evidence insufficient”." in text
    assert "The evidence so far does not show it." in text
    assert "The log covers three weeks of thirteen." in text


def test_an_owner_adds_an_action_and_evidence_that_waits_to_be_tested(open_page: Opener) -> None:
    app = open_page("recommendations", "joanna-director", recommendation="ALD-2025-R3")
    _type(app, action="Map the places named in files.", responsible_role="Head of service")
    dates = [box for box in app.text_input if box.label == "Date"]
    dates[-1].set_value("2097-01-31")
    roles = [box for box in app.text_input if box.label == "Responsible role"]
    roles[-1].set_value("Head of service")
    app = _press(app, "Add the action")
    assert "Map the places named in files." in everything(app)
    next(box for box in app.radio if box.label == "Kind of evidence").set_value(Evidence.E2)
    _type(app, what_it_is="The map and the minutes of its first review.", its_date="2026-01-31")
    text = everything(_press(app, "Add the evidence"))
    assert "E2 Record that it happened" in text
    assert "Evidence has been put forward and is waiting to be tested." in text


def test_only_the_readers_of_an_inspection_see_references(
    open_page: Opener, sample_address: str
) -> None:
    with open_database(sample_address).reading() as held:
        references = set(held.scalars(select(CaseFile.reference)))
    assert any(r in everything(_behind(open_page, "ellen-inspector")) for r in references)
    for person in ("patrick-board", "joanna-director", "ruth-verifier", "samira-publisher"):
        text = everything(_behind(open_page, person))
        assert "It hangs on 6 findings in case files: 6 inadequate." in text
        assert [r for r in references if r in text] == []


def _behind(open_page: Opener, person: str) -> AppTest:
    return open_page("recommendations", person, recommendation="ALD-2025-R1")


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("recommendations", {}),
        ("recommendations", {"recommendation": "ALD-2025-R2"}),
        ("scorecard", {"area": "X06000001"}),
        ("area", {"area": "X06000001"}),
        ("releases", {}),
    ],
)
def test_a_board_member_sees_no_case_reference_anywhere(
    open_page: Opener, sample_address: str, path: str, asked: dict[str, str]
) -> None:
    with open_database(sample_address).reading() as held:
        references = set(held.scalars(select(CaseFile.reference)))
    text = everything(open_page(path, "patrick-board", **asked))
    assert references
    assert [r for r in references if r in text] == []


def test_a_lead_inspector_writes_a_recommendation_on_findings(
    open_page: Opener, sample_address: str
) -> None:
    app = open_page("recommendations", "priya-lead")
    next(box for box in app.selectbox if box.label == "Inspection").select("ALD-2025-JTAI").run()
    next(box for box in app.multiselect if box.label == "Themes").select("T3").run()
    app = _press(app, "Write the recommendation")
    assert "Title: nothing was given, and it is needed." in everything(app)
    worst = next(box for box in app.multiselect if "inadequate" in box.label)
    worst.select(worst.options[0])
    _type(app, code="ALD-2025-R9", title="Ask what has happened", wording="Each file says so.")
    next(box for box in app.multiselect if box.label == "Addressed to").select("aldermere-council")
    text = everything(_press(app, "Write the recommendation"))
    assert "Recommendation ALD-2025-R9 is written." in text
    held = _held(sample_address, "ALD-2025-R9")
    assert held.grades == {"inadequate": 1}


def test_a_recommendation_needs_a_finding_or_a_reason(open_page: Opener) -> None:
    app = open_page("recommendations", "priya-lead")
    next(box for box in app.selectbox if box.label == "Inspection").select("ALD-2025-JTAI").run()
    next(box for box in app.multiselect if box.label == "Themes").select("T3").run()
    _type(app, code="ALD-2025-R9", title="Ask what has happened", wording="Each file says so.")
    next(box for box in app.multiselect if box.label == "Addressed to").select("aldermere-council")
    app = _press(app, "Write the recommendation")
    assert "hangs on no finding and gives no reason" in everything(app)


def test_only_who_leads_an_inspection_is_offered_to_write(open_page: Opener) -> None:
    assert "Write a recommendation" in everything(open_page("recommendations", "priya-lead"))
    assert "Write a recommendation" not in everything(
        open_page("recommendations", "ellen-inspector")
    )


def _held(address: str, code: str) -> RecommendationValue:
    database = open_database(address)
    return recommendations.view(code, by=people.sign_in("priya-lead", database))
