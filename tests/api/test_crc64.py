"""The checksum out of liblzma is the one that the store gives."""

import itertools
import random
import sys

import pytest

from seedance_tui.api.crc64 import Checksum, DecodedCrc64, _liblzma_function, checksum
from seedance_tui.demo.crc64 import crc64

CHECK = 11051210869376104954
"""Of b"123456789", as the catalogues of checksums have it."""


@pytest.fixture(params=[checksum, DecodedCrc64], ids=["as found here", "decoded"])
def of(request):
    """The checksum of some pieces."""

    def of(*pieces: bytes) -> Checksum:
        running = request.param()
        for piece in pieces:
            running.update(piece)
        return running

    return of


@pytest.fixture
def no_function(monkeypatch):
    """A Python whose liblzma cannot be called."""
    monkeypatch.setitem(sys.modules, "_lzma", None)
    _liblzma_function.cache_clear()
    yield
    _liblzma_function.cache_clear()


def test_it_is_the_checksum_of_the_catalogues(of):
    assert of(b"123456789").is_equal(CHECK)
    assert not of(b"123456789").is_equal(CHECK ^ 1)
    assert not of(b"123456780").is_equal(CHECK)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 5, 32_767, 32_768, 32_769, 65_536, 200_001])
def test_any_length_is_checked_to_its_last_byte(of, size):
    data = random.Random(size).randbytes(size)
    assert of(data).is_equal(crc64(data))
    assert not of(data + b"\0").is_equal(crc64(data))


def test_it_does_not_matter_how_the_bytes_are_cut(of):
    chance = random.Random(5)
    data = chance.randbytes(300_000)
    places = [0, *sorted(chance.sample(range(len(data)), 50)), len(data)]
    pieces = [data[a:b] for a, b in itertools.pairwise(places)]
    assert of(*pieces, b"").is_equal(crc64(data))


def test_where_the_function_is_not_found_the_decoder_checks(no_function):
    assert isinstance(checksum(), DecodedCrc64)


def test_without_lzma_there_is_none(no_function, monkeypatch):
    monkeypatch.setitem(sys.modules, "lzma", None)
    assert checksum() is None
