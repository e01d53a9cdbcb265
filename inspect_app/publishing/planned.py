"""What a release is made of, file by file: what each says, since when, and how it is drawn."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from inspect_app.publishing.content import ReleaseContent, ReleaseMark
from inspect_app.publishing.data_files import Data
from inspect_app.publishing.manifest import Known, Manifest, Since
from inspect_app.publishing.page import Fixed, Sheet
from inspect_app.publishing.papers import Papers
from inspect_app.publishing.plan import Plan, plan
from inspect_app.publishing.release_json import digest
from inspect_app.publishing.site import Site
from inspect_app.publishing.stamp import stamped

Draw = Callable[[], bytes]


@dataclass(frozen=True)
class Planned:
    """Every file of a release of settled content but its manifest and sums, not yet drawn.

    `before` holds, by path, what the files of the release before were drawn from and since when.
    """

    content: ReleaseContent
    mark: ReleaseMark
    before: Mapping[str, Known]

    @cached_property
    def data(self) -> Data:
        """The files of the `data` folder."""
        return Data(self.content, self.mark)

    @cached_property
    def papers(self) -> Papers:
        """The papers for a board."""
        return Papers(self.content, self.mark)

    @cached_property
    def pages(self) -> Plan:
        """Every page, style sheet and script, by path."""
        return plan(Site(self.content, self.mark, self.data.open_files))

    @cached_property
    def drawn_from(self) -> dict[str, str]:
        """A hash of what each file says, by path."""
        pages = {path: self._says(page.drawn_from) for path, page in self.pages.items()}
        data = {path: self.data.drawn_from(path) for path in self.data.plan}
        return {**pages, **data, **self.papers.drawn_from}

    @cached_property
    def since(self) -> dict[str, Since]:
        """The release in which each file last changed, by path."""
        return {path: self._since(path) for path in self.drawn_from}

    @cached_property
    def known(self) -> dict[str, Known]:
        """What each file is drawn from and since when, by path."""
        return {path: (self.drawn_from[path], self.since[path]) for path in self.drawn_from}

    @cached_property
    def drawings(self) -> dict[str, Draw]:
        """How each file is drawn, by path."""
        pages = {path: self._page(path, drawn) for path, drawn in self.pages.items()}
        return {**pages, **self.data.plan, **self.papers.plan(self.since)}

    def draw(self) -> dict[str, bytes]:
        """Return every file: path to bytes."""
        return {path: draw() for path, draw in self.drawings.items()}

    def _says(self, page: str) -> str:
        """Return what a page says as a hash, with the stamp of a draft on it."""
        return digest(page, "draft") if self.mark.draft else page

    def _page(self, path: str, drawn: Sheet | Fixed) -> Draw:
        if isinstance(drawn, Fixed):
            return drawn
        sheet = replace(drawn, changed=self.since[path])
        return (lambda: stamped(sheet())) if self.mark.draft else sheet

    def _since(self, path: str) -> Since:
        now = Since(self.mark.number, self.mark.made_on)
        says, since = self.before.get(path, ("", now))
        return since if says == self.drawn_from[path] else now


def known_to(manifest: Manifest | None) -> dict[str, Known]:
    """Return what the files of a release were drawn from and since when; nothing of none."""
    files = manifest.files if manifest else {}
    return {path: (entry.drawn_from, entry.since) for path, entry in files.items()}
