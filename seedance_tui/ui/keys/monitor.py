"""The keys of the monitor, each declared once: footer, help, palette and README follow."""

from __future__ import annotations

from .binding import HELP_KEY, PALETTE_KEY, key

TASK_KEYS = [
    key("a", "add", "Add", "task.add", "Watch tasks: type or paste their IDs"),
    key("x,delete", "remove", "Remove", "task.remove", "Stop watching; u brings it back"),
    key("y,c", "copy_result", "Copy", "task.copy_result", "Copy the result link"),
    key("C", "copy_original", "Copy original", "task.copy_original", "Copy the original link"),
    key("Y", "copy_menu", "Copy…", "task.copy_menu", "Copy an ID, a link, curl, JSON, a path"),
    key("d", "download", "Download", "task.download", "Download the result"),
    key("D", "download_menu", "Download…", "task.save_menu", "Result, original, both, last frame"),
    key("o", "open", "Open", "task.open", "Open the video: the file, or else the link"),
    key("O", "open_folder", "Folder", "task.folder", "Open the folder of the video"),
    key("v", "versus", "Versus", "task.versus", "Original beside super-resolved: what it brought"),
    key("e", "edit", "Edit", "task.edit", "Change label, tags and note"),
    key("r", "refresh", "Refresh", "task.refresh", "Ask about the task now"),
    key("enter", "open_detail", "Detail", "task.detail", "Go to the detail pane"),
]
LIST_KEYS = [
    key("slash", "filter", "Filter", "list.filter", "Show only what matches"),
    key("s", "sort", "Sort", "list.sort", "Choose what the list is sorted by"),
    key("S", "reverse", "Reverse", "list.reverse", "Turn the order round"),
    key("R", "refresh_all", "Refresh all", "list.refresh", "Ask about every task now"),
    key("u", "undo", "Undo", "list.undo", "Take the last change of the list back"),
    key("U", "redo", "Redo", "list.redo", "Make it again"),
    key("w", "downloads", "Downloads", "list.downloads", "What is being saved, in which order"),
    key("A", "auto_save", "Auto-save", "list.auto_save", "Save finished videos by itself"),
    key("P", "pause", "Pause", "list.pause", "Pause asking, or go on"),
    key("1", "view('all')", "All", "view.all", "Show all tasks"),
    key("2", "view('active')", "Active", "view.active", "Show the tasks that are under way"),
    key("3", "view('ready')", "Ready", "view.ready", "Show the tasks that are done"),
    key("4", "view('failed')", "Failed", "view.failed", "Show the tasks that failed"),
    key("5", "view('expiring')", "Expiring", "view.expiring", "Show what is about to be lost"),
]
OWN_VIEW_KEYS = [
    key(str(number + 6), f"own_view({number})", "", f"view.own_{number + 1}", "A view of your own")
    for number in range(4)
]
PANE_KEYS = [
    key("tab", "next_pane", "Next pane", "pane.next", "Go to the other pane"),
    key("escape", "leave", "Back", "pane.leave", "Back to the list"),
    key("backspace", "show_list", "List", "pane.list", "To the list, and no further"),
    key("p", "toggle_detail", "Pane", "pane.toggle", "Show or hide the detail pane"),
    key("z", "zoom", "Zoom", "pane.zoom", "One pane on the whole screen, or both"),
    key("less_than_sign", "resize(5)", "Wider", "pane.wider", "Give the detail pane more room"),
    key("greater_than_sign", "resize(-5)", "Narrower", "pane.narrower", "Give it less room"),
    key("m", "mode", "Mode", "pane.mode", "Detail as fields, JSON, timeline"),
    key("t", "zone", "UTC", "pane.zone", "Local time or UTC"),
]
APP_KEYS = [
    HELP_KEY,
    PALETTE_KEY,
    key("q,ctrl+q", "leave_program", "Quit", "app.quit", "Leave; the list is kept"),
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
FILTER_FOOTER = ("submit", "clear", "complete")
"""The footer while the filter is typed into: actions of its field."""
