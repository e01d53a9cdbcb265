"""What the tests of commands share."""

import subprocess
from collections.abc import Callable

Command = Callable[..., subprocess.CompletedProcess[str]]
"""Runs `inspect-app` with arguments, on the test's database, and returns what it said."""
