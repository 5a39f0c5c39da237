"""The first start without a key leads; a typed key is checked, used, kept and forgotten."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

import pytest
from textual.widgets import Static

from seedance_tui.api.key import ApiKey
from seedance_tui.core.config import Config
from seedance_tui.core.settings.screen import ScreenSettings
from seedance_tui.core.settings.stored_key import StoredKey
from seedance_tui.core.storage import log
from seedance_tui.demo import Demo
from seedance_tui.ui.screens.dialogs.api_key import KeyField, KeyScreen
from tests.ui.conftest import Monitor, Start


@pytest.fixture
def keyless(config: Config, tmp_path: Path) -> Config:
    return replace(config, key=None, key_file=tmp_path / "config" / "api-key")


def shown(monitor: Monitor) -> str:
    assert isinstance(monitor.app.screen, KeyScreen)
    return "\n".join(str(static.render()) for static in monitor.app.screen.query(Static))


async def prompt(monitor: Monitor) -> KeyScreen:
    await monitor.until(lambda: isinstance(monitor.app.screen, KeyScreen))
    await monitor.settled()
    screen = monitor.app.screen
    assert isinstance(screen, KeyScreen)
    return screen


async def enter(monitor: Monitor, key: str, *then: str) -> None:
    """Type a key as a paste does, and answer."""
    screen = await prompt(monitor)
    screen.query_one(KeyField).value = key
    await monitor.press("enter")
    for one in then:
        await monitor.until(lambda: screen._accepted)
        await monitor.press(one)


async def test_the_first_start_says_what_to_write_where_and_what_can_be_done_without(
    start: Start, keyless: Config
) -> None:
    async with start(settings=keyless, watched=False) as monitor:
        field = (await prompt(monitor)).query_one(KeyField)
        text = shown(monitor)
        assert "config.toml" in text
        assert "chmod 600" in text
        assert 'api_key = "sk-' in text
        assert f'base_url = "{keyless.base_url}"' in text
        assert "a adds tasks" in text
        assert "--demo" in text
        for width, height in ((40, 12), (80, 24), (120, 40)):
            await monitor.resize(width, height)
            assert monitor.app.focused is field
            assert field.region.bottom < height, "the field is seen at every size"


async def test_what_can_be_no_key_is_said_without_a_question_and_one_checks_what_can(
    start: Start, keyless: Config, demo: Demo
) -> None:
    async with start(settings=keyless, watched=False) as monitor:
        for typed, said in (
            ("asyntask_h81efT0qwtLnzyt6VENmCZ6VXSfNxE2E", "task ID"),
            ("", "empty"),
            ("sk-abc***def", "masked"),
            ("https://www.anyfast.com.cn", "base_url"),
        ):
            await enter(monitor, typed)
            assert said in shown(monitor), typed
            assert not demo.gateway.requests
        screen = await prompt(monitor)
        await enter(monitor, demo.key)
        await monitor.until(lambda: screen._accepted)
        (request,) = demo.gateway.requests
        assert "anybody-is-there" in request.target, "nothing is watched"


async def test_a_key_that_is_taken_works_without_a_restart_and_is_kept_after_a_yes(
    start: Start, keyless: Config, demo: Demo
) -> None:
    async with start(settings=keyless, answered=False) as monitor:
        await enter(monitor, f"export ANYFAST_API_KEY={demo.key}", "y")
        await monitor.until(lambda: "● Done" in monitor.text("#list"))
        assert keyless.key_file
        await monitor.until(lambda: StoredKey(keyless.key_file or Path()).is_there)
        assert StoredKey(keyless.key_file).key_for(demo.url) == ApiKey(demo.key)
        await monitor.says("kept in")


async def test_without_a_yes_nothing_is_written(start: Start, keyless: Config, demo: Demo) -> None:
    async with start(settings=keyless, answered=False) as monitor:
        await enter(monitor, demo.key, "n")
        await monitor.until(lambda: "● Done" in monitor.text("#list"))
        assert keyless.key_file
        assert not keyless.key_file.exists()


async def test_a_watched_task_is_asked_about_and_a_key_that_is_refused_is_asked_for_again(
    start: Start, keyless: Config, demo: Demo
) -> None:
    async with start(settings=keyless, answered=False) as monitor:
        screen = await prompt(monitor)
        await monitor.until(lambda: monitor.session.store.entries)
        await enter(monitor, "sk-wrongWRONGwrongWRONGwrong0001")
        await monitor.until(lambda: "rejected" in shown(monitor))
        assert keyless.key_file
        assert not keyless.key_file.exists()
        await enter(monitor, demo.key)
        await monitor.until(lambda: screen._accepted)
        asked = {request.target.rpartition("/")[2] for request in demo.gateway.requests}
        assert asked == {monitor.session.store.entries[0].id}
        await monitor.press("y")
        await monitor.until(lambda: "● Done" in monitor.text("#list"))


async def test_a_kept_key_that_is_refused_opens_the_prompt_once(
    start: Start, keyless: Config, demo: Demo
) -> None:
    wrong = replace(keyless, key=ApiKey("sk-wrongWRONGwrongWRONGwrong0001"), key_is_stored=True)
    async with start(settings=wrong, answered=False) as monitor:
        await prompt(monitor)
        assert "refuses" in shown(monitor)
        await monitor.press("escape", "R")
        await monitor.until(lambda: len(demo.gateway.requests) > 3)
        await monitor.settled()
        assert monitor.on_top


async def test_a_refused_key_of_another_source_opens_nothing(
    start: Start, keyless: Config, demo: Demo
) -> None:
    wrong = replace(keyless, key=ApiKey("sk-wrongWRONGwrongWRONGwrong0001"))
    async with start(settings=wrong, answered=False) as monitor:
        await monitor.until(lambda: "API key rejected" in monitor.text("#status"))
        assert monitor.on_top


async def test_nothing_is_typed_for_an_address_that_others_can_listen_to(
    start: Start, keyless: Config
) -> None:
    settings = replace(keyless, base_url="http://gateway.example.org")
    async with start(settings=settings, watched=False) as monitor:
        screen = await prompt(monitor)
        assert not screen.query(KeyField)
        assert "unencrypted" in shown(monitor)


async def test_where_no_key_may_be_kept_none_is_asked_for(start: Start, config: Config) -> None:
    """As in the demo, which touches none of the user's files."""
    async with start(settings=replace(config, key=None), watched=False) as monitor:
        await monitor.until(lambda: "ANYFAST_API_KEY" in monitor.text("#status"))
        assert monitor.on_top


async def test_the_palette_forgets_the_key(start: Start, keyless: Config, demo: Demo) -> None:
    assert keyless.key_file
    StoredKey(keyless.key_file).keep(ApiKey(demo.key), demo.url)
    async with start(settings=replace(keyless, key=ApiKey(demo.key), key_is_stored=True)) as one:
        await one.screen.run_action("forget_key")
        await one.says("deleted")
        assert not keyless.key_file.exists()
        await one.screen.run_action("forget_key")
        await one.says("No API key was kept")
        names = {active.binding.id for active in one.screen.active_bindings.values()}
        assert {"app.api_key", "app.forget_key"} <= names


async def test_the_key_is_in_no_message_no_screen_and_no_log(
    start: Start, keyless: Config, demo: Demo, tmp_path: Path
) -> None:
    path = tmp_path / "log"
    log.begin(path, verbose=True)
    try:
        async with start(settings=keyless, answered=False, painted=True) as monitor:
            screen = await prompt(monitor)
            field = screen.query_one(KeyField)
            field.value = demo.key
            await monitor.settled()
            assert demo.key not in "".join(s.text for s in field.render_lines(field.region))
            field.select_all()
            field.action_copy()
            field.action_cut()
            assert monitor.copied == []
            await monitor.press("enter")
            await monitor.until(lambda: screen._accepted)
            await monitor.press("y")
            await monitor.until(lambda: "● Done" in monitor.text("#list"))
            logging.getLogger("seedance_tui").warning("somebody says %s", demo.key)
            assert all(demo.key not in notice.full for notice in monitor.screen.said.newest_first)
    finally:
        log.end()
    assert "somebody says" in path.read_text(encoding="utf-8")
    for file in tmp_path.rglob("*"):
        if file.is_file() and file != keyless.key_file:
            assert demo.key.encode() not in file.read_bytes(), file


async def test_with_plain_characters_the_key_is_stars(start: Start, keyless: Config) -> None:
    settings = replace(keyless, screen=ScreenSettings(ascii=True))
    async with start(settings=settings, watched=False) as monitor:
        screen = await prompt(monitor)
        field = screen.query_one(KeyField)
        field.value = "sk-secret"
        await monitor.settled()
        assert field.render_line(0).text.startswith("*" * 9)
        assert shown(monitor).isascii()
