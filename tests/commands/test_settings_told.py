"""Commands name what is wrong with the settings, with its line, and refuse what cannot be."""

from pathlib import Path

import pytest

from seedance_tui.demo import Demo
from tests.commands.conftest import LEAST_INTERVAL, Shell

ID = "asyntask_done1"


def write(home: Path, text: str) -> None:
    folder = home / "config" / "seedance-tui"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(text)


@pytest.mark.parametrize(
    "argv",
    [("add", ID), ("list",), ("list", "--offline"), ("list", "--archived"), ("remove", ID)],
    ids=" ".join,
)
def test_a_setting_that_cannot_be_used_is_named_with_its_line(
    demo: Demo, shell: Shell, home: Path, argv: tuple[str, ...]
) -> None:
    shell("add", ID)
    write(home, '\ncolour = 1\ndownloads_at_once = "many"\n')
    result = shell(*argv)
    assert result.code == 0
    assert "config.toml line 2: colour is not a known setting" in result.err
    assert "config.toml line 3: downloads_at_once must be an integer" in result.err
    assert "colour" not in result.out


OF_SCREEN = (
    '[[tools]]\nkey = "x"\nname = "n"\nargv = ["echo", "a{id}"]\n',
    '[keymap]\n"task.download" = 1\n',
    "columns = 1\n",
    "theme = 1\n",
)


@pytest.mark.parametrize("text", OF_SCREEN)
@pytest.mark.parametrize("argv", [("list",), ("add", ID), ("show", ID)], ids=" ".join)
def test_what_only_the_monitor_reads_is_told_by_doctor_and_no_other_command(
    demo: Demo, shell: Shell, home: Path, argv: tuple[str, ...], text: str
) -> None:
    shell("add", ID)
    write(home, f"colour = 1\n{text}")
    told = shell(*argv).err
    assert told.count("\n") == 1
    assert "colour" in told
    said = shell("doctor")
    assert (said.out + said.err).count("config.toml line") == 2


def test_doctor_says_it_once(demo: Demo, shell: Shell, home: Path) -> None:
    write(home, "colour = 1\n")
    result = shell("doctor")
    assert (result.out + result.err).count("colour is not a known setting") == 1


@pytest.mark.parametrize("url", ["ftp://gw.example", "https://", "https://gw:port", "gw"])
def test_an_address_that_cannot_be_is_a_wrong_option(
    demo: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    by_option = shell("wait", ID, "--base-url", url)
    monkeypatch.setenv("ANYFAST_BASE_URL", url)
    by_variable = shell("wait", ID)
    wrong_language = shell("wait", ID, "--lang", "fr")
    assert by_option.code == by_variable.code == wrong_language.code == 2
    assert "base URL" in by_option.err
    assert "base URL" in by_variable.err
    assert not demo.gateway.requests


def test_an_empty_address_is_none(demo: Demo, shell: Shell) -> None:
    assert shell("show", ID, "--base-url", "").code == 0


def test_an_interval_below_the_minimum_is_named_and_the_minimum_holds(
    demo: Demo, shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = LEAST_INTERVAL / 2
    told = f"{below:g} is below the minimum; using {LEAST_INTERVAL:g}"
    assert f"interval: {told}" in shell("list", "--interval", str(below)).err
    monkeypatch.delenv("SEEDANCE_TUI_INTERVAL")
    write(home, f"\ninterval = {below}\n")
    assert f"config.toml line 2: interval {told}" in shell("list").err


def test_a_damaged_list_is_named_with_its_path(shell: Shell, home: Path) -> None:
    file = home / "list.toml"
    file.write_text("x = [")
    assert f"the watch list {file} is damaged: " in shell("list", "--watchlist", str(file)).err


def test_what_the_system_says_comes_without_its_number(shell: Shell, home: Path) -> None:
    (home / "plain").touch()
    result = shell("add", ID, "--watchlist", str(home / "plain" / "list.toml"))
    assert result.code == 6
    assert result.err == f"seedance-tui: {home / 'plain' / 'list.toml'}: Not a directory\n"
