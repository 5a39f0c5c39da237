"""CRC-64/XZ at the speed of C: Python's own liblzma has it, as the check of `.xz`."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from functools import cache
from typing import Protocol

_PIECE = 32 * 1024
"""Bytes handed to the decoder at once: what its first output block holds; more is far slower."""

_Function = Callable[[bytes | memoryview, int], int]


class Checksum(Protocol):
    """The running CRC-64/XZ of bytes, to be compared with the one they should have."""

    def update(self, data: bytes | memoryview) -> None:
        """Go on with these bytes."""

    def is_equal(self, expected: int) -> bool:
        """Whether all the bytes have this checksum; nothing can be added afterwards."""


def checksum() -> Checksum | None:
    """Begin a checksum; None where Python was built without lzma, and nothing can be checked."""
    if function := _liblzma_function():
        return CalledCrc64(function)
    try:
        return DecodedCrc64()
    except ImportError:
        return None


class CalledCrc64:
    """Calls `lzma_crc64` of liblzma: one call for many bytes, while other threads go on."""

    def __init__(self, function: _Function) -> None:
        self._function = function
        self._value = 0

    def update(self, data: bytes | memoryview) -> None:
        """Go on with these bytes."""
        self._value = self._function(data, self._value)

    def is_equal(self, expected: int) -> bool:
        """Whether all the bytes have this checksum."""
        return self._value == expected


class DecodedCrc64:
    """Has the decoder of `.xz` check the bytes, where liblzma cannot be called by itself.

    They are fed to it as stored (uncompressed) chunks of LZMA2 in a block whose check is CRC-64,
    and at the end the expected check: the decoder refuses a wrong one. Source: The .xz File Format
    1.2.1, sections 2.1.1 (stream header, check 0x04), 3.1 (block header, filter 0x21), 3.3
    (padding), 3.4 (check), and the chunks of LZMA2 as liblzma reads them. Raises ImportError where
    Python was built without lzma.
    """

    def __init__(self) -> None:
        import lzma

        self._decoder = lzma.LZMADecompressor(lzma.FORMAT_XZ)
        self._decoder.decompress(_STREAM_HEADER + _BLOCK_HEADER)
        self._refusal = lzma.LZMAError
        self._kind = b"\x01"  # the first chunk resets the dictionary
        self._packed = 0

    def update(self, data: bytes | memoryview) -> None:
        """Go on with these bytes."""
        view = memoryview(data)
        for start in range(0, len(view), _PIECE):
            piece = view[start : start + _PIECE]
            self._decoder.decompress(self._kind + struct.pack(">H", len(piece) - 1))
            self._decoder.decompress(piece)
            self._kind = b"\x02"
            self._packed += 3 + len(piece)

    def is_equal(self, expected: int) -> bool:
        """Whether all the bytes have this checksum; nothing can be added afterwards."""
        padding = bytes(-(self._packed + 1) % 4)
        try:
            self._decoder.decompress(b"\x00" + padding + struct.pack("<Q", expected))
        except self._refusal:
            return False
        return True


def _with_crc32(data: bytes) -> bytes:
    return data + struct.pack("<I", zlib.crc32(data))


_STREAM_HEADER = b"\xfd7zXZ\x00" + _with_crc32(b"\x00\x04")
_BLOCK_HEADER = _with_crc32(b"\x02\x00\x21\x01\x00" + bytes(3))


@cache
def _liblzma_function() -> _Function | None:
    """Find `lzma_crc64` in the library that Python's own module is linked with, if it shows it."""
    try:
        import _lzma
        import ctypes

        function = ctypes.CDLL(_lzma.__file__).lzma_crc64
    except (ImportError, AttributeError, OSError):  # not built, built in, or hidden
        return None
    function.argtypes = (ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint64)
    function.restype = ctypes.c_uint64

    def checksum_of(data: bytes | memoryview, before: int) -> int:
        size = len(data)
        if isinstance(data, memoryview):
            return int(function((ctypes.c_char * size).from_buffer(data), size, before))
        return int(function(data, size, before))

    return checksum_of
