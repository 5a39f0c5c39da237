"""Whatever a file claims: a sentence, within bounds of time and memory."""

from __future__ import annotations

import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest

from seedance_tui.core.media import preview
from seedance_tui.core.media.clip import open_file
from seedance_tui.core.media.images import decoded
from seedance_tui.core.media.no_picture import NoPicture, Obstacle
from tests.core.media.bad_clips import bad_clips
from tests.core.media.clips import Recipe, make

ROOT = Path(__file__).parents[3]
LONGEST = 10.0
"""Seconds for a file on a loaded machine: a hundredth of one is usual."""


@pytest.mark.skipif(sys.platform == "win32", reason="memory is bounded by rlimit")
def test_each_bad_file_ends_in_its_sentence_within_bounds(tmp_path: Path) -> None:
    expected = {}
    for name, data, why in bad_clips(tmp_path):
        (tmp_path / f"{name}.bad").write_bytes(data)
        expected[name] = why.value
    command = [sys.executable, "-m", "tests.core.media.bad_clips", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=50)
    assert done.returncode == 0, done.stderr
    lines = [line.split() for line in done.stdout.splitlines()]
    assert {name: why for name, why, _took in lines} == expected
    assert max(float(took) for *_, took in lines) < LONGEST


def test_what_comes_before_a_cut_is_still_shown(tmp_path: Path) -> None:
    path = make(Recipe("cut", movflags="faststart", options={"g": "6"}), tmp_path)
    path.write_bytes(path.read_bytes()[:-1500])
    clip = open_file(path)
    assert clip.facts.frames == 24
    assert clip.frame(0, (32, 18)).size == (32, 18)
    with pytest.raises(NoPicture) as caught:
        clip.frame(23, (32, 18))
    assert caught.value.why is Obstacle.TRUNCATED
    clip.close()


def test_no_file_and_a_folder_are_no_clips(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.mp4"):
        with pytest.raises(NoPicture) as caught:
            open_file(path)
        assert caught.value.why is Obstacle.NO_FILE


def test_without_the_extra_the_one_command_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(Recipe("plain"), tmp_path)
    monkeypatch.setattr(preview, "find_spec", lambda name: None)
    preview.has_preview.cache_clear()
    try:
        clip = open_file(path)
        assert (clip.facts.width, len(clip.moments)) == (192, 24)  # its boxes tell as much
        with pytest.raises(NoPicture) as caught:
            clip.frame(0, (32, 18))
        clip.close()
    finally:
        preview.has_preview.cache_clear()
    assert caught.value.why is Obstacle.NO_PREVIEW
    assert preview.ADD_PREVIEW in caught.value.sentence


def test_a_still_picture_that_claims_too_much_is_none() -> None:
    for side in (100_000, 4000):
        with pytest.raises(NoPicture) as caught:
            decoded(png(side), 100)
        assert caught.value.why is Obstacle.TOO_LARGE


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<html>", Obstacle.NOT_A_VIDEO),
        (b"", Obstacle.NOT_A_VIDEO),
        (b"\xff\xd8\xff", Obstacle.NOT_A_VIDEO),
    ],
)
def test_what_is_no_still_picture_is_said(data: bytes, why: Obstacle) -> None:
    with pytest.raises(NoPicture) as caught:
        decoded(data, 100)
    assert caught.value.why is why


def test_a_still_picture_that_is_cut_is_broken() -> None:
    with pytest.raises(NoPicture) as caught:
        decoded(png(20), 100)
    assert caught.value.why is Obstacle.BROKEN


def png(side: int) -> bytes:
    """A picture of so many pixels each way, without any of them."""
    about = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = (about, b"IDAT", b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in chunks
    )


def test_nothing_of_the_extra_is_loaded_before_a_picture_is_made() -> None:
    names = [path.stem for path in (ROOT / "seedance_tui/core/media").glob("[a-z]*.py")]
    assert len(names) > 8
    code = (
        "import importlib, sys\n"
        f"for name in {names!r}: importlib.import_module(f'seedance_tui.core.media.{{name}}')\n"
        "from seedance_tui.core.media.preview import has_preview\nassert has_preview()\n"
        "assert not {'av', 'PIL'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
