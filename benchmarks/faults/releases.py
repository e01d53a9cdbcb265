"""Is a release whole, or not there, when the process that draws it up or publishes it is killed?

Each time on a new copy of a database with an approved release: it is published, then
another is drawn up. After the kill, every release on the shelf must verify; publishing again must
finish what was begun; and the shelf must be what the database and its trail say.
"""

import random
import subprocess
import sys
import time
from multiprocessing.connection import Connection

from sqlalchemy import select

from benchmarks.faults.kills import Heard, LostError, Tally
from benchmarks.faults.places import FORKS, Place, done, forked, with_samples
from data_model.database import Database, open_database
from data_model.records import Release
from data_model.vocabulary import ReleaseStatus
from inspect_app.publishing.shelf_entries import RELEASES
from inspect_app.publishing.shelf_verification import verify_shelf
from inspect_app.publishing.verification import verify
from inspect_app.services import people, release, release_shelf, release_steps, trail
from tests.support.looking import every_row_of
from tests.support.releasing import APPROVER, JOINT, PUBLISHER, SAMPLE

PUBLISHING, DRAWING_UP = "publishing", "drawing up"


def approved(held: Place) -> str:
    """Return the address of a database whose sample release is approved."""
    address = with_samples(held)
    done(_approve, address)
    return address


def _approve(address: str) -> None:
    database = open_database(address)
    release_steps.approve(SAMPLE, by=people.acting(APPROVER, database))
    database.close()


def work(address: str, pipe: Connection) -> None:
    """Publish the release, then draw another up, saying so."""
    database = open_database(address)
    by = people.acting(PUBLISHER, database)
    pipe.send(("begun", PUBLISHING))
    release_steps.publish(SAMPLE, by=by)
    pipe.send(("done", PUBLISHING))
    pipe.send(("begun", DRAWING_UP))
    release.draw_up(JOINT, by=by)
    pipe.send(("done", DRAWING_UP))


def command(address: str) -> list[str]:
    """Return the command that publishes the release, as a person would give it."""
    return [
        sys.executable, "-m", "inspect_app", "publish", str(SAMPLE),
        "--as", PUBLISHER, "--database", address,
    ]  # fmt: skip


def seconds(held: Place, template: str) -> float:
    """Return how long it takes when nobody is killed."""
    address, began = held.copy(template), time.monotonic()
    ours, theirs = FORKS.Pipe(duplex=False)
    forked(work, address, theirs).join()
    taken = time.monotonic() - began
    ours.close()
    held.drop(address)
    return taken


def killed(address: str, after: float) -> Heard:
    """Let a process publish for so many seconds, kill it, and return what it had said by then."""
    ours, theirs = FORKS.Pipe(duplex=False)
    process, heard = forked(work, address, theirs), Heard()
    theirs.close()
    heard.hear(ours)
    time.sleep(after)
    process.kill()
    process.join()
    heard.hear_all(ours)
    return heard


def killed_command(address: str, after: float) -> Heard:
    """Kill the real command after so many seconds; it is acknowledged if it had ended by then."""
    process = subprocess.Popen(command(address), stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        ended = process.wait(timeout=after)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return Heard(begun=PUBLISHING)
    if ended:
        raise LostError(f"the command ended with {ended}")
    heard = Heard()
    heard.done[PUBLISHING] = 1
    return heard


def run(held: Place, template: str, times: int, *, as_command: bool = False) -> Tally:
    """Kill so many publications, look after each, and return the tally."""
    tally, began, chance = Tally(), time.monotonic(), random.Random(times)
    longest = seconds(held, template) * (1.5 if as_command else 1)
    kill = killed_command if as_command else killed
    for _time in range(times):
        address = held.copy(template)
        heard = kill(address, chance.uniform(0, longest))
        held.settle(address)
        tally.add({PUBLISHING: 0, DRAWING_UP: 0}, heard, _stand(address))
        done(finish, address)
        held.drop(address)
    tally.seconds = time.monotonic() - began
    return tally


def _stand(address: str) -> dict[str, int]:
    database = open_database(address)
    with every_row_of(database).reading() as session:
        held = session.scalars(select(Release).order_by(Release.id)).all()
        public = [each for each in held if each.status is ReleaseStatus.PUBLISHED]
        broken = trail.first_broken(session)
    database.close()
    if broken:
        raise LostError(f"the trail is broken at event {broken}")
    return {PUBLISHING: len(public), DRAWING_UP: len(held) - 1}


def finish(address: str) -> None:
    """Look at the shelf as it was left, ask for the publication again, and look at it whole."""
    database = open_database(address)
    for folder in (each for each in (database.shelf / RELEASES).glob("[0-9]*") if each.is_dir()):
        verify(folder)
    by = people.acting(PUBLISHER, database)
    release_steps.publish(SAMPLE, by=by)
    _check_shelf(database)
    database.close()


def _check_shelf(database: Database) -> None:
    entries = verify_shelf(database.shelf).entries
    by = people.operator(database)
    if release_shelf.against_trail(entries, by=by) != 1:
        raise LostError(f"one release was published, and {len(entries)} are on the shelf")
    release_shelf.all_there(entries, by=by)
