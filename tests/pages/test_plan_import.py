"""Bringing a plan or a register: looked at first, columns matched by hand, then taken in."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from inspect_app.services.recommendation_list import Wanted, every
from tests.inspect_app.test_plan_intake import DIRECTOR, R31, R32, asked, line, plan, planned
from tests.inspect_app.test_register_intake import row, small
from tests.inspect_app.workbooks.test_registers import table
from tests.support.packs import opened, saved
from tests.support.screen import Opener, SignIn, labelled, said
from tests.support.whole_page import everything

VIEW = "Import a plan"
PUBLISHER = "samira-publisher"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def at_the_view(open_page: Opener, person: str) -> AppTest:
    """Open the view as somebody."""
    app = open_page("recommendations", person)
    return app.segmented_control(key="recommendations-view").set_value(VIEW).run()


def bring(app: AppTest, data: bytes, name: str = "plan.xlsx") -> AppTest:
    """Bring a file."""
    app.file_uploader[0].upload(name, data, XLSX)
    app = app.run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    """Press the button with this label."""
    labelled(app.button, label).click()
    return app.run()


def described(app: AppTest) -> AppTest:
    """Say what has to be known of a register."""
    labelled(app.text_input, "Name of the register").set_value("Small register")
    labelled(app.text_input, "Publication").set_value("A small register of 2025")
    labelled(app.text_input, "Its date").set_value("2025-06-30")
    labelled(app.multiselect, "Themes").set_value(["T3"])
    return app.run()


def offered(app: AppTest) -> list[str]:
    """Return the buttons that are there."""
    return [button.label for button in app.button]


@pytest.mark.parametrize("person", ["patrick-board", "ruth-verifier"])
def test_nobody_who_brings_nothing_is_offered_to(open_page: Opener, person: str) -> None:
    assert VIEW not in everything(open_page("recommendations", person))


def test_a_plan_is_looked_at_before_it_is_taken_in(open_page: Opener, signed_in: SignIn) -> None:
    by = asked(signed_in)(DIRECTOR)
    rows = (line(R31, "Read ten files"), line(R32, "Read more", by="ASAP"))
    app = bring(at_the_view(open_page, DIRECTOR), plan(*rows))
    assert "2 rows: 1 new, 1 refused" in said(app)
    assert "Cell D5:" in said(app)
    assert planned(R31, by) == []
    app = press(app, "Take it in")
    assert "Taken in: 1 new, 1 refused" in said(app)
    assert [action.action for action in planned(R31, by)] == ["Read ten files"]
    assert "Take it in" not in offered(app)


def test_all_or_nothing_is_a_choice_and_leaves_the_way_open(
    open_page: Opener, signed_in: SignIn
) -> None:
    by = asked(signed_in)(DIRECTOR)
    rows = (line(R31, "Read ten files"), line(R32, "Read more", by="ASAP"))
    app = bring(at_the_view(open_page, DIRECTOR), plan(*rows))
    labelled(app.checkbox, "Take all or nothing: keep nothing while rows are refused").check()
    app = press(app.run(), "Take it in")
    assert "Nothing was kept, because rows are refused" in app.warning[0].value
    assert planned(R31, by) == []
    assert "Take it in" in offered(app)


def test_a_plan_that_is_here_already_is_not_offered_again(
    open_page: Opener, signed_in: SignIn
) -> None:
    asked(signed_in)
    data = plan(line(R31, "Read ten files"))
    press(bring(at_the_view(open_page, DIRECTOR), data), "Take it in")
    again = bring(at_the_view(open_page, DIRECTOR), data)
    assert "1 row: 1 already here" in said(again)
    assert "Take it in" not in offered(again)


def test_columns_are_matched_by_hand(open_page: Opener, signed_in: SignIn) -> None:
    by = asked(signed_in)(DIRECTOR)
    data = table(
        ["Zu", "Tun", "Mensch", "Frist"],
        [R31, "Read ten files", "Head of service", "31 March 2027"],
    )
    app = bring(at_the_view(open_page, DIRECTOR), data)
    assert "1 row: 1 refused" in said(app)
    assert app.expander[0].label == "Columns: 0 of 4 matched"
    fields = {"Zu": "number", "Tun": "action", "Mensch": "role", "Frist": "due_on"}
    for heading, field in fields.items():
        app = labelled(app.selectbox, heading).set_value(field).run()
    assert "1 row: 1 new" in said(app)
    press(app, "Take it in")
    assert planned(R31, by)[0].due_on == date(2027, 3, 31)


def test_a_field_moves_to_the_column_that_a_person_names(
    open_page: Opener, signed_in: SignIn
) -> None:
    by = asked(signed_in)(DIRECTOR)
    headings = ["Rec ref", "Action", "What the board agreed", "Lead", "By when"]
    data = table(headings, [R31, "A1", "Read ten files", "Head of service", "31 March 2027"])
    app = bring(at_the_view(open_page, DIRECTOR), data)
    app = labelled(app.selectbox, "What the board agreed").set_value("action").run()
    press(app, "Take it in")
    assert [action.action for action in planned(R31, by)] == ["Read ten files"]


def test_another_sheet_can_be_chosen(open_page: Opener, signed_in: SignIn) -> None:
    asked(signed_in)
    book = opened(plan(line(R31, "Read ten files")))
    other = book.create_sheet("Older plan")
    for cells in (("Rec ref", "Action", "Lead", "By when"), (R32, "Old", "Head", "31 March 2027")):
        other.append(cells)
    app = bring(at_the_view(open_page, DIRECTOR), saved(book))
    assert "not read: Older plan" in everything(app)
    app = labelled(app.selectbox, "Sheet").set_value("Older plan").run()
    assert "Rec ref" in everything(app)
    assert R32 in said(app)


def test_what_is_no_table_is_refused_in_words(open_page: Opener) -> None:
    app = bring(at_the_view(open_page, DIRECTOR), b"\x89PNG\r\n\x1a\n\0\0", "plan.csv")
    assert app.error
    assert "Take it in" not in offered(app)


def test_a_file_can_hold_no_markup(open_page: Opener, signed_in: SignIn) -> None:
    asked(signed_in)
    headings = ["Rec ref", "Action", "Lead", "By when", "<b>Bold</b> :red[x]"]
    data = table(headings, [R31, "<img src=x> act", "Head of service", "ASAP", "y"])
    app = bring(at_the_view(open_page, DIRECTOR), data)
    drawn = "".join(element.proto.body for element in app.get("html"))
    assert "<img" not in drawn
    assert "&lt;img src=x&gt; act" in drawn


def test_a_register_is_described_looked_at_and_taken_in(
    open_page: Opener, signed_in: SignIn
) -> None:
    by = signed_in(PUBLISHER)
    data = small(row("1"), row("2", status="Sort of closed"), row("3", "Unheard of Trust"))
    app = bring(described(at_the_view(open_page, PUBLISHER)), data, "register.xlsx")
    assert "3 rows: 2 new, 1 refused" in said(app)
    assert "Cannot be mapped; kept as it stands." in said(app)
    app = press(app, "Take it in")
    assert "Taken in: 2 new, 1 refused" in said(app)
    codes = {each.code for each in every(Wanted(words="Small-register"), by=by)}
    assert codes == {"Small-register-1", "Small-register-2"}


def test_a_name_that_is_no_body_of_ours_is_declared_by_hand(
    open_page: Opener, signed_in: SignIn
) -> None:
    data = small(row("1", "The school inspectors"))
    app = bring(described(at_the_view(open_page, PUBLISHER)), data, "register.xlsx")
    assert "1 row: 1 refused" in said(app)
    asks = next(box for box in app.selectbox if box.label.startswith("The school inspectors"))
    app = asks.set_value("ofsted").run()
    assert "1 row: 1 new" in said(app)
    press(app, "Take it in")
    found = every(Wanted(words="Small-register"), by=signed_in(PUBLISHER))
    assert [each.organisation for each in found] == ["ofsted"]


def test_nothing_is_read_before_a_register_is_described(open_page: Opener) -> None:
    app = bring(at_the_view(open_page, PUBLISHER), small(row("1")), "register.xlsx")
    assert "are needed" in said(app)
    assert "Take it in" not in offered(app)
