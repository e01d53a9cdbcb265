"""The one place where the spreadsheet reader is started, and where its giving up is a refusal."""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from python_calamine import CalamineError, CalamineWorkbook

from inspect_app.errors import Refusal


@contextmanager
def workbook_in(data: bytes, broken: Callable[[object], Refusal]) -> Iterator[CalamineWorkbook]:
    """Open a workbook to be read; whatever the reader gives up on is raised as `broken` says.

    Sheets are read inside, since they can be damaged where the workbook is not.
    """
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            yield workbook
    except (CalamineError, OSError, ValueError) as problem:
        raise broken(problem) from None
    except BaseException as problem:
        # The reader is not written in Python: where it gives up on a damaged file, what it
        # raises is no Exception, and its class cannot be imported.
        if type(problem).__module__ != "pyo3_runtime":
            raise
        raise broken(problem) from None
