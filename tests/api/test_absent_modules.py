"""Tests of absent modules: what is not installed is not searched for at each request."""

from __future__ import annotations

import subprocess
import sys

import pytest

from seedance_tui.api.absent_modules import note_absent


def test_a_module_that_is_not_installed_is_not_searched_for_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "no_such_module_at_all", raising=False)
    note_absent("no_such_module_at_all")
    searched: list[str] = []

    class Finder:
        @staticmethod
        def find_spec(name: str, *_: object) -> None:
            searched.append(name)

    monkeypatch.setattr(sys, "meta_path", [Finder, *sys.meta_path])
    with pytest.raises(ImportError):
        __import__("no_such_module_at_all")
    assert searched == []
    del sys.modules["no_such_module_at_all"]


def test_a_module_that_is_installed_can_be_imported_as_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "this", raising=False)
    note_absent("this")
    assert "this" not in sys.modules


def test_httpx_is_loaded_without_its_command_line_and_click_can_be_had_afterwards() -> None:
    code = (
        "import sys\n"
        "from seedance_tui.api.absent_modules import without_command_line\n"
        "with without_command_line():\n    from seedance_tui.api.client import Client\n"
        "assert 'httpx' in sys.modules and 'httpx._main' not in sys.modules\n"
        "assert not {'rich', 'pygments', 'click'} & sys.modules.keys()\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
