"""The actions on pictures: in the comparison, and in the contact sheet."""

from __future__ import annotations

from .action import SHARED, Action, Situation


def has_unsaved(now: Situation) -> bool:
    """Whether a file is left to be saved."""
    return now.has_unsaved


def has_pictures(now: Situation) -> bool:
    """Whether pictures are seen, and not the facts alone."""
    return now.has_pictures


def has_two(now: Situation) -> bool:
    """Whether there are two videos."""
    return now.has_two


def has_two_pictures(now: Situation) -> bool:
    """Whether two videos are seen."""
    return now.has_pictures and now.has_two


SEEN = (
    Action(
        "versus.earlier",
        "left",
        "seek(-1)",
        "Rewind",
        "Half a second back",
        footer=21,
        where=has_pictures,
    ),
    Action(
        "versus.later",
        "right",
        "seek(1)",
        "Forward",
        "Half a second on",
        footer=22,
        where=has_pictures,
    ),
    Action("versus.previous_frame", "comma", "frame(-1)", "Frame back", "Previous frame"),
    Action(
        "versus.next_frame",
        "full_stop",
        "frame(1)",
        "Frame",
        "Next frame",
        footer=23,
        where=has_pictures,
    ),
    Action("versus.first", "home", "edge(0)", "Begin", "First frame"),
    Action("versus.last", "end", "edge(1)", "End", "Last frame"),
    Action(
        "versus.zoom_in",
        "plus,equals_sign",
        "zoom(1)",
        "Zoom in",
        "Zoom in",
        footer=24,
        where=has_pictures,
    ),
    Action("versus.zoom_out", "minus", "zoom(-1)", "Zoom out", "Zoom out"),
    Action("versus.fit", "0", "fit", "Fit", "The whole picture"),
    Action("versus.pan_left", "h", "pan(-1, 0)", "Crop left", "Move the crop left"),
    Action("versus.pan_down", "j", "pan(0, 1)", "Crop down", "Move the crop down"),
    Action("versus.pan_up", "k", "pan(0, -1)", "Crop up", "Move the crop up"),
    Action("versus.pan_right", "l", "pan(1, 0)", "Crop right", "Move the crop right"),
    Action(
        "versus.swap",
        "x",
        "swap",
        "Swap",
        "Swap the two in place",
        footer=31,
        where=has_two_pictures,
    ),
    Action(
        "versus.slider",
        "s",
        "turn('slider')",
        "Slider",
        "One picture: left of a line the one, right of it the other",
        footer=32,
        where=has_two_pictures,
    ),
    Action("versus.slide_left", "left_square_bracket", "slide(-1)", "Line left", "Slider left"),
    Action("versus.slide_right", "right_square_bracket", "slide(1)", "Line right", "Slider right"),
    Action(
        "versus.difference",
        "f",
        "turn('difference')",
        "Difference",
        "What the two differ in, made brighter",
        footer=33,
        where=has_two_pictures,
    ),
    Action(
        "versus.alone",
        "z",
        "turn('alone')",
        "Alone",
        "One of them as large as it fits",
        footer=34,
        where=has_two_pictures,
    ),
    Action(
        "versus.fetch",
        "enter",
        "fetch",
        "Fetch",
        "Fetch this frame, whatever it takes",
    ),
    Action(
        "versus.save_pictures",
        "S",
        "save_pictures",
        "Save picture",
        "Save the frames, and both beside each other, as PNG files",
        footer=35,
        where=has_pictures,
    ),
)
"""What is done to the pictures: without any, these keys belong to the facts."""
VERSUS = (
    Action(
        "versus.save",
        "d",
        "save",
        "Download",
        "Download the videos and compare them",
        footer=10,
        where=has_unsaved,
    ),
    *SEEN,
    Action("versus.facts", "tab", "facts", "Facts", "Pictures, or facts", footer=36, where=has_two),
    Action("versus.open", "o", "open('result')", "Open", "Open the video", footer=40),
    Action("versus.folder", "O", "open_folder", "Folder", "Open the folder of the video"),
    Action(
        "versus.open_original",
        "ctrl+o",
        "open('original')",
        "Original",
        "Open the original video",
        footer=45,
        where=has_two,
    ),
    Action("versus.play", "L", "play", "Play", "Play the video here (mpv)"),
    Action("versus.copy", "y,c", "copy('result')", "Copy", "Copy the result link", footer=50),
    Action(
        "versus.copy_original",
        "C",
        "copy('original')",
        "Copy original",
        "Copy the original link",
        footer=55,
        where=has_two,
    ),
    Action("versus.downloads", "w", "downloads", "Downloads", "Show the download queue"),
    Action("versus.back", "v,i,escape,q", "dismiss(None)", "Back", "Back to the list", footer=900),
    *SHARED,
)
SHEET = (
    Action("sheet.left", "left,h", "move(-1, 0)", "Left"),
    Action("sheet.right", "right,l", "move(1, 0)", "Right"),
    Action("sheet.up", "up,k", "move(0, -1)", "Up"),
    Action("sheet.down", "down,j", "move(0, 1)", "Down"),
    Action("sheet.enlarge", "enter,i", "enlarge", "Enlarge", "See its video", footer=10),
    Action("sheet.pick", "plus,equals_sign", "pick(1)", "Pick", "Pick it, or not", footer=20),
    Action("sheet.reject", "minus", "pick(0)", "Reject", "Reject it, or not", footer=30),
    Action("sheet.undo", "u", "undo", "Undo", "Undo the last change to the list"),
    Action("sheet.redo", "U", "redo", "Redo", "Redo the undone change"),
    Action(
        "sheet.blind",
        "B",
        "blind",
        "Blind",
        "Hide the names and mix the tasks until one is picked",
        footer=40,
    ),
    Action("sheet.compare", "v", "compare", "Compare", "Compare the two picked", footer=50),
    Action(
        "sheet.fetch",
        "f",
        "fetch",
        "Fetch",
        "Show also what is not saved: fetches a little of each",
        footer=60,
    ),
    Action("sheet.save", "S", "save", "Save", "Save the sheet as PNG and HTML", footer=70),
    Action("sheet.back", "V,escape,q", "dismiss(None)", "Back", "Back to the list", footer=900),
    *SHARED,
)
