"""The answer beside a video: without secrets, and with nothing that an editor would obey."""

import json
from pathlib import Path

from seedance_tui.api.unsigned import unsigned
from seedance_tui.core.downloads._saver import _write_new


def test_an_answer_is_written_without_secrets_and_without_controls(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    link = "https://store.example/a.mp4?X-Tos-Signature=5ec7e7"
    _write_new(path, unsigned({"said": f"\x9b31m \u202e {link}", "raw": json.dumps([link])}))
    text = path.read_text(encoding="utf-8")
    assert "5ec7e7" not in text
    assert not {"\x9b", "\u202e"} & set(text)
    assert json.loads(text)["said"].startswith("\x9b31m \u202e https://store.example/a.mp4")
