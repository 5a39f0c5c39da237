"""What systemd is told by a program that it runs: `sd_notify`, over its socket alone.

Source: sd_notify(3): a datagram of `NAME=value` lines to the socket that NOTIFY_SOCKET names, in
the abstract namespace where the name begins with `@`.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Mapping

_log = logging.getLogger(__name__)


def notify(state: str, environ: Mapping[str, str]) -> None:
    """Tell the service manager a state such as `READY=1`; without one, do nothing."""
    address = environ.get("NOTIFY_SOCKET", "")
    if not address or not hasattr(socket, "AF_UNIX"):
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
            manager.sendto(state.encode(), address)
    except OSError as error:
        _log.warning("the service manager was not told %s: %s", state, error)
