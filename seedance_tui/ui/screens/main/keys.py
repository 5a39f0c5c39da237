"""The keys of the monitor, each declared once: footer, help, palette and README follow."""

from __future__ import annotations

from textual.binding import Binding

from ..everywhere_keys import HELP_KEY, PALETTE_KEY


def _key(keys: str, action: str, label: str, tooltip: str, name: str) -> Binding:
    """Declare a key; all have priority, so that keys typed ahead act in the order of typing.

    Without it a key waits in the queue of the focused widget, and the next one, typed before the
    first has opened its dialog, goes to the widget too.
    """
    return Binding(keys, action, label, tooltip=tooltip, id=name, show=False, priority=True)


TASK_KEYS = [
    _key("a", "add", "Add", "Watch tasks: type or paste their IDs", "task.add"),
    _key("x,delete", "remove", "Remove", "Stop watching; u brings it back", "task.remove"),
    _key("y,c", "copy_result", "Copy", "Copy the result link", "task.copy_result"),
    _key("C", "copy_original", "Copy original", "Copy the original link", "task.copy_original"),
    _key("Y", "copy_menu", "Copy…", "Copy an ID, a link, curl, JSON, a path", "task.copy_menu"),
    _key("d", "download", "Download", "Download the result", "task.download"),
    _key("D", "download_menu", "Download…", "Result, original, both, last frame", "task.save_menu"),
    _key("o", "open", "Open", "Open the video: the file, or else the link", "task.open"),
    _key("O", "open_folder", "Folder", "Open the folder of the video", "task.folder"),
    _key("v", "versus", "Versus", "Original beside super-resolved: what it brought", "task.versus"),
    _key("e", "edit", "Edit", "Change label, tags and note", "task.edit"),
    _key("r", "refresh", "Refresh", "Ask about the task now", "task.refresh"),
    _key("enter", "open_detail", "Detail", "Go to the detail pane", "task.detail"),
]
LIST_KEYS = [
    _key("slash", "filter", "Filter", "Show only what matches", "list.filter"),
    _key("s", "sort", "Sort", "Choose what the list is sorted by", "list.sort"),
    _key("S", "reverse", "Reverse", "Turn the order round", "list.reverse"),
    _key("R", "refresh_all", "Refresh all", "Ask about every task now", "list.refresh"),
    _key("u", "undo", "Undo", "Take the last change of the list back", "list.undo"),
    _key("U", "redo", "Redo", "Make it again", "list.redo"),
    _key("w", "downloads", "Downloads", "What is being saved, in which order", "list.downloads"),
    _key("A", "auto_save", "Auto-save", "Save finished videos by itself", "list.auto_save"),
    _key("P", "pause", "Pause", "Pause asking, or go on", "list.pause"),
    _key("1", "view('all')", "All", "Show all tasks", "view.all"),
    _key("2", "view('active')", "Active", "Show the tasks that are under way", "view.active"),
    _key("3", "view('ready')", "Ready", "Show the tasks that are done", "view.ready"),
    _key("4", "view('failed')", "Failed", "Show the tasks that failed", "view.failed"),
    _key("5", "view('expiring')", "Expiring", "Show what is about to be lost", "view.expiring"),
]
OWN_VIEW_KEYS = [
    _key(str(number + 6), f"own_view({number})", "", "A view of your own", f"view.own_{number + 1}")
    for number in range(4)
]
PANE_KEYS = [
    _key("tab", "next_pane", "Next pane", "Go to the other pane", "pane.next"),
    _key("escape", "leave", "Back", "Back to the list", "pane.leave"),
    _key("backspace", "show_list", "List", "To the list, and no further", "pane.list"),
    _key("p", "toggle_detail", "Pane", "Show or hide the detail pane", "pane.toggle"),
    _key("z", "zoom", "Zoom", "One pane on the whole screen, or both", "pane.zoom"),
    _key("less_than_sign", "resize(5)", "Wider", "Give the detail pane more room", "pane.wider"),
    _key("greater_than_sign", "resize(-5)", "Narrower", "Give it less room", "pane.narrower"),
    _key("m", "mode", "Mode", "Detail as fields, JSON, timeline", "pane.mode"),
    _key("t", "zone", "UTC", "Local time or UTC", "pane.zone"),
]
APP_KEYS = [
    HELP_KEY,
    PALETTE_KEY,
    _key("q,ctrl+q", "leave_program", "Quit", "Leave; the list is kept", "app.quit"),
]

FOOTER = (
    "leave",
    "add",
    "copy_result",
    "download",
    "downloads",
    "open_detail",
    "versus",
    "open",
    "filter",
    "sort",
    "copy_original",
    "refresh",
    "undo",
    "mode",
    "help",
)
"""The actions of the footer, most used first; help is always there."""
