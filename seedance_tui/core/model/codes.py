"""The codes and exit statuses by which scripts know what went wrong, and the row of a problem."""

from __future__ import annotations

from dataclasses import dataclass
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
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class ProblemSpec:
    """One row. The three texts are English and marked for the catalogue."""

    code: Code
    exit: Exit
    sentence: str
    """For the screen, with what to do there, such as a key to press."""
    phrase: str
    """For a log, where it follows an ID and a colon and nothing can be pressed."""
    hint: str = ""
    """What a person can do about it."""
    retryable: bool = False
    """Whether it may be over by the next try, with nobody doing anything."""
    stops_asking: bool = False
    """Whether it concerns the key or the address, so that every other question fails too."""
