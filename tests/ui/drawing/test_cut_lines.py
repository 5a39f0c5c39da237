"""A text that has no room for all its lines says so at its end, wherever it stands."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from seedance_tui.core.text.sanitize import safe
from seedance_tui.ui.detail.page import paragraph
from seedance_tui.ui.drawing import format as fmt
from seedance_tui.ui.drawing.frames import framed
from seedance_tui.ui.screens.panes.downloads import ReasonLines
from tests.ui.conftest import text_of

TEXTS = (
    "downloaded from data.data.content.video_url (ark-acg-cn-beijing.tos-cn-beijing.volces.com)",
    "链接由存储服务器拒绝，因为它早已过期，视频不会再有了，请重新生成一个，或查看归档中的其他任务",
    "👩‍👩‍👧 " * 40,
    "x" * 400,
)


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("width", [8, 20, 38])
def test_the_last_line_ends_in_an_ellipsis_where_more_follow(text: str, width: int) -> None:
    lines = list(fmt.wrap(safe(text), width))
    kept = fmt.first_lines(lines, 2, width)
    assert kept[0] == lines[0]
    assert kept[1].endswith("…")
    assert max(map(cell_len, kept)) <= width
    assert fmt.first_lines(lines, len(lines), width) == lines


def test_no_line_at_all_has_room_for_none() -> None:
    assert fmt.first_lines(["a", "b"], 0, 10) == []
    assert fmt.first_lines([], 2, 10) == []


@pytest.mark.parametrize("text", TEXTS)
def test_so_it_is_in_the_downloads_in_a_paragraph_and_in_a_frame(text: str) -> None:
    reason = ReasonLines()
    reason.set_reactive(ReasonLines.span, (safe(text), "dim"))
    assert reason._pieces(40)[-1].endswith("…")
    assert text_of(paragraph(text, "dim", 40, 2)[-1]).endswith("…")
    assert "…" in framed(safe(text), 20, 4)[-2]
    assert "…" in framed(safe(text), 20, 2)[-1]
