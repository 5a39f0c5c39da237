"""What can go wrong with a file: its link, its store, the disk."""

from __future__ import annotations

from collections.abc import Mapping

from ...api import errors
from ...api.errors import ApiError
from ..text.i18n import N_
from ._problem_spec import ProblemSpec
from .codes import Code, Exit

FILE_PROBLEMS: Mapping[type[ApiError], ProblemSpec] = {
    errors.NotReady: ProblemSpec(
        Code.STILL_OPEN,
        Exit.STILL_OPEN,
        N_("The gateway has no finished video yet; retrying."),
        N_("the gateway has no finished video yet"),
        retryable=True,
    ),
    errors.LinkExpired: ProblemSpec(
        Code.LINK_EXPIRED,
        Exit.EXPIRED,
        N_("The link has expired: the storage server no longer hands the video out."),
        N_("the link has expired"),
    ),
    errors.LinkRefused: ProblemSpec(
        Code.LINK_REFUSED,
        Exit.DISK,
        N_("The storage server refuses the link."),
        N_("the storage server refuses the link"),
        hint=N_("refresh the task, then retry"),
    ),
    errors.NotThere: ProblemSpec(
        Code.LINK_MISSING,
        Exit.DISK,
        N_("The storage server has no such file."),
        N_("the storage server has no such file"),
    ),
    errors.GatewayForgot: ProblemSpec(
        Code.LINK_EXPIRED,
        Exit.EXPIRED,
        N_("The gateway no longer hands the video out."),
        N_("the gateway no longer hands the video out"),
    ),
    errors.GatewayRefused: ProblemSpec(
        Code.LINK_REFUSED,
        Exit.DISK,
        N_("The gateway refuses to hand the video out."),
        N_("the gateway refuses to hand the video out"),
        hint=N_("refresh the task, then retry"),
    ),
    errors.NotAtGateway: ProblemSpec(
        Code.LINK_MISSING,
        Exit.DISK,
        N_("The gateway has no such video."),
        N_("the gateway has no such video"),
    ),
    errors.NoLink: ProblemSpec(
        Code.LINK_MISSING,
        Exit.DISK,
        N_("The task offers no such link."),
        N_("the task has no such link"),
    ),
    errors.ClockWrong: ProblemSpec(
        Code.SETUP,
        Exit.OTHER,
        N_("The storage server says that a clock is wrong: check this computer's."),
        N_("the storage server says that a clock is wrong"),
        hint=N_("check this computer's clock"),
    ),
    errors.StoreClosed: ProblemSpec(
        Code.FORBIDDEN,
        Exit.NO_KEY,
        N_("The storage account is in arrears or closed: tell the gateway's support."),
        N_("the storage account is in arrears or closed"),
        hint=N_("tell the gateway's support"),
    ),
    errors.StoreUntrusted: ProblemSpec(
        Code.SETUP,
        Exit.OTHER,
        N_("The storage server's certificate is not trusted: check SSL_CERT_FILE, then try again."),
        N_("the storage server's certificate is not trusted"),
        hint=N_("behind a company's proxy, point SSL_CERT_FILE at its certificate"),
    ),
    errors.StoreBusy: ProblemSpec(
        Code.RATE_LIMITED,
        Exit.NETWORK,
        N_("The storage server is busy; retrying later."),
        N_("the storage server is busy"),
        retryable=True,
    ),
    errors.StoreFault: ProblemSpec(
        Code.SERVER,
        Exit.NETWORK,
        N_("Storage server error; retrying."),
        N_("the storage server has a fault"),
        retryable=True,
    ),
    errors.StoreTimedOut: ProblemSpec(
        Code.TIMEOUT,
        Exit.NETWORK,
        N_("Storage server timeout; retrying."),
        N_("the storage server does not answer in time"),
        retryable=True,
    ),
    errors.StoreUnreachable: ProblemSpec(
        Code.UNREACHABLE,
        Exit.NETWORK,
        N_("Cannot reach the storage server; retrying."),
        N_("the storage server cannot be reached"),
        hint=N_("check the network and the proxy variables"),
        retryable=True,
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
