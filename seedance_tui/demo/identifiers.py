"""Names as the real services give them, always the same ones for the same input."""

import hashlib
from datetime import UTC, datetime, timedelta, timezone
from string import ascii_letters, ascii_lowercase, digits

BEIJING = timezone(timedelta(hours=8))


def request_id(at: float, salt: str) -> str:
    """Names a request to the gateway at Unix seconds: `2026072102132092666470303vc4lIo`."""
    moment = datetime.fromtimestamp(at, UTC).strftime("%Y%m%d%H%M%S")
    return moment + _letters(f"nanoseconds {at} {salt}", digits, 9) + _letters(salt, WORD, 8)


def store_request_id(at: float, salt: str) -> str:
    """Names a request to the store: 24 hexadecimal digits and where it was served."""
    return _digest(f"{at} {salt}").hex()[:24] + "-ac140de0-1hXyZaB-GO-cb-tos-front-azc-1"


def upstream_id(at: float, salt: str) -> str:
    """Names a task upstream, by Beijing's clock: `cgt-20260721101320-p7icc`."""
    moment = datetime.fromtimestamp(at, BEIJING).strftime("%Y%m%d%H%M%S")
    return f"cgt-{moment}-{_letters(salt, ascii_lowercase + digits, 5)}"


def file_stem(salt: str) -> str:
    """Names a video in the store, without its ending."""
    return f"0217846{_letters(salt, digits, 11)}{'0' * 20}ffffac{_digest(salt).hex()[:13]}"


WORD = ascii_letters + digits


def _letters(salt: str, alphabet: str, count: int) -> str:
    return "".join(alphabet[byte % len(alphabet)] for byte in _digest(salt)[:count])


def _digest(salt: str) -> bytes:
    return hashlib.sha256(salt.encode()).digest()
