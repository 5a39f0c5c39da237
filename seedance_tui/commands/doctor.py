"""`doctor`: is everything as it should be, and if not, what to do."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from ..command_line.doctor import local_checks, network_checks, store_check
from ..command_line.doctor.finding import Finding, Severity
from ..command_line.exit_status import most_telling
from ..command_line.invocation import Invocation
from ..command_line.output import columns, show_json, show_lines, show_tabbed
from ..command_line.query_session import complete
from ..core.model.codes import Exit
from ..core.settings.errors import ConfigError
from ..core.text.i18n import _

STATUSES = (Exit.NO_KEY, Exit.NETWORK)
UNUSED = ("--interval",)


def about() -> str:
    """Return the sentence that describes it."""
    return _("Check settings, API key, network and disk.")


def examples() -> tuple[str, ...]:
    """Return command lines that show what it is for."""
    return ("seedance-tui doctor", "seedance-tui doctor --offline --json")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add its own arguments."""
    parser.add_argument("--offline", action="store_true", help=_("contact nobody"))


def run(call: Invocation) -> Exit:
    """Do its work: 0 without a failure, else 1, 3 or 7."""
    findings = list(_findings(call))
    if call.json:
        show_json([finding.to_json() for finding in findings])
    else:
        rows = [(_level(f.level), _(f.subject), f.text) for f in findings]
        if sys.stdout.isatty():
            show_lines(columns(rows))
        else:
            show_tabbed(rows)
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
    if call.given.offline:
        return
    yield from network_checks.address(config, call.environ)
    yield from complete(network_checks.gateway(config, key))
    yield from complete(store_check.storage(config, key))
