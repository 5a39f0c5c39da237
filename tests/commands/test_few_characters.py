"""Output that lacks dashes, dots and signs shows plain ones in their place, not question marks."""

import os
import subprocess
from collections.abc import Callable

import pytest

from seedance_tui.command_line._few_characters import plain
from seedance_tui.demo import Demo

C_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("— – −", "- - -"),
        ("720p · 5 s", "720p - 5 s"),
        ("2×", "2x"),
        ("cut…", "cut..."),
        ("“a” it’s", '"a" it\'s'),
        ("a → b ≥ c", "a -> b >= c"),
        ("café：", "cafe:"),
        ("茶", "?"),
        ("plain", "plain"),
    ],
)
def test_each_has_its_plain_form(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.skipif(os.name != "posix", reason="locales are named otherwise on Windows")
def test_in_the_c_locale_a_list_has_dashes_where_nothing_is_known(
    demo: Demo, program: Callable[..., subprocess.Popen[str]]
) -> None:
    ids = [task.id for task in demo.tasks]
    for argv in (("add", ids[0]), ("list", "--offline", "--format", "table")):
        process = program(*argv, env=dict(os.environ) | C_LOCALE)
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
    assert out.splitlines()[1].split()[:4] == ["-", ids[0], "-", "-"]
    assert "?" not in out
