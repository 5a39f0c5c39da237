"""The language is that of the command line, the settings or the environment, in this order."""

from pathlib import Path

import pytest

from tests.e2e.conftest import Run, Terminal


@pytest.mark.parametrize(
    ("option", "in_file", "variables", "shown"),
    [
        ((), "", {"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW.UTF-8"}, "还没有任务"),
        (("--lang", "en"), "zh", {"LANG": "zh_CN.UTF-8"}, "No tasks yet"),
    ],
)
def test_the_monitor_speaks_the_language_asked_for(
    run: Run,
    environ: dict[str, str],
    tmp_path: Path,
    option: tuple[str, ...],
    in_file: str,
    variables: dict[str, str],
    shown: str,
) -> None:
    if in_file:
        settings = tmp_path / ".config" / "seedance-tui" / "config.toml"
        settings.parent.mkdir(parents=True)
        settings.write_text(f'lang = "{in_file}"\n', encoding="utf-8")
    environ.update(variables)
    # pyte leaves a blank cell behind each wide character.
    terminal = run(*option)
    terminal.until(lambda: shown.replace(" ", "") in terminal.text.replace(" ", ""))


def test_help_and_what_is_wrong_with_the_command_line_are_said_in_it(run: Run) -> None:
    assert "用法" in said(run("--help", "--lang", "zh"))
    assert "查询" in said(run("list", "--lang=zh", "--help"))
    assert "无法识别的参数" in said(run("--nonsense", "--lang=zh"))
    assert "缺少参数" in said(run("show", "--lang", "zh"))


def said(terminal: Terminal) -> str:
    terminal.end()
    return terminal.text.replace(" ", "")
