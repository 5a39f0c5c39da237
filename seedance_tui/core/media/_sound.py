"""What a track of sound says of it: the coding and the number of channels."""

from __future__ import annotations

from dataclasses import dataclass

from ._boxes import Boxes, Span, number

_CODECS = {
    b"mp4a": "AAC", b".mp3": "MP3", b"Opus": "Opus", b"ac-3": "AC-3", b"ec-3": "E-AC-3",
    b"alac": "ALAC", b"fLaC": "FLAC",
    b"lpcm": "PCM", b"sowt": "PCM", b"twos": "PCM", b"in24": "PCM", b"in32": "PCM",
    b"fl32": "PCM", b"raw ": "PCM", b"ipcm": "PCM",
}  # fmt: skip
_OBJECTS = {0x69: "MP3", 0x6B: "MP3", 0xA5: "AC-3", 0xA6: "E-AC-3", 0xDD: "Vorbis", 0xAD: "Opus"}
"""What `mp4a` may be else, by the object type of its decoder (ISO/IEC 14496-1)."""
_FIXED = {0: 28, 1: 44, 2: 64}
"""Bytes of a description of sound before its boxes, by its version."""
_AC3_CHANNELS = (2, 1, 2, 3, 3, 4, 4, 5)
_AAC_CHANNELS = (0, 1, 2, 3, 4, 5, 6, 8)
_PARAMETRIC_STEREO = 29
_ES, _DECODER, _SPECIFIC = 3, 4, 5
"""Tags of the descriptors in `esds`."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What is heard; `channels` is None where the file does not say."""

    codec: str
    channels: int | None


NO_SOUND = Sound("", 0)
"""A film without sound."""


def sound_of(boxes: Boxes, entry: tuple[bytes, Span] | None) -> Sound | None:
    """Read the description of a track; None where there is none."""
    if entry is None:
        return None
    coding, inside = entry
    fixed = boxes.read(inside, 64)
    version = number(fixed, ">H", 8)
    channels = number(fixed, ">I", 40) if version == 2 else number(fixed, ">H", 16)
    rest = Span(inside.begin + _FIXED.get(version, 28), inside.end)
    more = {kind: boxes.read(span, 128) for kind, span in boxes.inside(rest)}
    if wave := boxes.find(rest, b"wave"):  # QuickTime keeps the same in a box of its own
        more |= {kind: boxes.read(span, 128) for kind, span in boxes.inside(wave)}
    codec, told = _configured(more)
    name = codec or _CODECS.get(coding) or coding.decode("latin-1").strip()
    if not told and coding == b"mp4a":  # it says 2 whatever there is
        return Sound(name, None)
    return Sound(name, told or channels or None)


def _configured(more: dict[bytes, bytes]) -> tuple[str, int]:
    """What the configuration of the coding says; empty and 0 where it says nothing."""
    if opus := more.get(b"dOps"):
        return "", opus[1] if len(opus) > 1 else 0
    if ac3 := more.get(b"dac3"):
        bits = int.from_bytes(ac3[:3], "big")
        return "", _AC3_CHANNELS[bits >> 11 & 7] + (bits >> 10 & 1) if len(ac3) >= 3 else 0
    if eac3 := more.get(b"dec3"):
        return "", _AC3_CHANNELS[eac3[3] >> 1 & 7] + (eac3[3] & 1) if len(eac3) > 3 else 0
    return _of_descriptors(more.get(b"esds", b"")[4:])


def _of_descriptors(data: bytes) -> tuple[str, int]:
    """Go down from the stream to its decoder and to what that is set up with."""
    codec, at = "", 0
    while at < len(data):
        tag, at = data[at], at + 1
        while at < len(data) and data[at] & 0x80:  # a length in pieces of seven bits
            at += 1
        at += 1
        if tag == _ES:
            at += 3
        elif tag == _DECODER:
            codec = _OBJECTS.get(data[at], "") if at < len(data) else ""
            at += 13
        else:
            is_aac = tag == _SPECIFIC and not codec
            return codec, _channels_of_aac(data[at : at + 8]) if is_aac else 0
    return codec, 0


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
    return _AAC_CHANNELS[channels] if channels < len(_AAC_CHANNELS) else 0
