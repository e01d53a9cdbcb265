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
from dataclasses import dataclass, field
from pathlib import Path

from inspect_app.settings import DATABASE_OWNER

ROOT = Path(__file__).parents[2]
PATIENCE = 60


@dataclass
class App:
    """The app on one database and one port: started, killed and started again as a test asks."""

    database: str
    port: int = field(default_factory=lambda: _free_port())
    process: subprocess.Popen[bytes] | None = None
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-m", "inspect_app", "serve", "--port", str(self.port)]
        environment = {**os.environ, **self.settings, "INSPECT_APP_DATABASE": self.database}
        if self.database.startswith("sqlite"):
            environment.pop(DATABASE_OWNER.name, None)
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
        _wait(self.address, self.process)

    def end(self, signal: int = 15) -> None:
        """End it; 9 is a signal that it cannot prepare for."""
        if self.process is not None:
            _stop(self.process, signal)

    @contextmanager
    def killed(self) -> Iterator[None]:
        """Kill it now, and start it again afterwards."""
        self.end(signal=9)
        try:
            yield
        finally:
            self.start()


@contextmanager
def serving(database: str) -> Iterator[str]:
    """Serve the app on a database, and give the address it answers at."""
    app = App(database)
    try:
        app.start()
        yield app.address
    finally:
        app.end()


def _stop(process: subprocess.Popen[bytes], signal: int) -> None:
    if os.name == "posix":
        os.killpg(process.pid, signal)
    else:
        process.terminate()
    process.wait(timeout=PATIENCE)


def _wait(address: str, process: subprocess.Popen[bytes], path: str = "/_stcore/health") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            message = f"the app ended with exit code {process.returncode}"
            raise RuntimeError(message)
        try:
            urllib.request.urlopen(f"{address}{path}", timeout=2).close()  # noqa: S310
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
