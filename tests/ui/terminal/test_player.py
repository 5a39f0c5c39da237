"""Playing a video in the terminal: what is run, and what is said where it cannot be."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import cast

import pytest
from textual.app import App

from seedance_tui.core.settings.screen import PictureMode
from seedance_tui.ui.terminal import player
from seedance_tui.ui.terminal.player import play, player_command


@pytest.mark.parametrize(
    ("environ", "pictures", "output"),
    [
        ({"TERM": "xterm-256color"}, PictureMode.AUTO, "tct"),
        ({"TERM": "xterm-kitty"}, PictureMode.AUTO, "kitty"),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, PictureMode.AUTO, "kitty"),
        ({"TERM": "xterm-kitty", "TMUX": "/tmp/x"}, PictureMode.AUTO, "tct"),
        ({"TERM": "xterm-kitty"}, PictureMode.BLOCKS, "tct"),
        ({"TERM": "foot-extra"}, PictureMode.AUTO, "sixel"),
        ({"TERM": "xterm"}, PictureMode.KITTY, "kitty"),
        ({}, PictureMode.OFF, "tct"),
    ],
)
def test_mpv_draws_as_the_terminal_can(
    environ: Mapping[str, str], pictures: PictureMode, output: str
) -> None:
    assert f"--vo={output}" in player_command("mpv", "a.mp4", pictures, environ)


@pytest.mark.parametrize("target", ["--script=x", "-v.mp4", "抚仙湖 日出.mp4"])
def test_no_name_of_a_file_is_taken_for_an_option(target: str) -> None:
    assert list(player_command("mpv", target, PictureMode.AUTO, {}))[-2:] == ["--", target]


class Suspended:
    """An application that notes whether it had the terminal."""

    def __init__(self) -> None:
        self.said: list[str] = []

    @contextmanager
    def suspend(self) -> Iterator[None]:
        self.said.append("gone")
        yield
        self.said.append("back")


def run(monkeypatch: pytest.MonkeyPatch, call: object) -> tuple[str, list[str]]:
    monkeypatch.setattr(player, "shutil", SimpleNamespace(which=lambda name: f"/bin/{name}"))
    monkeypatch.setattr(player, "subprocess", SimpleNamespace(call=call))
    app = Suspended()
    return play(cast("App[object]", app), "a.mp4", PictureMode.AUTO), app.said


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


def test_without_mpv_that_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player, "shutil", SimpleNamespace(which=lambda name: None))
    assert "mpv" in play(cast("App[object]", Suspended()), "a.mp4", PictureMode.AUTO)
