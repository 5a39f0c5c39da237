"""A base URL that cannot be asked is a wrong setting, said before anything begins."""

from __future__ import annotations

from ..api.base_url import check, cleaned
from ..api.errors import SetupFailed
from ..core.config import Options
from ..core.settings.errors import ConfigError


def check_address(base_url: str) -> None:
    """Raise ConfigError, with what to mend and without a secret, if it cannot be asked."""
    try:
        check(base_url)
    except SetupFailed as error:
        from ..core.model.outcomes import Problem

        raise ConfigError(Problem.of(error, 0).text) from error


def checked(options: Options) -> Options:
    """Return the options; raise ConfigError for an address that is typed and cannot be asked."""
    if options.base_url:
        check_address(cleaned(options.base_url))
    return options
