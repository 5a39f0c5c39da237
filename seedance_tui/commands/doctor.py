"""`doctor`: is everything as it should be, and if not, what to do."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from ..command_line.doctor import local_checks, network_checks, store_check
from ..command_line.doctor.finding import Finding, Severity
from ..command_line.exit_status import most_telling
from ..command_line.invocation import Invocation
from ..command_line.output import columns, show_json, show_lines
from ..command_line.query_session import complete
from ..core.model.codes import Exit
from ..core.settings.errors import ConfigError
from ..core.text.i18n import _


def about() -> str:
    """Return the sentence that describes it."""
    return _("Check settings, API key, network and disk.")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments: none."""


def run(call: Invocation) -> Exit:
    """Do its work: 0 without a failure, else 1, 3 or 7."""
    findings = list(_findings(call))
    if call.json:
        show_json([finding.to_json() for finding in findings])
    else:
        show_lines(columns([(_level(f.level), _(f.subject), f.text) for f in findings]))
    return most_telling(f.exit for f in findings if f.level is Severity.FAIL)


def _level(level: Severity) -> str:
    return {Severity.OK: _("ok"), Severity.WARN: _("warn"), Severity.FAIL: _("fail")}[level]


def _findings(call: Invocation) -> Iterator[Finding]:
    yield from local_checks.program(call.environ)
    try:
        config = call.config_without_key(tells=False)
    except ConfigError as error:
        yield Finding(Severity.FAIL, "config", str(error))
        return
    yield from local_checks.settings(config)
    finding, key = local_checks.key(call.options, call.environ)
    yield finding
    yield local_checks.watch_list(config)
    yield local_checks.history(config)
    yield local_checks.archive(config)
    yield local_checks.download_folder(config)
    yield from network_checks.address(config, call.environ)
    yield from complete(network_checks.gateway(config, key))
    yield from complete(store_check.storage(config, key))
