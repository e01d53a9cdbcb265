"""Files are counted by person and window, by all processes together, and politely refused."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from data_model.database import Database, open_database
from data_model.records import AuditEvent, Upload
from inspect_app.errors import NotAllowed, Refusal
from inspect_app.services import intake, upload_limits
from inspect_app.services.upload_limits import WINDOW
from inspect_app.settings import UPLOADS
from tests.support.looking import every_row_of
from tests.support.packs import READER
from tests.support.recommending import SignIn

MOST = 3


@pytest.fixture(autouse=True)
def _three(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(UPLOADS.name, str(MOST))


def held(database: Database) -> tuple[int, int]:
    """Return how many uploads are counted, and how many events there are."""
    with every_row_of(database).reading() as session:
        counts = (select(func.count()).select_from(kind) for kind in (Upload, AuditEvent))
        uploads, events = (session.scalar(each) or 0 for each in counts)
        return uploads, events


def test_one_file_too_many_is_refused_until_the_first_is_old(
    database: Database, signed_in: SignIn
) -> None:
    by = signed_in(READER)
    before = held(database)
    for number in range(MOST):
        upload_limits.count(b"%d" % number, by=by)
    with pytest.raises(Refusal, match="as many as are read in that time") as refusal:
        upload_limits.count(b"one more", by=by)
    assert "Go on at " in refusal.value.advice
    assert "in 10 minutes" in refusal.value.advice
    upload_limits.count(b"0", by=by)
    upload_limits.count(b"one more", by=signed_in("joanna-director"))
    later = replace(by, clock=lambda: by.clock() + WINDOW + timedelta(seconds=1))
    upload_limits.count(b"one more", by=later)
    assert held(database) == (1, before[1])


def test_processes_count_together(database: Database, signed_in: SignIn) -> None:
    other = open_database(database.url.render_as_string(hide_password=False))
    here = signed_in(READER)
    for number, by in enumerate([here, replace(here, database=other)] * 2):
        if number < MOST:
            upload_limits.count(b"%d" % number, by=by)
        else:
            with pytest.raises(Refusal, match="You have brought 3 files"):
                upload_limits.count(b"%d" % number, by=by)
    other.close()


def test_a_file_that_cannot_be_read_counts_and_one_from_somebody_who_may_not_does_not(
    database: Database, signed_in: SignIn
) -> None:
    for number in range(MOST):
        with pytest.raises(Refusal, match="is not an Excel workbook"):
            intake.preview("a.xlsx", b"nothing %d" % number, by=signed_in(READER))
    with pytest.raises(Refusal, match="as many as are read"):
        intake.preview("a.xlsx", b"another", by=signed_in(READER))
    with pytest.raises(NotAllowed):
        intake.preview("a.xlsx", b"another", by=signed_in("patrick-board"))
    assert held(database)[0] == MOST


@pytest.mark.parametrize("said", ["", "many", "-1", "²"])
def test_a_setting_that_is_no_number_leaves_the_usual_limit(
    said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(UPLOADS.name, said)
    assert upload_limits._most() == upload_limits.MOST_FILES
