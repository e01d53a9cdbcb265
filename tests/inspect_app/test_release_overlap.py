"""Two releases that tell of the same are held against each other before the second goes on."""

from collections.abc import Callable

import pytest

from data_model.database import Database
from data_model.vocabulary import ReleaseStatus
from inspect_app.errors import Refusal
from inspect_app.services import release, release_steps, release_values
from inspect_app.services.release import Scope
from inspect_app.signed_in import SignedIn
from tests.support.releasing import APPROVER, AUDIT, PUBLISHER, published_sample, waiting

SignIn = Callable[[str], SignedIn]
BRACKENSHIRE, ALDERMERE = Scope(area="X06000002"), Scope(area="X06000001")


def test_a_draft_that_was_overtaken_on_the_same_inspection_is_drawn_up_again(
    signed_in: SignIn,
) -> None:
    publisher, second = signed_in(PUBLISHER), signed_in(APPROVER)
    held = waiting(BRACKENSHIRE, publisher)
    number = published_sample(publisher, second)
    with pytest.raises(Refusal, match=f"Release {number} was published since") as refused:
        release_steps.approve(held, by=second)
    assert AUDIT.inspections[0] in str(refused.value.facts["both"])
    release_steps.send_back(held, "It was overtaken.", by=second)
    release.draw_again(held, by=publisher)
    release_steps.start_checks(held, by=publisher)
    assert release_values.view(held, by=publisher).line.status is ReleaseStatus.CHECKS


def test_a_release_of_something_else_holds_no_draft_back(signed_in: SignIn) -> None:
    publisher, second = signed_in(PUBLISHER), signed_in(APPROVER)
    held = waiting(ALDERMERE, publisher)
    published_sample(publisher, second)
    release_steps.approve(held, by=second)
    assert release_values.view(held, by=publisher).line.status is ReleaseStatus.APPROVED


def test_what_was_published_earlier_is_known_to_what_is_drawn_up_later(
    database: Database, signed_in: SignIn
) -> None:
    number = published_sample(signed_in(PUBLISHER), signed_in(APPROVER))
    by = signed_in(PUBLISHER)
    with by.reading() as session:
        (known,) = release.earlier_contents(session, by.clock())
    assert known.inspections[0].code == AUDIT.inspections[0]
    assert number == 1
