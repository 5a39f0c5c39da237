"""A place without a picture: a frame, with the words inside."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from seedance_tui.ui.drawing import glyphs
from seedance_tui.ui.drawing.frames import framed

LOOKS = (glyphs.UNICODE, glyphs.ASCII, glyphs.PLAIN)


@pytest.mark.parametrize("words", ["not saved", "", "尚未下载", "word " * 40])
@pytest.mark.parametrize("look", LOOKS, ids=["unicode", "ascii", "plain"])
@pytest.mark.parametrize(("width", "lines"), [(30, 9), (16, 4), (4, 3)])
def test_the_words_stand_within_the_frame(
    words: str, look: glyphs.Glyphs, width: int, lines: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glyphs, "_current", look)
    drawn = framed(words, width, lines)
    left, _across, right, side, below_left, below_right = look.frame
    assert len(drawn) == lines
    assert {cell_len(line) for line in drawn} == {width}
    assert (drawn[0][0], drawn[0][-1]) == (left, right)
    assert (drawn[-1][0], drawn[-1][-1]) == (below_left, below_right)
    assert all(line[0] == line[-1] == side for line in drawn[1:-1])
    assert words[:1] in "".join(drawn)


@pytest.mark.parametrize(("width", "lines"), [(20, 0), (20, 1), (20, 2), (3, 9)])
def test_where_there_is_no_room_there_is_no_frame(width: int, lines: int) -> None:
    drawn = framed("not saved", width, lines)
    assert len(drawn) <= lines
    assert "┌" not in "".join(drawn)
