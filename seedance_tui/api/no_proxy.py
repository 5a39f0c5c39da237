"""`NO_PROXY`: the hosts that are asked directly, in every form that occurs.

No standard says what it is. Read are, divided by commas, semicolons or spaces and in any case:
`*`; a name, with or without a leading dot or `*.`, and all names below it; an address; a network,
`10.0.0.0/8`, `fe80::/10`, `192.168.*` or `192.168.`; `[::1]`; each with a port or without; a whole
URL; and `<local>`, Windows' word for names without a dot.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Self

_DIVIDED = re.compile(r"[\s,;]+")
_BRACKETS = re.compile(r"\[(?P<host>[^\[\]]*)\](?P<bits>/\d+)?(?::(?P<port>\d+))?(?P<more>/\d+)?")
_PORT = re.compile(r"(?P<host>[^:]+):(?P<port>\d+)")
_FIRST_NUMBERS = re.compile(r"(\d{1,3})\.(?:(\d{1,3})\.)?(?:(\d{1,3})\.)?\*?(?:\.\*)*")
_NAME = re.compile(r"[^\s\[\]/:@%*]+")
_LOCAL = "<local>"

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class Exempt:
    """One entry: a network, or else a name with those below it; `port` None for every port."""

    network: Network | None
    name: str
    port: int | None

    @classmethod
    def read(cls, entry: str) -> Self | None:
        """Read one entry other than `*`; None if it means nothing."""
        entry = entry.strip("\"'").rpartition("://")[2].rpartition("@")[2].rstrip("/")
        host, port = _split(entry)
        if port is not None and port > 65_535:
            return None
        if host.lower() == _LOCAL:
            return cls(None, _LOCAL, port)
        if network := _network(host):
            return cls(network, "", port)
        name = _plain(host.removeprefix("*").lstrip("."))
        return cls(None, name, port) if name and _NAME.fullmatch(name) else None

    def covers(self, host: str, port: int | None) -> bool:
        """Whether a host, a name or an address without brackets, is asked directly."""
        if self.port is not None and self.port != port:
            return False
        addresses = _addresses(host)
        if self.network is not None or addresses:
            return any(self.network is not None and a in self.network for a in addresses)
        name = _plain(host)
        if self.name == _LOCAL:
            return "." not in name
        return name == self.name or name.endswith(f".{self.name}")


@dataclass(frozen=True, slots=True)
class NoProxy:
    """All entries; `everything` where one of them is `*`."""

    exempt: tuple[Exempt, ...] = ()
    everything: bool = False
    not_understood: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the variable; what means nothing is passed over and noted."""
        entries = [entry for entry in _DIVIDED.split(text) if entry]
        read = [(entry, Exempt.read(entry)) for entry in entries if entry != "*"]
        return cls(
            tuple(exempt for _, exempt in read if exempt),
            "*" in entries,
            tuple(entry for entry, exempt in read if exempt is None),
        )

    def covers(self, host: str, port: int | None) -> bool:
        """Whether a host, a name or an address without brackets, is asked directly."""
        return self.everything or any(exempt.covers(host, port) for exempt in self.exempt)


def _split(entry: str) -> tuple[str, int | None]:
    """Divide an entry into host, with the bits of a network, and port."""
    if match := _BRACKETS.fullmatch(entry):
        bits = match["bits"] or match["more"] or ""
        return match["host"] + bits, int(match["port"]) if match["port"] else None
    if match := _PORT.fullmatch(entry):
        return match["host"], int(match["port"][:9])
    return entry, None


def _network(text: str) -> Network | None:
    """Read an address or a network, bits beyond its prefix or not; None for anything else."""
    if match := _FIRST_NUMBERS.fullmatch(text):
        numbers = [number for number in match.groups() if number]
        text = ".".join([*numbers, "0", "0", "0"][:4]) + f"/{8 * len(numbers)}"
    address, slash, bits = text.partition("/")
    try:
        return ip_network(address.partition("%")[0] + slash + bits, strict=False)
    except ValueError:
        return None


def _addresses(host: str) -> list[IPv4Address | IPv6Address]:
    """The address that a host is, and the one of the older kind that is written into it."""
    try:
        address = ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return []
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return [address, *([mapped] if mapped else [])]


def _plain(name: str) -> str:
    """Spell a name as it is asked for: in small ASCII letters, without the root's dot."""
    name = name.rstrip(".").lower()
    if name.isascii():
        return name
    try:
        return name.encode("idna").decode()
    except UnicodeError:
        return name
