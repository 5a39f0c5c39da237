"""Signed links: who may read one object with GET, until when.

The signature covers the method, the host, the path and every other query parameter, so HEAD is
refused, and so is a link to which something was added.
"""

import hashlib
import hmac
from dataclasses import dataclass
from urllib.parse import quote, urlencode, urlsplit

from .clock import compact_date, parse_compact_date
from .messages import Request, Response
from .objects import refusal

CREDENTIAL = "AKLTEXAMPLEexampleEXAMPLEexampleNOTREAL01"
MISMATCH = "The request signature we calculated does not match the signature you provided."


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs links and checks them with one secret."""

    secret: bytes = b"the simulated store's secret"

    def link(self, url: str, at: float, expires: int) -> str:
        """Signs `url` at Unix seconds for `expires` seconds."""
        date = compact_date(at)
        parameters = {
            "X-Tos-Algorithm": "TOS4-HMAC-SHA256",
            "X-Tos-Credential": f"{CREDENTIAL}/{date[:8]}/cn-beijing/tos/request",
            "X-Tos-Date": date,
            "X-Tos-Expires": str(expires),
            "X-Tos-SignedHeaders": "host",
        }
        parts = urlsplit(url)
        signature = self._sign("GET", parts.netloc, parts.path, list(parameters.items()))
        signed = sorted((parameters | {"X-Tos-Signature": signature}).items())
        return f"{url}?{urlencode(signed, quote_via=quote, safe='')}"

    def objection(self, request: Request) -> Response | None:
        """Says why this request may not be answered; None when it may."""
        given = dict(request.query)
        others = [pair for pair in request.query if pair[0] != "X-Tos-Signature"]
        host = request.headers.get("host", "")
        expected = self._sign(request.method, host, request.path, others)
        if given.get("X-Tos-Signature") != expected:
            return refusal(request, 403, "SignatureDoesNotMatch", MISMATCH)
        deadline = parse_compact_date(given["X-Tos-Date"]) + int(given["X-Tos-Expires"])
        if request.time >= deadline:
            return refusal(request, 403, "AccessDenied", "Request has expired")
        return None

    def _sign(self, method: str, host: str, path: str, parameters: list[tuple[str, str]]) -> str:
        canonical = "\n".join((method, host, path, urlencode(sorted(parameters))))
        return hmac.new(self.secret, canonical.encode(), hashlib.sha256).hexdigest()
