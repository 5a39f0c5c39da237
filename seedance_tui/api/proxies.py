"""Which proxy the environment wants a request to go through. No proxy shows its password."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Self
from urllib.parse import unquote

from .errors import SetupFailed
from .no_proxy import NoProxy

_PORTS = {"http": 80, "https": 443, "socks5": 1080, "socks5h": 1080}
_SPELT = {"socks": "socks5", "socks4": "socks5", "socks4a": "socks5h"}
"""What desktops write, and what they mean by it."""
_SLIP = re.compile(r"[a-z][a-z0-9]*(:/(?!/)|:\\|//)", re.IGNORECASE)
"""A kind with something else than `://` behind it, which would be taken for a host."""
_SYSTEM = "the system's settings"
_SCHEMES = ("http", "https", "all")


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy; `variable` is the one that names it, as the environment spells it."""

    variable: str
    scheme: str
    host: str
    port: int
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    @classmethod
    def read(cls, variable: str, value: str) -> Self:
        """Read the value of a variable; SetupFailed, without a word of the value, if it is none.

        All up to the last `@` is the login: passwords with `/`, `#` or `@` are often not quoted.
        """
        value = value.strip().strip("\"'")
        if _SLIP.match(value):
            raise SetupFailed(
                "{variable}: not a proxy URL, write it as http://host:port", variable=variable
            )
        scheme, is_said, rest = value.partition("://")
        rest = rest if is_said else value
        scheme = _SPELT.get(scheme.lower(), scheme.lower()) if is_said else "http"
        login, _, place = rest.rpartition("@")
        if scheme not in _PORTS:
            raise SetupFailed("{variable}: unsupported kind of proxy", variable=variable)
        host, port = _host_and_port(place)
        if not host:
            raise SetupFailed("{variable}: the proxy has no valid host", variable=variable)
        if port and not (port.isdecimal() and 0 < int(port[:9]) < 65_536):
            raise SetupFailed(
                "{variable}: the proxy's port is not a number from 1 to 65535", variable=variable
            )
        user, _, password = login.partition(":")
        number = int(port) if port else _PORTS[scheme]
        return cls(variable, scheme, host, number, unquote(user), unquote(password))

    @property
    def url(self) -> str:
        """Where it is, without its login."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Proxies:
    """The proxies by the scheme of what is asked, `all` for the rest, and who needs none."""

    by_scheme: Mapping[str, Proxy] = field(default_factory=dict)
    no_proxy: NoProxy = field(default_factory=NoProxy)

    @classmethod
    def of_environment(cls) -> Self:
        """Read what is `said`; raises SetupFailed."""
        found = said()
        return cls(
            {scheme: Proxy.read(*found[scheme]) for scheme in _SCHEMES if scheme in found},
            NoProxy.parse(found.get("no", ("", ""))[1]),
        )

    def on_the_way_to(self, scheme: str, host: str, port: int | None) -> Proxy | None:
        """Return the proxy that is asked in place of a host, None where it is asked itself."""
        proxy = self.by_scheme.get(scheme) or self.by_scheme.get("all")
        if proxy is None:
            return None
        port = port or _PORTS.get(scheme)
        return None if self.no_proxy.covers(host, port) else proxy


def said() -> dict[str, tuple[str, str]]:
    """Return, for `http`, `https`, `all` and `no`, the variable and what it says, where it is set.

    Where no variable is set these are the settings of the system, on Windows and macOS.
    """
    from urllib.request import getproxies

    found = getproxies()
    names = {name.lower(): name for name in sorted(os.environ)}  # small letters come last: they win
    return {
        scheme: (names.get(f"{scheme}_proxy", _SYSTEM), found[scheme])
        for scheme in (*_SCHEMES, "no")
        if found.get(scheme, "").strip()
    }


def _host_and_port(place: str) -> tuple[str, str]:
    """Divide what stands behind the login; a path there means nothing."""
    for end in "/?#":
        place = place.partition(end)[0]
    if place.startswith("["):
        host, _, rest = place[1:].partition("]")
        return host, rest.removeprefix(":")
    host, _, port = place.partition(":")
    usable = bool(host) and not any(c.isspace() or ord(c) < 33 for c in host)
    return (host if usable else ""), port
