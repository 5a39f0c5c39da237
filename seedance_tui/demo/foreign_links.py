"""Links as other stores sign them: each names its end in its own words, in any case.

The signatures are none; a fault such as `Public` serves what stands behind such a link.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

from .clock import compact_date

Sign = Callable[[float, int], Mapping[str, str]]
"""Makes the query of a link from Unix seconds and the seconds that it lives."""
_SIGNATURE = "0" * 40


def _dated(prefix: str, *, lower: bool = False) -> Sign:
    def sign(at: float, seconds: int) -> Mapping[str, str]:
        query = {"Date": compact_date(at), "Expires": str(seconds), "Signature": _SIGNATURE}
        named = {f"{prefix}-{name}": value for name, value in query.items()}
        return {name.lower(): value for name, value in named.items()} if lower else named

    return sign


def _iso(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _policy(until: int) -> str:
    """A policy of CloudFront: JSON in base 64, in letters that a query may have."""
    condition = {"DateLessThan": {"AWS:EpochTime": until}}
    policy = json.dumps({"Statement": [{"Resource": "https://*", "Condition": condition}]})
    return b64encode(policy.encode()).decode().translate(str.maketrans("+=/", "-_~"))


def _until(at: float, seconds: int) -> str:
    return str(int(at) + seconds)


SIGNS: Mapping[str, Sign] = {
    "tos": _dated("X-Tos"),
    "s3": _dated("X-Amz"),
    "s3 in lower case": _dated("X-Amz", lower=True),
    "oss": lambda at, s: {"Expires": _until(at, s), "OSSAccessKeyId": "k", "Signature": "x"},
    "oss v4": _dated("x-oss", lower=True),
    "cos": lambda at, s: {"q-sign-time": f"{int(at)};{_until(at, s)}", "q-signature": "x"},
    "gcs": _dated("X-Goog"),
    "azure": lambda at, s: {"sv": "2024-11-04", "se": _iso(int(at) + s), "sp": "r", "sig": "x="},
    "bos": lambda at, s: {"authorization": f"bce-auth-v1/key/{_iso(at)}/{s}/host/{_SIGNATURE}"},
    "obs": _dated("X-Obs"),
    "obs v2": lambda at, s: {"AccessKeyId": "k", "expires": _until(at, s), "Signature": "x"},
    "qiniu": lambda at, s: {"e": _until(at, s), "token": "k:x"},
    "cloudfront": lambda at, s: {
        "Policy": _policy(int(at) + s),
        "Signature": "x",
        "Key-Pair-Id": "K",
    },
    "akamai": lambda at, s: {"hdnts": f"st={int(at)}~exp={_until(at, s)}~acl=/*~hmac={'0' * 32}"},
    "cdn": lambda at, s: {"auth_key": f"{_until(at, s)}-0-0-{'0' * 32}"},
}
"""By the store: TOS, S3, Aliyun, Tencent, Google, Azure, Baidu, Huawei, Qiniu, CDNs."""


def signed(store: str, url: str, at: float, seconds: int = 86_400) -> str:
    """Signs `url` as a store of `SIGNS` does, at Unix seconds and for so many seconds."""
    return f"{url}?{urlencode(SIGNS[store](at, seconds), quote_via=quote)}"
