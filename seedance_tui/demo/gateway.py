"""The simulated gateway: answers what became of a task, to whoever has the key."""

import time
from collections import deque
from dataclasses import replace
from http import HTTPStatus
from urllib.parse import quote

from .clock import Clock
from .envelope import Links, Moment, envelope
from .faults import Answer, FaultPlan
from .identifiers import request_id
from .messages import Request, Response, json_response
from .server import Server
from .store import MOST_REQUESTS_KEPT, ObjectStore
from .tasks import DemoTask, Failure, Stage


class Gateway:
    """Tasks by ID, whose states follow the clock; faults go by task ID.

    `prefix` is a path before all others, such as `/api`. For the gateway's own proxy of a video,
    `/v1/videos/{id}/content`, the fault's key is `{id}/content`.
    """

    def __init__(
        self,
        store: ObjectStore,
        *,
        key: str,
        clock: Clock = time.time,
        prefix: str = "",
        port: int = 0,
    ) -> None:
        self.faults = FaultPlan()
        self.requests: deque[Request] = deque(maxlen=MOST_REQUESTS_KEPT)
        self.server = Server(self._answer, clock=clock, port=port)
        self.tasks: dict[str, DemoTask] = {}
        self._store = store
        self._key = key
        self._clock = clock
        self._start = clock()
        self._prefix = prefix

    @property
    def url(self) -> str:
        """The base URL of the API, known once it listens."""
        return self.server.url + self._prefix

    def accept_key(self, key: str) -> None:
        """Accepts this key from here on, and no other."""
        self._key = key

    def answer(self, task_id: str, answer: Answer) -> None:
        """Says exactly this about a task from here on."""
        self.faults.push(task_id, answer, times=None)

    def move(self, task_id: str, status: str, progress: str, failure: Failure | None) -> None:
        """Puts a task into a state, at this moment and for good.

        Raises KeyError for a task that is not there.
        """
        task = self.tasks[task_id].moved(Stage(self._elapsed, status, progress))
        self.tasks[task_id] = task if failure is None else replace(task, failure=failure)

    @property
    def _elapsed(self) -> float:
        return self._clock() - self._start

    async def _answer(self, request: Request) -> Response:
        self.requests.append(request)
        answer = await self.faults.run(self._fault_key(request), request, self._route)
        trace = {"X-Oneapi-Request-Id": _trace(request)}
        return replace(answer, headers=trace | dict(answer.headers))

    def _fault_key(self, request: Request) -> str:
        match self._parts(request):
            case ("v1", "video", "generations", task_id):
                return task_id
            case ("v1", "videos", task_id, "content"):
                return f"{task_id}/content"
        return request.path

    def _parts(self, request: Request) -> tuple[str, ...]:
        """The decoded parts of the path after the prefix; none where the prefix is missing."""
        before = tuple(part for part in self._prefix.split("/") if part)
        parts, length = request.segments, len(before)
        return parts[length:] if parts[:length] == before else ()

    async def _route(self, request: Request) -> Response:
        match (request.method, *self._parts(request)):
            case ("GET", "v1", "video", "generations", task_id) if task_id:
                return self._refuse_key(request) or self._query(task_id)
            case ("GET", "v1", "videos", task_id, "content"):
                return self._refuse_key(request) or self._content(task_id)
        message = f"Invalid URL ({request.method} {request.path})"
        return _error(404, message, type="invalid_request_error", param="", code="")

    def _refuse_key(self, request: Request) -> Response | None:
        if request.headers.get("authorization") == f"Bearer {self._key}":
            return None
        message = f"无效的令牌 (request id: {_trace(request)})"
        return _error(401, message, code="", type="new_api_error")

    def _query(self, task_id: str) -> Response:
        task = self.tasks.get(task_id)
        if task is None:
            missing = {"code": "task_not_exist", "message": "task_not_exist", "data": None}
            return json_response(missing, HTTPStatus.BAD_REQUEST)
        moment = Moment.of(task, self._start, self._elapsed)
        return json_response(envelope(moment, self._links(moment)))

    def _links(self, moment: Moment) -> Links:
        task, link = moment.task, self._store.link
        if task.proxied:
            return Links(f"{self.url}/v1/videos/{quote(task.id, safe='')}/content", "")
        return Links(
            link(task.video_key, moment.ready, task.link_life),
            link(task.original_key, moment.updated, task.link_life),
            link(task.frame_key, moment.updated, task.link_life) if task.last_frame else "",
        )

    def _content(self, task_id: str) -> Response:
        task = self.tasks.get(task_id)
        blob = self._store.get(task.video_key) if task else None
        if task is None or blob is None:
            return _error(404, "Task not found", type="invalid_request_error")
        status = Moment.of(task, self._start, self._elapsed).step.status
        if status != "SUCCESS":
            message = f"Task is not completed yet, current status: {status}"
            return _error(400, message, type="invalid_request_error")
        headers = {"Content-Type": blob.content_type, "Cache-Control": "public, max-age=86400"}
        return Response(200, headers, blob.stream(0, blob.size), blob.size)


def _trace(request: Request) -> str:
    return request_id(request.time, request.target)


def _error(status: int, message: str, **more: str) -> Response:
    return json_response({"error": {"message": message, **more}}, status)
