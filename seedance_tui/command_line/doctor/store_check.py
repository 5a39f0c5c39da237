"""What `doctor` asks of the storage server: one byte of the newest link that still lives."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from functools import partial

from ...api.errors import ApiError
from ...api.key import ApiKey
from ...api.links import Link, links_of
from ...api.web_addresses import addresses, origin
from ...core.config import Config
from ...core.history.history import History
from ...core.model.entry import Remembered
from ...core.model.outcomes import Problem, phrase
from ...core.storage.sqlite import DatabaseUnusable
from ...core.text.i18n import _
from .finding import Finding, fail, ok, warn


async def storage(config: Config, key: ApiKey | None) -> list[Finding]:
    """Ask the storage server of the newest link; nothing is said where no link is known."""
    from ...api.client import Client
    from ...api.transfer.background import in_thread
    from ...api.transfer.remote_file import probe

    newest = await asyncio.to_thread(_newest, config)
    if newest is None:
        return []
    url, began = newest, time.monotonic()
    try:
        async with Client(config.base_url, key) as client:
            await in_thread(partial(probe, client.files, url))
    except ApiError as error:
        return [_trouble(Problem.of(error, 0), _host(url))]
    took = (time.monotonic() - began) * 1000
    text = _("{host}: reachable, in {milliseconds:.0f} ms")
    return [ok("storage", text.format(host=_host(url), milliseconds=took))]


def _newest(config: Config) -> str | None:
    """Return where the newest link is asked that has not expired by its own signature; blocks."""
    if not config.history.exists():
        return None
    history = History(config.history)
    try:
        answers, now = history.latest(), time.time() + history.clock_skew()
    except DatabaseUnusable:
        return None
    for answer in sorted(answers, key=lambda answer: answer.seen_at, reverse=True):
        for link in _living(answer, now):
            return addresses(link.url, {answer.id}, config.base_url)[0]
    return None


def _living(answer: Remembered, now: float) -> Iterator[Link]:
    for link in links_of(answer.task):
        if not link.current(now).has_expired(now):
            yield link.current(now)


def _trouble(problem: Problem, host: str) -> Finding:
    """Tell a server that cannot be asked from one that answers, whatever it answers."""
    hint = _("; ") + _(problem.spec.hint) if problem.spec.hint else ""
    text = f"{host}: {phrase(problem)}{hint}"
    is_away = problem.status is None
    return fail("storage", text, problem.spec.exit) if is_away else warn("storage", text)


def _host(url: str) -> str:
    return origin(url)[1]
