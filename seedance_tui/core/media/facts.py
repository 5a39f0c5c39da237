"""What an MP4 or MOV file says of itself, as it is played; the bytes are not trusted."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from ._boxes import Boxes, Span
from ._pictures import CODINGS, pictures_of
from ._sound import NO_SOUND, Sound, sound_of
from ._tracks import Track, tracks_of

__all__ = ["NO_SOUND", "Sound", "VideoFacts", "facts_of", "read_facts"]


@dataclass(frozen=True, slots=True)
class VideoFacts:
    """What is known of a video file; None is what it does not say."""

    size: int
    """Bytes on the disk."""
    width: int | None = None
    """Pixels across, as it is shown: turned, and with square pixels."""
    height: int | None = None
    """Pixels down, as it is shown."""
    seconds: float | None = None
    """Duration of the pictures as they are played; more than 0."""
    frames: int | None = None
    """Number of frames; more than 0."""
    codec: str | None = None
    """Four characters that name the coding, as written: `avc1`."""
    media_seconds: float | None = None
    """Duration of all frames, those too that an edit list leaves out; else as `seconds`."""
    file_seconds: float | None = None
    """From the first picture or sound to the last; else as `seconds`."""
    bit_depth: int | None = None
    """Bits of a sample of a pixel."""
    hdr: str | None = None
    """The name of the HDR that the pictures are made for; None for pictures of the usual range."""
    profile: str | None = None
    """The profile of the coding, as its standard names it: `High`."""
    rate: float | None = None
    """Frames a second as libav tells it: of a film in fragments, by as many as it reads before."""
    sound: Sound | None = None
    """What is heard; `NO_SOUND` in a film without sound."""

    @property
    def pixels(self) -> int | None:
        """Pixels of a frame."""
        return self.width * self.height if self.width and self.height else None

    @property
    def coding(self) -> str | None:
        """The name of the coding for people, with its profile: `H.264 High`."""
        if self.codec is None:
            return None
        return " ".join(filter(None, (CODINGS.get(self.codec, self.codec), self.profile)))

    @property
    def frames_per_second(self) -> float | None:
        """Frames a second, on average."""
        return self.rate or self.frames_per_second_of_all

    @property
    def frames_per_second_of_all(self) -> float | None:
        """Frames a second, on average of all fragments."""
        lasts = self.media_seconds or self.seconds
        return self.frames / lasts if self.frames and lasts else None

    @property
    def bits_per_second(self) -> float | None:
        """Bits a second of the whole file, its sound included."""
        lasts = self.file_seconds or self.seconds
        return self.size * 8 / lasts if lasts else None


def read_facts(path: Path) -> VideoFacts | None:
    """Return what a file says of itself; None where there is no file that can be read. Blocks.

    Nothing in the file makes this raise, and no more than a megabyte of it is read.
    """
    try:
        # A pipe of that name would be waited for without end.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb", buffering=0) as file:
            status = os.fstat(file.fileno())
            return facts_of(file, status.st_size) if stat.S_ISREG(status.st_mode) else None
    except (OSError, ValueError):
        return None


def facts_of(file: BinaryIO, size: int) -> VideoFacts:
    """Return what an open file of `size` bytes says: its first pictures, its first sound."""
    boxes, behind, facts = Boxes(file), Boxes(file), VideoFacts(size)
    try:
        tracks = list(tracks_of(boxes, behind, Span(0, size)))
        facts = _told_by(tracks, boxes, facts)
    except OSError:
        return facts
    if boxes.is_exhausted or behind.is_exhausted:  # what was added up is not all
        return replace(
            facts, seconds=None, frames=None, media_seconds=None, file_seconds=None, rate=None
        )
    return facts


def _told_by(tracks: list[Track], boxes: Boxes, facts: VideoFacts) -> VideoFacts:
    """Fold in what the tracks say, as far as there are any."""
    pictures = next((track for track in tracks if track.kind == b"vide"), None)
    heard = next((track for track in tracks if track.kind == b"soun"), None)
    if tracks:
        begin = min(track.begins for track in tracks)
        end = max(track.begins + track.seconds_told for track in tracks)
        sound = _sound_in(heard, boxes, facts.size) if heard else NO_SOUND
        facts = replace(facts, sound=sound, file_seconds=max(0.0, end - begin) or None)
    if pictures is None:
        return facts
    shown = pictures_of(boxes, pictures.header, pictures.entry)
    return replace(
        facts,
        width=shown.width,
        height=shown.height,
        seconds=pictures.seconds or None,
        frames=pictures.samples or None,
        codec=shown.codec,
        media_seconds=pictures.media or None,
        rate=pictures.rate or None,
        profile=shown.profile,
        bit_depth=shown.bit_depth,
        hdr=shown.hdr,
    )


def _sound_in(track: Track, boxes: Boxes, size: int) -> Sound | None:
    is_there = 0 < track.place < size
    return sound_of(boxes, track.entry, Span(track.place, size) if is_there else Span(0, 0))
