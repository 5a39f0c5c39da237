"""The number of channels, by the configuration of a decoder or the header of a frame of sound."""

from __future__ import annotations

from ._boxes import number

FRAME_HEADER = 12
"""Bytes of a frame that are read."""
_AAC_CHANNELS = (0, 1, 2, 3, 4, 5, 6, 8)
_PARAMETRIC_STEREO = 29
_MONO = 3
_DTS_CHANNELS = (1, 2, 2, 2, 2, 3, 3, 4, 4, 5, 6, 6, 6, 7, 8, 8)


def channels_of_frame(coding: str, header: bytes) -> int:
    """Read the header of a frame of a coding of this name; 0 where it is not known."""
    if coding in ("MP3", "MP2"):
        return _channels_of_mpeg(header)
    return _channels_of_dts(header) if coding == "DTS" else 0


def channels_of_config(coding: str, data: bytes) -> int:
    """Read what a decoder is set up with; 0 where that does not tell."""
    if coding == "Vorbis":
        _begin, _sign, rest = data.partition(b"\x01vorbis")
        return rest[4] if len(rest) > 4 else 0
    return 0 if coding else _channels_of_aac(data)


def _channels_of_aac(data: bytes) -> int:
    """Read an AudioSpecificConfig (ISO/IEC 14496-3)."""
    bits, left = int.from_bytes(data, "big"), len(data) * 8

    def take(count: int) -> int:
        nonlocal left
        left -= count
        return bits >> left & ((1 << count) - 1) if left >= 0 else 0

    kind = take(5)
    if kind == 31:
        kind = 32 + take(6)
    if take(4) == 15:
        take(24)
    channels = take(4)
    if kind == _PARAMETRIC_STEREO:
        return 2
    if channels:
        return _AAC_CHANNELS[channels] if channels < len(_AAC_CHANNELS) else 0
    take(1)
    take(14 * take(1))
    take(1 + 10)  # what is before the elements, and how a program begins
    elements, low = take(4) + take(4) + take(4), take(2)
    take(3 + 4)
    for width in (4, 4, 3):  # how it is mixed down
        take(width * take(1))
    return low + sum(1 + (take(5) >> 4) for _element in range(elements)) if left >= 0 else 0


def _channels_of_mpeg(header: bytes) -> int:
    """Read the header of a frame of MP3 or MP2 (ISO/IEC 11172-3)."""
    if len(header) < 4 or number(header, ">H", 0) & 0xFFE0 != 0xFFE0:
        return 0
    return 1 if header[3] >> 6 == _MONO else 2


def _channels_of_dts(header: bytes) -> int:
    """Read the header of a frame (ETSI TS 102 114): an arrangement, and one for low frequency."""
    if header[:4] != b"\x7f\xfe\x80\x01" or len(header) < FRAME_HEADER:
        return 0
    bits = int.from_bytes(header, "big")
    arrangement, low = bits >> 30 & 0x3F, bits >> 9 & 3
    told = _DTS_CHANNELS[arrangement] if arrangement < len(_DTS_CHANNELS) else 0
    return told + (low > 0) if told else 0
