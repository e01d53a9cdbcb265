"""Two processes of the app and PostgreSQL behind nginx, as `deploy/` has them, tried in a browser.

Run `python benchmarks/behind_nginx.py` from the repository's root; it needs nginx, and takes what
the tests take for PostgreSQL and Chromium. The configuration is that of `deploy/nginx`, with its
marked lines changed for a folder of this run's own. Each line printed was seen; the first that is
not as it should be ends the run with an error.
"""

import gzip
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from data_model.database import create_database, open_database  # noqa: E402
from inspect_app.services import cases, people, samples  # noqa: E402
from tests.support import browser, postgres  # noqa: E402
from tests.support.proxy import PATIENCE, Place, asked, free_ports, proxied  # noqa: E402

READER = "gwenllian-elsewhere"
FIRST = "The chronology names each adult and where they took him. "
SECOND = "Nobody asked the keeper of the vehicle. "
THIRD = "She was not told what came of it."
CANARIES = ("chronology", "vehicle", "gwenllian", "prys", "cwm-c")
MILLISECONDS = 60_000


def started(place: Place, port: int, settings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """Start one process of the app, and wait until it is ready."""
    command = [sys.executable, "-m", "inspect_app", "serve", "--port", str(port)]
    health = free_ports(1)[0]
    with place.log(port).open("ab") as log:
        process = subprocess.Popen(  # noqa: S603
            [*command, "--health-port", str(health)],
            env={**os.environ, **settings, "PYTHONPATH": str(ROOT)},
            cwd=place.folder,
            stdout=log,
            stderr=log,
        )
    for url in (f"http://127.0.0.1:{health}/readyz", f"http://127.0.0.1:{port}/_stcore/health"):
        _wait(url, process)
    return process


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise TimeoutError(f"{url} did not answer")


def seen(what: str, holds: object) -> None:
    """Print what was seen; raises SystemExit where it was not."""
    if not holds:
        sys.exit(f"NOT SEEN: {what}")
    print(f"seen: {what}", flush=True)


def check_edges(place: Place) -> None:
    """Ask for what the proxy itself is to do, without a browser."""
    status, headers, _body = asked(place, "/")
    seen("the app answers through the proxy", status == 200)
    seen("HSTS and no framing", headers["Strict-Transport-Security"] and headers["X-Frame-Options"])
    cookie = headers["Set-Cookie"]
    seen("the route's cookie is Secure and HttpOnly", "Secure" in cookie and "HttpOnly" in cookie)
    for path in ("/_stcore/metrics", "/metrics", "/readyz", "/healthz"):
        seen(f"{path} is not for the public", asked(place, path)[0] == 404)
    script = re.search(rb'src="\.?(/static/[^"]+\.js)"', asked(place, "/")[2])
    assert script, "the page names no script"  # noqa: S101
    path = script[1].decode()
    plain, packed = (asked(place, path, **{"Accept-Encoding": e}) for e in ("identity", "gzip"))
    same = gzip.decompress(packed[2]) == plain[2]
    seen(f"gzip: {len(plain[2]):,} bytes become {len(packed[2]):,}", same and packed[2] != plain[2])
    status, headers, body = asked(place, "/releases/")
    seen("the shelf is served as files", (status, body) == (200, b"published"))
    policy = headers["Content-Security-Policy"]
    seen("with a content security policy", "default-src 'none'" in policy)
    outside = asked(place, "/releases/..%2f..%2fetc/passwd")[0]
    seen("nothing outside the shelf is served", outside in {400, 404})
    said = Counter(asked(place, "/auth/login")[0] for _try in range(40))
    seen(f"sign-in is limited: {dict(said)}", said[429] > 0)
    uploads = Counter(asked(place, "/_stcore/upload_file/x/y")[0] for _try in range(60))
    seen(f"uploads are limited: {dict(uploads)}", uploads[429] > 0)


def check_sticky(place: Place) -> None:
    """See that a browser's route leads to one process, and that browsers are shared out."""
    (place.folder / "access.log").write_text("", encoding="utf-8")
    for number in range(16):
        for _again in range(3):
            asked(place, "/_stcore/health", Cookie=f"inspect_route={number:032x}")
    time.sleep(1)
    lines = (place.folder / "access.log").read_text(encoding="utf-8").split("\n")
    upstreams = [line.split()[-1] for line in lines if "/_stcore/health" in line]
    browsers = [set(upstreams[first : first + 3]) for first in range(0, len(upstreams), 3)]
    shared = Counter(next(iter(each)) for each in browsers)
    seen(f"each browser stays with one process: {dict(shared)}", all(len(b) == 1 for b in browsers))
    seen("and both processes have some", len(shared) == 2)


def _opened(place: Place, tab: Page, case: int) -> Page:
    tab.goto(f"{place.address}/case-review?case={case}")
    tab.get_by_text("Gwenllian Prys").first.click()
    tab.get_by_role("button", name="Sign in").click()
    tab.get_by_role("tab", name="Findings", exact=True).click()
    return tab


def _route(place: Place, processes: Mapping[int, subprocess.Popen[bytes]]) -> int:
    """Return the port of the process that the browser's websocket was last handed to."""
    pages = {p: place.log(p).read_text(encoding="utf-8").count("page-run") for p in processes}
    return max(pages, key=pages.__getitem__)


def check_draft(place: Place, database: str, processes: dict[int, subprocess.Popen[bytes]]) -> None:
    """Write in a browser, kill the process behind it, and go on with the other one."""
    held = open_database(database)
    reader = people.sign_in(READER, held)
    case = next(line.id for line in cases.mine(by=reader) if line.reference == "CWM-C11")
    with sync_playwright() as playwright:
        running = browser.launch(playwright)
        window = running.new_context(ignore_https_errors=True)
        window.set_default_timeout(MILLISECONDS)
        tab = _opened(place, window.new_page(), case)
        cookies = {each["name"]: each for each in window.cookies()}
        secure = all(each["secure"] for each in cookies.values())
        seen(f"every cookie is Secure: {sorted(cookies)}", secure)
        reason = tab.get_by_role("textbox", name="Reason")
        expect(reason).to_be_visible(timeout=MILLISECONDS)
        reason.press_sequentially(FIRST, delay=10)
        tab.wait_for_timeout(3000)
        kept = cases.view(case, by=reader).now["T2"]["reason"]
        seen("what is typed is kept in PostgreSQL", kept == FIRST)
        port = _route(place, processes)
        reason.press_sequentially(SECOND, delay=5)
        processes[port].send_signal(signal.SIGKILL)
        processes[port].wait()
        began = time.monotonic()
        # The other process does not know this session: with a provider a cookie signs the
        # person in again, in the demonstration they choose themselves once more.
        again = _opened(place, tab, case)
        field = again.get_by_role("textbox", name="Reason")
        expect(field).to_have_value(FIRST + SECOND, timeout=MILLISECONDS)
        seconds = time.monotonic() - began
        seen(f"process {port} was killed; the draft went on elsewhere in {seconds:.0f} s", port)
        field.press_sequentially(THIRD, delay=5)
        again.wait_for_timeout(4000)
        kept = cases.view(case, by=reader).now["T2"]["reason"]
        seen("and all that was typed is kept in PostgreSQL", kept == FIRST + SECOND + THIRD)
        running.close()
    held.close()


def check_logs(place: Place) -> None:
    """See that every line of the processes' logs is JSON, and holds nothing of anybody."""
    texts = [place.log(port).read_text(encoding="utf-8") for port in place.apps]
    lines = [line for text in texts for line in text.split("\n") if line.startswith("{")]
    runs = [held for held in map(json.loads, lines) if held.get("event") == "page-run"]
    seen(f"the logs hold {len(runs)} page runs", runs)
    both = "\n".join(texts).lower()
    seen("and no name, reference or word", not [each for each in CANARIES if each in both])


def main() -> None:
    """Set everything up in a folder of its own, try it, and leave nothing behind."""
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="behind-nginx-")))
        folder.chmod(0o755)
        https, plain, *apps = free_ports(4)
        place = Place(folder, https, plain, (apps[0], apps[1]))
        (folder / "files").mkdir()
        (folder / "shelf").mkdir()
        (folder / "shelf" / "index.html").write_text("published", encoding="utf-8")
        database = held.enter_context(postgres.server()).new_database()
        settings = {
            "INSPECT_APP_DATABASE": database,
            "INSPECT_APP_FILES": str(folder / "files"),
            "INSPECT_APP_SHELF": str(folder / "shelf"),
        }
        os.environ.update(settings)
        loaded = create_database(database)
        samples.load(loaded)
        loaded.close()
        processes = {port: started(place, port, settings) for port in place.apps}
        for process in processes.values():
            held.callback(process.kill)
        held.enter_context(proxied(place))
        check_draft(place, database, processes)
        port = next(p for p, process in processes.items() if process.poll() is not None)
        processes[port] = started(place, port, settings)
        held.callback(processes[port].kill)
        seen(f"process {port} is back and ready", True)  # noqa: FBT003
        time.sleep(6)
        check_sticky(place)
        check_edges(place)
        check_logs(place)


if __name__ == "__main__":
    main()
