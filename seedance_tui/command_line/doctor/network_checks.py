"""The checks of `doctor` on the network and the gateway."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from ...api.base_url import check, shown
from ...api.errors import (
    ApiError,
    KeyRefused,
    RateLimited,
    SetupFailed,
    TaskNotFound,
    Unreachable,
)
from ...api.key import ApiKey
from ...api.no_proxy import NoProxy
from ...api.proxies import Proxy, said
from ...api.web_addresses import is_open_to_others
from ...core.config import Config
from ...core.model.outcomes import Missed, Outcome, Problem, phrase
from ...core.polling.key_check import NOBODY
from ...core.polling.poller import ask
from ...core.text.i18n import _
from .finding import Finding, fail, ok, warn

_MOST_SKEW = 60.0
_CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


def address(config: Config, environ: Mapping[str, str]) -> Iterator[Finding]:
    """Look at the base URL, and at what stands between here and there."""
    url = shown(config.base_url)
    try:
        check(config.base_url)
    except SetupFailed as error:
        yield fail("base URL", Problem.of(error, 0).text)
    else:
        if is_open_to_others(config.base_url):
            text = _("{url}: the API key would be sent unencrypted; use https")
            yield warn("base URL", text.format(url=url))
        else:
            yield ok("base URL", url)
    yield from _proxies()
    for name in _CERTIFICATES:
        if value := environ.get(name):
            is_there = Path(value).exists()
            text = _("{name}={path}: no such file; unset it").format(name=name, path=value)
            yield ok("certificates", f"{name}={value}") if is_there else fail("certificates", text)


def _proxies() -> Iterator[Finding]:
    """Say which proxies are used, without their logins, and what of NO_PROXY means nothing."""
    for scheme, (variable, value) in said().items():
        if scheme == "no":
            yield _no_proxy(variable, value)
            continue
        try:
            yield ok("proxy", f"{variable}={Proxy.read(variable, value).url}")
        except SetupFailed as error:
            yield fail("proxy", Problem.of(error, 0).text)


def _no_proxy(variable: str, value: str) -> Finding:
    entries = [entry.rpartition("@")[2] for entry in value.split(",")]
    odd = NoProxy.parse(",".join(entries)).not_understood
    if odd:
        text = _("{variable}: unknown entries are ignored: {entries}")
        return warn("proxy", text.format(variable=variable, entries=_(", ").join(odd)))
    return ok("proxy", f"{variable}={','.join(entries)}")


async def gateway(config: Config, key: ApiKey | None) -> list[Finding]:
    """Ask the gateway about a task that does not exist, and what time it is there."""
    from ...api.client import Client

    began = time.monotonic()
    try:
        async with Client(config.base_url, key or ApiKey("none")) as client:
            outcome = await ask(client, NOBODY)
            skew = client.clock_skew or 0.0
    except ApiError as error:
        outcome, skew = Missed(NOBODY, Problem.of(error, 0)), 0.0
    findings = [_verdict(outcome, time.monotonic() - began, has_key=key is not None)]
    if abs(skew) > _MOST_SKEW:
        text = _("system clock is off by {seconds:.0f} s; link expiry times will be wrong")
        findings.append(warn("clock", text.format(seconds=-skew)))
    return findings


def _verdict(outcome: Outcome, took: float, *, has_key: bool) -> Finding:
    problem = outcome.problem if isinstance(outcome, Missed) else Problem(TaskNotFound)
    well = _("reachable ({milliseconds:.0f} ms)").format(milliseconds=took * 1000)
    if issubclass(problem.kind, TaskNotFound):
        return ok("gateway", _("{well}; API key accepted").format(well=well))
    if issubclass(problem.kind, KeyRefused) and not has_key:
        return ok("gateway", _("{well}; API key required").format(well=well))
    if issubclass(problem.kind, RateLimited):
        return warn("gateway", phrase(problem))
    return fail("gateway", phrase(problem) + _advice(problem), problem.spec.exit)


def _advice(problem: Problem) -> str:
    """Say what to do, beyond what the reason says."""
    if "CERTIFICATE" in problem.text.upper():
        return _("; behind a corporate proxy, set SSL_CERT_FILE to its CA certificate")
    if issubclass(problem.kind, Unreachable):
        return _("; ") + _(problem.spec.hint)
    return ""
