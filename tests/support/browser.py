"""Find a Chromium that the journeys can drive, get one where there is none, or say what to do."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support.installing import attempt, from_debian, is_root, outcome

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Playwright

VARIABLE = "INSPECT_APP_BROWSER"
NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
MAC_NAMES = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS_FOLDERS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
WINDOWS_NAMES = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)
# A browser under test asks nobody but the server under test.
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
ADVICE = """No browser for the tests was found, and none could be installed. What was tried:
{tried}
Install Chromium, Google Chrome or Microsoft Edge (on Debian: apt-get install chromium),
or set {variable} to the path of one that you have, and run `make browser` again."""


class BrowserMissingError(RuntimeError):
    """There is no browser here, and none could be had."""


def ensure() -> Path:
    """The browser's path, after installing one if that is what it takes."""
    tried: list[str] = []
    for source in (_already_here, _from_debian, _from_playwright):
        if found := source(tried):
            return found
    raise BrowserMissingError(_advice(tried))


def find() -> Path:
    """The browser's path, if there is one on this machine already."""
    tried: list[str] = []
    if found := _already_here(tried):
        return found
    raise BrowserMissingError(_advice(tried))


def launch(playwright: "Playwright") -> "Browser":
    """A headless browser for one test run."""
    return playwright.chromium.launch(executable_path=find(), args=arguments())


def arguments() -> list[str]:
    """How to start it: quietly, and without the sandbox where root's own rules forbid one."""
    return [*QUIET, "--no-sandbox"] if is_root() else list(QUIET)


def _advice(tried: list[str]) -> str:
    return ADVICE.format(tried="\n".join(f"  - {each}" for each in tried), variable=VARIABLE)


def _already_here(tried: list[str]) -> Path | None:
    if named := os.environ.get(VARIABLE):
        return _named(Path(named))
    for path in _candidates():
        if _works(path):
            return path
        tried.append(f"{path} is there, but does not start")
    tried.append(f"{', '.join(NAMES)} on PATH, the usual folders, and Playwright's own")
    return None


def _named(path: Path) -> Path:
    if _works(path):
        return path
    raise BrowserMissingError(_advice([f"{VARIABLE} is {path}, which does not start"]))


def _candidates() -> Iterator[Path]:
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    yield from (path for path in _usual_places() if path.exists())
    if (own := _playwright_own()) and own.exists():
        yield own


def _usual_places() -> Iterator[Path]:
    for name in MAC_NAMES:
        yield Path(f"/Applications/{name}.app/Contents/MacOS/{name}")
    for variable in WINDOWS_FOLDERS:
        if folder := os.environ.get(variable):
            yield from (Path(folder) / name for name in WINDOWS_NAMES)


def _playwright_own() -> Path | None:
    # In a process of its own: a test that asks may already be running Playwright in this one.
    script = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
    )
    done = attempt([sys.executable, "-c", script])
    return Path(done.stdout.strip()) if done.returncode == 0 and done.stdout.strip() else None


def _works(path: Path) -> bool:
    """Whether it starts; on Windows asking for a version opens a window, so being there will do."""
    if os.name == "nt":
        return path.exists()
    return path.exists() and attempt([str(path), "--version"]).returncode == 0


def _from_debian(tried: list[str]) -> Path | None:
    tried.append(from_debian("chromium"))
    return _already_here([])


def _from_playwright(tried: list[str]) -> Path | None:
    install = [sys.executable, "-m", "playwright", "install", "chromium"]
    done = attempt(install, seconds=1800)
    tried.append(f"playwright install chromium: {outcome(done)}")
    return _already_here([]) if done.returncode == 0 else None


def main() -> int:
    """Print where the browser is, or what to do about there being none."""
    try:
        print(ensure())
    except BrowserMissingError as missing:
        print(missing, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
