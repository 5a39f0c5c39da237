"""`doctor`: what is wrong, and what to do about it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.api.key import ApiKey
from seedance_tui.core.settings.stored_key import StoredKey
from seedance_tui.demo import EVERY, Demo
from seedance_tui.demo.faults import Answer, Fault, Html, Refusal, Reset
from tests.commands.conftest import Result

Shell = Callable[..., Any]


def levels(result: Result) -> dict[str, str]:
    """The worst level of each subject."""
    order = ["ok", "warn", "fail"]
    worst: dict[str, str] = {}
    for line in result.json:
        subject, level = line["subject"], line["level"]
        worst[subject] = max(worst.get(subject, "ok"), level, key=order.index)
    return worst


def test_where_all_is_well_every_line_is_ok(watched: Demo, shell: Shell) -> None:
    result = shell("doctor")
    assert result.code == 0
    assert all(line.startswith("ok\t") for line in result.lines), result.out
    assert "API key accepted" in result.out


def test_the_key_is_never_shown(demo: Demo, shell: Shell) -> None:
    out = shell("doctor").out
    assert os.environ["ANYFAST_API_KEY"] not in out
    assert "from ANYFAST_API_KEY" in out


def test_a_missing_key_is_3_and_the_gateway_is_looked_at_all_the_same(
    demo: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANYFAST_API_KEY")
    result = shell("doctor", "--json")
    assert result.code == 3
    assert levels(result)["key"] == "fail"
    assert levels(result)["gateway"] == "ok"


def test_a_key_that_was_typed_in_is_named_by_its_file(
    demo: Demo, shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = home / "config/seedance-tui/api-key"
    StoredKey(file).keep(ApiKey(os.environ["ANYFAST_API_KEY"]), demo.url)
    monkeypatch.delenv("ANYFAST_API_KEY")
    result = shell("doctor")
    assert result.code == 0
    assert f"from {file}" in result.out
    elsewhere = shell("doctor", "--base-url", "http://127.0.0.1:9")
    assert elsewhere.code == 3
    assert f"{file} is not for this base URL" in elsewhere.out
    file.chmod(0o644)
    opened = shell("doctor")
    assert opened.code == 3
    assert f"chmod 600 {file}" in opened.out


def test_a_key_that_was_typed_in_serves_every_command(
    watched: Demo, shell: Shell, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = home / "config/seedance-tui/api-key"
    StoredKey(file).keep(ApiKey(os.environ["ANYFAST_API_KEY"]), watched.url)
    monkeypatch.delenv("ANYFAST_API_KEY")
    assert shell("show", watched.tasks[0].id).code == 0


def test_a_refused_key_is_3(demo: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANYFAST_API_KEY", "short")
    result = shell("doctor", "--json")
    assert result.code == 3
    assert (levels(result)["key"], levels(result)["gateway"]) == ("warn", "fail")


@pytest.mark.parametrize(
    ("fault", "code", "level", "words"),
    [
        (Html(), 7, "fail", "check base_url"),
        (Answer(500), 7, "fail", "gateway error"),
        (Answer(429), 0, "warn", "rate-limited"),
    ],
    ids=["html", "500", "429"],
)
def test_what_the_gateway_says_is_understood(
    demo: Demo, shell: Shell, fault: Fault, code: int, level: str, words: str
) -> None:
    demo.gateway.faults.push(EVERY, fault, times=None)
    result = shell("doctor", "--json")
    assert (result.code, levels(result)["gateway"]) == (code, level)
    assert words in result.out


def test_a_gateway_out_of_reach_is_7(shell: Shell) -> None:
    result = shell("doctor", "--base-url", "http://127.0.0.1:9", "--json")
    assert result.code == 7
    assert levels(result)["base URL"] == "ok", "a loopback address may be http"
    assert "check the network" in result.out


def test_an_address_that_is_none_is_1(shell: Shell) -> None:
    result = shell("doctor", "--base-url", "anyfast", "--json")
    assert result.code == 1
    assert levels(result)["base URL"] == "fail"


def test_a_list_that_others_can_read_is_a_warning(watched: Demo, shell: Shell, home: Path) -> None:
    (home / "data/seedance-tui/watchlist.toml").chmod(0o644)
    result = shell("doctor", "--json")
    assert (result.code, levels(result)["watch list"]) == (0, "warn")


def test_what_is_damaged_on_the_disk_is_1(demo: Demo, shell: Shell, home: Path) -> None:
    (home / "file").touch()
    path = home / "data/seedance-tui/watchlist.toml"
    path.parent.mkdir(parents=True)
    path.write_text("[[tasks]\n")
    result = shell("doctor", "--download-dir", str(home / "file"), "--json")
    assert result.code == 1
    assert (levels(result)["watch list"], levels(result)["downloads"]) == ("fail", "fail")


def test_a_config_that_cannot_be_used_is_a_finding(demo: Demo, shell: Shell, home: Path) -> None:
    path = home / "config/seedance-tui/config.toml"
    path.parent.mkdir(parents=True)
    path.write_text("theme = 3\n")
    assert levels(shell("doctor", "--json"))["config"] == "warn"
    result = shell("doctor", "--config", "/nowhere", "--json")
    assert (result.code, levels(result)["config"]) == (1, "fail")


def test_a_proxy_is_named_without_its_password(
    demo: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://me:secret@proxy.example:3128")
    out = shell("doctor").out
    assert "HTTPS_PROXY=http://proxy.example:3128" in out
    assert "secret" not in out


def test_a_certificate_file_that_is_not_there_is_1(
    demo: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    result = shell("doctor", "--json")
    assert (result.code, levels(result)["certificates"]) == (1, "fail")


def test_the_storage_server_of_the_newest_link_is_asked_for_one_byte(
    watched: Demo, shell: Shell
) -> None:
    assert "storage" not in levels(shell("doctor", "--json")), "no link is known yet"
    shell("wait", "asyntask_done1")
    assert levels(shell("doctor", "--json"))["storage"] == "ok"
    request = watched.store.requests[-1]
    assert request.headers["range"] == "bytes=0-0"
    assert "authorization" not in request.headers


@pytest.mark.parametrize(
    ("fault", "code", "level", "words"),
    [
        (Reset(), 7, "fail", "storage server cannot be reached"),
        (Refusal(403, "UserDisable"), 0, "warn", "in arrears"),
        (Refusal(503, "SlowDown"), 0, "warn", "busy"),
    ],
    ids=["away", "closed", "busy"],
)
def test_what_is_wrong_with_the_storage_server_is_said_of_it(
    watched: Demo, shell: Shell, fault: Reset | Refusal, code: int, level: str, words: str
) -> None:
    shell("wait", "asyntask_done1")
    watched.store.faults.push(EVERY, fault, times=None)
    result = shell("doctor", "--json")
    (said,) = [line for line in result.json if line["subject"] == "storage"]
    assert (result.code, said["level"]) == (code, level)
    assert "127.0.0.1" in said["text"]
    assert words in said["text"]


def test_an_expired_link_is_not_asked(demo: Demo, shell: Shell) -> None:
    shell("wait", "asyntask_expired1")
    asked = len(demo.store.requests)
    assert "storage" not in levels(shell("doctor", "--json"))
    assert len(demo.store.requests) == asked
