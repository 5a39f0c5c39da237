"""What the keys do."""

import tomllib
from functools import partial
from typing import Any

import pytest
from textual import events
from textual.screen import Screen
from textual.widgets import OptionList
from textual.worker import WorkerFailed

from seedance_tui.core.config import Config
from seedance_tui.demo import EVERY, Demo
from seedance_tui.demo.faults import EmptyBody, Html
from tests.ui.conftest import Start

DONE = "asyntask_doneDONEdoneDONEdoneDONEdone0001"
OPEN = "asyntask_openOPENopenOPENopenOPENopen0002"
FAIL = "asyntask_failFAILfailFAILfailFAILfail0003"


def on_disk(config: Config) -> list[str]:
    return [task["id"] for task in tomllib.loads(config.watchlist.read_text())["tasks"]]


def counted(screen: Screen[Any]) -> str:
    return " ".join(str(counts.render()) for counts in screen.query("#counts"))


async def test_a_adds_what_is_typed_or_pasted_and_writes_it(start: Start, config: Config) -> None:
    async with start() as monitor:
        await monitor.press("a", *"asyntask_new123", "escape")
        assert monitor.on_top
        assert len(monitor.list.entries) == 3, "it was left by escape"
        await monitor.press("a", *"asyntask_new123", "enter")
        await monitor.says("1 task added")
        assert monitor.list.cursor == "asyntask_new123"
        assert on_disk(config)[-1] == "asyntask_new123"
        text = f'{{"task_id": "{DONE}"}}\n2026-07-21 done asyntask_x1 asyntask_x2 asyntask_h81e…fN'
        monitor.app.post_message(events.Paste(text))
        await monitor.until(
            lambda: "2 new · 1 already on the list · 1 invalid" in counted(monitor.app.screen)
        )
        await monitor.press("enter")
        await monitor.says("2 tasks added · 1 already on the list · 1 word is not a task ID")


async def test_x_removes_u_brings_back_in_its_place_U_removes_again(
    start: Start, config: Config
) -> None:
    async with start() as monitor:
        await monitor.press("j", "x")
        await monitor.until(lambda: on_disk(config) == [DONE, FAIL])
        await monitor.press("u")
        await monitor.until(lambda: on_disk(config) == [DONE, OPEN, FAIL])
        await monitor.until(lambda: monitor.list.cursor == OPEN)
        await monitor.press("U")
        await monitor.until(lambda: on_disk(config) == [DONE, FAIL])
        await monitor.press("U")
        await monitor.says("Nothing to redo")


async def test_y_and_c_copy_the_result_and_C_the_original_and_where_there_is_none_say_why(
    start: Start,
) -> None:
    async with start() as monitor:
        entry = monitor.entry(DONE)
        await monitor.press("y")
        await monitor.says("Result link: sent to the terminal")
        await monitor.press("c")
        await monitor.press("C")
        await monitor.says("Original link: sent to the terminal")
        links = [entry.links[0].url, entry.links[0].url, entry.links[1].url]
        assert monitor.copied == links
        for key in ("y", "d"):
            await monitor.press("j", key, "k")
            await monitor.says("the task has not finished")
            monitor.hear()
        assert monitor.copied == links


async def test_the_copy_menu_copies_by_letter_what_is_there_and_shows_the_whole_link(
    start: Start,
) -> None:
    async with start() as monitor:
        for letter, expected in {"i": DONE, "c": "curl -sS"}.items():
            await monitor.press("Y", letter)
            await monitor.until(
                partial(lambda text: text in "".join(monitor.copied[-1:]), expected)
            )
        assert "demo-key" not in monitor.copied[-1]
        await monitor.press("Y", "l")
        shown = str(monitor.app.screen.query("Static").first().render())
        assert monitor.entry(DONE).links[0].url in shown, "to be selected from"
        await monitor.press("escape")
        assert monitor.on_top
        await monitor.press("j", "Y", "r")
        assert not monitor.on_top
        title = str(monitor.app.screen.query_one("#title").render())
        assert "Result link: not available." in title
        await monitor.press("i")
        await monitor.until(lambda: monitor.copied[-1] == OPEN)
        await monitor.resize(40, 20)
        await monitor.press("k", "Y")
        options = monitor.app.screen.query_one(OptionList).options
        said = {str(option.prompt)[:12].split()[1]: str(option.prompt) for option in options}
        assert said["ID"].endswith("…0001"), "a name is cut in the middle"
        assert said["ID"].count("…") == 1
        assert said["curl"].endswith("same reques…"), "words are cut at their end"


async def test_d_saves_the_result_byte_for_byte_and_D_b_the_original_too(
    start: Start, config: Config, demo: Demo
) -> None:
    async with start() as monitor:
        await monitor.press("d")
        await monitor.until(lambda: "saved" in monitor.row(DONE))
        await monitor.says("Saved: ")
        path = config.download_dir / f"{DONE}.mp4"
        key = demo.gateway.tasks[DONE].video_key
        blob = demo.store.get(key)
        assert blob
        assert path.read_bytes() == blob.pattern
        assert not list(config.download_dir.glob("*.part"))
        await monitor.press("d")
        await monitor.says("Already saved")
        await monitor.press("D", "b")
        both = [f"{DONE}.mp4", f"{DONE}_original.mp4"]
        await monitor.until(lambda: sorted(p.name for p in config.download_dir.glob("*")) == both)


async def test_a_store_that_answers_with_a_page_leaves_no_file(
    start: Start, config: Config, demo: Demo
) -> None:
    demo.store.faults.push(EVERY, Html())
    async with start() as monitor:
        await monitor.press("d")
        await monitor.says("not a video")
        assert list(config.download_dir.glob("*.mp4")) == []


async def test_r_asks_at_once_and_a_bad_answer_marks_the_row_stale(
    start: Start, demo: Demo
) -> None:
    async with start() as monitor:
        await monitor.press("j")
        demo.gateway.faults.push(OPEN, EmptyBody())
        await monitor.press("r")
        await monitor.until(lambda: "◐ Running stale" in monitor.row(OPEN))
        assert "30%" in monitor.row(OPEN)
        assert "last good response" in monitor.text("#detail")
        await monitor.press("r")
        await monitor.until(lambda: "stale" not in monitor.row(OPEN))


async def test_the_end_of_a_task_is_told(start: Start, demo: Demo) -> None:
    async with start() as monitor:
        demo.set(OPEN, "SUCCESS")
        await monitor.press("R")
        await monitor.until(lambda: "● Done" in monitor.row(OPEN))
        await monitor.says(f"{OPEN}: Done")


async def test_g_G_j_k_move_the_cursor_and_P_pauses_and_goes_on(start: Start) -> None:
    async with start() as monitor:
        seen = []
        for key in ("G", "g", "j", "j", "k", "end", "home", "down", "up"):
            await monitor.press(key)
            seen.append(monitor.list.cursor)
        assert seen == [FAIL, DONE, OPEN, FAIL, OPEN, FAIL, DONE, OPEN, DONE]
        await monitor.press("P")
        assert "paused" in monitor.text("#status")
        await monitor.press("P")
        assert "paused" not in monitor.text("#status")


async def test_the_mouse_moves_the_cursor_picks_views_and_presses_keys(start: Start) -> None:
    async with start() as monitor:
        await monitor.pilot.click("#list", offset=(5, 2))
        assert monitor.list.cursor == FAIL
        await monitor.pilot.click("#tabs", offset=(12, 0))
        await monitor.until(lambda: [e.id for e in monitor.list.entries] == [OPEN])
        await monitor.pilot.click("#keys", offset=(2, 0))
        await monitor.until(lambda: not monitor.on_top)


async def test_q_leaves_with_status_0_and_ctrl_c_with_130(start: Start) -> None:
    for key, code in (("q", 0), ("ctrl+c", 130)):
        async with start() as monitor:
            await monitor.press(key)
            await monitor.until(lambda: monitor.app.return_code is not None)
            assert monitor.app.return_code == code


async def failing(error: Exception) -> None:
    raise error


async def test_a_crash_ends_without_a_word_and_keeps_the_first_error(start: Start) -> None:
    first = RuntimeError("boom")
    with pytest.raises(WorkerFailed, match="boom"):
        async with start() as monitor:
            for error in (first, KeyError("later")):
                monitor.app.run_worker(failing(error))
            await monitor.until(lambda: monitor.app.crash)
            assert monitor.app.crash is first
            assert monitor.app.return_code == 1
            assert monitor.app.farewell == []
