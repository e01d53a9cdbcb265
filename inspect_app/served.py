"""One process of the app: its log, its port for health and metrics, and Streamlit's own server.

`inspect-app serve` starts it as `python -m inspect_app.served PORT`, once the settings are right.
"""

import logging
import sys
from collections.abc import Sequence
from importlib.resources import files

import streamlit.logger
import uvicorn.config
from streamlit import runtime
from streamlit.web.cli import main as run_streamlit

from inspect_app import logs, settings
from inspect_app.errors import Refusal
from inspect_app.installation import health
from inspect_app.ui import provider

OPTIONS = (
    "--server.address=127.0.0.1",
    # What went wrong is in the log, without values; a stack on the screen would show some.
    "--client.showErrorDetails=none",
    "--logger.hideWelcomeMessage=true",
    # Where the package `rich` is there, Streamlit would print errors with their messages.
    "--logger.enableRich=false",
)


def main(arguments: Sequence[str]) -> int:
    """Serve the app on a port, and return the exit code; 1 where something is in the way.

    That is a health port that is taken, or a sign-in that is not set up rightly.
    """
    port = arguments[0]
    logs.begin()
    _let_others_write_as_we_do()
    try:
        provider.tell_streamlit()
        _watched()
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.summary}\n{refusal.advice}\n")
        return 1
    logs.say("serving", port=port)
    script = str(files("inspect_app") / "main.py")
    run_streamlit(["run", script, *OPTIONS, f"--server.port={port}"], prog_name="streamlit")
    return 0


def _watched() -> None:
    asked = settings.HEALTH_PORT.read()
    if asked:
        health.begin(int(asked), settings.DATABASE.read() or "", _sessions)
        logs.say("watched", port=asked)


def _sessions() -> int:
    if not runtime.exists():
        return 0
    # The pinned Streamlit has no public word for it; its own metrics page says it among others.
    return int(runtime.get_instance()._session_mgr.num_active_sessions())  # noqa: SLF001


def _let_others_write_as_we_do() -> None:
    """Have the loggers of Streamlit and its server hand their lines on to ours."""
    streamlit.logger.setup_formatter = _handed_on
    for logger in streamlit.logger._loggers.values():  # noqa: SLF001 - those made before we came
        _handed_on(logger)
    uvicorn.config.LOGGING_CONFIG.update(handlers={}, loggers={})


def _handed_on(logger: logging.Logger) -> None:
    logger.handlers = []
    logger.propagate = True


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
