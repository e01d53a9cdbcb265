"""The samples loaded once, and copied for each test that asks."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import make_url

from data_model.database import Database, create_database, open_database
from inspect_app.services import samples
from tests.support.postgres import Server


@dataclass(frozen=True)
class Template:
    """A loaded database, by its address, and the snapshots written beside it."""

    url: str
    snapshots: Path

    @contextmanager
    def copied(self, url: str, *, shares_snapshots: bool = True) -> Iterator[Database]:
        """Give a database at `url` with everything of this one; a server copied it already.

        Snapshots are named by the history they were written from, so that copies can share a
        folder of them: what one writes is never another's. A test that looks at what lies in the
        folder asks for one of its own.
        """
        if url.startswith("sqlite"):
            shutil.copy(make_url(self.url).database or "", make_url(url).database or "")
        database = open_database(url)
        if shares_snapshots:
            database.snapshots.symlink_to(self.snapshots, target_is_directory=True)
        else:
            shutil.copytree(self.snapshots, database.snapshots)
        yield database
        database.close()
        _remove(database.snapshots)


@dataclass
class Copies:
    """Copies of a template on its server; one that nobody changed is the next test's too."""

    server: Server
    template: Template
    ready: str | None = None

    @contextmanager
    def one(self) -> Iterator[Database]:
        """Give a copy that is as the template is."""
        url = self.ready or self.server.new_database(template=self.template.url)
        self.ready = None
        with self.template.copied(url) as database:
            before = self.server.written()
            yield database
        if self.server.written() == before:
            self.ready = url
        else:
            self.server.drop(url)

    def drop(self) -> None:
        """Let go of the copy that is still there."""
        if self.ready:
            self.server.drop(self.ready)


def _remove(folder: Path) -> None:
    if folder.is_symlink():
        folder.unlink()
    else:
        shutil.rmtree(folder)


def load_template(url: str) -> Template:
    """Create a database at this address, load the samples and let go of it."""
    database = create_database(url)
    samples.load(database)
    database.close()
    return Template(url, database.snapshots)
