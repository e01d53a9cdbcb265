"""Programs that tests drive but Python does not bring: tried, and had from Debian where we may."""

import os
import shutil
import subprocess

WAIT = ("-o", "DPkg::Lock::Timeout=300")


def from_debian(package: str, *how: str) -> str:
    """Install a package where we are root on Debian; return what came of it, in words."""
    if not (is_root() and shutil.which("apt-get")):
        return f"apt-get install {package}: not root on Debian"
    update = attempt(["apt-get", *WAIT, "update"], seconds=600)
    install = attempt(["apt-get", *WAIT, "install", "-y", *how, package], seconds=1800)
    return f"apt-get install {package}: {outcome(update)}; {outcome(install)}"


def outcome(done: subprocess.CompletedProcess[str]) -> str:
    """Say how a command ended: done, or its last words."""
    if done.returncode == 0:
        return "done"
    return (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]


def attempt(command: list[str], seconds: int = 60) -> subprocess.CompletedProcess[str]:
    """Run a command that asks nobody anything; one that cannot start has failed."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        return subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            env=environment,
            timeout=seconds,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 1, "", str(error))


def is_root() -> bool:
    """Whether this process may do anything."""
    return hasattr(os, "geteuid") and os.geteuid() == 0
