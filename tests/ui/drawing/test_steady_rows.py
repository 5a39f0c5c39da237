"""Names from everywhere move no column: what terminals disagree about is not drawn."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from seedance_tui.core.config import Config
from seedance_tui.demo import Demo
from tests.textual_insides import drawn, is_all_drawn
from tests.ui.conftest import Monitor, Start, stop_the_store, watch

LABELS = {
    "flag": "run 🇨🇳 1",
    "family": "run 👨‍👩‍👧‍👦 2",
    "skin": "run 👍🏽👩🏿‍🚀 3",
    "emoji by selector": "run ⚠️ ❤️ 4",
    "keycap": "run 1️⃣#️⃣ 5",
    "combining": "re\u0301sume\u0301 q\u0303\u0331 6",
    "tab": "run\ttake\t7",
    "thai and hindi": "กำลัง हिन्दी 8",
    "halves of hangul": "\u1112\u1161\u11ab 9",
}
UNSTEADY = re.compile(
    "[\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\ufe0f\u200d\u20e3\t\u1100-\u11ff\u0300-\u036f]"
)


async def test_no_screen_draws_what_terminals_disagree_about(
    start: Start, config: Config, demo: Demo
) -> None:
    stop_the_store(demo)
    ids = {f"asyntask_{n:032d}": label for n, label in enumerate(LABELS.values())}
    for task_id in ids:
        demo.add(replace(demo.tasks[0], id=task_id, label=""))
    watch(config, tuple(ids.items()))
    async with start(painted=True, size=(100, 40), watched=False) as monitor:
        await monitor.until(lambda: len(monitor.list.entries) == len(ids))
        await monitor.until(lambda: all(entry.task for entry in monitor.list.entries))
        await monitor.press("ctrl+a", "d")
        for label in ids.values():
            monitor.screen.notify_line(f"{label}: Done")
        for key in ("", "w", "escape", "V", "escape", "M", "escape", "ctrl+a", "g"):
            await monitor.press(*filter(None, [key]))
            await assert_steady(monitor, key)
        for task_id in ids:
            monitor.list.choose(task_id)
            monitor.screen.notify_line(f"{ids[task_id]}: Done")
            for key in ("", "Y", "escape", "v", "escape"):
                await monitor.press(*filter(None, [key]))
                await assert_steady(monitor, key)


async def assert_steady(monitor: Monitor, key: str) -> None:
    """Whether nothing that is drawn may be wider or narrower in another terminal."""
    await monitor.until(lambda: is_all_drawn(monitor.app))
    for line in (strip.text for strip in drawn(monitor.app)):
        assert not UNSTEADY.search(line), (key, line)
        assert not [c for c in line if unicodedata.category(c) == "Mc"], (key, line)
