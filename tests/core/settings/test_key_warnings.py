"""What a key may come to harm by is told before anybody is asked; without need no key is read."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from seedance_tui.core.config import Options, load
from seedance_tui.core.watchlist.find_ids import Found, find_ids, find_in_words

KEY = {"ANYFAST_API_KEY": "sk-very-secret"}


@pytest.mark.parametrize(
    "url",
    ["http://gw.example", "HTTP://10.0.0.1:8080/api", "http://me:pw@gw.example", "http://[::2]"],
)
def test_a_key_that_would_go_over_the_network_unencrypted_is_a_warning(url: str) -> None:
    (warning,) = load(Options(base_url=url), KEY).warnings
    assert "unencrypted" in warning
    assert "pw" not in warning
    assert load(Options(base_url=url), {}).warnings == ()


@pytest.mark.parametrize(
    "url",
    [
        "https://gw.example",
        "http://127.0.0.1:9",
        "http://127.9.9.9",
        "http://LocalHost",
        "http://[::1]:9",
    ],
)
def test_an_encrypted_way_or_one_within_this_machine_is_none(url: str) -> None:
    assert load(Options(base_url=url), KEY).warnings == ()


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
def test_settings_with_a_key_that_others_can_read_are_a_warning_with_the_fix(
    tmp_path: Path,
) -> None:
    path = tmp_path / "my config.toml"
    path.write_text('api_key = "sk-very-secret"\n')
    path.chmod(0o640)
    for with_key in (True, False):
        (warning,) = load(Options(config=str(path)), {}, with_key=with_key).warnings
        assert f"chmod 600 '{path}'" in warning
        assert "secret" not in warning
    path.chmod(0o600)
    assert load(Options(config=str(path)), {}).warnings == ()
    path.write_text("interval = 3\n")
    path.chmod(0o644)
    assert load(Options(config=str(path)), {}).warnings == ()


def test_where_no_key_is_needed_none_is_read_and_no_command_is_run(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f"api_key_command = ['touch', '{tmp_path / 'run'}']\n")
    assert load(Options(config=str(path)), {}, with_key=False).key is None
    assert load(Options(api_key_file="/nowhere"), KEY, with_key=False).key is None
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize("find", [find_ids, lambda text: find_in_words([text])])
def test_a_key_pasted_by_mistake_is_no_task_id(find: Callable[[str], Found]) -> None:
    key = "sk-0123456789abcdefghijklmnopqrstuvwxyz"
    assert find(key).ids == ()
    assert find(f"{key}\nasyntask_a1").ids == ("asyntask_a1",)
