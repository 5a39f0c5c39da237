"""Everything that can go wrong, one row a problem: code, sentences, exit status, hint.

`outcomes.Problem` is one occurrence; its row tells what is the same of all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from ...api import errors
from ...api.errors import ApiError
from ..text.i18n import N_


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
    """What the user can do about it."""
    retryable: bool = False
    """Whether it may be over by the next try, with nobody doing anything."""
    stops_asking: bool = False
    """Whether it concerns the key or the address, so that every other request fails too."""


PROBLEMS: Mapping[type[ApiError], ProblemSpec] = {
    ApiError: ProblemSpec(
        Code.INTERNAL,
        Exit.OTHER,
        N_("Unexpected error."),
        N_("unexpected error"),
    ),
    errors.KeyMissing: ProblemSpec(
        Code.KEY_MISSING,
        Exit.NO_KEY,
        N_("No API key: set ANYFAST_API_KEY, or api_key in config.toml, and start again."),
        N_("no API key: set ANYFAST_API_KEY, or api_key in config.toml"),
        hint=N_("set ANYFAST_API_KEY, or api_key in config.toml"),
        stops_asking=True,
    ),
    errors.KeyRefused: ProblemSpec(
        Code.KEY_REFUSED,
        Exit.NO_KEY,
        N_("API key rejected. Check the key and its quota, then press R."),
        N_("the API key is rejected: check it and its quota"),
        hint=N_("check the key and its quota"),
        stops_asking=True,
    ),
    errors.Forbidden: ProblemSpec(
        Code.FORBIDDEN,
        Exit.NO_KEY,
        N_("Access denied for this API key or IP address. Check it, then press R."),
        N_("access denied for this API key or IP address"),
        hint=N_("check the key's models and allowed addresses"),
        stops_asking=True,
    ),
    errors.TaskNotFound: ProblemSpec(
        Code.NOT_FOUND,
        Exit.NOT_FOUND,
        N_("Not found: wrong ID, another account's task, or not registered yet."),
        N_("not found: wrong ID, another account's task, or not registered yet"),
        hint=N_("check the ID and the key's account"),
    ),
    errors.WrongAddress: ProblemSpec(
        Code.WRONG_ADDRESS,
        Exit.NETWORK,
        N_("The base URL does not point to the API: check base_url."),
        N_("the base URL does not point to the API: check base_url"),
        hint=N_("check base_url"),
        stops_asking=True,
    ),
    errors.SetupFailed: ProblemSpec(
        Code.SETUP,
        Exit.OTHER,
        N_("Cannot connect."),
        N_("cannot connect"),
        hint=N_("check the proxy, the certificates and base_url"),
        stops_asking=True,
    ),
    errors.RateLimited: ProblemSpec(
        Code.RATE_LIMITED,
        Exit.NETWORK,
        N_("Rate-limited by the gateway; retrying later."),
        N_("rate-limited by the gateway"),
        retryable=True,
    ),
    errors.ServerFault: ProblemSpec(
        Code.SERVER,
        Exit.NETWORK,
        N_("Gateway error; retrying."),
        N_("gateway error"),
        retryable=True,
    ),
    errors.BadAnswer: ProblemSpec(
        Code.BAD_ANSWER,
        Exit.NETWORK,
        N_("Invalid response from the gateway; retrying."),
        N_("invalid response from the gateway"),
        retryable=True,
    ),
    errors.TimedOut: ProblemSpec(
        Code.TIMEOUT,
        Exit.NETWORK,
        N_("Gateway timeout; retrying."),
        N_("gateway timeout"),
        retryable=True,
    ),
    errors.Unreachable: ProblemSpec(
        Code.UNREACHABLE,
        Exit.NETWORK,
        N_("Cannot reach the gateway; retrying."),
        N_("cannot reach the gateway"),
        hint=N_("check the network, the proxy variables and base_url"),
        retryable=True,
    ),
    errors.LinkExpired: ProblemSpec(
        Code.LINK_REFUSED,
        Exit.EXPIRED,
        N_("The storage server rejected the link: expired or invalid."),
        N_("the storage server rejected the link: expired or invalid"),
    ),
    errors.NotAVideo: ProblemSpec(
        Code.NOT_A_VIDEO,
        Exit.DISK,
        N_("The response is not a video; nothing was saved."),
        N_("the response is not a video; nothing was saved"),
        retryable=True,  # a network's login page comes in a video's place
    ),
    errors.WrongLength: ProblemSpec(
        Code.INCOMPLETE,
        Exit.DISK,
        N_("Connection closed before the download finished."),
        N_("connection closed before the download finished"),
        retryable=True,
    ),
    errors.ChecksumWrong: ProblemSpec(
        Code.CHECKSUM,
        Exit.DISK,
        N_("Checksum mismatch; download it again."),
        N_("checksum mismatch"),
        hint=N_("download it again"),
    ),
    errors.NameTaken: ProblemSpec(
        Code.NAME_TAKEN,
        Exit.DISK,
        N_("A different file with this name exists. Move or rename it, then download again."),
        N_("a different file with this name exists: move or rename it"),
        hint=N_("move or rename the other file"),
    ),
    errors.DiskError: ProblemSpec(
        Code.DISK,
        Exit.DISK,
        N_("Cannot write the file."),
        N_("cannot write the file"),
    ),
    errors.DiskFull: ProblemSpec(
        Code.DISK_FULL,
        Exit.DISK,
        N_("Disk full. Downloads resume when there is space."),
        N_("disk full: free some space"),
        hint=N_("free some disk space"),
    ),
    errors.InUse: ProblemSpec(
        Code.IN_USE,
        Exit.DISK,
        N_("Another instance is already downloading this file."),
        N_("another instance is already downloading this file"),
        retryable=True,
    ),
}
"""A row for every class that is raised; one without a row has that of its nearest ancestor."""

LINK_EXPIRED = replace(
    PROBLEMS[errors.LinkExpired],
    code=Code.LINK_EXPIRED,
    sentence=N_("The link has expired (videos are kept for 24 hours)."),
)
"""The row of a link whose time was over before the store was asked."""


def spec_of(kind: type[ApiError], status: int | None = None) -> ProblemSpec:
    """Return the row of an error class; `status` is the HTTP status of the response, if any."""
    if kind is errors.LinkExpired and status is None:
        return LINK_EXPIRED
    ancestors = (c for c in kind.__mro__ if issubclass(c, ApiError))
    return next(PROBLEMS[c] for c in ancestors if c in PROBLEMS)
