"""The codes and exit statuses by which scripts know what went wrong."""

from __future__ import annotations

from enum import IntEnum, StrEnum


class Code(StrEnum):
    """The names by which scripts know the problems; the list is closed and never translated."""

    NOT_AN_ID = "not_an_id"
    KEY_MISSING = "key_missing"
    KEY_REFUSED = "key_refused"
    KEY_EXHAUSTED = "key_exhausted"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    TASK_FAILED = "task_failed"
    LINK_MISSING = "link_missing"
    LINK_EXPIRED = "link_expired"
    LINK_REFUSED = "link_refused"
    NOT_A_VIDEO = "not_a_video"
    INCOMPLETE = "incomplete"
    CHECKSUM = "checksum"
    NAME_TAKEN = "name_taken"
    IN_USE = "in_use"
    DISK_FULL = "disk_full"
    DISK = "disk"
    RATE_LIMITED = "rate_limited"
    SERVER = "server"
    TIMEOUT = "timeout"
    UNREACHABLE = "unreachable"
    WRONG_ADDRESS = "wrong_address"
    BAD_ANSWER = "bad_answer"
    SETUP = "setup"
    STILL_OPEN = "still_open"
    USAGE = "usage"
    INTERNAL = "internal"


class Exit(IntEnum):
    """The exit statuses; scripts rely on them."""

    WELL = 0
    OTHER = 1
    USAGE = 2
    NO_KEY = 3
    NOT_FOUND = 4
    FAILED = 5
    DISK = 6
    NETWORK = 7
    STILL_OPEN = 8
    EXPIRED = 9
    HUNG_UP = 129
    INTERRUPTED = 130
    PIPE_CLOSED = 141
