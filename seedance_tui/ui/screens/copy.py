"""The copy menu: everything of a task that is worth having elsewhere."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from dataclasses import dataclass

from ...api.links import Kind, task_url
from ...core.entry import Entry, Saved
from ...core.language import _
from ...core.text import safe
from .. import format as fmt
from .menu import Choice, MenuScreen


@dataclass(frozen=True, slots=True)
class Copyable:
    """A text to copy, and what it is called; `whole_screen` shows it to be selected by hand."""

    label: str
    text: str
    whole_screen: bool = False


class CopyScreen(MenuScreen[Copyable]):
    """Comes back with what to copy."""

    def __init__(self, entry: Entry, base_url: str) -> None:
        choices = [
            Choice(key, label, detail, Copyable(label, text, key == "l") if text else None)
            for key, label, detail, text in _offers(entry, base_url)
        ]
        super().__init__(_("Copy from {name}").format(name=entry.name), choices)


def _offers(entry: Entry, base_url: str) -> Iterator[tuple[str, str, str, str]]:
    task, nothing = entry.task, fmt.NOTHING
    result, original = entry.link(), entry.link(Kind.ORIGINAL)
    links = [fmt.short_link(link.url) if link else nothing for link in (result, original)]
    upstream, request = (
        (safe(task.upstream.id or ""), safe(task.request_id or "")) if task else ("", "")
    )
    file = entry.file()
    path = str(file.path) if isinstance(file, Saved) else ""
    yield "i", _("ID"), entry.id, entry.id
    yield "r", _("Result link"), links[0], result.url if result else ""
    yield "o", _("Original link"), links[1], original.url if original else ""
    yield "u", _("Upstream ID"), upstream or nothing, upstream
    yield "q", _("Request ID"), request or nothing, request
    yield (
        "c",
        _("curl"),
        _("asks the same question, key from the environment"),
        _curl(base_url, entry.id),
    )
    markdown = f"[{_plain(entry.name)}]({result.url})" if result else ""
    yield "m", _("Markdown"), _("the result as a link") if result else nothing, markdown
    answer = json.dumps(task.raw, ensure_ascii=False, indent=2) if task else ""
    yield "j", _("JSON"), _("the whole answer") if task else nothing, answer
    yield "p", _("Path"), path or nothing, path
    yield (
        "l",
        _("Whole link"),
        _("on a plain screen, to select by hand"),
        ("\n\n".join(f"{link.kind.value}:\n{link.url}" for link in entry.links)),
    )


def _curl(base_url: str, task_id: str) -> str:
    url = shlex.quote(task_url(base_url, task_id))
    return f'curl -sS -H "Authorization: Bearer $ANYFAST_API_KEY" {url}'


def _plain(text: str) -> str:
    """A text that ends no Markdown link early."""
    return text.replace("[", "(").replace("]", ")")
