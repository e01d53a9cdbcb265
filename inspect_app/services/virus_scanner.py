"""The virus scanner that an administrator may set up: a command that is given a document to judge.

INSPECT_APP_SCANNER holds the command, such as `clamdscan --no-summary -`. It gets the bytes on
its standard input and ends with 0 for nothing found, or 1 for something; any other end, or none
within a minute, means that the document could not be scanned, and it is refused.
"""

import shlex
import subprocess
from pathlib import Path

from inspect_app import settings
from inspect_app.errors import Refusal
from inspect_app.workbooks.problem import shortened

SCANNER_SETTING = settings.SCANNER.name
SECONDS = 60.0
CLEAN, FOUND = 0, 1
LONGEST_SAID = 200


def scanned(name: str, content: bytes, *, within: float = SECONDS) -> str | None:
    """Return the name of the scanner that found nothing in a document; None if none is set up.

    Raises Refusal where it found something, or could not say `within` so many seconds.
    """
    setting = settings.SCANNER.read()
    if not setting:
        return None
    try:
        command = shlex.split(setting)
        # The command is the administrator's own; the document is only ever its input.
        ended = subprocess.run(  # noqa: S603
            command, input=content, capture_output=True, timeout=within, check=False
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as problem:
        raise _not_scanned(name, _why(problem)) from None
    if ended.returncode == FOUND:
        raise _found(name, ended.stdout)
    if ended.returncode != CLEAN:
        raise _not_scanned(name, f"it ended with {ended.returncode}")
    return Path(command[0]).name


def _why(problem: Exception) -> str:
    if isinstance(problem, subprocess.TimeoutExpired):
        return f"no answer within {problem.timeout:g} seconds"
    if isinstance(problem, OSError):
        return f"the command does not start: {problem.strerror}"
    return f"the command is not well written: {problem}"


def _found(name: str, output: bytes) -> Refusal:
    lines = output.decode("utf-8", "replace").split("\n")
    plain = "".join(letter for letter in lines[0] if letter.isprintable()).strip()
    said = f" It says: {shortened(plain, LONGEST_SAID)}." if plain else ""
    return Refusal(
        f"The virus scanner found something in {name}.{said}",
        "Nothing was attached. Do not open it; tell whoever looks after your computers.",
        file=name,
        said=plain,
    )


def _not_scanned(name: str, why: str) -> Refusal:
    return Refusal(
        f"{name} could not be scanned for viruses ({why}).",
        "Nothing was attached. Try again in a while; if it stays so, tell your administrator "
        f"that the command in {SCANNER_SETTING} does not do its work.",
        file=name,
    )
