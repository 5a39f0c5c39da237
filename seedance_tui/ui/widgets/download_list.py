"""The queue of downloads: each file with how far it is, how fast, or what is in its way."""

from __future__ import annotations

from dataclasses import dataclass

from rich.cells import cell_len
from textual.reactive import reactive

from ...api.links import Kind
from ...core.downloads.queue import Job
from ...core.model.file_states import (
    NotSaved,
    Paused,
    Saved,
    Saving,
    Waiting,
    extent,
    fraction,
    shown,
)
from ...core.model.outcomes import sentence
from ...core.text.i18n import _
from ...core.text.sanitize import safe
from ..drawing import format as fmt
from ..drawing.glyphs import glyphs
from ..drawing.spans import Line, Role, Span
from .rows import Rows


@dataclass(frozen=True, slots=True)
class DownloadRow:
    """One file of the queue; `name` is what the user calls its task."""

    job: Job
    name: str
    url: str | None = None
    """The link of the file, None where there is none to open."""


class DownloadList(Rows):
    """Attributes: `rows` in the order of the queue, `now` in Unix seconds, `cursor` a job's key."""

    rows: reactive[tuple[DownloadRow, ...]] = reactive((), repaint=False)
    now: reactive[float] = reactive(0.0, repaint=False)

    class Highlighted(Rows.Highlighted):
        """The cursor went to another file."""

    class Chosen(Rows.Chosen):
        """A file was chosen with the mouse."""

    def watch_rows(self) -> None:
        """Keep the cursor on its file, and paint the rows that changed."""
        self.set_keys([row.job.key for row in self.rows])

    def watch_now(self) -> None:
        """Let the times run on."""
        self.repaint()

    def line(self, y: int) -> Line:
        """Return a row: task, kind, and what becomes of the file."""
        row, width = self.rows[y], self.line_width
        name = max(12, min(32, width // 3))
        kind = 11 if width >= 72 else 0
        called = fmt.cut_middle(fmt.in_row(row.name), name)
        blank = " " * (name - cell_len(called) + 1)
        start: list[Span] = [
            (self.pointer(y), "accent"),
            (fmt.hyperlink(called, row.url), "bright"),
            (blank, "normal"),
        ]
        if kind:
            start.append((fmt.fit(kind_word(row.job.key[1]), kind), "dim"))
        room = width - 2 - name - 1 - kind - 1
        return (*start, *self._state(row.job, room))

    def _state(self, job: Job, room: int) -> Line:
        match shown(job.state):
            case Saving() as state:
                return _progress(state, room)
            case Waiting(problem=problem, retry_at=retry_at) if problem:
                when = max(0.0, retry_at - self.now) if retry_at else None
                again = (
                    _("retrying in {time}").format(time=fmt.in_words(fmt.span(when)))
                    if when
                    else _("waiting")
                )
                return _words(again + glyphs().joint + sentence(problem), "warn", room)
            case Waiting():
                return _words(_("waiting"), "dim", room)
            case Paused() as state:
                share = fmt.percent(fraction(state))
                return _words(f"{_('paused')} {share}".rstrip(), "normal", room)
            case Saved(path=path):
                words = _("saved as {path}")
                left = room - cell_len(words.replace("{path}", ""))
                whole = words.format(path=fmt.cut_head(fmt.in_row(fmt.home(path)), left))
                return _words(whole, "good", room)
            case NotSaved(problem=problem):
                return _words(_("not saved") + glyphs().joint + sentence(problem), "bad", room)
        return ()


def _words(text: str, role: Role, room: int) -> Line:
    return ((fmt.cut_end(fmt.in_row(text), room), role),)


def _progress(state: Saving, room: int) -> Line:
    """A bar and the share; sizes, speed and time left as far as there is room."""
    received, total = extent(state)
    facts = [] if glyphs().plain else [fmt.size_of(received, total)]
    if state.speed and facts:
        facts.append(f"{fmt.size(state.speed)}/s")
    if state.left is not None and facts:
        facts.append(fmt.exact(state.left))
    widths = (20, 12, 8)
    cells = [fmt.fit(fact, width, "right") for fact, width in zip(facts, widths, strict=False)]
    while cells and sum(map(cell_len, cells)) + 12 > room:
        cells.pop(0 if len(cells) == 1 else -2 if len(cells) == 3 else 0)
    bar = 0 if glyphs().plain else max(4, min(30, room - sum(map(cell_len, cells)) - 5))
    full, empty = fmt.bar(fraction(state), bar)
    share = fmt.fit(fmt.percent(fraction(state)) or fmt.nothing(), 5, "right")
    return (full, "accent"), (empty, "rule"), (share, "bright"), ("".join(cells), "dim")


def why(job: Job) -> str:
    """Why a file is not saved, with what the server said; empty where nothing is in its way."""
    state = shown(job.state)
    problem = state.problem if isinstance(state, NotSaved | Waiting) else None
    return safe(sentence(problem)) if problem else ""


def about(job: Job) -> Span:
    """What is told of a file beyond its row: why it is not saved, or how it was saved."""
    if not isinstance(job.state, Saved):
        return why(job), "warn"
    from ...core.downloads.remarks import remark_texts, source_text

    texts = (*remark_texts(job.state), source_text(job.state))
    return safe(glyphs().joint.join(filter(None, texts))), "dim"


def kind_word(kind: Kind) -> str:
    """Which of a task's files it is, for people."""
    if kind.number > 1:
        return _("result {n}").format(n=kind.number)
    return {
        Kind.RESULT: _("result"),
        Kind.ORIGINAL: _("original"),
        Kind.LAST_FRAME: _("last frame"),
    }[kind]
