"""Faults of the object store: a range ignored, a link too old, another object, other headers."""

# ruff: noqa: D102 -- the call of every fault is described once, in the package

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ..messages import Handler, Request, Response
from ..objects import Blob, refusal, serve


@dataclass(frozen=True, slots=True)
class IgnoreRange:
    """Answers a request for a part with the whole, status 200."""

    async def __call__(self, request: Request, handler: Handler) -> Response:
        return await handler(_without("range", request))


@dataclass(frozen=True, slots=True)
class IgnoreIfRange:
    """Answers a request for a part with that part, whatever has become of the object."""

    async def __call__(self, request: Request, handler: Handler) -> Response:
        return await handler(_without("if-range", request))


@dataclass(frozen=True, slots=True)
class Headers:
    """Says other headers, by their name as the server spells it; None takes one away."""

    changes: Mapping[str, str | None]

    async def __call__(self, request: Request, handler: Handler) -> Response:
        good = await handler(request)
        changed = {**good.headers, **self.changes}
        headers = {name: value for name, value in changed.items() if value is not None}
        return replace(good, headers=headers)


@dataclass(frozen=True, slots=True)
class Expired:
    """Refuses a link of the store as too old, whatever the clock says."""

    async def __call__(self, request: Request, handler: Handler) -> Response:
        return refusal(request, 403, "AccessDenied", "Request has expired")


@dataclass(frozen=True, slots=True)
class Replaced:
    """Serves another object, with its own entity tag, where the link is good."""

    blob: Blob

    async def __call__(self, request: Request, handler: Handler) -> Response:
        good = await handler(request)
        return good if good.status in (400, 403, 404) else serve(request, self.blob)


def _without(name: str, request: Request) -> Request:
    return replace(request, headers={n: v for n, v in request.headers.items() if n != name})
