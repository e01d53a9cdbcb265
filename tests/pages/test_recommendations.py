"""Recommendations on the screen: three answers kept apart, forms only for who may send them."""

import re

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import TextArea, TextInput

from data_model.database import open_database
from data_model.records import CaseFile
from data_model.vocabulary import Assurance, Delivery, Response, SamplingMethod
from inspect_app.services import people, recommendations, welsh
from inspect_app.services.recommendation_stands import Stands
from inspect_app.services.recommendation_values import RecommendationValue
from tests.support.cast import ADMINISTRATOR, EVERYONE_ELSE
from tests.support.screen import Opener, SignIn, labelled
from tests.support.whole_page import everything, labels

IN_PRINCIPLE = "ALD-2025-R4"
CLAIMED = "BRK-2025-R1"
NOT_FOLLOWED = "IICSA-CSEN-R4"
CODE = re.compile(r"ALD-2026-R\d")


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
    text = everything(open_page("recommendations", person, own="no"))
    assert "Categorisation of risk and harm" in text


def test_the_list_opens_for_nobody_else(open_page: Opener) -> None:
    text = everything(open_page("recommendations", ADMINISTRATOR))
    assert "does not allow you to read recommendations" in text
    assert "Categorisation" not in text


def _choose(app: AppTest, label: str, option: str) -> AppTest:
    """Choose one of the options of a row of buttons."""
    chosen: AppTest = labelled(app.get("button_group"), label).set_value(option).run()
    return chosen


@pytest.mark.parametrize("by_address", [True, False])
def test_the_list_is_narrowed_to_what_is_late(open_page: Opener, by_address: bool) -> None:  # noqa: FBT001
    if by_address:
        text = everything(open_page("recommendations", "patrick-board", stands="late"))
    else:
        whole = open_page("recommendations", "patrick-board")
        assert "Child Exploitation Disruption Toolkit" in everything(whole)
        text = everything(_choose(whole, "How it stands", Stands.LATE))
    assert "Partnership: no response, which was due by 15 November 2025" in text
    assert "Child Exploitation Disruption Toolkit" not in text


def test_words_narrow_the_list_and_all_can_be_shown_again(open_page: Opener) -> None:
    app = open_page("recommendations", "priya-lead")
    search = next(box for box in app.text_input if box.label == "Search")
    app = search.set_value("brackenshire boy").run()
    assert "Find out why no boy is on the exploitation list (BRK-2025-R3)" in everything(app)
    assert "ALD-2025-R1" not in everything(app)
    assert "ALD-2025-R1" in everything(_press(app, "Show all again"))


def test_a_director_first_sees_what_is_addressed_to_their_own_body(open_page: Opener) -> None:
    app = open_page("recommendations", "joanna-director")
    assert "Mere and Bracken Police (invented)." not in everything(app)
    own = next(box for box in app.checkbox if box.label == "Only my organisation's")
    assert "Mere and Bracken Police (invented)." in everything(own.uncheck().run())


def test_the_dates_of_a_body_stand_in_one_line_of_time(open_page: Opener) -> None:
    app = open_page("recommendations", "desmond-director")
    text = everything(_choose(app, "View", "Dates ahead"))
    assert "dates that your organisation has still to meet" in text
    assert "Action due: Build the register in the new crime system" in text
    assert "First promised for 28 February 2026" in text


def test_several_are_answered_at_once_or_none_is(open_page: Opener, sample_address: str) -> None:
    app = open_page("recommendations", "joanna-director", stands="awaited", own="yes")
    app = next(t for t in app.toggle if t.label == "Update several at once").set_value(True).run()
    boxes = [box for box in app.checkbox if box.label.startswith("Choose ")]
    codes = [box.label.split()[1].rstrip(",").replace("\\", "") for box in boxes]
    assert len(boxes) >= 2
    for place in range(len(boxes)):
        box = [each for each in app.checkbox if each.label.startswith("Choose ")][place]
        app = box.check().run()
    status = next(box for box in app.selectbox if box.label == "New status")
    partly = next(each for each in status.options if each.startswith("Response: Partly"))
    app = status.set_value(partly).run() if status.value != partly else app
    app = _press(app, f"Move all {len(boxes)}")
    assert "say why, in a sentence" in everything(app)
    _type(app, reason="One half of it is another body's to do.")
    text = everything(_press(app, f"Move all {len(boxes)}"))
    assert f"Response is now “Partly accepted” for all {len(boxes)}." in text
    for code in codes:
        held = _held(sample_address, code)
        council = next(o for o in held.owners if o.organisation == "aldermere-council")
        assert council.response is Response.PARTLY


def test_who_may_move_nothing_is_not_offered_to(open_page: Opener) -> None:
    app = open_page("recommendations", "patrick-board")
    assert not [each for each in app.toggle if each.label == "Update several at once"]


def test_overdue_is_said_of_the_original_date(open_page: Opener) -> None:
    text = everything(open_page("recommendations", "patrick-board", recommendation="ALD-2025-R3"))
    assert "Overdue since 28 February 2026, its original date" in text
    assert "Times the date was put back: 1." in text


def test_the_three_answers_stand_apart_and_none_is_a_percentage(open_page: Opener) -> None:
    text = everything(open_page("recommendations", "samira-publisher", recommendation=CLAIMED))
    assert "The owner says" in text
    assert "The owner claims" in text
    assert "An independent verifier says" in text
    assert "Evidence has been put forward and is waiting to be tested." in text
    assert "%" not in text


def test_what_is_not_followed_here_shows_no_status(open_page: Opener) -> None:
    text = everything(open_page("recommendations", "patrick-board", recommendation=NOT_FOLLOWED))
    assert "Whether and how its owners responded has not been recorded here" in text
    assert "A response was due by 1 August 2022." in text
    shown = [word.english for kind in (Response, Delivery, Assurance) for word in kind]
    assert [word for word in shown if word in text] == []


def test_the_welsh_that_an_inquiry_published_is_entered(
    open_page: Opener, signed_in: SignIn
) -> None:
    app = open_page("recommendations", "samira-publisher", recommendation=NOT_FOLLOWED)
    assert "Texts that are published: 2. Not yet translated: 2." in everything(app)
    labelled(app.selectbox, "Text").select(f"title {NOT_FOLLOWED}").run()
    labelled(app.text_area, "In Welsh").set_value("Categoreiddio risg a niwed")
    _press(app, "Save the Welsh")
    title = welsh.recommendation_texts(NOT_FOLLOWED, by=signed_in("samira-publisher"))[0]
    assert title.welsh == "Categoreiddio risg a niwed"
    others = everything(open_page("recommendations", "patrick-board", recommendation=NOT_FOLLOWED))
    assert "Texts in Welsh" not in others


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
    assert own.count("Say how delivery stands") == 0
    assert reading.count("Verify") == 1
    assert nobody == []


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
    app = _choose(open_page("recommendations", "priya-lead"), "View", "Write")
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
    assert "This is a draft: only the lead of its inspection sees it" in text


def test_a_draft_is_reworded_and_published_and_then_its_bodies_see_it(
    open_page: Opener, sample_address: str
) -> None:
    drafts = open_page("recommendations", "priya-lead", stands="draft")
    code = next(c for c in CODE.findall(everything(drafts)) if _held(sample_address, c).draft)
    app = open_page("recommendations", "priya-lead", recommendation=code)
    _type(app, title="Say it plainly in every file")
    app = _press(app, "Keep this wording")
    assert "The new wording is kept, and the older one beside it." in everything(app)
    text = everything(_press(app, "Publish it and fix its words"))
    assert f"{code} is published. Its bodies can answer it now." in text
    assert "Keep this wording" not in text
    director = everything(open_page("recommendations", "joanna-director", recommendation=code))
    assert "Say it plainly in every file" in director
    assert "Respond" in director


def test_what_would_test_it_is_said_and_shown(open_page: Opener) -> None:
    app = open_page("recommendations", "priya-lead", recommendation="ALD-2025-R4")
    next(box for box in app.number_input if box.label == "Cases to read").set_value(10)
    next(b for b in app.selectbox if b.label == "How they are chosen").set_value(
        SamplingMethod.RANDOM
    )
    _type(app, by_when="2027-06-30")
    text = everything(_press(app, "Keep what would test it"))
    assert "What would test it is kept." in text
    assert f"10 cases, {SamplingMethod.RANDOM.english.lower()}, by 30 June 2027" in text


def test_a_recommendation_needs_a_finding_or_a_reason(open_page: Opener) -> None:
    app = _choose(open_page("recommendations", "priya-lead"), "View", "Write")
    next(box for box in app.selectbox if box.label == "Inspection").select("ALD-2025-JTAI").run()
    next(box for box in app.multiselect if box.label == "Themes").select("T3").run()
    _type(app, code="ALD-2025-R9", title="Ask what has happened", wording="Each file says so.")
    next(box for box in app.multiselect if box.label == "Addressed to").select("aldermere-council")
    app = _press(app, "Write the recommendation")
    assert "hangs on no finding and gives no reason" in everything(app)


def test_only_who_leads_an_inspection_is_offered_to_write(open_page: Opener) -> None:
    lead = open_page("recommendations", "priya-lead")
    assert "Write a recommendation" in everything(_choose(lead, "View", "Write"))
    reader = open_page("recommendations", "ellen-inspector")
    with pytest.raises(StopIteration):
        labelled(reader.get("button_group"), "View")


def _held(address: str, code: str) -> RecommendationValue:
    database = open_database(address)
    return recommendations.view(code, by=people.sign_in("priya-lead", database))
