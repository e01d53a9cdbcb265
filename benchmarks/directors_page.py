"""How much slower does a director's page get with 100,000 recommendations instead of 1,000?

Loads the samples into two new SQLite files and adds invented recommendations to both: 1,000 to
the one, 100,000 to the other, each with one answer, three actions and ten audit events. The
director's body answers the first 40 of either, which fills a page; the others are spread evenly
over all other bodies, and all over all inspections. Calls what each page of a director calls,
prints the median of several turns for both, and the ratio. The product promises at most twice
the time for what is the director's own. The list of everything in sight is printed too: it is
100 times as long, and no promise is made of it.
"""

import hashlib
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from sqlalchemy import func, select

from data_model import bulk
from data_model.database import Database, create_database
from data_model.records import (
    Action,
    AuditEvent,
    Inspection,
    Organisation,
    Recommendation,
    RecommendationOwner,
    RecommendationStep,
    RecommendationTheme,
)
from data_model.vocabulary import Assurance, Delivery, RecommendationKind, Response
from inspect_app.services import (
    answer_dates,
    people,
    recommendation_list,
    recommendations,
    repeats,
    samples,
    trail,
    waiting,
)
from inspect_app.services.recommendation_list import Wanted

FEW, MANY = 1_000, 100_000
ACTIONS, EVENTS = 3, 10
TURNS = 9
DIRECTOR, OWN, FULL = "joanna-director", "aldermere-council", 40
EVERYTHING = "Recommendations, everything in sight"
NOON = datetime(2026, 1, 15, 12, tzinfo=UTC)
FIRST = date(2024, 1, 1)
Row = dict[str, Any]
Work = Callable[[], object]


@contextmanager
def holding(number: int) -> Iterator[Database]:
    """Give a database with the samples and this many recommendations more."""
    with tempfile.TemporaryDirectory() as folder:
        database = create_database(f"sqlite:///{(Path(folder) / 'many.db').as_posix()}")
        samples.load(database)
        _add(database, number)
        yield database
        database.close()


def _add(database: Database, number: int) -> None:
    with database.recording() as session:
        bodies = session.scalars(select(Organisation.code).order_by(Organisation.code)).all()
        others = [code for code in bodies if code != OWN]
        first_owner = (session.scalar(select(func.max(RecommendationOwner.id))) or 0) + 1
        inspections = session.scalars(select(Inspection.code).order_by(Inspection.code)).all()
        rows = [
            _row(
                n,
                first_owner,
                OWN if n < FULL else others[n % len(others)],
                inspections[n % len(inspections)],
            )
            for n in range(number)
        ]
        bulk.add(session, Recommendation, [recommendation for recommendation, _ in rows])
        bulk.add(session, RecommendationOwner, [owner for _, owner in rows])
        themes = [
            {"recommendation": r["code"], "theme": f"T{1 + n % 8}"} for n, (r, _) in _on(rows)
        ]
        bulk.add(session, RecommendationTheme, themes)
        bulk.add(session, RecommendationStep, [_step(owner) for _, owner in rows])
        trail.note(session, people.operator(database), "benchmark.filled", f"{number} more")
        session.flush()
        actions = [_action(owner, n) for _, owner in rows for n in range(ACTIONS)]
        bulk.add(session, Action, actions)
        last = session.scalar(select(func.max(AuditEvent.number))) or 0
        events = [_event(last + 1 + n) for n in range(number * EVENTS)]
        bulk.add(session, AuditEvent, events)


def _on(rows: list[tuple[Row, Row]]) -> Iterator[tuple[int, tuple[Row, Row]]]:
    return iter(enumerate(rows))


def _row(n: int, first_owner: int, body: str, inspection: str) -> tuple[Row, Row]:
    made = FIRST + timedelta(days=n % 700)
    code = f"MANY-{n:06d}"
    held = {
        "code": code,
        "title": f"Improve the practice numbered {n}",
        "text": "The body should improve this practice, and show that children notice.",
        "kind": RecommendationKind.RECOMMENDATION,
        "inspection": inspection,
        "made_on": made,
        "published_on": made,
        "published_at": NOON,
        "published_by": "priya-lead",
        "response_due_on": made + timedelta(days=182),
    }
    owner = {
        "id": first_owner + n,
        "recommendation": code,
        "organisation": body,
        "response": (Response.AWAITING, Response.ACCEPTED)[n % 2],
        "delivery": (Delivery.NOT_STARTED, Delivery.IN_PROGRESS, Delivery.CLAIMED)[n % 3],
        "assurance": (Assurance.UNTESTED, Assurance.SUBMITTED, Assurance.INSUFFICIENT)[n % 3],
        "response_due_on": made + timedelta(days=182),
        "original_due_on": made + timedelta(days=400),
        "due_on": made + timedelta(days=400),
    }
    return held, owner


def _step(owner: Row) -> Row:
    return {
        "owner": owner["id"],
        "axis": "response",
        "before": "awaiting",
        "after": "accepted",
        "taken_at": NOON,
        "taken_by": DIRECTOR,
    }


def _action(owner: Row, n: int) -> Row:
    due = owner["due_on"] + timedelta(days=n)
    return {
        "owner": owner["id"],
        "action": f"Do the part numbered {n}",
        "owner_role": "Head of service",
        "original_due_on": due,
        "due_on": due,
    }


def _event(number: int) -> Row:
    return {
        "number": number,
        "happened_at": NOON,
        "happened_by": DIRECTOR,
        "action": "benchmark.event",
        "subject": f"MANY-{number % MANY:06d}",
        "before": {},
        "after": {"n": number},
        "previous_hash": "0" * 64,
        "hash": hashlib.sha256(str(number).encode()).hexdigest(),
    }


def works(database: Database) -> dict[str, Work]:
    """Return what each page of a director asks of the services, by name."""
    me = people.sign_in(DIRECTOR, database)
    own, all_ = Wanted(own=True), Wanted()
    one = recommendation_list.page_of(own, by=me).lines[0].code

    def listed(wanted: Wanted) -> None:
        recommendation_list.page_of(own, by=me, size=1)
        recommendation_list.choices(by=me)
        recommendation_list.counts(wanted, by=me)
        recommendation_list.page_of(wanted, by=me)

    def alone() -> None:
        recommendations.view(one, by=me)
        recommendations.findings_behind(one, by=me)
        repeats.found_again(one, by=me)

    return {
        "Home": lambda: waiting.piles(by=me),
        "Recommendations, my body's": lambda: listed(own),
        "Recommendations, dates ahead": lambda: answer_dates.page_of(1, 40, by=me),
        "One recommendation": alone,
        EVERYTHING: lambda: listed(all_),
    }


def milliseconds(work: Work) -> float:
    """Return the median time of some turns, after one that is not counted."""
    work()
    taken = []
    for _turn in range(TURNS):
        began = perf_counter()
        work()
        taken.append(1000 * (perf_counter() - began))
    return median(taken)


def main() -> int:
    """Print both times and their ratio for each page; fail where one passes twice."""
    with holding(FEW) as few, holding(MANY) as many:
        before, after = works(few), works(many)
        names = list(before)
        first = {name: milliseconds(before[name]) for name in names}
        second = {name: milliseconds(after[name]) for name in names}
    for name in names:
        less, more = first[name], second[name]
        print(f"{name:38} {less:8.1f} ms {more:8.1f} ms {more / less:6.2f}")
    worst = max(second[name] / first[name] for name in names if name != EVERYTHING)
    print(f"at worst, {MANY:,} against {FEW:,}: {worst:.2f} times (at most 2)")
    return 0 if worst <= 2 else 1


if __name__ == "__main__":
    sys.exit(main())
