"""The films whose facts are compared by `video_facts.py`: names, and how ffmpeg makes each."""

from __future__ import annotations

from collections.abc import Iterator

_PICTURES = "-f lavfi -i testsrc2=size=320x180:rate=24:duration=2"
_SOUND = "-f lavfi -i sine=frequency=440:sample_rate=48000:duration=2"
_X264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p"
_BOTH = f"{_PICTURES} {_SOUND}"
_SHORTER = _BOTH.replace("duration=2", "duration=1")
_LONGER = _BOTH.replace("duration=2", "duration=7")
_VARIES = "-vf select='not(mod(n\\,3))' -vsync vfr"
_HDR = "-color_primaries bt2020 -colorspace bt2020nc"
_VP9 = "-c:v libvpx-vp9 -deadline realtime -cpu-used 8"
_AV1 = "-c:v libaom-av1 -cpu-used 8 -usage realtime"
_COPIES = {
    "cut_begin.mp4": "-ss 0.8 -i long_gop.mp4 -c copy",
    "cut_both.mp4": "-ss 0.8 -t 0.6 -i long_gop.mp4 -c copy",
    "cut_begin.mov": "-ss 0.8 -i long_gop.mp4 -c copy",
}


def recipes() -> dict[str, str]:
    """Names of files, each with the arguments of ffmpeg that make it, in their order."""
    made = {**dict(_recipes()), **dict(_of_sidx()), **dict(_of_offsets()), **dict(_of_sound())}
    made["long_gop.mp4"] = f"{_BOTH} {_X264} -g 48 -bf 2 -c:a aac"
    for angle in (90, 180, 270):
        made[f"turned_{angle}.mp4"] = f"-i sound.mp4 -c copy -metadata:s:v rotate={angle}"
        made[f"turned_{angle}.mov"] = f"-i aspect_4_3.mov -c copy -metadata:s:v rotate={angle}"
    return made | _COPIES


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


_CODINGS = {
    "h264": _X264,
    "h265": "-c:v libx265 -x265-params log-level=none -preset ultrafast -tag:v hvc1",
    "vp9": _VP9,
    "av1": _AV1,
}


def _of_sidx() -> Iterator[tuple[str, str]]:
    """Fragments with indexes of segments, before each of them or before all."""
    for flags in ("frag_keyframe+dash", "frag_keyframe+default_base_moof+global_sidx"):
        name = "each" if "dash" in flags else "all"
        for coding, how in _CODINGS.items():
            for gop in (6, 24, 48):
                how_long = f"{how} -g {gop} -movflags +{flags}"
                yield f"sidx_{name}_{coding}_{gop}.mp4", f"{_BOTH} {how_long} -c:a aac"
        for bframes in (0, 2):
            how = f"{_X264} -g 12 -bf {bframes}"
            for more in ("skip_trailer", "delay_moov", "default_base_moof", "cmaf",
                         "negative_cts_offsets", "skip_sidx"):  # fmt: skip
                if flags == "frag_keyframe+dash" or more not in ("cmaf", "delay_moov"):
                    yield (
                        f"sidx_{name}_{more}_{bframes}.mp4",
                        f"{_BOTH} {how} -c:a aac -movflags +{flags}+{more}",
                    )
            how = f"{how} -movflags +{flags}"
            yield f"sidx_{name}_silent_{bframes}.mp4", f"{_PICTURES} {how}"
            yield f"sidx_{name}_sound_first_{bframes}.mp4", f"{_BOTH} -map 1 -map 0 {how} -c:a aac"
            yield f"sidx_{name}_opus_{bframes}.mp4", f"{_BOTH} {how} -c:a libopus"
            yield f"sidx_{name}_long_{bframes}.mp4", f"{_LONGER} {how} -c:a aac"
            yield f"sidx_{name}_varies_{bframes}.mp4", f"{_BOTH} {_VARIES} {how} -c:a aac"
            yield (
                f"sidx_{name}_by_time_{bframes}.mp4",
                f"{_BOTH} {how} -c:a aac -frag_duration 300000",
            )
        for gop in (5, 7, 10, 12, 20, 21):  # few pictures before the last fragment
            how = f"{_X264} -g {gop} -movflags +{flags}+negative_cts_offsets -c:a aac"
            yield f"sidx_{name}_short_{gop}.mp4", f"{_SHORTER} {how}"
        yield f"sidx_{name}_only_sound.mp4", f"{_SOUND} -c:a aac -movflags +{flags}"


def _of_offsets() -> Iterator[tuple[str, str]]:
    """Pictures that are coded in another order than they are shown, with offsets below 0."""
    for flags in (
        "cmaf", "cmaf+faststart", "cmaf+skip_trailer", "cmaf+delay_moov",
        "negative_cts_offsets", "negative_cts_offsets+frag_keyframe",
        "negative_cts_offsets+frag_keyframe+empty_moov",
        "negative_cts_offsets+frag_every_frame+empty_moov+delay_moov",
    ):  # fmt: skip
        name = flags.replace("+", ",")
        for bframes in (1, 2, 3):
            how = f"{_X264} -g 12 -bf {bframes} -movflags +{flags}"
            yield f"offsets_{name}_{bframes}.mp4", f"{_BOTH} {how} -c:a aac"
            yield f"offsets_{name}_{bframes}_silent.mp4", f"{_PICTURES} {how}"
    how = f"{_X264} -g 12 -bf 3 -movflags +cmaf"
    sound = _SOUND.replace("=2", "=1")
    yield "offsets_short_sound.mp4", f"{_PICTURES} {sound} {how} -c:a aac"
    yield "offsets_long.mp4", f"{_LONGER} {how} -c:a aac"
    yield "offsets_varies.mp4", f"{_BOTH} {_VARIES} {how} -c:a aac"
    yield "offsets_sound_first.mp4", f"{_BOTH} -map 1 -map 0 {how} -c:a aac"
    yield "offsets_opus.mp4", f"{_BOTH} {how} -c:a libopus"
    yield "offsets_rate_25.mp4", f"{_BOTH} -r 25 {how} -c:a aac"
    yield "offsets_ntsc.mp4", f"{_BOTH} -r 30000/1001 {how} -c:a aac"
    h265 = _CODINGS["h265"].replace("ultrafast", "medium")
    yield "offsets_h265.mp4", f"{_BOTH} {h265} -g 12 -movflags +cmaf -c:a aac"


def _of_sound() -> Iterator[tuple[str, str]]:
    """Sound of other codings, rates and numbers of channels, in films of every shape."""
    for rate in (16000, 22050, 24000, 32000, 44100, 48000):
        for channels in (1, 2):
            how = f"{_X264} -c:a libmp3lame -ac {channels} -ar {rate}"
            yield f"sound_mp3_{rate}_{channels}.mp4", f"{_BOTH} {how}"
            yield f"sound_mp3_{rate}_{channels}.mov", f"{_BOTH} {how}"
    for flags in ("faststart", "frag_keyframe", "frag_keyframe+empty_moov", "cmaf",
                  "frag_keyframe+dash", "frag_every_frame+empty_moov+default_base_moof",
                  "frag_keyframe+separate_moof+empty_moov"):  # fmt: skip
        for codec in ("libmp3lame", "aac", "libopus", "flac", "ac3"):
            more = "+delay_moov" if codec == "ac3" else ""
            for channels in (1, 2):
                yield (
                    f"sound_{codec}_{channels}_{flags.replace('+', ',')}.mp4",
                    f"{_BOTH} {_X264} -g 12 -c:a {codec} -ac {channels} -strict -2"
                    f" -movflags +{flags}{more}",
                )
    for more in ("-joint_stereo 0", "-b:a 320k", "-q:a 9", "-write_xing 0"):
        name = more.strip("-").replace(" ", "_").replace(":", "_")
        yield f"sound_mp3_{name}.mp4", f"{_BOTH} {_X264} -c:a libmp3lame -ac 2 {more}"
    for codec, channels in (
        ("mp2", 1), ("mp2", 2), ("libvorbis", 1), ("libvorbis", 2), ("libvorbis", 6),
        ("dca", 1), ("dca", 2), ("dca", 6), ("aac", 3), ("aac", 4), ("aac", 5), ("aac", 8),
        ("libopus", 8), ("flac", 4), ("flac", 8), ("ac3", 3), ("ac3", 4),
        ("ac3", 5), ("eac3", 4), ("eac3", 5), ("alac", 8),
    ):  # fmt: skip
        yield (
            f"sound_{codec}_{channels}_more.mp4",
            f"{_BOTH} {_X264} -c:a {codec} -ac {channels} -strict -2",
        )
    for codec in ("pcm_f32le", "pcm_u8", "pcm_alaw", "pcm_mulaw", "mp2", "adpcm_ima_qt", "dca"):
        for channels in (1, 2):
            yield (
                f"sound_{codec}_{channels}_more.mov",
                f"{_BOTH} {_X264} -c:a {codec} -ac {channels} -strict -2",
            )
    yield "only_mp3.mp4", f"{_SOUND} -c:a libmp3lame"
    yield "mp3_later.mp4", f"{_PICTURES} -itsoffset 1 {_SOUND} {_X264} -c:a libmp3lame"
    yield "mp3_sound_first.mp4", f"{_BOTH} -map 1 -map 0 {_X264} -c:a libmp3lame"
    yield "mp3_two_sounds.mp4", f"{_BOTH} {_X264} -map 0 -map 1 -map 1 -c:a libmp3lame -c:a:1 aac"
