"""The log says what happened and never to whom: JSON lines on standard error, fields by a list.

Our own lines hold the fields declared here and nothing else, each of a form that no name, case
reference or sentence has. A line of somebody else's package (Streamlit, SQLAlchemy, the server)
keeps where in the source it was written, which tells what it says; its words may hold values, so
they are left out. An error is its class and its stack, without its message.
"""

import json
import logging
import re
import sys
import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, TextIO

OURS = "inspect_app"
WORD = re.compile(r"[a-z][a-z_-]{0,39}")
FIELDS: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "session": re.compile(r"[0-9a-f]{8}"),
        "roles": re.compile(r"[a-z_;]{0,200}"),
        "page": WORD,
        "outcome": WORD,
        "kind": re.compile(r"[A-Za-z_]{1,60}"),
        "seconds": re.compile(r"\d{1,6}(\.\d{1,3})?"),
        "port": re.compile(r"\d{1,5}"),
        "count": re.compile(r"\d{1,12}"),
    }
)
"""The fields that a line of ours may have, and the form of what each may hold."""
UNSAID = "left out"
DEEPEST = 60


def say(event: str, *, level: int = logging.INFO, **fields: str | float) -> None:
    """Write a line: what happened, as a word, and declared fields. Raises KeyError for others."""
    said = {name: _of_its_form(name, value) for name, value in fields.items()}
    logging.getLogger(OURS).log(level, event, extra={"said": said})


def _of_its_form(name: str, value: str | float) -> str | float:
    return value if FIELDS[name].fullmatch(str(value)) else UNSAID


class JsonLines(logging.Formatter):
    """Draw a line as JSON: when, how grave, what or where, and the stack of an error."""

    def format(self, record: logging.LogRecord) -> str:
        """Return one line, without a value of anybody's."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"at": at, "level": record.levelname.lower(), **_what(record)}
        if record.exc_info and record.exc_info[1]:
            line["error"] = described(record.exc_info[1])
        return json.dumps(line)


def _what(record: logging.LogRecord) -> dict[str, Any]:
    said = getattr(record, "said", None)
    if record.name == OURS and isinstance(said, dict):
        return {"event": record.msg, **said}
    return {"logger": record.name, "where": f"{Path(record.pathname).name}:{record.lineno}"}


def described(error: BaseException) -> dict[str, Any]:
    """Return an error as its class and stack, and those that led to it; no message, no value."""
    led = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    stack = _stack(error.__traceback__)
    after = {"after": described(led)} if led else {}
    return {"kind": type(error).__name__, "stack": stack, **after}


def _stack(trace: TracebackType | None) -> list[str]:
    """Return the places of a stack, the innermost last, at most as many as are of use."""
    places = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{_short(code.co_filename)}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places[-DEEPEST:]


def _short(file: str) -> str:
    """Return a source file by its last folders: the rest is this machine's own affair."""
    return "/".join(Path(file).parts[-3:])


def begin(stream: TextIO = sys.stderr, level: int = logging.INFO) -> None:
    """Let every logger of this process write such lines, warnings and uncaught errors too."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    handler.addFilter(_worth_a_line)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught
    threading.excepthook = lambda held: _uncaught(held.exc_type, held.exc_value, held.exc_traceback)


def _worth_a_line(record: logging.LogRecord) -> bool:
    """Everything of ours; of others what is graver than news, whose words are left out anyway."""
    return record.name == OURS or record.levelno >= logging.WARNING


def _uncaught(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    whole = (kind, error or kind(), trace)
    logging.getLogger(OURS).critical("uncaught", exc_info=whole, extra={"said": {}})
