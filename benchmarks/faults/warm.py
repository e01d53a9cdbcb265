"""Everything a process needs that saves, takes in or publishes, loaded once and then shared."""

from sqlalchemy.orm import configure_mappers

import benchmarks.faults.deeds
import inspect_app.services.release_steps
import inspect_app.services.samples
import tests.support.releasing
from data_model.wording import concerns

configure_mappers()
concerns("")  # reads its tables now, and not while somebody waits

__all__ = ["benchmarks", "inspect_app", "tests"]
