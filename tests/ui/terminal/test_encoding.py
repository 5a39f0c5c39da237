"""Terminals that know no UTF-8, and those that can draw nothing."""

import io
import sys
from dataclasses import replace

import pytest
from rich.cells import cell_len

from seedance_tui import cli
from seedance_tui.core.config import Config
from seedance_tui.core.text import i18n
from seedance_tui.ui.terminal.encoding import for_terminal, is_utf8, replace_by_cells

TEXTS = ["fruit tea", "抚仙湖日出", "café ━━ ●", "한국어 🎬 e\u0301"]


class Tty(io.StringIO):
    """A terminal, as far as it is asked."""

    def isatty(self) -> bool:
        """It is one."""
        return True


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "gbk", "shift_jis"])
@pytest.mark.parametrize("text", TEXTS)
def test_what_cannot_be_written_is_replaced_cell_by_cell(encoding: str, text: str) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    replace_by_cells(stream)
    stream.write(text)
    stream.flush()
    assert cell_len(raw.getvalue().decode(encoding)) == cell_len(text)


@pytest.mark.parametrize(
    ("encoding", "is_it"),
    [("utf-8", True), ("UTF8", True), ("latin-1", False), ("GB18030", False), ("odd", False)],
)
def test_utf8_has_several_names(encoding: str, is_it: bool) -> None:
    assert is_utf8(encoding) is is_it


@pytest.mark.parametrize(("encoding", "is_told"), [("utf-8", 0), ("latin-1", 1), ("gbk", 1)])
def test_another_encoding_gets_ascii_and_one_message(
    config: Config, monkeypatch: pytest.MonkeyPatch, encoding: str, is_told: int
) -> None:
    name = "__stdout__" if sys.platform == "win32" else "__stderr__"
    monkeypatch.setattr(sys, name, io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    adapted = for_terminal(replace(config, warnings=()))
    assert adapted.screen.ascii is bool(is_told)
    assert len(adapted.warnings) == is_told
    assert all(encoding in warning for warning in adapted.warnings)


@pytest.mark.parametrize(("term", "is_refused"), [("dumb", True), ("xterm", False), ("", False)])
def test_a_dumb_terminal_is_refused_and_the_verbs_are_named(
    monkeypatch: pytest.MonkeyPatch, term: str, is_refused: bool
) -> None:
    told = Tty()
    monkeypatch.setattr(sys, "stdin", Tty())
    monkeypatch.setattr(sys, "stderr", told)
    monkeypatch.setenv("TERM", term)
    if not is_refused:
        cli._need_terminal()
        return
    with pytest.raises(SystemExit) as ended:
        cli._need_terminal()
    assert ended.value.code == 2
    for word in ("TERM=dumb", "list", "show", "wait", "download"):
        assert word in told.getvalue()


@pytest.mark.parametrize(("encoding", "language"), [("latin-1", "en"), ("gbk", "zh")])
def test_a_language_that_cannot_be_written_gives_way_to_english(
    config: Config, monkeypatch: pytest.MonkeyPatch, encoding: str, language: str
) -> None:
    name = "__stdout__" if sys.platform == "win32" else "__stderr__"
    monkeypatch.setattr(sys, name, io.TextIOWrapper(io.BytesIO(), encoding=encoding))
    i18n.use("zh")
    try:
        for_terminal(config)
        assert i18n.spoken() == language
    finally:
        i18n.use("en")
