"""A linear or whole-number programme that is asked many questions: HiGHS, kept warm.

HiGHS keeps the last answer's basis, so the next question about the same table costs a tenth of
what it costs through SciPy (`benchmarks/disclosure.py` measures it).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

# The plain solver: the class around it writes a line on the screen whenever one is made.
from highspy._core import _Highs
from numpy.typing import NDArray
from scipy import sparse

Vector = NDArray[np.float64]
NEARLY = 1e-6
"""How far from a whole number still counts as one: HiGHS's own feasibility tolerance is 1e-7."""


@dataclass(frozen=True)
class Answer:
    """The best value, a point where it is reached, and what each bound and row is worth there."""

    value: float
    point: Vector
    worth: Vector
    prices: Vector


@dataclass(frozen=True)
class Row:
    """`low` ≤ the sum of `terms` (column, times) ≤ `high`."""

    terms: Sequence[tuple[int, float]]
    low: float
    high: float


class Programme:
    """Columns with bounds, rows that tie them together, and one question at a time."""

    def __init__(self, lows: Iterable[float], highs: Iterable[float], rows: Sequence[Row]) -> None:
        self._low = np.fromiter(lows, float)
        self._high = np.fromiter(highs, float)
        self._every = np.arange(len(self._low), dtype=np.int32)
        self._solver = _Highs()
        self._solver.setOptionValue("output_flag", False)  # noqa: FBT003 - HiGHS's own shape
        self._solver.setOptionValue("threads", 1)
        self._solver.setOptionValue("mip_rel_gap", 0.0)
        self._solver.passModel(_model(self._low, self._high, rows))
        self._whole = False

    def bound(self, changed: Mapping[int, tuple[float, float]]) -> None:
        """Set the bounds of some columns; the others keep theirs."""
        places = np.fromiter(changed, np.int32)
        for place, (low, high) in changed.items():
            self._low[place], self._high[place] = low, high
        self._solver.changeColsBounds(len(places), places, self._low[places], self._high[places])

    def ends(self, column: int) -> tuple[float, float]:
        """Return the bounds of a column."""
        return float(self._low[column]), float(self._high[column])

    def add(self, row: Row) -> None:
        """Add a row."""
        places = np.array([place for place, _ in row.terms], np.int32)
        times = np.array([each for _, each in row.terms], float)
        self._solver.addRow(row.low, row.high, len(places), places, times)

    def least(self, costs: Mapping[int, float], *, whole: Iterable[int] = ()) -> Answer | None:
        """Return where the sum of the costs is least, or None where nothing fits.

        `whole` names columns that must be whole numbers; they are only insisted on where the
        answer does not turn out whole by itself, as it does for most tables.
        """
        given = np.zeros(len(self._every))
        given[list(costs)] = list(costs.values())
        self._solver.changeColsCost(len(given), self._every, given)
        found = self._run()
        needed = np.fromiter(whole, np.int32)
        if found is None or are_whole(found.point[needed]):
            return found
        # Started from the answer before, HiGHS 1.16 has returned a point that was not the best.
        self._solver.clearSolver()
        self._insist(needed, highspy.HighsVarType.kInteger)
        found = self._run()
        self._insist(needed, highspy.HighsVarType.kContinuous)
        return found

    def _insist(self, places: NDArray[np.int32], kind: highspy.HighsVarType) -> None:
        self._solver.changeColsIntegrality(len(places), places, np.full(len(places), kind))

    def _run(self) -> Answer | None:
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"HiGHS stopped: {self._solver.modelStatusToString(status)}")
        solved = self._solver.getSolution()
        point = np.array(solved.col_value)
        worth, prices = (
            (solved.col_dual, solved.row_dual) if solved.dual_valid else (np.zeros(len(point)), ())
        )
        value = self._solver.getObjectiveValue()
        return Answer(value, point, np.array(worth), np.array(prices))


def are_whole(numbers: Vector) -> bool:
    """Return whether every number is whole, as nearly as the solver can say."""
    return bool(np.all(np.abs(numbers - np.rint(numbers)) < NEARLY))


def _model(low: Vector, high: Vector, rows: Sequence[Row]) -> highspy.HighsLp:
    matrix = _matrix(rows, len(low))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(low), len(rows)
    model.col_cost_ = np.zeros(len(low))
    model.col_lower_, model.col_upper_ = low, high
    model.row_lower_ = np.array([row.low for row in rows], float)
    model.row_upper_ = np.array([row.high for row in rows], float)
    model.a_matrix_.start_, model.a_matrix_.index_ = matrix.indptr, matrix.indices
    model.a_matrix_.value_ = matrix.data
    return model


def _matrix(rows: Sequence[Row], columns: int) -> sparse.csc_matrix:
    entries = [(r, place, times) for r, row in enumerate(rows) for place, times in row.terms]
    at, places, times = zip(*entries, strict=True) if entries else ((), (), ())
    return sparse.csc_matrix((np.array(times, float), (at, places)), (len(rows), columns))
