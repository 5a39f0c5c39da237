"""Compare what `core/media` reads of video files with what ffprobe says of them; run by hand.

`python tests/benchmarks/video_facts.py [FOLDER]` needs ffmpeg and ffprobe. It makes some
hundred small files of every kind in FOLDER (else in one that goes away), or takes those that are
there, and prints a line for each fact that differs.
"""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any

from video_recipes import recipes

from seedance_tui.core.media.facts import VideoFacts, read_facts


def make(folder: Path) -> None:
    """Make every file that is not there."""
    for name, arguments in recipes().items():
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
    "FLAC": "flac", "MP3": "mp3", "MP2": "mp2", "PCM": "pcm", "Vorbis": "vorbis", "DTS": "dts",
    "A-law": "pcm_alaw", "mu-law": "pcm_mulaw", "ADPCM": "adpcm_ima_qt",
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
