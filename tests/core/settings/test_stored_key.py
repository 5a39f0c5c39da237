"""A key that was typed in and kept: for one origin, for one user, last in the order."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from seedance_tui.api.key import ApiKey
from seedance_tui.core.config import Config, Options, load
from seedance_tui.core.settings.errors import KeyUnusable
from seedance_tui.core.settings.stored_key import StoredKey, may_keep
from seedance_tui.demo import Demo
from seedance_tui.monitor import demo_config

KEY = ApiKey("sk-typedTYPEDtypedTYPEDtyped0001")
HOME = "https://api.example.org"

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")


@pytest.fixture
def stored(tmp_path: Path) -> StoredKey:
    return StoredKey(tmp_path / "config" / "seedance-tui" / "api-key")


def loaded(tmp_path: Path, base_url: str = HOME, **environ: str) -> Config:
    where = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}
    return load(Options(base_url=base_url), where | environ)


def test_a_kept_key_is_found_again(stored: StoredKey, tmp_path: Path) -> None:
    stored.keep(KEY, HOME)
    config = loaded(tmp_path)
    assert config.key == KEY
    assert config.key_is_stored
    assert config.key_file == stored.path


@posix
def test_only_its_user_can_read_it(stored: StoredKey) -> None:
    stored.keep(KEY, HOME)
    assert stored.path.stat().st_mode & 0o777 == 0o600
    stored.path.chmod(0o644)
    with pytest.raises(KeyUnusable, match="chmod 600"):
        stored.key_for(HOME)


@pytest.mark.parametrize(
    "other",
    [
        "https://api.example.com",
        "https://api.example.org:8443",
        "https://api.example.org.evil.example",
        "https://api.example.org@evil.example",
    ],
)
def test_it_is_for_the_origin_it_was_typed_for_alone(stored: StoredKey, other: str) -> None:
    stored.keep(KEY, HOME)
    assert stored.key_for(other) is None


@pytest.mark.parametrize("same", [HOME, f"{HOME}/", f"{HOME}:443", "https://API.example.org/v1"])
def test_another_spelling_of_the_origin_is_the_same(stored: StoredKey, same: str) -> None:
    stored.keep(KEY, HOME)
    assert stored.key_for(same) == KEY


@pytest.mark.parametrize("url", ["http://api.example.org", "http://10.0.0.7:3000", "no address"])
def test_nothing_is_kept_or_read_for_an_address_that_others_can_listen_to(
    stored: StoredKey, url: str
) -> None:
    with pytest.raises(ValueError, match=r".+"):
        stored.keep(KEY, url)
    assert not stored.is_there
    assert not may_keep(url)
    stored.keep(KEY, HOME)
    assert stored.key_for(url) is None


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:3000", "http://localhost:8080", "http://[::1]:9"]
)
def test_this_machine_needs_no_encryption(stored: StoredKey, url: str) -> None:
    stored.keep(KEY, url)
    assert stored.key_for(url) == KEY


def test_every_other_source_comes_before_it(stored: StoredKey, tmp_path: Path) -> None:
    stored.keep(KEY, HOME)
    config = loaded(tmp_path, ANYFAST_API_KEY="sk-environmentENVIRONMENT0002")
    assert config.key == ApiKey("sk-environmentENVIRONMENT0002")
    assert not config.key_is_stored
    (stored.path.parent / "config.toml").write_text("api_key_command = ['printf', 'sk-x']")
    config = loaded(tmp_path)
    assert config.key is None
    assert config.key_command
    assert not config.key_is_stored


@pytest.mark.parametrize("text", ["", "sk-bare", "key = 3\norigin = 'https://api.example.org:443'"])
def test_a_damaged_file_is_no_key(stored: StoredKey, text: str) -> None:
    stored.keep(KEY, HOME)
    stored.path.write_text(text)
    os.chmod(stored.path, 0o600)
    try:
        found = stored.key_for(HOME)
    except KeyUnusable as error:
        assert str(stored.path) in str(error)
        assert "sk-bare" not in str(error)
    else:
        assert found in (None, ApiKey("3"))


def test_forgetting_deletes_the_file(stored: StoredKey) -> None:
    assert not stored.forget()
    stored.keep(KEY, HOME)
    assert stored.forget()
    assert not stored.path.exists()


async def test_the_demo_has_no_place_for_a_key_and_reads_none(
    stored: StoredKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    async with Demo() as demo:
        stored.keep(KEY, demo.url)
        config = demo_config(Options(), demo, tmp_path)
    assert config.key == ApiKey(demo.key)
    assert config.key_file is None
    assert not config.key_is_stored
