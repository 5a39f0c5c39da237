"""The copy menu: everything of a task that is worth having elsewhere."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ....api.links import Kind, Link
from ....api.unsigned import usable
from ....api.web_addresses import task_url
from ....core.explain.in_short import failures_in_sum, in_full
from ....core.model.entry import Entry
from ....core.model.file_states import Saved
from ....core.text.i18n import _, plural
from ....core.text.sanitize import safe
from ...drawing import format as fmt
from .menu import Choice, MenuScreen


@dataclass(frozen=True, slots=True)
class Copyable:
    """A text to copy, and what it is called; `whole_screen` shows it to be selected by hand."""

    label: str
    text: str
    whole_screen: bool = False


class CopyScreen(MenuScreen[Copyable]):
    """Comes back with what to copy; of several tasks a line, or a response, of each."""

    def __init__(self, entries: Sequence[Entry], base_url: str) -> None:
        offers = [list(_offers(entry, base_url)) for entry in entries]
        failures = failures_in_sum(entry.task for entry in entries if entry.task)
        choices = [_choice(column, failures) for column in zip(*offers, strict=True)]
        count = len(entries)
        name = entries[0].name if count == 1 else plural("{n} task", "{n} tasks", count)
        super().__init__(_("Copy from {name}").format(name=name), choices)


@dataclass(frozen=True, slots=True)
class Offer:
    """What one task has for one line of the menu; `text` is empty where it has nothing."""

    key: str
    label: str
    detail: str
    text: str
    is_name: bool = False


def _choice(offers: Sequence[Offer], failures: str) -> Choice[Copyable]:
    """One line of the menu; `failures` sums up the reasons of several that failed."""
    first, texts = offers[0], [offer.text for offer in offers if offer.text]
    value = Copyable(first.label, "\n".join(texts), first.key == "l") if texts else None
    detail, is_name = first.detail, first.is_name and len(offers) == 1
    if len(offers) > 1:
        detail = _("{n} of {count}").format(n=len(texts), count=len(offers))
        if first.key == "f" and failures:
            value, detail = Copyable(failures, "\n".join([failures, *texts])), failures
    return Choice(first.key, first.label, detail, value, is_name=is_name)


def _offers(entry: Entry, base_url: str) -> Iterator[Offer]:
    task = entry.task
    result, original = usable(entry.link()), usable(entry.link(Kind.ORIGINAL))
    yield Offer("i", _("ID"), entry.id, entry.id, is_name=True)
    yield _link("r", _("Result link"), result)
    yield _link("o", _("Original link"), original)
    yield _word("u", _("Upstream ID"), task.upstream.id if task else None)
    yield _word("q", _("Request ID"), task.request_id if task else None)
    curl = _curl(base_url, entry.id)
    yield Offer("c", _("curl"), _("same request, key from the environment"), curl)
    markdown = f"[{_plain(entry.name)}]({result.url})" if result else ""
    yield Offer("m", _("Markdown"), _("link to the result") if result else fmt.nothing(), markdown)
    answer = json.dumps(task.raw, ensure_ascii=False, indent=2) if task else ""
    yield Offer("j", _("JSON"), _("full response") if task else fmt.nothing(), answer)
    reason = in_full(task) if task else ""
    yield Offer("f", _("Failure reason"), safe(reason) or fmt.nothing(), safe(reason, lines=True))
    file = entry.file()
    path = str(file.path) if isinstance(file, Saved) else ""
    yield Offer("p", _("Path"), path or fmt.nothing(), path, is_name=True)
    links = "\n\n".join(f"{link.kind.value}:\n{link.url}" for link in entry.links if usable(link))
    yield Offer("l", _("Full link"), _("shown in full, to select with the mouse"), links)


def _link(key: str, label: str, link: Link | None) -> Offer:
    if link is None:
        return Offer(key, label, fmt.nothing(), "")
    return Offer(key, label, fmt.short_link(link.url), link.url, is_name=True)


def _word(key: str, label: str, word: str | None) -> Offer:
    text = safe(word or "")
    return Offer(key, label, text or fmt.nothing(), text, is_name=True)


def _curl(base_url: str, task_id: str) -> str:
    url = shlex.quote(task_url(base_url, task_id))
    return f'curl -sS -H "Authorization: Bearer $ANYFAST_API_KEY" {url}'


def _plain(text: str) -> str:
    """A text that ends no Markdown link early."""
    return text.replace("[", "(").replace("]", ")")
