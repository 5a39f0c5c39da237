"""What a track of sound says of it: the coding and the number of channels.

Where its description has no configuration that tells them, the header of its first sample does.
"""

from __future__ import annotations

from dataclasses import dataclass

from ._boxes import Boxes, Span, number
from ._channels import FRAME_HEADER, channels_of_config, channels_of_frame

_CODECS = {
    b"mp4a": "AAC", b".mp3": "MP3", b".mp2": "MP2", b"Opus": "Opus", b"fLaC": "FLAC",
    b"ac-3": "AC-3", b"ec-3": "E-AC-3", b"alac": "ALAC", b"dtsc": "DTS", b"mlpa": "TrueHD",
    b"alaw": "A-law", b"ulaw": "mu-law", b"ima4": "ADPCM",
    b"lpcm": "PCM", b"sowt": "PCM", b"twos": "PCM", b"in24": "PCM", b"in32": "PCM",
    b"fl32": "PCM", b"raw ": "PCM", b"ipcm": "PCM",
}  # fmt: skip
_OBJECTS = {
    0x69: "MP3", 0x6B: "MP3", 0xA5: "AC-3", 0xA6: "E-AC-3", 0xA9: "DTS", 0xDD: "Vorbis",
    0xAD: "Opus",
}  # fmt: skip
"""What `mp4a` may be else, by the object type of its decoder (ISO/IEC 14496-1)."""
_FIXED = {0: 28, 1: 44, 2: 64}
"""Bytes of a description of sound before its boxes, by its version."""
_AC3_CHANNELS = (2, 1, 2, 3, 3, 4, 4, 5)
_ALWAYS_TWO = (b"mp4a", b"mlpa")
"""Descriptions that say two channels whatever there is."""
_BY_FRAMES = ("MP3", "MP2", "DTS")
"""What no configuration tells the channels of."""
_ES, _DECODER, _SPECIFIC = 3, 4, 5
"""Tags of the descriptors in `esds`."""


@dataclass(frozen=True, slots=True)
class Sound:
    """What is heard; `channels` is None where the file does not say."""

    codec: str
    channels: int | None


NO_SOUND = Sound("", 0)
"""A film without sound."""


def sound_of(boxes: Boxes, entry: tuple[bytes, Span] | None, sample: Span) -> Sound | None:
    """Read the description of a track, and `sample`, its first; None where there is none."""
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
    if not told and name in _BY_FRAMES:
        told = channels_of_frame(name, boxes.read(sample, FRAME_HEADER))
    if not told and coding in _ALWAYS_TWO:
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
            specific = data[at : at + 64] if tag == _SPECIFIC else b""
            return codec, channels_of_config(codec, specific)
    return codec, 0
