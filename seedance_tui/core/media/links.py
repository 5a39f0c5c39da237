"""At which addresses a file of a task is looked at, in the order in which they are tried."""

from __future__ import annotations

from ...api.links import Kind
from ..model.entry import Entry


def link_urls(entry: Entry, kind: Kind, base_url: str) -> tuple[str, ...]:
    """Return every address of a file of a task, each once; none where it has no link."""
    link = entry.link(kind)
    candidates = link.candidates if link else ()
    urls = (url for one in candidates for url in entry.addresses(one, base_url))
    return tuple(dict.fromkeys(urls))
