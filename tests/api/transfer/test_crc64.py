"""The checksum out of liblzma is the one that the store gives."""

import itertools
import random
import sys

import pytest

from seedance_tui.api.transfer._crc64 import Crc64, checksum
from seedance_tui.demo.crc64 import crc64

CHECK = 11051210869376104954
"""Of b"123456789", as the catalogues of checksums have it."""


def of(*pieces: bytes) -> Crc64:
    """The checksum of some pieces."""
    running = Crc64()
    for piece in pieces:
        running.update(piece)
    return running


def test_it_is_the_checksum_of_the_catalogues() -> None:
    assert of(b"123456789").is_equal(CHECK)
    assert not of(b"123456789").is_equal(CHECK ^ 1)
    assert not of(b"123456780").is_equal(CHECK)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 5, 32_767, 32_768, 32_769, 65_536, 200_001])
def test_any_length_is_checked_to_its_last_byte(size: int) -> None:
    data = random.Random(size).randbytes(size)
    assert of(data).is_equal(crc64(data))
    assert not of(data + b"\0").is_equal(crc64(data))


def test_it_does_not_matter_how_the_bytes_are_cut() -> None:
    chance = random.Random(5)
    data = chance.randbytes(300_000)
    places = [0, *sorted(chance.sample(range(len(data)), 50)), len(data)]
    pieces = [data[a:b] for a, b in itertools.pairwise(places)]
    assert of(*pieces, b"").is_equal(crc64(data))


def test_without_lzma_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(checksum(), Crc64)
    monkeypatch.setitem(sys.modules, "lzma", None)
    assert checksum() is None
