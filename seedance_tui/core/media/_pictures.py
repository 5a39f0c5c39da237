"""How the pictures of a track are shown: their size, their depth, their profile, their HDR."""

from __future__ import annotations

from typing import NamedTuple

from ._boxes import Boxes, Span, number
from ._profiles import profile_of

_FIXED = 78
"""Bytes of a description of pictures before its boxes."""
_WITH_DEPTH = frozenset({100, 110, 122, 144, 244})
"""Profiles of H.264 whose `avcC` tells the depth behind its parameter sets."""
_OF_CODING = {
    **dict.fromkeys((b"mp4v", b"jpeg", b"mjpa"), 8),
    **dict.fromkeys((b"apch", b"apcn", b"apcs", b"apco"), 10),
    **dict.fromkeys((b"ap4h", b"ap4x"), 12),
}
"""Bits of a sample where the coding has no others."""
_TRANSFERS = {16: "HDR PQ", 18: "HDR HLG"}
"""The transfer functions of HDR (ISO/IEC 23091-2)."""


class PictureFacts(NamedTuple):
    """What a track of pictures says of them; None is what it does not say."""

    width: int | None = None
    height: int | None = None
    codec: str | None = None
    bit_depth: int | None = None
    hdr: str | None = None
    profile: str | None = None


CODINGS = {
    **dict.fromkeys(("avc1", "avc3"), "H.264"),
    **dict.fromkeys(("hvc1", "hev1"), "H.265"),
    **dict.fromkeys(("apch", "apcn", "apcs", "apco", "ap4h", "ap4x"), "ProRes"),
    "av01": "AV1", "vp09": "VP9", "vp08": "VP8", "mp4v": "MPEG-4",
}  # fmt: skip
"""The names of the codings, by the four characters of a sample description."""


def pictures_of(boxes: Boxes, header: bytes, entry: tuple[bytes, Span] | None) -> PictureFacts:
    """Read the header and the description of a track, as far as they are there."""
    at = 88 if header[:1] == b"\x01" else 76
    shown = number(header, ">H", at) or None, number(header, ">H", at + 4) or None
    if entry is None:
        return PictureFacts(*shown)
    coding, inside = entry
    fixed = boxes.read(inside, _FIXED)
    width, height = number(fixed, ">H", 24), number(fixed, ">H", 26)
    more = {k: boxes.read(s, 512) for k, s in boxes.inside(Span(inside.begin + _FIXED, inside.end))}
    if width and height:
        across, down = (
            number(more.get(b"pasp", b""), ">I", 0),
            number(more.get(b"pasp", b""), ">I", 4),
        )
        width = round(width * across / down) or width if across and down else width
        shown = (height, width) if _is_turned(header, at) else (width, height)
    codec = coding.decode("latin-1").strip() or None
    return PictureFacts(*shown, codec, _depth(coding, more), _hdr(more), profile_of(coding, more))


def _is_turned(header: bytes, size_at: int) -> bool:
    """Whether the matrix before the size turns the pictures by a quarter, either way."""
    a, b = (abs(number(header, ">i", size_at - 36 + place)) for place in (0, 4))
    return b > a


def _depth(coding: bytes, more: dict[bytes, bytes]) -> int | None:
    """Bits of a sample, from the configuration of the coding."""
    if (avc := more.get(b"avcC")) and len(avc) > 5:
        return _depth_of_avc(avc)
    if (hevc := more.get(b"hvcC")) and len(hevc) > 17:
        return 8 + (hevc[17] & 7)
    if (av1 := more.get(b"av1C")) and len(av1) > 2:
        return 8 if not av1[2] & 0x40 else 12 if av1[2] & 0x20 else 10
    if (vp := more.get(b"vpcC")) and len(vp) > 6:
        return vp[6] >> 4 or None
    return _OF_CODING.get(coding)


def _depth_of_avc(data: bytes) -> int | None:
    if data[1] not in _WITH_DEPTH:
        return 8
    at = 5
    for mask in (0x1F, 0xFF):  # the sets of sequence and picture parameters
        if at >= len(data):
            return None
        count, at = data[at] & mask, at + 1
        for _set in range(count):
            at += 2 + number(data, ">H", at)
    return 8 + (data[at + 1] & 7) if at + 1 < len(data) else None


def _hdr(more: dict[bytes, bytes]) -> str | None:
    if b"dvcC" in more or b"dvvC" in more:
        return "Dolby Vision"
    colour = more.get(b"colr", b"")
    if colour[:4] in (b"nclx", b"nclc"):
        return _TRANSFERS.get(number(colour, ">H", 6))
    vp = more.get(b"vpcC", b"")
    return _TRANSFERS.get(vp[8]) if len(vp) > 8 else None
