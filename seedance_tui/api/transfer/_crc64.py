"""CRC-64/XZ at the speed of C: Python's own liblzma has it, as the check of `.xz`."""

from __future__ import annotations

import struct
import zlib

_PIECE = 32 * 1024
"""Bytes handed to the decoder at once: what its first output block holds; more is far slower."""


class Crc64:
    """The running checksum of bytes, to be compared with the one they should have.

    The decoder of `.xz` computes it, since Python has no function for it. The bytes are fed to
    it as stored (uncompressed) chunks of LZMA2 in a block whose check is CRC-64, and at the end the
    expected check: the decoder refuses a wrong one. Source: The .xz File Format 1.2.1, sections
    2.1.1 (stream header, check 0x04), 3.1 (block header, filter 0x21), 3.3 (padding), 3.4 (check),
    and the chunks of LZMA2 as liblzma reads them. Raises ImportError where Python was built without
    lzma.
    """

    def __init__(self) -> None:
        import lzma

        self._decoder = lzma.LZMADecompressor(lzma.FORMAT_XZ)
        self._decoder.decompress(_STREAM_HEADER + _BLOCK_HEADER)
        self._refusal = lzma.LZMAError
        self._kind = b"\x01"  # the first chunk resets the dictionary
        self._packed = 0

    def update(self, data: bytes | memoryview) -> None:
        """Add these bytes."""
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


def checksum() -> Crc64 | None:
    """Begin a checksum; None where Python was built without lzma, and nothing can be checked."""
    try:
        return Crc64()
    except ImportError:
        return None


def _with_crc32(data: bytes) -> bytes:
    return data + struct.pack("<I", zlib.crc32(data))


_STREAM_HEADER = b"\xfd7zXZ\x00" + _with_crc32(b"\x00\x04")
_BLOCK_HEADER = _with_crc32(b"\x02\x00\x21\x01\x00" + bytes(3))
