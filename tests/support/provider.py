"""A real OpenID provider on this machine, with the people that a test gives it."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from inspect_app import sign_in_settings
from tests.support import app_server

CLIENT = "inspection-evidence"


@dataclass(frozen=True)
class Provider:
    """A provider that runs: told who somebody is, it says so to whoever asks."""

    address: str

    def says(self, subject: str, **claims: object) -> None:
        """Have it claim this of a person from now on."""
        request = urllib.request.Request(  # noqa: S310 - our own address
            f"{self.address}/users/{subject}",
            data=json.dumps(claims).encode(),
            headers={"Content-Type": "application/json"},
            method="PUT",
        )
        urllib.request.urlopen(request, timeout=10).close()  # noqa: S310

    def settings(self, app: str, **more: str) -> dict[str, str]:
        """Return the settings of an app, served at an address, that signs in here."""
        return {
            sign_in_settings.ISSUER: self.address,
            sign_in_settings.CLIENT_ID: CLIENT,
            sign_in_settings.CLIENT_SECRET: "a secret of the test",
            sign_in_settings.REDIRECT: f"{app}{sign_in_settings.CALLBACK}",
            sign_in_settings.COOKIE_SECRET: "a cookie secret of the test, long enough",
            **more,
        }


@contextmanager
def running(log: Path) -> Iterator[Provider]:
    """Run a provider, which writes what it does to a file, in a process of its own."""
    port = app_server._free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port)]
    with log.open("wb") as written:
        process = subprocess.Popen(command, stdout=written, stderr=written)
        try:
            app_server._wait(address, process, "/.well-known/openid-configuration")
            yield Provider(address)
        finally:
            process.terminate()
            process.wait(timeout=app_server.PATIENCE)
