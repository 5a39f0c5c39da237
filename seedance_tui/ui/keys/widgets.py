"""The actions of the widgets: moving in rows, marking them, the walk in the detail, the filter."""

from __future__ import annotations

from .action import Action

ROWS = (
    Action("list.down", "down,j", "move(1)", "Down"),
    Action("list.up", "up,k", "move(-1)", "Up"),
    Action("list.first", "home,g", "first", "First"),
    Action("list.last", "end,G", "last", "Last"),
    Action("list.page_down", "pagedown,ctrl+f", "page(1)", "Page down"),
    Action("list.page_up", "pageup,ctrl+b", "page(-1)", "Page up"),
    Action("list.half_down", "ctrl+d", "half_page(1)", "Half a page down"),
    Action("list.half_up", "ctrl+u", "half_page(-1)", "Half a page up"),
)
MARKS = (
    Action("list.mark", "space", "mark(1)", "Mark", "Toggle mark, move down"),
    Action(
        "list.mark_down",
        "shift+down",
        "mark_to(1)",
        "Mark down",
        "Mark from here down, or fewer",
        vim="shift+down,J",
    ),
    Action(
        "list.mark_up",
        "shift+up",
        "mark_to(-1)",
        "Mark up",
        "Mark from here up, or fewer",
        vim="shift+up,K",
    ),
    Action("list.mark_all", "ctrl+a", "mark_all", "Mark all", "Mark all shown tasks, or clear"),
    Action("list.invert", "asterisk", "mark_others", "Invert", "Invert the marks"),
    Action("list.fold", "left", "fold(1)", "Fold", "Fold the group of the cursor"),
    Action("list.unfold", "right", "fold(0)", "Unfold", "Unfold the group"),
    Action(
        "list.fold_all", "shift+left", "fold_all", "Fold all", "Fold all groups, or unfold them"
    ),
    Action("list.next_new", "n", "unseen(1)", "Next unseen", "Next unseen task"),
    Action("list.previous_new", "N", "unseen(-1)", "Previous unseen", "Previous unseen task"),
)
DETAIL = (
    Action("detail.down", "down,j", "move(1)", "Down", "Next field; in the JSON, next line"),
    Action("detail.up", "up,k", "move(-1)", "Up", "Previous field"),
    Action("detail.right", "right,l", "beside(1)", "Right", "The field to the right", vim="right"),
    Action("detail.left", "left,h", "beside(-1)", "Left", "The field to the left", vim="left"),
    Action("detail.first", "home,g", "first", "First", "To the top"),
    Action("detail.last", "end,G", "last", "Last", "To the end"),
    Action("detail.page_down", "pagedown,ctrl+f", "page(1)", "Page down", "Page down"),
    Action("detail.page_up", "pageup,ctrl+b", "page(-1)", "Page up", "Page up"),
    Action("detail.half_down", "ctrl+d", "page(0.5)", "Half a page down", "Half page down"),
    Action("detail.half_up", "ctrl+u", "page(-0.5)", "Half a page up", "Half page up"),
    Action("detail.next_match", "n", "search_next(1)", "Next match", "Next match in the JSON"),
    Action(
        "detail.previous_match",
        "N",
        "search_next(-1)",
        "Previous match",
        "Previous match in the JSON",
    ),
)
FILTER = (
    Action("filter.list", "enter,down", "submit", "List", footer=1, has_priority=False),
    Action("filter.clear", "escape", "clear", "Clear", footer=2, has_priority=False),
    Action("filter.complete", "tab", "complete(1)", "Complete", footer=3, has_priority=False),
    Action("filter.complete_back", "shift+tab", "complete(-1)", "Back", has_priority=False),
)
"""What the field does whose text is the filter; help is not told of it: typing goes before."""
