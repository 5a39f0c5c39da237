"""The file of a clip is let go of with the clip, also where nobody closes it."""

import gc
from pathlib import Path

import pytest

from seedance_tui.core.media.clip import open_file
from seedance_tui.demo.clips import clip as demo_clip


@pytest.mark.filterwarnings("error")
def test_a_clip_that_nobody_closes_leaves_no_open_file(tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    path.write_bytes(demo_clip("original.mp4"))
    opened = open_file(path)
    assert opened.moments
    source = opened._source
    del opened
    gc.collect()
    assert source.closed
