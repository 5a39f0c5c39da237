"""A link whose signature was taken out of the history is handed to no script."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from seedance_tui.api.json_values import JSON
from seedance_tui.api.models import Task
from seedance_tui.core.history.history import History

Shell = Callable[..., Any]
DAY = 86_400.0


def test_only_the_moment_of_its_end_is_left(home: Path, shell: Shell) -> None:
    made = float(int(time.time() - 2 * DAY))
    date = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime(made))
    link = f"https://s.example/a.mp4?X-Tos-Date={date}&X-Tos-Expires=86400&X-Tos-Signature=c0"
    shell("add", "asyntask_done1")
    history = History(Path(shell("paths", "--json").json["history"]))
    data: JSON = {"task_id": "asyntask_done1", "status": "SUCCESS", "result_url": link}
    task = Task.from_json({"code": "success", "data": data})
    assert task
    history.record([("asyntask_done1", task, made)])
    (record,) = shell("list", "--offline", "--json").json
    assert record["files"]["result"]["url"] == link, "our own clock alone takes no signature away"
    history.forget_dead_links(made + 2 * DAY)
    (record,) = shell("list", "--offline", "--json").json
    assert record["files"]["result"]["url"] is None
    expires = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(made + DAY))
    assert record["files"]["result"]["expires_at"] == expires
