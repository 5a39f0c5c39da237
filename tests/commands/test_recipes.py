"""The recipes of the README do what they say: each is run as it is written."""

import configparser
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedance_tui.core.model.codes import Code
from seedance_tui.demo import Demo
from tests.commands.conftest import KEY

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
RECIPES = README.split("\n## Recipes\n")[1].split("\n## ")[0]
ID = "asyntask_done1"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the recipes are for a POSIX shell")


def blocks(title: str) -> list[str]:
    """The blocks of code below a heading, or before the first one."""
    parts = dict(re.findall(r"^### (.*?)\n(.*?)(?=^### |\Z)", RECIPES, re.MULTILINE | re.DOTALL))
    text = parts[title] if title else RECIPES.split("\n### ")[0]
    return re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


class Bench:
    """A folder of its own, where `seedance-tui` is on the way, and a shell in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = Path(os.environ["HOME"])
        program = self.home / ".local" / "bin" / "seedance-tui"
        program.parent.mkdir(parents=True)
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m seedance_tui "$@"\n')
        program.chmod(0o755)
        self.environ = {
            **os.environ,
            "PATH": f"{program.parent}:{os.environ['PATH']}",
            "PYTHONPATH": str(Path.cwd()),
        }

    def sh(self, text: str, shell: str = "bash", **environ: str) -> str:
        done = subprocess.run(
            [shell, "-c", text],
            cwd=self.folder,
            env=self.environ | environ,
            capture_output=True,
            text=True,
            timeout=50,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def whole(self, path: Path) -> bool:
        return path.read_bytes()[4:8] == b"ftyp"


@pytest.fixture
def bench(demo: Demo, tmp_path: Path) -> Bench:
    folder = tmp_path / "work"
    folder.mkdir()
    return Bench(folder)


@pytest.fixture
def env_file(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The key is in a file, and nowhere else."""
    path = bench.home / ".config" / "seedance-tui" / "env"
    path.parent.mkdir(parents=True)
    path.write_text(f"ANYFAST_API_KEY={KEY}\n")
    path.chmod(0o600)
    del bench.environ["ANYFAST_API_KEY"]
    yield


def need(*programs: str) -> None:
    for name in programs:
        if not shutil.which(name):
            pytest.skip(f"no {name}")


def test_the_lines_that_install_completion_write_what_they_say(bench: Bench) -> None:
    (bench.home / ".config" / "fish" / "completions").mkdir(parents=True)
    (text,) = blocks("")
    bench.sh(text)
    assert "completion bash" in (bench.home / ".bashrc").read_text()
    bench.sh(". ~/.bashrc; complete -p seedance-tui")
    assert (bench.home / ".config/fish/completions/seedance-tui.fish").stat().st_size > 1000


def test_the_pipeline_prints_what_is_done(bench: Bench, demo: Demo) -> None:
    need("jq")
    (bench.folder / "ids.txt").write_text(f"see {ID}, and asyntask_ultra1.\nasyntask_failed1")
    (text,) = blocks("A pipeline with jq")
    rows = [line.split("\t") for line in bench.sh(text).splitlines()]
    assert [row[0] for row in rows] == [ID, "asyntask_ultra1"]
    assert all(int(row[1]) > 0 and row[2].startswith("http") for row in rows)


def test_the_rule_makes_a_video(bench: Bench) -> None:
    need("make")
    (text,) = blocks("A rule of a Makefile")
    (bench.folder / "Makefile").write_text(text)
    bench.sh(f"make videos/{ID}.mp4")
    assert bench.whole(bench.folder / "videos" / f"{ID}.mp4")
    assert "up to date" in bench.sh(f"make videos/{ID}.mp4")


def test_the_step_says_where_the_video_is(bench: Bench) -> None:
    need("jq")
    (text,) = blocks("A step of a GitHub Action")
    run = textwrap.dedent(text.split("run: |\n")[1])
    output = bench.folder / "output"
    bench.sh(run, "bash", TASK_ID=ID, GITHUB_OUTPUT=str(output))
    name, _, path = output.read_text().strip().partition("=")
    assert name == "path"
    assert bench.whole(Path(path))


def test_the_line_for_cron_saves_what_is_done(bench: Bench, env_file: None) -> None:
    bench.sh(f"seedance-tui add {ID}")
    (text,) = blocks("A line for cron")
    bench.sh(text.split(maxsplit=5)[5], "sh")
    assert f"{ID}.mp4" in (bench.home / "seedance.log").read_text()


def test_the_unit_starts_says_that_it_is_ready_and_ends_well(bench: Bench, env_file: None) -> None:
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(blocks("A server in a corner")[0])
    service = {
        name: value.replace("%h", str(bench.home)) for name, value in unit["Service"].items()
    }
    assert service["Type"] == "notify"
    assert service["RestartPreventExitStatus"].split() == ["2", "3"]
    key = Path(service["EnvironmentFile"]).read_text().strip().partition("=")
    path = os.path.relpath(bench.folder / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(path)
        manager.settimeout(30)
        process = subprocess.Popen(
            service["ExecStart"].split(),
            env=bench.environ | {key[0]: key[2], "NOTIFY_SOCKET": path},
            stdout=subprocess.PIPE,
        )
        assert manager.recv(100) == b"READY=1"
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
        assert process.returncode == 0


def test_the_watch_without_systemd_writes_events(bench: Bench, demo: Demo) -> None:
    need("nohup")
    bench.sh(f"seedance-tui add {ID}")
    text = blocks("A server in a corner")[1]
    wait = "until [ -s events.ndjson ]; do sleep 0.1; done; kill $!; wait $!"
    bench.sh(f"{text}\n{wait}")
    first, *_ = (bench.folder / "events.ndjson").read_text().splitlines()
    assert json.loads(first)["type"] == "ended"


def test_the_command_for_n8n_prints_a_record(bench: Bench) -> None:
    (text,) = blocks("n8n")
    (record,) = json.loads(bench.sh(text.replace("{{ $json.task_id }}", ID)))
    assert (record["id"], record["phase"]) == (ID, "done")


def test_the_tools_of_an_agent_are_made_of_the_schemas(bench: Bench) -> None:
    need("jq")
    (text,) = blocks("For agents")
    made = json.loads(bench.sh(text))
    assert [tool["name"] for tool in made["tools"]] == ["show", "wait", "download"]
    assert made["results"]["error"]["properties"]["code"]["enum"] == list(Code)
    for tool in made["tools"]:
        command = tool["description"].partition(": ")[2].replace("ID", ID)
        said = bench.sh(command)
        (record,) = json.loads(said) if "show" in command else map(json.loads, said.splitlines())
        assert record["id"] == ID


def test_an_agent_finds_every_code_in_the_table() -> None:
    table = RECIPES.split("### For agents")[1]
    rows = [line.split("|") for line in table.splitlines() if line.startswith("| `")]
    codes = [code for row in rows for code in re.findall(r"`(\w+)`", row[1])]
    assert sorted(codes) == sorted(Code)
