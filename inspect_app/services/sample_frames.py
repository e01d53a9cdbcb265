"""The invented lists of cases: sent in, drawn from, and one case exchanged, each by its lead."""

from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.resources import files

from data_model.database import Database
from data_model.forms import DrawForm, FrameForm, NumberForm, checked
from data_model.shipped import Row
from inspect_app.services import sampling
from inspect_app.services.sample_rows import Deed, Turn, acting, given, instant, invented, leads
from inspect_app.signed_in import SignedIn


def sampling_deeds(database: Database) -> Iterator[Deed]:
    """Yield each list that was sent, each draw from one, and each case that was exchanged."""
    for name, moment, do in (
        ("frames", "listed_at", _send),
        ("draws", "drawn_at", _draw),
        ("exchanges", "exchanged_at", _exchange),
    ):
        for row in invented(name):
            yield Deed(instant(row[moment]), Turn.SAMPLE, do(row, database))


def _send(row: Row, database: Database) -> Callable[[datetime], None]:
    form = checked(FrameForm, given(row, only=tuple(FrameForm.model_fields)))
    content = files("sample_inspections").joinpath("invented", row["file"]).read_bytes()

    def do(at: datetime) -> None:
        sampling.list_from(row["inspection"], content, form, by=_lead(row, database, at))

    return do


def _draw(row: Row, database: Database) -> Callable[[datetime], None]:
    form = checked(DrawForm, given(row, only=tuple(DrawForm.model_fields)))

    def do(at: datetime) -> None:
        sampling.draw(row["inspection"], form, by=_lead(row, database, at))

    return do


def _exchange(row: Row, database: Database) -> Callable[[datetime], None]:
    form = checked(NumberForm, given(row, only=tuple(NumberForm.model_fields)))

    def do(at: datetime) -> None:
        sampling.replace(row["inspection"], form, by=_lead(row, database, at))

    return do


def _lead(row: Row, database: Database, at: datetime) -> SignedIn:
    return acting(leads()[row["inspection"]], database, at)
