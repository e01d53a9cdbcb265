"""Ask `pip-audit` whether a locked package has a known vulnerability; say so where nobody answers.

A vulnerability fails. A service that cannot be reached does not: it is said aloud that nothing
was audited, so that a network that is down is never mistaken for a clean bill.
"""

import json
import subprocess
import sys
from typing import Any

LOCK = "requirements/runtime.lock"


def main(command: str) -> int:
    """Audit the lock with this command and return the exit code: 1 for a vulnerability."""
    asked = [command, "--requirement", LOCK, "--no-deps", "--disable-pip", "--format", "json"]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)  # noqa: S603
    held = packages(done.stdout)
    skipped = [each["name"] for each in held if "skip_reason" in each]
    found = [each for each in held if each.get("vulns")]
    for each in found:
        ids = ", ".join(vulnerability["id"] for vulnerability in each["vulns"])
        sys.stdout.write(f"{each['name']} {each['version']}: {ids}\n")
    sys.stdout.write(told(len(held) - len(skipped), len(skipped), len(found)))
    return 1 if found else 0


def packages(said: str) -> list[dict[str, Any]]:
    """Return what was said of each package; nothing where nothing was said."""
    try:
        held: list[dict[str, Any]] = json.loads(said)["dependencies"]
    except (json.JSONDecodeError, KeyError, TypeError):
        return []
    return held


def told(audited: int, skipped: int, found: int) -> str:
    """Return in a sentence what an audit came to."""
    if not audited:
        return "NOT AUDITED: the vulnerability service cannot be reached from here.\n"
    left = f" NOT AUDITED: {skipped}." if skipped else ""
    return f"Audited: {audited} packages, {found} of them with a known vulnerability.{left}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
