"""`python -m inspect_app` is the command line."""

import sys

from inspect_app.command_line import main

if __name__ == "__main__":
    sys.exit(main())
