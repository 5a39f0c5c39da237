"""The API key from the keyboard: asked for, checked, used from then on, kept after a yes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from ....api.errors import KeyRefused
from ....api.key import ApiKey
from ....core.config import Config
from ....core.polling.key_check import KeyCheck, check_key
from ....core.settings.stored_key import StoredKey
from ....core.storage import log
from ....core.text.i18n import _
from ...drawing import format as fmt
from ..dialogs.api_key import KeyScreen, TypedKey
from .board import Board

Poll = Callable[[Config], Awaitable[None]]


def ask_for_key(board: Board, poll: Poll) -> None:
    """Open the prompt, unless something lies over the monitor; `poll` asks with other settings."""
    if not board.is_current:
        return
    config, trouble = board.session.config, board.session.store.trouble
    is_refused = trouble is not None and issubclass(trouble.kind, KeyRefused)
    board.app.push_screen(
        KeyScreen(config, partial(_check, board), is_refused=is_refused),
        partial(_take, board, poll),
    )


async def _check(board: Board, key: ApiKey) -> KeyCheck:
    """Ask one question with the key, which is kept out of the log from here on."""
    log.conceal(key)
    session = board.session
    config = replace(session.config, key=key, key_command=None)
    watched = [entry.id for entry in session.store.entries if entry.task] or [
        entry.id for entry in session.store.entries
    ]
    return await check_key(lambda: session.build_client(config), watched)


def _take(board: Board, poll: Poll, typed: TypedKey | None) -> None:
    """Ask with the key from here on."""
    if typed is None:
        return
    session = board.session
    config = replace(
        session.config, key=typed.key, key_command=None, key_is_stored=typed.is_to_be_kept
    )
    board.start(partial(_use, board, poll, config), group="poll", exclusive=True)
    if typed.is_to_be_kept:
        board.start(partial(_keep, board, typed.key), group="choices")
    else:
        board.notify_line(_("The API key is accepted."))


async def _use(board: Board, poll: Poll, config: Config) -> None:
    entries = board.session.store.entries
    board.session.poller.ask_now(entry.id for entry in entries if entry.is_asked)
    await poll(config)


async def _keep(board: Board, key: ApiKey) -> None:
    config = board.session.config
    assert config.key_file, "it is asked for only where there is a place for it"  # noqa: S101
    try:
        await asyncio.to_thread(StoredKey(config.key_file).keep, key, config.base_url)
    except OSError as error:
        text = _("The API key cannot be kept: {reason}")
        board.notify_line(text.format(reason=error.strerror or error), "bad", until_seen=True)
    else:
        text = _("The API key is kept in {path}.")
        board.notify_line(text, path=fmt.home(config.key_file))


def forget_key(board: Board) -> None:
    """Delete the key that was kept; this run goes on with it."""
    board.start(partial(_forget, board), group="choices")


async def _forget(board: Board) -> None:
    file = board.session.config.key_file
    try:
        was_there = await asyncio.to_thread(StoredKey(file).forget) if file else False
    except OSError as error:
        text = _("The API key cannot be deleted: {reason}")
        board.notify_line(text.format(reason=error.strerror or error), "bad", until_seen=True)
        return
    board.notify_line(
        _("The API key was deleted; until you quit it is still used.")
        if was_there
        else _("No API key was kept.")
    )
