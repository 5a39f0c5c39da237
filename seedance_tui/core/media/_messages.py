"""What goes through a pipe to the process that decodes, and back.

A message is a head in JSON and some bytes; the lengths of both stand before it. Nothing in it can
make the other side run anything.
"""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

Head = dict[str, Any]
Message = tuple[Head, bytes]
_LENGTHS = struct.Struct(">II")


def send(pipe: BinaryIO, head: Head, body: bytes = b"") -> None:
    """Write a message; raises OSError where nobody reads any more."""
    data = json.dumps(head).encode()
    pipe.write(_LENGTHS.pack(len(data), len(body)) + data)
    pipe.write(body)
    pipe.flush()


def receive(pipe: BinaryIO) -> Message:
    """Wait for a message; raises EOFError where the other side has ended."""
    length, more = _LENGTHS.unpack(_read(pipe, _LENGTHS.size))
    head: Head = json.loads(_read(pipe, length))
    return head, _read(pipe, more)


def _read(pipe: BinaryIO, count: int) -> bytes:
    data = pipe.read(count)
    if len(data) < count:
        raise EOFError
    return data
