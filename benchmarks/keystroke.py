"""What does keeping a text while it is typed cost the server, next to writing it down at all?

Serves a page of thirty kept texts of one case, as the case form has them, on a real server with
the samples in a new SQLite file. Types into one of them over a websocket, as a browser does, and
prints for each text what the server works (the processor time of its process, all told) and how
long the answer takes on the way there and back, which is mostly waiting: for the disk, and for
Streamlit, which gathers what it sends. Beside it stand the service without a page, and the
baseline: one commit of the same text to a plain SQLite file on the same disk. All are measured
in the same run, and what the server works is held against the target.
"""

import json
import os
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from data_model.database import Database, create_database, open_database
from data_model.forms import CaseForm, checked
from data_model.wording import concerns
from inspect_app.services import cases, inspections, keeping, people, samples
from inspect_app.signed_in import SignedIn
from inspect_app.ui.kept_text import Kept, Note, kept_text

INSPECTION, LEAD, READER = "BRK-2025-AUDIT", "priya-lead", "marcus-inspector"
PARTS = ("reason", "strengths", "weaknesses")
PATHS = [f"findings.T{theme}.{part}" for theme in range(1, 11) for part in PARTS]
SENTENCE = "The plan names who follows him, where, and by when; it was reviewed twice. "
TURNS, WARM = 100, 10
DATABASE, CASE = "KEYSTROKE_DATABASE", "KEYSTROKE_CASE"
TARGET = 20.0


def keep(case: int, path: str, by: SignedIn, text: str, seen: str) -> Kept:
    """Keep a text as the case form does."""
    kept = keeping.keep(case, path, text, seen, by=by)
    held = str(kept.value or "")
    return Kept(held, kept.at, held if kept.clash else None)


def notes(text: str) -> list[Note]:
    """Point words out as the case form does."""
    return [Note(one.said, one.why, one.instead, one.quoted) for one in concerns(text)]


def draw() -> None:
    """Draw the page that is typed into."""
    case, database = int(os.environ[CASE]), open_database(os.environ[DATABASE])
    by = people.sign_in(READER, database)
    for path in PATHS:
        way = partial(keep, case, path, by)
        kept_text(path, key=path, kept="", keep=way, owner=READER, lines=4, notes=notes)


def prepared(address: str) -> tuple[Database, int]:
    """Return a database with the samples, and a new case in it."""
    database = create_database(address)
    samples.load(database)
    inspections.reopen(INSPECTION, "A file was found.", by=people.sign_in(LEAD, database))
    form = checked(CaseForm, {"reference": "BRK-C77", "kind": "both"})
    return database, cases.begin(INSPECTION, form, by=people.sign_in(READER, database))


@contextmanager
def serving(address: str, case: int) -> Iterator[tuple[str, int]]:
    """Serve the page, and give the address of its websocket and the number of its process."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{found.getsockname()[1]}"
    options = [f"--server.port={place.rpartition(':')[2]}", "--server.fileWatcherType=none"]
    config = Path(__file__).parents[1] / "inspect_app"  # where the product's own settings are
    command = [sys.executable, "-m", "streamlit", "run", __file__, *options]
    environment = {
        **os.environ,
        DATABASE: address,
        CASE: str(case),
        "PYTHONPATH": str(config.parent),
    }
    served = subprocess.Popen(command, cwd=config, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        wait(f"http://{place}/_stcore/health")
        yield f"ws://{place}/_stcore/stream", served.pid
    finally:
        served.terminate()
        served.wait()


def wait(address: str) -> None:
    """Wait until a server answers."""
    for _attempt in range(300):
        try:
            urllib.request.urlopen(address, timeout=2).close()  # noqa: S310
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(address)


class Typist:
    """A browser, as far as the server can tell, that types into the first text of the page."""

    def __init__(self, stream: ClientConnection) -> None:
        """Open the page and find the text area."""
        self.stream = stream
        self.seen = ""
        self.sent = 0
        area = next(m for m in self.answers(ClientState()) if told(m))
        component = area.delta.new_element.bidi_component
        self.fragment = area.delta.fragment_id
        self.events = f"$$STREAMLIT_INTERNAL_KEY_{component.id}__events"

    def answers(self, asked: ClientState) -> list[ForwardMsg]:
        """Ask for a drawing, and return what the server says until it is done."""
        self.stream.send(BackMsg(rerun_script=asked).SerializeToString())
        said: list[ForwardMsg] = []
        while not said or said[-1].WhichOneof("type") != "script_finished":
            said.append(ForwardMsg.FromString(bytes(self.stream.recv())))  # type: ignore[arg-type]
        return said

    def type(self, text: str) -> None:
        """Send a text, and see that it was kept."""
        self.sent += 1
        value = {"number": f"b-{self.sent}", "text": text, "seen": self.seen}
        event = json.dumps([{"event": "sent", "value": value}])
        widgets = WidgetStates(widgets=[WidgetState(id=self.events, json_trigger_value=event)])
        asked = ClientState(widget_states=widgets, fragment_id=self.fragment)
        kept = next(data for message in self.answers(asked) if (data := told(message)))
        if (kept["heard"], kept["kept"]) != (value["number"], text):
            raise RuntimeError("the text was not kept")
        self.seen = text


def told(message: ForwardMsg) -> dict[str, Any] | None:
    """Return what a message tells a text area, if it is for one."""
    component = message.delta.new_element.bidi_component
    if message.WhichOneof("type") != "delta" or not component.js_content:
        return None
    data: dict[str, Any] = json.loads(component.json)
    return data if "kept" in data else None


def typed() -> list[str]:
    """Return a text as it grows, at a pause after each of its words."""
    words = (SENTENCE * 10).split()
    return [" ".join(words[: end + 1]) for end in range(TURNS)]


@dataclass(frozen=True)
class Cost:
    """Milliseconds for each text: worked by the processor, and passed on the clock."""

    worked: float
    passed: float
    worst: float

    def line(self, name: str, plain: "Cost") -> str:
        """Return this in a row, next to the baseline."""
        times = f"{self.worked:9.2f} {self.passed:9.2f} {self.worst:9.2f}"
        return f"{name:<26}{times} {self.passed / plain.passed:8.1f} x"


def processor(process: int) -> float:
    """Return the milliseconds that a process has worked so far, as Linux counts them."""
    held = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return 1000 * (int(held[11]) + int(held[12])) / os.sysconf("SC_CLK_TCK")


def timed(work: Callable[[str], object], process: int) -> Cost:
    """Return what each text costs in a process, but for the first few."""
    for text in typed()[:WARM]:
        work(text)
    passed, worked = [], processor(process)
    for text in typed()[WARM:]:
        began = perf_counter()
        work(text)
        passed.append(1000 * (perf_counter() - began))
    worked = (processor(process) - worked) / len(passed)
    return Cost(worked, median(passed), max(passed))


def one_commit(file: Path) -> Callable[[str], object]:
    """Return what writes a text to a plain SQLite file: the baseline."""
    plain = sqlite3.connect(file)
    plain.execute("CREATE TABLE texts (key INTEGER PRIMARY KEY, text TEXT)")

    def commit(text: str) -> None:
        with plain:
            plain.execute("INSERT OR REPLACE INTO texts VALUES (1, ?)", (text,))

    return commit


def service(case: int, by: SignedIn) -> Callable[[str], object]:
    """Return what keeps a text without any page."""
    held = [""]

    def kept(text: str) -> None:
        held[0] = keep(case, PATHS[1], by, text, held[0]).text

    return kept


def saves(address: str, case: int) -> Cost:
    """Return what it costs the server to keep what is typed."""
    with serving(address, case) as (place, process):
        ours = [Subprotocol("streamlit")]
        with connect(place, subprotocols=ours, max_size=None) as stream:
            return timed(Typist(stream).type, process)


def main() -> None:
    """Print what a pause in typing costs."""
    with tempfile.TemporaryDirectory() as folder:
        address = f"sqlite:///{(Path(folder) / 'samples.db').as_posix()}"
        database, case = prepared(address)
        whole = saves(address, case)
        alone = timed(service(case, people.sign_in(READER, database)), os.getpid())
        database.close()
        plain = timed(one_commit(Path(folder) / "plain.db"), os.getpid())
    print(f"{'milliseconds for each text':<26}{'worked':>9} {'passed':>9} {'worst':>9}")
    print(plain.line("one plain SQLite commit", plain))
    print(alone.line("the service alone", plain))
    print(whole.line("a keystroke save", plain))
    print(f"{'kept' if whole.worked < TARGET else 'MISSED'}: under {TARGET:.0f} ms of work")


if __name__ == "__main__":
    draw() if CASE in os.environ else main()
