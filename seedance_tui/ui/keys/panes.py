"""The actions of the panes over the monitor: downloads, messages, the output of tools."""

from __future__ import annotations

from .action import SHARED, Action, has_jobs, has_messages

DOWNLOADS = (
    Action(
        "downloads.pause",
        "space",
        "toggle_pause",
        "Pause",
        "Pause or resume this download",
        footer=10,
        where=has_jobs,
    ),
    Action("downloads.retry", "r", "retry", "Retry", "Retry now", footer=30, where=has_jobs),
    Action(
        "downloads.cancel",
        "x,delete",
        "cancel",
        "Cancel",
        "Cancel and delete the partial file",
        footer=20,
        where=has_jobs,
    ),
    Action(
        "downloads.earlier",
        "K,shift+up",
        "move(-1)",
        "Earlier",
        "Move up in the queue",
        footer=40,
        where=has_jobs,
    ),
    Action("downloads.later", "J,shift+down", "move(1)", "Later", "Move down in the queue"),
    Action(
        "downloads.pause_all",
        "P",
        "toggle_all",
        "Pause all",
        "Pause or resume all downloads",
        footer=50,
        where=has_jobs,
    ),
    Action("downloads.retry_all", "R", "retry_all", "Retry all", "Retry all now"),
    Action(
        "downloads.open",
        "o,enter",
        "open('file')",
        "Open",
        "Open the saved video",
        footer=60,
        where=has_jobs,
    ),
    Action("downloads.folder", "O", "open('folder')", "Folder", "Open its folder"),
    Action(
        "downloads.clear",
        "X",
        "clear",
        "Clear",
        "Clear finished downloads (files are kept)",
        footer=70,
        where=has_jobs,
    ),
    Action("downloads.back", "w,escape,q", "dismiss(None)", "Back", "Back to the list", footer=900),
    *SHARED,
)
OUTPUT = (
    Action("output.copy", "y,c", "copy", "Copy", "Copy all of the output", footer=10),
    Action("output.back", "escape,q", "dismiss(None)", "Back", "Back to the list", footer=900),
    *SHARED,
)
MESSAGES = (
    Action(
        "messages.copy",
        "y,c",
        "copy",
        "Copy",
        "Copy this message",
        footer=10,
        when=has_messages,
    ),
    Action("messages.copy_all", "Y", "copy_all", "Copy all", "Copy all messages shown", footer=40),
    Action("messages.search", "slash", "search", "Search", "Search in the messages", footer=20),
    Action("messages.level", "l", "level", "Level", "All, warnings and errors, errors", footer=30),
    Action(
        "messages.back", "escape", "back", "Back", "Show all again; back to the list", footer=900
    ),
    Action("messages.close", "M,q", "dismiss(None)", "Close", "Back to the list"),
    *(action for action in SHARED if action.id != "app.messages"),
)
