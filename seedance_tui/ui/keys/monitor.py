"""The keys of the monitor, each declared once: footer, help, palette and README follow."""

from __future__ import annotations

from .binding import HELP_KEY, PALETTE_KEY, key

TASK_KEYS = [
    key("a", "add", "Add", "task.add", "Add tasks: type or paste their IDs"),
    key("x,delete", "remove", "Remove", "task.remove", "Remove from the list (u: undo)"),
    key("y,c", "copy_result", "Copy", "task.copy_result", "Copy the result link"),
    key("C", "copy_original", "Copy original", "task.copy_original", "Copy the original link"),
    key("Y", "copy_menu", "Copy…", "task.copy_menu", "Copy an ID, a link, curl, JSON, a path"),
    key("d", "download", "Download", "task.download", "Download the result"),
    key("D", "download_menu", "Download…", "task.save_menu", "Result, original, both, last frame"),
    key("o", "open", "Open", "task.open", "Open the video (the file, or the link if not saved)"),
    key("O", "open_folder", "Folder", "task.folder", "Open the folder of the video"),
    key("v", "versus", "Compare", "task.versus", "Compare original and super-resolved"),
    key("e", "edit", "Edit", "task.edit", "Change label, tags and note"),
    key("r", "refresh", "Refresh", "task.refresh", "Refresh this task now"),
    key("enter", "open_detail", "Detail", "task.detail", "Go to the detail pane"),
]
LIST_KEYS = [
    key("slash", "filter", "Filter", "list.filter", "Show only what matches"),
    key("s", "sort", "Sort", "list.sort", "Choose what the list is sorted by"),
    key("S", "reverse", "Reverse", "list.reverse", "Reverse the order"),
    key("R", "refresh_all", "Refresh all", "list.refresh", "Refresh all tasks now"),
    key("u", "undo", "Undo", "list.undo", "Undo the last change to the list"),
    key("U", "redo", "Redo", "list.redo", "Redo the undone change"),
    key("w", "downloads", "Downloads", "list.downloads", "Show the download queue"),
    key("A", "auto_save", "Auto-save", "list.auto_save", "Auto-save finished videos"),
    key("P", "pause", "Pause", "list.pause", "Pause or resume polling"),
    key("1", "view('all')", "All", "view.all", "Show all tasks"),
    key("2", "view('active')", "Active", "view.active", "Show active tasks"),
    key("3", "view('ready')", "Ready", "view.ready", "Show finished tasks"),
    key("4", "view('failed')", "Failed", "view.failed", "Show failed tasks"),
    key("5", "view('expiring')", "Expiring", "view.expiring", "Show tasks whose links expire soon"),
]
OWN_VIEW_KEYS = [
    key(str(number + 6), f"own_view({number})", "", f"view.own_{number + 1}", "Custom view")
    for number in range(4)
]
PANE_KEYS = [
    key("tab", "next_pane", "Next pane", "pane.next", "Go to the other pane"),
    key("escape", "leave", "Back", "pane.leave", "Back to the list"),
    key("backspace", "show_list", "List", "pane.list", "Back to the list"),
    key("p", "toggle_detail", "Pane", "pane.toggle", "Show or hide the detail pane"),
    key("z", "zoom", "Zoom", "pane.zoom", "Maximize this pane, or restore"),
    key("less_than_sign", "resize(5)", "Wider", "pane.wider", "Widen the detail pane"),
    key("greater_than_sign", "resize(-5)", "Narrower", "pane.narrower", "Narrow the detail pane"),
    key("m", "mode", "Mode", "pane.mode", "Switch detail: fields, JSON, timeline"),
    key("t", "zone", "UTC", "pane.zone", "Local time or UTC"),
]
APP_KEYS = [
    HELP_KEY,
    PALETTE_KEY,
    key("q,ctrl+q", "leave_program", "Quit", "app.quit", "Quit (the list is saved)"),
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
