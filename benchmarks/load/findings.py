"""Do people wait longer with 1,000,000 findings ever read than with 10,000?

    python -m benchmarks.load.findings                 40 people on each; about 8 minutes

Two SQLite files are made as `benchmarks/first_paint.py` makes them, the app is served on each, and
the same crowd uses both, in turns. Asked for: a ratio of at most 1.3.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from benchmarks.first_paint import Size, made
from benchmarks.load.crowd import late, on_app, prepare
from benchmarks.load.served import serving

SIZES = (Size("few", 10_000, 1), Size("many", 1_000_000, 40))
TURNS = 2


def main() -> int:
    """Print what 95 % of the waits stayed within on both files, and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=60, help="of each load (60)")
    asked = parser.parse_args()
    waits: dict[str, list[float]] = {size.name: [] for size in SIZES}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        addresses = {size.name: f"sqlite:///{made(size, folder)}" for size in SIZES}
        held = {name: prepare(address, asked.people) for name, address in addresses.items()}
        for _turn in range(TURNS):
            for name, database in addresses.items():
                with serving(folder, database) as (address, processes):
                    crowd = on_app(address, asked.people, asked.seconds, processes, held[name])
                    found = asyncio.run(crowd)
                waits[name] += found.all()
                print(f"{name}: {len(found.all())} interactions, {len(found.wrong)} errors")
    few, many = late(waits["few"]), late(waits["many"])
    print(
        f"p95: few {1000 * few:.0f} ms, many {1000 * many:.0f} ms: {many / few:.2f} (at most 1.3)"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
