"""Draws the demo's clips: a striped balloon drifts over a lake, past ridges, trees and reeds.

Run by hand, `python make.py`, with the extra `preview`; the package ships the result. The original
and the super-resolved clip show the same frames, small and soft, then large and sharp. The second
take is another seed; the portrait is framed for a phone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from random import Random
from typing import cast

import av
from av import AudioFrame, VideoFrame
from av.audio.stream import AudioStream
from av.container import OutputContainer
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

HERE = Path(__file__).parent
SECONDS, RATE = 3, 24
SOUND_RATE = 44_100
PITCHES = 196.0, 246.9, 293.7
HORIZON = 0.62
SIZE = tuple[int, int]

SKIES = (((34, 58, 120), (250, 176, 120)), ((24, 70, 96), (236, 208, 150)))
STRIPES = (
    ((206, 52, 44), (250, 236, 206), (32, 78, 120)),
    ((240, 170, 30), (60, 40, 90), (236, 232, 220)),
)
FAR, NEAR, TREE = (124, 96, 128), (54, 48, 84), (24, 30, 44)
DEEP, SHINE = (22, 40, 84), (255, 214, 150)


@dataclass(frozen=True)
class Scene:
    """The moving picture of a seed at a size; everything is drawn twice as large, then halved."""

    seed: int
    size: SIZE

    @property
    def _large(self) -> SIZE:
        return self.size[0] * 2, self.size[1] * 2

    @property
    def _look(self) -> int:
        return self.seed % 2

    def _chance(self, part: int) -> Random:
        """Draws the same for the same seed."""
        return Random(self.seed + part)  # noqa: S311 -- no secret

    def frame(self, t: float) -> Image.Image:
        """Draws the picture of a moment, from 0 to 1."""
        image = self._land.copy()
        self._add_water(image, t)
        self._add_balloon(image, t)
        self._add_reeds(image, t)
        return image.resize(self.size, Image.Resampling.BOX)

    @cached_property
    def _land(self) -> Image.Image:
        width, height = self._large
        top, low = SKIES[self._look]
        sky = ImageOps.colorize(Image.linear_gradient("L").resize(self._large), top, low)
        radius = height // 3
        glow = ImageOps.invert(Image.radial_gradient("L")).resize((2 * radius, 2 * radius))
        rim = cast(int, glow.getpixel((0, radius)))  # its square shows where it does not end in 0
        glow = glow.point([round(255 * (max(0, v - rim) / (255 - rim)) ** 2) for v in range(256)])
        sun = round(width * (0.62, 0.3)[self._look]), round(height * 0.42)
        sky.paste(SHINE, (sun[0] - radius, sun[1] - radius), glow)
        draw, horizon = ImageDraw.Draw(sky), round(height * HORIZON)
        chance = self._chance(0)
        self._ridge(draw, chance, FAR, 0.15, horizon)
        self._ridge(draw, chance, NEAR, 0.07, horizon)
        for x in range(0, width, 7):
            high = chance.randint(height // 60, height // 24)
            at = horizon + chance.randint(-6, 2)
            draw.polygon(((x - 7, at), (x, at - high), (x + 7, at)), TREE)
        return sky

    def _ridge(
        self,
        draw: ImageDraw.ImageDraw,
        chance: Random,
        shade: tuple[int, int, int],
        high: float,
        base: int,
    ) -> None:
        width, height = self._large
        waves = [(n, chance.uniform(0, 6.3), high / n) for n in (3, 7, 17, 41)]
        tops = [
            (x, base - height * sum((1 + math.sin(n * x / width * 6.3 + p)) * a / 2
                                    for n, p, a in waves))
            for x in range(0, width + 8, 8)
        ]  # fmt: skip
        draw.polygon([*tops, (width, base), (0, base)], shade)
        rock = tuple(value * 5 // 4 for value in shade)
        for x, top in tops[::2]:
            draw.line((x, top, x - 24, top + (base - top) * 0.7), rock, 2)

    @cached_property
    def _ripples(self) -> Image.Image:
        """A strip of short strokes, twice as wide as the picture, that grow towards the viewer."""
        width, height = self._large[0] * 2, round(self._large[1] * (1 - HORIZON))
        strip, chance = Image.new("L", (width, height)), self._chance(1)
        draw = ImageDraw.Draw(strip)
        for _ in range(5200):
            depth = chance.random() ** 1.7
            x, y = chance.uniform(0, width), depth * height
            length, thick = 8 + 70 * depth, 1 + round(4 * depth)
            draw.line((x, y, x + length, y), chance.randint(60, 210), thick)
        return strip

    def _add_water(self, image: Image.Image, t: float) -> None:
        width, height = self._large
        horizon = round(height * HORIZON)
        mirrored = ImageOps.flip(image.crop((0, 2 * horizon - height, width, horizon)))
        water = Image.blend(mirrored, Image.new("RGB", mirrored.size, DEEP), 0.45)
        one, two = (
            self._ripples.crop((round(at), 0, round(at) + width, mirrored.height))
            for at in (width * 0.3 * t, width * (0.9 - 0.5 * t))
        )
        water.paste(SHINE, (0, 0), ImageChops.multiply(one, ImageOps.invert(two)))
        image.paste(water, (0, horizon))

    @cached_property
    def _balloon(self) -> Image.Image:
        side = min(self._large) * 2 // 5
        image = Image.new("RGBA", (side, side * 3 // 2))
        draw, colours = ImageDraw.Draw(image), STRIPES[self._look]
        for number in range(13):
            inset = round(side / 2 * math.sin(number / 13 * math.pi / 2))
            box = (inset, 0, side - inset, side)
            draw.ellipse(box, (*colours[number % 3], 255), outline=(40, 30, 40, 255))
        for y in range(side // 12, side, side // 12):
            draw.arc((0, y - side // 6, side, y + side // 12), 38, 142, (40, 30, 40, 90), 2)
        basket = (side * 5 // 12, side * 5 // 4, side * 7 // 12, side * 17 // 12)
        for x, foot in ((side // 6, basket[0]), (side * 5 // 6, basket[2])):
            draw.line((x, side * 5 // 6, foot, basket[1]), (50, 36, 30, 255), 3)
        draw.rectangle(basket, (120, 78, 44, 255))
        for x in range(basket[0], basket[2], 7):
            draw.line((x, basket[1], x, basket[3]), (70, 44, 24, 255), 2)
        return image

    def _add_balloon(self, image: Image.Image, t: float) -> None:
        width, height = self._large
        way = (t, 1 - t)[self._look]
        x = round(width * (0.08 + 0.5 * way))
        y = round(height * (0.09 - 0.05 * way + 0.012 * math.sin(t * 9)))
        below = 2 * round(height * HORIZON) - y - self._balloon.height
        pale = ImageOps.flip(self._balloon).filter(ImageFilter.GaussianBlur(5))
        image.paste(pale, (x, below), pale.getchannel("A").point([v // 4 for v in range(256)]))
        image.paste(self._balloon, (x, y), self._balloon)

    def _add_reeds(self, image: Image.Image, t: float) -> None:
        width, height = self._large
        draw, chance = ImageDraw.Draw(image), self._chance(2)
        for _ in range(230):
            x, high = chance.uniform(0, width), height * chance.uniform(0.06, 0.24)
            sway = math.sin(t * 6 + x / 130) * high * 0.12 + chance.uniform(-12, 12)
            tip = x + sway, height - high
            shade = chance.choice(((20, 26, 34), (34, 42, 40), (58, 60, 44)))
            draw.line(((x, height), (x + sway * 0.3, height - high * 0.5), tip), shade, 3)
            draw.line((*tip, tip[0] + 2, tip[1] + high * 0.16), (92, 64, 40), 8)


def make(name: str, frames: list[Image.Image], quality: int, *, sound: bool) -> None:
    """Writes one clip; quality is x264's rate factor, smaller is better."""
    options = {"movflags": "faststart", "fflags": "+bitexact"}
    with av.open(str(HERE / name), "w", options=options) as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = *frames[0].size, "yuv420p"
        stream.codec_context.options = {
            "preset": "veryslow", "crf": str(quality), "x264-params": "threads=1",
        }  # fmt: skip
        chord = container.add_stream("aac", rate=SOUND_RATE) if sound else None
        for image in frames:
            picture: VideoFrame = VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
            container.mux(stream.encode(picture))
        container.mux(stream.encode(None))
        if chord is not None:
            _mux_sound(container, chord)


def _mux_sound(container: OutputContainer, stream: AudioStream) -> None:
    stream.codec_context.bit_rate = 48_000
    for samples in _chord():
        container.mux(stream.encode(samples))
    container.mux(stream.encode(None))


def _chord() -> Iterator[AudioFrame]:
    """A soft chord that swells and fades."""
    count = 1024
    for begin in range(0, SECONDS * SOUND_RATE, count):
        frame = AudioFrame(format="s16", layout="stereo", samples=count)
        data = bytearray()
        for at in range(begin, begin + count):
            t = at / SOUND_RATE
            loud = 1300 * max(0.0, min(1.0, t, SECONDS - t))
            level = round(loud * sum(math.sin(2 * math.pi * pitch * t) for pitch in PITCHES))
            data += level.to_bytes(2, "little", signed=True) * 2
        frame.planes[0].update(bytes(data))
        frame.sample_rate, frame.pts, frame.time_base = SOUND_RATE, begin, Fraction(1, SOUND_RATE)
        yield frame


def moving(scene: Scene) -> list[Image.Image]:
    """Draws every frame of a scene."""
    count = SECONDS * RATE
    return [scene.frame(number / (count - 1)) for number in range(count)]


def main() -> None:
    """Draws all the clips, and the last frame of two of them."""
    sharp = moving(Scene(4304, (1280, 720)))
    soft = [image.resize((480, 270), Image.Resampling.BOX) for image in sharp]
    make("upscaled.mp4", sharp, 31, sound=True)
    make("original.mp4", soft, 29, sound=True)
    other = moving(Scene(91, (960, 540)))
    make("take_2.mp4", other, 32, sound=False)
    make("portrait.mp4", moving(Scene(4306, (540, 960))), 33, sound=True)
    for name, image in (("last_frame.jpg", sharp[-1]), ("take_2_last_frame.jpg", other[-1])):
        image.save(HERE / name, quality=72, optimize=True)


if __name__ == "__main__":
    main()
