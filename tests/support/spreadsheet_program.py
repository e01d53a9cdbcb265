"""LibreOffice, to open a workbook and save it again as a person's machine would."""

import shutil
from pathlib import Path

from tests.support.installing import attempt, from_debian

FILTER = "xlsx:Calc MS Excel 2007 XML"


class SpreadsheetProgramMissingError(RuntimeError):
    """There is no LibreOffice here, and none could be had."""


def ensure() -> str:
    """Return the command that starts it, after installing it if that is what it takes."""
    if found := shutil.which("soffice"):
        return found
    tried = from_debian("libreoffice-calc", "--no-install-recommends")
    if found := shutil.which("soffice"):
        return found
    raise SpreadsheetProgramMissingError(f"Install LibreOffice Calc. What was tried: {tried}")


def saved_again(program: str, data: bytes, folder: Path) -> bytes:
    """Return a workbook as the program saves it; `folder` is empty and ours."""
    before, after = folder / "before.xlsx", folder / "saved"
    before.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", FILTER, "--outdir", str(after)]
    done = attempt([*command, str(before)], seconds=240)
    written = after / before.name
    if not written.exists():
        raise AssertionError(f"LibreOffice wrote nothing: {done.stderr}")
    return written.read_bytes()
