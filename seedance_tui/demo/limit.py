"""A gateway that grants so many requests a second, and refuses the rest without a word."""

from dataclasses import dataclass

from .faults import EVERY, EmptyBody
from .messages import Handler, Request, Response
from .simulation import Demo


@dataclass(slots=True)
class TokenBucket:
    """A fault that grants `rate` requests a second, and `burst` at once after a rest."""

    rate: float = 5.0
    burst: float = 10.0
    granted: int = 0
    refused: int = 0
    _tokens: float = 0.0
    _filled: float = 0.0

    async def __call__(self, request: Request, handler: Handler) -> Response:
        """Answers well, or with 429."""
        grown = (request.time - self._filled) * self.rate
        self._tokens, self._filled = min(self.burst, self._tokens + grown), request.time
        if self._tokens < 1:
            self.refused += 1
            return await EmptyBody(429)(request, handler)
        self._tokens -= 1
        self.granted += 1
        return await handler(request)


def rate_limit(demo: Demo, task_id: str) -> TokenBucket:
    """Five requests a second are granted, and a burst of ten."""
    bucket = TokenBucket()
    demo.gateway.faults.push(EVERY, bucket, times=None)
    return bucket
