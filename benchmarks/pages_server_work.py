"""How long does the server work behind each page take, next to opening the database at all?

Loads the samples into a new SQLite file in a temporary folder, calls each service that a page
calls, and prints the median of several turns in milliseconds, and as a ratio to opening the
database and reading one row, measured in the same run.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

from sqlalchemy import select

from data_model.database import Database, create_database, open_database
from data_model.records import Area
from inspect_app.services import (
    areas,
    board_reading,
    cases,
    comparing,
    inspections,
    moderation_views,
    people,
    progress,
    recommendation_list,
    samples,
    sampling,
    waiting,
)
from inspect_app.services.recommendation_list import Wanted

TURNS = 15
INSPECTION, AREA, COUNTY_DURHAM = "ALD-2025-JTAI", "X06000001", "E06000047"
Work = Callable[[], object]


@contextmanager
def loaded() -> Iterator[Database]:
    """Give a new database with the samples in it, and throw it away afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        database = create_database(f"sqlite:///{(Path(folder) / 'samples.db').as_posix()}")
        samples.load(database)
        yield database
        database.close()


def milliseconds(work: Work) -> float:
    """Return the median time of some turns, after one that is not counted."""
    work()
    taken = []
    for _turn in range(TURNS):
        began = perf_counter()
        work()
        taken.append(1000 * (perf_counter() - began))
    return median(taken)


def open_and_read_one_row(database: Database) -> None:
    """Do the least that any page could do: the baseline."""
    opened = open_database(database.url.render_as_string(hide_password=False))
    with opened.reading() as session:
        session.scalars(select(Area.code).limit(1)).one()
    opened.close()


def works(database: Database) -> dict[str, Work]:
    """Return what each page asks of the services, by its name."""
    lead = people.sign_in("priya-lead", database)
    director = people.sign_in("joanna-director", database)
    reader = people.sign_in("gwenllian-elsewhere", database)
    draft = next(line.id for line in cases.mine(by=reader) if not line.done)
    return {
        "home: what is waiting": lambda: waiting.piles(by=lead),
        "inspections: listed": lambda: inspections.listed(by=lead),
        "inspections: workspace": lambda: inspections.workspace(INSPECTION, by=lead),
        "cases: mine": lambda: cases.mine(by=reader),
        "cases: a draft": lambda: cases.view(draft, by=reader),
        "sample: Aldermere": lambda: sampling.view(INSPECTION, by=lead),
        "moderation: what stands": lambda: moderation_views.desks(by=lead),
        "area: Aldermere": lambda: areas.view(AREA, by=lead),
        "area: County Durham": lambda: areas.view(COUNTY_DURHAM, by=lead),
        "scorecard: Aldermere": lambda: board_reading.reading(AREA, by=lead),
        "scorecard: County Durham": lambda: board_reading.reading(
            COUNTY_DURHAM, "2020-Q1", by=lead
        ),
        "compare: figures of all England": lambda: comparing.material(COUNTY_DURHAM, by=lead),
        "progress: what stands": lambda: progress.figures(Wanted(), by=director),
        "recommendations: lead inspector": lambda: recommendation_list.page_of(Wanted(), by=lead),
        "recommendations: director": lambda: recommendation_list.page_of(Wanted(), by=director),
    }


def main() -> None:
    """Print each page's work."""
    with loaded() as database:
        baseline = milliseconds(lambda: open_and_read_one_row(database))
        print(f"{'open the database and read one row':<36}{baseline:8.1f} ms {1:8.1f} x")
        for name, work in works(database).items():
            took = milliseconds(work)
            print(f"{name:<36}{took:8.1f} ms {took / baseline:8.1f} x")


if __name__ == "__main__":
    main()
