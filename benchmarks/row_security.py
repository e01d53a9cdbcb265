"""What row-level security costs: the same work as the application's role and past every policy.

Run `python -m benchmarks.row_security [TIMES]`; it starts a PostgreSQL server of its own.
"""

import os
import sys
import time
from collections.abc import Callable
from contextlib import closing
from statistics import median

from sqlalchemy.engine import make_url

from data_model import counted
from data_model.database import Database, open_database
from inspect_app.services import cases, moderation_views, people, scorecards
from inspect_app.settings import DATABASE_OWNER
from inspect_app.signed_in import SignedIn
from tests.support.looking import MASTER
from tests.support.postgres import server
from tests.support.samples import load_template

TIMES = 40
OPENED = 1


def work(database: Database) -> dict[str, Callable[[], object]]:
    """Return what is measured, by what a person would call it."""
    board, reader = (
        people.sign_in("patrick-board", database),
        people.sign_in("priya-lead", database),
    )
    return {
        "read a scorecard": lambda: scorecards.scorecard("X06000001", by=board),
        "open a case": lambda: cases.view(OPENED, by=reader),
        "open moderation": lambda: moderation_views.desks(by=reader),
        "count an area anew": lambda: _counted(reader),
    }


def _counted(by: SignedIn) -> object:
    with by.reading() as session, counted.widened(session, counted.Task.COUNTING):
        return counted.counted_frames(session, "X06000001")


def timed(act: Callable[[], object]) -> float:
    """Return how long an act takes, in milliseconds."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def main(times: int) -> None:
    """Measure both in turn, so that what else the machine does falls on both alike."""
    with server() as running:
        os.environ[DATABASE_OWNER.name] = running.owner
        template = load_template(running.new_database())
        master = make_url(template.url).set(username=MASTER).render_as_string()
        with (
            closing(open_database(template.url)) as secured,
            closing(open_database(master)) as open_,
        ):
            with_policies, without = work(secured), work(open_)
            for name, act in with_policies.items():
                pairs = [(timed(act), timed(without[name])) for _ in range(times)]
                secured_ms, plain_ms = (median(side) for side in zip(*pairs, strict=True))
                print(
                    f"{name}: {secured_ms:.1f} ms, without {plain_ms:.1f} ms: "
                    f"{secured_ms / plain_ms:.2f} times"
                )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else TIMES)
