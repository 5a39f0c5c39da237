"""Every captured answer, one after the other, for one watched task beside a healthy one."""

import json
from functools import partial
from pathlib import Path

from seedance_tui.demo import Demo, ManualClock
from seedance_tui.demo.faults import Answer
from seedance_tui.ui.widgets.task_detail import TaskDetail
from tests.ui.conftest import Start

PAYLOADS = Path(__file__).parents[3] / "payloads"
DONE = "asyntask_doneDONEdoneDONEdoneDONEdone0001"
OPEN = "asyntask_openOPENopenOPENopenOPENopen0002"

UNSAFE = {*map(chr, range(32)), *map(chr, range(127, 160)), "\u202e", "\u2066", "\u200b"}


def answers() -> list[tuple[str, Answer]]:
    manifest = json.loads((PAYLOADS / "manifest.json").read_text(encoding="utf-8"))
    return [
        (
            row["file"],
            Answer(
                row["http_status"],
                {"Content-Type": row["content_type"]} | row["headers"],
                (PAYLOADS / row["file"]).read_bytes(),
            ),
        )
        for row in manifest["files"]
    ]


async def test_no_answer_stops_the_program_or_harms_the_task_beside_it(
    start: Start, demo: Demo, clock: ManualClock
) -> None:
    async with start(painted=True) as monitor:
        await monitor.press("j")
        detail = monitor.screen.query_one(TaskDetail)
        for name, answer in answers():
            demo.gateway.faults.clear(OPEN)
            demo.gateway.answer(OPEN, answer)
            clock.turn(1)
            before = monitor.session.store.get(OPEN), monitor.session.store.trouble
            monitor.session.poller.ask_now([OPEN])
            await monitor.until(
                partial(
                    lambda one: (
                        (monitor.session.store.get(OPEN), monitor.session.store.trouble) != one
                    ),
                    before,
                )
            )
            monitor.screen.publisher.publish()
            for mode in ("json", "timeline", "fields"):
                detail.mode = mode
                for region in ("#status", "#list", "#detail", "#notice"):
                    assert not UNSAFE & set("".join(monitor.lines(region))), (name, region)
            assert "● Done" in monitor.row(DONE), name
            assert monitor.row(OPEN).strip(), name
            assert monitor.list.cursor == OPEN, name
