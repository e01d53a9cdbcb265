"""Everything that can be released of the samples is safe, and withholds no more than it must."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from data_model.vocabulary import Basis
from inspect_app.publishing.content import PublishedInspection, ReleaseContent
from inspect_app.services import people, release, release_protection, release_said
from inspect_app.services.release import Scope
from inspect_app.signed_in import SignedIn
from tests.support.looking import every_row_of
from tests.support.samples import Template

WITHHELD_OF_EVERYTHING = 40
"""Cells of the samples that are withheld in a release of everything."""


@pytest.fixture(scope="module")
def person_and_session(
    sqlite_samples: Template, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[SignedIn, Session]]:
    """The publisher and an open session: content does not depend on the kind of database."""
    file = tmp_path_factory.mktemp("scopes") / "samples.db"
    url = f"sqlite:///{file.as_posix()}"
    with sqlite_samples.copied(url) as database, every_row_of(database).reading() as session:
        yield people.operator(database), session


@pytest.fixture(scope="module")
def everything(person_and_session: tuple[SignedIn, Session]) -> ReleaseContent:
    by, session = person_and_session
    return release.content(session, Scope(), by)


def withheld(content: ReleaseContent) -> int:
    """Return how many cells a release withholds, each counted once."""
    said = release_said.inspections(content) | release_said.areas(content)
    return sum(len(each.withheld) for each in said.values())


def recorded(content: ReleaseContent) -> list[PublishedInspection]:
    return [each for each in content.inspections if Basis.RECORDED_HERE in each.basis]


def test_everything_is_safe_and_the_same_cells_are_withheld_piece_by_piece(
    person_and_session: tuple[SignedIn, Session], everything: ReleaseContent
) -> None:
    by, session = person_and_session
    assert withheld(everything) == WITHHELD_OF_EVERYTHING
    alone = {
        each.code: release.content(session, Scope(inspections=(each.code,)), by)
        for each in recorded(everything)
    }
    told = release_said.inspections(everything)
    for code, content in alone.items():
        assert release_said.inspections(content)[code].said == told[code].said
    returned = release_said.areas(everything)
    counted = {code for each in recorded(everything) for code in each.area_codes}
    for code in sorted(counted | returned.keys()):
        content = release.content(session, Scope(area=code), by)
        assert release_said.areas(content).get(code) == returned.get(code)
        for name, said in release_said.inspections(content).items():
            assert said.said == told[name].said


def test_what_is_as_it_was_is_not_attacked_again(
    person_and_session: tuple[SignedIn, Session], everything: ReleaseContent
) -> None:
    by, session = person_and_session
    before = dict(release_protection.ATTACKED)
    assert release.content(session, Scope(), by) == everything
    assert before == release_protection.ATTACKED
    told = release_said.inspections(everything) | release_said.areas(everything)
    assert len(before) >= len([said for said in told.values() if said.withheld])
