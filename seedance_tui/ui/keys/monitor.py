"""The actions of the monitor: of the tasks, the list, the views, the panes, the program."""

from __future__ import annotations

from ...api.links import Kind
from ...core.model.file_states import Saved
from ...core.settings.choices import View
from .action import NO_KEY, SHARED, Action, Situation, can_download, can_undo, has_jobs


def has_task(now: Situation) -> bool:
    """Whether there is a task under the cursor."""
    return now.entry is not None


def has_link(now: Situation) -> bool:
    """Whether its video can be had."""
    return now.entry is not None and now.entry.link() is not None


def is_list(now: Situation) -> bool:
    """Whether the tasks are those of the list: nothing of the archive is polled or downloaded."""
    return not now.is_archive


def can_be_moved(now: Situation) -> bool:
    """Whether the task under the cursor is put away with others like it, or can come back."""
    return now.entry is not None and (now.is_archive or now.entry.is_finished)


def has_original(now: Situation) -> bool:
    """Whether the video from before super-resolution can be had."""
    return now.entry is not None and now.entry.link(Kind.ORIGINAL) is not None


def has_pair(now: Situation) -> bool:
    """Whether there are videos to compare: two of a task, or of several tasks."""
    return now.marked > 1 or (now.entry is not None and now.entry.is_super_resolved)


def has_file(now: Situation) -> bool:
    """Whether its video is on the disk."""
    return now.entry is not None and isinstance(now.entry.file(), Saved)


def is_detail_hidden(now: Situation) -> bool:
    """Whether the detail is not shown."""
    return not now.is_detail_shown


def is_away_from_list(now: Situation) -> bool:
    """Whether one is in the detail, which may take the whole screen."""
    return now.is_in_detail or not now.is_list_shown


TASK = (
    Action("task.add", "a", "add", "Add", "Add tasks: type or paste their IDs", footer=20),
    Action("task.remove", "x", "remove", "Remove", "Remove from the list (u: undo)"),
    Action(
        "task.delete",
        "delete",
        "delete",
        "Delete",
        "Remove from the list; in the archive: remove for good",
    ),
    Action(
        "task.copy_result",
        "y,c",
        "copy_result",
        "Copy",
        "Copy the result link",
        footer=30,
        when=has_link,
    ),
    Action(
        "task.copy_original",
        "C",
        "copy_original",
        "Copy original",
        "Copy the original link",
        footer=110,
        when=has_original,
    ),
    Action("task.copy_menu", "Y", "copy_menu", "Copy…", "Copy an ID, a link, curl, JSON, a path"),
    Action(
        "task.download",
        "d",
        "download",
        "Download",
        "Download the result",
        footer=40,
        when=can_download,
        where=is_list,
    ),
    Action(
        "task.save_menu", "D", "download_menu", "Download…", "Result, original, both, last frame"
    ),
    Action(
        "task.open",
        "o",
        "open",
        "Open",
        "Open the video (the file, or the link if not saved)",
        footer=80,
        when=has_file,
    ),
    Action("task.folder", "O", "open_folder", "Folder", "Open the folder of the video"),
    Action(
        "task.versus",
        "v",
        "versus",
        "Compare",
        "Compare original and super-resolved, or two marked tasks",
        footer=70,
        when=has_pair,
    ),
    Action("task.picture", "i", "picture", "Picture", "The video as pictures"),
    Action("task.sheet", "V", "sheet", "Sheet", "Contact sheet of the marked tasks"),
    Action("task.play", "L", "play", "Play", "Play the video here (mpv)"),
    Action("task.edit", "e", "edit", "Edit", "Change label, tags and note"),
    Action(
        "task.refresh",
        "r",
        "refresh",
        "Refresh",
        "Refresh this task now",
        footer=120,
        when=has_task,
        where=is_list,
    ),
    Action(
        "task.detail",
        "enter",
        "open_detail",
        "Detail",
        "Go to the detail pane",
        footer=60,
        when=has_task,
        where=is_detail_hidden,
        vim="enter,l",
    ),
)
LIST = (
    Action("list.filter", "slash", "filter", "Filter", "Show only what matches", footer=90),
    Action("list.sort", "s", "sort", "Sort", "Choose what the list is sorted by", footer=100),
    Action("list.columns", "equals_sign", "columns", "Columns", "Choose the columns of the list"),
    Action("list.reverse", "S", "reverse", "Reverse", "Reverse the order"),
    Action("list.group", "number_sign", "group", "Group", "Group by tag, day, model or status"),
    Action("list.refresh", "R", "refresh_all", "Refresh all", "Refresh all tasks now"),
    Action(
        "list.put_away",
        "X",
        "put_away",
        "Put away",
        "Put away what is shown, ended and saved, or the marked; in the archive: bring back",
        footer=125,
        when=can_be_moved,
        label_in_archive="Bring back",
    ),
    Action(
        "list.undo",
        "u",
        "undo",
        "Undo",
        "Undo the last change to the list",
        footer=130,
        where=can_undo,
    ),
    Action("list.redo", "U", "redo", "Redo", "Redo the undone change", vim="U,ctrl+r"),
    Action(
        "list.downloads",
        "w",
        "downloads",
        "Downloads",
        "Show the download queue",
        footer=50,
        where=has_jobs,
    ),
    Action("list.auto_save", "A", "auto_save", "Auto-save", "Auto-save finished videos"),
    Action("list.pause", "P", "pause", "Pause", "Pause or resume polling"),
)
VIEWS = (
    Action("view.all", "1", f"view('{View.ALL}')", "All", "Show all tasks"),
    Action("view.active", "2", f"view('{View.ACTIVE}')", "Active", "Show active tasks"),
    Action("view.ready", "3", f"view('{View.READY}')", "Ready", "Show finished tasks"),
    Action("view.failed", "4", f"view('{View.FAILED}')", "Failed", "Show failed tasks"),
    Action(
        "view.expiring",
        "5",
        f"view('{View.EXPIRING}')",
        "Expiring",
        "Show tasks whose links expire soon",
    ),
    Action("view.archive", "0", f"view('{View.ARCHIVE}')", "Archive", "Show removed tasks"),
    *(
        Action(
            f"view.own_{number + 1}",
            str(number + 6),
            f"own_view({number})",
            "Custom view",
            "Custom view",
        )
        for number in range(4)
    ),
)
PANES = (
    Action("pane.next", "tab", "next_pane", "Next pane", "Go to the other pane"),
    Action(
        "pane.leave",
        "escape",
        "leave",
        "Back",
        "Back to the list",
        footer=10,
        where=is_away_from_list,
    ),
    Action("pane.list", "backspace", "show_list", "List", "Back to the list", vim="backspace,h"),
    Action("pane.toggle", "p", "toggle_detail", "Pane", "Show or hide the detail pane"),
    Action("pane.zoom", "z", "zoom", "Zoom", "Maximize this pane, or restore"),
    Action("pane.wider", "less_than_sign", "resize(5)", "Wider", "Widen the detail pane"),
    Action(
        "pane.narrower", "greater_than_sign", "resize(-5)", "Narrower", "Narrow the detail pane"
    ),
    Action(
        "pane.mode",
        "m",
        "mode",
        "Mode",
        "Switch detail: fields, JSON, timeline",
        footer=140,
        when=has_task,
    ),
    Action("pane.zone", "t", "zone", "UTC", "Local time or UTC"),
)
_KEY = (
    Action("app.api_key", NO_KEY + "app.api_key", "api_key", "API key", "Enter the API key"),
    Action(
        "app.forget_key",
        NO_KEY + "app.forget_key",
        "forget_key",
        "Forget the API key",
        "Delete the API key that was kept after it was typed in",
    ),
)
"""What the palette alone offers."""
_QUIT = Action("app.quit", "q,ctrl+q", "leave_program", "Quit", "Quit (the list is saved)")
APP = (*SHARED, *_KEY, _QUIT)
MONITOR = (*TASK, *LIST, *VIEWS, *PANES, *APP)
"""All that the monitor does itself, wherever the focus is in it."""
