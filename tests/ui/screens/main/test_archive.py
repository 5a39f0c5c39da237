"""What is put away, view 0 where it is, and the one way to remove it for good."""

from dataclasses import replace
from pathlib import Path

import pytest
from textual import events

from seedance_tui.core.config import Config
from seedance_tui.core.settings.auto_save import GuardSettings
from seedance_tui.core.storage.paths import archive_path
from seedance_tui.core.watchlist._archive import Archive
from seedance_tui.core.watchlist.file import WatchListFile
from seedance_tui.ui.widgets.key_bar import KeyBar
from seedance_tui.ui.widgets.notice_line import Notice
from tests.ui.conftest import DONE, FAIL, IDS, OPEN, Monitor, Start


def ids(monitor: Monitor) -> tuple[str, ...]:
    return tuple(entry.id for entry in monitor.list.entries)


def archived(config: Config) -> list[str]:
    return [one.id for one in Archive(config.watchlist).load().entries]


def listed(config: Config) -> list[str]:
    return [one.id for one in WatchListFile(config.watchlist).load().watched]


def can_act(monitor: Monitor, label: str) -> bool:
    """Whether the footer has a key of that name that is not dim."""
    return any(h.can_act for h in monitor.screen.query_one(KeyBar).hints if h.label == label)


async def shows(monitor: Monitor, *task_ids: str) -> None:
    await monitor.until(lambda: ids(monitor) == task_ids)


async def put_away(monitor: Monitor, *task_ids: str) -> None:
    """Put tasks away and open the archive."""
    monitor.list.marks = frozenset(task_ids)
    await monitor.press("X", "0")
    await monitor.until(lambda: set(ids(monitor)) == set(task_ids))


async def test_x_says_what_is_at_stake_and_of_what_is_saved_no_more_than_that(
    start: Start,
) -> None:
    async with start(size=(160, 30)) as monitor:
        await monitor.press("x")
        await monitor.says("fruit tea, take 3 removed · u: undo · 1 not saved")
        assert ", its link expires in 23h" in monitor.notice
        await monitor.press("u", "ctrl+a", "x")
        await monitor.says("3 tasks removed · u: undo · 1 not saved, its link expires in 23h")
        assert ", 1 not finished yet" in monitor.notice
        await monitor.press("u")
        monitor.list.choose(DONE)
        await monitor.press("d")
        await monitor.says("Saved: ")
        await monitor.press("x")
        await monitor.says("fruit tea, take 3 removed · u: undo")
        assert "not saved" not in monitor.notice


async def test_how_it_is_taken_back_is_said_in_the_narrowest_line(start: Start) -> None:
    async with start() as monitor:
        for label in ("fruit tea, take 3", "an endless label " * 40, "很长" * 90):
            await monitor.resize(80, 24)
            monitor.list.choose(DONE)
            await monitor.press("e", "ctrl+a")
            monitor.app.post_message(events.Paste(label))
            await monitor.settled()
            await monitor.press("enter", "x")
            await monitor.says("removed · u: undo · 1 not saved")
            await monitor.press("u", "ctrl+a")
            await monitor.resize(40, 12)
            await monitor.press("x")
            await monitor.says("3 tasks removed · u: undo")
            await monitor.press("u")
            monitor.hear()


async def test_X_puts_away_what_is_shown_ended_and_saved_or_marked_whatever_it_is(
    start: Start, config: Config
) -> None:
    async with start(size=(200, 30)) as monitor:
        await monitor.press("X")
        await monitor.says("Nothing shown has ended and is saved")
        assert ids(monitor) == IDS
        await monitor.press("d")
        await monitor.until(lambda: monitor.entry(DONE).is_saved)
        await monitor.until(lambda: can_act(monitor, "Put away"))
        await monitor.press("4", "X", "1")
        assert ids(monitor) == IDS, "the view did not show it"
        await monitor.press("X")
        await shows(monitor, OPEN, FAIL)
        assert not can_act(monitor, "Put away")
        assert (listed(config), archived(config)) == ([OPEN, FAIL], [DONE])
        await monitor.press("u")
        await shows(monitor, *IDS)
        assert (listed(config), archived(config)) == (list(IDS), [])
        await monitor.press("G", "space", "X")
        await shows(monitor, DONE, OPEN)
        assert archived(config) == [FAIL], "it was marked"


async def test_0_shows_the_archive_to_copy_from_and_filter_and_X_brings_back(
    start: Start, config: Config
) -> None:
    async with start(size=(160, 30)) as monitor:
        url = monitor.entry(DONE).links[0].url
        await put_away(monitor, DONE, FAIL)
        assert "Archive" in monitor.text("#tabs")
        assert " X Bring back " in monitor.text("#keys")
        assert "Download" not in monitor.text("#keys")
        assert "Done" in monitor.row(DONE)
        assert "fruit tea, take 3" in monitor.row(DONE)
        assert monitor.row(OPEN) == ""
        await monitor.press("slash", *"fruit", "enter")
        await shows(monitor, DONE)
        await monitor.press("y")
        await monitor.until(lambda: monitor.copied == [url])
        await monitor.press("escape")
        monitor.list.cursor = DONE
        await monitor.press("X")
        await monitor.says("1 task restored")
        await shows(monitor, FAIL)
        await monitor.press("1")
        assert set(ids(monitor)) == {DONE, OPEN}
        assert "Archive" not in monitor.text("#tabs")
        assert monitor.entry(DONE).watched.label == "fruit tea, take 3"
        assert archived(config) == [FAIL]


async def test_an_empty_archive_says_so_until_x_and_an_archived_id_that_is_added_comes_back(
    start: Start, config: Config
) -> None:
    async with start() as monitor:
        await monitor.press("0")
        await monitor.until(lambda: "The archive is empty." in monitor.text("#list"))
        await monitor.press("x", "1")
        await shows(monitor, *IDS)
        await monitor.press("x")
        assert archived(config) == [DONE]
        await monitor.press("a", *DONE, "enter")
        await monitor.until(lambda: DONE in ids(monitor))
        await monitor.settled()
        assert monitor.entry(DONE).watched.label == "fruit tea, take 3"
        assert archived(config) == []


async def test_the_archive_is_there_in_a_later_run_with_the_last_answers(
    start: Start, config: Config
) -> None:
    async with start() as monitor:
        await monitor.press("d")
        await monitor.until(lambda: monitor.entry(DONE).is_saved)
        await put_away(monitor, DONE)
    async with start(watched=False) as monitor:
        await monitor.until(lambda: monitor.screen.loaded)
        await shows(monitor, OPEN, FAIL)
        before = len(monitor.demo.gateway.requests)
        await monitor.press("0")
        await shows(monitor, DONE)
        assert "Done" in monitor.row(DONE)
        assert "saved" in monitor.row(DONE)
        assert "Result URL" in monitor.text("#detail")
        asked = list(monitor.demo.gateway.requests)[before:]
        assert not [request for request in asked if DONE in request.target]
        await monitor.press("X", "1")
        assert "fruit tea, take 3" in monitor.row(DONE)


async def test_nothing_but_view_0_reads_the_archive(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(archive: Archive) -> None:
        raise AssertionError("the archive is read")

    async with start() as monitor:
        monkeypatch.setattr(Archive, "load", read)
        await monitor.press("x", "u", "U", "u", "R", "slash", "a", "escape", "2", "1")
        await shows(monitor, *IDS)


async def test_archived_tasks_are_neither_asked_about_nor_saved(
    start: Start, config: Config
) -> None:
    guarded = replace(config, guard=GuardSettings(auto_save=None))
    async with start(settings=guarded) as monitor:
        await put_away(monitor, DONE, OPEN)
        before = len(monitor.demo.gateway.requests)
        for key in ("r", "d", "e", "x"):
            monitor.screen.notices.show(Notice(""))
            await monitor.press(key)
            await monitor.says("Archived; press X to bring it back")
            assert monitor.on_top
        await monitor.press("D")
        assert monitor.on_top
        await monitor.press("R")
        await monitor.until(lambda: len(monitor.demo.gateway.requests) > before)
        targets = [request.target for request in list(monitor.demo.gateway.requests)[before:]]
        assert not [target for target in targets if DONE in target or OPEN in target]
        assert not monitor.session.files.queue.jobs
        assert set(ids(monitor)) == {DONE, OPEN}


async def test_delete_in_the_archive_asks_and_can_be_taken_back(
    start: Start, config: Config
) -> None:
    async with start() as monitor:
        await put_away(monitor, DONE, FAIL)
        monitor.list.cursor = DONE
        for keep in ("escape", "k", "enter"):
            await monitor.press("delete")
            assert type(monitor.app.screen).__name__ == "DeleteScreen"
            await monitor.press(keep)
            assert monitor.on_top
        assert set(archived(config)) == {DONE, FAIL}
        await monitor.press("delete", "d")
        await monitor.says("1 task removed for good · u: undo, until you quit")
        await shows(monitor, FAIL)
        assert archived(config) == [FAIL]
        assert listed(config) == [OPEN]
        await monitor.press("u")
        await monitor.says("1 task restored to the archive")
        await monitor.until(lambda: set(ids(monitor)) == {DONE, FAIL})
        await monitor.press("U")
        await shows(monitor, FAIL)
        await monitor.press("u", "u")
        await monitor.press("1")
        await monitor.until(lambda: set(ids(monitor)) == set(IDS))
        assert monitor.entry(DONE).watched.label == "fruit tea, take 3"


async def test_the_next_start_has_the_view_before_and_an_id_of_its_command_line_is_back_in_it(
    start: Start,
) -> None:
    async with start() as monitor:
        await monitor.press("x", "3", "0")
    async with start(watched=False, ids=(DONE,)) as monitor:
        await shows(monitor, DONE)
        await monitor.until(lambda: monitor.entry(DONE).watched.label == "fruit tea, take 3")


async def test_a_damaged_archive_is_told_and_shown_as_far_as_it_goes(
    start: Start, config: Config
) -> None:
    async with start() as monitor:
        await monitor.press("x")
        path: Path = archive_path(config.watchlist)
        path.write_text(path.read_text() + "\n[[tasks]]\nid = \n")
        await monitor.press("0")
        await shows(monitor, DONE)
        await monitor.says("Archive error, valid entries still shown")
