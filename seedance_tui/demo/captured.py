"""Answers that were captured from gateways, played as they are.

A captured answer is a mapping: `id`, `body`, and `status` where it is not 200. In the body `@TOS`
and `@AMZ` stand for a living signed link, `@STORE` and `@API` for the two origins, `"@NOW-100"`
for a moment in Unix seconds, `"@NOW-100ms"` in milliseconds.
"""

import json
import re
from collections.abc import Mapping

from .faults import Answer, Public
from .foreign_links import signed
from .simulation import Demo
from .tasks import DemoTask, Stage

_DONE = (Stage(-400, "NOT_START"), Stage(-390, "IN_PROGRESS"), Stage(-100, "SUCCESS"))
_MOMENT = re.compile(r'"@NOW-([0-9]+)(ms)?"')
_AT_STORE = re.compile(r"@STORE/([\w./\-]+)")


def play_captured(demo: Demo, captured: Mapping[str, object]) -> str:
    """Lets the gateway give a captured answer from here on; returns the ID of its task."""
    now = demo.store.clock()
    task = demo.add(DemoTask(str(captured["id"]), "", _DONE))
    video = demo.store.get(task.video_key)
    text = json.dumps(captured["body"])
    amz = signed("s3", "@STORE/amz.mp4", now)
    text = text.replace("@TOS", demo.store.link(task.video_key, now)).replace("@AMZ", amz)
    for key in _AT_STORE.findall(text):
        if video:
            demo.store.faults.push(key, Public(video), times=None)
    text = text.replace("@STORE", demo.store.url).replace("@API", demo.url)
    text = _MOMENT.sub(lambda m: str(int(now - int(m[1])) * (1000 if m[2] else 1)), text)
    status = captured.get("status", 200)
    demo.gateway.answer(task.id, Answer(int(str(status)), body=text.encode()))
    return task.id
