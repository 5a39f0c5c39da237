"""The detail stays where it is, says each link once, and has the room that a short list leaves."""

from __future__ import annotations

from seedance_tui.api.links import Kind
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.file_states import Saving, Waiting
from seedance_tui.ui.detail.fields_page import fields_page
from seedance_tui.ui.detail.page import PageContext
from seedance_tui.ui.drawing.spans import Line
from tests.ui.conftest import DONE, Start, text_of

HOUR = 3600.0


async def test_a_short_list_leaves_its_room_to_the_detail(start: Start) -> None:
    async with start(size=(80, 24)) as monitor:
        assert monitor.screen.detail.region.height >= 14
        assert monitor.list.region.height >= len(monitor.list.entries)
        await monitor.press("p")
        assert monitor.list.region.height > 15
        await monitor.press("p")
        assert monitor.screen.detail.region.height >= 14


async def test_each_link_is_said_once_and_the_place_of_a_reason_says_which(start: Start) -> None:
    async with start(size=(120, 60)) as monitor:
        lines = monitor.lines("#detail")
        (video,) = (line for line in lines if "Video URL" in line)
        assert video.split("  ")[-1].strip() == "same as Original URL"
        links = [line.split()[2] for line in lines if "…" in line and ".mp4" in line]
        assert len(links) == len(set(links))
        (reason,) = (line for line in lines if "Fail reason" in line)
        assert "none: same as " in reason, "it is done"
        assert "http" not in reason


async def test_tokens_and_why_it_failed_are_above_the_fold(start: Start) -> None:
    async with start(size=(120, 40)) as monitor:
        seen = monitor.lines("#detail")[: monitor.screen.detail.size.height - 1]
        assert any("245,025" in line for line in seen)
        await monitor.press("G")
        seen = monitor.lines("#detail")[:8]
        assert any("copyright" in line for line in seen)


async def test_nothing_moves_while_a_video_is_saved_nor_sideways_when_dates_appear(
    start: Start,
) -> None:
    async with start(size=(120, 40)) as monitor:
        entry, now = monitor.entry(DONE), monitor.screen.now
    states = (
        Waiting(),
        Saving(1_000, 2_000_000_000, 12.0),
        Saving(1_999_000_000, 2_000_000_000, 123_456_789.0),
    )
    pages = [
        fields_page(entry.with_file(Kind.RESULT, state), PageContext(53, now)) for state in states
    ]
    assert {row_of("Ratio", page.lines) for page in pages} == {row_of("Ratio", pages[0].lines)}
    assert len({place_of_ago(entry, now + days * 24 * HOUR) for days in (0, 1, 3)}) == 1


def row_of(word: str, lines: list[Line]) -> int:
    texts = ["".join(text for text, _role in line) for line in lines]
    return next(row for row, text in enumerate(texts) if word in text)


def place_of_ago(entry: Entry, now: float) -> int:
    lines = map(text_of, fields_page(entry, PageContext(80, now)).lines)
    (line,) = (line for line in lines if "Submitted" in line)
    return len(line.partition(" ago")[0].rpartition("  ")[0])
