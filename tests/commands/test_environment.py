"""Verbs in environments as they are: proxies, pasted settings, odd clocks and locales."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.api import proxied_transports
from seedance_tui.demo import Demo, DemoTask, Stage, running_demo
from tests.api.loopback_proxy import LoopbackProxy, running_proxy, silent_server
from tests.commands.conftest import KEY, Result

SECRET = "s3cr3t"
DONE, OPEN = "asyntask_done1", "asyntask_open1"
Shell = Callable[..., Result]
COMMANDS = [("show", DONE), ("wait", DONE), ("download", DONE), ("doctor",), ("list",)]


@pytest.fixture
def locked_proxy() -> Iterator[LoopbackProxy]:
    with running_proxy(LoopbackProxy(login=f"me:{SECRET}")) as proxy:
        yield proxy


def everything(home: Path, result: Result) -> str:
    """What was said, and what is on the disk."""
    files = [path for path in home.rglob("*") if path.is_file()]
    texts = [path.read_bytes().decode("utf-8", "replace") for path in files]
    return "\n".join([result.out, result.err, *texts])


def findings(shell: Shell, *argv: str) -> dict[str, list[str]]:
    """The texts of `doctor` by subject and level."""
    found: dict[str, list[str]] = {}
    for line in shell("doctor", "--json", *argv).json:
        found.setdefault(f"{line['subject']} {line['level']}", []).append(line["text"])
    return found


PROXIES = [
    f"http://me:{SECRET}@h:99999",
    f"http://me:{SECRET}#x@h:0",
    f"http://me:{SECRET}/x@h:port",
    f"gopher://me:{SECRET}@h:70",
    f"http://me:{SECRET}",
]


@pytest.mark.parametrize("value", PROXIES)
@pytest.mark.parametrize("verb", COMMANDS, ids=lambda verb: verb[0])
def test_a_proxy_that_cannot_be_is_a_sentence_and_no_secret(
    watched: Demo, shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch, value: str, verb: str
) -> None:
    monkeypatch.setenv("HTTP_PROXY", value)
    result = shell(*verb)
    said = result.out + result.err
    assert "HTTP_PROXY" in said or verb[0] == "list"
    assert "Error" not in said
    assert SECRET not in everything(home, result)


@pytest.mark.parametrize("login", ["", f"me:{SECRET}x@"])
def test_a_proxy_that_wants_a_login_is_named_at_once(
    watched: Demo,
    shell: Shell,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    locked_proxy: LoopbackProxy,
    login: str,
    pauses: list[float],
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://{login}{locked_proxy.place}")
    result = shell("show", DONE)
    assert result.code == 1
    assert f"the proxy http://{locked_proxy.place}" in result.err
    assert "HTTP_PROXY" in result.err
    assert pauses == [], "no second try"
    found = findings(shell)
    assert found["proxy ok"] == [f"HTTP_PROXY=http://{locked_proxy.place}"]
    assert "the proxy" in found["gateway fail"][0]
    assert SECRET not in everything(home, shell("doctor"))


def test_with_its_login_the_proxy_is_used(
    watched: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch, locked_proxy: LoopbackProxy
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://me:{SECRET}@{locked_proxy.place}")
    assert shell("show", DONE).code == 0
    assert shell("download", DONE).code == 0
    assert len(locked_proxy.asked) >= 2


def test_an_http_proxy_named_https_is_no_silence(
    watched: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    monkeypatch.setattr(proxied_transports, "_TLS_SECONDS", 0.3)
    with silent_server() as port:
        monkeypatch.setenv("ALL_PROXY", f"https://127.0.0.1:{port}")
        began = time.monotonic()
        result = shell("show", DONE)
    assert "does not speak TLS: use http:// in ALL_PROXY" in result.err
    assert time.monotonic() - began < 10
    assert pauses == []


@pytest.mark.parametrize("no_proxy", ["127.0.0.0/8", " x.example 127.0.0.1", "*", "127.*,[::1]"])
def test_who_needs_no_proxy_is_asked_directly(
    watched: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch, no_proxy: str
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", no_proxy)
    assert shell("show", DONE).code == 0
    assert shell("download", DONE).code == 0
    assert f"NO_PROXY={no_proxy}" in findings(shell)["proxy ok"]


def test_what_means_nothing_in_no_proxy_is_told(
    watched: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_PROXY", f"[::1,http://me:{SECRET}@h,ok.example")
    (told,) = findings(shell)["proxy warn"]
    assert "ignored: [::1" in told
    assert SECRET not in told


@pytest.mark.parametrize(
    "form", ["{}/v1", "{}/v1/video/generations", "{}/v1/video/generations/asyntask_x", " '{}/' "]
)
def test_a_pasted_base_url_and_a_pasted_key_are_understood(
    watched: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    for url in (watched.url, watched.url.removeprefix("http://")):
        monkeypatch.setenv("ANYFAST_BASE_URL", form.format(url))
        for key in (f"Bearer {KEY}", f"'{KEY}'", f"ANYFAST_API_KEY={KEY}"):
            monkeypatch.setenv("ANYFAST_API_KEY", key)
            assert shell("show", DONE).code == 0
        assert findings(shell)["base URL ok"] == [watched.url]


@pytest.mark.parametrize(
    "base_url",
    [
        f"https://me:{SECRET}@gw.invalid",
        f"https://me:{SECRET}#x@gw.invalid:99x",
        f"me:{SECRET}@gw.invalid",
        f"https://me:{SECRET}",
        f"sk-{SECRET}0123456789",
    ],
)
@pytest.mark.parametrize("verb", COMMANDS, ids=lambda verb: verb[0])
def test_a_base_url_that_cannot_be_is_a_sentence_and_no_secret(
    watched: Demo, shell: Shell, home: Path, monkeypatch: Any, base_url: str, verb: tuple[str, ...]
) -> None:
    monkeypatch.setenv("ANYFAST_BASE_URL", base_url)
    result = shell(*verb)
    assert "base URL" in result.out + result.err or verb[0] == "list"
    assert SECRET not in everything(home, result)


@pytest.mark.parametrize("hours", [-23, -8, 8, 23])
def test_a_clock_that_is_wrong_by_hours_keeps_no_verb_from_its_work(
    home: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch, hours: float
) -> None:
    task = DemoTask(DONE, "", (Stage(-300, "NOT_START"), Stage(-60, "SUCCESS")))
    demo = Demo(clock=lambda: time.time() + hours * 3600, key=KEY, scenario=(task,))
    with running_demo(demo):
        monkeypatch.setenv("ANYFAST_BASE_URL", demo.url)
        for verb in (("add", DONE), ("show", DONE), ("list",), ("wait", DONE), ("download", DONE)):
            assert shell(*verb).code == 0, verb
        assert "clock warn" in findings(shell)
        assert shell("remove", DONE).code == 0


LOCALES = [
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"LC_ALL": "no_SUCH.GBK", "PYTHONUTF8": "0", "PYTHONIOENCODING": "gbk"},
    {"LANG": "zh_CN.GB18030", "PYTHONUTF8": "0", "PYTHONIOENCODING": "cp1252"},
]


ONE_AFTER_THE_OTHER = """
import json, sys
from seedance_tui.cli import main

for argv in json.loads(sys.argv[1]):
    try:
        main(argv)
    except SystemExit as end:
        assert end.code == 0, argv
    print(end="\\0", flush=True)
"""
"""Runs command lines with the streams of one interpreter, as it makes them for its locale."""


@pytest.mark.skipif(os.name != "posix", reason="locales are named otherwise on Windows")
@pytest.mark.parametrize("locale", LOCALES, ids=lambda locale: "-".join(locale.values()))
def test_a_locale_that_is_not_utf_8_keeps_no_verb_from_its_work(
    demo: Demo, home: Path, locale: dict[str, str]
) -> None:
    environ = {name: value for name, value in os.environ.items() if name not in ("LANG", "LC_ALL")}
    ids = [task.id for task in demo.tasks]
    calls = [
        ["add", *ids, "--label", "茶"],
        ["list"],
        ["list", "--json", "--lang", "zh"],
        ["show", ids[1], "--lang", "zh"],
        ["export"],
        ["download", DONE, "--lang", "zh"],
        ["doctor", "--lang", "zh"],
        ["remove", ids[1]],
    ]
    done = subprocess.run(
        [sys.executable, "-c", ONE_AFTER_THE_OTHER, json.dumps(calls)],
        env=environ | locale,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr
    *printed, rest = done.stdout.split(b"\0")
    assert (len(printed), rest) == (len(calls), b"")
    assert {task["id"] for task in json.loads(printed[2])} == set(ids)
