"""Faults of the object store: a range ignored, a link too old, another object, other headers."""

# ruff: noqa: D102 -- the call of every fault is described once, in the package

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from html import escape

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


@dataclass(frozen=True, slots=True)
class Public:
    """Serves an object to everybody, whatever the query says; not to who also brings a key."""

    blob: Blob

    async def __call__(self, request: Request, handler: Handler) -> Response:
        if "authorization" in request.headers:
            return refusal(request, 400, "InvalidArgument", "Only one auth mechanism allowed")
        return serve(request, self.blob)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Refuses a link in XML, as most stores do, or in JSON."""

    status: int
    code: str
    message: str = ""
    is_xml: bool = True

    async def __call__(self, request: Request, handler: Handler) -> Response:
        message = self.message or self.code
        if not self.is_xml:
            return refusal(request, self.status, self.code, message)
        body = (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f"<Error><Code>{escape(self.code)}</Code><Message>{escape(message)}</Message></Error>"
        )
        return Response(self.status, {"Content-Type": "application/xml"}, body.encode())


@dataclass(frozen=True, slots=True)
class Granted:
    """Does what another fault does, but only where the handler would have granted the request."""

    fault: Callable[[Request, Handler], Awaitable[Response]]

    async def __call__(self, request: Request, handler: Handler) -> Response:
        good = await handler(request)
        return good if good.status in (401, 403) else await self.fault(request, handler)


def _without(name: str, request: Request) -> Request:
    return replace(request, headers={n: v for n, v in request.headers.items() if n != name})
