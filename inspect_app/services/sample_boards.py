"""What the invented boards decided about their figures, and what came of it."""

from collections.abc import Callable, Iterator
from datetime import datetime

from data_model.database import Database
from data_model.forms import BoardDecisionForm, OutcomeForm, checked
from data_model.shipped import Row
from inspect_app.services import boards
from inspect_app.services.sample_rows import Deed, Turn, acting, given, invented, noon

Act = Callable[[datetime], None]


def decided(database: Database) -> Iterator[Deed]:
    """Each decision on its day, and what came of it where that is said."""
    for row in invented("board_decisions"):
        held: list[int] = []
        yield Deed(noon(row["on"], hour=15), Turn.BOARD, _decide(row, held, database))
        if row["finished_on"]:
            finished = noon(row["finished_on"], hour=15)
            yield Deed(finished, Turn.BOARD, _finish(row, held, database))


def _decide(row: Row, held: list[int], database: Database) -> Act:
    form = checked(BoardDecisionForm, given(row, only=tuple(BoardDecisionForm.model_fields)))

    def do(at: datetime) -> None:
        by = acting(row["by"], database, at)
        held.append(boards.decide(row["area"], row["quarter"], row["indicator"], form, by=by))

    return do


def _finish(row: Row, held: list[int], database: Database) -> Act:
    form = checked(OutcomeForm, {"outcome": row["outcome"]})
    return lambda at: boards.finish(held[0], form, by=acting(row["by"], database, at))
