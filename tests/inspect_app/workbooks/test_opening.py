"""The reader of spreadsheets gives up in several ways, and each is the same refusal."""

import io

import pytest
from openpyxl import Workbook

from inspect_app.errors import Refusal
from inspect_app.workbooks.opening import workbook_in


def broken(problem: object) -> Refusal:
    """Return what is said of a damaged file."""
    return Refusal(f"Damaged: {problem}.", "Send it again.")


@pytest.mark.parametrize("given_up", [OSError("cut"), ValueError("no day"), None])
def test_whatever_the_reader_gives_up_on_is_a_refusal(given_up: Exception | None) -> None:
    out = io.BytesIO()
    Workbook().save(out)
    data = out.getvalue() if given_up else b"PK nothing"
    with pytest.raises(Refusal, match="Damaged"), workbook_in(data, broken):
        raise given_up or AssertionError


def test_a_fault_of_our_own_is_no_damage_of_the_file() -> None:
    out = io.BytesIO()
    Workbook().save(out)
    with pytest.raises(KeyError), workbook_in(out.getvalue(), broken):
        raise KeyError
