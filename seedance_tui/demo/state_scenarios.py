"""What gateways say of states and keys in the wild, each played by its name for one open task.

Source: public reports of the gateway and of its neighbours.
"""

import json
from collections.abc import Callable, Mapping

from .faults import EVERY, Answer, Fault, Html
from .faults.answers import Fields
from .messages import Handler, Request, Response
from .simulation import Demo

NO_LINK: Mapping[str, object] = {"result_url": "", "fail_reason": "", "data": {"id": "cgt-1"}}
"""The fields of a response that has no link yet, or no more."""


def refused(status: int, message: str, code: str = "") -> Answer:
    """Builds a refusal in the gateway's own shape."""
    error = {"code": code, "message": message, "type": "new_api_error"}
    return Answer(status, body=json.dumps({"error": error}).encode())


BAD_KEY = refused(401, "无效的令牌")
NO_MONEY = refused(402, "Payment Required: insufficient balance", "insufficient_quota")


async def well(request: Request, handler: Handler) -> Response:
    """Answers well: a fault that keeps others waiting."""
    return await handler(request)


def once_asked(act: Callable[[], None]) -> Fault:
    """Makes a fault that does something and then answers well."""

    async def fault(request: Request, handler: Handler) -> Response:
        act()
        return await handler(request)

    return fault


def _play(demo: Demo, task_id: str, *faults: Fault) -> None:
    for fault in faults:
        demo.gateway.faults.push(task_id, fault)


def _end_all(demo: Demo) -> None:
    for task in demo.tasks:
        demo.set(task.id, "SUCCESS")


def single_401(demo: Demo, task_id: str) -> None:
    """A good key is refused once after three good responses; then all tasks end."""
    _play(demo, task_id, well, well, well, BAD_KEY, once_asked(lambda: _end_all(demo)))


def out_of_money(demo: Demo, task_id: str) -> None:
    """The account runs dry after a good response, is topped up after two requests; all end."""
    _play(demo, task_id, well, NO_MONEY, NO_MONEY, once_asked(lambda: _end_all(demo)))


def refused_for_good(demo: Demo, task_id: str) -> None:
    """The key is taken away after two good responses."""
    _play(demo, task_id, well, well)
    demo.gateway.faults.push(task_id, BAD_KEY, times=None)


def page_first(demo: Demo, task_id: str) -> None:
    """A protection page answers the first two requests with 403; then all is well."""
    demo.gateway.faults.push(EVERY, Html(403), times=2)


def done_before_its_link(demo: Demo, task_id: str) -> None:
    """The task is open once, then done without a link for two responses, then done with it."""
    end = Fields(NO_LINK)

    async def ended(request: Request, handler: Handler) -> Response:
        demo.set(task_id, "SUCCESS")
        return await end(request, handler)

    _play(demo, task_id, well, ended, end)


def done_without_a_link(demo: Demo, task_id: str) -> None:
    """The task is done, and its link never comes."""
    demo.set(task_id, "SUCCESS")
    demo.gateway.faults.push(task_id, Fields(NO_LINK), times=None)


def done_and_undone(demo: Demo, task_id: str) -> None:
    """The task is done, and then a node that lags behind answers."""
    demo.set(task_id, "SUCCESS")
    open_again = {"status": "IN_PROGRESS", "progress": "50%", "finish_time": 0}
    lagging = Fields({**NO_LINK, **open_again})
    _play(demo, task_id, well)
    demo.gateway.faults.push(task_id, lagging, times=None)


def upstream_ahead(demo: Demo, task_id: str, word: str = "succeeded", ago: int = 0) -> None:
    """Upstream was over so many seconds ago, and the gateway says open for ever."""
    task, now = demo.gateway.tasks[task_id], demo.store.clock()
    upstream: dict[str, object] = {"id": "cgt-1", "status": word, "updated_at": int(now) - ago}
    if word.lower() == "succeeded":
        upstream["content"] = {"video_url": demo.store.link(task.video_key, now)}
    else:
        upstream["error"] = {"code": "InternalServiceError", "message": "upstream gave up"}
    changes = {"status": "IN_PROGRESS", "data": upstream}
    demo.gateway.faults.push(task_id, Fields(changes), times=None)


def another_tasks_answer(demo: Demo, task_id: str) -> None:
    """A cache answers twice with another task, which is done; then all is well."""
    done = {"task_id": f"{task_id[:-4]}else", "status": "SUCCESS", "data": {"id": "cgt-2"}}
    other = Fields({**done, "result_url": f"{demo.store.url}/somebody/else.mp4"})
    _play(demo, task_id, other, other)


STATE_SCENARIOS: Mapping[str, Callable[[Demo, str], None]] = {
    "a single 401": single_401,
    "out of money": out_of_money,
    "refused for good": refused_for_good,
    "403 page first": page_first,
    "done before its link": done_before_its_link,
    "done without a link": done_without_a_link,
    "done and undone": done_and_undone,
    "upstream ahead": upstream_ahead,
    "another task's answer": another_tasks_answer,
}
