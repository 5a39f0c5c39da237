"""What links do in the wild, each played by its name for one finished task of a demo.

Source: public reports of gateways and of object stores.
"""

import socket
from collections.abc import Callable, Mapping

from .faults import Fields, Granted, Public, Redirect, Refusal
from .foreign_links import signed
from .objects import Blob
from .simulation import Demo

DAY = 86_400
UPSTREAM: Mapping[str, object] = {"id": "cgt-1", "status": "succeeded"}
"""An upstream object without a link."""


def _offer(demo: Demo, task_id: str, link: str, **more: object) -> None:
    """Lets the task offer one link and no other, unless `more` has some."""
    fields = {"result_url": link, "fail_reason": "", "data": UPSTREAM} | more
    demo.gateway.faults.push(task_id, Fields(fields), times=None)


def _video(demo: Demo, task_id: str) -> Blob:
    blob = demo.store.get(demo.gateway.tasks[task_id].video_key)
    if blob is None:
        raise KeyError(task_id)
    return blob


def _tos(demo: Demo, task_id: str) -> str:
    return demo.store.link(demo.gateway.tasks[task_id].video_key, demo.store.clock())


def _content(task_id: str) -> str:
    return f"/v1/videos/{task_id}/content"


def content_route_redirects(demo: Demo, task_id: str) -> None:
    """The gateway's content route sends whoever has the key to the store."""
    _offer(demo, task_id, demo.url + _content(task_id))
    route = Granted(Redirect(_tos(demo, task_id)))
    demo.gateway.faults.push(f"{task_id}/content", route, times=None)


def link_redirects_twice(demo: Demo, task_id: str) -> None:
    """A CDN sends to another name (307), and that to the store (301)."""
    first, second = f"cdn/{task_id}.mp4", f"edge/{task_id}.mp4"
    _offer(demo, task_id, f"{demo.store.url}/{first}")
    demo.store.faults.push(first, Redirect(f"/{second}", 307), times=None)
    demo.store.faults.push(second, Redirect(_tos(demo, task_id), 301), times=None)


def link_redirects_for_ever(demo: Demo, task_id: str) -> None:
    """A CDN sends to itself."""
    _offer(demo, task_id, f"{demo.store.url}/loop/{task_id}.mp4")
    demo.store.faults.push(f"loop/{task_id}.mp4", Redirect("?again"), times=None)


def signed_link_on_the_apis_own_host(demo: Demo, task_id: str) -> None:
    """The gateway's origin has a bucket, which refuses a signature and a key together."""
    _offer(demo, task_id, signed("s3", f"{demo.url}/bucket/v.mp4", demo.store.clock()))
    path = "/bucket/v.mp4"
    demo.gateway.faults.push(path, Public(_video(demo, task_id)), times=None)


def first_link_is_nobodys(demo: Demo, task_id: str) -> None:
    """The content route is written with a container's own name; the gateway has no such route."""
    link = f"http://localhost:{_closed_port()}{_content(task_id)}"
    upstream = {**UPSTREAM, "content": {"video_url": _tos(demo, task_id)}}
    _offer(demo, task_id, link, data=upstream)
    gone = Refusal(404, "", "Task not found", is_xml=False)
    demo.gateway.faults.push(f"{task_id}/content", gone, times=None)


def guessed_deadline_living_link(demo: Demo, task_id: str) -> None:
    """A task of two days ago whose link says nothing of an end, and lives."""
    key, now = f"kept/{task_id}.mp4", int(demo.store.clock())
    times = {"submit_time": now - 2 * DAY - 300, "finish_time": now - 2 * DAY}
    _offer(demo, task_id, f"{demo.store.url}/{key}", **times)
    demo.store.faults.push(key, Public(_video(demo, task_id)), times=None)


def one_hour_link(demo: Demo, task_id: str, store: str = "oss v4") -> None:
    """The link is one of another store's, and dies in an hour."""
    key = f"hour/{task_id}.mp4"
    _offer(demo, task_id, signed(store, f"{demo.store.url}/{key}", demo.store.clock(), 3600))
    demo.store.faults.push(key, Public(_video(demo, task_id)), times=None)


def relative_link(demo: Demo, task_id: str) -> None:
    """The link is the content route as a path alone."""
    _offer(demo, task_id, _content(task_id))


def xml_errors_of_stores(demo: Demo, task_id: str) -> None:
    """The store refuses four times, each time for another reason, and in XML."""
    key = demo.gateway.tasks[task_id].video_key
    _offer(demo, task_id, _tos(demo, task_id))
    for refusal in XML_ERRORS:
        demo.store.faults.push(key, refusal)


XML_ERRORS = (
    Refusal(403, "RequestTimeTooSkewed", "The difference between the request time is too large."),
    Refusal(403, "UserDisable", "The bucket owner's account is in arrears."),
    Refusal(403, "AccessDenied", "Request has expired"),
    Refusal(404, "NoSuchKey", "The specified key does not exist."),
)
LINK_SCENARIOS: Mapping[str, Callable[[Demo, str], None]] = {
    "content route redirects": content_route_redirects,
    "link redirects twice": link_redirects_twice,
    "link redirects for ever": link_redirects_for_ever,
    "signed link on the API's own host": signed_link_on_the_apis_own_host,
    "first link is nobody's": first_link_is_nobodys,
    "guessed deadline, living link": guessed_deadline_living_link,
    "one hour links": one_hour_link,
    "relative link": relative_link,
    "XML errors of stores": xml_errors_of_stores,
}


def _closed_port() -> int:
    """Finds a port at which nobody listens."""
    with socket.socket() as plug:
        plug.bind(("127.0.0.1", 0))
        return int(plug.getsockname()[1])
