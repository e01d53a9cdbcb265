"""The samples loaded once, and copied for each test that asks."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from data_model.database import Database, create_database, open_database
from inspect_app.services import samples


@dataclass(frozen=True)
class Template:
    """A loaded database, by its address, and the snapshots written beside it."""

    url: str
    snapshots: Path

    @contextmanager
    def copied(self, url: str) -> Iterator[Database]:
        """Give a database at `url` with everything of this one; a server copied it already."""
        if url.startswith("sqlite"):
            shutil.copy(make_url(self.url).database or "", make_url(url).database or "")
        database = open_database(url)
        # Their files are never changed, only replaced, so that a second name for each will do.
        shutil.copytree(self.snapshots, database.snapshots, copy_function=os.link)
        yield database
        database.close()
        shutil.rmtree(database.snapshots)


def load_template(url: str) -> Template:
    """Create a database at this address, load the samples and let go of it."""
    database = create_database(url)
    samples.load(database)
    database.close()
    return Template(url, database.snapshots)
