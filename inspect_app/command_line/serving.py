"""Opening the app from the command line, once every setting is as needed; and what is set."""

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from inspect_app import settings, sign_in_settings
from inspect_app.command_line.verbs import (
    DEFAULT_FILE,
    DONE,
    REFUSED,
    Run,
    address,
    opened,
    verb,
)

EVERY = (*settings.SETTINGS, *sign_in_settings.SETTINGS)
"""Every setting there is."""


def add_serve(verbs: Any, samples: Run) -> None:
    """Add the command that opens the app; `samples` sets the default database up."""
    says = "open the app in the browser's reach, on this machine only"
    parser = verb(verbs, "serve", serving(samples), says)
    parser.add_argument("--port", type=int, default=8501, help="port on 127.0.0.1 (8501)")
    parser.add_argument(
        "--health-port",
        type=int,
        help=f"port on 127.0.0.1 for /healthz, /readyz and /metrics; else "
        f"{settings.HEALTH_PORT.name}, else none",
    )


def add_settings(verbs: Any) -> None:
    """Add the command that prints what is set, and what is wrong with it."""
    verb(verbs, "settings", _settings, "print every setting, without secrets, and what is wrong")


def serving(samples: Run) -> Run:
    """Return the run that opens the app."""

    def serve(asked: argparse.Namespace) -> int:
        if asked.database is None and not DEFAULT_FILE.exists():
            samples(asked)
        environment = _environment(asked)
        settings.refuse(wrong(environment))
        with opened(asked):
            pass
        command = [sys.executable, "-m", "inspect_app.served", str(asked.port)]
        where = f"http://127.0.0.1:{asked.port}"
        print(f"Inspection Evidence is at {where} (Ctrl+C ends it)", flush=True)
        return _become(command, environment)

    return serve


def _become(command: list[str], environment: Mapping[str, str]) -> int:
    """Turn into the app, so that whoever ends this process ends the app and nothing is left."""
    if os.name == "posix":
        os.execve(command[0], command, environment)  # noqa: S606 - our own program, no shell
    try:
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603
    except KeyboardInterrupt:
        return DONE


def _environment(asked: argparse.Namespace) -> dict[str, str]:
    """Return this environment with what the command was given in place of its settings."""
    given = {settings.DATABASE.name: address(asked)}
    if asked.health_port:
        given[settings.HEALTH_PORT.name] = str(asked.health_port)
    return {**os.environ, **given}


def _settings(_asked: argparse.Namespace) -> int:
    """Print every setting; what is wrong goes to standard error, and the exit code is 1."""
    print("\n".join(listed(os.environ)))
    found = wrong(os.environ)
    for each in found:
        print(each, file=sys.stderr)
    return REFUSED if found else DONE


def wrong(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return everything that is wrong with the settings or missing of them, a sentence each."""
    found = settings.problems(EVERY, environment)
    return (*found, *sign_in_settings.missing(environment))


def listed(environment: Mapping[str, str]) -> list[str]:
    """Return a line for each setting with what it holds."""
    return [f"{each.name}: {each.shown(environment)}" for each in EVERY]
