"""Compare what `core/media` reads of video files with what ffprobe says of them; run by hand.

`python tests/benchmarks/video_facts.py [FOLDER]` needs ffmpeg and ffprobe. It makes a hundred
small files of every kind in FOLDER (else in one that goes away), or takes those that are there,
and prints a line for each fact that differs. Of a few films ffprobe itself is in doubt: frames a
second of fragments whose last sample is longer, channels of MP3 that only the stream tells.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from seedance_tui.core.media.facts import VideoFacts, read_facts

_PICTURES = "-f lavfi -i testsrc2=size=320x180:rate=24:duration=2"
_SOUND = "-f lavfi -i sine=frequency=440:sample_rate=48000:duration=2"
_X264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p"
_BOTH = f"{_PICTURES} {_SOUND}"
_HDR = "-color_primaries bt2020 -colorspace bt2020nc"


def _recipes() -> Iterator[tuple[str, str]]:
    """Names of files, each with the arguments of ffmpeg that make it."""
    yield "plain.mp4", f"{_PICTURES} {_X264}"
    yield "plain.mov", f"{_PICTURES} {_X264}"
    yield "sound.mp4", f"{_BOTH} {_X264} -c:a aac"
    yield "sound.mov", f"{_BOTH} {_X264} -c:a aac"
    yield "index_first.mp4", f"{_BOTH} {_X264} -c:a aac -movflags +faststart"
    for flags in (
        "frag_keyframe", "frag_keyframe+empty_moov", "frag_keyframe+empty_moov+default_base_moof",
        "frag_keyframe+separate_moof", "frag_keyframe+dash", "frag_keyframe+faststart",
        "frag_every_frame+empty_moov", "frag_keyframe+empty_moov+skip_trailer",
        "frag_keyframe+empty_moov+global_sidx", "cmaf", "frag_keyframe+empty_moov+delay_moov",
    ):  # fmt: skip
        name = flags.replace("+", ",")
        for bframes in (0, 2):
            yield (
                f"{name},{bframes}.mp4",
                f"{_BOTH} {_X264} -g 12 -bf {bframes} -c:a aac -movflags +{flags}",
            )
    yield "fragments_without_sound.mp4", f"{_PICTURES} {_X264} -g 12 -movflags +frag_keyframe"
    yield "rate_25.mp4", f"{_PICTURES} {_X264} -r 25"
    yield "rate_ntsc.mp4", f"{_PICTURES} {_X264} -r 30000/1001"
    yield "rate_varies.mp4", f"{_PICTURES} -vf select='not(mod(n\\,3))' -vsync vfr {_X264}"
    yield "bframes.mp4", f"{_PICTURES} {_X264} -bf 3 -g 24"
    yield "sound_longer.mp4", f"{_PICTURES} {_SOUND.replace('=2', '=4')} {_X264} -c:a aac"
    yield "sound_shorter.mp4", f"{_PICTURES} {_SOUND.replace('=2', '=1')} {_X264} -c:a aac"
    yield "sound_later.mp4", f"{_PICTURES} -itsoffset 1 {_SOUND} {_X264} -c:a aac"
    yield "pictures_later.mp4", f"-itsoffset 1 {_PICTURES} {_SOUND} {_X264} -c:a aac -map 0 -map 1"
    for sar in ("4/3", "16/15", "8/9", "1/2"):
        name = sar.replace("/", "_")
        yield f"aspect_{name}.mp4", f"{_PICTURES} -vf setsar={sar} {_X264}"
        yield f"aspect_{name}.mov", f"{_PICTURES} -vf setsar={sar} {_X264}"
    yield "depth_10.mp4", f"{_PICTURES} -c:v libx264 -preset ultrafast -pix_fmt yuv420p10le"
    yield "depth_422.mov", f"{_PICTURES} -c:v prores_ks -profile:v 3"
    yield "depth_444.mov", f"{_PICTURES} -c:v prores_ks -profile:v 4"
    yield "h265.mp4", f"{_PICTURES} -c:v libx265 -preset ultrafast -tag:v hvc1"
    for name, transfer in (("pq", "smpte2084"), ("hlg", "arib-std-b67")):
        x265 = "-c:v libx265 -preset ultrafast -pix_fmt yuv420p10le"
        yield f"h265_{name}.mp4", f"{_PICTURES} {x265} {_HDR} -color_trc {transfer}"
        yield (
            f"h264_{name}.mp4",
            f"{_PICTURES} -c:v libx264 -pix_fmt yuv420p10le {_HDR} -color_trc {transfer}",
        )
        yield (
            f"vp9_{name}.mp4",
            f"{_PICTURES} {_VP9} -pix_fmt yuv420p10le {_HDR} -color_trc {transfer}",
        )
        yield (
            f"av1_{name}.mp4",
            f"{_PICTURES} {_AV1} -pix_fmt yuv420p10le {_HDR} -color_trc {transfer}",
        )
    yield "vp9.mp4", f"{_PICTURES} {_VP9}"
    yield "av1.mp4", f"{_PICTURES} {_AV1}"
    yield "mpeg4.mp4", f"{_PICTURES} -c:v mpeg4"
    yield "mjpeg.mov", f"{_PICTURES} -c:v mjpeg"
    for codec, ending in (
        ("aac", "mp4"), ("libopus", "mp4"), ("ac3", "mp4"), ("eac3", "mp4"), ("alac", "mp4"),
        ("flac", "mp4"), ("libmp3lame", "mp4"), ("pcm_s16le", "mov"), ("pcm_s24le", "mov"),
        ("aac", "mov"), ("alac", "mov"), ("libmp3lame", "mov"), ("ac3", "mov"),
    ):  # fmt: skip
        for channels in (1, 2, 6):
            if codec == "libmp3lame" and channels == 6:
                continue
            yield (
                f"sound_{codec}_{channels}.{ending}",
                f"{_BOTH} {_X264} -c:a {codec} -ac {channels} -strict -2",
            )
    yield "only_sound.mp4", f"{_SOUND} -c:a aac"
    yield "two_sounds.mp4", f"{_BOTH} {_X264} -c:a aac -map 0 -map 1 -map 1"


_VP9 = "-c:v libvpx-vp9 -deadline realtime -cpu-used 8"
_AV1 = "-c:v libaom-av1 -cpu-used 8 -usage realtime"
_COPIES = {
    "cut_begin.mp4": "-ss 0.8 -i long_gop.mp4 -c copy",
    "cut_both.mp4": "-ss 0.8 -t 0.6 -i long_gop.mp4 -c copy",
    "cut_begin.mov": "-ss 0.8 -i long_gop.mp4 -c copy",
}


def make(folder: Path) -> None:
    """Make every file that is not there."""
    recipes = {**dict(_recipes()), "long_gop.mp4": f"{_BOTH} {_X264} -g 48 -bf 2 -c:a aac"}
    for angle in (90, 180, 270):
        recipes[f"turned_{angle}.mp4"] = f"-i sound.mp4 -c copy -metadata:s:v rotate={angle}"
        recipes[f"turned_{angle}.mov"] = f"-i aspect_4_3.mov -c copy -metadata:s:v rotate={angle}"
    for name, arguments in (recipes | _COPIES).items():
        if not (folder / name).exists():
            command = ["ffmpeg", "-v", "error", "-y", *shlex.split(arguments), name]
            if subprocess.run(command, cwd=folder, check=False).returncode:
                (folder / name).unlink(missing_ok=True)
                print(f"{name}: ffmpeg cannot make it")


def said_by_ffprobe(path: Path) -> dict[str, object]:
    """What ffprobe says, the size as it is displayed."""
    command = ["ffprobe", "-v", "error", "-count_packets", "-show_streams", "-show_format"]
    text = subprocess.run(
        [*command, "-of", "json", str(path)], check=True, capture_output=True, text=True
    ).stdout
    told = json.loads(text)
    sounds = [s for s in told["streams"] if s["codec_type"] == "audio"]
    facts: dict[str, object] = {
        "file_seconds": _number(told["format"].get("duration")),
        "bits_per_second": _number(told["format"].get("bit_rate")),
        "sound": sounds[0]["codec_name"] if sounds else "",
        "channels": sounds[0]["channels"] if sounds else 0,
    }
    for stream in told["streams"]:
        if stream["codec_type"] == "video":
            return facts | _of_pictures(stream)
    return facts


def _of_pictures(stream: dict[str, Any]) -> dict[str, object]:
    width, height = int(stream["width"]), int(stream["height"])
    above, below = map(int, stream.get("sample_aspect_ratio", "1:1").split(":"))
    width = round(width * above / below) if above and below else width
    angle = next((s["rotation"] for s in stream.get("side_data_list", ()) if "rotation" in s), 0)
    if angle % 180:
        width, height = height, width
    pixels = stream.get("pix_fmt", "")
    depth = re.search(r"p(\d\d)(?:le|be)$", pixels)
    return {
        "width": width,
        "height": height,
        "seconds": _number(stream.get("duration")),
        "frames": int(stream["nb_read_packets"]),
        "frames_per_second": float(Fraction(stream["avg_frame_rate"])),
        "bit_depth": int(depth[1]) if depth else 8,
        "hdr": {"smpte2084": "HDR PQ", "arib-std-b67": "HDR HLG"}.get(
            stream.get("color_transfer", ""), ""
        ),
        "codec": stream["codec_name"],
    }


def said_by_us(facts: VideoFacts) -> dict[str, object]:
    """What we read, under the same names."""
    return {
        "file_seconds": facts.file_seconds,
        "bits_per_second": facts.bits_per_second,
        "sound": _SOUNDS.get(facts.sound.codec, facts.sound.codec) if facts.sound else None,
        "channels": facts.sound.channels if facts.sound else None,
        "width": facts.width,
        "height": facts.height,
        "seconds": facts.seconds,
        "frames": facts.frames,
        "frames_per_second": facts.frames_per_second,
        "bit_depth": facts.bit_depth or 8,
        "hdr": facts.hdr or "",
        "codec": _CODECS.get(facts.codec or "", facts.codec),
    }


_CODECS = {
    "avc1": "h264", "hvc1": "hevc", "hev1": "hevc", "vp09": "vp9", "av01": "av1",
    "mp4v": "mpeg4", "jpeg": "mjpeg", "apch": "prores", "ap4h": "prores",
}  # fmt: skip
_SOUNDS = {
    "AAC": "aac", "Opus": "opus", "AC-3": "ac3", "E-AC-3": "eac3", "ALAC": "alac",
    "FLAC": "flac", "MP3": "mp3", "PCM": "pcm",
}  # fmt: skip


def _number(text: str | None) -> float | None:
    return None if text is None else float(text)


def differ(name: str, ours: object, theirs: object) -> bool:
    """Whether they differ by more than a frame of sound or a thousandth."""
    if isinstance(ours, str) and isinstance(theirs, str):
        return not (theirs == ours or (ours == "pcm" and theirs.startswith("pcm")))
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return abs(ours - theirs) > max(abs(theirs) * 0.001, 0.002 if "seconds" in name else 0)
    return ours is not theirs


def main(folder: Path) -> int:
    """Compare; return how many facts differ."""
    make(folder)
    count = wrong = 0
    for path in sorted([*folder.glob("*.mp4"), *folder.glob("*.mov")]):
        facts = read_facts(path)
        ours = said_by_us(facts) if facts else {}
        count += 1
        for name, theirs in said_by_ffprobe(path).items():
            if differ(name, ours.get(name), theirs):
                wrong += 1
                print(f"{path.name}: {name} is {theirs!r} by ffprobe and {ours.get(name)!r} here")
    print(f"{count} files, {wrong} facts differ")
    return wrong


if __name__ == "__main__":
    if sys.argv[1:]:
        sys.exit(main(Path(sys.argv[1])) > 0)
    with tempfile.TemporaryDirectory() as scratch:
        sys.exit(main(Path(scratch)) > 0)
