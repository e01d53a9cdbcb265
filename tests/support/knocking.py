"""Bring every hostile file to every door, in a process of its own with little memory to lose.

Run with the address of a copy of the samples; prints a line of JSON before and after each file.
"""

import gc
import json
import re
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from data_model.database import open_database
from inspect_app.errors import Refusal
from tests.support.doors import Door, doors
from tests.support.hostile import ATTACKS

MEGABYTE = 1_000_000
MAY_GROW_BY = 1_500 * MEGABYTE
STATUS, FORGET = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def main(address: str) -> None:
    """Try everything, and say what became of it."""
    database = open_database(address)
    held = doors(database)
    for door in held.values():
        with suppress(Refusal):
            door.take("good.xlsx", door.good)
    _limit_memory()
    gc.collect()
    gc.freeze()
    with closing(sqlite3.connect(database.url.database or "")) as watch:
        for name, door in held.items():
            for attack in ATTACKS:
                _say(door=name, attack=attack)
                _say(door=name, attack=attack, **_tried(door, attack, watch))
    database.close()


def _tried(door: Door, attack: str, watch: sqlite3.Connection) -> dict[str, Any]:
    data = ATTACKS[attack].make(door.good)
    gc.collect()
    _forget_peak()
    before, size, began = _version(watch), _memory("VmRSS"), time.process_time()
    came = _brought(door, ATTACKS[attack].name, data)
    seconds, grew = time.process_time() - began, _memory("VmHWM") - size
    return {**came, "seconds": seconds, "grew": grew, "changed": _version(watch) != before}


def _version(watch: sqlite3.Connection) -> int:
    """Return how many events there are: nothing is changed without one but the count of files."""
    return int(watch.execute("SELECT count(*) FROM audit_event").fetchone()[0])


def _brought(door: Door, name: str, data: bytes) -> dict[str, Any]:
    try:
        door.take(name, data)
    except Refusal as refusal:
        return {"became": "refused", "summary": refusal.summary, "advice": refusal.advice}
    except BaseException as problem:  # noqa: BLE001 - whatever it is, the test names it
        return {"became": f"{type(problem).__name__}: {str(problem)[:200]}"}
    return {"became": "read"}


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource  # not on every system

        most = _memory("VmSize") + MAY_GROW_BY
        if STATUS.exists():
            resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _memory(what: str) -> int:
    """Return a figure of this process in bytes; 0 where the system does not tell."""
    told = STATUS.read_text() if STATUS.exists() else ""
    found = re.search(rf"^{what}:\s+(\d+) kB", told, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def _forget_peak() -> None:
    with suppress(OSError):
        FORGET.write_text("5")


def _say(**told: object) -> None:
    print(json.dumps(told), flush=True)  # noqa: T201 - how the test is told


def told(lines: Iterator[str]) -> dict[tuple[str, str], dict[str, Any]]:
    """Return what became of each file at each door, from what was printed."""
    held: dict[tuple[str, str], dict[str, Any]] = {}
    for line in lines:
        said = json.loads(line)
        held[said["door"], said["attack"]] = said
    return held


if __name__ == "__main__":
    main(sys.argv[1])
