"""Do harm to the product, look, and print what came of it; any loss ends it with what was lost.

    python -m benchmarks.faults                       everything, as docs/faults.md has it
    python -m benchmarks.faults kills --times 100     one kind of harm, less often
    python -m benchmarks.faults writers --seconds 20 --on postgresql

About 40 minutes for everything on a quiet machine of two cores: 25 of them kills.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from statistics import quantiles

from sqlalchemy.engine import make_url

from benchmarks.faults import clocks, disk, kills, releases, restarts, writers
from benchmarks.faults.deeds import WRITES
from benchmarks.faults.kills import Tally
from benchmarks.faults.places import KINDS, Place, place, with_samples
from data_model.database import open_database
from inspect_app.settings import UPLOADS

WRITERS = {"sqlite": 8, "postgresql": 64}
SHARES = {"intake": 0.2, "release": 0.08, "command": 0.02, "server": 0.02}
"""Of all kills: how many fall into an intake, a release, the real command, the server itself."""


def kill(held: Place, asked: argparse.Namespace) -> None:
    """Kill the app while it saves, takes in and publishes; on PostgreSQL the server too."""
    address, times = with_samples(held), asked.times
    share = {name: max(1, round(times * of)) for name, of in SHARES.items()}
    writes = times - sum(share[name] for name in ("intake", "release", "command"))
    for how in kills.harms_of(held, address):
        number = writes if how == "the app" else share["server"]
        tally = kills.run(held, address, WRITES, number, longest=kills.LONGEST["writes"], how=how)
        _print_kills(held, f"{how}, while it saves", tally)
    longest = kills.LONGEST["intake"]
    tally = kills.run(held, address, ["intake"], share["intake"], longest=longest, how="the app")
    _print_kills(held, "the app, during intake", tally)
    held.drop(address)
    template = releases.approved(held)
    _print_kills(held, "the app, during release", releases.run(held, template, share["release"]))
    tally = releases.run(held, template, share["command"], as_command=True)
    _print_kills(held, "`inspect-app publish`", tally)


def _print_kills(held: Place, what: str, tally: Tally) -> None:
    print(
        f"{held.kind}: {tally.kills} times {what}: {tally.acknowledged} acknowledged, none lost; "
        f"{tally.kept + tally.undone} in the middle, of which {tally.kept} whole and "
        f"{tally.undone} not at all ({tally.seconds:.0f} s)",
        flush=True,
    )


def fill_the_disk(held: Place, _asked: argparse.Namespace) -> None:
    """Fill the disk, and make it read only, under an SQLite file."""
    if held.server or not disk.mountable():
        print(f"{held.kind}: no small disk can be mounted here, nothing tried")
        return
    template = Path(make_url(with_samples(held)).database or "")
    for fault in disk.FAULTS:
        tried = disk.with_sqlite(template, fault)
        for name, said in tried.refused.items():
            print(f"{held.kind}, disk {fault}: {name} refused: {said}")


def restart(held: Place, asked: argparse.Namespace) -> None:
    """Start PostgreSQL again and again while people write."""
    if held.cluster is None:
        return
    found = restarts.run(
        held.cluster, with_samples(held), writers=16, restarts=asked.restarts, pause=3
    )
    print(
        f"{held.kind}: {asked.restarts} restarts under 16 writers: {found.saves} saves, none lost; "
        f"{found.told.total()} times somebody was told ({', '.join(found.told) or 'nothing'}), "
        f"longest wait {found.longest:.1f} s"
    )


def write(held: Place, asked: argparse.Namespace) -> None:
    """Let many people write at once."""
    number = WRITERS[held.kind]
    found = writers.run(with_samples(held), number, asked.seconds)
    middle, late = quantiles(found.waits, n=20)[9], quantiles(found.waits, n=20)[18]
    kept = sum(found.done[what] for what in (*writers.SHARED, writers.OWN))
    print(
        f"{held.kind}: {number} writers for {asked.seconds:.0f} s: {kept} kept "
        f"({kept / asked.seconds:.0f} a second), {found.done.total() - kept} told that somebody "
        f"was first, no update lost; half took {middle:.2f} s, 95 % {late:.2f} s, the longest "
        f"{max(found.waits):.2f} s; told that the database is busy: {found.told.total()}"
    )


def turn_clock(held: Place, _asked: argparse.Namespace) -> None:
    """Move the clock back and ahead."""
    address = with_samples(held)
    with closing(open_database(address)) as database:
        found = clocks.run(database, turns=50)
    real = clocks.by_the_system(address, held.folder)
    print(
        f"{held.kind}: 200 saves by a clock that jumps: {found} events say an earlier time than "
        f"the one before; the trail holds. By `faketime`: {'the same' if real else 'not here'}"
    )


HARMS: dict[str, Callable[[Place, argparse.Namespace], None]] = {
    "kills": kill,
    "disk": fill_the_disk,
    "restarts": restart,
    "writers": write,
    "clock": turn_clock,
}


def main() -> int:
    """Do the harm that is asked for, on each kind of database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("harm", nargs="*", help=f"of {', '.join(HARMS)}; all")
    parser.add_argument("--on", choices=KINDS, action="append", help="which database; both")
    parser.add_argument("--times", type=int, default=1000, help="how many kills (1000)")
    parser.add_argument("--seconds", type=float, default=120, help="how long writers write (120)")
    parser.add_argument("--restarts", type=int, default=10, help="of PostgreSQL (10)")
    asked = parser.parse_args()
    # One reader here brings more files in a minute than anybody.
    os.environ.setdefault(UPLOADS.name, "100000")
    for kind in asked.on or KINDS:
        for name in asked.harm or HARMS:
            began = time.monotonic()
            with place(kind) as held:
                HARMS[name](held, asked)
            print(f"{kind}, {name}: {time.monotonic() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
