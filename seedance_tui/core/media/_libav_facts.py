"""What libav says of a file whose boxes are not read here: WebM, Matroska, AVI and others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from ..text.sanitize import safe
from ._decoder import Decoder
from .facts import NO_SOUND, Sound, VideoFacts

if TYPE_CHECKING:
    from av.container import InputContainer
    from av.video.stream import VideoStream

_FOUR = {"h264": "avc1", "hevc": "hvc1", "av1": "av01", "vp9": "vp09", "vp8": "vp08"}
"""The four characters that other files have for a coding."""
_SOUNDS = {"aac": "AAC", "mp3": "MP3", "opus": "Opus", "vorbis": "Vorbis", "flac": "FLAC"}
_MICROSECONDS = 1_000_000


def completed(facts: VideoFacts, decoder: Decoder, times: Sequence[float]) -> VideoFacts:
    """Fill in what libav knows; `times` are those of all the pictures, if these were read."""
    stream, context = decoder.stream, decoder.stream.codec_context
    rate = float(stream.average_rate or 0) or None
    container = decoder.container
    file_lasts = container.duration / _MICROSECONDS if container.duration else None
    lasts = (times[-1] - times[0] + 1 / rate) if times and rate else file_lasts
    width, height = _displayed(decoder, stream)
    return replace(
        facts,
        width=width or None,
        height=height or None,
        seconds=lasts,
        frames=len(times) or None,
        media_seconds=len(times) / rate if times and rate else None,
        codec=_FOUR.get(context.codec.canonical_name, safe(context.codec.canonical_name)),
        profile=safe(context.profile) if context.profile else None,
        file_seconds=file_lasts,
        bit_depth=max((part.bits for part in context.format.components), default=None)
        if context.format
        else None,
        sound=_sound(container),
    )


def _displayed(decoder: Decoder, stream: VideoStream) -> tuple[int, int]:
    """Pixels as they are shown: square ones, and turned."""
    width, height = stream.codec_context.width, stream.codec_context.height
    aspect = stream.sample_aspect_ratio
    width = round(width * aspect) if aspect else width
    is_turned = round(decoder.first().rotation / 90) % 2 == 1
    return (height, width) if is_turned else (width, height)


def _sound(container: InputContainer) -> Sound:
    heard = next(iter(container.streams.audio), None)
    if heard is None:
        return NO_SOUND
    name = heard.codec_context.codec.canonical_name
    return Sound(_SOUNDS.get(name, safe(name)), heard.codec_context.channels or None)
