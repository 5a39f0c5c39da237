"""What can go wrong when the gateway or the store is asked.

```
ApiError
├── KeyMissing          no API key is known
├── KeyRefused          401: bad, disabled or expired key, or its own quota is used up
├── Forbidden           403: address not allowed, or the key may not use this model
├── TaskNotFound        400 task_not_exist or 404: unknown here, or another account's
├── WrongAddress        the base URL does not lead to the API
├── SetupFailed         no client can be built: proxy, certificate or address unusable
├── Weather             passing: the task itself is not concerned
│   ├── RateLimited     408, 429
│   ├── ServerFault     5xx
│   ├── BadAnswer       200, but no task in it: empty, broken, too large, "code": "fail"
│   ├── TimedOut        no answer in time
│   └── Unreachable     refused, reset, no such host, TLS
└── DownloadError
    ├── LinkDead        the store says the link has expired or is not valid
    ├── NotAVideo       the bytes are something else, such as a web page
    ├── WrongLength     the connection ended before the file did
    └── DiskError       full, not writable, name refused
```
"""

from __future__ import annotations

import re

_KEY_LIKE = re.compile(r"\b(sk-|AKLT)[\w*.\-]{3,}")


class ApiError(Exception):
    """An answer that is not a task.

    `text` is what the server said, with keys redacted; `status` the HTTP status if there was an
    answer; `retry_after` in seconds if the server asked for it; `request_id` from the header
    `X-Oneapi-Request-Id`, for support.
    """

    def __init__(
        self,
        text: str = "",
        *,
        status: int | None = None,
        retry_after: float | None = None,
        request_id: str = "",
    ) -> None:
        super().__init__(text)
        self.text = text
        self.status = status
        self.retry_after = retry_after
        self.request_id = request_id


class KeyMissing(ApiError):
    """No API key is known."""


class KeyRefused(ApiError):
    """401: the key is bad, disabled, expired, or its own quota is used up."""


class Forbidden(ApiError):
    """403: the address is not allowed, or the key is limited to some models."""


class TaskNotFound(ApiError):
    """The gateway does not know the task, or it belongs to another account."""


class WrongAddress(ApiError):
    """The base URL leads to something that is not the API."""


class SetupFailed(ApiError):
    """No HTTP client can be built from the settings and the environment."""


class Weather(ApiError):
    """It will pass: the task is not concerned and is asked about again."""


class RateLimited(Weather):
    """408 or 429."""


class ServerFault(Weather):
    """5xx."""


class BadAnswer(Weather):
    """A success by its status, with no task in it."""


class TimedOut(Weather):
    """No answer in time."""


class Unreachable(Weather):
    """Refused, reset, no such host, or no trust in the certificate."""


class DownloadError(ApiError):
    """A file could not be brought home."""


class LinkDead(DownloadError):
    """The store refuses the link: it has expired or was never valid."""


class NotAVideo(DownloadError):
    """The bytes are not a video; some stores answer 200 with a page."""


class WrongLength(DownloadError):
    """The connection ended before the file did."""


class DiskError(DownloadError):
    """The disk is full, or the folder or the name is refused."""


def redact(text: str, key: str = "") -> str:
    """Take `key`, and whatever looks like a piece of one, out of a server's text.

    Some 401 texts of the gateway carry a piece of the key (its source: `TokenStatusExhausted`).
    """
    if key:
        text = text.replace(key, "…")
    return _KEY_LIKE.sub(r"\1…", text)
