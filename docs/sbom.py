"""Write what the app is made of as CycloneDX 1.6, from the lock that it is installed by.

The same lock gives the same file: it names no time, no machine and no registry. Run
`python docs/sbom.py [FILE]`, or `make sbom`.
"""

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "requirements" / "runtime.lock"
PIN = re.compile(r"(?P<name>[\w.-]+)==(?P<version>[^\s;\\]+)(?:\s*;\s*(?P<marker>[^\\]+?))?\s*\\?$")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def bill() -> dict[str, Any]:
    """Return the bill of materials: every locked package, with the hashes of its files."""
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    component = {
        "type": "application",
        "bom-ref": about["name"],
        "name": about["name"],
        "version": about["version"],
        "description": about["description"],
    }
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": component},
        "components": list(components(LOCK.read_text(encoding="utf-8"))),
    }


def components(lock: str) -> Iterator[dict[str, Any]]:
    """Yield each package of a lock, in its order."""
    for pinned in re.split(r"\n(?=\S)", lock.strip()):
        found = PIN.match(pinned.split("\n")[0])
        if found is None:
            continue
        url = f"pkg:pypi/{found['name']}@{found['version']}"
        told = {"name": "python:marker", "value": found["marker"]} if found["marker"] else None
        hashes = [{"name": "lock:sha256", "value": each} for each in HASH.findall(pinned)]
        yield {
            "type": "library",
            "bom-ref": url,
            "name": found["name"],
            "version": found["version"],
            "purl": url,
            "properties": [*([told] if told else []), *hashes],
        }


def written() -> str:
    """Return the bill as the text of a file."""
    return json.dumps(bill(), indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    if sys.argv[1:]:
        Path(sys.argv[1]).write_text(written(), encoding="utf-8")
    else:
        sys.stdout.write(written())
