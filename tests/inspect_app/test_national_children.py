"""A stated rate stands beside today's only where both are published and of one and same period."""

from datetime import date

import pytest

from data_model.database import Database
from data_model.records import Figure, Return
from inspect_app.services import national_children, people, trail
from inspect_app.services.national_children import RECKONED, STATED
from tests.support.looking import every_row_of
from tests.support.recommending import SignIn

RUTLAND, PUBLISHER = "E06000017", "samira-publisher"
START, END = date(2029, 4, 1), date(2030, 3, 31)


def figure(indicator: str, **more: object) -> Figure:
    """Return a published figure of Rutland for a year, stated or reckoned, but for what differs."""
    number = {"value": 20.0} if indicator == STATED else {"numerator": 30, "denominator": 10_000}
    fields: dict[str, object] = {
        "indicator": indicator, "area_code": RUTLAND, "period_start": START, "period_end": END,
        "period_label": "Year to 31 March 2030", "published": True, "source": "A report",
    }  # fmt: skip
    return Figure(**{**fields, **number, **more})


def keep(database: Database, *figures: Figure) -> None:
    """Keep figures, as an event of its own."""
    by = people.operator(database)
    with every_row_of(database).recording() as session:
        session.add_all(figures)
        trail.note(session, by, "figures.kept", RUTLAND)


def test_a_stated_rate_stands_beside_the_one_of_todays_population(
    database: Database, signed_in: SignIn
) -> None:
    keep(database, figure(STATED), figure(RECKONED))
    (found,) = national_children.rates_beside(RUTLAND, by=signed_in(PUBLISHER))
    assert (found.stated, found.today) == (20.0, 30.0)


@pytest.mark.parametrize("indicator", [STATED, RECKONED])
@pytest.mark.parametrize(
    "more",
    [
        {"published": False},
        {"breakdown": "sex", "category": "female"},
        {"period_start": date(2030, 1, 1), "period_label": "Quarter to 31 March 2030"},
        {"period_start": None},
    ],
    ids=["unpublished", "part", "quarter", "unsaid"],
)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nothing_unpublished_no_part_and_no_quarter_is_set_against_a_year(
    database: Database, signed_in: SignIn, indicator: str, more: dict[str, object]
) -> None:
    other = RECKONED if indicator == STATED else STATED
    keep(database, figure(other), figure(indicator, **more))
    assert national_children.rates_beside(RUTLAND, by=signed_in(PUBLISHER)) == ()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_period_without_a_first_day_is_set_against_nothing(
    database: Database, signed_in: SignIn
) -> None:
    keep(database, *(figure(each, period_start=None) for each in (STATED, RECKONED)))
    assert national_children.rates_beside(RUTLAND, by=signed_in(PUBLISHER)) == ()


def test_a_figure_of_a_return_is_no_published_rate(database: Database, signed_in: SignIn) -> None:
    with every_row_of(database).reading() as session:
        sent = session.query(Return.id).order_by(Return.id).first()
    assert sent is not None
    keep(database, figure(STATED), figure(RECKONED, agency_return=sent[0]))
    assert national_children.rates_beside(RUTLAND, by=signed_in(PUBLISHER)) == ()
