"""Videos on their way to the disk: restarts, leaving, the guard, and where things are."""

import stat
from dataclasses import replace

import pytest

from seedance_tui.api.links import Kind
from seedance_tui.core.config import Config
from seedance_tui.core.model.file_states import Saving
from seedance_tui.core.settings.auto_save import GuardSettings
from seedance_tui.core.settings.choices import Choices
from seedance_tui.demo import EVERY, Demo, ManualClock
from seedance_tui.demo.faults import Expired
from seedance_tui.ui.screens.menus.quit import QuitScreen
from seedance_tui.ui.terminal import opener
from tests.ui.conftest import DONE, OPEN, Start, stop_the_store

RESULT = (DONE, Kind.RESULT)


async def test_what_was_not_finished_is_taken_up_at_the_next_start(
    start: Start, demo: Demo, config: Config
) -> None:
    stop_the_store(demo)
    async with start() as monitor:
        await monitor.press("d")
        await monitor.until(lambda: isinstance(monitor.file(), Saving))
    demo.store.faults.clear()
    async with start() as monitor:
        await monitor.until(lambda: "saved" in monitor.row(DONE))
    assert len(list(config.download_dir.glob("*.mp4"))) == 1


async def test_leaving_with_files_under_way_asks_and_can_wait_until_all_is_saved(
    start: Start, demo: Demo, config: Config
) -> None:
    stop_the_store(demo)
    async with start() as monitor:
        await monitor.press("d")
        await monitor.until(lambda: isinstance(monitor.file(), Saving))
        await monitor.press("q")
        assert isinstance(monitor.app.screen, QuitScreen)
        await monitor.press("escape")
        assert monitor.on_top
        await monitor.press("q", "w")
        demo.store.faults.clear()
        monitor.session.files.queue.pause([RESULT])
        monitor.session.files.queue.resume([RESULT])
        await monitor.until(lambda: monitor.app.return_code == 0)
    assert len(list(config.download_dir.glob("*.mp4"))) == 1


async def test_a_link_that_the_store_refuses_is_told_on_the_row(start: Start, demo: Demo) -> None:
    demo.store.faults.push(EVERY, Expired(), times=None)
    async with start() as monitor:
        await monitor.press("d")
        await monitor.until(lambda: "lost" in monitor.row(DONE))
        assert "link" in monitor.text("#detail")


async def test_A_saves_what_is_done_and_what_will_be_and_is_remembered(
    start: Start, demo: Demo, clock: ManualClock, config: Config
) -> None:
    async with start() as monitor:
        await monitor.press("A", "escape")
        assert monitor.on_top
        assert monitor.session.files.auto_saves == "off"
        await monitor.press("A", "r")
        await monitor.until(lambda: "saved" in monitor.row(DONE))
        assert "auto-save" in monitor.text("#status")
    demo.set(OPEN, "SUCCESS")
    clock.turn(20)
    async with start() as monitor:
        await monitor.until(lambda: "saved" in monitor.row(OPEN))
        await monitor.press("A", "b")
        await monitor.until(lambda: len(list(config.download_dir.glob("*_original.mp4"))) == 1)
        await monitor.press("A", "n")
        assert monitor.session.files.auto_saves == "off"


async def test_an_untouched_program_saves_what_is_about_to_die(
    start: Start, demo: Demo, clock: ManualClock, config: Config
) -> None:
    guard = GuardSettings((Kind.RESULT,), on_success=False, before=7200)
    clock.turn(86_400 - 100 - 900)
    async with start(settings=replace(config, guard=guard)) as monitor:
        await monitor.until(lambda: "saved" in monitor.row(DONE))


async def test_the_guard_lets_a_link_be_that_has_time(
    start: Start, clock: ManualClock, config: Config
) -> None:
    guard = GuardSettings((Kind.RESULT,), on_success=False, before=7200)
    async with start(settings=replace(config, guard=guard)) as monitor:
        await monitor.pilot.pause(0.1)
        assert monitor.session.files.queue.jobs == ()


async def test_the_first_finished_task_brings_the_hint_once(
    start: Start, demo: Demo, clock: ManualClock, config: Config
) -> None:
    async with start() as monitor:
        demo.set(OPEN, "SUCCESS")
        clock.turn(15)
        await monitor.press("R")
        await monitor.says("press A to auto-save")
        await monitor.until(lambda: Choices.beside(config.watchlist).path.exists())
    kept = Choices.beside(config.watchlist)
    kept.load()
    assert kept.hint_seen


@pytest.mark.usefixtures("hurry")
async def test_an_unsaved_link_that_dies_soon_is_spoken_of(
    start: Start, demo: Demo, clock: ManualClock
) -> None:
    clock.turn(86_400 - 100 - 900)
    async with start() as monitor:
        await monitor.says("link expires in 1")


async def test_leaving_says_what_will_be_lost_and_where_files_went(
    start: Start, config: Config
) -> None:
    async with start() as monitor:
        await monitor.press("q")
        await monitor.until(lambda: monitor.app.return_code == 0)
        assert monitor.app.farewell[0] == "1 video is not saved:"
        assert "fruit tea, take 3: link expires in 23h" in monitor.app.farewell[1]
    async with start() as monitor:
        await monitor.press("d")
        await monitor.until(lambda: "saved" in monitor.row(DONE))
        await monitor.press("q")
        await monitor.until(lambda: monitor.app.return_code == 0)
        assert monitor.app.farewell == [f"1 file saved in {config.download_dir}"]


async def test_a_file_that_was_deleted_is_no_longer_called_saved(
    start: Start, config: Config
) -> None:
    async with start() as monitor:
        await monitor.press("d")
        await monitor.until(lambda: "saved" in monitor.row(DONE))
        next(config.download_dir.glob("*.mp4")).unlink()
        monitor.screen._auto_save.look_after_files()
        await monitor.until(lambda: "saved" not in monitor.row(DONE))


async def test_o_opens_the_link_and_then_the_file_and_O_the_folder(
    start: Start, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_outside(target: str, environ: object) -> str:
        opened.append(target)
        return ""

    monkeypatch.setattr(opener, "open_outside", open_outside)
    async with start() as monitor:
        await monitor.press("o")
        await monitor.press("d")
        await monitor.until(lambda: "saved" in monitor.row(DONE))
        await monitor.press("o", "O")
        await monitor.press("w", "o", "O")
    path = next(config.download_dir.glob("*.mp4"))
    link, *files = opened
    assert link.startswith("http://127.0.0.1")
    assert files == [str(path), str(path.parent)] * 2


async def test_what_cannot_be_opened_says_why(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    async with start() as monitor:
        await monitor.press("o")
        await monitor.says("no graphical display available")


async def test_a_sidecar_holds_the_answer_without_its_secrets(start: Start, config: Config) -> None:
    async with start(settings=replace(config, sidecar=True)) as monitor:
        await monitor.press("d")
        await monitor.until(lambda: "saved" in monitor.row(DONE))
    sidecar = next(config.download_dir.glob("*.json"))
    text = sidecar.read_text()
    assert '"ratio": "16:9"' in text
    assert "Signature" not in text
    assert stat.S_IMODE(sidecar.stat().st_mode) == 0o600
