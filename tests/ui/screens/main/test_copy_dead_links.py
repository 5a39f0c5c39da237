"""A link whose signature was taken out opens nothing, and is handed to nobody."""

from typing import Any

from seedance_tui.api.json_values import JSON
from seedance_tui.api.links import Kind
from seedance_tui.api.models import Task
from seedance_tui.core.model.outcomes import Fetched
from tests.ui.conftest import DONE

BARE = "https://store.example/a.mp4?X-Tos-Expires=86400#signature-removed"


async def test_y_says_why_such_a_link_is_not_copied(start: Any) -> None:
    async with start() as monitor:
        store = monitor.session.store
        answer: JSON = {"data": {"task_id": DONE, "status": "SUCCESS", "result_url": BARE}}
        task = Task.from_json(answer)
        assert task
        store.record(Fetched(DONE, task, monitor.session.now()))
        link = store.get(DONE).link(Kind.RESULT)
        assert link
        assert link.url == BARE
        await monitor.press("y")
        await monitor.says("The link has expired and was not kept")
        await monitor.press("Y", "r")
        assert not any(BARE in text for text in monitor.copied)
