"""Verbs in Chinese: people read their own language, scripts the same names as ever."""

from pathlib import Path

import pytest

from seedance_tui.demo import Demo
from tests.commands.conftest import Shell


@pytest.fixture(autouse=True)
def _chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")


def test_json_has_the_same_names_in_every_language(watched: Demo, shell: Shell) -> None:
    shell("list")
    chinese = shell("list", "--json").json
    english = shell("list", "--json", "--lang", "en").json
    assert [task.keys() for task in chinese] == [task.keys() for task in english]
    same = ("id", "status", "phase", "files", "tokens")
    assert [[task[n] for n in same] for task in chinese] == [
        [task[n] for n in same] for task in english
    ]


def test_fields_and_remarks_are_in_chinese(watched: Demo, shell: Shell) -> None:
    shown = shell("show", watched.tasks[0].id, "--format", "table")
    assert "宽高比" in shown.out
    assert "提交时间" in shown.out
    assert "不像 ID" in shell("add", "x").out
    assert "x 不是任务 ID" in shell("add", "x").err
    assert "正常" in shell("doctor").out


def test_what_is_wrong_is_said_in_the_language_that_the_settings_ask_for(
    home: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    settings = home / "config" / "seedance-tui" / "config.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('lang = "zh"\nsidecar = 1\nintervall = 3\n', encoding="utf-8")
    told = shell("doctor").out
    assert "config.toml 第 2 行：sidecar 应为 true 或 false；已改用默认值" in told
    assert "intervall 不是有效的设置项，是不是 interval？" in told


def test_a_key_that_cannot_be_read_is_told_in_chinese(
    home: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ANYFAST_API_KEY")
    monkeypatch.setenv("ANYFAST_API_KEY_FILE", str(home / "empty"))
    (home / "empty").touch(mode=0o600)
    assert "其中的内容不是 API Key" in shell("show", "asyntask_done1").err
