"""What is counted while the app runs, for whoever watches it: page runs, refusals, errors, waits.

A label is the name of a page, a role or a class of ours: never a person, a place or a case.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()
SECONDS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

PAGE_RUNS = Counter(
    "inspect_app_page_runs",
    "Page runs that ended, by page and outcome: shown, refused, again, failed.",
    ("page", "outcome"),
    registry=REGISTRY,
)
PAGE_SECONDS = Histogram(
    "inspect_app_page_seconds",
    "How long a page run took here, in seconds.",
    ("page",),
    buckets=SECONDS,
    registry=REGISTRY,
)
REFUSALS = Counter(
    "inspect_app_refusals",
    "What was refused to people, by kind.",
    ("kind",),
    registry=REGISTRY,
)
FAILURES = Counter(
    "inspect_app_failures",
    "Errors that nobody expected, by class: each is a bug or a broken part.",
    ("kind",),
    registry=REGISTRY,
)
DATABASE_ERRORS = Counter(
    "inspect_app_database_errors",
    "Statements that the database did not carry out, by the class of its error.",
    ("kind",),
    registry=REGISTRY,
)
WRITERS_WAITING = Gauge(
    "inspect_app_writers_waiting",
    "Writers of this process who wait for their turn at this moment.",
    registry=REGISTRY,
)
WRITERS_WAITED = Histogram(
    "inspect_app_writers_waited_seconds",
    "How long a writer waited for its turn, in seconds.",
    buckets=SECONDS,
    registry=REGISTRY,
)


@contextmanager
def waiting_to_write() -> Iterator[None]:
    """Count whoever waits inside as a writer in the queue, and how long it took."""
    with WRITERS_WAITING.track_inprogress(), WRITERS_WAITED.time():
        yield
