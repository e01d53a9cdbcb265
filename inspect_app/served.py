"""One process of the app: Streamlit's own server, told of the organisation's provider.

`inspect-app serve` starts it as `python -m inspect_app.served PORT`.
"""

import sys
from collections.abc import Sequence
from importlib.resources import files

from streamlit.web.cli import main as run_streamlit

from inspect_app.errors import Refusal
from inspect_app.ui import provider


def main(arguments: Sequence[str]) -> int:
    """Serve the app on a port, and return the exit code; 1 where sign-in is not set up rightly."""
    try:
        provider.tell_streamlit()
    except Refusal as refusal:
        sys.stderr.write(f"{refusal.summary}\n{refusal.advice}\n")
        return 1
    options = ["--server.address=127.0.0.1", f"--server.port={arguments[0]}"]
    script = str(files("inspect_app") / "main.py")
    run_streamlit(["run", script, *options], prog_name="streamlit")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
