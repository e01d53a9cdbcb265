"""The shipped nginx configuration, run on this machine for a benchmark or a test."""

import shutil
import socket
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme

CONFIGURATION = Path(__file__).parents[2] / "deploy" / "nginx" / "inspection-evidence.conf"
NGINX = shutil.which("nginx") or "/usr/sbin/nginx"
PATIENCE = 90


@dataclass(frozen=True)
class Place:
    """Where everything of this run is: a folder, ports, and the address of the proxy."""

    folder: Path
    https: int
    plain: int
    apps: tuple[int, int]

    @property
    def address(self) -> str:
        """Where a person finds the app."""
        return f"https://localhost:{self.https}"

    def log(self, port: int) -> Path:
        """Where a process's log goes."""
        return self.folder / f"{port}.log"


def free_ports(count: int) -> list[int]:
    """Return ports of this machine that nothing listens on."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _port in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]


def configured(place: Place) -> str:
    """Return the shipped configuration with its marked lines changed for this run."""
    one, two = place.apps
    changes = {
        "127.0.0.1:8501": f"127.0.0.1:{one}",
        "127.0.0.1:8502": f"127.0.0.1:{two}",
        "listen 80;": f"listen 127.0.0.1:{place.plain};",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{place.https} ssl http2;",
        "evidence.example": "localhost",
        "/etc/ssl/inspection-evidence": str(place.folder),
        "/var/lib/inspection-evidence/shelf/": f"{place.folder}/shelf/",
        "/var/log/nginx/inspection-evidence.log": f"{place.folder}/access.log",
        "Host $host;": "Host $http_host;",
    }
    text = CONFIGURATION.read_text(encoding="utf-8")
    for shipped, here in changes.items():
        if shipped not in text:
            raise LookupError(f"deploy/nginx no longer says {shipped!r}")
        text = text.replace(shipped, here)
    return (
        f"pid {place.folder}/nginx.pid; error_log {place.folder}/error.log;\n"
        "events { worker_connections 1024; }\n"
        "http { include /etc/nginx/mime.types; default_type application/octet-stream;\n"
        f"{text}\n}}\n"
    )


@contextmanager
def proxied(place: Place) -> Iterator[None]:
    """Run nginx for as long as this lasts, on a certificate of this run's own."""
    certificate = trustme.CA().issue_cert("localhost")
    certificate.private_key_pem.write_to_path(place.folder / "key.pem")
    chain = b"".join(pem.bytes() for pem in certificate.cert_chain_pems)
    (place.folder / "fullchain.pem").write_bytes(chain)
    file = place.folder / "nginx.conf"
    file.write_text(configured(place), encoding="utf-8")
    subprocess.run([NGINX, "-t", "-q", "-c", str(file)], check=True)
    running = subprocess.Popen([NGINX, "-c", str(file), "-g", "daemon off;"])
    try:
        _wait(place)
        yield
    finally:
        running.terminate()
        running.wait(timeout=PATIENCE)


def _wait(place: Place) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", place.https), timeout=2).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("nginx does not answer")


def asked(place: Place, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Ask the proxy for something, as anybody may."""
    unchecked = ssl._create_unverified_context()  # noqa: S323 - our own, of this run
    request = urllib.request.Request(f"{place.address}{path}", headers=headers)  # noqa: S310
    try:
        with urllib.request.urlopen(request, timeout=30, context=unchecked) as said:  # noqa: S310
            return said.status, dict(said.headers.items()), said.read()
    except urllib.error.HTTPError as problem:
        return problem.code, dict(problem.headers.items()), problem.read()
