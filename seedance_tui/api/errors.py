"""What can go wrong when the gateway or the store is asked.

```
ApiError
├── KeyMissing          no API key is known
├── KeyRefused          401: bad, disabled or expired key
├── KeyExhausted        402, or a text that says so: quota, balance or credit is used up
├── Forbidden           403: address not allowed, or the key may not use this model
├── TaskNotFound        400 task_not_exist or 404: unknown here, or another account's
├── WrongAddress        the base URL does not lead to the API
│   └── WrongPage       a web page is there, which may also be a network's login page
├── SetupFailed         no client can be built: proxy, certificate or address unusable
├── TransientError      passing: the task itself is not concerned
│   ├── RateLimited     408, 429; StoreBusy where the store says so
│   ├── ServerFault     5xx; StoreFault
│   ├── BadAnswer       200, but no task in it: empty, broken, too large, "code": "fail"
│   │   ├── PageInstead a refusal as a web page: not the gateway's, but of what stands before it
│   │   └── AnotherTask the response is about another task than the one asked for
│   ├── NotReady        the gateway hands the video on, and has not got it yet
│   ├── TimedOut        no response in time; StoreTimedOut
│   └── Unreachable     refused, reset, no such host, TLS; StoreUnreachable
└── DownloadError
    ├── LinkExpired     the store says that the link has expired; GatewayForgot
    ├── LinkRefused     the store says no, or a redirect leads where none may; GatewayRefused
    ├── NotThere        the store has no such file; NotAtGateway
    ├── NoLink          the task offers no link of that kind
    ├── ClockWrong      the store says that a clock is wrong
    ├── StoreClosed     the account that owns the store is in arrears, or closed
    ├── StoreUntrusted  the store's certificate is not trusted
    ├── NotAVideo       the bytes are something else, such as a web page
    ├── WrongLength     the connection ended before the file did
    ├── ChecksumWrong   the bytes are not the ones that the store has
    ├── NameTaken       another file has the name
    └── DiskError       not writable, name refused
        ├── DiskFull    no room for the rest of the file
        └── InUse       another instance is saving the same file
```
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Task


class ApiError(Exception):
    """A response that is not a task.

    `text` is what the server said, with keys redacted, or else our own words, with `values` for
    the names in them: `template` is what they are translated by. `status` is the HTTP status if
    there was a response; `retry_after` in seconds if the server asked for it; `request_id` from the
    header `X-Oneapi-Request-Id`, for support.
    """

    def __init__(
        self,
        text: str = "",
        *,
        status: int | None = None,
        retry_after: float | None = None,
        request_id: str = "",
        **values: object,
    ) -> None:
        self.template = text
        self.values = values
        self.text = text.format(**values) if values else text
        super().__init__(self.text)
        self.status = status
        self.retry_after = retry_after
        self.request_id = request_id


class KeyMissing(ApiError):
    """No API key is known."""


class KeyRefused(ApiError):
    """401: the key is bad, disabled or expired."""


class KeyExhausted(ApiError):
    """402, or 401 and 403 that say so: the key's quota or the account's balance is used up."""


class Forbidden(ApiError):
    """403: the address is not allowed, or the key is limited to some models."""


class TaskNotFound(ApiError):
    """The gateway does not know the task, or it belongs to another account."""


class WrongAddress(ApiError):
    """The base URL leads to something that is not the API."""


class WrongPage(WrongAddress):
    """A web page came instead of a response: the base URL is wrong, or a login page came first."""


class SetupFailed(ApiError):
    """No HTTP client can be built from the settings and the environment."""


class TransientError(ApiError):
    """A passing error: the task is not concerned and is polled again."""


class RateLimited(TransientError):
    """408 or 429."""


class ServerFault(TransientError):
    """5xx."""


class BadAnswer(TransientError):
    """A success by its status, with no task in it."""


class PageInstead(BadAnswer):
    """A refusal as a web page: a network's login or a protection page in the gateway's place."""


class AnotherTask(BadAnswer):
    """The response is about another task than the one asked for; `task` is that response."""

    def __init__(self, task: Task) -> None:
        super().__init__(task.name)
        self.task = task


class NotReady(TransientError):
    """The gateway hands the video on itself, and has not got it yet."""


class TimedOut(TransientError):
    """No response in time."""


class Unreachable(TransientError):
    """Refused, reset, no such host, or no trust in the certificate."""


class StoreBusy(RateLimited):
    """The store asks to slow down."""


class StoreFault(ServerFault):
    """The store answers 5xx."""


class StoreTimedOut(TimedOut):
    """The store does not answer in time."""


class StoreUnreachable(Unreachable):
    """No connection to the store, or it was cut."""


class DownloadError(ApiError):
    """A file could not be downloaded."""


class LinkExpired(DownloadError):
    """The link's time is over, as its store or its own signature says."""


class LinkRefused(DownloadError):
    """The store refuses the link, or a redirect leads where none may."""


class NotThere(DownloadError):
    """The store has no file behind the link."""


class GatewayForgot(LinkExpired):
    """The gateway, which hands the video on itself, says that its time is over."""


class GatewayRefused(LinkRefused):
    """The gateway refuses to hand the video on."""


class NotAtGateway(NotThere):
    """The gateway has no such video, or does not know the task."""


class NoLink(DownloadError):
    """The task offers no link of that kind."""


class ClockWrong(DownloadError):
    """The store says that a clock is wrong: the link is of another time than its own."""


class StoreClosed(DownloadError):
    """The account that owns the store is in arrears, suspended or closed."""


class StoreUntrusted(DownloadError):
    """The store's certificate is not trusted: the user has to look at it."""


class NotAVideo(DownloadError):
    """The bytes are not a video; some stores answer 200 with a page."""


class WrongLength(DownloadError):
    """The connection ended before the file did."""


class ChecksumWrong(DownloadError):
    """The bytes that came are not the ones that the store has: they changed on the way."""


class NameTaken(DownloadError):
    """Another file has the name, and it is not this one."""


class DiskError(DownloadError):
    """The disk refuses the file, its folder or its name."""


class InUse(DiskError):
    """Another instance is saving the same file."""


class DiskFull(DiskError):
    """There is no room for the rest of the file: `needed` bytes must be free, `free` are."""

    def __init__(self, needed: int, free: int) -> None:
        super().__init__(
            "needs {needed}, only {free} free", needed=_amount(needed), free=_amount(free)
        )
        self.needed = needed
        self.free = free


def _amount(count: float) -> str:
    """Bytes, human-readable: `300 MB`, `1.2 GB`."""
    for unit in ("bytes", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"
