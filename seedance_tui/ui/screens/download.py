"""The download menu: which files of a task to save."""

from __future__ import annotations

from ...api.links import Kind
from ...core.entry import Entry, Saved
from ...core.language import _
from .. import format as fmt
from .menu import Choice, MenuScreen


class DownloadScreen(MenuScreen[tuple[Kind, ...]]):
    """Comes back with the kinds of files to save."""

    def __init__(self, entry: Entry) -> None:
        both = (Kind.RESULT, Kind.ORIGINAL)
        has_both = all(entry.link(kind) for kind in both)
        choices: list[Choice[tuple[Kind, ...]]] = [
            _choice("r", _("Result"), entry, Kind.RESULT),
            _choice("o", _("Original"), entry, Kind.ORIGINAL),
            Choice("b", _("Both"), "", both if has_both else None),
            _choice("f", _("Last frame"), entry, Kind.LAST_FRAME),
        ]
        super().__init__(_("Download from {name}").format(name=entry.name), choices)


def _choice(key: str, label: str, entry: Entry, kind: Kind) -> Choice[tuple[Kind, ...]]:
    link, state = entry.link(kind), entry.file(kind)
    detail = fmt.short_link(link.url) if link else fmt.NOTHING
    if isinstance(state, Saved):
        detail = _("saved as {path}").format(path=fmt.home(state.path))
    return Choice(key, label, detail, (kind,) if link else None)
