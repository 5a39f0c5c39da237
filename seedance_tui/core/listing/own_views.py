"""The table `[views]` of config.toml: views of the user's own."""

from __future__ import annotations

from collections.abc import Callable

from ..settings.toml_file import SettingsFile
from ..settings.values import table, text
from ..text.i18n import _
from .filter import QueryError, parse
from .listing import OwnView


def own_views(file: SettingsFile) -> tuple[OwnView, ...]:
    """Read the table; a view that cannot be used is warned of."""
    names: dict[str, object] = file.get("views", {}, table)
    read = (file.get(name, None, _view(name), table="views") for name in names)
    return tuple(own for own in read if own)


def _view(name: str) -> Callable[[object], OwnView]:
    """Return what reads the filter of a view."""

    def read(value: object) -> OwnView:
        try:
            return OwnView(name, parse(text(value)))
        except QueryError as error:
            raise ValueError(_("is invalid: {reason}").format(reason=error)) from None

    return read
