"""The app is served with what Streamlit offers against other sites, large files and loose talk."""

import tomllib
from pathlib import Path

import pytest
from streamlit import config

from inspect_app.workbooks.limits import LARGEST_FILE, MEGABYTE

FILE = Path(__file__).parents[2] / "inspect_app" / ".streamlit" / "config.toml"
SETTINGS = tomllib.loads(FILE.read_text(encoding="utf-8"))
SAFE: dict[str, object] = {
    "server.address": "127.0.0.1",
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.enableStaticServing": False,
    "server.maxUploadSize": LARGEST_FILE // MEGABYTE,
    "server.fileWatcherType": "none",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "minimal",
    "browser.gatherUsageStats": False,
}


@pytest.mark.parametrize(("option", "value"), SAFE.items())
def test_an_option_that_keeps_people_safe_is_set(option: str, value: object) -> None:
    section, name = option.split(".")
    assert SETTINGS[section][name] == value
    assert option in config._config_options_template
