"""What the system says of an error, for people."""

from __future__ import annotations

import errno
import os

_FULL = (errno.ENOSPC, errno.EDQUOT)


def reason(error: Exception) -> str:
    """Return the reason alone, without the number and the file that `str` puts around it."""
    return getattr(error, "strerror", None) or str(error) or type(error).__name__


def is_full(error: OSError) -> bool:
    """Whether there is no room on the disk, or none is left of what the user may have."""
    return error.errno in _FULL


def described(error: OSError) -> str:
    """Return the file, if the error names one, and the reason: `/a/b: Permission denied`."""
    named = [os.fsdecode(name) for name in (error.filename,) if isinstance(name, str | bytes)]
    return ": ".join((*named, reason(error)))
