"""Names from everywhere move no column: what terminals disagree about is not drawn."""

from __future__ import annotations

import re
import unicodedata

import pytest

from seedance_tui.core.config import Config
from seedance_tui.demo import Demo
from tests.textual_insides import drawn, is_all_drawn
from tests.ui.conftest import DONE, Start, stop_the_store, watch

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


@pytest.mark.parametrize("label", LABELS.values(), ids=[*LABELS])
async def test_no_screen_draws_what_terminals_disagree_about(
    start: Start, config: Config, demo: Demo, label: str
) -> None:
    stop_the_store(demo)
    watch(config, ((DONE, label),))
    async with start(painted=True, size=(100, 30), watched=False) as monitor:
        await monitor.until(lambda: monitor.list.entries and monitor.list.entries[0].task)
        await monitor.press("g", "d")
        monitor.screen.notify_line(f"{label}: Done")
        for key in ("", "w", "escape", "Y", "escape", "v", "escape", "V", "escape", "M"):
            await monitor.press(*filter(None, [key]))
            await monitor.until(lambda: is_all_drawn(monitor.app))
            for line in drawn(monitor.app):
                assert not UNSTEADY.search(line.text), (key, line.text)
                assert not [c for c in line.text if unicodedata.category(c) == "Mc"], line.text
