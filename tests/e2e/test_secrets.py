"""The key and the links of a whole day are nowhere but where they belong."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from seedance_tui.demo import Demo, running_demo
from seedance_tui.demo.faults import Answer
from seedance_tui.demo.scenario import SUNRISE, TEA
from tests.e2e.conftest import Run

KEY = "sk-canary-0123456789-CANARY-abcdefghijklmno"
LOG = Path(".local/state/seedance-tui/seedance-tui.log")
HISTORY = Path(".local/state/seedance-tui/history.db")
LEFT_THE_SCREEN = b"\x1b[?1049l"
SIGNATURE = re.compile(rb"X-Tos-Signature=([0-9a-f]{64})")

CRASH = """
import sys
from seedance_tui import cli
from seedance_tui.{module} import {name} as victim

def fails(self, *_, **__):
    secret = "canary in a local variable"
    raise ZeroDivisionError("the key is {key}")

victim.{method} = fails
cli.main(sys.argv[1:])
"""


@pytest.fixture
def demo() -> Iterator[Demo]:
    with running_demo(Demo(key=KEY)) as demo:
        yield demo


def refused(text: str) -> Answer:
    body = json.dumps({"error": {"message": text, "type": "new_api_error"}})
    return Answer(401, {"Content-Type": "application/json"}, body.encode())


def crash(module: str, name: str, method: str) -> list[str]:
    return ["-c", CRASH.format(module=module, name=name, method=method, key=KEY)]


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_key_is_on_no_screen_and_in_no_file(
    run: Run, environ: dict[str, str], demo: Demo, tmp_path: Path
) -> None:
    terminal = run("--verbose", SUNRISE.id)
    terminal.shows("● Done")
    command_line = Path(f"/proc/{terminal.process.pid}/cmdline")
    assert not command_line.exists() or KEY.encode() not in command_line.read_bytes()
    terminal.press(f"a{TEA.id}\r")
    terminal.shows("2 tasks")
    terminal.press("s")
    terminal.shows("Sort by")
    terminal.press("w")
    terminal.until(lambda: "Sort by" not in terminal.text)
    terminal.press("g")
    terminal.press("d")
    terminal.shows("Saved: ")
    terminal.press("Y")
    terminal.shows("curl")
    terminal.press("c")
    terminal.shows("curl: ")
    terminal.press("m")
    terminal.shows('"task_id"')
    demo.gateway.answer(TEA.id, refused(f"Invalid token {KEY} ({KEY[:9]}***)"))
    terminal.press("R")
    terminal.shows("API key rejected")
    terminal.press("q")
    assert terminal.end() == 0
    done = subprocess.run(
        [sys.executable, "-m", "seedance_tui", "show", TEA.id, "--verbose"],
        env=environ,
        capture_output=True,
    )
    assert done.returncode == 3
    assert b"the API key is rejected" in done.stderr
    assert b"seedance_tui.core.polling.poller" in done.stderr, "--verbose logs to standard error"

    written = files(tmp_path)
    log = written[tmp_path / LOG].decode()
    for told in ("KeyRefused 401 Invalid token …", f"{SUNRISE.id}: SUCCESS", "leaving, status 0"):
        assert told in log
    outputs = [terminal.written, done.stdout, done.stderr, *written.values()]
    assert not [text for text in outputs if b"CANARY" in text or KEY[:9].encode() in text]

    kept = b"".join(content for path, content in written.items() if HISTORY.name in path.name)
    signatures = {match.decode() for match in SIGNATURE.findall(kept)}
    assert signatures, "a link that lives is kept whole"
    assert not [signature for signature in signatures if signature in log + done.stderr.decode()]


def test_a_crash_of_the_monitor_is_one_line_and_the_rest_is_in_the_log(
    run: Run, tmp_path: Path
) -> None:
    terminal = run(
        *crash("core.session", "Session", "poll"),
        SUNRISE.id,
        size=(200, 40),
        program=sys.executable,
    )
    assert terminal.end() == 1
    log = tmp_path / LOG
    _, _, after = terminal.written.rpartition(LEFT_THE_SCREEN)
    line = f"seedance-tui: internal error (ZeroDivisionError); details in {log}"
    assert after.decode().count("seedance-tui: ") == 1
    assert after.decode().rstrip().endswith(line)
    content = log.read_text()
    assert "ZeroDivisionError: the key is …" in content
    assert "in fails" in content
    for text in (content, terminal.written.decode()):
        assert KEY not in text
        assert "canary in a local variable" not in text.replace('secret = "canary', "")


def test_a_crash_of_a_verb_is_one_line_too(environ: dict[str, str], tmp_path: Path) -> None:
    command = [sys.executable, *crash("core.session", "Session", "load"), "list"]
    done = subprocess.run(command, env=environ, capture_output=True, text=True)
    line = "seedance-tui: internal error (ZeroDivisionError); details in "
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{line}{tmp_path / LOG}\n"
    assert KEY not in (tmp_path / LOG).read_text()


def test_a_crash_of_the_demo_leaves_its_log_and_nothing_of_the_users(
    run: Run, tmp_path: Path, environ: dict[str, str]
) -> None:
    (tmp_path / "tmp").mkdir()
    environ["TMPDIR"] = str(tmp_path / "tmp")
    terminal = run(
        *crash("core.session", "Session", "poll"), "--demo", size=(200, 40), program=sys.executable
    )
    assert terminal.end() == 1
    (log,) = files(tmp_path)
    assert log.parent.parent == tmp_path / "tmp"
    assert str(log).encode() in terminal.written


@pytest.mark.parametrize("verb", [True, False])
def test_a_key_on_an_unencrypted_way_is_warned_of_before_anybody_is_asked(
    run: Run, environ: dict[str, str], verb: bool
) -> None:
    environ |= {"ANYFAST_BASE_URL": "http://gw.invalid", "HTTP_PROXY": "http://127.0.0.1:9"}
    terminal = run(*(["show"] if verb else []), SUNRISE.id, "--verbose")
    asked = b"Unreachable" if verb else b"Cannot reach the gateway"
    terminal.until(lambda: asked in terminal.written)
    assert 0 <= terminal.written.find(b"unencrypted") < terminal.written.find(asked)


@pytest.mark.parametrize(
    ("variable", "value", "shown"),
    [
        ("HTTP_PROXY", "http://me:c4n4ry#x@h:99999", b"HTTP_PROXY"),
        ("ANYFAST_BASE_URL", "https://me:c4n4ry/x@gw.invalid", b"base URL"),
    ],
)
def test_a_secret_in_a_slip_ends_no_monitor_and_is_on_no_screen(
    run: Run, environ: dict[str, str], tmp_path: Path, variable: str, value: str, shown: bytes
) -> None:
    environ[variable] = value
    terminal = run("--verbose", SUNRISE.id, size=(200, 40))
    terminal.until(lambda: shown in terminal.written)
    terminal.press("q")
    assert terminal.end() == 0
    assert b"c4n4ry" not in terminal.written
    assert not [path for path, content in files(tmp_path).items() if b"c4n4ry" in content]
