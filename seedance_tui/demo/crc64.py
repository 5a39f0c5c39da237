"""CRC-64/XZ, which the object store gives for a whole object.

Of b"123456789" it is 11051210869376104954. A checksum is a polynomial over GF(2) whose highest
bit is the power 0, so what follows of a repeated piece is arithmetic, not reading.
"""

from functools import lru_cache

POLYNOMIAL = 0xC96C5795D7870F42
ALL_ONES = (1 << 64) - 1
ONE, X = 1 << 63, 1 << 62


def _step(value: int) -> int:
    return (value >> 1) ^ POLYNOMIAL if value & 1 else value >> 1


def _table() -> tuple[int, ...]:
    rows = list(range(256))
    for _ in range(8):
        rows = [_step(row) for row in rows]
    return tuple(rows)


TABLE = _table()


@lru_cache(maxsize=32)
def crc64(data: bytes) -> int:
    """Computes the checksum of some bytes, at about 10 MB a second."""
    value, table = ALL_ONES, TABLE
    for byte in data:
        value = table[(value ^ byte) & 0xFF] ^ (value >> 8)
    return value ^ ALL_ONES


def combine(first: int, second: int, second_length: int) -> int:
    """Computes the checksum of two pieces from theirs and the second one's length in bytes."""
    return _multiply(_power_of_x(8 * second_length), first) ^ second


def repeated(crc: int, length: int, times: int) -> int:
    """Computes the checksum of a piece of `length` bytes written `times` times over."""
    result = 0
    while times:
        if times & 1:
            result = combine(result, crc, length)
        crc, length, times = combine(crc, crc, length), 2 * length, times >> 1
    return result


def _multiply(left: int, right: int) -> int:
    product = 0
    while left:
        if left & ONE:
            product ^= right
        left, right = (left << 1) & ALL_ONES, _step(right)
    return product


@lru_cache(maxsize=256)
def _power_of_x(exponent: int) -> int:
    result, square = ONE, X
    while exponent:
        if exponent & 1:
            result = _multiply(result, square)
        square, exponent = _multiply(square, square), exponent >> 1
    return result
