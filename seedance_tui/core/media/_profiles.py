"""The profile of a coding, from its configuration in the sample description."""

from __future__ import annotations

from collections.abc import Mapping

_AVC = {
    66: "Baseline", 77: "Main", 88: "Extended", 100: "High", 110: "High 10", 122: "High 4:2:2",
    244: "High 4:4:4 Predictive",
}  # fmt: skip
"""Of H.264 (ISO/IEC 14496-10, annex A)."""
_CONSTRAINED = 0x40
"""The sign in H.264's constraints by which the baseline profile is the usual one of the web."""
_HEVC = {1: "Main", 2: "Main 10", 3: "Main Still Picture", 4: "Rext"}
_AV1 = ("Main", "High", "Professional")
_PRORES = {
    b"apco": "Proxy", b"apcs": "LT", b"apcn": "Standard", b"apch": "HQ", b"ap4h": "4444",
    b"ap4x": "XQ",
}  # fmt: skip


def profile_of(coding: bytes, more: Mapping[bytes, bytes]) -> str | None:
    """Name the profile by the coding and the boxes of a description; None where nothing tells."""
    if (avc := more.get(b"avcC", b"")) and len(avc) > 2:
        name = _AVC.get(avc[1])
        return f"Constrained {name}" if avc[1] == 66 and avc[2] & _CONSTRAINED else name
    if (hevc := more.get(b"hvcC", b"")) and len(hevc) > 1:
        return _HEVC.get(hevc[1] & 0x1F)
    if (av1 := more.get(b"av1C", b"")) and len(av1) > 1:
        number = av1[1] >> 5
        return _AV1[number] if number < len(_AV1) else None
    if (vp := more.get(b"vpcC", b"")) and len(vp) > 4:
        return f"Profile {vp[4]}"
    return _PRORES.get(coding)
