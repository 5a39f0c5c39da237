"""What libav says of a file whose boxes are not read here: WebM, Matroska, AVI and others.

It is told in the process that decodes, and taken from there for facts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..text.sanitize import safe
from .facts import NO_SOUND, Sound, VideoFacts

if TYPE_CHECKING:
    from ._decoder import Decoder

_FOUR = {"h264": "avc1", "hevc": "hvc1", "av1": "av01", "vp9": "vp09", "vp8": "vp08"}
"""The four characters that other files have for a coding."""
_SOUNDS = {"aac": "AAC", "mp3": "MP3", "opus": "Opus", "vorbis": "Vorbis", "flac": "FLAC"}
_MICROSECONDS = 1_000_000


def told_by(decoder: Decoder) -> dict[str, Any]:
    """Ask libav; None, 0 and "" are what it does not know."""
    stream, container = decoder.stream, decoder.container
    context = stream.codec_context
    heard = next(iter(container.streams.audio), None)
    aspect, form = stream.sample_aspect_ratio, context.format
    return {
        "size": (context.width, context.height),
        "aspect": float(aspect) if aspect else 1.0,
        "is_turned": round(decoder.first().rotation / 90) % 2 == 1,
        "rate": decoder.rate,
        "file_seconds": container.duration / _MICROSECONDS if container.duration else None,
        "codec": context.codec.canonical_name,
        "profile": context.profile or "",
        "bit_depth": max((part.bits for part in form.components), default=None) if form else None,
        "sound": heard.codec_context.codec.canonical_name if heard else "",
        "channels": heard.codec_context.channels if heard else 0,
    }


def completed(facts: VideoFacts, told: dict[str, Any], times: Sequence[float]) -> VideoFacts:
    """Fill in what libav knows; `times` are those of all the pictures, if these were read."""
    rate, lasts = told["rate"] or None, told["file_seconds"]
    if times and rate:
        lasts = times[-1] - times[0] + 1 / rate
    width, height = round(told["size"][0] * told["aspect"]), told["size"][1]
    if told["is_turned"]:
        width, height = height, width
    return replace(
        facts,
        width=width or None,
        height=height or None,
        seconds=lasts,
        frames=len(times) or None,
        media_seconds=len(times) / rate if times and rate else None,
        codec=_FOUR.get(told["codec"], safe(told["codec"])),
        profile=safe(told["profile"]) or None,
        file_seconds=told["file_seconds"],
        bit_depth=told["bit_depth"],
        sound=_sound(told["sound"], told["channels"]),
    )


def _sound(codec: str, channels: int) -> Sound:
    return Sound(_SOUNDS.get(codec, safe(codec)), channels or None) if codec else NO_SOUND
