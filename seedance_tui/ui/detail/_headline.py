"""The head of the pane: which task, how it stands, its files, why it failed, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from ...api.models import Phase, Task
from ...core.model.entry import Entry
from ...core.model.judgement import answer_apart, contradiction
from ...core.model.outcomes import sentence
from ...core.text.i18n import _
from ...core.text.sanitize import safe
from ..drawing import format as fmt
from ..drawing import spans
from ..drawing.glyphs import glyphs
from ..drawing.spans import Line, Span
from ._file_words import file_words, remark_words
from .page import PageContext, paragraph

_MOST_NOTE, _MOST_SAID, _MOST_HAPPENED = 3, 4, 8
_MOST_TEXT = 4000


def headline(entry: Entry, view: PageContext) -> Iterator[Line]:
    """All lines above the fields."""
    width = view.width
    watched = entry.watched
    if watched.label:
        yield ((" " + fmt.cut_end(fmt.in_row(watched.label), width - 2), "strong"),)
        yield ((" " + fmt.cut_middle(safe(entry.id), width - 2), "dim"),)
    else:
        yield from paragraph(safe(entry.id), "strong", width, 8)
    if watched.tags:
        tags = " ".join(f"#{tag}" for tag in watched.tags)
        yield ((" " + fmt.cut_end(fmt.in_row(tags), width - 2), "dim"),)
    if watched.note:
        yield from paragraph(fmt.in_row(watched.note), "normal", width, _MOST_NOTE)
    yield from _status(entry, view)
    for text, role in file_words(entry, view.now):
        if role != "bad":  # the end of a path is the name of the file
            text = fmt.cut_middle(text, width - 2, min(20, width // 2))
        yield from paragraph(text, role, width, 4)
    for text, role in remark_words(entry):
        yield from paragraph(text, role, width, 4)
    if entry.task and (entry.task.status.phase.is_lost or entry.task.upstream_phase.is_lost):
        yield from _failure(entry.task, view)
    for text, role in _troubles(entry, view.now):
        yield from paragraph(text, role, width, _MOST_HAPPENED)


def _status(entry: Entry, view: PageContext) -> Iterator[Line]:
    """The status in words, and beside it or below it what upstream says otherwise."""
    room = view.width - 2
    if alone := spans.lone_mark(entry, view.now, room):
        yield (" ", "normal"), *alone
        return
    word = fmt.cut_end(spans.shape(entry) + spans.status_word(entry), room)
    took = _duration(entry, view.now)
    line: Line = ((" " + word, spans.status_role(entry)),)
    used = cell_len(word)
    if took and used + 1 + cell_len(took) <= room:
        line += ((f" {took}", "normal"),)
        used += 1 + cell_len(took)
    inner = contradiction(entry.task) if entry.task else None
    if inner is None:
        yield line
        return
    said = fmt.cut_end(_("upstream status: {status}").format(status=safe(inner)), room)
    if used + len(glyphs().joint) + cell_len(said) <= room:
        yield (*line, (glyphs().joint, "dim"), (said, "warn"))
    else:
        yield from (line, ((" " + said, "warn"),))


def _duration(entry: Entry, now: float) -> str:
    """How long the task took, or has taken so far."""
    task = entry.task
    if task is None or task.submit_time is None:
        return ""
    if entry.is_open:
        return _("for {time}").format(time=fmt.in_words(fmt.going(now - task.submit_time)))
    if task.finish_time is None:
        return ""
    took = fmt.in_words(fmt.exact(task.finish_time - task.submit_time))
    is_done = task.status.phase is Phase.DONE
    return (_("in {time}") if is_done else _("after {time}")).format(time=took)


def _failure(task: Task, view: PageContext) -> Iterator[Line]:
    """What happened, what to try, the server's own words, and the IDs that support asks for."""
    from ...core.explain.causes import Cause  # loaded once a task has failed
    from ...core.explain.explain import explain

    why, width = explain(task), view.width
    if why is None:
        return
    if not view.compact:
        yield ()
    happened = safe(why.happened[:_MOST_TEXT])
    yield from paragraph(happened, "bad", width, _MOST_HAPPENED)
    yield from paragraph(why.advice, "normal", width, _MOST_NOTE + 2)
    if why.code:
        yield from paragraph(safe(why.code), "dim", width, 3)
    if why.said and why.cause is not Cause.UNKNOWN:
        yield from paragraph(safe(why.said[:_MOST_TEXT]), "dim", width, _MOST_SAID)
    ids = [safe(text) for text in (task.request_id, task.upstream.id) if text]
    if ids:
        yield from _in_words([_("For support:"), *ids], width)


def _in_words(words: list[str], width: int) -> Iterator[Line]:
    """Words side by side as far as there is room, none of them broken that has room alone."""
    line = ""
    for word in words:
        if line and cell_len(line) + 1 + cell_len(word) > width - 2:
            yield from paragraph(line, "dim", width, 3)
            line = ""
        line = f"{line} {word}".lstrip()
    yield from paragraph(line, "dim", width, 3)


def _troubles(entry: Entry, now: float) -> Iterator[Span]:
    """What the program itself has to say: about its requests, and about a task that hangs."""
    if entry.problem:
        yield safe(sentence(entry.problem)[:_MOST_TEXT]), "warn"
    if answer_apart(entry):
        yield _("If it is this task, press d."), "warn"
    if entry.seen_at and (entry.problem or (entry.remembered and entry.is_open)):
        ago = fmt.in_words(fmt.span(now - entry.seen_at))
        yield _("Showing the last good response ({ago} old).").format(ago=ago), "warn"
    if entry.is_slow(now):
        yield _slowness(entry), "warn"
    if entry.awaits_link:
        yield _("Done, but its link has not come yet; polling for it."), "warn"
    elif entry.lacks_link:
        yield safe((entry.task and entry.task.reason) or _("Done, but no link came.")), "warn"
    if entry.said_less:
        word = safe(entry.said_less.status.word) or fmt.nothing()
        yield _("A later response says less: {word}").format(word=word), "warn"


def _slowness(entry: Entry) -> str:
    if entry.status.phase is not Phase.RUNNING:
        return _("Waiting for a long time and possibly stuck; polling less often.")
    if entry.usual is None:
        return _("Running for a long time and possibly stuck; polling less often.")
    words = _("Slow: tasks like it usually end within {time}; polling less often.")
    return words.format(time=fmt.in_words(fmt.span(entry.usual.late)))
