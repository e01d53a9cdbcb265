"""The app as it is deployed: two processes behind nginx, on PostgreSQL; and a page that is bare."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROCESSES = 2
BARE = """
import streamlit as st
st.title("Bare")
st.radio("Choose", ["One", "Two"])
"""
NGINX = """
daemon off; master_process off; pid {folder}/nginx.pid; error_log {folder}/nginx.log crit;
events {{ worker_connections 4096; }}
http {{
  access_log off;
  client_body_temp_path {folder}/b; proxy_temp_path {folder}/p; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  map $http_upgrade $connection_upgrade {{ default upgrade; '' close; }}
  upstream app {{ {servers} }}
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://app; proxy_http_version 1.1; proxy_read_timeout 1h;
      proxy_set_header Host $http_host;
      proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;
    }}
  }}
}}
"""


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _app(port: int, database: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "inspect_app", "serve", "--port", str(port)]
    environment = {**os.environ, "INSPECT_APP_DATABASE": database}
    return _started(command, port, environment)


def _bare(port: int, folder: Path) -> subprocess.Popen[bytes]:
    script = folder / "bare.py"
    script.write_text(BARE, encoding="utf-8")
    options = ["--server.address=127.0.0.1", f"--server.port={port}", "--server.headless=true"]
    quick = ["--server.fileWatcherType=none", "--runner.postScriptGC=false"]
    command = [sys.executable, "-m", "streamlit", "run", str(script), *options, *quick]
    return _started(command, port, dict(os.environ))


def _started(
    command: Sequence[str], port: int, environment: dict[str, str]
) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(  # noqa: S603
        command, cwd=ROOT, env=environment, start_new_session=True, stdout=subprocess.DEVNULL
    )
    for _try in range(600):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return process
    message = f"nothing answers at port {port}"
    raise RuntimeError(message)


@contextmanager
def serving(folder: Path, database: str | None) -> Iterator[tuple[str, list[int]]]:
    """Serve the app on a database, or the bare page; give the address and the processes' ids."""
    with ExitStack() as ending:
        ports = [free_port() for _ in range(PROCESSES)]
        held = []
        for port in ports:
            process = _app(port, database) if database else _bare(port, folder)
            ending.callback(_end, process)
            held.append(process.pid)
        port = free_port()
        ending.callback(_end, _nginx(folder, port, ports))
        yield f"ws://127.0.0.1:{port}", held


def _nginx(folder: Path, port: int, ports: Sequence[int]) -> subprocess.Popen[bytes]:
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    servers = " ".join(f"server 127.0.0.1:{each};" for each in ports)
    settings = folder / f"nginx-{port}.conf"
    settings.write_text(NGINX.format(folder=folder, port=port, servers=servers), encoding="utf-8")
    return _started([program, "-c", str(settings)], port, dict(os.environ))


def _end(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, 15)
    process.wait()


def memory(processes: Sequence[int]) -> float:
    """Return how many megabytes these processes and their children hold in memory."""
    whole = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            group = int((folder / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[2])
            pages = int((folder / "statm").read_text(encoding="utf-8").split()[1])
        except OSError:
            continue
        if group in processes:
            whole += pages * os.sysconf("SC_PAGE_SIZE")
    return whole / (1 << 20)
