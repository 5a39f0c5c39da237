"""The filter: typed after `/`, understood while it is typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.message import Message
from textual.reactive import reactive
from textual.suggester import Suggester
from textual.widgets import Input, Static

from ...core.text.i18n import _
from ...core.text.sanitize import safe
from ..keys.action import bindings
from ..keys.widgets import FILTER
from .safe_input import SafeInput


@dataclass(frozen=True, slots=True)
class Offers:
    """The completions of a text at a cursor; `stands` is the text with one of them, and its cursor.

    `place` says which one that is.
    """

    words: tuple[str, ...]
    text: str
    cursor: int
    place: int = 0
    stands: tuple[str, int] | None = None


class FilterLine(Horizontal):
    """Attributes: `note` (how many are shown or, if `wrong`, what is wrong), `values` to offer.

    It is shown from `open` on and while it has a text; the class `-wrong` tells that it is `wrong`.
    """

    DEFAULT_CSS = """
    FilterLine {
        height: 1; display: none; background: $background;
        &.-shown { display: block; }
        #slash { width: 3; color: $primary; }
        #note {
            width: auto; max-width: 60%; color: $foreground 70%; margin: 0 1;
            text-wrap: nowrap; text-overflow: clip;
        }
        &.-wrong #note { color: $error; }
        Input, Input:focus {
            width: 1fr; border: none; padding: 0; height: 1; background: $background;
        }
    }
    """

    note: reactive[str] = reactive("")
    wrong: reactive[bool] = reactive(False)

    @dataclass
    class Changed(Message):
        """The text is another."""

        text: str

    @dataclass
    class Left(Message):
        """The filter is done with; its text stays, or is gone."""

        cleared: bool

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self.values: Mapping[str, Collection[str]] = {}
        self.suggestion = ""
        """A filter that finds something where this one finds nothing."""

    @property
    def text(self) -> str:
        """What is typed."""
        return self.query_one(FilterInput).value

    @property
    def is_typed_into(self) -> bool:
        """Whether keys go into the filter."""
        return self.screen.focused is self.query_one(FilterInput)

    def compose(self) -> ComposeResult:
        """Show the slash, the text, the note."""
        yield Static(" / ", id="slash", markup=False)
        yield FilterInput(self, placeholder=_("words, status:failed, tag:ep3, age<2h, !draft …"))
        yield Static("", id="note", markup=False)

    def open(self, text: str | None = None) -> None:
        """Take the keys, with `text` in place of what is there."""
        field = self.query_one(FilterInput)
        if text is not None:
            field.value = text
        self.add_class("-shown")
        self.screen.set_focus(field)  # at once: the next key may have been typed already

    def show(self, text: str) -> None:
        """Show a text that is understood, without taking the keys."""
        self.wrong = False
        field = self.query_one(FilterInput)
        with field.prevent(Input.Changed):
            field.value = text
        self.set_class(bool(text), "-shown")

    def watch_note(self, note: str) -> None:
        """Show it."""
        if self.is_mounted:
            self.query_one("#note", Static).update(safe(note))

    def watch_wrong(self, wrong: bool) -> None:  # noqa: FBT001  Textual calls it
        """Show it as what is wrong."""
        self.set_class(wrong, "-wrong")

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.Left(cleared=False))

    def clear(self) -> None:
        """Take the text away."""
        self.show("")
        self.post_message(self.Left(cleared=True))


class FilterInput(SafeInput):
    """The field; tab takes the completion, escape clears, down goes to the list."""

    BINDINGS = bindings(FILTER)

    def __init__(self, line: FilterLine, placeholder: str) -> None:
        super().__init__(
            placeholder=placeholder,
            compact=True,
            suggester=_Completion(line),
            max_length=1000,
            select_on_focus=False,
        )
        self._line = line
        self._offers = Offers((), "", 0)

    def action_clear(self) -> None:
        """Leave without a filter."""
        self._line.clear()

    def action_complete(self, step: int) -> None:
        """Put in the next completion of the word at the cursor; after the last, the first again.

        Where nothing is found and nothing completes, take the filter that would find something.
        """
        from ...core.listing.filter_completion import complete, completed

        offers = self._offers
        if len(offers.words) < 2 or offers.stands != (self.value, self.cursor_position):
            text, cursor = self.value, self.cursor_position
            offers = Offers(complete(text, cursor, self._line.values), text, cursor)
        if not offers.words:
            if self._line.suggestion:
                self.value = self._line.suggestion
                self.cursor_position = len(self.value)
            return
        place = (offers.place + step) % len(offers.words) if offers.stands else min(0, step)
        self.value, self.cursor_position = completed(
            offers.text, offers.cursor, offers.words[place]
        )
        self._offers = replace(offers, place=place, stands=(self.value, self.cursor_position))


class _Completion(Suggester):
    """Shows dimly how the word at the end goes on."""

    def __init__(self, line: FilterLine) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._line = line

    async def get_suggestion(self, value: str) -> str | None:
        """Return the whole text with the first completion that only adds to it."""
        from ...core.listing.filter_completion import complete, completed

        for word in complete(value, len(value), self._line.values) if value.strip() else ():
            text, _cursor = completed(value, len(value), word)
            if text.startswith(value):
                return text
        return None
