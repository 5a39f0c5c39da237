"""A page that is walked from field to field, and in which what was found is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from textual import events
from textual.geometry import Region
from textual.strip import Strip

from ...core.model.fields import Field
from ...core.text.i18n import _
from ..detail import navigation
from ..detail.page import Page, Place
from ..drawing.glyphs import glyphs
from ..drawing.spans import Line
from ..keys.action import bindings
from ..keys.widgets import DETAIL
from .lines import LineLook, Lines

if TYPE_CHECKING:
    from ..detail import highlight


class PageView(Lines, can_focus=True):
    """Shows the page that `show_page` gives it; a subclass says which one that is.

    The place of the walk belongs to the path of a field: it stays there whatever page comes.
    """

    BINDINGS = bindings(DETAIL)
    DEFAULT_CSS = """
    PageView {
        scrollbar-size: 0 0;
        & > .lines--found { background: $warning 30%; }
        & > .lines--found-here { background: $warning; color: $background; }
        &:ansi > .lines--found, &:nocolor > .lines--found {
            background: $background; text-style: underline;
        }
        &:ansi > .lines--found-here, &:nocolor > .lines--found-here {
            background: $background; color: $foreground; text-style: reverse bold;
        }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  Textual's own name
        super().__init__(id=id)
        self._page = Page()
        self._path: str | None = None
        self._match = 0
        self._found: highlight.Marks = {}

    @property
    def field(self) -> Field | None:
        """The field that one has walked to, as long as it is in view; None without any."""
        here = self._here
        return None if here is None else self._page.places[here].field

    @property
    def matches(self) -> tuple[int, int]:
        """Which of the matches one is at, from 1, and how many there are; zeros without any."""
        count = len(self._page.matches)
        return (self._match + 1 if count else 0), count

    def show_page(self, page: Page) -> None:
        """Show a page; the field that one is at keeps its line on the screen."""
        before = self._place()
        self._page = page
        self._match = min(self._match, max(0, len(page.matches) - 1))
        self.set_height(len(page.lines))
        self._follow(before)
        self.repaint()

    def line(self, y: int) -> Line:
        """Return a line of the page."""
        return self._page.lines[y]

    def is_here(self, y: int) -> bool:
        """Whether the line is where one has walked to, or the first in view where one has not."""
        place = self._place()
        return y == (place.region.y if place else self.scroll_offset.y)

    def repaint(self) -> None:
        """Paint what changed; which match one is at may have."""
        self._found = {}
        if self._page.matches:
            from ..detail import highlight

            self._found = highlight.by_line(self._page.matches, self._match)
        super().repaint()

    def focus(self, scroll_visible: bool = True) -> Self:  # noqa: FBT001, FBT002  Textual's own
        """Take the focus, by a key and not by the mouse: the field walked to comes into view."""
        self.show_place()
        return super().focus(scroll_visible)

    def show_place(self) -> None:
        """Bring the field that one has walked to into view."""
        if place := self._place():
            self._show(place.region)

    def on_focus(self) -> None:
        """Show to which field one has walked: the keys act on it."""
        self.repaint()

    def on_blur(self) -> None:
        """Hide it: the keys act on the list."""
        self.repaint()

    def on_click(self, event: events.Click) -> None:
        """Walk to the field under the mouse."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        at = offset + self.scroll_offset
        self._walk_to(navigation.at_cell(self._page.places, at.x, at.y))

    def action_move(self, step: int) -> None:
        """Walk to the next field, or the one before; by screens over what was not yet in view."""
        places, top, room = self._page.places, self.scroll_offset.y, self._room
        if not places:
            self._scroll_by(step)
            return
        here = self._here
        if here is None:
            there = navigation.first_in_view(places, top, room, step)
        else:
            there = here + step if 0 <= here + step < len(places) else None
        if there is None or not top - room <= places[there].region.y < top + 2 * room:
            self._scroll_by(step * room)
        else:
            self._walk_to(there)

    def action_beside(self, step: int) -> None:
        """Walk to the field beside this one."""
        if (here := self._here) is not None:
            self._walk_to(navigation.beside(self._page.places, here, step))

    def action_page(self, pages: float) -> None:
        """Walk to the field that is a screen away, or a part of one."""
        step, here = round(pages * self._room), self._here
        x, y = (1, self.scroll_offset.y) if here is None else self._page.places[here].region.offset
        there = navigation.nearest(self._page.places, x, y + step)
        if there is None or there == here:
            self._scroll_by(step)
        else:
            self._walk_to(there)

    def action_first(self) -> None:
        """Go to the top, and walk to the first field."""
        self._walk_to(0)
        self.scroll_home(animate=False, force=True, immediate=True)

    def action_last(self) -> None:
        """Go to the end, and walk to the last field."""
        self._walk_to(len(self._page.places) - 1)
        self.scroll_end(animate=False, force=True, immediate=True)

    def action_search_next(self, step: int) -> None:
        """Go to the next match, or to the one before; on from the other end."""
        matches = self._page.matches
        if matches:
            self._match = (self._match + step) % len(matches)
            self._show(matches[self._match][0])
        self.repaint()

    def go_to_match(self) -> None:
        """Go to the first match from the top of the view on."""
        matches, top = self._page.matches, self.scroll_offset.y
        self._match = next((i for i, match in enumerate(matches) if match[0].y >= top), 0)
        self.action_search_next(0)

    @property
    def _has_more(self) -> bool:
        """Whether there are lines below, so that the last one in view says so."""
        return self.scroll_offset.y + self.size.height < self.virtual_size.height

    @property
    def _room(self) -> int:
        """How many lines of the page are in view."""
        return max(1, self.size.height - self._has_more)

    @property
    def _here(self) -> int | None:
        """The index of the field that one has walked to; None while it is not in view."""
        index = navigation.place_of(self._page.places, self._path)
        if index is None:
            return None
        seen = navigation.is_in_view(self._page.places[index], self.scroll_offset.y, self._room)
        return index if seen else None

    def _place(self) -> Place | None:
        index = navigation.place_of(self._page.places, self._path)
        return None if index is None else self._page.places[index]

    def _walk_to(self, index: int | None) -> None:
        if index is None or not 0 <= index < len(self._page.places):
            return
        place = self._page.places[index]
        self._path = place.field.path
        self._show(place.region)
        self.repaint()

    def _scroll_by(self, lines: int) -> None:
        """Scroll at once: the next key may come before the next frame."""
        top = self.scroll_offset.y + lines
        self.scroll_to(y=top, animate=False, force=True, immediate=True)

    def _show(self, region: Region) -> None:
        """Scroll so far that the cells are in view, above the line that may say `more`."""
        height = min(region.height + 1, self.size.height)
        self.scroll_to_region(
            Region(0, region.y, 1, height), animate=False, force=True, immediate=True
        )

    def _look(self, y: int) -> LineLook:
        """A line with the field that one is at and all that was found made to stand out."""
        if y == self.size.height - 1 and self._has_more:
            return LineLook(((f" {glyphs().more}{_('more')}", "dim"),), self.line_width)
        row, place = y + self.scroll_offset.y, self._place() if self.has_focus else None
        is_at = place and place.region.y <= row < place.region.bottom
        pointed = place.region if place and is_at else None
        return super()._look(y)._replace(found=self._found.get(row, ()), pointed=pointed)

    def _strip(self, look: LineLook) -> Strip:
        strip = super()._strip(look)
        if not look.found and not look.pointed:
            return strip
        from ..detail import highlight  # loaded once something stands out

        for region, role in look.found:
            strip = highlight.painted(strip, region, self._style(role))
        if look.pointed:
            strip = highlight.pointed(strip, look.pointed, self._style("accent"), self._lit)
        return strip

    def _follow(self, before: Place | None) -> None:
        """Scroll along with the field that one is at, so that it stays where the eye is."""
        after, top = self._place(), self.scroll_offset.y
        if not (self.has_focus and before and after):
            return
        moved = after.region.y - before.region.y
        if moved and navigation.is_in_view(before, top, self._room):
            self._scroll_by(moved)
