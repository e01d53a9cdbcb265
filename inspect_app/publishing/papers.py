"""The papers of a release as PDF, in both languages: one of the whole, one of each evidence base.

An inspection that published neither a count nor a grade, and of which nothing is claimed, asked
or recorded here, has a page and no paper: a paper of it would be a title.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from inspect_app.publishing.board_pdf import pdf
from inspect_app.publishing.content import (
    PublishedInspection,
    PublishedRecommendation,
    ReleaseContent,
    ReleaseMark,
)
from inspect_app.publishing.evidence_view import Openness, openness
from inspect_app.publishing.inspection_paper import inspection_paper
from inspect_app.publishing.language import LANGUAGES, Language
from inspect_app.publishing.manifest import Since
from inspect_app.publishing.paper import Paper
from inspect_app.publishing.release_json import digest
from inspect_app.publishing.release_paper import summary
from inspect_app.publishing.stamp import draft_of

Draw = Callable[[], bytes]


@dataclass(frozen=True)
class Papers:
    """The papers of a release: what each says, and how it is drawn."""

    content: ReleaseContent
    mark: ReleaseMark

    @cached_property
    def drawn_from(self) -> dict[str, str]:
        """A hash of what each paper says, by path."""
        whole = digest(self.content, self.mark)
        found = {path_of_release(language): whole for language in LANGUAGES}
        for each in self._told:
            says = digest(each, self._asked(each), self.mark.draft)
            found |= {path_of(each.code, language): says for language in LANGUAGES}
        return found

    def plan(self, since: Mapping[str, Since]) -> dict[str, Draw]:
        """Return how each paper is drawn, by path; `since` says when each last changed."""
        return dict(self._each(since))

    def _each(self, since: Mapping[str, Since]) -> Iterator[tuple[str, Draw]]:
        for language in LANGUAGES:
            yield path_of_release(language), partial(self._whole, language)
            for each in self._told:
                path = path_of(each.code, language)
                yield path, partial(self._inspection, each, since[path], language)

    def _whole(self, language: Language) -> bytes:
        return self._drawn(summary(self.content, self.mark, language))

    def _inspection(self, each: PublishedInspection, since: Since, language: Language) -> bytes:
        return self._drawn(inspection_paper(each, self._asked(each), since, language))

    def _drawn(self, paper: Paper) -> bytes:
        return pdf(draft_of(paper) if self.mark.draft else paper)

    @cached_property
    def _told(self) -> tuple[PublishedInspection, ...]:
        return tuple(each for each in self.content.inspections if has_paper(each))

    def _asked(self, of: PublishedInspection) -> tuple[PublishedRecommendation, ...]:
        return tuple(self._by_code[x] for x in of.recommendations if x in self._by_code)

    @cached_property
    def _by_code(self) -> dict[str, PublishedRecommendation]:
        return {each.code: each for each in self.content.recommendations}


def has_paper(inspection: PublishedInspection) -> bool:
    """Return whether there is enough to say of an inspection for a paper of its own."""
    told = inspection.summary or inspection.claims or inspection.recommendations
    return bool(told) or openness(inspection) is not Openness.NEITHER


def path_of_release(language: Language) -> str:
    """Return where the paper of the whole release stands."""
    return f"papers/release.{language.code}.pdf"


def path_of(code: str, language: Language) -> str:
    """Return where the paper of an inspection stands."""
    return f"papers/inspections/{code}.{language.code}.pdf"
