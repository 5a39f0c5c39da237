"""The gateway's answer about a task, with the fields that it sends in each state.

Links, times and the upstream object follow the real gateway's habits: while a task waits or runs
the upstream object is short, on success it is whole, and a link's day begins when upstream is done.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from .identifiers import request_id, upstream_id
from .tasks import ENHANCING, NOTICED_AFTER, DemoTask, Stage

Json = Mapping[str, object]
UPSTREAM_STATUS = {
    "QUEUED": "queued",
    "IN_PROGRESS": "running",
    "SUCCESS": "succeeded",
    "FAILURE": "failed",
}


@dataclass(frozen=True, slots=True)
class Links:
    """The links of a finished task; `frame` is empty for one without a last frame."""

    result: str
    original: str
    frame: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A task at one time of a gateway that began at `start`, in Unix seconds."""

    task: DemoTask
    start: float
    elapsed: float

    @classmethod
    def of(cls, task: DemoTask, start: float, elapsed: float) -> Self:
        """The task at `elapsed` seconds; one that has started over began that much later."""
        since = task.over_again(elapsed)
        return cls(task, start + elapsed - since, since)

    @property
    def step(self) -> Stage:
        """The state that the task is in."""
        return self.task.step(self.elapsed)

    @property
    def submitted(self) -> int:
        """When the task was submitted, Unix seconds."""
        return int(self.start + self.task.steps[0].at)

    @property
    def started(self) -> int:
        """When its work began, Unix seconds; 0 before."""
        began = self.task.started(self.elapsed)
        return 0 if began is None else int(self.start + began)

    @property
    def finished(self) -> int:
        """When the gateway noticed its end, Unix seconds; 0 before."""
        over = self.step.status in ("SUCCESS", "FAILURE")
        return int(self.start + self.step.at) if over else 0

    @property
    def ready(self) -> int:
        """When the result was ready, Unix seconds: its link's day begins here."""
        return max(self.finished - NOTICED_AFTER, self.started, self.submitted)

    @property
    def updated(self) -> int:
        """When upstream last changed its mind, Unix seconds: the original's day begins here."""
        if not self.finished:
            return max(int(self.start + self.step.at), self.submitted)
        if not self.task.super_resolution or self.step.status == "FAILURE":
            return self.ready
        return self.ready - int(ENHANCING * (self.ready - self.started))


def envelope(moment: Moment, links: Links) -> Json:
    """Builds the whole response; the links are shown only where the task has succeeded."""
    task, step = moment.task, moment.step
    data: dict[str, object] = {
        "task_id": task.id,
        "action": task.action,
        "status": step.status,
        "fail_reason": _fail_reason(moment, links),
        "submit_time": moment.submitted,
        "start_time": moment.started,
        "finish_time": moment.finished,
        "progress": step.shown_progress,
        "request_id": request_id(moment.submitted, task.id),
        "data": dict(sorted(_upstream(moment, links).items())),
    }
    if step.status == "SUCCESS":
        data["result_url"] = links.result
        if task.super_resolution:
            data["original_result_url"] = links.original
    return {"code": "success", "message": "", "data": data}


def _fail_reason(moment: Moment, links: Links) -> str:
    match moment.step.status:
        case "SUCCESS":
            return links.result  # for old clients, as the gateway's documentation says
        case "FAILURE":
            return moment.task.failure.reason
    return ""


def _upstream(moment: Moment, links: Links) -> dict[str, object]:
    task, status = moment.task, UPSTREAM_STATUS.get(moment.step.status)
    name: dict[str, object] = {"id": upstream_id(moment.submitted, task.id)}
    if status is None:
        return name
    short: dict[str, object] = {
        "created_at": moment.submitted,
        "draft": False,
        "execution_expires_after": 172_800,
        "generate_audio": task.audio,
        "model": task.model,
        "priority": 0,
        "service_tier": "default",
        "status": status,
        "updated_at": moment.updated,
    }
    return name | short | _outcome(moment, links)


def _outcome(moment: Moment, links: Links) -> dict[str, object]:
    match moment.step.status:
        case "SUCCESS":
            return _video(moment.task, links)
        case "FAILURE":
            failure = moment.task.failure
            return {"error": {"code": failure.code, "message": failure.message}}
    return {}


def _video(task: DemoTask, links: Links) -> dict[str, object]:
    content = {"video_url": links.original}
    usage = {"completion_tokens": task.tokens, "total_tokens": task.tokens}
    video: dict[str, object] = {
        "duration": task.duration,
        "framespersecond": 24,
        "ratio": task.ratio,
        "resolution": task.resolution,
        "seed": task.seed,
    }
    if task.last_frame:
        content["last_frame_url"] = links.frame
    if task.super_resolution:
        video["super_resolution"] = task.super_resolution
        usage["super_resolution_tokens"] = task.super_resolution_tokens
    return video | {"content": content, "usage": dict(sorted(usage.items()))}
