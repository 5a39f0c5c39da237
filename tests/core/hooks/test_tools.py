"""`[[tools]]`: what is read, what is run for which tasks, and what never is."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from seedance_tui.api.links import Kind
from seedance_tui.core.config import Options, load
from seedance_tui.core.hooks.tool_settings import Output, RunMode, Tool
from seedance_tui.core.hooks.tools import plan, run_captured
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.file_states import Saved
from seedance_tui.core.model.watched import Watched

FULL = """
theme = "seedance-light"

[[tools]]
key = "f5"
name = "Play"
argv = ["mpv", "--", "{path}"]

[[tools]]
key = "ctrl+t"
name = "Concat"
argv = ["concat", "{id}", "{label}"]
run = "all"
confirm = true
output = "pane"
"""


def read(tmp_path: Path, text: str) -> tuple[tuple[Tool, ...], tuple[str, ...]]:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    config = load(Options(config=str(path)), {"HOME": str(tmp_path)}, with_key=False)
    return config.tools, config.warnings


def entry(number: int, label: str = "", path: str = "") -> Entry:
    watched = Watched(f"asyntask_{number:032d}", datetime(2026, 7, 21, tzinfo=UTC), label)
    one = Entry(watched)
    return one.with_file(Kind.RESULT, Saved(Path(path))) if path else one


def test_tools_are_read_as_they_are_written(tmp_path: Path) -> None:
    (play, concat), warnings = read(tmp_path, FULL)
    assert warnings == ()
    assert play.argv == ("mpv", "--", "{path}")
    assert (play.output, play.run, play.confirm) == (Output.NOTICE, RunMode.EACH, False)
    assert (concat.output, concat.run, concat.confirm) == (Output.PANE, RunMode.ALL, True)
    assert concat.place == "config.toml line 10: tools.key"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('argv = ["mpv", "--file={path}"]', "line 5: tools.argv"),
        ('argv = ["mpv", "{path}.mp4"]', "by itself"),
        ('argv = ["mpv", "{paths}"]', "{paths} is not a field"),
        ('argv = ["{path}"]', "no program"),
        ("argv = []", "no program"),
        ("argv = 3", "must be a string or a list of strings"),
        ('argv = ["mpv"]\noutput = "window"', 'line 6: tools.output must be one of "notice"'),
        ('argv = ["mpv"]\nconfirm = "yes"', "line 6: tools.confirm must be true or false"),
        ('argv = ["mpv"]\nrun = 1', "line 6: tools.run"),
        ("", "line 2: tools lacks argv"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_costs_that_tool_alone(
    tmp_path: Path, line: str, said: str
) -> None:
    text = f'\n[[tools]]\nkey = "f5"\nname = "Play"\n{line}\n'
    tools, warnings = read(tmp_path, f'{text}\n[[tools]]\nkey = "f6"\nname = "B"\nargv = ["b"]\n')
    assert [tool.name for tool in tools] == ["B"]
    (warning,) = warnings
    assert said in warning


def test_a_setting_that_there_is_not_is_said_with_its_line_and_what_was_meant(
    tmp_path: Path,
) -> None:
    text = '[[tools]]\nkey="f5"\nname="A"\nargv=["a"]\n[[tools]]\nkey="f6"\nname="B"\nargv=["b"]\n'
    tools, (warning,) = read(tmp_path, text + "confrim = true\n")
    assert len(tools) == 2
    assert "line 9: tools.confrim" in warning
    assert "confirm" in warning


@pytest.mark.parametrize("text", ["tools = 3", 'tools = ["mpv"]', "[tools]\nkey = 'f5'"])
def test_what_is_no_array_of_tables_is_said(tmp_path: Path, text: str) -> None:
    tools, (warning,) = read(tmp_path, text)
    assert tools == ()
    assert "[[tools]]" in warning


def test_it_runs_once_a_task_with_each_field_a_whole_argument() -> None:
    label = "rain; rm -rf ~ $(id) 'x' \"y\" {id}"
    tool = Tool("f5", "Say", ("say", "{label}", "{id}", "end"))
    planned = plan(tool, [entry(1, label), entry(2, "b")])
    assert planned.commands == (
        ("say", label, entry(1).id, "end"),
        ("say", "b", entry(2).id, "end"),
    )


def test_or_once_with_all() -> None:
    tool = Tool("f5", "Say", ("say", "{id}", "--", "{label}"), run=RunMode.ALL)
    planned = plan(tool, [entry(1, "a"), entry(2, "b")])
    assert planned.commands == (("say", entry(1).id, entry(2).id, "--", "a", "b"),)


def test_without_fields_it_runs_once_whatever_is_marked() -> None:
    tool = Tool("f5", "Make", ("make",))
    assert plan(tool, [entry(1), entry(2)]).commands == (("make",),)
    assert plan(tool, []).commands == (("make",),)


def test_a_task_without_the_field_is_left_out_and_named() -> None:
    tool = Tool("f5", "Play", ("mpv", "{path}"))
    planned = plan(tool, [entry(1, "rain"), entry(2, "tea", path="/videos/tea.mp4")])
    assert planned.commands == (("mpv", str(Path("/videos/tea.mp4"))),)
    (why,) = planned.refused
    assert why.startswith("rain: ")
    assert "path" in why


@pytest.mark.parametrize("label", ["-rf", "--exec=rm", "-", "--", "-\u200b x"])
@pytest.mark.parametrize("run", RunMode)
def test_a_value_that_looks_like_an_option_is_refused_unless_dashes_stand_before_it(
    label: str, run: RunMode
) -> None:
    tool = Tool("f5", "Say", ("say", "{label}", "--", "{id}"), run=run)
    planned = plan(tool, [entry(1, label)])
    assert planned.commands == ()
    assert "--" in planned.refused[0]
    behind = plan(replace(tool, argv=("say", "--", "{label}")), [entry(1, label)])
    assert behind.commands[0][:2] == ("say", "--")
    assert len(behind.commands[0]) == 3


def test_dashes_out_of_a_label_protect_nothing() -> None:
    tool = Tool("f5", "Say", ("say", "{note}", "{label}"))
    one = replace(entry(1), watched=replace(entry(1).watched, note="--", label="-x"))
    assert plan(tool, [one]).commands == ()


async def test_what_it_prints_is_kept_and_made_safe() -> None:
    code = (
        "import sys; print('a\\x1b[31mb', flush=True); print('last', file=sys.stderr); sys.exit(3)"
    )
    ran = await run_captured([sys.executable, "-c", code], {})
    assert ran.last_line == "last"
    assert "\x1b" not in ran.output
    assert "3" in ran.why


async def test_a_program_that_is_not_there_is_a_sentence() -> None:
    ran = await run_captured(["no-such-program-at-all"], {})
    assert "No such file" in ran.why


async def test_it_gets_no_key() -> None:
    code = "import os; print(sorted(k for k in os.environ if 'KEY' in k))"
    environ = {"ANYFAST_API_KEY": "sk-secret", "PATH": "/usr/bin"}
    ran = await run_captured([sys.executable, "-c", code], environ)
    assert ran.output.strip() == "[]"


async def test_what_it_leaves_behind_is_not_waited_for() -> None:
    """A viewer that a tool opens holds its output open: the tool has ended all the same."""
    code = (
        "import subprocess, sys\n"
        "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(20)'])\n"
        "print('opened')"
    )
    ran = await run_captured([sys.executable, "-c", code], {})
    assert (ran.why, ran.last_line) == ("", "opened")
