"""200 people at once: how much longer do they wait than on a page that does nothing?

    python -m benchmarks.load                          200 people; about 6 minutes
    python -m benchmarks.load --people 25 100 200 400  how waiting and memory grow; 20 minutes

Of 200 people 120 record: each changes a field of a case of their own and it is kept; 60 read
scorecards and 20 are directors. Each acts every ten seconds on average. They come through nginx to
two processes of the app and PostgreSQL, all on this machine. First, on the same machine, as many
do as much on a page with a title and a choice. At the end every recorder's case is read back.
"""

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path
from statistics import quantiles

from benchmarks.load.crowd import Waits, late, on_app, on_bare, prepare, read_back, with_samples
from benchmarks.load.served import serving
from tests.support.postgres_cluster import cluster


def main() -> int:
    """Print what each number of people waited, on the bare page and in the app."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[200])
    parser.add_argument("--seconds", type=float, default=90, help="of each load (90)")
    asked = parser.parse_args()
    wrong = False
    with cluster() as server, tempfile.TemporaryDirectory() as place:
        url, folder = server.server.new_database(), Path(place)
        folder.chmod(0o777)
        with_samples(url)
        held = prepare(url, max(asked.people))
        for number in asked.people:
            with serving(folder, None) as (address, processes):
                bare = asyncio.run(on_bare(address, number, asked.seconds, processes))
            with serving(folder, url) as (address, processes):
                app = asyncio.run(on_app(address, number, asked.seconds, processes, held))
            there = read_back(url, held, app)
            _print(number, bare, app, there)
            wrong = wrong or bool(app.wrong)
    return int(wrong)


def _print(number: int, bare: Waits, app: Waits, there: int) -> None:
    first, second = late(bare.all()), late(app.all())
    print(f"{number} people: bare p95 {1000 * first:.0f} ms of {len(bare.all())} interactions")
    for kind, waits in app.by_kind.items():
        middle = quantiles(waits, n=2)[0] if len(waits) > 1 else waits[0]
        print(
            f"  {kind}: half within {1000 * middle:.0f} ms, 95 % within {1000 * late(waits):.0f} ms"
            f" of {len(waits)}"
        )
    print(
        f"  the app p95 {1000 * second:.0f} ms: {second / first:.2f} times the bare page; "
        f"{app.a_session(number):.2f} MB a session; "
        f"{there} of {len(app.kept)} drafts read back as shown; {len(app.wrong)} errors",
        *app.wrong[:3],
        sep="\n  ",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
