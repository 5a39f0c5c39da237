"""What links do to the comparison: silent stores, links that end meanwhile, keys that stay here."""

from __future__ import annotations

from time import monotonic

import pytest

from seedance_tui.demo import EVERY, Demo
from seedance_tui.demo.faults import BlackHole, Expired, Stall
from tests.ui.conftest import Start
from tests.ui.screens.compare.conftest import seen, views


@pytest.mark.parametrize("fault", [BlackHole(), Stall(1000)])
async def test_one_leaves_while_a_store_is_silent(
    start: Start, demo: Demo, fault: BlackHole | Stall
) -> None:
    """The request is ended with the screen; the keys of the list act at once."""
    demo.store.faults.push(EVERY, fault, times=None)
    async with start((120, 40)) as monitor:
        await monitor.press("g", "v")
        await monitor.until(lambda: demo.store.requests)
        begun = monotonic()
        await monitor.press("escape", "j")
        await monitor.until(lambda: monitor.on_top)
        assert monotonic() - begun < 10, "less than a client waits for a silent server"
        demo.store.faults.clear()
        await monitor.press("k", "v")
        await seen(monitor)


async def test_a_link_that_expires_meanwhile_is_said_in_its_place(start: Start, demo: Demo) -> None:
    async with start((160, 45)) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        demo.store.faults.push(EVERY, Expired(), times=None)
        await monitor.press("end", "enter")
        first, second = views(monitor)
        await monitor.until(lambda: "expired" in second.words + first.words)
        await monitor.press("home")
        await seen(monitor)


async def test_no_key_of_the_api_goes_to_the_store(start: Start, demo: Demo) -> None:
    async with start((160, 45)) as monitor:
        await monitor.press("g", "v")
        await seen(monitor)
        await monitor.press("end", "enter", "escape")
    assert len(demo.store.requests) >= 2
    for request in demo.store.requests:
        assert "authorization" not in {name.lower() for name in request.headers}
        assert demo.key not in str(request)
