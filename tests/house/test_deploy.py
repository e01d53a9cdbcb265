"""What is deployed: the proxy's configuration is one, and every setting named is one of ours."""

import re
from pathlib import Path

import pytest

from inspect_app.command_line.serving import EVERY
from tests.support.proxy import NGINX, Place, asked, free_ports, proxied

DEPLOY = Path(__file__).parents[2] / "deploy"
HARDENED = (
    "NoNewPrivileges=yes",
    "ProtectSystem=strict",
    "ProtectHome=yes",
    "PrivateTmp=yes",
    "CapabilityBoundingSet=",
)
SECRETS = re.compile(r"[^\s:/@]+://[^\s:/@]+:[^\s@/]+@")


@pytest.mark.parametrize(
    "path", [p for p in DEPLOY.rglob("*") if p.is_file()], ids=lambda p: p.name
)
def test_every_file_names_only_settings_that_there_are_and_no_password(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert set(re.findall(r"INSPECT_APP_[A-Z_]+", text)) <= {each.name for each in EVERY}
    assert not SECRETS.search(text)


@pytest.mark.parametrize("unit", sorted(DEPLOY.glob("systemd/*.service")), ids=lambda p: p.name)
def test_every_service_is_hardened(unit: Path) -> None:
    lines = unit.read_text(encoding="utf-8").split("\n")
    assert [each for each in HARDENED if each not in lines] == []


@pytest.mark.skipif(not Path(NGINX).exists(), reason="nginx is not installed here")
def test_nginx_takes_the_configuration_and_keeps_metrics_from_the_public(tmp_path: Path) -> None:
    https, plain, one, two = free_ports(4)
    place = Place(tmp_path, https, plain, (one, two))
    with proxied(place):
        hidden = [asked(place, path)[0] for path in ("/_stcore/metrics", "/metrics", "/readyz")]
        behind = asked(place, "/")[0]
    assert hidden == [404, 404, 404]
    assert behind == 502


def test_a_password_in_an_address_would_be_found() -> None:
    assert SECRETS.search("postgresql://me:secret@db/x")
    assert not SECRETS.search("postgresql://me@db/x")
