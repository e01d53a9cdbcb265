"""A real server of the page of kept texts, which can be killed and comes back at its address."""

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.support import app_server

SCRIPT = app_server.ROOT / "tests" / "support" / "kept_text_app.py"
SECONDS = 30


@dataclass
class Server:
    """A real server of the test's page, which can be killed and started again at its address."""

    folder: Path
    port: int = field(default_factory=app_server._free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What it and its predecessors wrote."""
        return self.folder / "server.log"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        options = [f"--server.port={self.port}", "--server.fileWatcherType=none"]
        command = [sys.executable, "-m", "streamlit", "run", str(SCRIPT), *options]
        environment = {
            **os.environ,
            "KEPT_TEXT_FILE": str(self.folder / "texts.db"),
            "PYTHONPATH": str(app_server.ROOT),
        }
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=app_server.ROOT / "inspect_app",
                env=environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        app_server._wait(self.address, self.process)

    def kill(self) -> None:
        """End it with a signal that it cannot prepare for."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=SECONDS)

    @contextmanager
    def gone(self) -> Iterator[None]:
        """Kill it now, and start it again afterwards."""
        self.kill()
        try:
            yield
        finally:
            self.start()

    def text(self, key: str) -> str:
        """Return the text that is on the disk under a key."""
        opened = sqlite3.connect(self.folder / "texts.db", timeout=SECONDS)
        row = opened.execute("SELECT text FROM texts WHERE key = ?", (key,)).fetchone()
        opened.close()
        return str(row[0]) if row else ""
