"""A body's own plan taken in: its own headings, its own recommendations, and no rule passed by."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from data_model.database import Database
from data_model.forms import ActionForm, EnteredForm, ProgressForm, StepForm
from data_model.records import Action, AuditEvent
from data_model.vocabulary import Closing, NoteKind, Response
from inspect_app.errors import Refusal
from inspect_app.services import (
    actions,
    board_papers,
    people,
    recommendations,
    register_intake,
    steps,
)
from inspect_app.services.actions import ActionValue
from inspect_app.services.recommendation_list import Wanted, every
from inspect_app.services.register_values import AsPlan, Became, RegisterReport, RowReport
from inspect_app.services.steps import Which
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis
from metrics import BY_CODE
from tests.inspect_app.workbooks.test_registers import table
from tests.support.looking import every_row_of
from tests.support.packs import opened, saved
from tests.support.samples import Template

DIRECTOR, BODY, POLICE = "joanna-director", "aldermere-council", "mere-and-bracken-police"
OURS = AsPlan("Improvement plan 2026")
R31, R32, R33, WAITING, CLOSED, THEIRS = (
    f"PLN-2025-{number}" for number in ("R31", "R32", "R33", "R34", "R35", "R36")
)
ASKED = {
    R31: "Say in each assessment what harm there was",
    R32: "Listen to every child who comes home",
    R33: "Act on the places where harm happens",
    WAITING: "Count what was never counted before",
    CLOSED: "Ask boys the same questions as girls",
    THEIRS: "Search for the missing in the night",
}
PUBLISHED = date(2025, 5, 15)
EARLY = PUBLISHED - timedelta(days=1)
HEADINGS = (
    "Rec ref",
    "What we will do",
    "Lead officer",
    "By when",
    "Extended to",
    "Completed",
    "BRAG rating",
    "Latest update",
)
SignIn = Callable[[str], SignedIn]


def asked(signed_in: SignIn) -> SignIn:
    """Enter six recommendations; the director's body accepts three, and one is closed for it."""
    by, verifier = signed_in(DIRECTOR), signed_in("ruth-verifier")
    for code, title in ASKED.items():
        form = EnteredForm(
            code=code,
            title=title,
            text=f"{title}, wherever it is.",
            themes=("T3",),
            bodies=(POLICE,) if code == THEIRS else (BODY, POLICE),
            source="An inspection of 2025",
            quotation=f"{title}, wherever it is.",
            published_on=PUBLISHED,
        )
        recommendations.enter(form, by=signed_in("samira-publisher"))
    accepted = StepForm(
        to=Response.ACCEPTED, steps="A plan.", role_named="Director", due_on=date(2030, 1, 31)
    )
    for code in (R31, R32, R33, CLOSED):
        steps.step(Which(code, BODY), Axis.RESPONSE, accepted, by=by)
    closed = StepForm(to=Closing.CLOSED, reason="The service moved to another body.")
    steps.step(Which(CLOSED, BODY), Axis.CLOSING, closed, by=verifier)
    return signed_in


def line(code: str | None, does: str, **said: Any) -> list[Any]:
    """Return a row of a plan under the body's own headings."""
    return [
        code,
        does,
        said.get("who", "Head of service"),
        said.get("by", date(2027, 3, 31)),
        said.get("later"),
        said.get("done"),
        said.get("rag"),
        said.get("update"),
    ]


def plan(*rows: Sequence[Any], headings: Sequence[str] = HEADINGS) -> bytes:
    """Return a plan that begins under a title, as such plans do."""
    return table(["Improvement plan"], [], headings, *rows)


def take(data: bytes, by: SignedIn, **how: Any) -> RegisterReport:
    """Take a plan in."""
    return register_intake.take("plan.xlsx", data, OURS, by=by, **how)


def became(report: RegisterReport) -> list[Became]:
    """Return what became of each row."""
    return [each.became for each in report.rows]


def planned(code: str, by: SignedIn) -> list[ActionValue]:
    """Return the actions of the person's body on a recommendation."""
    held = recommendations.view(code, by=by)
    mine = by.standing.organisation
    return list(next(owner for owner in held.owners if owner.organisation == mine).actions)


def counted(database: Database) -> tuple[int, int]:
    """Return how many actions and audit events there are."""
    with every_row_of(database).reading() as session:
        held = [session.scalar(select(func.count()).select_from(k)) for k in (Action, AuditEvent)]
    return held[0] or 0, held[1] or 0


@pytest.fixture(scope="module")
def here(sqlite_samples: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignIn]:
    """Sign people in to one database that these tests share, each with actions of its own."""
    file = tmp_path_factory.mktemp("plans") / "plans.db"
    with sqlite_samples.copied(f"sqlite:///{file.as_posix()}") as database:
        yield asked(lambda code: people.sign_in(code, database))


def looked(here: SignIn, *rows: Sequence[Any], person: str = DIRECTOR) -> tuple[RowReport, ...]:
    """Return what would become of a plan's rows."""
    return register_intake.preview("plan.xlsx", plan(*rows), OURS, by=here(person)).rows


def test_a_plan_with_headings_of_its_own_becomes_actions_with_one_event(
    signed_in: SignIn, database: Database
) -> None:
    by = asked(signed_in)(DIRECTOR)
    before = counted(database)
    data = plan(
        line(R31, "Read ten assessments a month", rag="Green", update="Three are read"),
        line(R32, "Call every child back in a day", later=date(2027, 6, 30)),
        line(R33, "Visit each taxi firm", done=date(2026, 5, 1), rag="Blue"),
    )
    report = take(data, by)
    assert report.taken
    assert became(report) == [Became.NEW] * 3
    assert [b - a for a, b in zip(before, counted(database), strict=True)] == [3, 1]
    read, called, visited = (planned(code, by)[-1] for code in (R31, R32, R33))
    assert (read.action, read.owner_role) == ("Read ten assessments a month", "Head of service")
    assert [(note.kind, note.text, note.author) for note in read.notes] == [
        (NoteKind.PROGRESS, "Three are read", by.name)
    ]
    assert (called.original_due_on, called.due_on, called.slips) == (
        date(2027, 3, 31),
        date(2027, 6, 30),
        1,
    )
    assert visited.done_on == date(2026, 5, 1)


def test_every_cell_of_a_plan_is_kept_with_its_action(here: SignIn) -> None:
    by = here(DIRECTOR)
    headings = (*HEADINGS, "Budget code", "")
    row = [*line(R31, "Read what is in the budget"), "X-77", "by hand"]
    data = plan(row, headings=headings)
    report = take(data, by)
    with by.reading() as session:
        kept = session.scalars(select(Action).order_by(Action.id.desc())).first()
        assert kept is not None
        said = dict(kept.imported or {})
    assert said["Budget code"] == "X-77"
    assert "by hand" in said.values()
    assert said["By when"] == "2027-03-31"
    assert any("Budget code" in note for note in report.notes)


def test_the_same_plan_again_changes_nothing(signed_in: SignIn, database: Database) -> None:
    by = asked(signed_in)(DIRECTOR)
    data = plan(
        line(R31, "Read ten assessments a month"),
        line(R32, "Read ten assessments a month"),
        line(R32, "Read ten assessments a month"),
    )
    assert became(take(data, by)) == [Became.NEW, Became.NEW, Became.REPEATED]
    before = counted(database)
    again = take(data, by)
    assert not again.taken
    assert Became.NEW not in became(again)
    assert counted(database) == before


def test_the_same_words_on_two_recommendations_are_two_actions(here: SignIn) -> None:
    by = here(DIRECTOR)
    take(plan(line(R31, "Train every worker")), by)
    rows = [line(None, "Train every worker")]
    data = plan(line(R32, "Call every parent back"), *rows)
    assert became(take(data, by)) == [Became.NEW, Became.NEW]
    assert "Train every worker" in [action.action for action in planned(R32, by)]


def test_a_row_without_a_code_belongs_to_the_one_above_it(here: SignIn) -> None:
    first, second, third = looked(
        here,
        line(R31, "Read ten assessments a month"),
        line(None, "Tell the board what they say"),
        line(R33, "Visit each taxi firm"),
    )
    assert [each.code for each in (first, second, third)] == [
        R31,
        R31,
        R33,
    ]
    assert any("the one above it" in left for left in second.left)
    assert not any("the one above it" in left for left in (*first.left, *third.left))


@pytest.mark.parametrize(
    "said",
    [
        R33,
        "Inspection 2025: pln-2025-r33 (places)",
        "R33",
        "Recommendation 33",
    ],
)
def test_a_recommendation_is_known_by_its_code_or_number(here: SignIn, said: str) -> None:
    (report,) = looked(here, line(said, "Visit each taxi firm"))
    assert (report.became, report.code) == (Became.NEW, R33)


def test_a_recommendation_is_known_by_its_title(here: SignIn) -> None:
    title = "Listen to every child, who comes home."
    data = table(
        ["Title", "Agreed action", "Who", "Deadline"],
        [title, "Call every child back", "Head of service", "31 March 2027"],
        ["Something else altogether", "Call them", "Head of service", "31 March 2027"],
    )
    report = register_intake.preview("plan.xlsx", data, OURS, by=here(DIRECTOR))
    assert [each.code for each in report.rows] == [R32, None]
    assert "Such as: " in report.rows[1].why


def test_columns_that_nobody_could_know_are_matched_by_hand(here: SignIn) -> None:
    by = here(DIRECTOR)
    data = table(
        ["Zu", "Tun", "Mensch", "Frist"],
        [R31, "Match columns by hand", "Head of service", "31 March 2027"],
    )
    first = register_intake.preview("plan.xlsx", data, OURS, by=by)
    assert [column.field for column in first.columns] == [None] * 4
    assert became(first) == [Became.REFUSED]
    named = {"Zu": "number", "Tun": "action", "Mensch": "role", "Frist": "due_on"}
    report = take(data, by, columns=named)
    assert became(report) == [Became.NEW]
    assert all(column.by_person for column in report.columns)
    assert planned(R31, by)[-1].due_on == date(2027, 3, 31)


TOMORROW = date.today() + timedelta(days=2)  # noqa: DTZ011 - the sample's clock is this machine's


@pytest.mark.parametrize(
    ("row", "cell", "why"),
    [
        (line(R31, "Act", by=EARLY), "D4", "before it was published"),
        (line(R31, "Read them", later=date(2020, 1, 1)), "E4", "before it was published"),
        (
            line(R31, "Read them", done=EARLY),
            "F4",
            "before it was published",
        ),
        (line(R31, "Read them", done=TOMORROW), "F4", "still to come"),
        (line(R31, "Read them", by="ASAP"), "D4", "expected a date"),
        (line(R31, "Read them", by=None), "D4", "nothing is given"),
        (line(R31, "Read them", who=None), "C4", "nothing is given"),
        (line(R31, ""), "B4", "nothing is given"),
        (line("ALD-2025-R99", "Read them"), "A4", "No recommendation to your body"),
        (line(THEIRS, "Read them"), "A4", "No recommendation to your body"),
        (line(None, "Read them"), "A4", "named in the row or above it"),
    ],
)
def test_a_row_that_cannot_be_an_action_is_refused_naming_its_cell(
    here: SignIn, row: list[Any], cell: str, why: str
) -> None:
    (report,) = looked(here, row)
    assert report.became is Became.REFUSED
    assert report.cell == cell
    assert why in report.why


def test_an_action_of_another_body_is_refused(here: SignIn) -> None:
    headings = (*HEADINGS, "Lead agency")
    rows = [
        [*line(R31, "Read them all"), "Mere and Bracken Police"],
        [*line(R31, "Read them all"), "Aldermere Council"],
        [*line(R31, "Read half of them"), "Team East"],
    ]
    data = plan(*rows, headings=headings)
    report = register_intake.preview("plan.xlsx", data, OURS, by=here(DIRECTOR))
    assert became(report) == [Became.REFUSED, Became.NEW, Became.NEW]
    assert report.rows[0].cell == "I4"
    assert "Mere and Bracken Police" in report.rows[0].why


@pytest.mark.parametrize(("code", "why"), [(WAITING, "accept it first"), (CLOSED, "is closed")])
def test_a_plan_is_refused_where_a_single_action_is(here: SignIn, code: str, why: str) -> None:
    by = here(DIRECTOR)
    (report,) = take(plan(line(code, "Ask every boy")), by).rows
    assert (report.became, report.code) == (Became.REFUSED, code)
    assert why in report.why
    form = ActionForm(action="Ask every boy", owner_role="Head of service", due_on=date(2030, 1, 1))
    with pytest.raises(Refusal):
        actions.add(code, BODY, form, by=by)
    assert planned(code, by) == []


def test_all_or_nothing_keeps_nothing_of_a_plan(here: SignIn) -> None:
    by = here(DIRECTOR)
    before = counted(by.database)
    rows = [line(R31, "Take all or nothing"), line(R31, "Read more", by="ASAP")]
    assert take(plan(*rows), by, all_or_nothing=True).held_back
    assert counted(by.database) == before
    assert became(take(plan(*rows), by)) == [Became.NEW, Became.REFUSED]


@pytest.mark.parametrize(
    ("rag", "says"),
    [
        ("Green", "not set here. A colour is an opinion"),
        ("Complete", "no day on which it was done"),
        ("Nearly purple", "cannot be mapped"),
    ],
)
def test_a_status_sets_nothing_and_what_it_says_is_told(here: SignIn, rag: str, says: str) -> None:
    (report,) = looked(here, line(R31, "Read them all", rag=rag))
    assert report.became is Became.NEW
    assert any(says in left for left in report.left)


def test_an_indicator_and_a_theme_are_known_by_their_titles(here: SignIn) -> None:
    by = here(DIRECTOR)
    ours = next(iter(BY_CODE.values()))
    headings = (*HEADINGS, "Success measure", "Priority area", "What will success look like")
    rows = [
        [*line(R31, "Read them"), ours.title, "Partnership", "Half of them"],
        [*line(R31, "Read more"), "Our own measure", "Purple", None],
        [*line(R31, "Read all"), "A very long sentence. " * 5, None, None],
    ]
    report = take(plan(*rows, headings=headings), by)
    first, second, third = planned(R31, by)[-3:]
    assert (first.indicator, first.theme, first.by_how_much) == (
        ours.title,
        "Partnership",
        "Half of them",
    )
    assert (second.indicator, second.theme) == ("Our own measure", None)
    assert "Theme “Purple” is none of ours." in report.rows[1].left
    assert third.indicator is None
    assert any("longer than an indicator's name" in left for left in report.rows[2].left)


def test_an_action_that_stands_otherwise_here_is_refused_and_stays(here: SignIn) -> None:
    by = here(DIRECTOR)
    data = plan(line(R31, "Read ten files a month"))
    take(data, by)
    moved = plan(line(R31, "Read ten files a month", by=date(2028, 1, 1), who="Somebody new"))
    (report,) = take(moved, by).rows
    assert report.became is Became.REFUSED
    assert "differs in Lead officer, By when" in report.why
    assert report.cell == "C4"
    assert planned(R31, by)[-1].due_on == date(2027, 3, 31)


def test_news_of_an_action_that_is_here_is_not_dropped_in_silence(here: SignIn) -> None:
    by = here(DIRECTOR)
    take(plan(line(R31, "Read nine files a week")), by)
    news = plan(line(R31, "Read nine files a week", update="Nine are read"))
    (report,) = take(news, by).rows
    assert report.became is Became.ALREADY
    assert any("not among the action's notes" in left for left in report.left)


def test_what_is_exported_and_taken_in_again_is_already_here(
    signed_in: SignIn, database: Database
) -> None:
    by = asked(signed_in)(DIRECTOR)
    form = ActionForm(
        action="=Read \n two-lined, “quoted” assessments",
        owner_role="@Head of service",
        starts_on=date(2026, 1, 1),
        due_on=date(2027, 1, 31),
        theme="T3",
        indicator=next(iter(BY_CODE)),
        by_how_much="+10 %",
    )
    number = actions.add(R31, BODY, form, by=by)
    actions.add(R31, BODY, form.model_copy(update={"due_on": date(2027, 5, 5)}), by=by)
    later = ProgressForm(due_on=date(2027, 4, 30), reason="The here was ill.")
    actions.progress(number, later, planned(R31, by)[-2].version, by=by)
    data = board_papers.excel(Wanted(own=True), by=by)
    before = counted(database)
    report = take(data, by)
    assert report.sheet == "Actions"
    assert set(became(report)) == {Became.ALREADY}
    mine = {each.code for each in every(Wanted(own=True), by=by)}
    assert len(report.rows) == sum(len(planned(code, by)) for code in mine)
    assert not any("not among" in left for each in report.rows for left in each.left)
    assert counted(database) == before


def test_an_export_of_several_bodies_is_taken_in_by_each_for_itself(here: SignIn) -> None:
    by = here(DIRECTOR)
    take(plan(line(R32, "Write to every child who came home")), by)
    whole = board_papers.excel(Wanted(), by=here("ruth-verifier"))
    before = counted(by.database)
    report = take(whole, by)
    assert set(became(report)) == {Became.ALREADY, Became.REFUSED}
    assert {"Their director enters it." in each.why for each in report.refused} == {True}
    assert counted(by.database) == before


def test_a_cell_across_rows_holds_for_each_of_them(here: SignIn) -> None:
    first = line(R31, "Read ten assessments")
    data = plan(first, line(None, "Tell the board"))
    book = opened(data)
    book.worksheets[0].merge_cells("A4:A5")
    report = register_intake.preview("plan.xlsx", saved(book), OURS, by=here(DIRECTOR))
    assert [each.code for each in report.rows] == [R31] * 2
    assert not any("above it" in left for each in report.rows for left in each.left)
