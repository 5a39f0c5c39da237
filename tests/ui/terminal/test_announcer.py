"""What is written to the terminal to reach a person who looks elsewhere."""

import re
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.core.listing.views import Summary
from seedance_tui.core.settings.notifications import Event, NotifySettings, When
from seedance_tui.core.settings.toml_file import SettingsFile
from seedance_tui.ui.terminal._sequences import (
    BELL,
    POP_TITLE,
    PUSH_TITLE,
    Desktop,
    detect,
    notification,
    title,
)
from seedance_tui.ui.terminal.announcer import Announcer
from seedance_tui.ui.terminal.title import Title, title_text

XTERM = {"TERM": "xterm-256color"}
KITTY = {"TERM": "xterm-kitty"}
EVIL = "\x1b]52;c;AAAA\a\x1b\\ ;4;1\r\n\x9c\x9d\u202e\u2066\ud800\0 end"
PROTOCOLS = (Desktop.OSC9, Desktop.OSC777, Desktop.OSC99)


# Which terminal takes what


@pytest.mark.parametrize(
    ("environ", "desktop"),
    [
        ({"TERM": "xterm-kitty"}, Desktop.OSC99),
        ({"TERM": "xterm-ghostty", "TERM_PROGRAM": "ghostty"}, Desktop.OSC777),
        ({**XTERM, "TERM_PROGRAM": "WezTerm"}, Desktop.OSC777),
        ({"TERM": "foot-extra"}, Desktop.OSC777),
        ({"TERM": "rxvt-unicode-256color"}, Desktop.OSC777),
        ({**XTERM, "KONSOLE_VERSION": "240801"}, Desktop.OSC777),
        ({**XTERM, "VTE_VERSION": "7600"}, Desktop.OSC777),
        ({**XTERM, "TERM_PROGRAM": "iTerm.app"}, Desktop.OSC9),
        ({**XTERM, "LC_TERMINAL": "iTerm2"}, Desktop.OSC9),
        ({**XTERM, "TERM_PROGRAM": "WarpTerminal"}, Desktop.OSC9),
        ({**XTERM, "WT_SESSION": "1"}, Desktop.OFF),
        ({**XTERM, "TERM_PROGRAM": "Apple_Terminal"}, Desktop.OFF),
        ({**XTERM, "TERM_PROGRAM": "vscode"}, Desktop.OFF),
        ({**XTERM, "VTE_VERSION": "3409"}, Desktop.OFF),
        ({**XTERM, "VTE_VERSION": "²"}, Desktop.OFF),
        ({"TERM": "linux"}, Desktop.OFF),
        ({"TERM": "dumb"}, Desktop.OFF),
        (XTERM, Desktop.OFF),
        ({}, Desktop.OFF),
    ],
)
def test_the_environment_tells_what_the_terminal_takes(
    environ: dict[str, str], desktop: Desktop
) -> None:
    assert detect(environ) is desktop
    assert bool(notification("x", Desktop.AUTO, environ)) is (desktop is not Desktop.OFF)


def test_what_a_terminal_says_of_itself_goes_before_what_it_inherited() -> None:
    assert detect({"TERM": "foot", "TERM_PROGRAM": "iTerm.app"}) is Desktop.OSC777
    assert detect({**XTERM, "TERM_PROGRAM": "vscode", "KITTY_WINDOW_ID": "1"}) is Desktop.OFF


def test_in_tmux_the_terminal_outside_is_known_by_what_it_left() -> None:
    inside = {"TERM": "tmux-256color", "TERM_PROGRAM": "tmux", "TMUX": "/tmp/x,1,0"}
    assert detect(inside) is Desktop.OFF
    assert detect({**inside, "KITTY_WINDOW_ID": "1"}) is Desktop.OSC99


# The sequences themselves


@pytest.mark.parametrize(
    ("desktop", "sequence"),
    [
        (Desktop.OSC9, "\x1b]9;seedance: 3 tasks, 你好\a"),
        (Desktop.OSC777, "\x1b]777;notify;seedance;3 tasks, 你好\a"),
        (Desktop.OSC99, "\x1b]99;;seedance: 3 tasks; 你好\a"),
        (Desktop.OFF, ""),
        (Desktop.AUTO, ""),
    ],
)
def test_each_sequence_is_as_its_terminals_want_it(desktop: Desktop, sequence: str) -> None:
    assert notification("3 tasks; 你好", desktop, XTERM) == sequence


def test_tmux_gets_it_wrapped_with_every_escape_doubled() -> None:
    wrapped = notification("x", Desktop.OSC9, {**XTERM, "TMUX": "/tmp/x,1,0"})
    assert wrapped == "\x1bPtmux;\x1b\x1b]9;seedance: x\a\x1b\\"


def test_screen_gets_it_in_pieces_that_it_can_hold() -> None:
    text = "𠮷" * 300
    wrapped = notification(text, Desktop.OSC777, {**XTERM, "STY": "1.x"})
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", wrapped, re.DOTALL)
    assert "".join(f"\x1bP{piece}\x1b\\" for piece in pieces) == wrapped
    assert "".join(pieces) == notification(text, Desktop.OSC777, XTERM)
    assert max(len(piece.encode()) for piece in pieces) < 768


def test_a_title_is_set() -> None:
    assert title("2 running; 你好") == "\x1b]2;2 running; 你好\a"


@pytest.mark.parametrize("desktop", PROTOCOLS)
@pytest.mark.parametrize(
    "environ", [XTERM, {"TMUX": "x"}, {"STY": "x"}], ids=["", "tmux", "screen"]
)
def test_hostile_text_stays_text(desktop: Desktop, environ: dict[str, str]) -> None:
    start, _, stop = notification("XYZ", desktop, environ).partition("XYZ")
    evil = notification(EVIL, desktop, environ)
    assert evil.startswith(start)
    assert evil.endswith("end" + stop)
    text = evil.removeprefix(start).removesuffix(stop)
    assert not re.search("[\x00-\x1f\x7f-\x9f\u202e\u2066\ud800]", text)


@pytest.mark.parametrize("desktop", [Desktop.OSC9, Desktop.OSC777])
def test_no_text_makes_a_field_of_its_own(desktop: Desktop) -> None:
    assert notification("a;b;c", desktop, XTERM).count(";") == notification(
        "a", desktop, XTERM
    ).count(";")


@pytest.mark.parametrize("text", ["", " \n\t", "\u202e\u200b"])
def test_a_text_with_nothing_to_see_is_not_told(text: str) -> None:
    assert notification(text, Desktop.OSC9, XTERM) == ""


@pytest.mark.parametrize("text", ["x", "\x1b", "\u0301", "好"])
def test_ten_megabytes_are_cut_to_two_hundred_characters(text: str) -> None:
    said = notification(text * 10_000_000, Desktop.OSC9, XTERM)
    assert len(said) <= len("\x1b]9;seedance: \a") + 200
    assert said.endswith("…\a")
    assert len(title(text * 10_000_000)) <= len("\x1b]2;\a") + 200


# The title of the window


@pytest.mark.parametrize(
    ("summary", "text"),
    [
        (Summary(6, 2, 1, views=(6, 3, 1, 2, 0)), "2 running · 1 ready · seedance"),
        (Summary(3, 3, views=(3, 3, 0, 0, 0)), "3 running · seedance"),
        (Summary(4, 0, views=(4, 0, 4, 0, 0)), "4 ready · seedance"),
        (Summary(), "seedance"),
    ],
)
def test_the_title_says_what_runs_and_what_is_ready(summary: Summary, text: str) -> None:
    assert title_text(summary) == text


def test_the_title_is_written_when_it_changes_and_given_back_in_the_end() -> None:
    window = Title(XTERM)
    assert window.show(Summary(1, 1)) == PUSH_TITLE + title("1 running · seedance")
    assert window.show(Summary(5, 1)) == ""
    assert window.show(Summary(5, 2)) == title("2 running · seedance")
    assert window.end() == title("") + POP_TITLE
    assert window.end() == ""


@pytest.mark.parametrize("window", [Title(XTERM, wanted=False), Title({"TERM": "linux"})])
def test_a_title_that_is_not_wanted_or_not_there_is_left_alone(window: Title) -> None:
    assert window.show(Summary(1, 1)) + window.end() == ""


# What is told


def told(*events: tuple[Event, str], focused: bool | None = False, **settings: Any) -> str:
    announcer = Announcer(NotifySettings(**settings), KITTY)
    for event, name in events:
        announcer.add(event, name)
    return announcer.flush(focused)


DONE, FAILED, EXPIRING = ((event, "fruit tea, take 3") for event in Event)


@pytest.mark.parametrize(
    ("events", "text"),
    [
        ([DONE], "fruit tea, take 3 is done"),
        ([FAILED], "fruit tea, take 3 has failed"),
        ([EXPIRING], "fruit tea, take 3: its link dies soon"),
        ([DONE] * 3, "3 tasks are done"),
        ([FAILED] * 2, "2 tasks have failed"),
        ([FAILED, DONE, DONE, DONE], "3 tasks are done, 1 failed"),
        ([DONE, FAILED], "1 task is done, 1 failed"),
        ([FAILED, EXPIRING, EXPIRING], "1 task has failed, 2 links die soon"),
        ([EXPIRING, DONE, FAILED], "1 task is done, 1 failed, 1 link dies soon"),
    ],
)
def test_several_events_are_told_as_one(events: list[tuple[Event, str]], text: str) -> None:
    assert told(*events) == BELL + notification(text, Desktop.OSC99, KITTY)


def test_nothing_is_told_twice_and_nothing_says_nothing() -> None:
    announcer = Announcer(NotifySettings(), KITTY)
    assert announcer.flush(False) == ""
    announcer.add(*DONE)
    assert announcer.flush(False)
    assert announcer.flush(False) == ""


def test_only_what_is_asked_for_is_told() -> None:
    only = frozenset({Event.FAILED})
    assert told(DONE, EXPIRING, events=only) == ""
    assert "fruit tea, take 3 has failed" in told(DONE, FAILED, events=only)


@pytest.mark.parametrize(
    ("when", "focused", "tells"),
    [
        (When.UNFOCUSED, True, False),
        (When.UNFOCUSED, False, True),
        (When.UNFOCUSED, None, True),
        (When.ALWAYS, True, True),
        (When.NEVER, False, False),
    ],
)
def test_the_focus_decides_unless_the_settings_do(
    when: When, focused: bool | None, tells: bool
) -> None:
    assert bool(told(DONE, when=when, focused=focused)) is tells


def test_what_was_seen_in_the_focus_is_not_told_afterwards() -> None:
    announcer = Announcer(NotifySettings(), KITTY)
    announcer.add(*DONE)
    assert announcer.flush(True) == ""
    assert announcer.flush(False) == ""


def test_bell_and_desktop_are_chosen_apart() -> None:
    assert told(DONE, bell=False).startswith("\x1b]99;")
    assert told(DONE, desktop=Desktop.OFF) == BELL
    assert told(DONE, bell=False, desktop=Desktop.OFF) == ""


def test_a_long_or_hostile_name_leaves_room_for_what_happened() -> None:
    assert told((Event.DONE, "x" * 10_000_000)).endswith("… is done\a")
    evil = told((Event.DONE, "{0}{x}" + EVIL), bell=False)
    assert evil.count("\x1b") == evil.count("\a") == 1
    assert evil.endswith("end is done\a")


# The settings


def read(table: object) -> tuple[NotifySettings, list[str]]:
    file = SettingsFile(Path("config.toml"))
    file.values = {"notify": table}
    settings = NotifySettings.read(file)
    return settings, [warning.removeprefix("config.toml: ") for warning in file.warnings]


def test_every_setting_is_read() -> None:
    table = {
        "bell": False,
        "desktop": "osc777",
        "title": False,
        "when": "always",
        "events": ["failed", "done"],
    }
    settings = NotifySettings(
        False, Desktop.OSC777, False, When.ALWAYS, frozenset({Event.DONE, Event.FAILED})
    )
    assert read(table) == (settings, [])
    assert read({}) == (NotifySettings(), [])
    assert read({"events": []})[0].events == frozenset()


@pytest.mark.parametrize(
    ("table", "start"),
    [
        ({"bell": "yes"}, "notify.bell is neither true nor false; the default is used"),
        ({"desktop": "osc8"}, 'notify.desktop is none of "auto", "osc9"'),
        ({"desktop": ["auto"]}, "notify.desktop is none of"),
        ({"title": 1}, "notify.title is neither"),
        ({"when": False}, 'notify.when is none of "unfocused", "always", "never"'),
        ({"events": "done"}, "notify.events is not a list of"),
        ({"events": ["done", "born"]}, "notify.events is not a list of"),
        ({"events": [["done"]]}, "notify.events is not a list of"),
        ({"bel": True}, "notify.bel is no setting; did you mean bell?"),
        ({"\x1b": True}, "notify.\x1b is no setting"),
        (True, "notify is not a table"),
    ],
)
def test_what_cannot_be_used_is_named_and_the_default_stands(
    table: bool | dict[str, object], start: str
) -> None:
    settings, (warning,) = read(table)
    assert settings == NotifySettings()
    assert warning.startswith(start)
