"""Playing a video in the terminal: what is run, and what is said where it cannot be."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from textual.app import App

from seedance_tui.core.settings.screen import PictureMode
from seedance_tui.ui.terminal import player
from seedance_tui.ui.terminal.player import play, player_command

LOG = Path("log")


@pytest.mark.parametrize(
    ("environ", "pictures", "output"),
    [
        ({"TERM": "xterm-256color"}, PictureMode.AUTO, "tct"),
        ({"TERM": "xterm-kitty"}, PictureMode.AUTO, "kitty,tct"),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, PictureMode.AUTO, "kitty,tct"),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/x"}, PictureMode.AUTO, "tct"),
        ({"TERM": "xterm-kitty", "SSH_TTY": "/dev/pts/1"}, PictureMode.AUTO, "tct"),
        ({"TERM": "xterm-kitty"}, PictureMode.BLOCKS, "tct"),
        ({"TERM": "foot-extra"}, PictureMode.AUTO, "sixel,tct"),
        ({"TERM": "xterm"}, PictureMode.KITTY, "kitty,tct"),
        ({}, PictureMode.OFF, "tct"),
    ],
)
def test_mpv_draws_as_the_terminal_can(
    environ: Mapping[str, str], pictures: PictureMode, output: str
) -> None:
    assert f"--vo={output}" in player_command("mpv", "a.mp4", pictures, environ, LOG)


@pytest.mark.parametrize("target", ["--script=x", "-v.mp4", "抚仙湖 日出.mp4"])
def test_no_name_of_a_file_is_taken_for_an_option(target: str) -> None:
    assert list(player_command("mpv", target, PictureMode.AUTO, {}, LOG))[-2:] == ["--", target]


class Suspended:
    """An application that notes whether it had the terminal."""

    def __init__(self) -> None:
        self.said: list[str] = []

    @contextmanager
    def suspend(self) -> Iterator[None]:
        self.said.append("gone")
        yield
        self.said.append("back")


def run(
    monkeypatch: pytest.MonkeyPatch, call: object, target: str = "a.mp4"
) -> tuple[str, list[str]]:
    monkeypatch.setattr(player, "shutil", SimpleNamespace(which=lambda name: f"/bin/{name}"))
    monkeypatch.setattr(player, "subprocess", SimpleNamespace(call=call))
    app = Suspended()
    return play(cast("App[object]", app), target, PictureMode.AUTO), app.said


def test_the_terminal_is_given_away_and_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANYFAST_API_KEY", "secret")
    seen: list[Mapping[str, str]] = []

    def call(command: Sequence[str], env: Mapping[str, str]) -> int:
        seen.append(env)
        return 0

    assert run(monkeypatch, call) == ("", ["gone", "back"])
    assert "secret" not in seen[0].values()
    assert "secret" in os.environ.values()


def test_what_keeps_mpv_from_playing_is_said_and_the_terminal_is_taken_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(command: Sequence[str], env: Mapping[str, str]) -> int:
        raise PermissionError(13, "Permission denied")

    why, said = run(monkeypatch, broken)
    assert "Permission denied" in why
    assert said == ["gone", "back"]
    why, said = run(monkeypatch, lambda command, env: 2)
    assert "exit status 2" in why


@pytest.mark.parametrize(
    ("status", "log", "said"),
    [
        (2, "[   0.053][v][cplayer] mpv 0.35\n", "exit status 2"),
        (
            2,
            "[   0.1][e][ao/alsa] Playback open error\n"
            "[  12.0][e][stream] Failed to open https://x/a.mp4?sig=secret.\n"
            "[  12.1][e][cplayer] what comes after it\n",
            "could not play it: Failed to open https://x/a.mp4.",
        ),
        (1, "[   0.1][e][vo] not found\n[   0.2][f][cplayer] No \x1b[31mvo\n", ": No ␛[31mvo"),
    ],
)
def test_the_first_error_of_which_mpv_tells_is_said_without_what_makes_a_link_a_secret(
    monkeypatch: pytest.MonkeyPatch, status: int, log: str, said: str
) -> None:
    def call(command: Sequence[str], env: Mapping[str, str]) -> int:
        (option,) = [one for one in command if one.startswith("--log-file=")]
        Path(option.partition("=")[2]).write_text(log)
        return status

    why, _said = run(monkeypatch, call, "https://x/a.mp4?sig=secret")
    assert said in why
    assert "secret" not in why


def test_ctrl_c_ends_mpv_alone_and_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    def call(command: Sequence[str], env: Mapping[str, str]) -> int:
        signal.raise_signal(signal.SIGINT)
        return 4

    before = signal.getsignal(signal.SIGINT)
    assert run(monkeypatch, call) == ("", ["gone", "back"])
    assert signal.getsignal(signal.SIGINT) is before


def test_without_mpv_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player, "shutil", SimpleNamespace(which=lambda name: None))
    assert "mpv" in play(cast("App[object]", Suspended()), "a.mp4", PictureMode.AUTO)
