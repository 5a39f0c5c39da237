"""Makes small clips of many kinds with PyAV; each frame has its number drawn into it.

`python tests/core/media/clips.py FOLDER` writes them all, to be looked at.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import cast

import av
from av import AudioFrame, VideoFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.video.stream import VideoStream
from PIL import Image, ImageDraw

from seedance_tui.core.media.picture import Picture

FRAMES = 24
RATE = 12
BITS = 6
"""Blocks of the number, the highest bit first, in a row across the middle of the picture."""


@dataclass(frozen=True)
class Recipe:
    """A kind of clip: how it is coded, into what, and what is odd about it."""

    name: str
    codec: str = "libx264"
    format: str = "mp4"
    size: tuple[int, int] = (192, 108)
    """Pixels as they are displayed."""
    pixels: str = "yuv420p"
    options: dict[str, str] = field(default_factory=dict)
    movflags: str = ""
    rotation: int = 0
    sound: str = ""
    ticks: Callable[[int], int] = lambda n: n * 10
    """When a frame is shown, in 1/120 s."""
    aspect: Fraction | None = None
    patch: Callable[[bytes], bytes] = lambda data: data
    frames: int = FRAMES
    noise: bool = False
    """Whether the top is noise, of which many bytes are made."""

    @property
    def size_shown(self) -> tuple[int, int]:
        """Pixels as they are displayed, where they are not square too."""
        width, height = self.size
        return (round(width * self.aspect), height) if self.aspect else self.size

    @property
    def file_name(self) -> str:
        return f"{self.name}.{self.format.replace('matroska', 'mkv')}"


def drawn(number: int, size: tuple[int, int]) -> Image.Image:
    """A picture with texture, and with its number in blocks of black and white."""
    width, height = size
    image = Image.new("RGB", size, (90, 120, 150))
    draw = ImageDraw.Draw(image)
    for x in range(0, width, 8):
        draw.line((x + number % 8, 0, x + number % 8, height // 4), fill=(30, 60, 30))
    draw.rectangle((0, height * 3 // 4, width // 3, height), fill=(220, 40, 40))
    block = width / BITS
    for place in range(BITS):
        shade = 255 if number >> (BITS - 1 - place) & 1 else 0
        box = (place * block, height * 0.35, (place + 1) * block - 1, height * 0.65)
        draw.rectangle(box, fill=(shade,) * 3)
    return image


def number_in(picture: Picture) -> int:
    """Read the number that is drawn into a picture, at whatever size."""
    number = 0
    for place in range(BITS):
        x, y = int((place + 0.5) * picture.width / BITS), picture.height // 2
        at = 3 * (y * picture.width + x)
        number = number << 1 | (picture.rgb[at + 1] > 127)
    return number


def make(recipe: Recipe, folder: Path) -> Path:
    """Write a clip into a folder."""
    path = folder / recipe.file_name
    options = {"movflags": recipe.movflags} if recipe.movflags else {}
    with av.open(str(path), "w", format=recipe.format, options=options) as container:
        pictures = _picture_stream(container, recipe)
        heard = _sound_stream(container, recipe)
        for number in range(recipe.frames):
            image = drawn(number, recipe.size)
            if recipe.noise:
                _add_noise(image, number)
            image = image.rotate(-recipe.rotation, expand=True)
            frame: VideoFrame = VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
            frame = frame.reformat(format=recipe.pixels)
            frame.pts, frame.time_base = recipe.ticks(number), Fraction(1, 120)
            container.mux(pictures.encode(frame))
        container.mux(pictures.encode(None))
        if heard is not None:
            for at in range(0, 48_000 * recipe.frames // RATE, 960):
                container.mux(heard.encode(_silence(recipe.sound, at)))
            container.mux(heard.encode(None))
    path.write_bytes(recipe.patch(path.read_bytes()))
    return path


def _add_noise(image: Image.Image, seed: int) -> None:
    width, height = image.width, image.height // 3
    noise = Random(seed).randbytes(width * height)
    image.paste(Image.frombytes("L", (width, height), noise), (0, 0))


def _picture_stream(container: OutputContainer, recipe: Recipe) -> VideoStream:
    stream = cast(VideoStream, container.add_stream(recipe.codec, rate=RATE))
    width, height = recipe.size
    is_turned = recipe.rotation % 180 != 0
    stream.width, stream.height = (height, width) if is_turned else (width, height)
    stream.pix_fmt = recipe.pixels
    stream.codec_context.time_base = Fraction(1, 120)
    stream.codec_context.options = recipe.options
    if recipe.aspect:
        stream.codec_context.sample_aspect_ratio = recipe.aspect
    if recipe.rotation:
        stream.set_display_rotation(recipe.rotation)
    return stream


def _sound_stream(container: OutputContainer, recipe: Recipe) -> AudioStream | None:
    if not recipe.sound:
        return None
    stream = container.add_stream(recipe.sound, rate=48_000, layout="stereo")
    return cast(AudioStream, stream)


def _silence(codec: str, at: int) -> AudioFrame:
    form = "fltp" if codec == "aac" else "s16"
    frame = AudioFrame(format=form, layout="stereo", samples=960)
    for plane in frame.planes:
        plane.update(bytes(plane.buffer_size))
    frame.sample_rate, frame.pts, frame.time_base = 48_000, at, Fraction(1, 48_000)
    return frame


def begin_later(data: bytes) -> bytes:
    """Let the edit list leave out the first five frames."""
    at = data.index(b"elst") + 12
    lasts, place = struct.unpack_from(">Ii", data, at)
    scale = struct.unpack_from(">I", data, data.index(b"mdhd") + 16)[0]
    movie = struct.unpack_from(">I", data, data.index(b"mvhd") + 16)[0]
    skipped = 5 / RATE
    row = struct.pack(">Ii", lasts - round(skipped * movie), place + round(skipped * scale))
    return data[:at] + row + data[at + 8 :]


def uneven(number: int) -> int:
    return number * 10 + (number % 3) * 4


_ONE_KEY = {"g": "250", "sc_threshold": "0"}
_QUICK = {"preset": "12"}
_VP9 = {"deadline": "realtime", "cpu-used": "8", "b": "400k"}
RECIPES: Sequence[Recipe] = (
    Recipe("h264_first", movflags="faststart", options=_ONE_KEY, sound="aac"),
    Recipe("h264_last", options={"g": "6"}),
    Recipe("h264_no_b", options={"bf": "0", "g": "8"}, movflags="faststart"),
    Recipe("h264_open_gop", options={"x264-params": "open-gop=1:keyint=8:bframes=3:b-adapt=0"}),
    Recipe("h264_mov", format="mov", options=_ONE_KEY, sound="aac"),
    Recipe("h264_fragments", movflags="frag_keyframe+empty_moov", options={"g": "6"}),
    Recipe("h264_dash", movflags="dash+frag_keyframe+empty_moov", options={"g": "6"}, sound="aac"),
    Recipe("h264_edited", options={"g": "4"}, patch=begin_later),
    Recipe("h264_rotated_90", rotation=90, size=(108, 192)),
    Recipe("h264_rotated_180", rotation=180),
    Recipe("h264_rotated_270", rotation=-90, size=(108, 192)),
    Recipe("h264_portrait", size=(90, 160), movflags="faststart"),
    Recipe("h264_odd", size=(191, 107), pixels="yuv444p"),
    Recipe("h264_uneven", ticks=uneven, options={"g": "6"}),
    Recipe("h264_10_bit", pixels="yuv420p10le"),
    Recipe("h264_aspect", size=(144, 108), aspect=Fraction(4, 3)),
    Recipe("h264_mkv", format="matroska", options={"g": "8"}),
    Recipe("h264_ts", format="mpegts", options=_ONE_KEY, sound="aac"),
    Recipe("h265", codec="libx265", options={"x265-params": "log-level=none:keyint=8"}),
    Recipe("h265_10_bit", codec="libx265", pixels="yuv420p10le",
           options={"x265-params": "log-level=none"}, movflags="faststart"),
    Recipe("av1", codec="libsvtav1", options=_QUICK, movflags="faststart"),
    Recipe("av1_webm", codec="libsvtav1", format="webm", options=_QUICK),
    Recipe("vp9", codec="libvpx-vp9", format="webm", options=_VP9, sound="libopus"),
    Recipe("prores_mov", codec="prores_ks", format="mov", pixels="yuv422p10le"),
    Recipe("vp9_mp4", codec="libvpx-vp9", options=_VP9),
)  # fmt: skip


if __name__ == "__main__":
    for one in RECIPES:
        make(one, Path(sys.argv[1]))
