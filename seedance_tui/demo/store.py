"""The simulated object store: another origin than the gateway, read with signed links only."""

import time
from collections import deque
from dataclasses import replace
from urllib.parse import quote

from .clock import Clock
from .faults import FaultPlan
from .identifiers import store_request_id
from .messages import Request, Response
from .objects import Blob, refusal, serve
from .server import Server
from .signing import Signer

MOST_REQUESTS_KEPT = 10_000
TWO_AUTHORISATIONS = "Only one auth mechanism is allowed"


class ObjectStore:
    """Objects by key, such as `doubao-seedance-2-0/0217.mp4`; faults go by the same key."""

    def __init__(self, *, clock: Clock = time.time) -> None:
        self.clock = clock
        self.faults = FaultPlan()
        self.requests: deque[Request] = deque(maxlen=MOST_REQUESTS_KEPT)
        self.server = Server(self._answer, clock=clock)
        self._objects: dict[str, Blob] = {}
        self._signer = Signer()

    @property
    def url(self) -> str:
        """The store's origin, known once it listens."""
        return self.server.url

    @property
    def leaks(self) -> tuple[Request, ...]:
        """The requests that brought an Authorization header, which none should."""
        return tuple(request for request in self.requests if "authorization" in request.headers)

    def put(self, key: str, blob: Blob) -> None:
        """Keeps an object, in the place of an older one if there is one."""
        self._objects[key] = replace(blob, modified=self.clock())

    def get(self, key: str) -> Blob | None:
        """Finds an object."""
        return self._objects.get(key)

    def link(self, key: str, at: float, expires: int = 86_400) -> str:
        """Signs a link to an object at Unix seconds for `expires` seconds."""
        return self._signer.link(f"{self.url}/{quote(key)}", at, expires)

    async def _answer(self, request: Request) -> Response:
        self.requests.append(request)
        answer = await self.faults.run(_key(request), request, self._serve)
        trace = {"x-tos-request-id": store_request_id(request.time, request.target)}
        return replace(answer, headers=trace | dict(answer.headers))

    async def _serve(self, request: Request) -> Response:
        if "authorization" in request.headers:
            return refusal(request, 400, "InvalidArgument", TWO_AUTHORISATIONS)
        if objection := self._signer.objection(request):
            return objection
        blob = self._objects.get(_key(request))
        if blob is None:
            return refusal(request, 404, "NoSuchKey", "The specified key does not exist.")
        return serve(request, blob)


def _key(request: Request) -> str:
    return "/".join(request.segments)
