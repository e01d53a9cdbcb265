"""The real app, served as people serve it, for as long as a journey lasts."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE = 60


@contextmanager
def serving(database: str) -> Iterator[str]:
    """Serve the app on a database, and give the address it answers at."""
    port = _free_port()
    command = [sys.executable, "-m", "inspect_app", "serve", "--port", str(port)]
    environment = {**os.environ, "INSPECT_APP_DATABASE": database}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(address, process)
        yield address
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    if os.name == "posix":
        os.killpg(process.pid, 15)
    else:
        process.terminate()
    process.wait(timeout=PATIENCE)


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            message = f"the app ended with exit code {process.returncode}"
            raise RuntimeError(message)
        try:
            urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()  # noqa: S310
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    message = f"the app did not answer at {address} within {PATIENCE} seconds"
    raise RuntimeError(message)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
