"""What every test stands on: no home, no environment and no proxy of the machine."""

import os
from pathlib import Path

import pytest

_ALIEN = ("ANYFAST_", "SEEDANCE_", "XDG_", "SSH_", "LC_", "TEXTUAL_THEME")


@pytest.fixture(autouse=True)
def _a_machine_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith(_ALIEN) or name.upper().endswith("_PROXY"):
            monkeypatch.delenv(name)
    for name in ("TMUX", "DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TZ", "UTC")
